#include "accounting/posting/provider_periods.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace accrue {

namespace {

using Status = ProviderPeriod::Status;

const ProviderPeriod* held_of(const ProviderPeriod& row, const BookState& state) {
  const auto held = state.provider_periods.find({row.issuer, row.period});
  return held == state.provider_periods.end() ? nullptr : &held->second;
}

std::string bill_of(const ProviderPeriod& row) {
  return row.issuer + "'s bill of " + row.period.to_string();
}

/// An optional instant for a message, with what the file calls it.
std::string updated(const ProviderPeriod& row) {
  return row.updated_at ? ", updated " + row.updated_at->to_string() : "";
}

}  // namespace

BookSide book_side_of(Period period, const BookState& state) {
  if (!state.closes.empty() && period <= state.closes.back().period &&
      period >= state.first_period.value_or(period)) {
    return BookSide::closed;
  }
  const std::optional<Period> through = state.closed_through();
  const std::optional<Period> first_open = through ? std::optional{through->next()} : state.earliest;
  return first_open && period >= *first_open ? BookSide::open : BookSide::before_book;
}

std::vector<ProviderPeriod> closed_by_provider(const BookState& state) {
  std::vector<ProviderPeriod> list;
  for (const auto& [key, row] : state.provider_periods) {
    if (row.status == Status::closed && book_side_of(row.period, state) == BookSide::open) {
      list.push_back(row);
    }
  }
  std::sort(list.begin(), list.end(), [](const ProviderPeriod& a, const ProviderPeriod& b) {
    return std::tie(a.period, a.issuer) < std::tie(b.period, b.issuer);
  });
  return list;
}

std::vector<ProviderPeriod> open_at_provider(const BookState& state, Period period) {
  std::vector<ProviderPeriod> list;
  for (const auto& [key, row] : state.provider_periods) {
    if (row.status == Status::open && row.period == period) list.push_back(row);
  }
  return list;
}

Warning warning_of(const ProviderPeriod& period) {
  if (period.status == Status::closed) {
    return {"provider_closed",
            bill_of(period) + " is Closed, and the book holds the month open" + updated(period),
            {},
            1};
  }
  return {"provider_open",
          bill_of(period) + " is still Open: usage of the month may yet come" + updated(period),
          {},
          1};
}

ProviderNews news_of(std::vector<ProviderPeriod> rows, const BookState& state) {
  ProviderNews news;
  bool says_more = false;
  for (ProviderPeriod& row : rows) {
    const ProviderPeriod* const held = held_of(row, state);
    if (held != nullptr && held->updated_at && row.updated_at &&
        *row.updated_at < *held->updated_at) {
      news.warnings.push_back({"provider_older",
                               "the file's word on " + bill_of(row) + " is left out" +
                                   updated(row) + "; the book holds a later one" + updated(*held),
                               {},
                               1});
      continue;
    }
    if (held != nullptr && held->status == Status::closed && row.status == Status::open) {
      news.warnings.push_back({"provider_reopened",
                               bill_of(row) + " was Closed" + updated(*held) + ", and is Open now" +
                                   updated(row) +
                                   ": FOCUS has that only where the customer asked for it",
                               {},
                               1});
    }
    says_more = says_more || held == nullptr || *held != row;
    news.rows.push_back(std::move(row));
  }
  if (!says_more) news.rows.clear();
  return news;
}

}  // namespace accrue
