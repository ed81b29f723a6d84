#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "accounting/report/report.h"
#include "accounting/scenario/questions/walks.h"
#include "ledger/error/error.h"
#include "ledger/number/decimal.h"

namespace accrue {

/// The values that one key takes.
struct VariedSteps {
  VariedKey key;
  std::vector<Decimal> values;
};

inline constexpr std::size_t most_grid_runs = 10'000;

/// Reads KEY=FROM..TO:STEP, or KEY=VALUE: from, and each step after it that is not above `to`.
/// Errors: bad_value, bad_decimal, those of parse_varied_key.
Result<VariedSteps> parse_varied_steps(std::string_view text);

/// The columns that the keys of a grid get: letters, digits and `_`, each once, that begin with
/// the word of the key: volume, price_h100, delay_t2.
std::vector<std::string> grid_columns(const std::vector<VariedSteps>& steps);

/// Every combination of the values, walked; the last key moves fastest. A report "scenario-grid"
/// of tidy rows: run, period, a column per key, and the figures of the month.
///
/// Errors: bad_value (no key, a key twice, more than 10,000 runs); those of vary() and of the
///         walk, with the values at which they came.
Result<Report> grid_report(const Scenario& scenario, const std::vector<VariedSteps>& steps,
                           const Walk& walk, const WalkProgress& progress = {});

}  // namespace accrue
