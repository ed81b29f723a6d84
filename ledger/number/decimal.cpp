#include "ledger/number/decimal.h"

#include <algorithm>
#include <array>

#include "ledger/error/check.h"

namespace accrue {

namespace {

constexpr int largest_power = 76;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Error bad_decimal(std::string_view text) {
  return Error{.code = ErrorCode::bad_decimal,
               .message = "'" + std::string{text} + "' is not a decimal number"};
}

Error too_wide(std::string_view text, std::string_view limit) {
  return Error{.code = ErrorCode::decimal_too_wide,
               .message = "'" + std::string{text} + "' has more than " + std::string{limit}};
}

/// The digits of a number without sign, point, leading and trailing zeros, and the power of ten
/// that the last of them counts.
struct Digits {
  std::array<char, Decimal::significant_digits> digit;
  int count = 0;
  int exponent = 0;
};

}  // namespace

const Int256& power_of_ten(int exponent) {
  static const std::array<Int256, largest_power + 1> powers = [] {
    std::array<Int256, largest_power + 1> table;
    table[0] = 1;
    for (std::size_t i = 1; i < table.size(); ++i) table[i] = table[i - 1] * 10;
    return table;
  }();
  LEDGER_CHECK(exponent >= 0 && exponent <= largest_power, std::to_string(exponent), "0..76");
  return powers[static_cast<std::size_t>(exponent)];
}

Decimal Decimal::from_integer(std::int64_t value) { return from_scaled(value, 0); }

Decimal Decimal::from_scaled(std::int64_t value, int digits) {
  return Decimal{Int256{value} * power_of_ten(fraction_digits - digits)};
}

Result<Decimal> Decimal::parse(std::string_view text) {
  std::size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) ++at;

  // Zeros are held back until a later digit proves them significant.
  Digits number;
  int zeros = 0;
  bool too_many = false;
  const auto take = [&](char c) {
    if (c == '0') {
      if (number.count > 0) ++zeros;
      return;
    }
    for (; zeros > 0 && number.count < significant_digits; --zeros) {
      number.digit[static_cast<std::size_t>(number.count++)] = '0';
    }
    if (number.count >= significant_digits) {
      too_many = true;
    } else {
      number.digit[static_cast<std::size_t>(number.count++)] = c;
    }
  };
  const auto take_run = [&] {
    const std::size_t first = at;
    while (at < text.size() && is_digit(text[at])) take(text[at++]);
    return at - first;
  };

  if (take_run() == 0) return bad_decimal(text);
  std::size_t after_point = 0;
  if (at < text.size() && text[at] == '.') {
    ++at;
    after_point = take_run();
    if (after_point == 0) return bad_decimal(text);
  }
  std::int64_t exponent = 0;
  if (at < text.size() && text[at] == 'E') {
    ++at;
    const bool below = at < text.size() && text[at] == '-';
    if (below) ++at;
    const std::size_t first = at;
    while (at < text.size() && is_digit(text[at])) {
      exponent = std::min<std::int64_t>(exponent * 10 + (text[at++] - '0'), 1'000'000);
    }
    if (at == first) return bad_decimal(text);
    if (below) exponent = -exponent;
  }
  if (at != text.size()) return bad_decimal(text);
  if (too_many) return too_wide(text, "38 significant digits");
  if (number.count == 0) return Decimal{};

  const std::int64_t last_digit_power = exponent - static_cast<std::int64_t>(after_point) + zeros;
  if (last_digit_power < -fraction_digits) return too_wide(text, "30 fraction digits");
  if (last_digit_power + number.count > significant_digits) {
    return too_wide(text, "38 digits before the point");
  }

  unsigned __int128 magnitude = 0;
  for (int i = 0; i < number.count; ++i) {
    magnitude =
        magnitude * 10 + static_cast<unsigned>(number.digit[static_cast<std::size_t>(i)] - '0');
  }
  Int256 units = magnitude;
  units *= power_of_ten(static_cast<int>(last_digit_power) + fraction_digits);
  if (negative) units = -units;
  return Decimal{std::move(units)};
}

std::string Decimal::to_string() const { return to_string(0); }

std::string Decimal::to_string(int digits) const {
  LEDGER_CHECK(digits >= 0 && digits <= fraction_digits, std::to_string(digits), "0..30");
  const Int256 magnitude = boost::multiprecision::abs(units_);
  std::string text = magnitude.str();
  const auto fraction = static_cast<std::size_t>(fraction_digits);
  if (text.size() <= fraction) text.insert(0, fraction + 1 - text.size(), '0');
  text.insert(text.size() - fraction, 1, '.');
  const std::size_t point = text.find('.');
  std::size_t kept = text.find_last_not_of('0');
  const std::size_t least = point + static_cast<std::size_t>(digits);
  kept = std::max(kept, least);
  if (kept == point) --kept;
  text.resize(kept + 1);
  if (units_.sign() < 0) text.insert(0, 1, '-');
  return text;
}

}  // namespace accrue
