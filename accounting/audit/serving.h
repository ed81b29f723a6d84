#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "accounting/posting/state.h"
#include "accounting/posting/target.h"
#include "ledger/credit/burn_down.h"
#include "ledger/store/store.h"

namespace accrue {

/// A charge by the record that brought it and its place there, from 1.
struct ChargeAddress {
  std::int64_t record = 0;
  std::int64_t position = 0;
  friend auto operator<=>(const ChargeAddress&, const ChargeAddress&) = default;
};

/// A charge that is part of a served sum, or reduces what is cash-funded.
struct AddressedCharge {
  ChargeAddress address;
  Charge charge;
  Period period;
};

/// Why a grant pays a charge, or does not.
enum class Eligibility { pays, out_of_scope, before_window, after_window, nothing_left };

/// A grant that could be asked to pay a sum, in the order in which they are asked.
struct Candidate {
  std::uint32_t grant = 0;  ///< index into the grants of the state
  Eligibility eligibility = Eligibility::pays;
  Decimal left;  ///< of its face, when the sum's turn came
};

/// Charges as they were served together: those that one close froze, as that close found them, or
/// those that no close has frozen. The book keeps draws as totals; here they are single again.
class Serving {
 public:
  /// What `close` froze. `now` is the book as it is asked about; the close is in force in it.
  static Serving of_close(const Store& store, const HeldClose& close);
  static Serving of_open(const Store& store, const BookState& now);

  const BookState& state() const { return state_; }  ///< in which the charges were served
  const BurnDown& served() const { return served_; }
  const DrawTotals& frozen() const { return frozen_; }
  /// Whether a sum of the period is part of this serving: a close freezes up to its own period.
  bool holds(Period origin) const { return !closing_ || origin <= *closing_; }
  /// The period in which what belongs to `origin` was booked by it.
  Period posting_of(Period origin) const {
    return closing_ ? *closing_ : state_.posting_period_of(origin);
  }
  /// The sum that a charge is part of, by its index in served().sums().
  std::optional<std::size_t> sum_of(Instant at, const ChargeKey& key) const;
  /// The charges that a sum adds up.
  std::span<const AddressedCharge> charges_of(std::size_t sum) const { return charges_[sum]; }
  std::span<const AddressedCharge> reductions() const { return reductions_; }

  /// Every grant of the investee in the currency of a sum above zero, as it stood at its turn.
  std::vector<Candidate> candidates(std::size_t sum) const;

  /// What is so in the periods that were open. Errors: rate_missing cannot occur: it was posted.
  const Target& target(const Balances& booked);

 private:
  Serving(const Store& store, BookState state, std::optional<Period> closing);
  void find_charges(const Store& store);
  void sum_draws();
  Eligibility eligibility(const Grant& grant, const ServedSum& sum, const Decimal& left) const;

  BookState state_;
  std::optional<Period> closing_;
  DrawTotals frozen_;
  BurnDown served_;
  std::map<std::pair<Instant, ChargeKey>, std::size_t> sum_numbers_;
  std::vector<std::vector<AddressedCharge>> charges_;  ///< by sum
  std::vector<AddressedCharge> reductions_;
  /// Drawn from each grant before the sums 0, 1,024, 2,048, ...
  std::vector<std::vector<Decimal>> drawn_before_;
  std::optional<Target> target_;
};

}  // namespace accrue
