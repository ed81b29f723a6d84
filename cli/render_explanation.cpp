#include "cli/render_explanation.h"

#include <algorithm>

#include "cli/render_text.h"

namespace accrue {

namespace {

std::string text_of(const Cell& cell) {
  if (const auto* const text = std::get_if<std::string>(&cell)) return harmless(*text);
  if (const auto* const figure = std::get_if<Figure>(&cell)) return figure_text(*figure, true);
  return {};
}

/// A row of the explanation: number, link, what, value, unit, how, ref.
void append_step(std::string& page, const std::vector<Cell>& cells) {
  constexpr int line_width = 110;
  const std::string number = text_of(cells[0]);
  const auto level = static_cast<std::size_t>(std::count(number.begin(), number.end(), '.'));
  const std::string indent(2 * level, ' ');
  const std::string link = text_of(cells[1]);
  std::string head = (link.empty() ? "" : link + " ") + text_of(cells[2]);
  if (const std::string value = text_of(cells[3]); !value.empty()) {
    head += ": " + value + " " + text_of(cells[4]);
  }
  page += indent + head + "\n";
  if (const std::string how = text_of(cells[5]); !how.empty()) {
    for (const std::string& line : wrapped(how, line_width)) page += indent + "    " + line + "\n";
  }
  page += indent + "    " + text_of(cells[6]) + "\n";
}

}  // namespace

std::string render_explanation(const Report& report) {
  std::string page = harmless(report.title) + "\n\n";
  for (const std::vector<Cell>& cells : report.rows) append_step(page, cells);
  page += "\n";
  std::int64_t failed = 0;
  for (const ReportCheck& check : report.checks) {
    if (check.difference.value.is_zero()) continue;
    ++failed;
    page += "check failed: " + harmless(check.name) + ": " + figure_text(check.difference, true) +
            "\n";
  }
  if (failed == 0 && !report.checks.empty()) {
    page += std::to_string(report.checks.size()) + " sums on the way, all exact\n";
  }
  for (const std::string& note : report.notes) page += harmless(note) + "\n";
  return page;
}

}  // namespace accrue
