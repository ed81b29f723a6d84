#include "accounting/scenario/montecarlo/segment_spans.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "accounting/report/investee_revenue.h"
#include "accounting/scenario/montecarlo/approximate.h"

namespace accrue {

namespace {

class SpanBuilder {
 public:
  SpanBuilder(const Scenario& scenario, const StartingBook& start, const BookView& view,
              const Forecast& forecast)
      : scenario_{scenario},
        known_{load_state(start.store, start.store.record_count()).segments},
        view_{view},
        forecast_{forecast},
        held_{view, OriginView::as_reported},
        units_{std::pow(10.0, view.state.functional().minor_digits())} {
    for (const HeldInvestment& held : view.state.investments) {
      investees_.insert(held.investment.investee);
    }
  }

  Result<std::vector<SimulatedSpan>> build() {
    for (const GrowthSpan& growth : forecast_.growth) ACCRUE_TRY_DONE(add(growth));
    return std::move(spans_);
  }

 private:
  const SegmentRevenue* known_row(const GrowthSpan& growth, PeriodRange range) const {
    for (const SegmentRevenue& row : known_) {
      if (row.segment == growth.segment && row.basis == growth.basis && row.period == range) {
        return &row;
      }
    }
    return nullptr;
  }

  double minor(const Decimal& amount) const { return approximately(amount) * units_; }

  /// Of the months of a range before the forecast.
  double held_before(PeriodRange range, const std::string& investee) const {
    const PeriodRange before{range.first,
                             std::min(range.last, forecast_.months.first.previous())};
    return before.first > before.last ? 0 : minor(sum_of(held_.in(before, investee)));
  }

  Result<Done> add(const GrowthSpan& growth) {
    const PeriodRange year_ago = growth.range.year_ago();
    SimulatedSpan span;
    span.segment = growth.segment;
    span.basis = growth.basis;
    span.range = growth.range;
    span.first_month = growth.range.first.months - forecast_.months.first.months;
    span.last_month = growth.range.last.months - forecast_.months.first.months;
    if (const SegmentRevenue* row = known_row(growth, growth.range)) {
      span.revenue = minor(row->revenue);
    }
    for (const SegmentGrowth& stated : scenario_.segments) {
      if (stated.segment != growth.segment || stated.basis != growth.basis) continue;
      span.of = stated.of;
      span.growth = approximately(stated.percent) / 100;
    }
    if (const SegmentRevenue* row = known_row(growth, year_ago)) {
      span.year_ago_revenue = minor(row->revenue);
    } else {
      const auto before = std::find_if(spans_.begin(), spans_.end(), [&](const auto& other) {
        return other.segment == growth.segment && other.basis == growth.basis &&
               other.range == year_ago;
      });
      span.year_ago_span = static_cast<std::size_t>(before - spans_.begin());
    }
    for (const std::string& investee : investees_) {
      span.known.push_back(held_before(growth.range, investee));
      if (year_ago.last >= forecast_.months.first) {
        span.year_ago.push_back(held_before(year_ago, investee));
        continue;
      }
      ACCRUE_TRY(held, year_ago_of(view_.state, held_, investee, growth.segment, year_ago));
      span.year_ago.push_back(held ? std::optional{minor(sum_of(*held))} : std::nullopt);
    }
    spans_.push_back(std::move(span));
    return Done{};
  }

  const Scenario& scenario_;
  std::vector<SegmentRevenue> known_;
  const BookView& view_;
  const Forecast& forecast_;
  HeldRevenue held_;
  double units_;
  std::set<std::string> investees_;
  std::vector<SimulatedSpan> spans_;
};

}  // namespace

Result<std::vector<SimulatedSpan>> segment_spans(const Scenario& scenario,
                                                 const StartingBook& start, const BookView& view,
                                                 const Forecast& forecast) {
  return SpanBuilder{scenario, start, view, forecast}.build();
}

}  // namespace accrue
