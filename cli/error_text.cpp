#include "cli/error_text.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "cli/render_text.h"
#include "ledger/intake/excerpt.h"

namespace accrue {

namespace {

constexpr std::size_t listed_errors = 20;
constexpr int tab_width = 4;
constexpr int shown_width = 96;   ///< columns of an excerpt
constexpr int shown_before = 40;  ///< of them left of the caret
constexpr std::string_view cut_mark = "...";

enum class Paint { error, place, caret, label };

std::string painted(std::string_view text, Paint paint, Colors colors) {
  if (colors == Colors::no) return std::string{text};
  std::string_view code;
  switch (paint) {
    case Paint::error: code = "1;31"; break;
    case Paint::place: code = "34"; break;
    case Paint::caret: code = "1;31"; break;
    case Paint::label: code = "1"; break;
  }
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

/// A line laid out in columns of the terminal.
struct ExcerptLayout {
  std::string text;
  int caret_begin = 0;
  int caret_end = 0;
};

/// The excerpt with tabs as spaces, cut to what is shown, and the columns under which the refused
/// code points [first, last) stand.
ExcerptLayout lay_out(std::string_view excerpt, std::size_t first, std::size_t last) {
  struct Cell {
    std::string text;
    int begin;
    int end;
  };
  std::vector<Cell> cells;
  int column = 0;
  while (!excerpt.empty()) {
    const std::string_view glyph = excerpt.substr(0, byte_of_column(excerpt, 2));
    const bool is_tab = glyph == "\t";
    const int width = is_tab ? tab_width - column % tab_width : text_width(glyph);
    cells.push_back({is_tab ? std::string(static_cast<std::size_t>(width), ' ')
                            : std::string{glyph},
                     column, column + width});
    column += width;
    excerpt.remove_prefix(glyph.size());
  }
  const auto begin_of = [&](std::size_t i) {
    return i < cells.size() ? cells[i].begin : column + static_cast<int>(i - cells.size());
  };
  ExcerptLayout layout{{}, begin_of(first), begin_of(last)};
  const bool is_long = column > shown_width;
  const int from = is_long ? std::max(0, layout.caret_begin - shown_before) : 0;
  const int to = is_long ? from + shown_width : column;
  int offset = from;
  if (from > 0) {
    layout.text = cut_mark;
    // A wide character on the edge may be left out whole.
    const auto first_shown = std::find_if(cells.begin(), cells.end(),
                                          [&](const Cell& cell) { return cell.begin >= from; });
    offset = (first_shown == cells.end() ? from : first_shown->begin) -
             static_cast<int>(cut_mark.size());
  }
  for (const Cell& cell : cells) {
    if (cell.begin >= from && cell.end <= to) layout.text += cell.text;
  }
  if (to < column) layout.text += cut_mark;
  layout.caret_begin -= offset;
  layout.caret_end = std::clamp(layout.caret_end - offset, layout.caret_begin + 1,
                                std::max(layout.caret_begin + 1, to - offset));
  return layout;
}

std::string one_error(const Error& error, Colors colors) {
  const std::string head = fmt::format("error[{}]:", name_of(error.code));
  std::string text = painted(head, Paint::error, colors) + " " + error.message + "\n";
  if (!error.place.file.empty()) {
    text += painted("  -->", Paint::place, colors) + " " + place_text(error.place) + "\n";
    text += excerpt_text(error.place, colors);
  }
  for (const std::string& note : error.notes) {
    text += painted("note:", Paint::label, colors) + " " + note + "\n";
  }
  if (!error.hint.empty()) {
    text += painted("hint:", Paint::label, colors) + " " + error.hint + "\n";
  }
  return text;
}

}  // namespace

std::string place_text(const Place& place) {
  std::string text = place.file;
  if (place.line > 0) text += ":" + std::to_string(place.line);
  if (place.line > 0 && place.column > 0) text += ":" + std::to_string(place.column);
  return text;
}

std::string excerpt_text(const Place& place, Colors colors) {
  if (place.line == 0 || place.excerpt.empty()) return {};
  const std::size_t column = std::max<std::size_t>(place.column, 1);
  const std::size_t first = column - std::min(column, place.excerpt_column);
  const ExcerptLayout layout =
      lay_out(place.excerpt, first, first + std::max<std::size_t>(place.length, 1));
  const std::string number = std::to_string(place.line);
  const std::string margin(std::max<std::size_t>(number.size(), 2), ' ');
  const std::string cut{place.excerpt_column > 1 && !layout.text.starts_with(cut_mark) ? cut_mark
                                                                                       : ""};
  const auto gutter = [&](std::string_view left) {
    return painted(fmt::format("{:>{}} |", left, margin.size()), Paint::place, colors);
  };
  const std::string indent(static_cast<std::size_t>(layout.caret_begin) + cut.size(), ' ');
  const std::string carets(static_cast<std::size_t>(layout.caret_end - layout.caret_begin), '^');
  return gutter("") + "\n" + gutter(number) + " " + cut + layout.text + "\n" + gutter("") + " " +
         indent + painted(carets, Paint::caret, colors) + "\n";
}

std::string error_text(const Refusal& refusal, Colors colors) {
  std::string text;
  const std::size_t shown = std::min(refusal.errors.size(), listed_errors);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += "\n";
    text += one_error(refusal.errors[i], colors);
  }
  const std::int64_t more =
      static_cast<std::int64_t>(refusal.errors.size() - shown) + refusal.unlisted_count;
  if (more > 0) text += fmt::format("\nand {} more\n", more);
  return text;
}

}  // namespace accrue
