#include "cli/workbook/cell_text.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

#include "cli/render_text.h"

namespace accrue {

namespace {

/// Counted in UTF-16, as spreadsheets do.
constexpr std::size_t longest_cell = 32'767;

/// Whether "_x0041_" begins here: the escape of a character (ISO/IEC 29500-1, 22.9.2.19).
bool is_escape(std::string_view text) {
  constexpr std::size_t length = 7;
  if (text.size() < length || !text.starts_with("_x") || text[length - 1] != '_') return false;
  return std::ranges::all_of(text.substr(2, 4), [](unsigned char c) { return std::isxdigit(c); });
}

std::string escaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF")) {
      result += rest[2] == '\xBE' ? "\\uFFFE" : "\\uFFFF";
      i += 2;
    } else if (is_escape(rest)) {
      result += "_x005F_";
    } else {
      result += text[i];
    }
  }
  return result;
}

/// The bytes of the longest beginning that takes at most `units` of UTF-16.
std::size_t length_within(std::string_view text, std::size_t units) {
  std::size_t length = 0;
  while (length < text.size()) {
    const auto lead = static_cast<unsigned char>(text[length]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::size_t taken = bytes == 4 ? 2 : 1;
    if (taken > units) break;
    units -= taken;
    length += bytes;
  }
  return length;
}

}  // namespace

std::string cell_text(std::string_view text) {
  std::string result = escaped(harmless(text));
  if (length_within(result, longest_cell) == result.size()) return result;
  const std::string mark = " [cut: " + std::to_string(text.size()) + " bytes]";
  result.resize(length_within(result, longest_cell - mark.size()));
  return result + mark;
}

}  // namespace accrue
