#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/credit/charge.h"
#include "ledger/credit/matching.h"
#include "ledger/error/error.h"
#include "ledger/intake/facts.h"
#include "ledger/time/zone.h"

namespace accrue {

/// What the Credit rows of a matched account mean (semantics, section 3).
enum class CreditRows { settles, reduces };

/// What to do with rows that cannot be read.
enum class OnError { stop, quarantine };

/// Slash dates in FOCUS files are refused unless the source declares their order.
enum class SlashDates { refused, month_first, day_first };

/// Whether a delivery adds to what stands, or stands for every charge that file deliveries of its
/// source left in its billing periods (semantics, section 3).
enum class DeliveryMode { append, replace };

/// A map file as it was given: how columns of another format are read (ledger/intake/usage_map.h).
struct MapFile {
  std::string name;
  std::string text;
  friend bool operator==(const MapFile&, const MapFile&) = default;
};

/// How a delivery is to be read.
struct DeliveryTerms {
  std::string source = "usage";
  Basis basis = Basis::effective;
  std::optional<CreditRows> credit_rows = std::nullopt;
  OnError on_error = OnError::stop;
  SlashDates slash_dates = SlashDates::refused;
  /// Charges in a currency for which the investee has no grant are accepted in these (codes).
  std::vector<std::string> overage_currencies = {};
  /// For files without a BillingCurrency column; said in a warning when used.
  std::string absent_currency = {};
  /// None: the files are FOCUS.
  std::optional<MapFile> map = std::nullopt;
};

struct RowsAndAmount {
  std::int64_t row_count = 0;
  Decimal amount;
  friend bool operator==(const RowsAndAmount&, const RowsAndAmount&) = default;
};

/// One file of a delivery: the evidence.
struct UsageFile {
  std::string name;    ///< without folders
  std::string sha256;  ///< 32 bytes
  std::int64_t byte_count = 0;
  std::int64_t row_count = 0;          ///< all rows below the header, refused ones too
  std::int64_t quarantined_count = 0;  ///< of them
};

/// Rows set aside in all of the files.
std::int64_t quarantined_count(std::span<const UsageFile> files);

/// Where a row stands: the file from 0 in the order of the delivery, the line from 1.
struct RowAddress {
  std::int64_t file = 0;
  std::int64_t line = 0;
  friend auto operator<=>(const RowAddress&, const RowAddress&) = default;
};

/// Where the rows of a charge stand: all of them from the first on to the last.
struct RowSpan {
  RowAddress first;
  RowAddress last;
  friend bool operator==(const RowSpan&, const RowSpan&) = default;
};

/// What a delivery says, ready to be recorded. Every row of its files is counted by category and
/// currency, whether it became a charge or not.
struct Delivery {
  DeliveryTerms terms;
  DeliveryMode mode = DeliveryMode::append;
  CatchUpClass catch_up = CatchUpClass::new_information;  ///< of what falls in closed periods
  std::vector<UsageFile> files;
  /// Sorted by (at, key, kind, category, class, billing period), one of each.
  std::vector<Charge> charges;
  /// Of each charge, in their order; none of a delivery that was not read from files.
  std::vector<RowSpan> rows_of_charges = {};
  std::map<std::pair<ChargeCategory, std::string>, RowsAndAmount> by_category;  ///< with currency
  /// (billing account, currency): the whole delivery, in the basis column.
  std::map<std::pair<std::string, std::string>, RowsAndAmount> by_account;
  struct OtherKey {
    std::string billing_account;
    Period period;
    std::string currency;
    friend auto operator<=>(const OtherKey&, const OtherKey&) = default;
  };
  /// Usage that matches no investee: no charges, totals only.
  std::map<OtherKey, RowsAndAmount> other_customers;
  /// Credit rows of matched accounts where the source's credit rows settle: compared, not booked.
  std::map<std::pair<std::string, std::string>, RowsAndAmount> settled;  ///< (investee, currency)
  /// By currency: charges whose charge period crosses a month end of the book. One that ends at
  /// the month end does not.
  std::map<std::string, Decimal> crossing;
  /// Billing periods of the rows and those named with the command, in order: the month that holds the middle of the first 28 days,
  /// so that a bill cut in another zone than the book's keeps its month.
  std::vector<Period> billing_periods;
};

/// A warning said once with the place of its first row and how often it stood.
struct Warning {
  std::string code;
  std::string message;
  Place first;
  std::int64_t count = 0;
};

/// A row that became part of a charge.
struct ChargeRow {
  RowAddress address;
  Charge charge;     ///< of this row alone
  std::string text;  ///< as it stands in the file
};

/// What reading a delivery needs to know of the book.
struct DeliveryContext {
  const AccountMatcher& matcher;
  const TimeZone& zone;
  /// Whether the investee has a grant whose face is in the currency (its code).
  std::function<bool(const std::string& investee, const std::string& currency)> has_grant;
  /// Called now and then with bytes read so far of all bytes; may be empty.
  std::function<void(std::int64_t read, std::int64_t all)> progress;
  /// Called for each row that becomes part of a charge; may be empty.
  std::function<void(const ChargeRow& row)> charge_row = {};
};

struct DeliveryReading {
  Delivery delivery;
  std::vector<Warning> warnings;
  /// With on_error quarantine: the rows refused as CSV, `file,line,code,message,row`, the last
  /// being the row's own text; empty when there are none.
  std::string quarantine_csv;
};

/// Reads usage files as one delivery: FOCUS Cost and Usage, versions 1.0 to 1.4, or, when the
/// terms have a map, what the map says.
///
/// Warnings: column_case, value_case, loose_number, absent_account, absent_currency.
/// Errors: with on_error stop, one per row refused up to 20 and then their number: bad_decimal,
///         decimal_too_wide, bad_date, bad_currency, null_not_allowed, not_allowed_value,
///         empty_interval, ragged_row, charge_too_long. Whatever the mode, once each, with the
///         place of the first row and the number of rows: credit_rows_undecided,
///         no_grant_in_currency (per investee and currency). Whatever the mode, and ending the
///         reading: those of read_usage_map, missing_column, duplicate_column, wrong_dataset,
///         empty_file, bad_quoting, bad_encoding, bad_gzip, file_unreadable, already_imported (two
///         paths of one content).
Result<DeliveryReading> read_usage(const std::vector<std::string>& paths, DeliveryTerms terms,
                                   const DeliveryContext& context);

}  // namespace accrue
