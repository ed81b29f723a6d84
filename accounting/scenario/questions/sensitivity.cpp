#include "accounting/scenario/questions/sensitivity.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

using Of = VariedKey::Of;

Decimal whole(std::int64_t value) { return Decimal::from_integer(value); }

void add_tranches_to_come(const Scenario& scenario, const BookState& book, Period first,
                          std::vector<VariedRange>& ranges) {
  std::set<std::string> grants;
  for (const HeldGrant& held : book.grants) {
    if (Period::of(held.grant.issued_on) >= first) grants.insert(held.grant.id);
  }
  for (const ExtraTranche& tranche : scenario.extra_tranches) grants.insert(tranche.id);
  for (const std::string& grant : grants) {
    ranges.push_back({{Of::delay, grant}, whole(0), whole(3)});
  }
}

void add_estimates(const Scenario& scenario, std::vector<VariedRange>& ranges) {
  std::set<std::string> seen;
  for (const AssumedEstimate& estimate : scenario.estimates) {
    const ExpectedUnused& unused = estimate.expected_unused;
    const bool is_percent = unused.measure == ExpectedUnused::Measure::percent_of_face;
    if (!is_percent || !seen.insert(estimate.grant).second) continue;
    // An estimate is from nothing to below the whole face.
    const Decimal low = std::max(whole(0), unused.value - whole(2));
    const Decimal high = std::min(Decimal::from_scaled(9999, 2), unused.value + whole(2));
    ranges.push_back({{Of::estimate, estimate.grant}, low, high});
  }
}

}  // namespace

std::vector<VariedRange> usual_ranges(const Scenario& scenario, const BookState& book,
                                      Period first) {
  std::vector<VariedRange> ranges;
  std::set<std::string> investees;
  for (const Drawdown& drawdown : scenario.drawdowns) investees.insert(drawdown.investee);
  for (const std::string& investee : investees) {
    ranges.push_back({{Of::volume, investee}, whole(90), whole(110)});
  }
  if (!investees.empty()) ranges.push_back({{Of::price, ""}, whole(90), whole(110)});
  add_tranches_to_come(scenario, book, first, ranges);
  add_estimates(scenario, ranges);
  std::set<std::string> segments;
  for (const SegmentGrowth& segment : scenario.segments) {
    const bool is_of_others = segment.of == SegmentGrowth::Of::others;
    if (!is_of_others || !segments.insert(segment.segment).second) continue;
    ranges.push_back({{Of::others, segment.segment}, segment.percent - whole(2),
                      segment.percent + whole(2)});
  }
  return ranges;
}

std::optional<Decimal> Swing::size() const {
  if (!at_low || !at_high) return std::nullopt;
  return *at_high - *at_low;
}

Result<std::vector<Swing>> swings_of(const Scenario& scenario,
                                     const std::vector<VariedRange>& ranges,
                                     const Outcome& outcome, const WalkProgress& progress) {
  const Varied base{scenario, {}};
  const int all = static_cast<int>(2 * ranges.size());
  int done = 0;
  const auto figure_at = [&](const VariedKey& key,
                             const Decimal& value) -> Result<std::optional<Decimal>> {
    ACCRUE_TRY(varied, vary(base, key, value));
    ACCRUE_TRY(figure, outcome(varied));
    if (progress) progress(++done, all);
    return figure;
  };
  std::vector<Swing> swings;
  for (const VariedRange& range : ranges) {
    ACCRUE_TRY(at_low, figure_at(range.key, range.low));
    ACCRUE_TRY(at_high, figure_at(range.key, range.high));
    swings.push_back({range, at_low, at_high});
  }
  const auto width = [](const Swing& swing) {
    const std::optional<Decimal> size = swing.size();
    if (!size) return Decimal::from_integer(-1);
    return size->sign() < 0 ? -*size : *size;
  };
  std::sort(swings.begin(), swings.end(), [&](const Swing& a, const Swing& b) {
    const auto order = width(b) <=> width(a);
    return order == 0 ? to_string(a.range.key) < to_string(b.range.key) : order < 0;
  });
  return swings;
}

Result<Report> sensitivity_report(const Scenario& scenario, const std::vector<VariedRange>& ranges,
                                  const OutcomeTarget& target, const Walk& walk,
                                  const WalkProgress& progress) {
  const auto refused = [](std::string message, std::string hint) {
    return Error{.code = ErrorCode::bad_value,
                 .message = std::move(message),
                 .hint = std::move(hint)};
  };
  if (ranges.empty()) {
    return refused("the scenario has nothing that is usually varied", "name a key and a range");
  }
  std::set<std::string> keys;
  for (const VariedRange& range : ranges) {
    const std::string key = to_string(range.key);
    if (!keys.insert(key).second) return refused(key + " is varied twice", "name each key once");
  }
  ACCRUE_TRY(base, walk(scenario, {}));
  ACCRUE_TRY(at_base, figure_of(base, target));
  ACCRUE_TRY(swings, swings_of(scenario, ranges, outcome_of(walk, target), progress));

  Report report = start_scenario_report(base, "scenario-sensitivity",
                                        "What moves " + to_string(target));
  report.columns = {{"rank", ColumnKind::key},     {"key", ColumnKind::key},
                    {"low", ColumnKind::figure},   {"high", ColumnKind::figure},
                    {"at_low", ColumnKind::figure}, {"at_base", ColumnKind::figure},
                    {"at_high", ColumnKind::figure}, {"swing", ColumnKind::figure},
                    {"ref", ColumnKind::text, 9}};
  const auto cell = [&](const std::optional<Decimal>& value) {
    return outcome_cell(target.figure, value, base);
  };
  for (const Swing& swing : swings) {
    const std::string key = to_string(swing.range.key);
    report.rows.push_back({static_cast<std::int64_t>(report.rows.size() + 1), key,
                           Figure{swing.range.low, 2, Measure::number},
                           Figure{swing.range.high, 2, Measure::number}, cell(swing.at_low),
                           cell(at_base), cell(swing.at_high), cell(swing.size()),
                           make_ref({report.name, scenario.name, std::string{to_string(target.figure)}, key})});
  }
  report.row_sums = {{"at_high", {"at_low", "swing"}}};
  report.totals = {{"at_base", cell(at_base)}};
  mark_assumed(report, scenario, base);
  report.notes.emplace_back("one at a time: each key goes from low to high while all else is as the "
                            "scenario says; what two do together is not in it");
  report.notes.emplace_back("volume and price are in percent of what the scenario says, delay in "
                            "months, estimates in percent of the face, growth in percent");
  return report;
}

}  // namespace accrue
