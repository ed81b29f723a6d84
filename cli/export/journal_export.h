#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "accounting/posting/view.h"
#include "ledger/book/record.h"
#include "ledger/store/store.h"

namespace accrue {

/// Who recorded what, without the fact.
struct RecordHead {
  RecordKind kind = RecordKind::book_opened;
  Instant recorded_at;
  std::string author;
  std::string reason;
  std::string approved_by;  ///< empty: nobody
};

/// What every account holds once the entries of a period are posted; zeros included.
struct PeriodEnd {
  Period period;
  std::map<Account, std::int64_t> balances;
};

/// The journal of a book, or of some of its periods, as other bookkeeping programs take it.
struct JournalExport {
  std::string book_name;
  std::string book_id;
  Currency currency;
  std::optional<PeriodRange> range;  ///< none: a book without entries
  std::int64_t record_count = 0;
  std::string root;

  /// What stood before the range; accounts at zero left out.
  std::map<Account, std::int64_t> opening;
  Date opened_on;  ///< the day before the range
  std::vector<StoredEntry> entries;  ///< in order of date, then of number
  std::map<std::int64_t, RecordHead> records;  ///< of the entries
  std::map<Account, Date> accounts;  ///< with the day on which each is first used
  /// Of every period of the range that is closed or holds an entry, in order; none before the
  /// first account has been used.
  std::vector<PeriodEnd> ends;
  bool is_posted_to = false;  ///< whether anything was ever posted, in the range or not
};

/// Without a range: all periods in which anything is posted.
JournalExport gather_journal(const Store& store, const BookView& view,
                             std::optional<PeriodRange> range);

/// All of the above as text. Each checks its balances at every period's end: the file says what
/// must come out, and the program that reads it refuses where it does not.
std::string hledger_journal(const JournalExport& journal);
std::string ledger_journal(const JournalExport& journal);
std::string beancount_journal(const JournalExport& journal);

/// "12.30 USD".
std::string amount_text(const JournalExport& journal, std::int64_t minor_units);

}  // namespace accrue
