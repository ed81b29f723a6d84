#include "cli/workbook/live_formulas.h"

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string_view>

#include "accounting/report/cells.h"
#include "cli/workbook/cell_sum.h"
#include "cli/workbook/cell_text.h"
#include "cli/workbook/spreadsheet_number.h"
#include "ledger/error/check.h"

namespace accrue {

namespace {

// What the formula of a cell may hold.
constexpr std::size_t longest_formula = 8'000;
constexpr std::size_t longest_literal = 255;

using Sign = FigureSource::Sign;

std::vector<Decimal> values_of(const std::vector<Term>& terms) {
  std::vector<Decimal> values;
  for (const Term& term : terms) {
    values.push_back(term.sign == Sign::minus ? -term.value : term.value);
  }
  return values;
}

Decimal sum_of(std::span<const Decimal> values) {
  Decimal sum;
  for (const Decimal& value : values) sum += value;
  return sum;
}

/// Whether a spreadsheet that adds these comes to the total to its last digit.
bool is_computed_alike(std::span<const Decimal> values, const Decimal& total, int digits) {
  const auto fits = [](const Decimal& value) { return spreadsheet_number(value).has_value(); };
  return fits(total) && std::ranges::all_of(values, fits) && adds_up_in_doubles(values, digits);
}

std::string rounded(const std::string& sum, int digits) {
  return "=ROUND(" + sum + "," + std::to_string(digits) + ")";
}

/// What a condition of a sum compares.
std::string condition_text(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return std::to_string(*count);
  return {};
}

std::string words_of(const ColumnSum& sum) {
  std::string words = sum.column;
  for (const auto& [column, text] : sum.where) {
    words += (words == sum.column ? " where " : " and ") + column + " is " +
             (text.empty() ? "empty" : text);
  }
  return words;
}

class Formulas {
 public:
  explicit Formulas(const std::vector<SheetPlan>& plans) : plans_{plans} {}

  LiveFormulas build() {
    for (std::size_t sheet = 0; sheet < plans_.size(); ++sheet) {
      for (const RowSum& sum : report(sheet).row_sums) add_row_sum(sheet, sum);
      for (const ColumnSum& sum : report(sheet).column_sums) add_column_sum(sheet, sum);
    }
    index_refs();
    for (std::size_t sheet = 0; sheet < plans_.size(); ++sheet) add_sources(sheet);
    return std::move(live_);
  }

 private:
  const Report& report(std::size_t sheet) const { return *plans_[sheet].report; }

  /// The figure of a report must be the sum that the report says it is.
  void require_sum(std::size_t sheet, const std::string& what, const Decimal& sum,
                   const Decimal& stated) const {
    LEDGER_CHECK(sum == stated,
                 "report " + report(sheet).name + ", " + what + ": " + sum.to_string(),
                 stated.to_string());
  }

  void add_row_sum(std::size_t sheet, const RowSum& sum) {
    const Report& of = report(sheet);
    const auto target = column_named(of, sum.column);
    if (!target) return;
    for (std::size_t row = 0; row < of.rows.size(); ++row) {
      const std::optional<Decimal> stated = number_of(of.rows[row][*target]);
      std::vector<Term> terms;
      for (const std::string& name : sum.of) {
        const auto column = column_named(of, name);
        const std::optional<Decimal> value =
            column ? number_of(of.rows[row][*column]) : std::nullopt;
        if (value) terms.push_back({{sheet, plans_[sheet].cell(row, *column)}, *value, Sign::plus});
      }
      // Where a part is not known the sum is a figure of its own.
      if (!stated || terms.size() != sum.of.size()) continue;
      require_sum(sheet, sum.column + " of row " + std::to_string(row + 1),
                  sum_of(values_of(terms)), *stated);
      add(SheetCell{sheet, plans_[sheet].cell(row, *target)}, of.rows[row][*target], terms);
    }
  }

