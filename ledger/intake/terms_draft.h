#pragma once

#include <optional>
#include <string>

#include "ledger/intake/focus_commitments.h"

namespace accrue {

/// What a draft says beside the contract.
struct DraftParticulars {
  std::string file;  ///< the name of the file that the contract was read from
  std::optional<std::string> investee;
};

/// A draft of terms (accrue.terms/1) for a person to finish: one [[tranche]] per Spend commitment
/// with its amount, currency and days as the file states them; every other commitment as a comment
/// with the reason; what the file does not say as comments that ask.
///
/// A key `draft`, which terms do not have, stands on top: parse_terms refuses the draft until a
/// person takes it out, whatever else was filled in.
std::string draft_terms(const Contract& contract, const DraftParticulars& particulars);

}  // namespace accrue
