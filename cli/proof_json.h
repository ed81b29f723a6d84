#pragma once

#include <string>

#include "accounting/posting/state.h"
#include "ledger/proof/tree_proof.h"

namespace accrue {

// What `audit checkpoint` and `audit prove` print with -f json; docs/formats.md, "Proofs".

std::string checkpoint_json(const std::string& book_id, const HeldCheckpoint& held);
std::string inclusion_json(const std::string& book_id, const InclusionProof& proof,
                           const Digest& root);
std::string consistency_json(const std::string& book_id, const ConsistencyProof& proof);

}  // namespace accrue
