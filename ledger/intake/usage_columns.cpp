#include "ledger/intake/focus_columns.h"

#include <algorithm>
#include <string>
#include <vector>

#include "ledger/intake/excerpt.h"

namespace accrue::focus {

namespace {

constexpr std::array<std::string_view, column_count> names{
    "BilledCost",       "EffectiveCost",     "ListCost",        "ContractedCost",
    "BillingAccountId", "SubAccountId",      "BillingCurrency", "BillingPeriodStart",
    "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd", "ChargeCategory",
    "ChargeClass",      "ServiceName",       "SkuId",           "RegionId",
};

constexpr std::array always_required{
    Column::billed_cost,         Column::billing_period_start, Column::billing_period_end,
    Column::charge_period_start, Column::charge_period_end,    Column::charge_category,
};

bool equal_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(a, b, {}, lower, lower);
}

/// What another FOCUS dataset is, by a column that only it has; empty for Cost and Usage.
std::string_view other_dataset(const std::vector<std::string_view>& header) {
  const auto has = [&](std::string_view name) { return std::ranges::count(header, name) > 0; };
  if (has("ChargeCategory")) return "";
  if (has("ContractCommitmentId")) return "Contract Commitment";
  if (has("InvoiceDetailId")) return "Invoice Detail";
  if (has("BillingPeriodStatus")) return "Billing Period";
  return "";
}

}  // namespace

std::string_view name_of(Column column) { return names[static_cast<std::size_t>(column)]; }

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

Result<Columns> Columns::bind(CsvReader& csv, const DeliveryTerms& terms, Warnings& warnings) {
  std::vector<std::string_view> header(csv.field_count());
  for (std::size_t i = 0; i < header.size(); ++i) header[i] = csv.field(i);
  if (const std::string_view dataset = other_dataset(header); !dataset.empty()) {
    return Error{.code = ErrorCode::wrong_dataset,
                 .message = "the file is a FOCUS " + std::string{dataset} + " dataset",
                 .place = csv.place(),
                 .hint = "import the Cost and Usage file"};
  }

  Columns columns;
  columns.place_.fill(none);
  columns.field_count_ = header.size();
  for (std::size_t i = 0; i < header.size(); ++i) {
    for (std::size_t column = 0; column < column_count; ++column) {
      if (!equal_but_for_case(header[i], names[column])) continue;
      if (columns.place_[column] != none) {
        return Error{.code = ErrorCode::duplicate_column,
                     .message = "the column " + std::string{names[column]} + " stands twice",
                     .place = csv.place_of(i),
                     .hint = "deliver it once"};
      }
      columns.place_[column] = i;
      if (header[i] == names[column]) continue;
      warnings.add("column_case",
                   "the column " + shown(header[i]) + " is read as " + std::string{names[column]},
                   csv.place_of(i));
    }
  }

  Refusal missing;
  const auto require = [&](Column column, std::string why) {
    if (columns.has(column)) return;
    missing.errors.push_back(
        Error{.code = ErrorCode::missing_column,
              .message = "the column " + std::string{name_of(column)} + " is missing" + why,
              .place = csv.place(),
              .hint = "deliver the column; columns are bound by their header names"});
  };
  for (const Column column : always_required) require(column, "");
  if (column_of(terms.basis) != Column::billed_cost) {
    require(column_of(terms.basis), ", which is the basis of this source");
  }
  if (terms.absent_currency.empty()) require(Column::billing_currency, "");
  if (!missing.errors.empty()) return missing;

  if (!columns.has(Column::billing_account)) {
    warnings.add("absent_account",
                 "the file has no BillingAccountId: its account is the empty text", csv.place());
  }
  if (!columns.has(Column::billing_currency)) {
    warnings.add("absent_currency",
                 "the file has no BillingCurrency: it is read as " + terms.absent_currency,
                 csv.place());
  }
  return columns;
}

}  // namespace accrue::focus
