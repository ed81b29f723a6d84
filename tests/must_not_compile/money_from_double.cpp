// refused: use of deleted function|call to deleted|no match|cannot convert|no viable
#include "ledger/number/money.h"

// A binary fraction has no place in a journal.
int main() {
  const accrue::Currency usd = accrue::Currency::from_code("USD").value();
  accrue::Money money = accrue::Money::from_minor(150, usd);
#if MUST_NOT_COMPILE == 1
  money = accrue::Money::from_minor(1.5, usd);
#elif MUST_NOT_COMPILE == 2
  money = accrue::Money::from_minor(1.5F, usd);
#elif MUST_NOT_COMPILE == 3
  money += 1.5;
#endif
  return money.minor_units() == 150 ? 0 : 1;
}
