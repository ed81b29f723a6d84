#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/proof/merkle.h"

namespace accrue {

/// The head of a tree, as it is signed. Source: https://c2sp.org/tlog-checkpoint.
struct Checkpoint {
  std::string origin;  ///< whose tree it is
  std::int64_t size = 0;
  Digest root = {};
  std::vector<std::string> extensions = {};  ///< read, never written
};

/// The origin of a book's checkpoints: accrue/BOOK_ID.
std::string origin_of_book(std::string_view book_id);

/// The text of the note: origin, size, root in base 64, extensions, each a line.
std::string to_string(const Checkpoint& checkpoint);

/// Reads the text of a note. Errors: bad_note.
Result<Checkpoint> parse_checkpoint(std::string_view text);

}  // namespace accrue
