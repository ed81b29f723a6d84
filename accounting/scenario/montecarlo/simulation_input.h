#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "accounting/scenario/montecarlo/shock_plan.h"
#include "accounting/scenario/scenario.h"
#include "accounting/scenario/walk/forecast.h"
#include "accounting/scenario/walk/starting_book.h"
#include "ledger/error/error.h"
#include "ledger/time/period.h"

namespace accrue {

// A scenario as arrays that a simulation goes through again and again. Days and months count from
// the first of the forecast; amounts are minor units of the currency of the wallet they are in, or
// of the functional currency where that is said.

inline constexpr int never = std::numeric_limits<int>::max();

/// When a grant pays, and what for: one for each month by which it can be late.
struct GrantWindow {
  int begin_day = 0;
  int end_day = never;  ///< the first day on which it pays nothing
  int issued_month = 0;
  int received_month = 0;
  int expiry_month = never;
  double price = 0;  ///< functional
};

struct SimulatedGrant {
  std::string id;
  std::size_t wallet = 0;
  std::optional<std::size_t> delay;  ///< in the plan of shocks
  std::optional<std::size_t> deal;   ///< in the plan of shocks
  double face = 0;
  double drawn = 0;                    ///< before the first month
  double recognised_usage = 0;         ///< before the first month; functional
  double recognised_breakage = 0;      ///< so too
  std::vector<double> known_drawn;     ///< by month, of what the book knows
  std::vector<double> expected_drawn;  ///< by month: its face less what is expected unused
  std::vector<GrantWindow> windows;    ///< by months of delay; at least one
};

/// A grant that an investee gets when nothing is left, by the day on which it does. When it is
/// tried depends on when it ends: each of its places in the order of paying is a grant of its own
/// here, of which one is issued at most.
struct SimulatedNewGrant {
  struct Issue {
    std::size_t grant = 0;
    GrantWindow window;
  };
  std::vector<Issue> by_day;
};
/// The part of the usage that goes on in cash once nothing is left; zero for none.
struct PaidInCash {
  double part = 0;
};

struct SimulatedDrawdown {
  std::size_t investee = 0;
  std::vector<std::size_t> flows;
  std::variant<PaidInCash, SimulatedNewGrant> after;
  int first_day = 0;  ///< before it the book knows all usage
  /// Where its curve divides what is left: face left when no uncertain deal is signed, and by deal.
  std::optional<double> left;
  std::vector<double> left_of_deals;
  /// Deals of the investee where all of them are uncertain: without one it uses nothing.
  std::vector<std::size_t> needs_a_deal;
};

struct SimulatedFlow {
  std::size_t drawdown = 0;
  std::optional<std::size_t> volume;   ///< column of the plan of shocks
  std::optional<std::size_t> price;    ///< so too
  std::vector<double> amount;          ///< by month, before shocks
};

/// Flows of a wallet with one key, served as one.
struct SimulatedKey {
  std::vector<std::size_t> flows;
  std::vector<std::size_t> payers;  ///< grants in scope, in the order of paying
};

/// The grants of an investee in one currency, and what may draw on them.
struct SimulatedWallet {
  std::size_t investee = 0;
  std::vector<std::size_t> grants;  ///< in the order of paying
  std::vector<SimulatedKey> keys;   ///< in the order of serving
  bool has_one_scope = true;        ///< whether all keys have the same payers
  std::vector<double> rate_of_day;  ///< functional minor units per minor unit
  std::vector<double> rate_of_month;  ///< the mean of its days
};

struct SimulatedInvestee {
  std::string name;
  std::optional<std::size_t> stop;  ///< in the plan of shocks
  std::vector<double> known_cash;   ///< revenue by month of what the book knows; functional
};

struct SimulatedCap {
  std::vector<std::size_t> flows;
  std::vector<double> most;  ///< by month; infinite where there is none
};

/// A span of months whose segment revenue is known or assumed.
struct SimulatedSpan {
  std::string segment;
  std::string basis;
  PeriodRange range;
  SegmentGrowth::Of of = SegmentGrowth::Of::others;
  double growth = 0;  ///< as a part, not in percent
  int first_month = 0;  ///< below zero where it begins before the forecast
  int last_month = 0;
  std::vector<double> known;  ///< by investee: of its months before the forecast; functional
  /// Revenue of the segment when it is known: nothing is assumed of it then.
  std::optional<double> revenue;
  /// The same span a year before, where that is assumed itself; else what the book holds.
  std::optional<std::size_t> year_ago_span;
  double year_ago_revenue = 0;
  /// Of investees a year before, up to the forecast, where it is known; the months of that span
  /// that are in the forecast are added.
  std::vector<std::optional<double>> year_ago;
};

struct SimulationInput {
  PeriodRange months;
  std::vector<int> first_days;  ///< by month, and one more: the day after the last
  int minor_digits = 2;         ///< of the functional currency
  std::optional<int> face_digits;  ///< minor digits of the one currency of all credits
  ShockPlan shocks;
  std::vector<SimulatedInvestee> investees;
  /// Revenue by month that the book knows of those who have no deal; functional.
  std::vector<double> known_cash_of_others;
  std::vector<SimulatedWallet> wallets;
  std::vector<SimulatedGrant> grants;
  std::vector<SimulatedDrawdown> drawdowns;
  std::vector<SimulatedFlow> flows;
  std::vector<SimulatedCap> caps;
  std::vector<SimulatedSpan> spans;  ///< in order of (segment, basis, range)

  std::vector<std::string> notes;  ///< what the scenario assumes, as its exact walk says
  std::int64_t start_records = 0;
  std::string start_root;  ///< hexadecimal

  std::size_t month_count() const { return static_cast<std::size_t>(months.month_count()); }
};

/// What a simulation of a scenario needs, learned from an exact walk in which every deal is signed
/// and nothing is assumed to be used: months, plans, grants, prices and estimates are those of the
/// engine itself.
///
/// Errors: those of walk; unsupported_term (what the paths can change and the loop cannot follow).
Result<SimulationInput> simulation_input(const Scenario& scenario, const StartingBook& start);

}  // namespace accrue
