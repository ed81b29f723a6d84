#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "accounting/posting/books.h"
#include "accounting/posting/thresholds.h"
#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "cli/summary.h"
#include "ledger/credit/replacement.h"
#include "ledger/intake/usage.h"

namespace accrue {

/// Who pays for the charges of a delivery, by currency.
struct PaidBy {
  std::map<std::string, Decimal> drawn;    ///< grants, net
  std::map<std::string, Decimal> overage;  ///< cash: the rest
};

/// What one `import usage` read and caused.
struct ImportSummary {
  std::string book_id = {};
  AsOf as_of = {};
  Currency functional;
  std::int64_t record = 0;
  /// Records written: one, or none by a dry run or where nothing changed.
  std::int64_t record_count = 0;
  std::vector<UsageFile> files = {};
  std::map<std::string, std::map<std::string, RowsAndAmount>> by_category = {};  ///< FOCUS name, currency
  std::map<std::string, std::map<std::string, RowsAndAmount>> by_account = {};
  std::map<std::string, RowsAndAmount> other_customers = {};  ///< by currency
  /// At the moment of the import; later facts move it, so that no record keeps it.
  PaidBy paid_by = {};
  std::map<std::string, Decimal> crossing = {};  ///< by currency
  std::int64_t charge_count = 0;
  CatchUpClass catch_up = CatchUpClass::new_information;
  /// The earlier deliveries of the source with bills that this one stands for.
  std::vector<std::int64_t> replaced_records = {};
  std::int64_t quarantined_count = 0;
  std::string quarantine_file = {};  ///< empty where no rows were set aside
  std::vector<Warning> warnings = {};
  std::vector<Notice> notices = {};
  std::vector<PostedSum> posted = {};
  DeliveryMode mode = DeliveryMode::append;
  /// Of a delivery that replaces: the lines it changed.
  std::vector<ReplacedLine> replaced = {};
};

ImportSummary summarise(const Books& books, const Delivery& delivery,
                        const std::vector<Warning>& warnings, const Recorded& recorded,
                        RunMode mode);

/// What a record of the book says it read, with the charges it brought and what it drew when it
/// came.
ImportSummary summarise(const BookView& view, const Delivery& delivery, const Record& record,
                        std::span<const Charge> charges, const DrawTotals& drawn);

/// One row per figure: what it is, of what, currency, rows, amount.
Report import_report(const ImportSummary& summary);

/// The envelope accrue.import.usage/1.
std::string import_json(const ImportSummary& summary);

std::string_view focus_name(ChargeCategory category);

}  // namespace accrue
