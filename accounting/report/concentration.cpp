#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "accounting/report/disclosures.h"
#include "accounting/report/frame.h"
#include "accounting/report/investee_revenue.h"
#include "accounting/report/movements.h"
#include "accounting/report/ref.h"
#include "accounting/report/row_refs.h"
#include "accounting/report/series.h"
#include "ledger/number/round.h"

namespace accrue {

namespace {

constexpr const char* segment_row = "*";

/// On the exact ratio, not on the percent shown.
bool is_ten_percent(const Decimal& part, const Decimal& whole) {
  return Int1024{part.units()} * 10 >= Int1024{whole.units()};
}

/// Without a name the segment is the one beside the entity, where there is but one.
GrowthOptions segment_choice(const BookState& state, const ConcentrationOptions& options) {
  GrowthOptions choice{.segment = options.segment, .basis = options.basis};
  if (choice.segment || !options.entity) return choice;
  std::set<std::string> others;
  for (const SegmentRevenue& row : state.segments) {
    if (row.segment != *options.entity) others.insert(row.segment);
  }
  if (others.size() == 1) choice.segment = *others.begin();
  return choice;
}

/// The entity's only series, or of several the one named as the segment's.
Result<Series> entity_series(const BookState& state, const std::string& entity,
                             const Series& segment) {
  Result<Series> only = choose_series(state, {.segment = entity});
  if (only.ok()) return only;
  Result<Series> alike = choose_series(state, {.segment = entity, .basis = segment.basis});
  return alike.ok() ? std::move(alike) : std::move(only);
}

class Concentration {
 public:
  Concentration(const BookView& view, PeriodRange range, OriginView by, Series segment)
      : view_{view},
        state_{view.state},
        range_{range},
        by_{by},
        segment_{std::move(segment)},
        held_{view, by} {}

  Result<Report> build(const std::optional<std::string>& entity) {
    const Currency functional = state_.functional();
    ACCRUE_TRY(of_segment, revenue_in(segment_, range_, functional));
    of_segment_ = of_segment.revenue;
    if (entity) {
      ACCRUE_TRY(series, entity_series(state_, *entity, segment_));
      ACCRUE_TRY(of_entity, revenue_in(series, range_, functional));
      entity_ = *entity;
      of_entity_ = of_entity.revenue;
    }
    return report();
  }

 private:
  Report report() {
    Report report = start_report(
        view_, "concentration",
        "Investees in the revenue of " + segment_.segment + " (" + segment_.basis + ")", range_,
        by_);
    report.columns = {{"investee", ColumnKind::key},
                      {"revenue", ColumnKind::figure},
                      {"pct_of_segment", ColumnKind::figure},
                      {"at_least_10_pct_of_segment", ColumnKind::text},
                      {"pct_of_entity", ColumnKind::figure, 2},
                      {"at_least_10_pct_of_entity", ColumnKind::text, 2},
                      {"ref", ColumnKind::text, 9}};
    report.rows.push_back({segment_row, money_figure(state_, of_segment_),
                           percent(of_segment_, of_segment_), Cell{},
                           percent(of_segment_, of_entity_), Cell{}, ref(segment_row)});
    std::vector<Decimal> revenues;
    for (const std::string& investee : held_.investees_of(range_)) {
      const Decimal revenue = sum_of(held_.in(range_, investee));
      revenues.push_back(revenue);
      report.rows.push_back({investee, money_figure(state_, revenue),
                             percent(revenue, of_segment_), answer(revenue, of_segment_),
                             percent(revenue, of_entity_), answer(revenue, of_entity_),
                             ref(investee)});
    }
    sort_rows(report);
    add_totals(report, std::move(revenues));
    add_sources(report);
    add_notes(report);
    return report;
  }

  /// Nothing where the whole is not known, or not above zero.
  static Cell percent(const Decimal& part, const std::optional<Decimal>& whole) {
    if (!whole || whole->sign() <= 0) return {};
    return percent_figure(part, *whole);
  }
  static Cell answer(const Decimal& part, const std::optional<Decimal>& whole) {
    if (!whole || whole->sign() <= 0) return {};
    return is_ten_percent(part, *whole) ? "yes" : "no";
  }

  std::string ref(const std::string& investee) const {
    return make_ref({ref_head("concentration", by_), to_text(range_), segment_.segment,
                     segment_.basis, entity_, investee});
  }

  void add_totals(Report& report, std::vector<Decimal> revenues) {
    std::sort(revenues.begin(), revenues.end(), std::greater<>{});
    const auto top = [&](std::size_t count) {
      const auto end = revenues.begin() +
                       static_cast<std::ptrdiff_t>(std::min(count, revenues.size()));
      return std::accumulate(revenues.begin(), end, Decimal{});
    };
    investees_ = top(revenues.size());
    report.totals = {
        {"segment_revenue", money_figure(state_, of_segment_)},
        {"entity_revenue", of_entity_ ? Cell{money_figure(state_, *of_entity_)} : Cell{}},
        {"investees_revenue", money_figure(state_, investees_)},
        {"investees_pct", percent(investees_, of_segment_)},
        {"top_1_pct", percent(top(1), of_segment_)},
        {"top_5_pct", percent(top(5), of_segment_)},
        {"top_10_pct", percent(top(10), of_segment_)}};
    // An investee may have the name that stands for the segment.
    if (held_.investees_of(range_).contains(segment_row)) return;
    report.column_sums = {{"segment_revenue", "revenue", {{"investee", segment_row}}}};
  }

  /// Revenue is made of the rows of the period report; the check counts the accounts themselves.
  void add_sources(Report& report) const {
    std::int64_t in_accounts = 0;
    for (const auto& [account, movement] : movements_of(view_, range_, by_)) {
      if (account.role != AccountRole::revenue || movement.in_range() == 0) continue;
      in_accounts -= movement.in_range();
      report.sources.push_back({ref(account.investee) + "#revenue", FigureSource::Sign::plus,
                                period_row_ref(by_, range_, account) + "#revenue"});
    }
    const int digits = state_.functional().minor_digits();
    report.checks = {{"revenue of investees = revenue accounts moved in the range",
                      money_figure(state_,
                                   investees_ - Decimal::from_scaled(in_accounts, digits))}};
  }

  void add_notes(Report& report) const {
    if (of_segment_.sign() <= 0) {
      report.notes.emplace_back("no share of the segment: its revenue is not above zero");
    }
    if (!of_entity_) {
      report.notes.emplace_back(
          "the test of ASC 280-10-50-42 and IFRS 8.34 is on the revenue of the entity as a whole: "
          "import it as a segment (accrue import segment FILE) and name that, --entity NAME");
    } else if (of_entity_->sign() <= 0) {
      report.notes.emplace_back("no share of the entity: its revenue is not above zero");
    }
  }

  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  OriginView by_;
  Series segment_;
  HeldRevenue held_;
  std::string entity_;  ///< empty: none is named
  Decimal of_segment_;
  std::optional<Decimal> of_entity_;
  Decimal investees_;
};

}  // namespace

Result<Report> concentration_report(const BookView& view, PeriodRange range, OriginView by,
                                    const ConcentrationOptions& options) {
  ACCRUE_TRY(segment, choose_series(view.state, segment_choice(view.state, options)));
  return Concentration{view, range, by, std::move(segment)}.build(options.entity);
}

}  // namespace accrue
