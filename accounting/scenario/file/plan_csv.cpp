#include "accounting/scenario/file/plan_csv.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "ledger/intake/excerpt.h"
#include "ledger/intake/fact_rows.h"
#include "ledger/intake/source_in_memory.h"
#include "ledger/number/money.h"

namespace accrue {

namespace {

constexpr FactColumn columns[] = {
    {"month"}, {"investee"}, {"amount"}, {"currency", FactColumn::Need::optional}};

Period read_month(FactRows& rows) {
  const std::string text = rows.text("month");
  const auto period = Period::parse(text);
  if (period.ok()) return *period;
  rows.refuse("month", Error{.code = ErrorCode::bad_value,
                             .message = fmt::format("month: {} is not a month", shown(text)),
                             .hint = "write it like 2025-01"});
  return {};
}

Decimal read_plan_amount(FactRows& rows, const std::optional<Currency>& currency) {
  Decimal amount = rows.decimal("amount");
  if (!rows.row_is_good()) return amount;
  if (amount.sign() < 0) {
    rows.refuse("amount", Error{.code = ErrorCode::bad_value,
                                .message = fmt::format("amount is {}; it must be zero or more",
                                                       amount.to_string()),
                                .hint = "a plan says what is used, not what is taken back"});
  }
  if (!currency) return amount;
  const auto money = Money::parse(amount.to_string(), *currency);
  if (!money.ok()) {
    rows.refuse("amount", Error{.code = money.error().code,
                                .message = fmt::format("amount: {}", money.error().message),
                                .hint = std::string{page_of(money.error().code).fix}});
  }
  return amount;
}

PlanRow read_row(FactRows& rows) {
  PlanRow row;
  row.month = read_month(rows);
  row.investee = rows.text("investee");
  if (rows.filled("currency")) row.currency = rows.currency("currency");
  row.amount = read_plan_amount(rows, row.currency);
  row.line = rows.line();
  return row;
}

/// Refuses rows of which some state a currency and some do not.
void require_same_kind(FactRows& rows, const PlanRow& first, const PlanRow& row) {
  if (first.currency.has_value() == row.currency.has_value()) return;
  rows.refuse("currency",
              Error{.code = ErrorCode::null_not_allowed,
                    .message = row.currency ? "currency is stated here, and not above"
                                            : "currency is empty here, and stated above",
                    .notes = {fmt::format("lines {} and {}", first.line, row.line)},
                    .hint = "state it in every row, or leave the column out"});
}

}  // namespace

Result<std::vector<PlanRow>> parse_plan(std::string_view bytes, std::string_view file) {
  ACCRUE_TRY(source, source_in_memory(bytes));
  FactRows rows{CsvReader{std::move(source), std::string{file}}, columns, OtherColumns::refused};
  ACCRUE_TRY_DONE(rows.read_header());

  std::vector<PlanRow> plan;
  std::map<std::tuple<std::string, std::string, Period>, std::int64_t> lines;
  while (true) {
    ACCRUE_TRY(more, rows.advance());
    if (!more) break;
    PlanRow row = read_row(rows);
    if (!rows.row_is_good()) continue;
    if (!plan.empty()) require_same_kind(rows, plan.front(), row);
    const std::string currency{row.currency ? row.currency->code() : std::string_view{}};
    const auto [first, is_new] =
        lines.emplace(std::tuple{row.investee, currency, row.month}, row.line);
    if (!is_new) {
      rows.refuse("month", Error{.code = ErrorCode::duplicate_id,
                                 .message = fmt::format("{} of {} stands twice",
                                                        row.month.to_string(), shown(row.investee)),
                                 .notes = {fmt::format("lines {} and {}", first->second, row.line)},
                                 .hint = "keep the one that is right"});
    }
    if (rows.row_is_good()) plan.push_back(std::move(row));
  }
  if (rows.any_refused()) return rows.take_refusal();
  return plan;
}

Place place_of_line(std::string_view bytes, std::string_view file, std::int64_t line) {
  for (std::int64_t above = 1; above < line; ++above) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos) break;
    bytes.remove_prefix(end + 1);
  }
  std::string_view text = bytes.substr(0, bytes.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  Place place{.file = std::string{file},
              .line = static_cast<std::size_t>(line),
              .column = 1,
              .length = std::clamp<std::size_t>(code_point_count(text), 1, 120)};
  put_excerpt(place, text);
  return place;
}

}  // namespace accrue