  void add_column_sum(std::size_t sheet, const ColumnSum& sum) {
    const Report& of = report(sheet);
    const auto total = total_named(of, sum.total);
    const auto column = column_named(of, sum.column);
    if (!total || !column || of.rows.empty()) return;
    const Cell& stated = of.totals[*total].value;
    if (!number_of(stated)) return;
    const std::optional<std::vector<bool>> counted = counted_rows(of, sum);
    if (!counted) return;
    std::vector<Decimal> terms;
    bool same_as_shown = true;
    for (std::size_t row = 0; row < of.rows.size(); ++row) {
      const std::optional<Decimal> value = number_of(of.rows[row][*column]);
      same_as_shown = same_as_shown && is_counted_as_shown(of, sum, row) == (*counted)[row];
      if (value && (*counted)[row]) terms.push_back(*value);
    }
    require_sum(sheet, "total " + sum.total, sum_of(terms), *number_of(stated));
    // Of rows that do not count a text must not stand there either.
    const bool all_numbers = std::ranges::all_of(of.rows, [&](const std::vector<Cell>& row) {
      const std::optional<Decimal> value = number_of(row[*column]);
      return !value || spreadsheet_number(*value);
    });
    const int digits = shown_digits(stated);
    const std::string text = rounded(column_expression(sheet, *column, sum), digits);
    if (!same_as_shown || !all_numbers || text.size() > longest_formula ||
        !is_computed_alike(terms, *number_of(stated), digits)) {
      return;
    }
    const SheetCell at{sheet, plans_[sheet].totals[*total]};
    if (live_.texts.try_emplace(at, text).second) {
      live_.totals.push_back({sheet, *total, words_of(sum)});
    }
  }

  /// The rows a sum with conditions is over; nothing where a column of a condition is not there.
  static std::optional<std::vector<bool>> counted_rows(const Report& of, const ColumnSum& sum) {
    std::vector<bool> counted(of.rows.size(), true);
    for (const auto& [name, text] : sum.where) {
      const auto column = column_named(of, name);
      if (!column || text.size() > longest_literal) return std::nullopt;
      for (std::size_t row = 0; row < of.rows.size(); ++row) {
        if (condition_text(of.rows[row][*column]) != text) counted[row] = false;
      }
    }
    return counted;
  }

  /// Whether the formula counts the row, which sees texts as the cells show them.
  static bool is_counted_as_shown(const Report& of, const ColumnSum& sum, std::size_t row) {
    return std::ranges::all_of(sum.where, [&](const auto& condition) {
      const Cell& cell = of.rows[row][*column_named(of, condition.first)];
      return cell_text(condition_text(cell)) == cell_text(condition.second);
    });
  }

  /// SUMIFS would take "*" for any text and "Cash" for "cash".
  std::string column_expression(std::size_t sheet, std::size_t column, const ColumnSum& sum) const {
    const std::size_t last = report(sheet).rows.size() - 1;
    const auto span = [&](std::size_t of) {
      return span_address(plans_[sheet].cell(0, of), plans_[sheet].cell(last, of));
    };
    if (sum.where.empty()) return "SUM(" + span(column) + ")";
    std::string text{"SUMPRODUCT("};
    for (const auto& [name, wanted] : sum.where) {
      std::string literal;
      for (const char c : cell_text(wanted)) literal += c == '"' ? "\"\"" : std::string{c};
      text += "--EXACT(" + span(*column_named(report(sheet), name)) + ",\"" + literal + "\"),";
    }
    return text + span(column) + ")";
  }

  void index_refs() {
    for (std::size_t sheet = 0; sheet < plans_.size(); ++sheet) {
      for (std::size_t row = 0; row < report(sheet).rows.size(); ++row) {
        const std::vector<Cell>& cells = report(sheet).rows[row];
        if (cells.empty()) continue;
        const auto* ref = std::get_if<std::string>(&cells.back());
        if (ref != nullptr) rows_by_ref_[*ref].emplace_back(sheet, row);
      }
    }
  }

