#include "cli/page/table_parts.h"

#include <algorithm>

#include "accounting/report/cells.h"
#include "cli/page/words.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

constexpr int gap = 2;
constexpr int widest_text = 26;  // beyond it a text is broken into lines
constexpr int widest_ref = 18;   // refs are set smaller, too
constexpr int sheet_width = 120;
constexpr int widest_keys = 64;  // that every table repeats

bool is_number(const Column& column) {
  return column.kind == ColumnKind::figure || column.kind == ColumnKind::count;
}

bool is_ref(const Report& report, std::size_t column) {
  return column + 1 == report.columns.size();
}

int longest_word(std::string_view text) {
  int longest = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    longest = std::max(longest, text_width(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return longest;
}

int width_of(const Report& report, std::size_t at) {
  const Column& column = report.columns[at];
  int width = 0;
  for (const Row& row : report.rows) width = std::max(width, text_width(cell_text(row[at])));
  if (const Cell* const total = total_in(report, column.name)) {
    width = std::max(width, text_width(cell_text(*total)));
  }
  if (!is_number(column)) width = std::min(width, is_ref(report, at) ? widest_ref : widest_text);
  return std::max(width, longest_word(heading_of(column.name))) + gap;
}

bool is_zero(const Cell& cell) {
  const auto* const figure = std::get_if<Figure>(&cell);
  return std::holds_alternative<std::monostate>(cell) ||
         (figure != nullptr && figure->value.is_zero());
}

/// A column that may make way does where it says nothing.
bool is_left_out(const Report& report, std::size_t at) {
  const Column& column = report.columns[at];
  if (column.hide_rank == 0 || column.kind != ColumnKind::figure || report.rows.empty()) {
    return false;
  }
  const Cell* const total = total_in(report, column.name);
  return (total == nullptr || is_zero(*total)) &&
         std::ranges::all_of(report.rows, [&](const Row& row) { return is_zero(row[at]); });
}

/// Puts the ref into the first table that has room for it, where none has it yet.
void place_ref(TablePlan& plan, const TablePart& keys, std::size_t ref, int width) {
  if (plan.parts.back().columns.front() == ref) return;
  auto part = std::ranges::find_if(
      plan.parts, [&](const TablePart& each) { return each.width + width <= sheet_width; });
  if (part == plan.parts.end()) part = plan.parts.insert(part, keys);
  part->columns.push_back(ref);
  part->width += width;
}

}  // namespace

std::string cell_text(const Cell& cell) {
  if (const auto* const text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* const count = std::get_if<std::int64_t>(&cell)) return std::to_string(*count);
  const auto* const figure = std::get_if<Figure>(&cell);
  return figure == nullptr ? std::string{} : figure_text(*figure, true);
}

bool is_long_text(std::string_view text) { return text_width(text) > widest_text; }

TablePlan plan_table(const Report& report) {
  TablePlan plan;
  TablePart keys;
  std::vector<std::size_t> others;
  int all_width = 0;
  const std::size_t ref = report.columns.size() - 1;
  for (std::size_t i = 0; i < report.columns.size(); ++i) {
    const int width = width_of(report, i);
    if (is_left_out(report, i)) {
      plan.left_out.push_back(i);
      continue;
    }
    all_width += width;
    if (report.columns[i].kind == ColumnKind::key) {
      keys.columns.push_back(i);
      keys.width += width;
    } else if (i != ref) {
      others.push_back(i);
    }
  }
  plan.parts = {keys};
  const TablePart ref_alone{{ref}, width_of(report, ref)};
  const TablePart& lead = keys.width > widest_keys ? ref_alone : keys;
  for (const std::size_t i : others) {
    // From a currency on the amounts are of another kind: where one table does not hold all, the
    // next begins there.
    const bool begins_a_kind =
        report.columns[i].name.ends_with("_currency") && all_width > sheet_width;
    const int width = width_of(report, i);
    const bool is_full = plan.parts.back().width + width > sheet_width;
    if ((begins_a_kind || is_full) && i != others.front()) {
      plan.parts.push_back(lead);
    }
    plan.parts.back().columns.push_back(i);
    plan.parts.back().width += width;
  }
  place_ref(plan, keys, ref, ref_alone.width);
  return plan;
}

}  // namespace accrue
