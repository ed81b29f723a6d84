#include "accounting/scenario/montecarlo/day_serving.h"

#include <algorithm>
#include <cmath>

#include "accounting/scenario/montecarlo/approximate.h"

namespace accrue {

DayServing::DayServing(const SimulationInput& input, std::size_t wallet, BlockState& state)
    : input_{input},
      number_{wallet},
      wallet_{input.wallets[wallet]},
      state_{state},
      drawn_(input.grants.size(), 0),
      uncovered_(input.flows.size(), 0) {
  for (const SimulatedKey& key : wallet_.keys) {
    flows_.insert(flows_.end(), key.flows.begin(), key.flows.end());
  }
}

void DayServing::begin(std::size_t month) {
  month_ = month;
  first_ = input_.first_days[month];
  next_ = input_.first_days[month + 1];
}

void DayServing::serve_lane(std::size_t month, std::size_t lane) {
  begin(month);
  if (!serve_first_payers(lane)) walk(lane);
}

void DayServing::serve_by_days(std::size_t month, std::size_t lane) {
  begin(month);
  walk(lane);
}

bool DayServing::is_known_on(int day) const {
  return std::any_of(flows_.begin(), flows_.end(), [&](std::size_t flow) {
    return input_.drawdowns[input_.flows[flow].drawdown].first_day > day;
  });
}

bool DayServing::serve_first_payers(std::size_t lane) {
  if (is_known_on(first_)) return false;
  bool has_credit = false;
  for (const std::size_t number : wallet_.grants) {
    const GrantLanes& grant = state_.grants[number];
    drawn_[number] = 0;
    const bool is_whole = grant.begin_day[lane] <= first_ && grant.end_day[lane] >= next_;
    const bool is_part = grant.begin_day[lane] < next_ && grant.end_day[lane] > first_;
    if (grant.left[lane] <= 0) continue;
    if (!is_whole && is_part) return false;
    has_credit = has_credit || is_whole;
  }
  for (const SimulatedKey& key : wallet_.keys) {
    double usage = 0;
    for (const std::size_t flow : key.flows) usage += state_.usage[flow][lane];
    if (usage <= 0) continue;
    const auto payer = std::find_if(key.payers.begin(), key.payers.end(), [&](std::size_t i) {
      const GrantLanes& grant = state_.grants[i];
      return grant.left[lane] > 0 && grant.begin_day[lane] <= first_ &&
             grant.end_day[lane] >= next_;
    });
    if (payer == key.payers.end()) return false;
    drawn_[*payer] += usage;
    // What is used up ends on a day of the month.
    if (drawn_[*payer] >= state_.grants[*payer].left[lane]) return false;
  }
  if (!has_credit) return false;
  for (const std::size_t number : wallet_.grants) {
    state_.grants[number].left[lane] -= drawn_[number];
  }
  state_.had_credit[number_][lane] = 1;
  return true;
}

void DayServing::walk(std::size_t lane) {
  for (const std::size_t flow : flows_) uncovered_[flow] = 0;
  for (int day = first_; day < next_; ++day) {
    serve_day(day, lane);
    const bool has_credit =
        std::any_of(wallet_.grants.begin(), wallet_.grants.end(), [&](std::size_t number) {
          return pays_on(state_.grants[number], day, lane);
        });
    double& exhausted = state_.exhausted_month[number_][lane];
    if (has_credit) {
      state_.had_credit[number_][lane] = 1;
    } else if (state_.had_credit[number_][lane] > 0) {
      exhausted = std::min(exhausted, static_cast<double>(month_));
    }
  }
}

/// A grant that follows exhaustion is there from the day's begin: the day is served anew.
void DayServing::serve_day(int day, std::size_t lane) {
  left_before_.clear();
  for (const std::size_t number : wallet_.grants) {
    left_before_.push_back(state_.grants[number].left[lane]);
  }
  uncovered_before_.clear();
  for (const std::size_t flow : flows_) uncovered_before_.push_back(uncovered_[flow]);
  const double cash = state_.has_cash[number_] != 0 ? state_.cash[number_][lane] : 0;
  issued_.clear();
  for (const SimulatedKey& key : wallet_.keys) serve_key(key, day, lane);
  if (issued_.empty()) return;
  for (std::size_t i = 0; i < wallet_.grants.size(); ++i) {
    state_.grants[wallet_.grants[i]].left[lane] = left_before_[i];
  }
  for (std::size_t i = 0; i < flows_.size(); ++i) uncovered_[flows_[i]] = uncovered_before_[i];
  state_.cash[number_][lane] = cash;
  for (const std::size_t number : issued_) {
    state_.grants[number].left[lane] = input_.grants[number].face;
  }
  serve_day(day, lane);
}

bool DayServing::pays_on(const GrantLanes& grant, int day, std::size_t lane) const {
  return grant.left[lane] > 0 && grant.begin_day[lane] <= day && day < grant.end_day[lane];
}

/// What of a month's amount falls on a day: the part to date is rounded half to even.
double DayServing::of_day(double amount, int day) const {
  const double days = next_ - first_;
  const double before = day - first_;
  return nearest_whole(amount * (before + 1) / days) - nearest_whole(amount * before / days);
}

void DayServing::serve_key(const SimulatedKey& key, int day, std::size_t lane) {
  parts_.clear();
  double sum = 0;
  for (const std::size_t flow : key.flows) {
    const bool is_known = day < input_.drawdowns[input_.flows[flow].drawdown].first_day;
    parts_.push_back(is_known ? 0 : of_day(state_.usage[flow][lane], day));
    sum += parts_.back();
  }
  if (sum <= 0) return;
  const double rest = pay(key, sum, day, lane);
  if (rest <= 0) return;
  if (once_paid(key, lane, day)) {
    leave_uncovered(key, day, lane, sum, rest);
  } else {
    pay_cash(rest, day, lane);
  }
}

/// What grants do not pay.
double DayServing::pay(const SimulatedKey& key, double rest, int day, std::size_t lane) {
  for (const std::size_t number : key.payers) {
    GrantLanes& grant = state_.grants[number];
    if (!pays_on(grant, day, lane)) continue;
    const double paid = std::min(rest, grant.left[lane]);
    grant.left[lane] -= paid;
    rest -= paid;
  }
  return rest;
}

void DayServing::pay_cash(double amount, int day, std::size_t lane) {
  if (state_.has_cash[number_] == 0) state_.cash[number_].fill(0);
  state_.has_cash[number_] = 1;
  state_.cash[number_][lane] += amount * wallet_.rate_of_day[static_cast<std::size_t>(day)];
}

/// The drawdowns of a key are uncovered in proportion; the last takes what is left over.
void DayServing::leave_uncovered(const SimulatedKey& key, int day, std::size_t lane, double sum,
                                 double uncovered) {
  double rest = uncovered;
  for (std::size_t i = 0; i < key.flows.size(); ++i) {
    const bool is_last = i + 1 == key.flows.size();
    const double share =
        std::min(parts_[i], is_last ? rest : std::floor(uncovered * parts_[i] / sum));
    rest -= share;
    if (share > 0) follow(key.flows[i], share, day, lane);
  }
}

void DayServing::follow(std::size_t flow, double share, int day, std::size_t lane) {
  const std::size_t drawdown = input_.flows[flow].drawdown;
  const auto& after = input_.drawdowns[drawdown].after;
  if (const auto* part = std::get_if<PaidInCash>(&after)) {
    // Rounded to date within the month.
    double& to_date = uncovered_[flow];
    const double before = nearest_whole(to_date * part->part);
    to_date += share;
    pay_cash(nearest_whole(to_date * part->part) - before, day, lane);
    return;
  }
  if (double& granted = state_.granted_anew[drawdown][lane]; granted == 0) {
    granted = 1;
    const auto& [number, window] =
        std::get<SimulatedNewGrant>(after).by_day[static_cast<std::size_t>(day)];
    state_.grants[number].take(lane, window);
    issued_.push_back(number);
  }
  pay_cash(share, day, lane);
}

bool DayServing::once_paid(const SimulatedKey& key, std::size_t lane, int day) const {
  return std::any_of(key.payers.begin(), key.payers.end(), [&](std::size_t grant) {
    return state_.grants[grant].begin_day[lane] <= day;
  });
}

}  // namespace accrue
