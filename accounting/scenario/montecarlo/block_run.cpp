#include "accounting/scenario/montecarlo/block_run.h"

#include <algorithm>

#include "accounting/scenario/montecarlo/approximate.h"
#include "accounting/scenario/montecarlo/month_demand.h"
#include "accounting/scenario/montecarlo/wide.h"

namespace accrue {

namespace {

/// Of a grant's month, on each path.
struct GrantMonth {
  Lanes usage;
  Lanes breakage;
  Lanes liability;
  Lanes left;
};

/// Revenue to date is price x drawn / face from usage and price x min(1, drawn / expected) in all;
/// all of the price once the grant has expired. Each is rounded to date, as the books do.
ACCRUE_WIDE void recognise_month(const SimulatedGrant& grant, std::size_t month, GrantLanes& lanes,
                     GrantMonth& out) {
  const double face = grant.face;
  const double expected = grant.expected_drawn[month];
  const auto now = static_cast<double>(month);
  Lanes remains;
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
    const double price = lanes.price[lane];
    const double expiry = lanes.expiry_month[lane];
    const double issued = lanes.issued_month[lane];
    const double received = lanes.received_month[lane];
    const double left_before = lanes.left[lane];
    const double expired_before = lanes.expired[lane];
    const double drawn = face - left_before - expired_before;
    const double left = expiry == now ? 0 : left_before;
    lanes.expired[lane] = expiry == now ? left_before : expired_before;
    lanes.left[lane] = left;
    const double usage = nearest_whole(price * drawn / face);
    const double in_part = nearest_whole(price * drawn / expected);
    const double total = expiry <= now || drawn >= expected ? price : in_part;
    out.usage[lane] = usage - lanes.usage[lane];
    out.breakage[lane] = total - usage - lanes.breakage[lane];
    lanes.usage[lane] = usage;
    lanes.breakage[lane] = total - usage;
    const double liability = (received <= now ? price : 0) - total;
    out.liability[lane] = liability;
    out.left[lane] = issued <= now ? left : 0;
    // Amounts to come are not below zero.
    remains[lane] = left + (price - total) + liability * liability;
  }
  lanes.is_over = !any_above_zero(remains);
}

ACCRUE_WIDE void add_lanes(std::span<const double> lanes, double* sums) {
  for (std::size_t lane = 0; lane < lanes.size(); ++lane) sums[lane] += lanes[lane];
}

Lanes all_of(double number) {
  Lanes lanes;
  lanes.fill(number);
  return lanes;
}

Lanes segment_revenue(const SimulatedSpan& span, const Lanes& before, const Lanes& others,
                      const Lanes& brought) {
  if (span.revenue) return all_of(*span.revenue);
  Lanes revenue;
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
    revenue[lane] = span.of == SegmentGrowth::Of::segment
                        ? before[lane] * (1 + span.growth)
                        : others[lane] * (1 + span.growth) + brought[lane];
  }
  return revenue;
}

}  // namespace

BlockRun::BlockRun(const SimulationInput& input, Simulation& simulation)
    : input_{input}, out_{simulation}, shocks_{}, state_{input} {
  wallets_.reserve(input.wallets.size());
  for (std::size_t i = 0; i < input.wallets.size(); ++i) wallets_.emplace_back(input, i, state_);
  if (!input.spans.empty()) revenue_.resize(input.investees.size() * input.month_count());
}

void BlockRun::run(const BlockOfPaths& paths) {
  first_ = paths.place;
  count_ = paths.path_count;
  draw_paths(input_.shocks, out_.seed, paths.first_path, paths_per_block, shocks_);
  state_.begin(input_, shocks_);
  for (Lanes& revenue : revenue_) revenue.fill(0);
  for (std::size_t month = 0; month < input_.month_count(); ++month) {
    draw_known(month);
    demand_of_month(input_, shocks_, month, state_);
    for (WalletServing& wallet : wallets_) wallet.serve(month);
    keep_cash(month);
    for (std::size_t i = 0; i < input_.grants.size(); ++i) recognise(i, month);
  }
  keep_ends();
  keep_growth();
}

void BlockRun::draw_known(std::size_t month) {
  for (std::size_t i = 0; i < input_.grants.size(); ++i) {
    const double drawn = input_.grants[i].known_drawn[month];
    if (drawn == 0) continue;
    for (double& left : state_.grants[i].left) left -= drawn;
    state_.grants[i].is_over = false;
  }
}

Lanes& BlockRun::revenue_of(std::size_t investee, std::size_t month) {
  return revenue_[investee * input_.month_count() + month];
}

double* BlockRun::place(SimulatedMeasure measure, std::size_t subject, std::size_t month) {
  return &out_.values[out_.offset(measure, subject, month) + first_];
}

/// Adds to what all investees come to, and to what one of them does.
void BlockRun::add(SimulatedMeasure measure, std::size_t investee, std::size_t month,
                   const Lanes& lanes) {
  add_lanes(std::span{lanes}.first(count_), place(measure, 0, month));
  if (out_.subject_count == 1) return;
  add_lanes(std::span{lanes}.first(count_), place(measure, investee + 1, month));
}

