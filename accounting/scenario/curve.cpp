#include "accounting/scenario/curve.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "accounting/scenario/exact.h"
#include "accounting/scenario/fit.h"

namespace accrue {

namespace {

constexpr int months_of_average = 3;

Error refused(std::string message, std::string hint) {
  return {.code = ErrorCode::bad_value, .message = std::move(message), .hint = std::move(hint)};
}

Result<Done> require_not_negative(const Decimal& value, const std::string& what) {
  if (value.sign() >= 0) return Done{};
  return refused(what + " of a curve is below zero: " + value.to_string(),
                 "usage is stated as zero or more");
}

Result<Done> require_a_month(int months, const std::string& what) {
  if (months > 0) return Done{};
  return refused(what + " is " + std::to_string(months) + ", and must be one or more", "");
}

/// Refunds may take more back than a month uses: then nothing is used.
Result<Ratio> average_of_last(int months, const std::vector<Decimal>& history) {
  if (history.empty()) {
    return refused("an average of a book without usage",
                   "choose a curve that says its amounts, such as a ramp with from");
  }
  const std::size_t count = std::min(history.size(), static_cast<std::size_t>(months));
  Ratio sum = 0;
  for (const Decimal& value : std::span{history}.last(count)) sum += ratio_of(value);
  return sum < 0 ? Ratio{0} : Ratio{sum / count};
}

/// `parts` of a total, month by month; after them nothing.
CurvePath path_of(std::vector<Ratio> parts, int month_count) {
  parts.resize(static_cast<std::size_t>(month_count), Ratio{0});
  return {std::move(parts), std::nullopt};
}

class Evaluation {
 public:
  explicit Evaluation(const CurveInput& input) : input_{input} {}

  Result<CurvePath> operator()(const TableCurve& curve) const {
    std::vector<Ratio> amounts;
    for (const Decimal& amount : curve.amounts) {
      ACCRUE_TRY_DONE(require_not_negative(amount, "an amount"));
      amounts.push_back(ratio_of(amount));
    }
    if (curve.then == TableCurve::Then::last && !amounts.empty()) {
      amounts.resize(std::max(amounts.size(), count()), Ratio{amounts.back()});
    }
    return path_of(std::move(amounts), input_.month_count);
  }

  Result<CurvePath> operator()(const TrailingCurve& curve) const {
    ACCRUE_TRY_DONE(require_a_month(curve.months, "the months of a trailing average"));
    ACCRUE_TRY(average, average_of_last(curve.months, input_.history));
    return CurvePath{std::vector<Ratio>(count(), average), std::nullopt};
  }

  Result<CurvePath> operator()(const RampCurve& curve) const {
    if (curve.growth_percent < Decimal::from_integer(-100)) {
      return refused("a ramp falls by more than all: " + curve.growth_percent.to_string() + "%",
                     "growth = \"-100%\" is the least");
    }
    if (curve.cap) ACCRUE_TRY_DONE(require_not_negative(*curve.cap, "the cap"));
    ACCRUE_TRY(amount, start_of(curve));
    const Ratio factor = 1 + ratio_of(curve.growth_percent) / 100;
    std::vector<Ratio> amounts;
    while (amounts.size() < count()) {
      if (curve.cap) amount = std::min(amount, ratio_of(*curve.cap));
      amounts.push_back(amount);
      amount *= factor;
    }
    return CurvePath{std::move(amounts), std::nullopt};
  }

  Result<CurvePath> operator()(const WeightsCurve& curve) const {
    ACCRUE_TRY_DONE(require_a_month(curve.months_per_weight, "the months of a weight"));
    ACCRUE_TRY(total, total_of(curve.total));
    Ratio sum = 0;
    for (const Decimal& weight : curve.weights) {
      ACCRUE_TRY_DONE(require_not_negative(weight, "a weight"));
      sum += ratio_of(weight);
    }
    if (sum == 0) return refused("the weights of a curve sum to zero", "state one above zero");
    std::vector<Ratio> parts;
    for (const Decimal& weight : curve.weights) {
      const Ratio part = total * ratio_of(weight) / (sum * curve.months_per_weight);
      parts.insert(parts.end(), static_cast<std::size_t>(curve.months_per_weight), part);
    }
    return path_of(std::move(parts), input_.month_count);
  }

  Result<CurvePath> operator()(const SCurve& curve) const {
    ACCRUE_TRY_DONE(require_a_month(curve.months, "the months of an S-curve"));
    ACCRUE_TRY(total, total_of(curve.total));
    const auto to_date = [&](int month) {
      const Ratio gone{month, curve.months};
      return Ratio{total * gone * gone * (3 - 2 * gone)};
    };
    std::vector<Ratio> parts;
    for (int month = 1; month <= curve.months; ++month) {
      parts.push_back(to_date(month) - to_date(month - 1));
    }
    return path_of(std::move(parts), input_.month_count);
  }

  Result<CurvePath> operator()(const FitCurve& curve) const {
    ACCRUE_TRY(fitted, fit(curve, input_.history, input_.month_count));
    return CurvePath{std::move(fitted.amounts), std::move(fitted.error)};
  }

  Result<CurvePath> operator()(const PlanCurve& curve) const {
    std::vector<Ratio> amounts(count(), Ratio{0});
    for (const auto& [period, amount] : curve.rows) {
      ACCRUE_TRY_DONE(require_not_negative(amount, "an amount"));
      const std::int64_t month = std::int64_t{period.months} - input_.first.months;
      if (month < 0 || month >= input_.month_count) continue;
      amounts[static_cast<std::size_t>(month)] = ratio_of(amount);
    }
    return CurvePath{std::move(amounts), std::nullopt};
  }

 private:
  std::size_t count() const { return static_cast<std::size_t>(input_.month_count); }

  Result<Ratio> start_of(const RampCurve& curve) const {
    if (!curve.from) return average_of_last(months_of_average, input_.history);
    ACCRUE_TRY_DONE(require_not_negative(*curve.from, "the start"));
    return ratio_of(*curve.from);
  }

  Result<Ratio> total_of(const std::optional<Decimal>& stated) const {
    const Decimal& total = stated ? *stated : input_.left;
    ACCRUE_TRY_DONE(require_not_negative(total, "the total"));
    return ratio_of(total);
  }

  const CurveInput& input_;
};

}  // namespace

Result<CurvePath> evaluate(const Curve& curve, const CurveInput& input) {
  if (input.month_count < 0) return refused("a curve of fewer than no months", "");
  return std::visit(Evaluation{input}, curve);
}

}  // namespace accrue
