#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "ledger/error/error.h"
#include "ledger/store/store.h"
#include "ledger/time/period.h"

namespace accrue {

/// By which period amounts are counted: the one they were booked in, or the one they belong to
/// (semantics, section 8: as reported, and by origin).
enum class OriginView { as_reported, by_origin };

/// Revenue of the range by investee, grant, kind, service and region; what is zero is left out.
/// Checks: tie 7.
Result<Report> period_report(const BookView& view, PeriodRange range, OriginView by);

/// The contract liability of every tranche whose price is received by the end of the range, and
/// its face beside it: opening plus the movements is closing. Checks: ties 2, 3 and 6.
Result<Report> rollforward_report(const BookView& view, PeriodRange range, OriginView by);

/// When the price of every grant was, and is yet to be, revenue: by the period in which it was
/// received (its vintage) and that in which it was recognised; what came before the range is one
/// row, what remains is the contract liability at its end. Checks: tie 3.
Result<Report> waterfall_report(const BookView& view, PeriodRange range, OriginView by);

/// Balances at the end of the range, of the accounts that have one. Checks: tie 1.
Result<Report> trial_balance_report(const BookView& view, PeriodRange range, OriginView by);

/// The lines of the entries posted in the range (by_origin: of those that belong to it).
/// Checks: tie 1.
Result<Report> journal_report(const Store& store, const BookView& view, PeriodRange range,
                              OriginView by);

/// What lies between the two ways of counting revenue: as reported, less each catch-up booked in
/// the range for an earlier period, plus each catch-up of the range booked after it, is by origin;
/// walked the other way with `by` by_origin. One row per record, origin, posting period, investee,
/// funding, kind and class. Checks: tie 7, for both ends.
Result<Report> bridge_report(const Store& store, const BookView& view, PeriodRange range,
                             OriginView by);

/// Which series growth is measured on; a name may be left out where the book has only one.
struct GrowthOptions {
  std::optional<std::string> segment = {};
  std::optional<std::string> basis = {};
  /// Investees whose absence alone is asked about, beside that of all.
  std::vector<std::string> excluded = {};
};

/// Whose revenue the segment's growth is made of (semantics, section 11). Checks: tie 8.
///
/// A denominator of zero or less gives no figure; an investee whose base is unknown claims nothing.
/// The cliff is what credits contribute once they have run out, all else being as it is: less all
/// that they pay now, over the segment's revenue now. Notes say when each investee's run out at
/// the present rate.
///
/// Errors: nothing_to_report (no segment revenue that fills the range or that of the year before,
///         or not in the book's currency), usage (more than one series and none chosen),
///         unknown_id (no such segment, basis or investee).
Result<Report> growth_report(const BookView& view, PeriodRange range, OriginView by,
                             const GrowthOptions& options);

/// What a replay of the book found; the caller has run it.
struct ReplayVerdict {
  bool ok = false;
  std::int64_t records = 0;
  std::string root;  ///< hexadecimal
};

/// One page of answers, each with its figure, the command behind it and a ref. What the book
/// cannot answer says what is missing. By origin, so are the commands behind it.
Result<Report> answers_report(const BookView& view, PeriodRange range, OriginView by,
                              const GrowthOptions& options, const ReplayVerdict& replay);

// Lists are reports too, so that every format prints them. They have no period unless one is given.

Result<Report> investment_list(const BookView& view);
Result<Report> grant_list(const BookView& view);

/// Who pays.
enum class Funding { credits, cash };

/// Which draws to list; what is left out admits all.
struct DrawdownFilter {
  std::optional<std::string> investee = {};
  std::optional<std::string> grant = {};  ///< T1 or moonshot/T1
  std::optional<std::string> service = {};
  std::optional<std::string> region = {};
  std::optional<std::string> sku = {};
  std::optional<Funding> funding = {};
  std::optional<PeriodRange> range = {};   ///< of the posting period
  std::optional<PeriodRange> origin = {};  ///< of the origin period
};
/// Errors: unknown_id (no such investee or grant).
Result<Report> drawdown_list(const BookView& view, DrawdownFilter filter);

/// Entries by posting period, one row each; all of them without a range.
Result<Report> entry_list(const Store& store, const BookView& view,
                          std::optional<PeriodRange> range);

/// Every period from the book's first to its last that has a posting: open, closed, or reopened.
Result<Report> period_list(const Store& store, const BookView& view);

}  // namespace accrue
