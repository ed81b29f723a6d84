#include "ledger/intake/usage_cost.h"

#include <algorithm>
#include <string>

namespace accrue::usage {

Decimal CostSum::total() const {
  return wide_ + Decimal::from_units(Int256{small_} *
                                     power_of_ten(Decimal::fraction_digits - Cost::small_digits));
}

Cost CostSum::as_cost() const {
  if (wide_.is_zero()) return Cost{.small = small_, .wide = std::nullopt};
  const Decimal sum = total();
  return Cost{.small = 0, .wide = sum.is_zero() ? std::optional<Decimal>{} : sum};
}

Result<CostForm> read_cost(std::string_view text, Cost& cost) {
  if (read_plain_cost(text, cost)) return CostForm::strict;

  CostForm form = CostForm::strict;
  if (text.starts_with(' ') || text.ends_with(' ')) {
    const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
    text = text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
    form = CostForm::loose;
  }
  std::string strict{text};
  const std::size_t exponent = strict.find_first_of("eE");
  if (exponent != std::string::npos) {
    if (strict[exponent] == 'e') {
      strict[exponent] = 'E';
      form = CostForm::loose;
    }
    if (exponent + 1 < strict.size() && strict[exponent + 1] == '+') {
      strict.erase(exponent + 1, 1);
      // `E+-7` is no number, and must not become one.
      if (exponent + 1 < strict.size() && strict[exponent + 1] == '-') strict = text;
      form = CostForm::loose;
    }
  }
  ACCRUE_TRY(value, Decimal::parse(strict));
  cost.small = 0;
  cost.wide.reset();
  if (!value.is_zero()) cost.wide = value;
  return form;
}

}  // namespace accrue::usage
