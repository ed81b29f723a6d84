#include "cli/workbook/spreadsheet_number.h"

#include <charconv>
#include <string>
#include <system_error>

#include "ledger/error/check.h"

namespace accrue {

namespace {

double double_of(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  LEDGER_CHECK(error == std::errc{} && end == text.data() + text.size(), text, "a number");
  return number;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// How many digits there are from the first to the last that is not zero.
int significant_digits(const std::string& text) {
  int count = 0;
  int up_to_last = 0;
  for (const char c : text) {
    if (!is_digit(c) || (c == '0' && count == 0)) continue;
    ++count;
    if (c != '0') up_to_last = count;
  }
  return up_to_last;
}

}  // namespace

std::optional<double> spreadsheet_number(const Decimal& value) {
  const std::string text = value.to_string();
  if (significant_digits(text) > spreadsheet_digits) return std::nullopt;
  return double_of(text);
}

double nearest_spreadsheet_number(const Decimal& value) {
  std::string text = value.to_string();
  int count = 0;
  for (char& c : text) {
    if (!is_digit(c) || (c == '0' && count == 0)) continue;
    if (++count > spreadsheet_digits) c = '0';
  }
  return double_of(text);
}

bool adds_up_in_doubles(std::span<const Decimal> terms, int digits) {
  Decimal absolutes;
  for (const Decimal& term : terms) absolutes += term.sign() < 0 ? -term : term;
  // An eighth of a unit: whoever rounds may be off by a little himself.
  const Int1024 error = Int1024{absolutes.units()} * 8 * (terms.size() + 1) *
                        Int1024{power_of_ten(digits)};
  return error < (Int1024{1} << 53) * Int1024{power_of_ten(Decimal::fraction_digits)};
}

}  // namespace accrue
