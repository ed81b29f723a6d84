#pragma once

#include <optional>
#include <string>

#include "ledger/number/currency.h"
#include "ledger/number/decimal.h"
#include "ledger/time/date.h"
#include "ledger/time/period.h"

namespace accrue {

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
