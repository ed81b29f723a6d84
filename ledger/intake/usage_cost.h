#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "ledger/error/error.h"
#include "ledger/number/decimal.h"

namespace accrue::usage {

/// A cost as it stands in a cell. Nearly all fit a count of 10^-18, which adds up in one
/// instruction; the others are kept as Decimal. Both are exact.
struct Cost {
  static constexpr int small_digits = 18;

  __int128 small = 0;           ///< counts 10^-18; zero when `wide` is set
  std::optional<Decimal> wide;  ///< set when the text does not fit

  bool is_zero() const { return small == 0 && !wide; }
  friend Cost operator-(Cost cost) {
    cost.small = -cost.small;
    if (cost.wide) cost.wide = -*cost.wide;
    return cost;
  }
};

/// An exact sum of costs.
class CostSum {
 public:
  void add(const Cost& cost) {
    if (cost.wide) {
      wide_ += *cost.wide;
      return;
    }
    __int128 sum = 0;
    if (__builtin_add_overflow(small_, cost.small, &sum)) {
      wide_ = total();
      sum = cost.small;
    }
    small_ = sum;
  }
  Decimal total() const;
  Cost as_cost() const;

 private:
  __int128 small_ = 0;
  Decimal wide_;
};

/// A loose form is not FOCUS and has one meaning only: it is read, with a warning.
enum class CostForm { strict, loose };

/// Reads a cost by the rules of Decimal::parse. Loose: `E+7` and `e7`, read as `E7`; spaces before
/// or after. Errors: bad_decimal, decimal_too_wide.
Result<CostForm> read_cost(std::string_view text, Cost& cost);

/// The common form, `[-]digits[.digits]` with at most 18 digits in all; false for all others.
inline bool read_plain_cost(std::string_view text, Cost& cost) {
  constexpr std::size_t most_digits = 18;
  constexpr std::int64_t powers[] = {1,
                                     10,
                                     100,
                                     1'000,
                                     10'000,
                                     100'000,
                                     1'000'000,
                                     10'000'000,
                                     100'000'000,
                                     1'000'000'000,
                                     10'000'000'000,
                                     100'000'000'000,
                                     1'000'000'000'000,
                                     10'000'000'000'000,
                                     100'000'000'000'000,
                                     1'000'000'000'000'000,
                                     10'000'000'000'000'000,
                                     100'000'000'000'000'000,
                                     1'000'000'000'000'000'000};
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > most_digits + 1) return false;
  std::uint64_t digits = 0;  // nineteen digits without a point fit; they are refused below
  std::size_t point = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = static_cast<unsigned char>(text[i] - '0');
    if (digit <= 9) {
      digits = digits * 10 + digit;
    } else if (text[i] == '.' && point == text.size()) {
      point = i;
    } else {
      return false;
    }
  }
  const bool has_point = point < text.size();
  const std::size_t after_point = has_point ? text.size() - point - 1 : 0;
  if (has_point && (point == 0 || after_point == 0)) return false;
  if (!has_point && text.size() > most_digits) return false;
  const __int128 small = __int128{digits} * powers[Cost::small_digits - after_point];
  cost.small = negative ? -small : small;
  cost.wide.reset();
  return true;
}

}  // namespace accrue::usage
