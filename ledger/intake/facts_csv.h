#pragma once

#include <string>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/intake/facts.h"
#include "ledger/number/currency.h"
#include "ledger/time/period.h"

namespace accrue {

/// The rows of a small file, in its order, and what identifies the file. Of rows that state the
/// same figure again the first is kept.
template <typename Row>
struct FactsFile {
  std::string sha256;  ///< 32 bytes
  std::vector<Row> rows;
};

// The columns are bound by their header names; a period is one month or one quarter. Every row
// refused is listed up to 20 and then counted.
//
// Errors: file_unreadable, bad_gzip, empty_file, missing_column, duplicate_column, unknown_key,
//         ragged_row, bad_quoting, bad_encoding, null_not_allowed, bad_decimal, decimal_too_wide,
//         bad_currency, bad_date, bad_value, duplicate_id (two rows that contradict each other).

/// Columns: segment, basis, period, currency, revenue, source; published_growth_pct and note may
/// be left out or empty.
Result<FactsFile<SegmentRevenue>> read_segment_csv(const std::string& path,
                                                   FiscalCalendar calendar);

/// Columns: investee, segment, period, currency, revenue, source.
Result<FactsFile<BaseRevenue>> read_base_csv(const std::string& path, FiscalCalendar calendar);

/// Columns: date, from, to, rate, source; `to` is the functional currency in every row.
Result<FactsFile<ExchangeRate>> read_rates_csv(const std::string& path, Currency functional);

}  // namespace accrue
