#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "accounting/report/reports.h"

// What all reports share: the frame around the rows, and which period an amount is counted in.

namespace accrue {

/// A report without rows: book, currency, what was known, and the state of the range.
Report start_report(const BookView& view, std::string name, std::string title,
                    std::optional<PeriodRange> range,
                    OriginView by = OriginView::as_reported);

/// The first part of a ref: the report's name, with "/by-origin" behind it where that is how it
/// counts.
std::string ref_head(std::string_view name, OriginView by);

/// What ref_head put together.
std::pair<std::string, OriginView> read_ref_head(std::string_view head);

/// An amount of the functional currency.
Figure money_figure(const BookState& state, std::int64_t minor_units);
/// The same of an exact amount, which may have more digits.
Figure money_figure(const BookState& state, const Decimal& value);

/// An exact amount, of a currency that stands beside it, with at least the minor digits of its currency, more where it has more.
Figure exact_figure(const Decimal& value, const Currency& currency);

/// Percent with two decimals, half to even: 100 x numerator / denominator, which is above zero.
Figure percent_figure(const Decimal& numerator, const Decimal& denominator);

/// The period in which a cell of the balances is counted.
inline Period counted_in(OriginView by, const BalanceKey& key) {
  return by == OriginView::by_origin ? key.origin_period : key.posting_period;
}

/// Errors: unknown_id, with a suggestion, where no deal of the book is with the investee.
Result<Done> require_investee(const BookState& state, const std::string& investee);

/// Where what a record brought for an origin period is booked: in the period of the first close in
/// force that covers it, else where it would post now.
Period booked_in(const BookState& state, std::int64_t record, Period origin);

/// booked_in, or the origin itself when counting by origin.
Period counted_in(OriginView by, const BookState& state, std::int64_t record, Period origin);

/// Sorts by the key columns in the order of the columns: texts as bytes, nothing first.
void sort_rows(Report& report);

}  // namespace accrue
