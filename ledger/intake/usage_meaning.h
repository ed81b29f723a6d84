#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/intake/csv.h"
#include "ledger/intake/usage.h"
#include "ledger/intake/usage_columns.h"
#include "ledger/intake/usage_row.h"
#include "ledger/intake/usage_tally.h"
#include "ledger/time/zone.h"

namespace accrue::usage {

/// Where a row stands: for what is said of it.
struct RowPlace {
  CsvReader& csv;
  const Columns& columns;
  const TimeZone& zone;  ///< in whose days the length of its charge is counted
  std::int64_t file = 0;  ///< from 0, in the order of the delivery
};

/// What the rows of a delivery mean: which of them are charges, whose, and what is kept of the
/// others. Source: semantics, section 3.
class RowMeaning {
 public:
  RowMeaning(DeliveryTerms terms, const DeliveryContext& context);

  const DeliveryTerms& terms() const { return delivery_.terms; }
  /// Takes a row, or says why not; nothing of it is then counted.
  /// Errors: null_not_allowed, charge_too_long, missing_column (of a basis that a deal states).
  std::optional<Error> take(const Row& row, const RowPlace& place);

  /// What the source must decide before any of the delivery is taken, each said once with the
  /// number of rows. Errors: credit_rows_undecided, no_grant_in_currency.
  std::vector<Error> undecided() const;
  /// The delivery of all rows taken, without its files.
  Delivery finish() &&;

 private:
  struct Undecided {
    ErrorCode code;
    std::string investee;
    std::string currency;
    Error error;
    std::int64_t row_count = 0;
  };

  std::optional<Error> take_match(std::size_t number, const Row& row, const RowPlace& place);
  std::optional<Error> take_charge(std::size_t number, const Row& row, const RowPlace& place,
                                   Charge::Kind kind, Basis basis);
  void tell_charge_row(const Account& account, const Row& row, Charge::Kind kind, const Cost& cost,
                       RowAddress address, const CsvReader& csv) const;
  void keep_settled(const Account& account, const Cost& cost);
  void keep_undecided(const Account& account, const RowPlace& place, Column column, ErrorCode code,
                      std::string message, std::string hint);
  void ask_for_match(Account& account, Instant at);
  void look_at_month(Instant at);

  const DeliveryContext& context_;
  Delivery delivery_;
  Gatherer gatherer_;
  std::vector<Undecided> undecided_;
  std::set<Period> billing_periods_;
  std::optional<Period> last_billing_period_;

  // The month of the book that was last looked at.
  Period month_;
  Instant month_begin_;
  Instant month_end_;
};

}  // namespace accrue::usage