void BlockRun::add_revenue(std::size_t investee, std::size_t month, const Lanes& lanes) {
  add(SimulatedMeasure::revenue, investee, month, lanes);
  if (revenue_.empty()) return;
  Lanes& revenue = revenue_of(investee, month);
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) revenue[lane] += lanes[lane];
}

void BlockRun::keep_cash(std::size_t month) {
  if (input_.known_cash_of_others[month] != 0) {
    const Lanes known = all_of(input_.known_cash_of_others[month]);
    add_lanes(std::span{known}.first(count_), place(SimulatedMeasure::cash_revenue, 0, month));
    add_lanes(std::span{known}.first(count_), place(SimulatedMeasure::revenue, 0, month));
  }
  for (std::size_t i = 0; i < input_.investees.size(); ++i) {
    const double known = input_.investees[i].known_cash[month];
    if (known == 0) continue;
    add(SimulatedMeasure::cash_revenue, i, month, all_of(known));
    add_revenue(i, month, all_of(known));
  }
  for (std::size_t i = 0; i < input_.wallets.size(); ++i) {
    if (state_.has_cash[i] == 0) continue;
    Lanes cash = state_.cash[i];
    for (double& amount : cash) amount = nearest_whole(amount);
    add(SimulatedMeasure::cash_revenue, input_.wallets[i].investee, month, cash);
    add_revenue(input_.wallets[i].investee, month, cash);
  }
}

void BlockRun::recognise(std::size_t number, std::size_t month) {
  if (state_.grants[number].is_over) return;
  GrantMonth now;
  recognise_month(input_.grants[number], month, state_.grants[number], now);
  const std::size_t investee = input_.wallets[input_.grants[number].wallet].investee;
  add(SimulatedMeasure::credit_revenue, investee, month, now.usage);
  add(SimulatedMeasure::breakage, investee, month, now.breakage);
  add(SimulatedMeasure::liability, investee, month, now.liability);
  add(SimulatedMeasure::left, investee, month, now.left);
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) now.usage[lane] += now.breakage[lane];
  add_revenue(investee, month, now.usage);
}

void BlockRun::keep_ends() {
  for (std::size_t i = 0; i < input_.wallets.size(); ++i) {
    std::vector<int>& months = out_.exhausted_month[input_.wallets[i].investee];
    for (std::size_t lane = 0; lane < count_; ++lane) {
      const double month = state_.exhausted_month[i][lane];
      if (month >= months[first_ + lane]) continue;
      months[first_ + lane] = static_cast<int>(month);
    }
  }
  for (std::size_t i = 0; i < input_.grants.size(); ++i) {
    const GrantLanes& grant = state_.grants[i];
    for (std::size_t lane = 0; lane < count_; ++lane) {
      const double month = grant.expiry_month[lane];
      if (month < 0 || month >= static_cast<double>(input_.month_count())) continue;
      out_.expired_part[i][first_ + lane] = grant.expired[lane] / input_.grants[i].face;
    }
  }
}

/// Of an investee in months of the forecast that lie in [from, to].
void BlockRun::add_months(std::size_t investee, int from, int to, Lanes& sum) const {
  for (int month = std::max(from, 0); month <= to; ++month) {
    const Lanes& revenue =
        revenue_[investee * input_.month_count() + static_cast<std::size_t>(month)];
    for (std::size_t lane = 0; lane < paths_per_block; ++lane) sum[lane] += revenue[lane];
  }
}

void BlockRun::keep_growth() {
  std::vector<Lanes> segments;
  for (std::size_t i = 0; i < input_.spans.size(); ++i) {
    const SimulatedSpan& span = input_.spans[i];
    const Lanes before =
        span.year_ago_span ? segments[*span.year_ago_span] : all_of(span.year_ago_revenue);
    Lanes brought = all_of(0);
    Lanes others = before;
    Lanes points = all_of(0);
    for (std::size_t investee = 0; investee < input_.investees.size(); ++investee) {
      Lanes now = all_of(span.known[investee]);
      add_months(investee, span.first_month, span.last_month, now);
      for (std::size_t lane = 0; lane < paths_per_block; ++lane) brought[lane] += now[lane];
      if (!span.year_ago[investee]) continue;
      Lanes year_ago = all_of(*span.year_ago[investee]);
      add_months(investee, span.first_month - 12, span.last_month - 12, year_ago);
      for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
        others[lane] -= year_ago[lane];
        now[lane] = 100 * (now[lane] - year_ago[lane]) / before[lane];
        points[lane] += now[lane];
      }
      keep_points(i, investee + 1, now);
    }
    keep_points(i, 0, points);
    segments.push_back(segment_revenue(span, before, others, brought));
    for (std::size_t lane = 0; lane < count_; ++lane) {
      out_.share[i][first_ + lane] = 100 * brought[lane] / segments.back()[lane];
    }
  }
}

void BlockRun::keep_points(std::size_t span, std::size_t subject, const Lanes& points) {
  if (subject >= out_.subject_count) return;
  std::vector<double>& kept = out_.contribution[span][subject];
  std::copy_n(points.begin(), count_, kept.begin() + static_cast<std::ptrdiff_t>(first_));
}

}  // namespace accrue
