#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "accounting/posting/view.h"
#include "accounting/report/reports.h"

namespace accrue {

/// Revenue of an investee by who paid: "cash", "credits" or "breakage".
using ByFunding = std::map<std::string, Decimal>;

/// Who paid for what a revenue account holds.
std::string funding_of(const Account& account);

Decimal sum_of(const ByFunding& revenue);
Decimal cash_of(const ByFunding& revenue);

/// What the book holds of its investees, period by period.
class HeldRevenue {
 public:
  HeldRevenue(const BookView& view, OriginView by);

  ByFunding in(PeriodRange range, const std::string& investee) const;
  /// Whose revenue counts: investees of deals signed by the end of the range, and who else has
  /// revenue in it or in the range a year before.
  std::set<std::string> investees_of(PeriodRange range) const;
  /// The first period in which the book holds revenue of the investee.
  std::optional<Period> first_of(const std::string& investee) const;
  std::optional<Period> book_begin() const;

 private:
  struct HeldCell {
    Period period;
    std::string funding;
    Decimal amount;
  };
  const BookState& state_;
  std::map<std::string, std::vector<HeldCell>> cells_;
};

/// What an investee's accounts brought a year ago: what the book holds from its first revenue on,
/// and the imported base before that, or one that fills the whole range. Where there is no base,
/// zero if the book had begun by then; else nothing is known. A base is cash, whatever it was then
/// to us.
///
/// Errors: nothing_to_report (a base in another currency than the book's).
Result<std::optional<ByFunding>> year_ago_of(const BookState& state, const HeldRevenue& held,
                                             const std::string& investee,
                                             const std::string& segment, PeriodRange range);

}  // namespace accrue
