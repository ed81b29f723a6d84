#include "accounting/report/series.h"

#include <algorithm>
#include <set>

#include "accounting/report/ref.h"
#include "ledger/error/suggest.h"

namespace accrue {

namespace {

std::string name_of_series(const std::string& segment, const std::string& basis) {
  return "segment '" + segment + "', basis '" + basis + "'";
}

Error unknown(const std::string& what, const std::string& wrong,
              const std::set<std::string>& known) {
  const std::vector<std::string_view> words{known.begin(), known.end()};
  const std::optional<std::string> near = suggest(wrong, words);
  std::string list;
  for (const std::string& word : known) list += (list.empty() ? "" : ", ") + word;
  return Error{.code = ErrorCode::unknown_id,
               .message = "the book has no " + what + " '" + wrong + "'",
               .notes = {"it has: " + list},
               .hint = near ? "did you mean '" + *near + "'?" : "use one that it has"};
}

std::string missing_months(PeriodRange range, const std::vector<PeriodRange>& spans) {
  std::string months;
  for (Period month = range.first; month <= range.last; month = month.next()) {
    const bool covered = std::any_of(spans.begin(), spans.end(), [&](PeriodRange span) {
      return range.first <= span.first && span.last <= range.last && span.contains(month);
    });
    if (!covered) months += (months.empty() ? "" : ", ") + month.to_string();
  }
  return months;
}

}  // namespace

Result<Series> choose_series(const BookState& state, const GrowthOptions& options) {
  std::set<std::pair<std::string, std::string>> chosen;
  std::set<std::string> segments;
  std::set<std::string> bases;
  for (const SegmentRevenue& row : state.segments) {
    segments.insert(row.segment);
    if (options.segment && row.segment != *options.segment) continue;
    bases.insert(row.basis);
    if (options.basis && row.basis != *options.basis) continue;
    chosen.emplace(row.segment, row.basis);
  }
  if (segments.empty()) {
    return Error{.code = ErrorCode::nothing_to_report,
                 .message = "the book holds no segment revenue to measure growth on",
                 .hint = "accrue import segment FILE"};
  }
  if (bases.empty()) return unknown("segment", *options.segment, segments);
  if (chosen.empty()) return unknown("basis", *options.basis, bases);
  if (chosen.size() > 1) {
    Error error{.code = ErrorCode::usage,
                .message = "the book holds " + std::to_string(chosen.size()) +
                           " series of segment revenue: growth never mixes two",
                .hint = "choose one with --segment and --basis"};
    for (const auto& [segment, basis] : chosen) {
      error.notes.push_back(name_of_series(segment, basis));
    }
    return error;
  }
  Series series{chosen.begin()->first, chosen.begin()->second, {}};
  for (const SegmentRevenue& row : state.segments) {
    if (row.segment == series.segment && row.basis == series.basis) series.rows.push_back(row);
  }
  return series;
}

std::optional<std::vector<std::size_t>> tile(PeriodRange range,
                                             const std::vector<PeriodRange>& spans) {
  const auto month_count = static_cast<std::size_t>(range.month_count());
  // From the end: which span to lay at each month so that what follows is filled.
  std::vector<std::optional<std::size_t>> at(month_count + 1);
  std::vector<bool> fills(month_count + 1, false);
  fills[month_count] = true;
  for (std::size_t month = month_count; month-- > 0;) {
    const Period first{range.first.months + static_cast<std::int32_t>(month)};
    for (std::size_t i = 0; i < spans.size(); ++i) {
      if (spans[i].first != first || spans[i].last > range.last) continue;
      if (!fills[month + static_cast<std::size_t>(spans[i].month_count())]) continue;
      if (fills[month] && spans[*at[month]].last >= spans[i].last) continue;
      at[month] = i;
      fills[month] = true;
    }
  }
  if (!fills[0]) return std::nullopt;
  std::vector<std::size_t> tiles;
  for (std::size_t month = 0; month < month_count;) {
    tiles.push_back(*at[month]);
    month += static_cast<std::size_t>(spans[tiles.back()].month_count());
  }
  return tiles;
}

Result<SeriesRevenue> revenue_in(const Series& series, PeriodRange range, Currency functional) {
  std::vector<PeriodRange> spans;
  for (const SegmentRevenue& row : series.rows) spans.push_back(row.period);
  const auto tiles = tile(range, spans);
  if (!tiles) {
    const std::string months = missing_months(range, spans);
    return Error{.code = ErrorCode::nothing_to_report,
                 .message = "revenue of " + name_of_series(series.segment, series.basis) +
                            " does not fill " + to_text(range),
                 .notes = {months.empty() ? "its months and quarters overlap or leave gaps there"
                                          : "missing: " + months},
                 .hint = "accrue import segment FILE with what is missing"};
  }
  SeriesRevenue sum;
  for (const std::size_t i : *tiles) {
    const SegmentRevenue& row = series.rows[i];
    if (row.currency != functional) {
      return Error{.code = ErrorCode::nothing_to_report,
                   .message = "revenue of " + name_of_series(series.segment, series.basis) +
                              " is in " + std::string{row.currency.code()} +
                              ", the book is kept in " + std::string{functional.code()},
                   .hint = "import the series in the book's currency, under a basis of its own"};
    }
    sum.revenue += row.revenue;
    if (tiles->size() == 1) sum.published_growth_pct = row.published_growth_pct;
  }
  return sum;
}

bool is_double_digit(const Figure& growth_pct) {
  return growth_pct.value >= Decimal::from_integer(10);
}

}  // namespace accrue
