#pragma once

#include <cstdint>

#include "accounting/posting/state.h"
#include "ledger/error/error.h"
#include "ledger/intake/fact.h"
#include "ledger/proof/signing_key.h"
#include "ledger/store/store.h"

namespace accrue {

/// The head of the book, signed. Errors: key_unknown.
Result<CheckpointSigned> sign_head(const Store& store, const BookState& state,
                                   const SigningKey& key);

/// Whether a checkpoint must be over the records before it. A replay of a book that was altered
/// goes on: the audit names what differs.
enum class RootCheck { required, left_to_audit };

/// What add_fact cannot see of a checkpoint or a time stamp that it took: who signed it, and that
/// it is over the records of this very book. Any other fact passes.
///
/// Errors: key_unknown, signature_wrong, checkpoint_differs; timestamp_refused.
Result<Done> check_checkpoint(const Fact& fact, const BookState& state, const Store& store,
                              RootCheck root_check);

}  // namespace accrue
