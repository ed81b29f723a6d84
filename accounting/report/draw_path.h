#pragma once

#include <optional>
#include <vector>

#include "accounting/posting/view.h"
#include "accounting/report/forecast_choice.h"
#include "accounting/report/reports.h"

namespace accrue {

/// What one month of a forecast takes off a grant.
struct PathStep {
  Period period;
  Ratio drawn;
  Ratio expired;  ///< what is left when it ends
};

/// One grant in a forecast, month by month; months in which nothing happens are left out.
struct GrantPath {
  const HeldGrant* held;
  Ratio left;  ///< at the end of the period asked about
  std::vector<PathStep> steps;
  Ratio left_standing;  ///< what the forecast never comes to
};

/// The credits of one investee in one currency, drawn together.
struct PoolPath {
  std::string investee;
  Currency currency;
  Ratio per_month;          ///< the average draw; zero where the forecast has none
  int months_averaged = 0;  ///< as many as the forecast says, or fewer when the first draw is later
  std::vector<GrantPath> grants;  ///< in the order in which they pay
};

/// From the end of `through`: each month the average is drawn from the grants in their order, or,
/// when even, from each grant what is left over the months until its last, or what a saved forecast
/// draws of each grant in the month, as far as it is there; grants lose what is left when they
/// expire. Scope is not looked at; grants issued later count from then. An even forecast comes to
/// nothing that has no end, a saved one to nothing after its last month; what is not used up or
/// expired within a hundred years is left standing.
std::vector<PoolPath> draw_paths(const BookView& view, Period through, OriginView by,
                                 const DrawSource& source);

/// Cut to the digits a Decimal has: only for what is shown.
Decimal shown(const Ratio& value);

}  // namespace accrue
