#include "accounting/report/investee_revenue.h"

#include <algorithm>

#include "accounting/report/frame.h"
#include "accounting/report/series.h"

namespace accrue {

namespace {

/// The imported base of an investee in a range, if its months and quarters fill it.
Result<std::optional<Decimal>> base_in(const BookState& state, const std::string& investee,
                                       const std::string& segment, PeriodRange range) {
  std::vector<PeriodRange> spans;
  std::vector<const BaseRevenue*> rows;
  for (const BaseRevenue& row : state.bases) {
    if (row.investee != investee || row.segment != segment) continue;
    spans.push_back(row.period);
    rows.push_back(&row);
  }
  const auto tiles = tile(range, spans);
  if (!tiles) return std::optional<Decimal>{};
  Decimal sum;
  for (const std::size_t i : *tiles) {
    if (rows[i]->currency != state.functional()) {
      return Error{.code = ErrorCode::nothing_to_report,
                   .message = "base revenue of " + investee + " is in " +
                              std::string{rows[i]->currency.code()} +
                              ", the book is kept in " + std::string{state.functional().code()},
                   .hint = "import the base in the book's currency"};
    }
    sum += rows[i]->revenue;
  }
  return std::optional{sum};
}

}  // namespace

std::string funding_of(const Account& account) {
  if (account.grant.empty()) return "cash";
  return account.kind == RevenueKind::breakage ? "breakage" : "credits";
}

Decimal sum_of(const ByFunding& revenue) {
  Decimal sum;
  for (const auto& [funding, amount] : revenue) sum += amount;
  return sum;
}

Decimal cash_of(const ByFunding& revenue) {
  const auto found = revenue.find("cash");
  return found == revenue.end() ? Decimal{} : found->second;
}

HeldRevenue::HeldRevenue(const BookView& view, OriginView by) : state_{view.state} {
  for (const auto& [key, amount] : view.balances) {
    const Account& account = key.account;
    if (account.role != AccountRole::revenue || amount == 0) continue;
    cells_[account.investee].push_back(
        {counted_in(by, key), funding_of(account),
         Decimal::from_scaled(-amount, state_.functional().minor_digits())});
  }
}

ByFunding HeldRevenue::in(PeriodRange range, const std::string& investee) const {
  ByFunding sums;
  const auto found = cells_.find(investee);
  if (found == cells_.end()) return sums;
  for (const HeldCell& cell : found->second) {
    if (range.contains(cell.period)) sums[cell.funding] += cell.amount;
  }
  return sums;
}

std::set<std::string> HeldRevenue::investees_of(PeriodRange range) const {
  std::set<std::string> names;
  for (const HeldInvestment& held : state_.investments) {
    if (Period::of(held.investment.signed_on) <= range.last) {
      names.insert(held.investment.investee);
    }
  }
  for (const auto& [name, cells] : cells_) {
    for (const HeldCell& cell : cells) {
      if (range.contains(cell.period) || range.year_ago().contains(cell.period)) {
        names.insert(name);
      }
    }
  }
  return names;
}

std::optional<Period> HeldRevenue::first_of(const std::string& investee) const {
  std::optional<Period> first;
  if (const auto found = cells_.find(investee); found != cells_.end()) {
    for (const HeldCell& cell : found->second) {
      first = std::min(first.value_or(cell.period), cell.period);
    }
  }
  return first;
}

std::optional<Period> HeldRevenue::book_begin() const {
  return state_.first_period ? state_.first_period : state_.earliest;
}

Result<std::optional<ByFunding>> year_ago_of(const BookState& state, const HeldRevenue& held,
                                             const std::string& investee,
                                             const std::string& segment, PeriodRange range) {
  const std::optional<Period> first = held.first_of(investee);
  if (first && *first <= range.first) return std::optional{held.in(range, investee)};
  if (first && *first <= range.last) {
    ACCRUE_TRY(before, base_in(state, investee, segment, {range.first, first->previous()}));
    if (before) {
      ByFunding revenue = held.in(range, investee);
      revenue["cash"] += *before;
      return std::optional{revenue};
    }
  }
  ACCRUE_TRY(base, base_in(state, investee, segment, range));
  if (base) return std::optional{ByFunding{{"cash", *base}}};
  const std::optional<Period> begin = held.book_begin();
  if (begin && *begin <= range.first) return std::optional{held.in(range, investee)};
  return std::optional<ByFunding>{};
}

}  // namespace accrue
