#include "ledger/number/decimal.h"

#include <cstdio>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "ledger/number/round.h"
#include "tests/number/stops.h"

using namespace accrue;

namespace {

Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }

const std::string nines_38(38, '9');

}  // namespace

TEST_CASE("decimal: what is read is printed in plain digits, without loss") {
  struct Row {
    const char* why;
    std::string text, plain;
  };
  const std::string zeros_29(29, '0');
  const Row rows[] = {
      {"zero", "0", "0"},
      {"zero with an exponent", "0E-10", "0"},
      {"zero with an exponent beyond every limit", "0E999999999999", "0"},
      {"zero has no sign", "-0", "0"},
      {"zero has no sign, nor fraction", "-0.00", "0"},
      {"an integer that ends in zeros", "1200", "1200"},
      {"leading and trailing zeros say nothing", "000123.50", "123.5"},
      {"a leading zero before the point", "-0.5", "-0.5"},
      {"zeros inside the number count", "10.0203", "10.0203"},
      {"E up", "35.2E7", "352000000"},
      {"E down", "1.81E-8", "0.0000000181"},
      {"E without effect", "7E0", "7"},
      {"E of a whole number", "1E5", "100000"},
      {"E takes the fraction away", "12.50E1", "125"},
      {"leading zeros of the exponent", "1E005", "100000"},
      {"38 significant digits", nines_38, nines_38},
      {"38 significant digits, below zero", "-" + nines_38, "-" + nines_38},
      {"38 significant digits, 30 of them fraction", "12345678.901234567890123456789012345678",
       "12345678.901234567890123456789012345678"},
      {"the 30th fraction digit", "0." + zeros_29 + "1", "0." + zeros_29 + "1"},
      {"the 30th fraction digit by exponent", "1E-30", "0." + zeros_29 + "1"},
      {"a 31st fraction digit that is zero", "0." + zeros_29 + "10", "0." + zeros_29 + "1"},
      {"a 39th digit that is a leading zero", "0" + nines_38, nines_38},
      {"a 39th digit that is a trailing zero of the fraction", nines_38 + ".0", nines_38},
      {"the largest power of ten", "1E37", "1" + std::string(37, '0')},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto read = Decimal::parse(row.text);
    REQUIRE(read.ok());
    CHECK(read->to_string() == row.plain);
    CHECK(decimal(read->to_string()) == *read);
  }
}

TEST_CASE("decimal: a text of another form is refused") {
  const std::string rows[] = {
      "",      "-",
      "--1",   "+1",
      "1,000", "$1",
      "NaN",   "Infinity",
      "0x10",  "1.2.3",
      ".5",    "5.",
      "-.5",   "1E",
      "1E-",   "1E+7",
      "1e5",   "E5",
      "1E5.0", " 1",
      "1 ",    "1_000",
      "1-",    "(1)",
      "1E--5", "5.E3",
      "1\n",   "１",
      "1%",    "0b1",
      "1.-2",  "1f",
      "\"1\"", std::string{"1\0", 2},
  };
  for (const std::string& text : rows) {
    CAPTURE(text);
    const auto read = Decimal::parse(text);
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code == ErrorCode::bad_decimal);
  }
}

TEST_CASE("decimal: what does not fit is refused, never rounded") {
  struct Row {
    const char* why;
    std::string text;
  };
  const Row rows[] = {
      {"39 significant digits", nines_38 + "9"},
      {"39 significant digits around the point", nines_38 + ".1"},
      {"39 significant digits with zeros inside", "1" + std::string(37, '0') + "1"},
      {"39 significant digits, then zeros", nines_38 + "90"},
      {"31 fraction digits", "0." + std::string(30, '0') + "1"},
      {"31 fraction digits by exponent", "1E-31"},
      {"31 fraction digits by exponent and point", "0.1E-30"},
      {"39 digits before the point", "1" + std::string(38, '0')},
      {"39 digits before the point by exponent", "1E38"},
      // 2^64, which a wrapped counter would take for 0
      {"an exponent beyond 64 bits", "1E18446744073709551616"},
      {"an exponent beyond 64 bits, down", "1E-99999999999999999999"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto read = Decimal::parse(row.text);
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code == ErrorCode::decimal_too_wide);
  }
}

