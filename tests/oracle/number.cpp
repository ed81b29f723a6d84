#include "tests/oracle/number.h"

#include <chrono>
#include <limits>

namespace oracle {

namespace {

using boost::multiprecision::cpp_int;

cpp_int floor_integer(const Rational& value) {
  const cpp_int top = numerator(value);
  const cpp_int bottom = denominator(value);  // always above zero
  cpp_int quotient = top / bottom;            // towards zero
  if (quotient * bottom > top) --quotient;
  return quotient;
}

long long narrow(const cpp_int& value) {
  if (value > std::numeric_limits<long long>::max() ||
      value < std::numeric_limits<long long>::min()) {
    throw Refused("an amount is beyond 64 bits");
  }
  return value.convert_to<long long>();
}

}  // namespace

long long floor_of(const Rational& value) { return narrow(floor_integer(value)); }

long long round_half_even(const Rational& value) {
  cpp_int whole = floor_integer(value);
  const Rational fraction = value - Rational(whole);
  const Rational half(1, 2);
  const bool odd = whole % 2 != 0;
  if (fraction > half || (fraction == half && odd)) ++whole;
  return narrow(whole);
}

Rational minor_units(int digits) {
  Rational units = 1;
  for (int i = 0; i < digits; ++i) units *= 10;
  return units;
}

std::map<Place, long long> spread(long long total, const std::map<Place, Rational>& exact) {
  std::map<Place, long long> parts;
  long long missing = total;
  const Place* largest = nullptr;
  for (const auto& [place, amount] : exact) {
    if (amount == 0) continue;
    parts[place] = round_half_even(amount);
    missing -= parts[place];
    if (largest == nullptr || amount > exact.at(*largest)) largest = &place;
  }
  if (largest != nullptr) parts[*largest] += missing;
  return parts;
}

Rational decimal(std::string_view text) {
  Rational digits = 0;
  Rational scale = 1;
  bool negative = false;
  bool after_point = false;
  for (const char c : text) {
    if (c == '-') {
      negative = true;
    } else if (c == '.') {
      after_point = true;
    } else if (c != '_') {
      if (c < '0' || c > '9') throw Refused("not a decimal: " + std::string{text});
      digits = digits * 10 + (c - '0');
      if (after_point) scale *= 10;
    }
  }
  const Rational value = digits / scale;
  return negative ? Rational(-value) : value;
}

Day day(int year, int month, int day_of_month) {
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day_of_month)}};
  return static_cast<Day>(std::chrono::sys_days{date}.time_since_epoch().count());
}

Month month(int year, int month) { return year * 12 + month - 1; }

Month month_of_day(Day on) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{on}}};
  return month(static_cast<int>(date.year()),
               static_cast<int>(static_cast<unsigned>(date.month())));
}

Day day_of(Second at) { return static_cast<Day>(floor_of(Rational(at, 86'400))); }

Month month_of(Second at) { return month_of_day(day_of(at)); }

}  // namespace oracle
