#pragma once

#include "ledger/credit/grant.h"
#include "ledger/number/decimal.h"

// From decimals, which are what files hold, to ratios, which curves are made of.

namespace accrue {

Ratio ratio_of(const Decimal& value);

/// The product, where 30 fraction digits hold it exactly. Errors: decimal_too_wide.
Result<Decimal> product_of(const Decimal& a, const Decimal& b);

}  // namespace accrue
