#include "cli/render_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

#include <fmt/format.h>

#include "cli/render_width.h"

namespace accrue {

namespace {

bool is_in(char32_t c, const CodeSpan* begin, const CodeSpan* end) {
  const CodeSpan* span =
      std::lower_bound(begin, end, c, [](const CodeSpan& s, char32_t code) { return s.last < code; });
  return span != end && span->first <= c;
}

/// The first character of a text: its code and length in bytes. A byte that is no part of UTF-8
/// has no code.
struct Character {
  char32_t code = 0;
  std::size_t length = 1;
  bool is_valid = false;
};

Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  char32_t code = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = (code << 6) | (byte(i) & 0x3Fu);
  }
  constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < smallest[length] || code > 0x10FFFF || is_surrogate) return {};
  return {code, length, true};
}

/// Whether a character could move the cursor, turn the direction of writing or hide.
bool is_harmful(char32_t c) {
  static constexpr CodeSpan spans[] = {
      {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},   {0x180E, 0x180E},
      {0x200B, 0x200B}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF},
      {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};
  return is_in(c, std::begin(spans), std::end(spans));
}

int glyph_width(char32_t c) {
  if (c < 0x300) return 1;
  if (c == 0x200C || c == 0x200D) return 0;
  if (is_in(c, std::begin(combining_spans), std::end(combining_spans))) return 0;
  return is_in(c, std::begin(wide_spans), std::end(wide_spans)) ? 2 : 1;
}

std::string escape_of(char32_t c) {
  switch (c) {
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: break;
  }
  if (c < 0x80) return fmt::format("\\x{:02X}", static_cast<std::uint32_t>(c));
  return fmt::format("\\u{:04X}", static_cast<std::uint32_t>(c));
}

}  // namespace

int text_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    const Character character = first_character(text);
    width += character.is_valid ? glyph_width(character.code) : 1;
    text.remove_prefix(character.length);
  }
  return width;
}

std::string harmless(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const Character character = first_character(text);
    if (!character.is_valid) {
      shown += fmt::format("\\x{:02X}", static_cast<unsigned char>(text.front()));
    } else if (is_harmful(character.code)) {
      shown += escape_of(character.code);
    } else {
      shown += text.substr(0, character.length);
    }
    text.remove_prefix(character.length);
  }
  return shown;
}

namespace {

/// The longest beginning of a text that takes at most `width` columns, but one character at least.
std::size_t length_within(std::string_view text, int width) {
  std::size_t length = 0;
  while (length < text.size()) {
    const Character character = first_character(text.substr(length));
    width -= character.is_valid ? glyph_width(character.code) : 1;
    if (width < 0 && length > 0) break;
    length += character.length;
  }
  return length;
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, int width) {
  std::vector<std::string> lines;
  while (text_width(text) > width) {
    std::size_t length = length_within(text, width);
    // A space just behind the line does not count against it.
    const std::size_t space = text.substr(0, length + 1).rfind(' ');
    const bool at_space = space != std::string_view::npos && space > 0;
    if (at_space) length = space;
    lines.emplace_back(text.substr(0, length));
    text.remove_prefix(length + (at_space ? 1 : 0));
    if (text.empty()) return lines;
  }
  lines.emplace_back(text);
  return lines;
}

std::string figure_text(const Figure& figure, bool thousands_separators) {
  std::string text = figure.value.to_string(figure.digits);
  if (!thousands_separators) return text;
  const std::size_t begin = text.starts_with('-') ? 1 : 0;
  std::size_t at = std::min(text.find('.'), text.size());
  while (at > begin + 3) {
    at -= 3;
    text.insert(at, 1, ',');
  }
  return text;
}

}  // namespace accrue
