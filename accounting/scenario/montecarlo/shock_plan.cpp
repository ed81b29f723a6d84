#include "accounting/scenario/montecarlo/shock_plan.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "accounting/scenario/montecarlo/approximate.h"
#include "accounting/scenario/montecarlo/elementary.h"
#include "accounting/scenario/montecarlo/wide.h"
#include "ledger/credit/investment.h"

namespace accrue {

namespace {

constexpr std::uint32_t deal_streams = 0xFFFF0000;

/// Streams of an uncertainty; those below the first are of what all investees share.
std::uint32_t stream_of(std::size_t uncertainty, std::size_t subject) {
  return static_cast<std::uint32_t>((uncertainty + 1) << 16 | subject);
}

double part(const Decimal& percent) { return approximately(percent) / 100; }

struct Drawn {
  Uncertainty::Of of;

  /// Triangular and uniform: percent of a factor, or whole months.
  double bound(const Decimal& value) const {
    return of == Uncertainty::Of::delay ? approximately(value) : part(value);
  }
  DrawnDistribution operator()(const NormalShock& shock) const {
    return {.kind = DrawnDistribution::Kind::normal,
            .mean = 1 + part(shock.mean_percent),
            .sd = part(shock.sd_percent)};
  }
  DrawnDistribution operator()(const LognormalShock& shock) const {
    return {.kind = DrawnDistribution::Kind::lognormal, .sd = part(shock.sd_percent)};
  }
  DrawnDistribution operator()(const TriangularShock& shock) const {
    return {.kind = DrawnDistribution::Kind::triangular,
            .low = bound(shock.low),
            .mode = bound(shock.mode),
            .high = bound(shock.high)};
  }
  DrawnDistribution operator()(const UniformShock& shock) const {
    return {.kind = DrawnDistribution::Kind::uniform,
            .low = bound(shock.low),
            .high = bound(shock.high)};
  }
  DrawnDistribution operator()(const BernoulliShock& shock) const {
    return {.kind = DrawnDistribution::Kind::bernoulli,
            .probability = part(shock.probability_percent)};
  }
};

DrawnShock drawn(const Uncertainty& uncertainty, std::uint32_t stream) {
  return {stream, uncertainty.lasts,
          std::visit(Drawn{uncertainty.of}, uncertainty.distribution)};
}

/// What the uncertainties of one kind draw for a subject. With one stream for all, its subjects
/// move together.
template <typename StreamOfSubject>
std::vector<DrawnShock> shocks_of(const Scenario& scenario, Uncertainty::Of of,
                                  const std::string& subject, StreamOfSubject stream) {
  std::vector<DrawnShock> shocks;
  for (std::size_t i = 0; i < scenario.uncertainties.size(); ++i) {
    const Uncertainty& uncertainty = scenario.uncertainties[i];
    if (uncertainty.of != of) continue;
    // A grant is named; the others are patterns.
    const bool is_meant = of == Uncertainty::Of::delay
                              ? uncertainty.subject == subject
                              : matches_pattern(uncertainty.subject, subject);
    if (is_meant) shocks.push_back(drawn(uncertainty, stream(i)));
  }
  return shocks;
}

std::vector<FactorColumn> price_columns(const Scenario& scenario,
                                        const std::vector<std::string>& skus) {
  std::map<std::vector<std::uint32_t>, FactorColumn> by_streams;
  for (const std::string& sku : skus) {
    std::vector<DrawnShock> shocks = shocks_of(scenario, Uncertainty::Of::price, sku,
                                               [](std::size_t i) { return stream_of(i, 0); });
    if (shocks.empty()) continue;
    std::vector<std::uint32_t> streams;
    for (const DrawnShock& shock : shocks) streams.push_back(shock.stream);
    FactorColumn& column = by_streams[std::move(streams)];
    column.subjects.push_back(sku);
    column.shocks = std::move(shocks);
  }
  std::vector<FactorColumn> columns;
  for (auto& [streams, column] : by_streams) columns.push_back(std::move(column));
  return columns;
}

ACCRUE_WIDE void make_lognormal(double sd, std::span<double> numbers) {
  const double shift = sd * sd / 2;
  for (double& number : numbers) number = exponential(sd * number - shift);
}

ACCRUE_WIDE void make_normal_factors(double mean, double sd, std::span<double> numbers) {
  for (double& number : numbers) {
    const double factor = mean + sd * number;
    number = factor > 0 ? factor : 0;
  }
}

}  // namespace

void DrawnDistribution::make_of_normal(std::span<double> numbers) const {
  if (kind == Kind::lognormal) {
    make_lognormal(sd, numbers);
  } else {
    make_normal_factors(mean, sd, numbers);
  }
}

double DrawnDistribution::of_uniform(double u) const {
  if (kind == Kind::bernoulli) return u < probability ? 0 : 1;
  const double width = high - low;
  if (kind == Kind::uniform || width <= 0) return low + u * width;
  const double rising = mode - low;
  return u * width < rising ? low + std::sqrt(u * width * rising)
                            : high - std::sqrt((1 - u) * width * (high - mode));
}

ShockPlan shock_plan(const Scenario& scenario, const ShockSubjects& subjects) {
  ShockPlan plan{.month_count = static_cast<std::size_t>(subjects.months.month_count()),
                 .first_month = subjects.months.first,
                 .common = part(scenario.common_percent),
                 .volume = {},
                 .price = {},
                 .delays = {},
                 .stops = {},
                 .deals = {}};
  for (std::size_t i = 0; i < subjects.investees.size(); ++i) {
    const std::string& investee = subjects.investees[i];
    const auto own = [i](std::size_t uncertainty) { return stream_of(uncertainty, i); };
    std::vector<DrawnShock> volume =
        shocks_of(scenario, Uncertainty::Of::volume, investee, own);
    if (!volume.empty()) plan.volume.push_back({{investee}, std::move(volume)});
    std::vector<DrawnShock> stops = shocks_of(scenario, Uncertainty::Of::stop, investee, own);
    if (!stops.empty()) plan.stops.push_back({investee, std::move(stops)});
  }
  plan.price = price_columns(scenario, subjects.skus);
  for (std::size_t i = 0; i < subjects.grants_to_come.size(); ++i) {
    const GrantToCome& to_come = subjects.grants_to_come[i];
    std::vector<DrawnShock> delays =
        shocks_of(scenario, Uncertainty::Of::delay, to_come.grant,
                  [i](std::size_t uncertainty) { return stream_of(uncertainty, i); });
    if (!delays.empty()) {
      plan.delays.push_back({to_come.grant, to_come.most_months, std::move(delays)});
    }
  }
  for (std::size_t i = 0; i < scenario.pipeline.size(); ++i) {
    const PipelineDeal& deal = scenario.pipeline[i];
    plan.deals.push_back({deal.investment.id, deal_streams + static_cast<std::uint32_t>(i),
                          part(deal.probability_percent)});
  }
  return plan;
}

}  // namespace accrue
