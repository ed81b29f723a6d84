#include "cli/page/assumed_months.h"

#include <algorithm>
#include <array>
#include <set>

#include "accounting/report/cells.h"

namespace accrue {

namespace {

struct MonthColumn {
  const char* name;
  Figure AssumedMonth::*figure;
};

constexpr std::array month_columns{
    MonthColumn{"revenue", &AssumedMonth::revenue},
    MonthColumn{"credit_revenue", &AssumedMonth::credit_revenue},
    MonthColumn{"cash_revenue", &AssumedMonth::cash_revenue},
    MonthColumn{"breakage", &AssumedMonth::breakage},
    MonthColumn{"liability", &AssumedMonth::liability},
    MonthColumn{"face_left", &AssumedMonth::face_left},
};

/// Nothing where a figure is not known.
std::optional<AssumedMonth> month_of(const Report& report, const Row& row) {
  const Result<Period> period = Period::parse(text_in(report, row, "period"));
  if (!period.ok()) return std::nullopt;
  AssumedMonth month{*period, {}, {}, {}, {}, {}, {}};
  for (const MonthColumn& column : month_columns) {
    const Figure* const figure = figure_in(report, row, column.name);
    if (figure == nullptr) return std::nullopt;
    month.*column.figure = *figure;
  }
  return month;
}

}  // namespace

std::string subject_of_all(const Report& report) {
  std::set<std::string> investees;
  for (const Row& row : report.rows) investees.insert(text_in(report, row, "investee"));
  if (investees.contains("*")) return "*";
  return investees.size() == 1 ? *investees.begin() : std::string{};
}

std::vector<AssumedMonth> assumed_months_of(const Report& report) {
  const bool has_all = std::ranges::all_of(month_columns, [&](const MonthColumn& column) {
    return column_named(report, column.name).has_value();
  });
  const std::string subject = subject_of_all(report);
  if (!has_all || subject.empty()) return {};
  std::vector<AssumedMonth> months;
  for (const Row& row : report.rows) {
    if (text_in(report, row, "investee") != subject) continue;
    if (const std::optional<AssumedMonth> month = month_of(report, row)) months.push_back(*month);
  }
  std::ranges::sort(months, {}, &AssumedMonth::period);
  return months;
}

Figure sum_of(const std::vector<AssumedMonth>& months, Figure AssumedMonth::*figure) {
  Figure sum;
  for (const AssumedMonth& month : months) {
    sum.value += (month.*figure).value;
    sum.digits = std::max(sum.digits, (month.*figure).digits);
  }
  return sum;
}

std::optional<Period> none_left_from(const std::vector<AssumedMonth>& months) {
  std::optional<Period> first;
  for (auto month = months.rbegin(); month != months.rend(); ++month) {
    if (!month->face_left.value.is_zero()) break;
    first = month->period;
  }
  return first;
}

}  // namespace accrue
