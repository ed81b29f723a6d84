#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accounting/report/report.h"

namespace accrue {

/// How many columns of a terminal a text takes: East Asian wide characters and emoji two,
/// combining marks none.
int text_width(std::string_view text);

/// Text from outside made harmless to look at: control characters, line breaks, marks of writing
/// direction, invisible characters and bytes that are not UTF-8 are shown as \n, \x1B, \u202E.
std::string harmless(std::string_view text);

/// The text in lines of at most `width` columns, broken at spaces, inside a word only where the
/// word alone is wider. At least one line.
std::vector<std::string> wrapped(std::string_view text, int width);

/// A figure for people: "-1,234.50"; plain digits without separators.
std::string figure_text(const Figure& figure, bool thousands_separators);

}  // namespace accrue
