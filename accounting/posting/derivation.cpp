#include "accounting/posting/derivation.h"

#include <utility>

namespace accrue {

Result<Derivation> derive(const BookState& state, const BurnDown& served,
                          const DrawTotals& frozen, Balances booked,
                          std::optional<Period> closing) {
  Derivation derivation{served, frozen, served.totals(), std::move(booked), {}};
  ACCRUE_TRY(target, derive_target({state, derivation.booked, derivation.frozen, served,
                                    derivation.drawn, closing}));
  derivation.target = std::move(target);
  return derivation;
}

}  // namespace accrue
