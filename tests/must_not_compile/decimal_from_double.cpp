// refused: use of deleted function|call to deleted|no match|cannot convert|no viable
#include "ledger/number/decimal.h"

// A binary fraction has lost the digits that the file stated.
int main() {
  accrue::Decimal decimal = accrue::Decimal::from_integer(1);
#if MUST_NOT_COMPILE == 1
  decimal = accrue::Decimal::from_integer(1.5);
#elif MUST_NOT_COMPILE == 2
  decimal = accrue::Decimal::from_scaled(1.5, 2);
#elif MUST_NOT_COMPILE == 3
  decimal = accrue::Decimal{1.5};
#elif MUST_NOT_COMPILE == 4
  decimal = accrue::Decimal::from_units(1.5);
#elif MUST_NOT_COMPILE == 5
  decimal += 1.5;
#endif
  return decimal.sign();
}
