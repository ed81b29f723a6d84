// refused: no match|invalid operands|no viable
#include "ledger/number/money.h"

// Credits are exact decimals and money is whole minor units: only a rounding joins them.
int main() {
  const accrue::Currency usd = accrue::Currency::from_code("USD").value();
  accrue::Money money = accrue::Money::from_minor(150, usd);
  accrue::Decimal decimal = accrue::Decimal::from_integer(1);
#if MUST_NOT_COMPILE == 1
  money = money + decimal;
#elif MUST_NOT_COMPILE == 2
  decimal = decimal + money;
#elif MUST_NOT_COMPILE == 3
  money += decimal;
#elif MUST_NOT_COMPILE == 4
  decimal -= money;
#elif MUST_NOT_COMPILE == 5
  return money == decimal;
#endif
  decimal += money.to_decimal();
  return decimal.sign();
}
