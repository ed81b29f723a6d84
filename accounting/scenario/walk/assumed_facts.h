#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "accounting/posting/books.h"
#include "accounting/scenario/scenario.h"
#include "accounting/scenario/shocks.h"
#include "ledger/credit/grant.h"
#include "ledger/error/error.h"

namespace accrue {

/// Records facts that are assumed, in a copy of a book.
class Assumptions {
 public:
  Assumptions(Books& books, const Scenario& scenario);

  /// Errors: those of Books::record.
  Result<Recorded> record(Fact fact);
  /// Closes the month; what stands against it is accepted, and noted. Errors: rate_missing.
  Result<Done> close(Period period);

  const Books& books() const { return books_; }
  std::vector<std::string>& notes() { return notes_; }

 private:
  Books& books_;
  Stamp stamp_;
  std::vector<std::string> notes_;
};

/// What a scenario assumes beside usage: rates, deals, tranches that are new or come otherwise,
/// estimates. What is assumed of a grant that only a deal not signed would bring is left out, and
/// noted. Errors: those of recording them; unknown_id.
Result<Done> assume_terms(Assumptions& assumptions, const Scenario& scenario,
                          const Shocks& shocks);

/// A grant of its own, paid for in shares on the day of its issue. Where the investee's deals in
/// its currency share a fixed rate it has the same, so that it changes no rate of theirs.
Investment extra_deal(const ExtraTranche& tranche, const BookState& state);

/// What follows a drawdown (from 0) when credits are exhausted on a day, with the scope of the
/// investee's grant that was to pay last.
ExtraTranche following_grant(std::size_t drawdown, const NewGrant& wanted,
                             const std::string& investee, Date on, const BookState& state);

}  // namespace accrue
