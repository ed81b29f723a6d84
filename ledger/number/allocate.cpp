#include "ledger/number/allocate.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "ledger/error/check.h"

namespace accrue {

Result<std::vector<std::int64_t>> allocate(std::int64_t total, std::span<const Decimal> weights) {
  std::vector<Int1024> numerators;
  numerators.reserve(weights.size());
  Int1024 weight_sum = 0;
  for (const Decimal& weight : weights) {
    if (weight.sign() < 0) {
      return Error{.code = ErrorCode::allocation_negative,
                   .message = "the weight " + weight.to_string() + " is below zero"};
    }
    weight_sum += Int1024{weight.units()};
    numerators.push_back(Int1024{weight.units()} * total);
  }
  if (weight_sum.is_zero()) {
    return Error{.code = ErrorCode::allocation_no_weight,
                 .message = "no weight is above zero to divide " + std::to_string(total) + " by"};
  }
  std::vector<std::int64_t> parts;
  parts.reserve(weights.size());
  for (const Int1024& part : round_parts_to_total(total, numerators, weight_sum)) {
    parts.push_back(part.convert_to<std::int64_t>());  // never beyond `total`
  }
  return parts;
}

std::vector<Int1024> round_parts_to_total(const Int1024& total, std::span<const Int1024> numerators,
                                          const Int1024& denominator) {
  LEDGER_CHECK(denominator.sign() > 0, denominator.str(), "a denominator above zero");
  std::vector<Int1024> parts(numerators.size());
  std::vector<Int1024> fractions(numerators.size());
  Int1024 left = total;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    boost::multiprecision::divide_qr(numerators[i], denominator, parts[i], fractions[i]);
    if (fractions[i].sign() < 0) {  // divide_qr cuts towards zero
      parts[i] -= 1;
      fractions[i] += denominator;
    }
    left -= parts[i];
  }
  LEDGER_CHECK(left.sign() >= 0 && left <= parts.size(), left.str() + " units left",
               std::to_string(parts.size()) + " parts");

  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(
      order, [&](std::size_t a, std::size_t b) { return fractions[a] > fractions[b]; });
  order.resize(left.convert_to<std::size_t>());
  for (const std::size_t i : order) parts[i] += 1;
  return parts;
}

}  // namespace accrue
