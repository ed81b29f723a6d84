#pragma once

#include <string>
#include <string_view>

// Text as it may stand in the page: what comes from files is hostile.

namespace accrue {

/// Text made harmless (render_text.h) and escaped: safe between tags and inside a double-quoted
/// attribute, in HTML and in XML.
std::string escaped(std::string_view text);

/// The text made harmless, and its beginning with "…" where it is wider than `columns`. Not
/// escaped.
std::string cut(std::string_view text, int columns);

/// A text of a file for a cell or a line: the whole one, or, where it is so long that it would
/// push all else away, its beginning with the whole in a tooltip.
std::string long_text(std::string_view text);

}  // namespace accrue
