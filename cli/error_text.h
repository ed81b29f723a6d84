#pragma once

#include <string>

#include "ledger/error/error.h"

namespace accrue {

enum class Colors { no, yes };

/// A refusal for people: each error with its place, the excerpt with a caret under the refused
/// text, notes and a hint; up to 20, then how many more there are.
std::string error_text(const Refusal& refusal, Colors colors);

/// "usage.csv:14:6".
std::string place_text(const Place& place);

/// The excerpt of a place with its caret, in a gutter with the line number; empty without one.
/// A tab goes on to the next column that is a multiple of four, East Asian wide characters take
/// two columns; a long line is cut around the caret.
std::string excerpt_text(const Place& place, Colors colors);

}  // namespace accrue
