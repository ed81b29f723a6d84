#include "accounting/scenario/montecarlo/path.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "accounting/scenario/montecarlo/approximate.h"
#include "accounting/scenario/montecarlo/random.h"
#include "accounting/scenario/montecarlo/wide.h"

namespace accrue {

namespace {

constexpr int factor_digits = 9;
constexpr double factor_units = 1e9;
constexpr double largest_factor = 1e6;

constexpr std::uint32_t common_of_months = 1;
constexpr std::uint32_t common_of_paths = 2;

using Numbers = std::vector<double>;

ACCRUE_WIDE void quantise(std::span<double> factors) {
  for (double& factor : factors) {
    const double cut = factor < largest_factor ? factor : largest_factor;
    factor = nearest_whole(cut * factor_units) / factor_units;
  }
}

/// `common` is the part of the variance that is shared.
ACCRUE_WIDE void join(std::span<const double> shared, double common, std::span<double> own) {
  const double of_shared = std::sqrt(common);
  const double of_own = std::sqrt(1 - common);
  for (std::size_t i = 0; i < own.size(); ++i) own[i] = of_shared * shared[i] + of_own * own[i];
}

class PathDrawer {
 public:
  PathDrawer(const ShockPlan& plan, std::uint64_t seed, PathBlock& block)
      : plan_{plan}, seed_{seed}, block_{block} {}

  void draw() {
    if (plan_.common > 0 && !plan_.volume.empty()) draw_common();
    draw_columns(plan_.volume, block_.volume, plan_.common);
    draw_columns(plan_.price, block_.price, 0);
    draw_delays();
    draw_stops();
    draw_deals();
  }

 private:
  /// A block of Philox gives the numbers of an even step and of the odd one after it; both are
  /// kept, as the other is asked for next.
  void uniform(std::uint32_t stream, std::size_t step, std::span<double> out) {
    const std::pair asked{stream, static_cast<std::uint32_t>(step / 2)};
    if (kept_ != asked) {
      even_.resize(block_.path_count);
      odd_.resize(block_.path_count);
      fill_uniform({seed_, stream}, block_.first_path, asked.second, even_, odd_);
      kept_ = asked;
    }
    const Numbers& numbers = step % 2 == 0 ? even_ : odd_;
    std::copy(numbers.begin(), numbers.end(), out.begin());
  }

  void normal(std::uint32_t stream, std::size_t step, std::span<double> out) {
    uniform(stream, step, out);
    make_normal(out);
  }

  void draw_common() {
    common_months_.resize(plan_.month_count * block_.path_count);
    for (std::size_t month = 0; month < plan_.month_count; ++month) {
      normal(common_of_months, month, common_of(month));
    }
    common_path_.resize(block_.path_count);
    normal(common_of_paths, 0, common_path_);
  }

  std::span<double> common_of(std::size_t month) {
    return std::span{common_months_}.subspan(month * block_.path_count, block_.path_count);
  }

  /// What is drawn at a step for all paths; `common` is the shared part of its variance.
  void draws(const DrawnShock& shock, std::size_t step, double common, std::span<double> out) {
    const DrawnDistribution& distribution = shock.distribution;
    uniform(shock.stream, step, out);
    if (common > 0 || distribution.is_of_normal()) {
      make_normal(out);
      if (common > 0) {
        join(shock.lasts == Uncertainty::Lasts::path ? std::span{common_path_} : common_of(step),
             common, out);
      }
      if (distribution.is_of_normal()) {
        distribution.make_of_normal(out);
        return;
      }
      for (double& number : out) number = uniform_of_normal(number);
    }
    for (double& number : out) number = distribution.of_uniform(number);
  }

  void draw_columns(const std::vector<FactorColumn>& columns, Numbers& factors, double common) {
    factors.resize(columns.size() * plan_.month_count * block_.path_count);
    for (std::size_t column = 0; column < columns.size(); ++column) {
      // The first shock is drawn in its place, the others are multiplied to it.
      const std::vector<DrawnShock>& shocks = columns[column].shocks;
      for (std::size_t month = 0; month < plan_.month_count; ++month) {
        draw_month(shocks.front(), column, month, factors, common);
      }
      for (std::size_t i = 1; i < shocks.size(); ++i) multiply(shocks[i], column, factors, common);
    }
    quantise(factors);
  }

  std::span<double> row(Numbers& factors, std::size_t column, std::size_t month) const {
    return std::span{factors}.subspan((column * plan_.month_count + month) * block_.path_count,
                                      block_.path_count);
  }

  /// What lasts for the path is that of the first month, and what walks goes on from the month
  /// before.
  void draw_month(const DrawnShock& shock, std::size_t column, std::size_t month, Numbers& factors,
                  double common) {
    const std::span<double> out = row(factors, column, month);
    if (month == 0 || shock.lasts != Uncertainty::Lasts::path) draws(shock, month, common, out);
    if (month == 0 || shock.lasts == Uncertainty::Lasts::month) return;
    const std::span<const double> before = row(factors, column, month - 1);
    if (shock.lasts == Uncertainty::Lasts::path) {
      std::copy(before.begin(), before.end(), out.begin());
    } else {
      for (std::size_t i = 0; i < out.size(); ++i) out[i] = before[i] * out[i];
    }
  }

