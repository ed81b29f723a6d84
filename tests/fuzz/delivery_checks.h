#pragma once

// What holds of every delivery that is read, and of every refusal, whatever the format.

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include "ledger/error/check.h"
#include "ledger/intake/excerpt.h"
#include "ledger/intake/usage.h"

namespace accrue::fuzz {

inline void check_refusal(const Refusal& refusal) {
  LEDGER_CHECK(!refusal.errors.empty(), "no error", "at least one");
  for (const Error& error : refusal.errors) {
    LEDGER_CHECK(!error.message.empty() && !error.hint.empty() && !error.place.file.empty(),
                 error.message, "a place and a hint");
    LEDGER_CHECK(printable_line(error.place.excerpt) == error.place.excerpt, error.place.excerpt,
                 "printable");
  }
}

template <typename Totals>
std::int64_t rows_of(const Totals& totals) {
  std::int64_t count = 0;
  for (const auto& [key, total] : totals) count += total.row_count;
  return count;
}

/// By currency, which is the second part of the key.
template <typename Totals>
std::map<std::string, Decimal> amounts_of(const Totals& totals) {
  std::map<std::string, Decimal> amounts;
  for (const auto& [key, total] : totals) amounts[key.second] += total.amount;
  return amounts;
}

inline void check_delivery(const Delivery& delivery) {
  LEDGER_CHECK(amounts_of(delivery.by_category) == amounts_of(delivery.by_account), "by category",
               "by account");
  std::int64_t good_count = 0;
  for (const UsageFile& file : delivery.files) {
    good_count += file.row_count - file.quarantined_count;
  }
  LEDGER_CHECK(rows_of(delivery.by_category) == good_count &&
                   rows_of(delivery.by_account) == good_count,
               std::to_string(rows_of(delivery.by_category)), std::to_string(good_count));

  std::int64_t placed_count = rows_of(delivery.other_customers) + rows_of(delivery.settled);
  const auto& bills = delivery.billing_periods;
  const Charge* before = nullptr;
  for (const Charge& charge : delivery.charges) {
    placed_count += charge.row_count;
    LEDGER_CHECK(before == nullptr || before->at <= charge.at, "charges", "in order of time");
    LEDGER_CHECK(charge.billing_period &&
                     std::find(bills.begin(), bills.end(), *charge.billing_period) != bills.end(),
                 charge.at.to_string(), "a bill of the delivery");
    before = &charge;
  }
  // Tax, and purchases that cover, are counted and nothing else.
  LEDGER_CHECK(placed_count <= good_count, std::to_string(placed_count),
               std::to_string(good_count));
}

}  // namespace accrue::fuzz
