#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounting/posting/view.h"
#include "accounting/report/reports.h"

namespace accrue {

/// A grant that expires before it is used up, at the present rate.
struct ExpiringCredit {
  std::string grant;
  Period period;  ///< the last in which it pays
  Decimal left;
};

/// How long the credits of one investee in one currency last at the present rate.
struct Exhaustion {
  std::string investee;
  Currency currency;
  Decimal left;     ///< at the end of the period asked about, of grants that still pay
  Ratio per_month;      ///< the average draw of the last months, at the end of the period asked about
  int months_averaged;  ///< three, or fewer when the first draw is later
  std::optional<Period> used_up;  ///< the period in which nothing is left to draw
  std::vector<ExpiringCredit> expiring;  ///< in order of time
};

/// From the end of `through`: each month draws the average from the grants in their order, which
/// lose what is left when they expire. Scope is not looked at; grants issued later count from then.
/// What is not used up or expired within a hundred years is left standing.
std::vector<Exhaustion> exhaustion_after(const BookView& view, Period through, OriginView by);

}  // namespace accrue