  void multiply(const DrawnShock& shock, std::size_t column, Numbers& factors, double common) {
    Numbers others(plan_.month_count * block_.path_count);
    for (std::size_t month = 0; month < plan_.month_count; ++month) {
      draw_month(shock, 0, month, others, common);
      const std::span<double> out = row(factors, column, month);
      const std::span<const double> other = row(others, 0, month);
      for (std::size_t i = 0; i < out.size(); ++i) out[i] *= other[i];
    }
  }

  void draw_delays() {
    block_.delay_months.clear();
    Numbers drawn(block_.path_count);
    for (const DelayedGrant& delayed : plan_.delays) {
      Numbers months(block_.path_count, 0);
      for (const DrawnShock& shock : delayed.shocks) {
        draws(shock, 0, 0, drawn);
        for (std::size_t i = 0; i < months.size(); ++i) months[i] += drawn[i];
      }
      for (const double number : months) {
        block_.delay_months.push_back(
            static_cast<int>(std::clamp(number, 0.0, static_cast<double>(delayed.most_months))));
      }
    }
  }

  void draw_stops() {
    const int never = static_cast<int>(plan_.month_count);
    block_.stop_months.clear();
    Numbers goes_on(block_.path_count);
    for (const StoppingInvestee& stopping : plan_.stops) {
      std::vector<int> stops(block_.path_count, never);
      for (const DrawnShock& shock : stopping.shocks) {
        for (int month = 0; month < never; ++month) {
          draws(shock, static_cast<std::size_t>(month), 0, goes_on);
          for (std::size_t i = 0; i < stops.size(); ++i) {
            if (goes_on[i] <= 0) stops[i] = std::min(stops[i], month);
          }
        }
      }
      block_.stop_months.insert(block_.stop_months.end(), stops.begin(), stops.end());
    }
  }

  void draw_deals() {
    block_.signed_deals.clear();
    Numbers drawn(block_.path_count);
    for (const UncertainDeal& deal : plan_.deals) {
      uniform(deal.stream, 0, drawn);
      for (const double number : drawn) {
        block_.signed_deals.push_back(number < deal.probability ? 1 : 0);
      }
    }
  }

  const ShockPlan& plan_;
  std::uint64_t seed_;
  PathBlock& block_;
  Numbers common_months_;  ///< by month and path
  Numbers common_path_;
  std::optional<std::pair<std::uint32_t, std::uint32_t>> kept_;  ///< (stream, pair of steps)
  Numbers even_;
  Numbers odd_;
};

std::vector<Decimal> exact_factors(const Numbers& factors, std::size_t column,
                                   std::size_t month_count) {
  std::vector<Decimal> exact;
  for (std::size_t month = 0; month < month_count; ++month) {
    exact.push_back(Decimal::from_scaled(
        std::llround(factors[column * month_count + month] * factor_units), factor_digits));
  }
  return exact;
}

void tell_columns(const std::vector<FactorColumn>& columns, const Numbers& factors,
                  std::size_t month_count, std::map<std::string, std::vector<Decimal>>& told) {
  for (std::size_t column = 0; column < columns.size(); ++column) {
    for (const std::string& subject : columns[column].subjects) {
      told[subject] = exact_factors(factors, column, month_count);
    }
  }
}

}  // namespace

PathBlock draw_paths(const ShockPlan& plan, std::uint64_t seed, std::uint32_t first_path,
                     std::size_t path_count) {
  PathBlock block;
  draw_paths(plan, seed, first_path, path_count, block);
  return block;
}

void draw_paths(const ShockPlan& plan, std::uint64_t seed, std::uint32_t first_path,
                std::size_t path_count, PathBlock& block) {
  block.first_path = first_path;
  block.path_count = path_count;
  block.month_count = plan.month_count;
  PathDrawer{plan, seed, block}.draw();
}

Shocks shocks_of_path(const ShockPlan& plan, std::uint64_t seed, std::uint32_t path) {
  const PathBlock block = draw_paths(plan, seed, path, 1);
  Shocks shocks;
  tell_columns(plan.volume, block.volume, plan.month_count, shocks.volume);
  tell_columns(plan.price, block.price, plan.month_count, shocks.price);
  for (std::size_t i = 0; i < plan.delays.size(); ++i) {
    shocks.delay_months[plan.delays[i].grant] = block.delay_months[i];
  }
  for (std::size_t i = 0; i < plan.stops.size(); ++i) {
    const int month = block.stop_months[i];
    if (month >= static_cast<int>(plan.month_count)) continue;
    shocks.stops[plan.stops[i].investee] = Period{plan.first_month.months + month};
  }
  for (std::size_t i = 0; i < plan.deals.size(); ++i) {
    shocks.signed_deals[plan.deals[i].investment] = block.signed_deals[i] != 0;
  }
  return shocks;
}

}  // namespace accrue
