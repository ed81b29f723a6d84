#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/number/decimal.h"
#include "ledger/number/money.h"
#include "ledger/time/date.h"

namespace accrue {

/// The cost column that credits burn at (semantics, section 3).
enum class Basis { effective, contracted, list, billed };

/// When the investor receives the shares that pay for the credits (semantics, section 5).
enum class Shares { at_closing, with_tranche };

/// How rights that are never exercised become revenue.
/// Source: ASC 606-10-55-46..49; IFRS 15.B44-B47.
enum class BreakageMethod { remote, proportional };

/// The part of a face that is expected never to be drawn: an amount, or a share of the face.
struct ExpectedUnused {
  enum class Measure { amount, percent_of_face };
  Measure measure = Measure::percent_of_face;
  Decimal value;  ///< in the face's currency, or in percent (4 for "4%")

  /// In units of the face.
  Decimal of(const Decimal& face) const;
  std::string to_string() const;
};

/// Which usage a grant may pay. No list: everything. Patterns: `* ? [set] [!set]`, case-sensitive.
struct Scope {
  std::optional<std::vector<std::string>> services;
  std::optional<std::vector<std::string>> regions;
  std::optional<std::vector<std::string>> skus;

  bool is_limited() const { return services || regions || skus; }
  bool admits(std::string_view service, std::string_view region, std::string_view sku) const;
};

/// Shell-pattern match of the whole text.
bool matches_pattern(std::string_view pattern, std::string_view text);

/// A part of the credits promised, as the terms state it; on `issued_on` it becomes a grant.
struct Tranche {
  std::string id;
  Amount face;
  Date issued_on;
  std::optional<Date> begins_on;
  std::optional<Date> expires_on;  ///< the first day on which the grant pays nothing
  std::int32_t priority = 100;
  std::optional<Amount> transaction_price;
  bool bonus = false;  ///< not paid for: adds face but no price
  Scope scope;
  BreakageMethod breakage_method = BreakageMethod::remote;
  std::optional<ExpectedUnused> expected_unused;
};

/// Whose usage draws on the investment's grants, for charge times in [from, to).
struct Matching {
  std::vector<std::string> billing_accounts;
  std::vector<std::string> sub_accounts;
  std::optional<Date> from_on;
  std::optional<Date> to_on;
};

/// One deal, as its terms state it.
struct Investment {
  std::string id;
  std::string investee;
  Date signed_on;
  std::optional<Decimal> stake_percent;
  std::string influence;  ///< free of accounting effect today; printed with the deal
  std::optional<Amount> cash;
  std::optional<Amount> fair_value_of_stake;
  Decimal ssp_percent = Decimal::from_integer(100);  ///< stand-alone selling price, percent of face
  Shares shares = Shares::at_closing;
  std::optional<Decimal> fixed_rate;  ///< functional units per one unit of the deal's currency
  std::optional<Basis> basis;
  bool accept_price_above_face = false;
  Matching matching;
  std::vector<Tranche> tranches;
};

}  // namespace accrue
