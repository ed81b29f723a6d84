#include "ledger/intake/excerpt.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

namespace accrue {

namespace {

constexpr std::size_t longest_excerpt = 4096;
constexpr std::size_t longest_shown = 60;
constexpr std::size_t excerpt_width = 160;  ///< in code points
constexpr std::size_t shown_before = 60;    ///< of them left of the caret
constexpr std::string_view replacement = "\xEF\xBF\xBD";

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t size = 1;  ///< in bytes
  bool valid = false;
};

/// The code point at the begin of `text`, which is not empty.
CodePoint first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {};
  std::uint32_t value = lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = value << 6 | (byte(i) & 0x3Fu);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, size, true};
}

bool is_control(std::uint32_t value) { return value < 0x20 || (value >= 0x7F && value < 0xA0); }

}  // namespace

std::size_t code_point_count(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(first_of(text).size);
  return count;
}

std::size_t byte_of_column(std::string_view text, std::size_t column) {
  std::size_t at = 0;
  for (; column > 1 && at < text.size(); --column) at += first_of(text.substr(at)).size;
  return at;
}

std::string printable_line(std::string_view line) {
  std::string printable;
  printable.reserve(std::min(line.size(), longest_excerpt));
  while (!line.empty()) {
    const CodePoint point = first_of(line);
    if (printable.size() + 4 > longest_excerpt) break;
    if (point.valid && (point.value == '\t' || !is_control(point.value))) {
      printable += line.substr(0, point.size);
    } else {
      printable += replacement;
    }
    line.remove_prefix(point.size);
  }
  return printable;
}

void put_excerpt(Place& place, std::string_view line) {
  const bool is_long = byte_of_column(line, excerpt_width + 1) < line.size();
  const bool cut = is_long && place.column > shown_before;
  place.length = std::min(place.length, excerpt_width);
  place.excerpt_column = cut ? place.column - shown_before : 1;
  const std::string_view right = line.substr(byte_of_column(line, place.excerpt_column));
  place.excerpt = printable_line(right.substr(0, byte_of_column(right, excerpt_width + 1)));
}

std::string shown(std::string_view text) {
  std::string quoted = "'";
  for (std::size_t count = 0; !text.empty(); ++count) {
    if (count == longest_shown) {
      quoted += "...";
      break;
    }
    const CodePoint point = first_of(text);
    if (!point.valid) {
      quoted += replacement;
    } else if (is_control(point.value)) {
      quoted += fmt::format("\\u{:04x}", point.value);
    } else {
      quoted += text.substr(0, point.size);
    }
    text.remove_prefix(point.size);
  }
  return quoted + "'";
}

}  // namespace accrue
