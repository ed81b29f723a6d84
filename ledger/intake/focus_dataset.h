#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "ledger/error/error.h"
#include "ledger/intake/usage_columns.h"

namespace accrue::focus {

using usage::equal_but_for_case;

/// The datasets of FOCUS 1.4.
enum class Dataset { cost_and_usage, contract_commitment, invoice_detail, billing_period };

std::string_view name_of(Dataset dataset);

/// Which dataset a header is of, by a column that only that one has; none where it has none.
std::optional<Dataset> dataset_of(std::span<const std::string_view> header);

/// wrong_dataset for a file of another dataset than the command reads; the hint names the command
/// that reads it.
Error wrong_dataset(Dataset found, Place place);

/// The spellings of null that deliveries use.
inline bool is_null(std::string_view text) {
  if (text.empty()) return true;
  // Asked of every text of every row: the first letter tells nearly all of them.
  const char first = text.front();
  if (first != 'N' && first != 'n' && first != '(') return false;
  for (const std::string_view spelling : usage::usual_nulls) {
    if (text == spelling) return true;
  }
  return false;
}

}  // namespace accrue::focus
