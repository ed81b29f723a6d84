#include "ledger/intake/focus_dataset.h"

#include <algorithm>
#include <string>
#include <utility>

namespace accrue::focus {

namespace {

struct Mark {
  std::string_view column;
  Dataset dataset;
};

/// In this order: Cost and Usage may carry a column of another dataset, never the other way round.
constexpr Mark marks[] = {
    {"ChargeCategory", Dataset::cost_and_usage},
    {"ContractCommitmentId", Dataset::contract_commitment},
    {"InvoiceDetailId", Dataset::invoice_detail},
    {"BillingPeriodStatus", Dataset::billing_period},
};

std::string hint_of(Dataset found) {
  switch (found) {
    case Dataset::cost_and_usage: return "it is read by  accrue import usage FILE";
    case Dataset::contract_commitment:
      return "accrue investment draft FILE  makes a draft of terms from it";
    case Dataset::invoice_detail:
      return "no command reads it; usage comes from the Cost and Usage file";
    case Dataset::billing_period: return "it is read by  accrue import billing-periods FILE";
  }
  return {};
}

}  // namespace

std::string_view name_of(Dataset dataset) {
  switch (dataset) {
    case Dataset::cost_and_usage: return "Cost and Usage";
    case Dataset::contract_commitment: return "Contract Commitment";
    case Dataset::invoice_detail: return "Invoice Detail";
    case Dataset::billing_period: return "Billing Period";
  }
  return {};
}

std::optional<Dataset> dataset_of(std::span<const std::string_view> header) {
  for (const Mark& mark : marks) {
    const bool has = std::ranges::any_of(
        header, [&](std::string_view name) { return equal_but_for_case(name, mark.column); });
    if (has) return mark.dataset;
  }
  return std::nullopt;
}

Error wrong_dataset(Dataset found, Place place) {
  return Error{.code = ErrorCode::wrong_dataset,
               .message = "the file is a FOCUS " + std::string{name_of(found)} + " dataset",
               .place = std::move(place),
               .hint = hint_of(found)};
}

}  // namespace accrue::focus
