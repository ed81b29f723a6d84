#include "cli/workbook/checks.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "accounting/report/cells.h"
#include "cli/workbook/spreadsheet_number.h"

namespace accrue {

namespace {

/// A sum over cells of one report, and what it adds.
struct ReportSum {
  std::string formula;
  std::vector<Decimal> terms;
  int digits = 0;
  bool is_computable = true;  ///< no cell is text for its digits

  void add(const Cell& cell, const Decimal& value) {
    terms.push_back(value);
    digits = std::max(digits, shown_digits(cell));
    is_computable = is_computable && spreadsheet_number(value).has_value();
  }
  Decimal value() const {
    Decimal sum;
    for (const Decimal& term : terms) sum += term;
    return sum;
  }
};

class Checks {
 public:
  Checks(const std::vector<SheetPlan>& plans, const LiveFormulas& formulas)
      : plans_{plans}, formulas_{formulas} {}

  std::vector<CheckLine> build() {
    for (const SheetPlan& plan : plans_) add_stated(plan);
    for (const LiveTotal& total : formulas_.totals) add_total(total);
    add_ties();
    return std::move(lines_);
  }

 private:
  void add_stated(const SheetPlan& plan) {
    for (const ReportCheck& check : plan.report->checks) {
      lines_.push_back({plan.name, check.name, std::nullopt, check.difference.value,
                        shown_digits(check.difference)});
    }
  }

  void add_total(const LiveTotal& live) {
    const SheetPlan& plan = plans_[live.sheet];
    const NamedCell& total = plan.report->totals[live.total];
    const Decimal stated = *number_of(total.value);
    lines_.push_back({plan.name,
                      "sum of " + live.sum + " = " + total.name + " as stated",
                      std::pair{CheckSide{"", stated},
                                CheckSide{address(plan.name, plan.totals[live.total]), stated}},
                      Decimal{}, shown_digits(total.value)});
  }

  const SheetPlan* sheet_of(std::string_view report) const {
    const auto found = std::ranges::find_if(
        plans_, [&](const SheetPlan& plan) { return plan.report->name == report; });
    return found == plans_.end() ? nullptr : &*found;
  }

  /// Whether figures of the two are of the same range and in the same unit. Amounts that were
  /// translated are rounded one by one: their sums need not tie.
  static bool are_comparable(const Report& a, const Report& b) {
    return a.period == b.period && a.currency == b.currency && !a.translation && !b.translation;
  }

  static std::optional<ReportSum> total_of(const SheetPlan& plan, std::string_view name) {
    const auto total = total_named(*plan.report, name);
    if (!total) return std::nullopt;
    const Cell& cell = plan.report->totals[*total].value;
    const std::optional<Decimal> value = number_of(cell);
    if (!value) return std::nullopt;
    ReportSum sum{.formula = address(plan.name, plan.totals[*total]), .terms = {}};
    sum.add(cell, *value);
    return sum;
  }

  /// What is recognised in the roll-forward, where it reduces the liability.
  static std::optional<ReportSum> recognised(const SheetPlan& rollforward) {
    const auto usage = total_of(rollforward, "usage");
    const auto breakage = total_of(rollforward, "breakage");
    if (!usage || !breakage) return std::nullopt;
    ReportSum sum{.formula = "-" + usage->formula + "-" + breakage->formula,
                  .terms = {-usage->value(), -breakage->value()},
                  .digits = std::max(usage->digits, breakage->digits),
                  .is_computable = usage->is_computable && breakage->is_computable};
    return sum;
  }

  /// Credit balances are below zero in the trial balance.
  static std::optional<ReportSum> liability(const SheetPlan& trial_balance) {
    constexpr std::string_view head = "Contract liability:";
    const Report& report = *trial_balance.report;
    const auto account = column_named(report, "account");
    const auto balance = column_named(report, "balance");
    if (!account || !balance || report.rows.empty()) return std::nullopt;
    ReportSum sum;
    for (const std::vector<Cell>& row : report.rows) {
      const auto* name = std::get_if<std::string>(&row[*account]);
      const std::optional<Decimal> value = number_of(row[*balance]);
      if (!value) continue;
      if (name != nullptr && name->starts_with(head)) sum.add(row[*balance], -*value);
      sum.is_computable = sum.is_computable && spreadsheet_number(*value);
    }
    const std::size_t last = report.rows.size() - 1;
    const auto span = [&](std::size_t column) {
      return "'" + trial_balance.name + "'!" +
             span_address(trial_balance.cell(0, column), trial_balance.cell(last, column));
    };
    sum.formula = "-SUMPRODUCT(--EXACT(LEFT(" + span(*account) + "," +
                  std::to_string(head.size()) + "),\"" + std::string{head} + "\")," +
                  span(*balance) + ")";
    return sum;
  }

  void add_ties() {
    const SheetPlan* const rollforward = sheet_of("rollforward");
    if (rollforward == nullptr) return;
    const auto closing = total_of(*rollforward, "closing");
    const auto tie = [&](std::string_view other, const std::string& check,
                         const std::optional<ReportSum>& ours, auto theirs) {
      const SheetPlan* const sheet = sheet_of(other);
      if (sheet == nullptr || !are_comparable(*rollforward->report, *sheet->report)) return;
      const std::optional<ReportSum> sum = theirs(*sheet);
      if (ours && sum) add_tie(rollforward->name + ", " + sheet->name, check, *ours, *sum);
    };
    tie("trial-balance", "closing = contract liability in the trial balance", closing, liability);
    tie("waterfall", "closing = remaining of the waterfall", closing,
        [](const SheetPlan& sheet) { return total_of(sheet, "remaining"); });
    tie("rpo", "closing = remaining performance obligation", closing,
        [](const SheetPlan& sheet) { return total_of(sheet, "amount"); });
    tie("period", "usage + breakage = revenue paid with credits", recognised(*rollforward),
        [](const SheetPlan& sheet) { return total_of(sheet, "revenue_credits"); });
  }

  void add_tie(const std::string& sheets, const std::string& check, const ReportSum& ours,
               const ReportSum& theirs) {
    const int digits = std::max(ours.digits, theirs.digits);
    CheckLine line{sheets, check, std::nullopt, theirs.value() - ours.value(), digits};
    const auto is_sound = [&](const ReportSum& sum) {
      return sum.is_computable && spreadsheet_number(sum.value()) &&
             adds_up_in_doubles(sum.terms, digits);
    };
    const bool is_live = is_sound(ours) && is_sound(theirs) &&
                         adds_up_in_doubles(std::vector{ours.value(), theirs.value()}, digits);
    if (is_live) {
      line.sides = std::pair{CheckSide{ours.formula, ours.value()},
                             CheckSide{theirs.formula, theirs.value()}};
    }
    lines_.push_back(std::move(line));
  }

  const std::vector<SheetPlan>& plans_;
  const LiveFormulas& formulas_;
  std::vector<CheckLine> lines_;
};

}  // namespace

std::vector<CheckLine> check_lines(const std::vector<SheetPlan>& plans,
                                   const LiveFormulas& formulas) {
  return Checks{plans, formulas}.build();
}

}  // namespace accrue
