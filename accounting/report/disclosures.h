#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accounting/posting/view.h"
#include "accounting/report/forecast_choice.h"
#include "accounting/report/report.h"
#include "accounting/report/reports.h"
#include "ledger/error/error.h"
#include "ledger/time/period.h"

// What a filing discloses about contracts with investees, one report each.

namespace accrue {

/// What revenue is split by.
enum class Dimension { service, sku, region, funding, grant, investee };

std::string_view to_string(Dimension dimension);

/// Revenue of the range by one dimension. SKUs share what their service and region earned from a
/// grant, or in cash, in proportion to what they drew; what no draw explains (breakage, a cent of
/// rounding) has none. Checks: the parts are the revenue of the period report.
///
/// Source: ASC 606-10-50-5..7; IFRS 15.114.
Result<Report> disaggregation_report(const BookView& view, PeriodRange range, OriginView by,
                                     Dimension dimension);

/// Contract liability and unbilled receivable, opening and closing, layer by layer, a grant being a
/// layer; how much of the revenue was in the opening liability; and which part of the closing is
/// current, by the forecast (left out: the one named at the close).
/// Checks: tie 6 for both balances.
///
/// Errors: those of forecast_in_force.
/// Source: ASC 606-10-50-8..10; IFRS 15.116-118.
Result<Report> contract_balances_report(const BookView& view, PeriodRange range, OriginView by,
                                        const std::optional<ForecastChoice>& forecast);

/// Per grant: method, estimate in force, breakage of the range (from use, from changed estimates,
/// at expiry) and to date, and what came of it: face that expired undrawn.
/// Checks: breakage = that of the roll-forward.
///
/// Source: ASC 606-10-55-46..49, 606-10-50-12A; IFRS 15.B44-B47.
Result<Report> breakage_report(const BookView& view, PeriodRange range, OriginView by);

/// Per investment, what was agreed and where it stands at the end of the range: a row for the deal
/// (without a grant) and one for each tranche. Face, stand-alone price and fair value less cash are
/// side by side; what is odd about a price is flagged, and none of them chosen.
/// Checks: ties 2 and 3; cash agreed = cash paid.
///
/// Source: ASC 606-10-32-21..27, 606-10-32-31..33; IFRS 15.66-72, 15.76-77.
Result<Report> deal_report(const BookView& view, PeriodRange range, OriginView by);

/// Which series of segment revenue investees are measured against.
struct ConcentrationOptions {
  std::optional<std::string> segment = {};
  std::optional<std::string> basis = {};
  /// The segment whose series is the revenue of the entity as a whole.
  std::optional<std::string> entity = {};
};

/// Each investee's revenue of the range, as a part of the segment's and of the entity's, and
/// whether it is ten percent or more of them, by the exact ratio. A whole of zero or less, or an
/// entity that is not named, gives no figure. Where no segment is named it may be the only one
/// beside the entity; of several series of the entity the one named as the segment's counts.
/// Checks: revenue of investees = revenue accounts.
///
/// Errors: nothing_to_report, usage, unknown_id, as growth_report.
/// Source: ASC 280-10-50-42; IFRS 8.34.
Result<Report> concentration_report(const BookView& view, PeriodRange range, OriginView by,
                                    const ConcentrationOptions& options);

/// Per investee: the relationship, transactions of the range, balances at its end, terms. It does
/// not say that they are those of dealings at arm's length.
/// Checks: the contract liability moved by credits promised and revenue.
///
/// Source: ASC 850-10-50-1..6; IAS 24.18.
Result<Report> related_party_report(const BookView& view, PeriodRange range, OriginView by);

/// Investing that took no cash, and the part of revenue that brings none.
/// Checks: the investment account moved by cash paid and credits promised; tie 7.
///
/// Source: ASC 230-10-50-3..6; IAS 7.43-44.
Result<Report> cash_flow_report(const BookView& view, PeriodRange range, OriginView by);

/// Per grant and month of the range: face at its begin, granted, drawn, expired, left at its end,
/// and when it expires. Checks: tie 2.
Result<Report> burn_down_report(const BookView& view, PeriodRange range, OriginView by);

}  // namespace accrue
