#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "accounting/posting/books.h"
#include "accounting/report/report.h"
#include "cli/context.h"

namespace accrue {

/// What of an entry's lines is shown together: an account without service and region.
struct PostedSum {
  Period posting_period;
  Period origin_period;
  std::string account;
  std::int64_t amount_minor_units = 0;  ///< debit above zero
};

/// What a record posted, summed, in order of (posting period, origin period, account).
std::vector<PostedSum> posted_sums(const std::vector<Entry>& entries);

/// A report with a book's id, currency and the records it holds. After a dry run those are the
/// ones that were there before.
Report start_summary(const Books& books, std::string name, std::string title);

/// What a writing command did, for all commands but `import usage`: the entries it caused, as sums
/// by account.
Report posted_report(const Books& books, std::string name, std::string title,
                     const Recorded& recorded);

/// Says on standard error which record was written and the root over it, or that none was.
void say_recorded(const Context& context, const Recorded& recorded);

/// A text; nothing for an empty one.
Cell cell_of(const std::string& text);

Figure money(const BookState& state, std::int64_t minor_units);
Figure money_of(std::int64_t minor_units, Currency currency);

}  // namespace accrue
