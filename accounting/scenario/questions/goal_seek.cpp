#include "accounting/scenario/questions/goal_seek.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace accrue {

namespace {

constexpr std::int64_t first_gaps = 16;
constexpr std::int64_t most_steps = 1'000'000'000;

/// Nothing lies above every number.
int compare_figures(const std::optional<Decimal>& a, const std::optional<Decimal>& b) {
  if (!a || !b) return static_cast<int>(b.has_value()) - static_cast<int>(a.has_value());
  return (*a - *b).sign();
}

/// Values are counted in steps from the low end.
class Search {
 public:
  Search(const Varied& base, const GoalSeekQuestion& question, const Outcome& outcome,
         const WalkProgress& progress, std::int64_t step_count)
      : base_{base},
        question_{question},
        outcome_{outcome},
        progress_{progress},
        step_count_{step_count} {}

  Result<GoalSeekAnswer> run() {
    for (std::int64_t gap = 0; gap <= first_gaps; ++gap) {
      const std::int64_t at = step_count_ * gap / first_gaps;
      if (coarse_.empty() || coarse_.back() != at) coarse_.push_back(at);
    }
    walks_at_most_ = static_cast<int>(coarse_.size());
    for (const std::int64_t at : coarse_) ACCRUE_TRY_DONE(look_at(at));
    expect_halvings();
    ACCRUE_TRY_DONE(find_solutions());
    GoalSeekAnswer answer;
    for (const std::int64_t at : coarse_) answer.looked_at.push_back(point(at));
    answer.solutions = std::move(solutions_);
    answer.nearest = point(nearest());
    answer.course = course();
    return answer;
  }

 private:
  Result<Done> look_at(std::int64_t at) {
    if (figures_.contains(at)) return Done{};
    const Decimal value = value_at(at);
    const auto refused = [&](Refusal refusal) {
      for (Error& error : refusal.errors) {
        error.notes.push_back("with " + to_string(question_.key) + " at " + value.to_string());
      }
      return refusal;
    };
    const Result<Varied> varied = vary(base_, question_.key, value);
    if (!varied.ok()) return refused(varied.refusal());
    const Result<std::optional<Decimal>> figure = outcome_(*varied);
    if (!figure.ok()) return refused(figure.refusal());
    figures_.emplace(at, *figure);
    if (progress_) progress_(static_cast<int>(figures_.size()), walks_at_most_);
    return Done{};
  }

  Decimal value_at(std::int64_t at) const {
    return question_.low + Decimal::from_units(step_of(question_.key).units() * at);
  }
  SeenPoint point(std::int64_t at) const { return {value_at(at), figures_.at(at)}; }

  /// Of the figure less the target; looked at already.
  int sign(std::int64_t at) const { return compare_figures(figures_.at(at), question_.target); }

  std::optional<Decimal> distance(std::int64_t at) const {
    const std::optional<Decimal>& figure = figures_.at(at);
    if (!figure) return std::nullopt;
    const Decimal difference = *figure - question_.target;
    return difference.sign() < 0 ? -difference : difference;
  }

  bool is_nearer(std::int64_t a, std::int64_t b) const {
    return compare_figures(distance(a), distance(b)) < 0;
  }

  void expect_halvings() {
    for (std::size_t i = 0; i + 1 < coarse_.size(); ++i) {
      if (sign(coarse_[i]) == sign(coarse_[i + 1])) continue;
      for (std::int64_t gap = coarse_[i + 1] - coarse_[i]; gap > 1; gap = (gap + 1) / 2) {
        walks_at_most_ += 2;
      }
    }
  }

  Result<Done> find_solutions() {
    for (std::size_t i = 0; i < coarse_.size(); ++i) {
      const std::int64_t at = coarse_[i];
      if (sign(at) == 0) {
        std::size_t last = i;
        while (last + 1 < coarse_.size() && sign(coarse_[last + 1]) == 0) ++last;
        ACCRUE_TRY(from, i == 0 ? Result{at} : edge(coarse_[i - 1], at));
        ACCRUE_TRY(to, last + 1 == coarse_.size() ? Result{coarse_[last]}
                                                  : edge(coarse_[last + 1], coarse_[last]));
        ACCRUE_TRY_DONE(add_met(from, to));
        i = last;
      } else if (i + 1 < coarse_.size() && sign(at) * sign(coarse_[i + 1]) < 0) {
        ACCRUE_TRY_DONE(halve(at, coarse_[i + 1]));
      }
    }
    return Done{};
  }

