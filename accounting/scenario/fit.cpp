#include "accounting/scenario/fit.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "accounting/scenario/exact.h"

namespace accrue {

namespace {

constexpr std::size_t year = 12;

Error refused(std::string message, std::string hint) {
  return {.code = ErrorCode::bad_value, .message = std::move(message), .hint = std::move(hint)};
}

Ratio sum_of(std::span<const Ratio> values) {
  Ratio sum = 0;
  for (const Ratio& value : values) sum += value;
  return sum;
}

Ratio at_least_zero(const Ratio& value) { return value < 0 ? Ratio{0} : value; }

FitError error_of(std::span<const Ratio> fitted, std::span<const Ratio> actual) {
  FitError error;
  error.months = static_cast<int>(actual.size());
  Ratio percents = 0;
  int months_with_usage = 0;
  Ratio bias = 0;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    const Ratio miss = fitted[i] - actual[i];
    bias += miss;
    if (actual[i] <= 0) continue;
    percents += 100 * abs(miss) / actual[i];
    ++months_with_usage;
  }
  if (months_with_usage > 0) error.mean_absolute_percent = Ratio{percents / months_with_usage};
  if (error.months > 0) error.mean_error = bias / error.months;
  return error;
}

/// What a model says of the months looked at, one after another, and of those that follow.
Fitted split(std::vector<Ratio> values, std::span<const Ratio> actual) {
  Fitted fitted;
  fitted.error = error_of(std::span{values}.first(actual.size()), actual);
  values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(actual.size()));
  fitted.amounts = std::move(values);
  return fitted;
}

Fitted fit_mean(std::span<const Ratio> past, std::size_t month_count) {
  const Ratio mean = at_least_zero(sum_of(past) / past.size());
  return split(std::vector<Ratio>(past.size() + month_count, mean), past);
}

Fitted fit_linear(std::span<const Ratio> past, std::size_t month_count) {
  const Ratio n = past.size();
  Ratio t_sum = 0;
  Ratio tt_sum = 0;
  Ratio ty_sum = 0;
  for (std::size_t t = 0; t < past.size(); ++t) {
    t_sum += t;
    tt_sum += t * t;
    ty_sum += t * past[t];
  }
  const Ratio y_sum = sum_of(past);
  const Ratio spread = n * tt_sum - t_sum * t_sum;
  const Ratio slope = spread == 0 ? Ratio{0} : Ratio{(n * ty_sum - t_sum * y_sum) / spread};
  const Ratio start = (y_sum - slope * t_sum) / n;
  std::vector<Ratio> values;
  for (std::size_t t = 0; t < past.size() + month_count; ++t) {
    values.push_back(at_least_zero(start + slope * t));
  }
  return split(std::move(values), past);
}

Fitted fit_growth(std::span<const Ratio> past, std::size_t month_count) {
  // A start from nothing grows to nothing.
  while (past.front() <= 0) past = past.subspan(1);
  const Ratio before = sum_of(past.first(past.size() - 1));
  const Ratio after = sum_of(past.subspan(1));
  const Ratio growth = before > 0 ? at_least_zero(after / before) : Ratio{1};
  std::vector<Ratio> values{past.front()};
  while (values.size() < past.size() + month_count) values.push_back(values.back() * growth);
  return split(std::move(values), past);
}

Result<Fitted> fit_seasonal(std::span<const Ratio> past, std::size_t month_count) {
  if (past.size() < year) {
    return refused("a seasonal fit looks at twelve months or more, and has " +
                       std::to_string(past.size()),
                   "choose another model, or another curve");
  }
  const std::size_t pairs = std::min(year, past.size() - year);
  const std::span<const Ratio> now = past.last(pairs);
  const std::span<const Ratio> then = past.subspan(past.size() - year - pairs, pairs);
  const Ratio before = sum_of(then);
  if (pairs > 0 && before <= 0) {
    return refused("a seasonal fit of months without usage in the year before",
                   "look at fewer months: months = 12");
  }
  const Ratio growth = pairs == 0 ? Ratio{1} : at_least_zero(sum_of(now) / before);
  std::vector<Ratio> values;
  for (const Ratio& value : then) values.push_back(at_least_zero(value * growth));
  std::vector<Ratio> last_year{past.end() - static_cast<std::ptrdiff_t>(year), past.end()};
  for (std::size_t i = 0; i < month_count; ++i) {
    last_year.push_back(at_least_zero(last_year[i] * growth));
    values.push_back(last_year.back());
  }
  return split(std::move(values), now);
}

}  // namespace

Result<Fitted> fit(const FitCurve& curve, std::span<const Decimal> history, int month_count) {
  if (curve.months < 1) return refused("a fit looks at one month or more", "months = 12");
  const std::size_t count = std::min(history.size(), static_cast<std::size_t>(curve.months));
  std::vector<Ratio> past;
  for (const Decimal& value : history.last(count)) past.push_back(ratio_of(value));
  if (std::ranges::none_of(past, [](const Ratio& value) { return value > 0; })) {
    return refused("a fit to a book without usage in the months looked at",
                   "choose a curve that says its amounts, such as a ramp with from");
  }
  const auto months = static_cast<std::size_t>(std::max(0, month_count));
  switch (curve.model) {
    case FitCurve::Model::mean: return fit_mean(past, months);
    case FitCurve::Model::linear: return fit_linear(past, months);
    case FitCurve::Model::growth: return fit_growth(past, months);
    case FitCurve::Model::seasonal: return fit_seasonal(past, months);
  }
  return refused("no such model", "");
}

}  // namespace accrue
