#pragma once

#include <string>
#include <vector>

#include "accounting/posting/derivation.h"
#include "accounting/posting/state.h"
#include "ledger/credit/burn_down.h"
#include "ledger/store/store.h"

namespace accrue {

/// One equation of semantics, section 10, with both sides; it holds when the difference is zero.
struct Tie {
  std::string name;
  Decimal left;
  Decimal right;
  Decimal difference() const { return left - right; }
};

/// The ties that balances and draws must satisfy after every record, at each grant and in total:
/// - the trial balance sums to zero, and every entry group (posting and origin period) does;
/// - price received = recognised revenue + contract liability;
/// - face = drawn + left with both zero or more.
std::vector<Tie> check_ties(const BookState& state, const Balances& booked,
                            const DrawTotals& frozen, const DrawTotals& open);

/// Draws plus overage of every served sum from the `first` on against the sum; those that differ.
std::vector<Tie> check_served_sums(const BurnDown& served, std::size_t first);

/// Every tie of the book as it would be once what was derived is posted.
std::vector<Tie> ties_when_posted(const BookState& state, const Derivation& derivation);

/// The ties that do not hold.
std::vector<Tie> broken(const std::vector<Tie>& ties);

}  // namespace accrue
