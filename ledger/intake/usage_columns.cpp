#include "ledger/intake/usage_columns.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ledger/intake/excerpt.h"
#include "ledger/number/currency.h"

namespace accrue::usage {

namespace {

constexpr std::array<std::string_view, column_count> names{
    "BilledCost",       "EffectiveCost",     "ListCost",        "ContractedCost",
    "BillingAccountId", "SubAccountId",      "BillingCurrency", "BillingPeriodStart",
    "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd", "ChargeCategory",
    "ChargeClass",      "ServiceName",       "SkuId",           "RegionId",
};

}  // namespace

std::string_view focus_name_of(Column column) { return names[static_cast<std::size_t>(column)]; }

Column column_of(Basis basis) {
  switch (basis) {
    case Basis::effective:
      return Column::effective_cost;
    case Basis::contracted:
      return Column::contracted_cost;
    case Basis::list:
      return Column::list_cost;
    case Basis::billed:
      return Column::billed_cost;
  }
  return Column::effective_cost;
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(a, b, {}, lower, lower);
}

Columns::Columns() {
  place_.fill(absent);
  for (std::size_t i = 0; i < column_count; ++i) names_[i] = names[i];
}

void Columns::put(Column column, std::size_t place, std::string name) {
  place_[static_cast<std::size_t>(column)] = place;
  names_[static_cast<std::size_t>(column)] = std::move(name);
}

Place Columns::place_of(const CsvReader& csv, Column column) const {
  return at(column) < field_count_ ? csv.place_of(at(column)) : csv.place();
}

Error Columns::refusal(const CsvReader& csv, Column column, ErrorCode code, std::string message,
                       std::string hint) const {
  if (hint.empty()) hint = page_of(code).fix;
  return Error{.code = code,
               .message = name_of(column) + ' ' + std::move(message),
               .place = place_of(csv, column),
               .hint = std::move(hint)};
}

std::optional<Error> check_currency(const CsvReader& csv, const Columns& columns,
                                    std::string_view code, std::string& good) {
  constexpr Column column = Column::billing_currency;
  if (code.empty()) {
    return columns.refusal(csv, column, ErrorCode::null_not_allowed, "is null");
  }
  if (code == good) return std::nullopt;
  if (!Currency::from_code(code).ok()) {
    return columns.refusal(csv, column, ErrorCode::bad_currency,
                           shown(code) + " is not an ISO 4217 currency code");
  }
  good = code;
  return std::nullopt;
}

Error ragged_row(const CsvReader& csv, const Columns& columns) {
  return Error{.code = ErrorCode::ragged_row,
               .message = fmt::format("the row has {} fields and the header {}", csv.field_count(),
                                      columns.field_count()),
               .place = csv.place(),
               .hint = std::string{page_of(ErrorCode::ragged_row).fix}};
}

}  // namespace accrue::usage
