#pragma once

#include <string>
#include <vector>

#include "accounting/posting/state.h"
#include "ledger/intake/facts.h"
#include "ledger/intake/usage.h"
#include "ledger/time/period.h"

namespace accrue {

/// How the book holds a month that a provider speaks of.
enum class BookSide { before_book, open, closed };

BookSide book_side_of(Period period, const BookState& state);

/// What the provider says is closed and the book still holds open, in order of (period, issuer).
std::vector<ProviderPeriod> closed_by_provider(const BookState& state);

/// What is said of a month that is about to close, or was closed, while a provider still adds to
/// its bill, in order of issuer.
std::vector<ProviderPeriod> open_at_provider(const BookState& state, Period period);

/// warning[provider_closed] or warning[provider_open], by the status of `period`.
Warning warning_of(const ProviderPeriod& period);

/// What a Billing Period file says that the book does not hold yet.
struct ProviderNews {
  /// All rows of the file but those that are older than what the book holds; none when the rest
  /// equals what it holds.
  std::vector<ProviderPeriod> rows;
  /// provider_reopened: closed before, open now. provider_older: a row that was left out.
  std::vector<Warning> warnings;
};

ProviderNews news_of(std::vector<ProviderPeriod> rows, const BookState& state);

}  // namespace accrue
