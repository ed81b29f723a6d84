#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "accounting/scenario/curve.h"
#include "accounting/scenario/uncertainty.h"
#include "ledger/credit/investment.h"
#include "ledger/number/decimal.h"
#include "ledger/number/money.h"
#include "ledger/time/date.h"
#include "ledger/time/period.h"

namespace accrue {

// Where a scenario starts.

/// The book as it is: all of its records.
struct FromNow {};
/// As the book stood when the period was last closed.
struct FromClose {
  Period period;
};
/// After so many records.
struct FromRecord {
  std::int64_t record = 0;
};
using ScenarioStart = std::variant<FromNow, FromClose, FromRecord>;

// What is assumed of usage.

/// What an investee's usage is made of: its part of each month's amount.
struct MixPart {
  std::string service;
  std::string sku;
  std::string region;
  Decimal share;  ///< any unit; the parts of one drawdown are taken in proportion
};

/// Usage that stops for some months, and what becomes of what was not used then.
struct Stall {
  enum class Then {
    resume,    ///< the curve goes on where it stopped: everything comes so much later
    lost,      ///< the months in between are gone
    catch_up,  ///< what was missed comes in equal parts in as many months after the stall
  };
  Period from;
  int months = 0;
  Then then = Then::lost;
};

/// What happens to usage once no grant can pay for it that once could.
struct StopUsing {};
/// So much of it goes on, paid in cash.
struct PayCash {
  Decimal percent;
};
/// Another grant is issued on the day on which the last is used up, with the same scope: shares
/// for its price are received with it. Whatever is used beyond it is paid in cash.
struct NewGrant {
  Amount face;
  std::optional<Amount> price;  ///< left out: its face
  int months = 0;               ///< of its life
};
using AfterExhaustion = std::variant<StopUsing, PayCash, NewGrant>;

/// The investee's cash: it stops using anything in the first month that its cash does not cover.
struct Runway {
  Amount cash;
  Amount burn;  ///< a month, usage paid in cash included
};

/// Usage of one investee in one currency, from the first month of the forecast on.
struct Drawdown {
  std::string name;  ///< unique in the scenario: "Lunar", or as the file says
  std::string investee;
  std::optional<std::string> grant;  ///< whose face is meant by "what is left"; else all of them
  std::string currency;              ///< empty: that of the investee's grants
  Curve curve;
  /// Volumes instead of amounts: each month's is priced by the deck, by SKU.
  std::optional<std::string> unit;
  std::vector<MixPart> mix;  ///< empty: as used in the last three months of the book
  std::vector<Decimal> seasonal_percent;  ///< twelve, January first; or none
  std::optional<Stall> stall;
  std::optional<Period> leaves;  ///< the first month without usage
  /// The part of the usage that would not be there without the investment, for growth.
  std::optional<Decimal> incremental_percent;
  AfterExhaustion after;
  std::optional<Runway> runway;
};

/// What one unit costs the investee, for drawdowns in units; of the first pattern that fits.
struct DeckPrice {
  std::string sku;  ///< shell pattern
  Amount price;
};

// What changes at a month.

/// The price of what is used moves, its volume stays; changes after one another multiply.
struct PriceChange {
  std::string sku;  ///< shell pattern
  Period from;
  Decimal percent;  ///< -50: half
};

/// What was promised comes otherwise than the terms say. Only what has not happened yet can.
struct TrancheChange {
  std::string grant;  ///< T1 or moonshot/T1
  std::optional<Date> issued_on;
  std::optional<Date> begins_on;
  std::optional<Date> expires_on;
  std::optional<std::int32_t> priority;
};

/// A tranche that nobody has promised yet: shares for its price are received with it.
struct ExtraTranche {
  std::string id;
  std::string investee;
  Amount face;
  std::optional<Amount> price;  ///< left out: its face
  Date issued_on;
  std::optional<Date> expires_on;
  std::int32_t priority = 100;
  Scope scope;
  BreakageMethod breakage_method = BreakageMethod::remote;
  std::optional<ExpectedUnused> expected_unused;
};

struct AssumedEstimate {
  std::string grant;
  ExpectedUnused expected_unused;
  Period from;
};

struct AssumedRate {
  Date on;
  Currency from;
  Decimal rate;  ///< functional units per one unit of `from`
};

/// What the provider can deliver at most in a month to all of the investees together; each is cut
/// in the same proportion.
struct CapacityCap {
  std::vector<std::string> investees;  ///< none: all
  Amount per_month;
  Period from;
  std::optional<Period> to;  ///< the last month
};

/// A deal that may be signed.
struct PipelineDeal {
  Investment investment;  ///< dates as they will be
  std::string file;
  std::string text;
  Decimal probability_percent;
};

// What is assumed of the rest.

/// Growth of a segment over the year before: of the whole, or of what investees do not bring.
struct SegmentGrowth {
  enum class Of { segment, others };
  std::string segment;
  std::string basis;
  Of of = Of::others;
  Decimal percent;
};

/// What it costs to serve usage: of each unit, or in percent of what is used at the prices before
/// any change.
struct CostRate {
  std::string sku;  ///< shell pattern
  std::variant<Decimal, Amount> rate;  ///< percent, or per unit
};

/// Facts that are assumed on top of those of a book (schema accrue.scenario/1).
struct Scenario {
  std::string name;
  std::string about;
  ScenarioStart start;
  int months = 12;
  std::vector<Drawdown> drawdowns;
  std::vector<DeckPrice> unit_prices;
  std::vector<PriceChange> price_changes;
  std::vector<TrancheChange> tranche_changes;
  std::vector<ExtraTranche> extra_tranches;
  std::vector<AssumedEstimate> estimates;
  std::vector<AssumedRate> rates;
  std::vector<CapacityCap> capacity;
  std::vector<PipelineDeal> pipeline;
  std::vector<SegmentGrowth> segments;
  std::vector<CostRate> costs;
  std::vector<Uncertainty> uncertainties;
  Decimal common_percent;  ///< of the variance of volume shocks, shared by all investees

  std::string file;    ///< its name
  std::string text;    ///< its bytes
  std::string sha256;  ///< of them, and of every file they name; hexadecimal
};

}  // namespace accrue
