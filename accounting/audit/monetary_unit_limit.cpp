#include "accounting/audit/monetary_unit_limit.h"

#include <algorithm>
#include <string>
#include <utility>

#include <boost/multiprecision/cpp_int.hpp>

#include "ledger/error/check.h"

namespace accrue {

namespace {

using BigInt = boost::multiprecision::cpp_int;

Ratio ratio_of(const Decimal& value) {
  return Ratio{BigInt{value.units()}, BigInt{power_of_ten(Decimal::fraction_digits)}};
}

/// Whether P(Poisson(hundredths / 100) <= misstatements) is at most `risk_percent`: compared as
/// risk x e^R >= 100 x the sum of R^i / i!, in forty digits, where two decide.
bool is_covered(std::int64_t hundredths, std::int64_t misstatements, int risk_percent) {
  static const BigInt scale = boost::multiprecision::pow(BigInt{10}, 40);
  BigInt term = scale;
  BigInt sum = scale;
  BigInt head = scale;
  for (std::int64_t i = 1; term != 0; ++i) {
    term = term * hundredths / (100 * i);
    sum += term;
    if (i <= misstatements) head += term;
  }
  return risk_percent * sum >= 100 * head;
}

}  // namespace

Decimal confidence_factor(int confidence_percent, std::int64_t misstatements) {
  LEDGER_CHECK(confidence_percent >= 50 && confidence_percent <= 99 && misstatements >= 0,
               std::to_string(confidence_percent), "a confidence from 50 to 99");
  const int risk = 100 - confidence_percent;
  // Half of what a Poisson variable takes lies at or below its mean when that is whole.
  std::int64_t uncovered = 100 * misstatements;
  std::int64_t covered = uncovered + 100;
  while (!is_covered(covered, misstatements, risk)) covered += covered - uncovered;
  while (covered - uncovered > 1) {
    const std::int64_t middle = (covered + uncovered) / 2;
    (is_covered(middle, misstatements, risk) ? covered : uncovered) = middle;
  }
  return Decimal::from_scaled(covered, 2);
}

Decimal rounded(const Ratio& value, int digits) {
  const BigInt scale = boost::multiprecision::pow(BigInt{10}, static_cast<unsigned>(digits));
  const BigInt numerator = boost::multiprecision::numerator(value) * scale;
  const BigInt denominator = boost::multiprecision::denominator(value);
  BigInt whole = numerator / denominator;  // towards zero
  const BigInt twice = boost::multiprecision::abs(numerator - whole * denominator) * 2;
  if (twice > denominator || (twice == denominator && whole % 2 != 0)) {
    whole += numerator.sign();
  }
  return Decimal::from_units(Int256{whole} * power_of_ten(Decimal::fraction_digits - digits));
}

MonetaryUnitLimit monetary_unit_limit(const Decimal& interval, int confidence_percent,
                                      std::vector<Misstated> below, const Decimal& top,
                                      Remainder below_interval) {
  std::stable_sort(below.begin(), below.end(), [](const Misstated& a, const Misstated& b) {
    // a.misstatement / a.book_value > b.misstatement / b.book_value
    return Int1024{a.misstatement.units()} * Int1024{b.book_value.units()} >
           Int1024{b.misstatement.units()} * Int1024{a.book_value.units()};
  });
  MonetaryUnitLimit result;
  result.known = top;
  result.projected = ratio_of(top);
  Decimal factor = confidence_factor(confidence_percent, 0);
  if (below_interval == Remainder::some) {
    result.basic_precision = ratio_of(factor) * ratio_of(interval);
  }
  result.limit = result.projected + result.basic_precision;
  for (const Misstated& found : below) {
    const Decimal next = confidence_factor(confidence_percent,
                                           static_cast<std::int64_t>(result.below.size()) + 1);
    Projected row{found,
                  ratio_of(found.misstatement) / ratio_of(found.book_value) * ratio_of(interval),
                  next - factor, 0};
    row.allowance = (ratio_of(row.factor) - 1) * row.projected;
    result.known += found.misstatement;
    result.projected += row.projected;
    result.limit += row.projected + row.allowance;
    result.below.push_back(std::move(row));
    factor = next;
  }
  return result;
}

}  // namespace accrue
