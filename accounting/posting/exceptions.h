#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounting/posting/derivation.h"
#include "accounting/posting/state.h"
#include "ledger/error/error.h"
#include "ledger/store/store.h"

namespace accrue {

/// What a person must clear, or accept with a reason, before a period can close.
struct Exception {
  /// material_catch_ups, quarantined_rows, refuted_estimate or unmatched_refund
  std::string code;
  std::string subject;  ///< what it is about; with the code it names the exception
  std::string message;
};

/// The subject of unmatched_refund.
std::string unmatched_refund_subject(Instant at, const ChargeKey& key);

/// The exceptions that stand against closing `period`, in order of (code, subject).
///
/// - unmatched_refund: a refund of the period or of an earlier one that found nothing to take back.
/// - refuted_estimate: at the period's end more is drawn than the estimate left (D > F - B); not
///   once the grant has expired.
/// - quarantined_rows: a delivery whose bad rows were set aside, in the first billing period it
///   has, or in the first open one if that is closed; not once a later delivery replaced it.
/// - material_catch_ups: the catch-ups to be booked in the period are more than the part of its
///   revenue that the book was opened with.
std::vector<Exception> exceptions_of(Period period, const BookState& state,
                                     const Derivation& derivation);

/// The same of a book as it stood after `state.record_count` records, `booked` being its balances
/// then. Errors: rate_missing.
Result<std::vector<Exception>> exceptions_standing(Period period, const Store& store,
                                                   const BookState& state,
                                                   const Balances& booked);

}  // namespace accrue
