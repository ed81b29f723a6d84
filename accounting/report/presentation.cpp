#include "accounting/report/presentation.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>

#include "accounting/report/cells.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "ledger/number/round.h"

namespace accrue {

namespace {

const Figure* figure_in(const Cell& cell) { return std::get_if<Figure>(&cell); }

bool is_amount(const Figure& figure) {
  return figure.measure == Measure::money || figure.measure == Measure::amount;
}

// --- Shown otherwise, and footed again -----------------------------------------------------------

/// Nothing for a figure that stays as it is.
using Change = std::function<std::optional<Figure>(const Figure&)>;

/// A row's figure is the sum of the figures beside it as they are shown; where it has no parts it is
/// a figure of its own.
void foot_rows(Report& report) {
  for (const RowSum& sum : report.row_sums) {
    const std::size_t target = *column_named(report, sum.column);
    for (std::vector<Cell>& row : report.rows) {
      auto* const footed = std::get_if<Figure>(&row[target]);
      std::optional<Decimal> parts;
      for (const std::string& part : sum.of) {
        const Figure* const of = figure_in(row[*column_named(report, part)]);
        if (of != nullptr) parts = parts.value_or(Decimal{}) + of->value;
      }
      if (footed != nullptr && parts) footed->value = *parts;
    }
  }
}

/// A cell without a value is the empty text.
bool is_counted(const Report& report, const std::vector<Cell>& row, const ColumnSum& sum) {
  return std::all_of(sum.where.begin(), sum.where.end(), [&](const auto& condition) {
    const Cell& cell = row[*column_named(report, condition.first)];
    const auto* const text = std::get_if<std::string>(&cell);
    return text != nullptr ? *text == condition.second
                           : condition.second.empty() && std::holds_alternative<std::monostate>(cell);
  });
}

/// A total is the sum of its column as it is shown; what that changes is said.
void foot_totals(Report& report) {
  for (const ColumnSum& sum : report.column_sums) {
    const auto total = std::find_if(report.totals.begin(), report.totals.end(),
                                    [&](const NamedCell& cell) { return cell.name == sum.total; });
    if (total == report.totals.end()) continue;
    auto* const shown = std::get_if<Figure>(&total->value);
    if (shown == nullptr || !is_amount(*shown)) continue;
    const std::size_t column = *column_named(report, sum.column);
    Decimal footed;
    for (const std::vector<Cell>& row : report.rows) {
      const Figure* const figure = figure_in(row[column]);
      if (figure != nullptr && is_counted(report, row, sum)) footed += figure->value;
    }
    if (footed == shown->value) continue;
    report.notes.push_back("rounding: " + sum.total + " is the sum of what is shown, " +
                           footed.to_string(shown->digits) + "; rounded on its own it is " +
                           shown->value.to_string(shown->digits));
    shown->value = footed;
  }
}

/// Checks stay as they are: what does not tie must not be rounded away.
void change_amounts(Report& report, const Change& change) {
  for (std::vector<Cell>& row : report.rows) {
    for (Cell& cell : row) {
      const Figure* const figure = figure_in(cell);
      if (figure == nullptr) continue;
      if (const std::optional<Figure> changed = change(*figure)) cell = *changed;
    }
  }
  for (NamedCell& total : report.totals) {
    const Figure* const figure = figure_in(total.value);
    if (figure == nullptr) continue;
    if (const std::optional<Figure> changed = change(*figure)) total.value = *changed;
  }
  foot_rows(report);
  foot_totals(report);
  report.sources.clear();
}

/// `value / divisor`, half to even, with so many fraction digits.
Decimal divided(const Decimal& value, const Decimal& divisor, int digits) {
  const Int1024 scaled{value.units()};
  const Int1024 quotient =
      round_half_even_wide(scaled * Int1024{power_of_ten(digits)}, Int1024{divisor.units()});
  return Decimal::from_units(Int256{quotient} * power_of_ten(Decimal::fraction_digits - digits));
}

// --- Beside each other ---------------------------------------------------------------------------

std::string period_text(const Report& report) {
  return report.period ? to_text(*report.period) : "nothing";
}

std::string key_of(const Report& report, const std::vector<Cell>& row) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < report.columns.size(); ++i) {
    if (report.columns[i].kind != ColumnKind::key) continue;
    const auto* const text = std::get_if<std::string>(&row[i]);
    const auto* const count = std::get_if<std::int64_t>(&row[i]);
    parts.push_back(text != nullptr    ? "t" + *text
                    : count != nullptr ? "n" + std::to_string(*count)
                                       : "");
  }
  return make_ref(parts);
}

/// What a report without the row would show there: no amount is none of it.
Cell absent(const Cell& beside) {
  const Figure* const figure = figure_in(beside);
  if (figure == nullptr || !is_amount(*figure)) return {};
  return Figure{Decimal{}, figure->digits, figure->measure};
}

Cell change_of(const Cell& now, const Cell& before) {
  const Figure* const later = figure_in(now);
  const Figure* const earlier = figure_in(before);
  if (later == nullptr || earlier == nullptr) return {};
  return Figure{later->value - earlier->value, std::max(later->digits, earlier->digits),
                later->measure};
}

