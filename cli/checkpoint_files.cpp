#include "cli/checkpoint_files.h"

#include <filesystem>

#include "accounting/posting/checkpoints.h"
#include "cli/files.h"

namespace accrue {

Result<NoteFile> read_note_file(const std::string& path) {
  ACCRUE_TRY(bytes, read_file(path));
  const auto in_file = [&](const Refusal& refusal) {
    Error error = refusal.errors.front();
    error.place.file = path;
    return error;
  };
  const Result<SignedNote> note = parse_note(bytes);
  if (!note.ok()) return in_file(note.refusal());
  const Result<Checkpoint> checkpoint = parse_checkpoint(note->text);
  if (!checkpoint.ok()) return in_file(checkpoint.refusal());
  return NoteFile{std::move(bytes), *note, *checkpoint};
}

LeafList leaf_list_of(const Store& store, const std::string& book_id, std::int64_t size) {
  LeafList list{origin_of_book(book_id), {}};
  for (std::int64_t i = 0; i < size; ++i) list.leaves.push_back(store.node({0, i}));
  return list;
}

Result<ClosingCheckpoint> checkpoint_close(const Context& context, Books& books,
                                           const SigningKey& key, Period period) {
  ACCRUE_TRY(fact, sign_head(books.store(), books.state(), key));
  ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
  stamp.reason = "close of " + period.to_string();
  ACCRUE_TRY(recorded, books.record(fact, stamp, RunMode::write));
  const std::int64_t size = books.state().checkpoints.back().checkpoint.size;
  const std::string folder = context.book().value + ".checkpoints";
  const std::string stem = folder + "/" + period.to_string() + "-" + std::to_string(size);
  ClosingCheckpoint closing{recorded.record, size, stem + ".note", stem + ".leaves"};
  std::error_code unknown;
  std::filesystem::create_directory(folder, unknown);
  ACCRUE_TRY_DONE(write_file(closing.note_file, fact.note));
  ACCRUE_TRY_DONE(
      write_file(closing.leaf_file,
                 to_string(leaf_list_of(books.store(), books.state().opened.book_id, size))));
  return closing;
}

}  // namespace accrue
