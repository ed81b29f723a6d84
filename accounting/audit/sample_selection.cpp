#include "accounting/audit/sample_selection.h"

#include <algorithm>
#include <string>

#include <boost/multiprecision/cpp_int.hpp>

#include "ledger/error/check.h"

namespace accrue {

Decimal random_start(std::int64_t seed, std::string_view stratum, const Decimal& interval,
                     int digits) {
  const Int256& unit = power_of_ten(Decimal::fraction_digits - digits);
  LEDGER_CHECK(interval.sign() > 0 && interval.units() % unit == 0, interval.to_string(),
               "an interval above zero of that many digits");
  const Digest digest = sha256("accrue-sample-1:start:" + std::to_string(seed) + ":" +
                               std::string{stratum});
  boost::multiprecision::cpp_int number = 0;
  boost::multiprecision::import_bits(number, digest.begin(), digest.end());
  const boost::multiprecision::cpp_int count{interval.units() / unit};
  return Decimal::from_units((Int256{number % count} + 1) * unit);
}

Digest ticket(std::int64_t seed, std::string_view ref) {
  return sha256("accrue-sample-1:ticket:" + std::to_string(seed) + ":" + std::string{ref});
}

int digits_of(std::span<const Decimal> amounts, int least) {
  int digits = least;
  for (const Decimal& amount : amounts) {
    while (digits < Decimal::fraction_digits &&
           amount.units() % power_of_ten(Decimal::fraction_digits - digits) != 0) {
      ++digits;
    }
  }
  return digits;
}

std::vector<Selected> select_monetary_units(std::span<const Decimal> amounts,
                                            const Decimal& interval, const Decimal& start) {
  std::vector<Selected> selected;
  Decimal next = start;
  Decimal counted;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    const Decimal& amount = amounts[i];
    if (amount.sign() <= 0) continue;
    if (amount >= interval) {
      selected.push_back({i});
      continue;
    }
    counted += amount;
    // An item below the interval holds at most one of the units.
    if (next > counted) continue;
    selected.push_back({i, next});
    next += interval;
  }
  return selected;
}

}  // namespace accrue
