#include "accounting/scenario/montecarlo/wallet_serving.h"

#include <algorithm>
#include <limits>

#include "accounting/scenario/montecarlo/approximate.h"
#include "accounting/scenario/montecarlo/wide.h"

namespace accrue {

namespace {

constexpr double never_ended = std::numeric_limits<double>::infinity();

/// From a grant that is there on all days of a span, or on none. `part` is zero for one that may
/// not pay for this usage, else one.
ACCRUE_WIDE void pay(double begin, double end, double part, GrantLanes& grant,
                     WalletServing::SpanLanes& span) {
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
    const double all_left = grant.left[lane];
    const double rest = span.rest[lane];
    const double begun = grant.begin_day[lane] <= begin ? all_left : 0;
    const double left = grant.end_day[lane] >= end ? begun : 0;
    const double most = part * left;
    const double paid = rest < most ? rest : most;
    span.rest[lane] = rest - paid;
    grant.left[lane] = all_left - paid;
    span.left_before[lane] += left;
    span.left[lane] += left - paid;
  }
}

/// Whether credit is left on every path.
ACCRUE_WIDE bool mark_credit(const Lanes& left, Lanes& had_credit) {
  Lanes lacks;
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
    const double had = had_credit[lane];
    had_credit[lane] = left[lane] > 0 ? 1 : had;
    lacks[lane] = left[lane] > 0 ? 0 : 1;
  }
  return !any_above_zero(lacks);
}

ACCRUE_WIDE void add_usage(const Lanes& usage, Lanes& sum) {
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) sum[lane] += usage[lane];
}

/// What falls on the days from `before` to `after` of so many.
ACCRUE_WIDE void add_part(const Lanes& usage, double before, double after, double days,
                          Lanes& sum) {
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
    sum[lane] += nearest_whole(usage[lane] * after / days) -
                 nearest_whole(usage[lane] * before / days);
  }
}

ACCRUE_WIDE void mark_end(const WalletServing::SpanLanes& span, const Lanes& first_day, double now,
                          Lanes& had_credit, Lanes& exhausted_month) {
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
    const double had_before = had_credit[lane];
    const double exhausted = exhausted_month[lane];
    const double had = span.left_before[lane] > first_day[lane] ? 1 : had_before;
    // Infinite where credits have not ended.
    const double not_had = had > 0 ? now : never_ended;
    const double ended = span.left[lane] > 0 ? never_ended : not_had;
    had_credit[lane] = had;
    exhausted_month[lane] = ended < exhausted ? ended : exhausted;
  }
}

/// Of what no grant pays: the part that is paid in cash, rounded to date, once a grant has begun;
/// before that, all.
ACCRUE_WIDE void cover(const WalletServing::SpanLanes& span, double part, Lanes& uncovered,
                       Lanes& cash) {
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
    const double rest = span.rest[lane];
    const double before = uncovered[lane];
    const double to_date = before + rest;
    const double paid = nearest_whole(to_date * part) - nearest_whole(before * part);
    const bool once = span.once_paid[lane] > 0;
    uncovered[lane] = once ? to_date : before;
    cash[lane] += once ? paid : rest;
  }
}

}  // namespace

WalletServing::WalletServing(const SimulationInput& input, std::size_t wallet, BlockState& state)
    : input_{input},
      number_{wallet},
      wallet_{input.wallets[wallet]},
      state_{state},
      days_{input, wallet, state},
      left_before_(wallet_.grants.size()) {
  for (const std::size_t grant : wallet_.grants) {
    const bool pays =
        !wallet_.keys.empty() &&
        std::count(wallet_.keys[0].payers.begin(), wallet_.keys[0].payers.end(), grant) > 0;
    pays_.push_back(pays ? 1 : 0);
  }
  for (const std::size_t flow : days_.flows()) {
    const auto* const part =
        std::get_if<PaidInCash>(&input.drawdowns[input.flows[flow].drawdown].after);
    if (part == nullptr || (part->part > 0 && days_.flows().size() > 1)) needs_no_days_ = false;
  }
  for (std::size_t month = 0; month < input.month_count(); ++month) {
    const auto begin = wallet_.rate_of_day.begin() + input.first_days[month];
    const auto end = wallet_.rate_of_day.begin() + input.first_days[month + 1];
    const bool is_one = std::all_of(begin, end, [&](double rate) { return rate == *begin; });
    rates_.push_back(is_one ? *begin : -1);
  }
}

void WalletServing::serve(std::size_t month) {
  month_ = month;
  state_.has_cash[number_] = 0;
  if (!wallet_.has_one_scope || days_.is_known_on(input_.first_days[month])) {
    for (std::size_t lane = 0; lane < paths_per_block; ++lane) days_.serve_lane(month, lane);
    return;
  }
  find_spans();
  const bool may_need_days = !needs_no_days_ || rates_[month] < 0;
  if (may_need_days) keep();
  uncovered_.fill(0);
  for (const Span span : spans_) serve_span(span);
  if (state_.has_cash[number_] == 0) return;
  const double rate = rates_[month] < 0 ? wallet_.rate_of_month[month] : rates_[month];
  for (double& amount : state_.cash[number_]) amount *= rate;
  if (may_need_days) serve_chosen_by_days();
}

