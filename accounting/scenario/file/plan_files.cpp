#include "accounting/scenario/file/plan_files.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "accounting/scenario/file/scenario_fields.h"
#include "ledger/error/suggest.h"
#include "ledger/intake/excerpt.h"
#include "ledger/number/money.h"

namespace accrue {

PlanFiles::Plan* PlanFiles::read(const TomlTable& curve) {
  const NamedFiles::File* file = files_->read(curve, "file");
  if (file == nullptr) return nullptr;
  const auto [found, is_new] = plans_.try_emplace(file->path);
  Plan& plan = found->second;
  if (is_new) {
    plan.file = file;
    auto rows = parse_plan(file->bytes, file->path);
    plan.good = rows.ok();
    if (rows.ok()) {
      for (PlanRow& row : *rows) plan.rows.push_back({std::move(row), std::nullopt});
    } else {
      files_->refuse(rows.refusal());
    }
  }
  return plan.good ? &plan : nullptr;
}

void PlanFiles::refuse_row(const Plan& plan, const PlanRow& row, Error error) {
  error.place = place_of_line(plan.file->bytes, plan.file->path, row.line);
  files_->refuse(Refusal{{std::move(error)}, 0});
}

/// Whether the rows of a taker are there, free, and in what the drawdown is in.
bool PlanFiles::check_rows(const TomlTable& curve, const PlanTaker& taker, const Plan& plan,
                           const std::vector<Row*>& rows) {
  if (rows.empty()) {
    std::set<std::string_view> names;
    for (const Row& row : plan.rows) names.insert(row.row.investee);
    const std::vector<std::string_view> known{names.begin(), names.end()};
    const auto meant = suggest(*taker.investee, known);
    refuse_value(
        curve, "file",
        fmt::format("{} has no rows of {}{}", shown(plan.file->path), shown(*taker.investee),
                    taker.currency ? fmt::format(" in {}", taker.currency->code()) : ""),
        meant ? fmt::format("did you mean {}?", shown(*meant))
              : "add them, or give the drawdown another curve");
    return false;
  }
  if (const auto taken = rows.front()->taken_at) {
    curve.refuse("file", Error{.code = ErrorCode::duplicate_id,
                               .message = fmt::format("the rows of {} are taken by the drawdown of "
                                                      "line {} already",
                                                      shown(*taker.investee), *taken),
                               .hint = "they would be used twice: remove one of the drawdowns"});
    return false;
  }
  std::set<Currency> currencies;
  for (const Row* row : rows) {
    if (row->row.currency) currencies.insert(*row->row.currency);
  }
  if (taker.unit && !currencies.empty()) {
    refuse_row(plan, rows.front()->row,
               Error{.code = ErrorCode::bad_value,
                     .message = fmt::format("a row in {} of a drawdown in {}",
                                            currencies.begin()->code(), shown(*taker.unit)),
                     .hint = "leave the column currency out: the amounts are so many units"});
    return false;
  }
  if (currencies.size() > 1) {
    refuse_value(curve, "file",
                 fmt::format("the rows of {} are in {} and {}", shown(*taker.investee),
                             currencies.begin()->code(), currencies.rbegin()->code()),
                 "state the currency of the drawdown, and give each currency a drawdown");
    return false;
  }
  bool good = true;
  for (const Row* row : rows) {
    if (taker.unit || row->row.currency || !taker.currency) continue;
    const auto money = Money::parse(row->row.amount.to_string(), *taker.currency);
    if (money.ok()) continue;
    refuse_row(plan, row->row,
               Error{.code = money.error().code,
                     .message = fmt::format("amount: {}", money.error().message),
                     .hint = std::string{page_of(money.error().code).fix}});
    good = false;
  }
  return good;
}

std::optional<TakenPlan> PlanFiles::take(const TomlTable& curve, const PlanTaker& taker) {
  Plan* const plan = read(curve);
  if (plan == nullptr) return std::nullopt;
  if (!taker.investee) {
    curve.refuse("file", Error{.code = ErrorCode::missing_key,
                               .message = "the drawdown names no investee",
                               .hint = "add `investee`: the rows of a plan go by it"});
    for (Row& row : plan->rows) row.taken_at = curve.span().line;
    return std::nullopt;
  }
  std::vector<Row*> rows;
  for (Row& row : plan->rows) {
    const bool other_currency =
        !taker.unit && taker.currency && row.row.currency && *row.row.currency != *taker.currency;
    if (row.row.investee == *taker.investee && !other_currency) rows.push_back(&row);
  }
  if (!check_rows(curve, taker, *plan, rows)) {
    // One error is enough: what is not right is not left over too.
    for (Row* row : rows) {
      if (!row->taken_at) row->taken_at = curve.span().line;
    }
    return std::nullopt;
  }

  TakenPlan taken{PlanCurve{plan->file->path, {}}, taker.currency};
  for (Row* row : rows) {
    row->taken_at = curve.span().line;
    taken.curve.rows.emplace_back(row->row.month, row->row.amount);
    if (row->row.currency) taken.currency = row->row.currency;
  }
  std::ranges::sort(taken.curve.rows);
  return taken;
}

void PlanFiles::refuse_untaken() {
  for (auto& [path, plan] : plans_) {
    std::set<std::pair<std::string_view, std::string_view>> told;
    for (const Row& row : plan.rows) {
      if (row.taken_at) continue;
      const std::string_view currency =
          row.row.currency ? row.row.currency->code() : std::string_view{};
      if (!told.emplace(row.row.investee, currency).second) continue;
      refuse_row(plan, row.row,
                 Error{.code = ErrorCode::bad_value,
                       .message = fmt::format("no drawdown takes the rows of {}{}{}",
                                              shown(row.row.investee),
                                              currency.empty() ? "" : " in ", currency),
                       .hint = "add a [[drawdown]] with this plan for the investee, or remove its "
                               "rows"});
    }
  }
}

}  // namespace accrue
