#include "accounting/report/frame.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "ledger/error/suggest.h"
#include "ledger/number/round.h"

namespace accrue {

namespace {

std::string state_of(const BookState& state, PeriodRange range) {
  if (state.is_closed(range.last)) return "closed";
  return state.is_closed(range.first) ? "partly closed" : "open";
}

std::strong_ordering compare(const Cell& a, const Cell& b) {
  if (a.index() != b.index()) return a.index() <=> b.index();
  if (const auto* text = std::get_if<std::string>(&a)) return *text <=> std::get<std::string>(b);
  if (const auto* count = std::get_if<std::int64_t>(&a)) return *count <=> std::get<std::int64_t>(b);
  if (const auto* figure = std::get_if<Figure>(&a)) return figure->value <=> std::get<Figure>(b).value;
  return std::strong_ordering::equal;
}

}  // namespace

Report start_report(const BookView& view, std::string name, std::string title,
                    std::optional<PeriodRange> range, OriginView by) {
  Report report;
  report.name = std::move(name);
  report.title = std::move(title);
  report.book_id = view.state.opened.book_id;
  report.book_name = view.state.opened.name;
  report.period = range;
  if (range) report.state = state_of(view.state, *range);
  report.currency = std::string{view.state.functional().code()};
  report.as_of = {view.state.record_count, view.root};
  if (by == OriginView::by_origin) {
    report.notes.emplace_back("by origin: amounts stand in the period they belong to, not in the one "
                           "they were booked in");
  }
  return report;
}

std::string ref_head(std::string_view name, OriginView by) {
  return std::string{name} + (by == OriginView::by_origin ? "/by-origin" : "");
}

std::pair<std::string, OriginView> read_ref_head(std::string_view head) {
  const std::string_view mark = "/by-origin";
  if (!head.ends_with(mark)) return {std::string{head}, OriginView::as_reported};
  return {std::string{head.substr(0, head.size() - mark.size())}, OriginView::by_origin};
}

Figure money_figure(const BookState& state, std::int64_t minor_units) {
  const int digits = state.functional().minor_digits();
  return {Decimal::from_scaled(minor_units, digits), digits, Measure::money};
}

Figure money_figure(const BookState& state, const Decimal& value) {
  return {value, state.functional().minor_digits(), Measure::money};
}

Figure exact_figure(const Decimal& value, const Currency& currency) {
  return {value, currency.minor_digits(), Measure::amount};
}

Figure percent_figure(const Decimal& numerator, const Decimal& denominator) {
  const Int256 hundredths{round_half_even_wide(Int1024{numerator.units()} * 10'000,
                                               Int1024{denominator.units()})};
  return {Decimal::from_units(hundredths * power_of_ten(Decimal::fraction_digits - 2)), 2,
          Measure::percent};
}

Result<Done> require_investee(const BookState& state, const std::string& investee) {
  std::set<std::string_view> names;
  for (const HeldInvestment& held : state.investments) names.insert(held.investment.investee);
  if (names.contains(investee)) return Done{};
  const std::vector<std::string_view> known{names.begin(), names.end()};
  const std::optional<std::string> near = suggest(investee, known);
  return Error{.code = ErrorCode::unknown_id,
               .message = "no investee '" + investee + "'",
               .hint = near ? "did you mean '" + *near + "'?" : "see accrue investment list"};
}

Period booked_in(const BookState& state, std::int64_t record, Period origin) {
  for (const HeldClose& close : state.closes) {
    if (record < close.record && origin <= close.period) return close.period;
  }
  return state.posting_period_of(origin);
}

Period counted_in(OriginView by, const BookState& state, std::int64_t record, Period origin) {
  return by == OriginView::by_origin ? origin : booked_in(state, record, origin);
}

void sort_rows(Report& report) {
  std::stable_sort(report.rows.begin(), report.rows.end(), [&](const auto& a, const auto& b) {
    for (std::size_t i = 0; i < report.columns.size(); ++i) {
      if (report.columns[i].kind != ColumnKind::key) continue;
      if (const auto order = compare(a[i], b[i]); order != 0) return order < 0;
    }
    return false;
  });
}

}  // namespace accrue
