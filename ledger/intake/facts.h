#pragma once

#include <optional>
#include <string>

#include "ledger/number/currency.h"
#include "ledger/number/decimal.h"
#include "ledger/time/date.h"
#include "ledger/time/period.h"

namespace accrue {

/// Why an amount that belongs to a closed period comes late.
/// Source: ASC 250-10-20 (change in estimate, error); IAS 8.5.
enum class CatchUpClass { new_information, estimate, error };

/// What the provider says of its own bill for a month (FOCUS Billing Period dataset).
struct ProviderPeriod {
  enum class Status { open, closed };
  std::string issuer;
  Period period;
  Instant begin_at;
  Instant end_at;
  Status status = Status::open;
  std::optional<Instant> updated_at;
  friend bool operator==(const ProviderPeriod&, const ProviderPeriod&) = default;
};

/// Revenue of a segment as published, for one month or one quarter. Growth never mixes two bases.
struct SegmentRevenue {
  std::string segment;
  std::string basis;  ///< names a series: a recast basis is another one
  PeriodRange period;
  Currency currency;
  Decimal revenue;
  std::string source;
  std::optional<Decimal> published_growth_pct;
  std::optional<std::string> note;
  friend bool operator==(const SegmentRevenue&, const SegmentRevenue&) = default;
};

/// Revenue of an investee's accounts within a segment, for a time before the book knew them.
struct BaseRevenue {
  std::string investee;
  std::string segment;
  PeriodRange period;  ///< one month or one quarter
  Currency currency;
  Decimal revenue;
  std::string source;
  friend bool operator==(const BaseRevenue&, const BaseRevenue&) = default;
};

/// What one unit of `from` is worth on a day, in units of the book's functional currency.
struct ExchangeRate {
  Date on;
  Currency from;
  Decimal rate;
  std::string source;
  friend bool operator==(const ExchangeRate&, const ExchangeRate&) = default;
};

}  // namespace accrue
