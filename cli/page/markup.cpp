#include "cli/page/markup.h"

#include "cli/render_text.h"

namespace accrue {

namespace {

/// U+FFFE and U+FFFF are UTF-8, but no XML may hold them.
bool is_no_character(std::string_view text) {
  return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF");
}

}  // namespace

std::string escaped(std::string_view text) {
  const std::string shown = harmless(text);
  std::string markup;
  markup.reserve(shown.size());
  for (std::size_t i = 0; i < shown.size(); ++i) {
    switch (shown[i]) {
      case '&':
        markup += "&amp;";
        continue;
      case '<':
        markup += "&lt;";
        continue;
      case '>':
        markup += "&gt;";
        continue;
      case '"':
        markup += "&quot;";
        continue;
      case '\'':
        markup += "&#39;";
        continue;
      default:
        break;
    }
    if (is_no_character(std::string_view{shown}.substr(i))) {
      markup += shown[i + 2] == '\xBE' ? "\\uFFFE" : "\\uFFFF";
      i += 2;
    } else {
      markup += shown[i];
    }
  }
  return markup;
}

std::string cut(std::string_view text, int columns) {
  const std::string shown = harmless(text);
  if (text_width(shown) <= columns) return shown;
  return wrapped(shown, columns - 1).front() + "…";
}

std::string long_text(std::string_view text) {
  constexpr int most_columns = 240;
  const std::string beginning = cut(text, most_columns);
  const std::string whole = escaped(text);
  if (escaped(beginning) == whole) return whole;
  return "<span title=\"" + whole + "\">" + escaped(beginning) + "</span>";
}

}  // namespace accrue
