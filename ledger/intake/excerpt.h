#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ledger/error/error.h"

namespace accrue {

/// How many code points `text` has; a byte that is not UTF-8 counts as one.
std::size_t code_point_count(std::string_view text);

/// The byte at which code point `column`, from 1, of `text` begins; its size when there is none.
std::size_t byte_of_column(std::string_view text, std::size_t column);

/// `line` as an excerpt: bytes that are not UTF-8 and control characters other than the tab become
/// one U+FFFD each, so that columns stay; cut at 4,096 bytes.
std::string printable_line(std::string_view line);

/// Gives `place`, whose column and length are known, the part of its `line` that is shown: all of
/// it, or of a long one 160 code points around the column.
void put_excerpt(Place& place, std::string_view line);

/// `text` of a file as messages show it: in single quotes, control characters escaped, cut at 60
/// code points.
std::string shown(std::string_view text);

}  // namespace accrue