/// Within a span every grant is there on all days or on none, on whatever path.
void WalletServing::find_spans() {
  const int first = input_.first_days[month_];
  const int next = input_.first_days[month_ + 1];
  cuts_.assign({next});
  for (const std::size_t number : wallet_.grants) {
    if (state_.grants[number].is_over) continue;
    for (const int day : state_.grants[number].edges) {
      if (day > first && day < next) cuts_.push_back(day);
    }
  }
  std::sort(cuts_.begin(), cuts_.end());
  spans_.clear();
  int begin = first;
  for (const int cut : cuts_) {
    if (cut > begin) spans_.push_back({begin, cut});
    begin = cut;
  }
}

/// Of a flow's month the part up to each day is rounded half to even.
void WalletServing::sum_usage(int begin, int end, Lanes& sum) const {
  const double days = input_.first_days[month_ + 1] - input_.first_days[month_];
  const double before = begin - input_.first_days[month_];
  const double after = end - input_.first_days[month_];
  const bool is_whole = after - before == days;
  if (is_whole && days_.flows().size() == 1) {
    sum = state_.usage[days_.flows()[0]];
    return;
  }
  sum.fill(0);
  for (const std::size_t flow : days_.flows()) {
    if (is_whole) {
      add_usage(state_.usage[flow], sum);
    } else {
      add_part(state_.usage[flow], before, after, days, sum);
    }
  }
}

void WalletServing::serve_span(Span span) {
  sum_usage(span.begin, span.end, span_.rest);
  span_.left_before.fill(0);
  span_.left.fill(0);
  for (std::size_t i = 0; i < wallet_.grants.size(); ++i) {
    GrantLanes& grant = state_.grants[wallet_.grants[i]];
    if (!grant.is_over) pay(span.begin, span.end, pays_[i], grant, span_);
  }
  if (!mark_credit(span_.left, state_.had_credit[number_])) run_out(span);
  if (any_above_zero(span_.rest)) cover_rest(span);
}

/// Where credits end, the month is marked; those that are left at the end of a day were there.
void WalletServing::run_out(Span span) {
  sum_usage(span.begin, span.begin + 1, first_day_);
  mark_end(span_, first_day_, static_cast<double>(month_), state_.had_credit[number_],
           state_.exhausted_month[number_]);
}

void WalletServing::cover_rest(Span span) {
  if (state_.has_cash[number_] == 0) {
    state_.has_cash[number_] = 1;
    state_.cash[number_].fill(0);
    by_days_.fill(0);
  }
  find_once_paid(span);
  if (needs_no_days_ && rates_[month_] >= 0) {
    // The one flow's cash is rounded to date within the month.
    const auto& after = input_.drawdowns[input_.flows[days_.flows()[0]].drawdown].after;
    cover(span_, std::get<PaidInCash>(after).part, uncovered_, state_.cash[number_]);
  } else {
    choose_paths_by_days();
    if (spans_.size() == 1) cover_whole_month();
  }
}

void WalletServing::find_once_paid(Span span) {
  span_.once_paid.fill(0);
  for (std::size_t i = 0; i < wallet_.grants.size(); ++i) {
    if (pays_[i] == 0) continue;
    const Lanes& begin_day = state_.grants[wallet_.grants[i]].begin_day;
    for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
      const double once = span_.once_paid[lane];
      span_.once_paid[lane] = begin_day[lane] <= span.begin ? 1 : once;
    }
  }
}

/// All but those that have no credit in the whole month and get no new grant in it.
void WalletServing::choose_paths_by_days() {
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
    const bool is_whole = spans_.size() == 1 && span_.left_before[lane] <= 0;
    by_days_[lane] = span_.rest[lane] > 0 && !is_whole ? 1 : by_days_[lane];
  }
  for (const std::size_t flow : days_.flows()) {
    const std::size_t drawdown = input_.flows[flow].drawdown;
    if (std::holds_alternative<PaidInCash>(input_.drawdowns[drawdown].after)) continue;
    for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
      const bool is_granted = span_.rest[lane] > 0 && span_.once_paid[lane] > 0 &&
                              state_.usage[flow][lane] > 0 &&
                              state_.granted_anew[drawdown][lane] <= 0;
      by_days_[lane] = is_granted ? 1 : by_days_[lane];
    }
  }
}

/// Of a month without any credit.
void WalletServing::cover_whole_month() {
  Lanes& cash = state_.cash[number_];
  for (const std::size_t flow : days_.flows()) {
    const auto& after = input_.drawdowns[input_.flows[flow].drawdown].after;
    const auto* const stated = std::get_if<PaidInCash>(&after);
    const double part = stated == nullptr ? 1 : stated->part;
    const Lanes& usage = state_.usage[flow];
    for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
      const double paid = span_.once_paid[lane] > 0 ? nearest_whole(usage[lane] * part)
                                                    : usage[lane];
      cash[lane] += span_.rest[lane] > 0 ? paid : 0;
    }
  }
}

void WalletServing::keep() {
  for (std::size_t i = 0; i < wallet_.grants.size(); ++i) {
    left_before_[i] = state_.grants[wallet_.grants[i]].left;
  }
  had_credit_before_ = state_.had_credit[number_];
  exhausted_before_ = state_.exhausted_month[number_];
}

void WalletServing::serve_chosen_by_days() {
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
    if (by_days_[lane] <= 0) continue;
    for (std::size_t i = 0; i < wallet_.grants.size(); ++i) {
      state_.grants[wallet_.grants[i]].left[lane] = left_before_[i][lane];
    }
    state_.had_credit[number_][lane] = had_credit_before_[lane];
    state_.exhausted_month[number_][lane] = exhausted_before_[lane];
    state_.cash[number_][lane] = 0;
    days_.serve_by_days(month_, lane);
  }
}

}  // namespace accrue