  /// The figure "REF#COLUMN" as a term; of several reports that show it, the first.
  std::optional<Term> figure_at(std::string_view figure, std::optional<std::size_t> sheet) const {
    const std::size_t mark = figure.rfind('#');
    if (mark == std::string_view::npos) return std::nullopt;
    const auto found = rows_by_ref_.find(figure.substr(0, mark));
    if (found == rows_by_ref_.end()) return std::nullopt;
    for (const auto& [of, row] : found->second) {
      const auto column = column_named(report(of), figure.substr(mark + 1));
      if (!column || (sheet && *sheet != of)) continue;
      const std::optional<Decimal> value = number_of(report(of).rows[row][*column]);
      if (value) return Term{{of, plans_[of].cell(row, *column)}, *value, Sign::plus};
    }
    return std::nullopt;
  }

  void add_sources(std::size_t sheet) {
    // By figure, in the order of the first source of each.
    std::vector<std::pair<std::string, std::vector<const FigureSource*>>> figures;
    std::map<std::string_view, std::size_t> by_name;
    for (const FigureSource& source : report(sheet).sources) {
      const auto [found, is_new] = by_name.try_emplace(source.figure, figures.size());
      if (is_new) figures.push_back({source.figure, {}});
      figures[found->second].second.push_back(&source);
    }
    for (const auto& [figure, sources] : figures) add_figure(sheet, figure, sources);
  }

  void add_figure(std::size_t sheet, const std::string& figure,
                  const std::vector<const FigureSource*>& sources) {
    const std::optional<Term> target = figure_at(figure, sheet);
    if (!target) return;
    std::vector<Term> terms;
    for (const FigureSource* source : sources) {
      const std::optional<Term> term = figure_at(source->of, std::nullopt);
      if (!term) return;
      terms.push_back({term->place, term->value, source->sign});
    }
    require_sum(sheet, figure, sum_of(values_of(terms)), target->value);
    const std::size_t row = target->place.at.row - SheetPlan::first_row;
    add(target->place, report(sheet).rows[row][target->place.at.column], terms);
  }

  void add(const SheetCell& target, const Cell& cell, const std::vector<Term>& terms) {
    const int digits = shown_digits(cell);
    if (!is_computed_alike(values_of(terms), *number_of(cell), digits)) return;
    if (live_.texts.contains(target) || leads_to(terms, target)) return;
    const std::optional<std::string> sum = sum_expression(plans_, terms, target.sheet);
    if (!sum || sum->size() > longest_formula) return;
    live_.texts.emplace(target, rounded(*sum, digits));
    std::vector<SheetCell>& operands = operands_[target];
    for (const Term& term : terms) operands.push_back(term.place);
  }

  /// Whether a formula of these terms would rest on its own cell.
  bool leads_to(const std::vector<Term>& terms, const SheetCell& target) const {
    std::vector<SheetCell> to_visit;
    for (const Term& term : terms) to_visit.push_back(term.place);
    std::set<SheetCell> visited;
    while (!to_visit.empty()) {
      const SheetCell place = to_visit.back();
      to_visit.pop_back();
      if (place == target) return true;
      const auto found = operands_.find(place);
      if (found == operands_.end() || !visited.insert(place).second) continue;
      to_visit.insert(to_visit.end(), found->second.begin(), found->second.end());
    }
    return false;
  }

  const std::vector<SheetPlan>& plans_;
  std::map<std::string, std::vector<std::pair<std::size_t, std::size_t>>, std::less<>> rows_by_ref_;
  std::map<SheetCell, std::vector<SheetCell>> operands_;
  LiveFormulas live_;
};

}  // namespace

LiveFormulas live_formulas(const std::vector<SheetPlan>& plans) { return Formulas{plans}.build(); }

}  // namespace accrue
