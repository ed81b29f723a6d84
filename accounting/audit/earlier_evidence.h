#pragma once

#include <string>
#include <vector>

#include "accounting/audit/findings.h"
#include "accounting/audit/leaf_list.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/signed_note.h"
#include "ledger/store/store.h"

namespace accrue {

/// A checkpoint that somebody kept outside the book.
struct KeptCheckpoint {
  std::string file;
  SignedNote note;
  Checkpoint checkpoint;
};

/// A list of leaves that somebody kept outside the book.
struct KeptLeaves {
  std::string file;
  LeafList list;
};

/// What shows what the book was before.
struct EarlierEvidence {
  std::vector<KeptCheckpoint> checkpoints;
  std::vector<KeptLeaves> leaf_lists;
  /// The keys trusted to sign checkpoints; none: those that the book has registered.
  std::vector<VerifierKey> verifiers;
  const Store* older_book = nullptr;
};

/// Compares the book, its records hashed again, with what it was before: the same history, grown
/// or not; an older copy; or another history, with the first record that differs where a list of
/// leaves or an older book shows it, else between which sizes it lies. A signature that fails is a
/// difference; a checkpoint of an unknown key makes the audit incomplete.
void compare_with_earlier(const Store& book, const EarlierEvidence& evidence, AuditReport& report);

/// The checkpoints and time stamps in the book itself: each is over the records before it.
void check_own_checkpoints(const Store& book, AuditReport& report);

/// The signatures of the time stamps in the book. `trusted_pem` holds certificates.
void check_time_stamps(const Store& book, const std::string& trusted_pem, AuditReport& report);

}  // namespace accrue
