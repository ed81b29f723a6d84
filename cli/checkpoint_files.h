#pragma once

#include <cstdint>
#include <string>

#include "accounting/audit/leaf_list.h"
#include "accounting/posting/books.h"
#include "cli/context.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/signed_note.h"

namespace accrue {

/// A signed checkpoint as a file holds it. Errors: file_unreadable, bad_note.
struct NoteFile {
  std::string bytes;
  SignedNote note;
  Checkpoint checkpoint;
};
Result<NoteFile> read_note_file(const std::string& path);

/// The leaves of the book's first `size` records.
LeafList leaf_list_of(const Store& store, const std::string& book_id, std::int64_t size);

/// A checkpoint that was signed, recorded, and written beside the book.
struct ClosingCheckpoint {
  std::int64_t record = 0;
  std::int64_t size = 0;
  std::string note_file;
  std::string leaf_file;
};

/// Signs the book as the close of a period left it, records the checkpoint and writes it and its
/// leaves to BOOK.checkpoints/PERIOD-SIZE.note and .leaves.
/// Errors: those of sign_head and Books::record; file_unwritable.
Result<ClosingCheckpoint> checkpoint_close(const Context& context, Books& books,
                                           const SigningKey& key, Period period);

}  // namespace accrue
