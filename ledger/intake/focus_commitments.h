#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/intake/usage.h"
#include "ledger/number/currency.h"
#include "ledger/number/decimal.h"
#include "ledger/time/date.h"

namespace accrue {

/// A row of a FOCUS Contract Commitment file.
struct Commitment {
  std::int64_t line = 0;
  std::string id = {};
  std::string category = {};  ///< "Spend", "Usage", or what else the file says
  /// In the billing currency; none where the commitment is stated as a quantity only.
  std::optional<Decimal> cost = {};
  std::string cost_text = {};  ///< as it is written
  Currency currency;
  Instant begin_at = {};
  Instant end_at = {};      ///< the first instant outside
  std::string status = {};  ///< of its life: "Active", "Superseded" ...; empty where the file says none
  std::string model = {};   ///< "Continuous": what is not used in an interval is lost; may be empty
  /// What else the file states, by column, in the order of the standard; nulls are left out.
  std::vector<std::pair<std::string_view, std::string>> stated = {};
};

/// A contract with its commitments, in the order of the file.
struct Contract {
  std::string id;
  std::optional<Instant> begin_at;
  std::optional<Instant> end_at;
  std::vector<Commitment> commitments;
};

struct CommitmentsReading {
  std::vector<Contract> contracts;  ///< in the order of the file
  std::vector<Warning> warnings;
};

/// Reads a FOCUS Contract Commitment file, CSV or CSV.gz, of version 1.3 or 1.4. Enumerations are
/// open: a value that FOCUS does not list is kept as it is, with a warning.
///
/// Warnings: column_case, value_case, unknown_value.
/// Errors:   those of focus::Feed; of rows: null_not_allowed, bad_decimal, decimal_too_wide,
///           bad_date, bad_currency, empty_interval, duplicate_id (two rows of one commitment
///           differ), ragged_row.
/// Source:   FOCUS 1.3 and 1.4, Contract Commitment.
Result<CommitmentsReading> read_commitments(const std::string& path);

}  // namespace accrue