/// The cells of both reports for one row; either may be missing.
std::vector<Cell> joined(const Report& report, const std::vector<Cell>* now,
                         const std::vector<Cell>* before) {
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < report.columns.size(); ++i) {
    if (report.columns[i].kind != ColumnKind::figure) {
      cells.push_back(now != nullptr ? (*now)[i] : (*before)[i]);
      continue;
    }
    const Cell here = now != nullptr ? (*now)[i] : absent((*before)[i]);
    const Cell there = before != nullptr ? (*before)[i] : absent((*now)[i]);
    cells.insert(cells.end(), {here, there, change_of(here, there)});
  }
  return cells;
}

constexpr const char* before_ending = "_before";
constexpr const char* change_ending = "_change";

std::vector<Column> joined_columns(const Report& report) {
  std::vector<Column> columns;
  for (const Column& column : report.columns) {
    columns.push_back(column);
    if (column.kind != ColumnKind::figure) continue;
    columns.push_back({column.name + before_ending, column.kind, column.hide_rank});
    columns.push_back({column.name + change_ending, column.kind, column.hide_rank});
  }
  return columns;
}

void join_totals(Report& both, const Report& report, const Report& before) {
  both.totals.clear();
  for (const NamedCell& total : report.totals) {
    both.totals.push_back(total);
    if (std::holds_alternative<std::string>(total.value)) continue;
    const auto earlier = std::find_if(before.totals.begin(), before.totals.end(),
                                      [&](const NamedCell& cell) { return cell.name == total.name; });
    const Cell value = earlier == before.totals.end() ? absent(total.value) : earlier->value;
    both.totals.push_back({total.name + before_ending, value});
    if (figure_in(total.value) == nullptr) continue;
    both.totals.push_back({total.name + change_ending, change_of(total.value, value)});
  }
}

void join_sums(Report& both, const Report& report) {
  for (const std::string ending : {before_ending, change_ending}) {
    for (RowSum sum : report.row_sums) {
      sum.column += ending;
      for (std::string& part : sum.of) part += ending;
      both.row_sums.push_back(std::move(sum));
    }
    for (ColumnSum sum : report.column_sums) {
      sum.column += ending;
      sum.total += ending;
      both.column_sums.push_back(std::move(sum));
    }
  }
}

}  // namespace

Report compared(const Report& report, const Report& before) {
  std::map<std::string, const std::vector<Cell>*> earlier;
  for (const std::vector<Cell>& row : before.rows) earlier.emplace(key_of(before, row), &row);
  Report both = report;
  both.title += ", compared with " + period_text(before);
  both.rows.clear();
  for (const std::vector<Cell>& row : report.rows) {
    const auto found = earlier.find(key_of(report, row));
    both.rows.push_back(
        joined(report, &row, found == earlier.end() ? nullptr : found->second));
    if (found != earlier.end()) earlier.erase(found);
  }
  for (const auto& [key, row] : earlier) both.rows.push_back(joined(report, nullptr, row));
  both.columns = joined_columns(report);
  sort_rows(both);
  join_totals(both, report, before);
  join_sums(both, report);
  for (const ReportCheck& check : before.checks) {
    both.checks.push_back({period_text(before) + ": " + check.name, check.difference});
  }
  for (const std::string& note : before.notes) {
    const bool is_said = std::ranges::find(report.notes, note) != report.notes.end();
    if (!is_said) both.notes.push_back(period_text(before) + ": " + note);
  }
  return both;
}

Result<Report> translated(Report report, const BookState& state, Currency currency) {
  if (currency == state.functional()) return report;
  const Date last_day = report.period ? report.period->last.last_day()
                                      : state.zone.date_of(state.last_recorded_at);
  const std::optional<DatedRate> rate = state.rates.latest(currency.code(), last_day);
  if (!rate) {
    return Error{.code = ErrorCode::rate_missing,
                 .message = "no rate of " + std::string{currency.code()} + " is known by " +
                            last_day.to_string(),
                 .hint = "accrue import rates FILE, with functional units per one " +
                         std::string{currency.code()}};
  }
  const int digits = currency.minor_digits();
  change_amounts(report, [&](const Figure& figure) -> std::optional<Figure> {
    if (figure.measure != Measure::money) return std::nullopt;
    return Figure{divided(figure.value, rate->rate, digits), digits, figure.measure};
  });
  report.translation =
      Translation{std::string{state.functional().code()}, rate->rate, rate->on.to_string()};
  report.currency = std::string{currency.code()};
  report.title += ", in " + report.currency;
  report.notes.push_back("translated for convenience: " + rate->rate.to_string() + " " +
                         report.translation->from + " per " + report.currency + " of " +
                         report.translation->rate_on + "; the book is kept in " +
                         report.translation->from + ", and so are checks, face and what `ref` explains");
  return report;
}

Report in_unit(Report report, Unit unit) {
  if (unit == Unit::one) return report;
  const bool is_thousand = unit == Unit::thousand;
  const Decimal divisor = Decimal::from_integer(is_thousand ? 1'000 : 1'000'000);
  constexpr int digits = 1;
  change_amounts(report, [&](const Figure& figure) -> std::optional<Figure> {
    if (!is_amount(figure)) return std::nullopt;
    return Figure{divided(figure.value, divisor, digits), digits, figure.measure};
  });
  report.title += is_thousand ? ", in thousands" : ", in millions";
  return report;
}

}  // namespace accrue