  /// The last value beside `inside`, which meets the target, towards `outside`, which does not.
  Result<std::int64_t> edge(std::int64_t outside, std::int64_t inside) {
    while (inside - outside > 1 || outside - inside > 1) {
      const std::int64_t middle = outside + (inside - outside) / 2;
      ACCRUE_TRY_DONE(look_at(middle));
      (sign(middle) == 0 ? inside : outside) = middle;
    }
    return inside;
  }

  Result<Done> halve(std::int64_t low, std::int64_t high) {
    while (high - low > 1) {
      const std::int64_t middle = low + (high - low) / 2;
      ACCRUE_TRY_DONE(look_at(middle));
      if (sign(middle) == 0) {
        ACCRUE_TRY(from, edge(low, middle));
        ACCRUE_TRY(to, edge(high, middle));
        return add_met(from, to);
      }
      (sign(middle) == sign(low) ? low : high) = middle;
    }
    const bool is_high = is_nearer(high, low);
    const SeenPoint here = point(is_high ? high : low);
    solutions_.push_back(
        {GoalSolution::Kind::passed, here, here, point(is_high ? low : high)});
    return Done{};
  }

  Result<Done> add_met(std::int64_t from, std::int64_t to) {
    GoalSolution solution{GoalSolution::Kind::met, point(from), point(to), std::nullopt};
    if (from > 0 || to < step_count_) {
      const std::int64_t beside = to < step_count_ ? to + 1 : from - 1;
      ACCRUE_TRY_DONE(look_at(beside));
      solution.beside = point(beside);
    }
    solutions_.push_back(std::move(solution));
    return Done{};
  }

  std::int64_t nearest() const {
    std::int64_t best = figures_.begin()->first;
    for (const auto& seen : figures_) {
      if (is_nearer(seen.first, best)) best = seen.first;
    }
    return best;
  }

  Course course() const {
    bool rises = false;
    bool falls = false;
    for (std::size_t i = 0; i + 1 < coarse_.size(); ++i) {
      const int order = compare_figures(figures_.at(coarse_[i]), figures_.at(coarse_[i + 1]));
      rises = rises || order < 0;
      falls = falls || order > 0;
    }
    if (rises && falls) return Course::turns;
    if (rises) return Course::rises;
    return falls ? Course::falls : Course::stays;
  }

  const Varied& base_;
  const GoalSeekQuestion& question_;
  const Outcome& outcome_;
  const WalkProgress& progress_;
  std::int64_t step_count_;
  std::vector<std::int64_t> coarse_;
  std::map<std::int64_t, std::optional<Decimal>> figures_;
  std::vector<GoalSolution> solutions_;
  int walks_at_most_ = 0;
};

}  // namespace

Decimal step_of(const VariedKey& key) {
  switch (key.of) {
    case VariedKey::Of::delay: return Decimal::from_integer(1);
    case VariedKey::Of::rate: return Decimal::from_scaled(1, 4);
    case VariedKey::Of::volume:
    case VariedKey::Of::price:
    case VariedKey::Of::growth:
    case VariedKey::Of::estimate:
    case VariedKey::Of::others: return Decimal::from_scaled(1, 2);
  }
  return Decimal::from_scaled(1, 2);
}

Result<GoalSeekAnswer> seek(const Varied& base, const GoalSeekQuestion& question,
                            const Outcome& outcome, const WalkProgress& progress) {
  const Int256 step = step_of(question.key).units();
  const Int256 width = (question.high - question.low).units();
  const std::string range = question.low.to_string() + ".." + question.high.to_string();
  const auto refused = [](std::string message, std::string hint) {
    return Error{.code = ErrorCode::bad_value,
                 .message = std::move(message),
                 .hint = std::move(hint)};
  };
  if (width <= 0) {
    return refused("the range " + range + " does not go up", "write LOW..HIGH");
  }
  if (question.low.units() % step != 0 || question.high.units() % step != 0) {
    return refused("the range " + range + " does not begin and end on a step of " +
                       to_string(question.key),
                   "the step is " + step_of(question.key).to_string());
  }
  if (width / step > most_steps) {
    return refused("the range " + range + " has more than 10^9 steps", "name a narrower one");
  }
  return Search{base, question, outcome, progress, static_cast<std::int64_t>(width / step)}.run();
}

}  // namespace accrue