TEST_CASE("decimal: at least the digits asked for are printed, and all that count") {
  struct Row {
    const char* text;
    int digits;
    const char* printed;
  };
  const Row rows[] = {
      {"0", 2, "0.00"},
      {"1", 0, "1"},
      {"-1234.5", 2, "-1234.50"},
      {"0.005", 2, "0.005"},
      {"1200", 3, "1200.000"},
      {"-0.5", 1, "-0.5"},
      {"0", 30, "0.000000000000000000000000000000"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(decimal(row.text).to_string(row.digits) == row.printed);
  }
  CHECK(stops([] { decimal("1").to_string(31); }));
  CHECK(stops([] { decimal("1").to_string(-1); }));
}

TEST_CASE("decimal: sums, signs and order are those of the exact numbers") {
  CHECK(decimal("0.1") + decimal("0.2") == decimal("0.3"));
  CHECK(decimal("1") - decimal("1E-30") == decimal("0.999999999999999999999999999999"));
  CHECK(decimal("5") - decimal("5") == Decimal{});
  CHECK((decimal("5") - decimal("5")).sign() == 0);
  CHECK((-Decimal{}).to_string() == "0");
  CHECK(-decimal("2.5") == decimal("-2.5"));
  CHECK(decimal("-2") < decimal("-1.999"));
  CHECK(decimal("-1") < decimal("0"));
  CHECK(decimal("10") > decimal("9.9"));
  CHECK(decimal("1.50") == decimal("1.5"));
  CHECK(decimal("1.5") != decimal("-1.5"));
  CHECK(decimal("-3").sign() == -1);
  CHECK(decimal("3").sign() == 1);
  CHECK(decimal("-0").is_zero());
}

TEST_CASE("decimal: a sum of a hundred million of the widest numbers does not overflow") {
  Decimal sum = decimal(nines_38);
  for (int i = 0; i < 8; ++i) {  // ten of the last, eight times over: 10^8 of the first
    const Decimal last = sum;
    for (int j = 0; j < 9; ++j) sum += last;
  }
  CHECK(sum.to_string() == nines_38 + "00000000");
}

TEST_CASE("decimal: whole and scaled integers are exact") {
  CHECK(Decimal::from_integer(-42) == decimal("-42"));
  CHECK(Decimal::from_integer(INT64_MIN) == decimal("-9223372036854775808"));
  CHECK(Decimal::from_scaled(12345, 2) == decimal("123.45"));
  CHECK(Decimal::from_scaled(-1, 30) == decimal("-1E-30"));
  CHECK(Decimal::from_scaled(7, 0) == decimal("7"));
  CHECK(stops([] { Decimal::from_scaled(1, 31); }));
  CHECK(Decimal::from_units(power_of_ten(30)) == decimal("1"));
}

TEST_CASE("decimal: powers of ten reach from 0 to 76, and stop the program beyond") {
  CHECK(power_of_ten(0) == 1);
  CHECK(power_of_ten(3) == 1000);
  CHECK(power_of_ten(76).str() == "1" + std::string(76, '0'));
  CHECK(stops([] { power_of_ten(77); }));
  CHECK(stops([] { power_of_ten(-1); }));
}

TEST_CASE("decimal: reading, sums and rounded ratios agree with Python's exact numbers") {
  const std::string script = ACCRUE_SOURCE_DIR "/tests/number/decimal_reference.py";
  FILE* pipe = popen(("python3 '" + script + "' 2>/dev/null").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  char buffer[4096];
  while (const std::size_t count = fread(buffer, 1, sizeof buffer, pipe)) {
    output.append(buffer, count);
  }
  if (const int status = pclose(pipe); WIFEXITED(status) && WEXITSTATUS(status) == 127) {
    MESSAGE("skipped: there is no python3 to compare with");
    return;
  }
  std::istringstream lines{output};
  int cases = 0;
  std::string a, b, c, plain, sum, difference, ratio;
  while (lines >> a >> b >> c >> plain >> sum >> difference >> ratio) {
    CAPTURE(a);
    CAPTURE(b);
    CAPTURE(c);
    ++cases;
    const Decimal x = decimal(a), y = decimal(b), z = decimal(c);
    CHECK(x.to_string() == plain);
    CHECK((x + y).to_string() == sum);
    CHECK((x - y).to_string() == difference);
    const Int1024 numerator = Int1024{x.units()} * Int1024{y.units()};
    const Int1024 denominator = Int1024{z.units()} * Int1024{power_of_ten(30)};
    CHECK(round_half_even_wide(numerator, denominator).str() == ratio);
  }
  CHECK(cases == 300);
}
