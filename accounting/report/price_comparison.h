#pragma once

#include <string>

#include "accounting/posting/state.h"

namespace accrue {

/// Face times SSP, in the currency of the face: what the credits would cost on their own.
///
/// Source: ASC 606-10-32-31..33; IFRS 15.76-77.
Decimal stand_alone_price(const Investment& deal, const Decimal& face);

/// What a reader must know of a tranche's price: "bonus", "price above face", "price above
/// stand-alone price", with "; " between them; empty where there is nothing to say. Prices are
/// compared before they are rounded, at the rate of the day the shares are received.
std::string price_flags(const BookState& state, const HeldInvestment& held, const Grant& grant);

}  // namespace accrue
