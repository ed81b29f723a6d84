#include "accounting/scenario/walk/segment_growth.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "accounting/report/investee_revenue.h"
#include "accounting/report/reports.h"
#include "ledger/number/round.h"

namespace accrue {

namespace {

PeriodRange year_after(PeriodRange range) {
  return {Period{range.first.months + 12}, Period{range.last.months + 12}};
}

const SegmentRevenue* row_of(const BookState& state, const std::string& segment,
                             const std::string& basis, PeriodRange range) {
  for (const SegmentRevenue& row : state.segments) {
    if (row.segment == segment && row.basis == basis && row.period == range) return &row;
  }
  return nullptr;
}

/// Revenue of a span that the scenario's growth makes of the year before.
class AssumedRevenue {
 public:
  AssumedRevenue(Assumptions& assumptions, const SegmentGrowth& growth)
      : assumptions_{assumptions},
        growth_{growth},
        view_{load_view(assumptions.books().store(), assumptions.books().store().record_count())},
        held_{view_, OriginView::as_reported} {}

  Result<SegmentRevenue> of(const SegmentRevenue& before) {
    const PeriodRange range = year_after(before.period);
    Decimal base = before.revenue;
    Decimal added;
    if (growth_.of == SegmentGrowth::Of::others) {
      for (const std::string& investee : held_.investees_of(range)) {
        ACCRUE_TRY(year_ago, year_ago_of(view_.state, held_, investee, growth_.segment,
                                         before.period));
        if (year_ago) {
          base -= sum_of(*year_ago);
        } else {
          assumptions_.notes().push_back(
              "revenue of " + investee + " in " + before.period.first.to_string() + " to " +
              before.period.last.to_string() + " is not known: it counts among the others'");
        }
        added += sum_of(held_.in(range, investee));
      }
    }
    const int digits = before.currency.minor_digits();
    const Int1024 per_cent = Int1024{power_of_ten(Decimal::fraction_digits)} * 100;
    const std::int64_t grown = round_half_even(
        Int1024{base.units()} * (per_cent + Int1024{growth_.percent.units()}),
        per_cent * Int1024{power_of_ten(Decimal::fraction_digits - digits)});
    return SegmentRevenue{.segment = growth_.segment,
                          .basis = growth_.basis,
                          .period = range,
                          .currency = before.currency,
                          .revenue = Decimal::from_scaled(grown, digits) + added,
                          .source = "assumed",
                          .published_growth_pct = std::nullopt,
                          .note = std::nullopt};
  }

 private:
  Assumptions& assumptions_;
  const SegmentGrowth& growth_;
  BookView view_;
  HeldRevenue held_;
};

}  // namespace

Result<Done> assume_segments(Assumptions& assumptions, const Scenario& scenario,
                             PeriodRange months) {
  for (const SegmentGrowth& growth : scenario.segments) {
    SegmentImported fact{.file = scenario.file, .sha256 = std::string(32, '\0'), .rows = {}};
    AssumedRevenue assumed{assumptions, growth};
    // Rows of the second year of a forecast rest on those of the first.
    std::vector<SegmentRevenue> rows = assumptions.books().state().segments;
    std::erase_if(rows, [&](const SegmentRevenue& row) {
      return row.segment != growth.segment || row.basis != growth.basis;
    });
    std::sort(rows.begin(), rows.end(), [](const SegmentRevenue& a, const SegmentRevenue& b) {
      return std::pair{a.period.first, a.period.last} < std::pair{b.period.first, b.period.last};
    });
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const PeriodRange range = year_after(rows[i].period);
      const bool is_known = std::any_of(rows.begin(), rows.end(), [&](const SegmentRevenue& row) {
        return row.period == range;
      });
      if (is_known || range.last < months.first || range.last > months.last) continue;
      ACCRUE_TRY(row, assumed.of(rows[i]));
      fact.rows.push_back(row);
      rows.push_back(std::move(row));
    }
    if (fact.rows.empty()) {
      return Error{.code = ErrorCode::nothing_to_report,
                   .message = "growth of segment '" + growth.segment + "', basis '" +
                              growth.basis + "', is assumed, and the book has no revenue of it a "
                              "year before the forecast that is not followed by more",
                   .hint = "see accrue import segment"};
    }
    assumptions.notes().push_back(
        "segment " + growth.segment + ", basis " + growth.basis + ": " +
        (growth.of == SegmentGrowth::Of::others ? "what investees do not bring grows by "
                                                : "the whole grows by ") +
        growth.percent.to_string() + "% over the year before");
    ACCRUE_TRY_DONE(assumptions.record(std::move(fact)));
  }
  return Done{};
}

std::vector<GrowthSpan> growth_spans(const BookState& state, PeriodRange months) {
  std::vector<GrowthSpan> spans;
  for (const SegmentRevenue& row : state.segments) {
    const bool is_forecast = row.period.last >= months.first && row.period.last <= months.last;
    if (!is_forecast || row_of(state, row.segment, row.basis, row.period.year_ago()) == nullptr) {
      continue;
    }
    spans.push_back({row.period, row.segment, row.basis});
  }
  std::sort(spans.begin(), spans.end(), [](const GrowthSpan& a, const GrowthSpan& b) {
    return std::tie(a.segment, a.basis, a.range.first, a.range.last) <
           std::tie(b.segment, b.basis, b.range.first, b.range.last);
  });
  return spans;
}

Result<Report> growth_in_span(const BookView& view, const GrowthSpan& span) {
  return growth_report(view, span.range, OriginView::as_reported,
                       {.segment = span.segment, .basis = span.basis, .excluded = {}});
}

}  // namespace accrue
