#include "accounting/posting/checkpoints.h"

#include "ledger/proof/checkpoint.h"
#include "ledger/proof/timestamp.h"

namespace accrue {

namespace {

Error unknown_key(const std::string& name) {
  return Error{.code = ErrorCode::key_unknown,
               .message = "key '" + name + "' is not registered in the book",
               .notes = {"a checkpoint in the book is signed by a key that the book names"},
               .hint = "accrue key register VERIFIER_KEY --person NAME"};
}

Result<Done> check_signature(const SignedNote& note, const BookState& state) {
  switch (check_note(note, state.verifier_keys())) {
    case NoteCheck::signed_by_known:
      return Done{};
    case NoteCheck::unknown_key:
      return unknown_key(note.signatures.front().key_name);
    case NoteCheck::wrong_signature:
      return Error{.code = ErrorCode::signature_wrong,
                   .message = "the signature below the checkpoint is not one of the key it names"};
  }
  return Done{};
}

Result<Done> check_root(const Checkpoint& checkpoint, const Store& store) {
  const Digest root = store.root(checkpoint.size);
  if (root == checkpoint.root) return Done{};
  return Error{.code = ErrorCode::checkpoint_differs,
               .message = "the checkpoint is over other records than the book's first " +
                          std::to_string(checkpoint.size),
               .notes = {"root of the checkpoint: " + to_hex(checkpoint.root),
                         "root of the book:       " + to_hex(root)}};
}

}  // namespace

Result<CheckpointSigned> sign_head(const Store& store, const BookState& state,
                                   const SigningKey& key) {
  bool is_known = false;
  for (const HeldKey& held : state.keys) is_known = is_known || held.key == key.verifier();
  if (!is_known) return unknown_key(key.verifier().name());
  const std::int64_t size = store.record_count();
  const Checkpoint head{origin_of_book(state.opened.book_id), size, store.root(size)};
  return CheckpointSigned{to_string(sign_note(to_string(head), key))};
}

Result<Done> check_checkpoint(const Fact& fact, const BookState& state, const Store& store,
                              RootCheck root_check) {
  if (std::holds_alternative<CheckpointSigned>(fact)) {
    const HeldCheckpoint& held = state.checkpoints.back();
    ACCRUE_TRY_DONE(check_signature(held.note, state));
    if (root_check == RootCheck::required) return check_root(held.checkpoint, store);
  }
  if (const auto* attached = std::get_if<TimestampAttached>(&fact)) {
    const HeldCheckpoint* const held = state.find_checkpoint(attached->checkpoint);
    ACCRUE_TRY_DONE(read_timestamp(attached->response, to_string(held->note)));
  }
  return Done{};
}

}  // namespace accrue
