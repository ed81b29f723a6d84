#include "accounting/posting/state.h"

#include <algorithm>

#include "accounting/posting/fixed_rate.h"
#include "ledger/book/codec.h"
#include "ledger/credit/matching.h"
#include "ledger/error/suggest.h"

namespace accrue {

BookState::BookState(BookOpened book, TimeZone time_zone, Instant opened_at)
    : opened{std::move(book)},
      zone{std::move(time_zone)},
      last_recorded_at{opened_at},
      first_period{opened.first_period} {}

std::optional<Period> BookState::closed_through() const {
  if (!closes.empty()) return closes.back().period;
  if (first_period) return first_period->previous();
  return std::nullopt;
}

bool BookState::is_closed(Period period) const {
  const std::optional<Period> through = closed_through();
  return through && period <= *through;
}

Period BookState::posting_period_of(Period origin) const {
  return is_closed(origin) ? closed_through()->next() : origin;
}

bool BookState::is_frozen(std::int64_t record, Period period) const {
  return !closes.empty() && record < closes.back().record && period <= closes.back().period;
}

const HeldGrant* BookState::find_grant(std::string_view id) const {
  const auto found = std::find_if(grants.begin(), grants.end(),
                                  [&](const HeldGrant& held) { return held.grant.id == id; });
  return found == grants.end() ? nullptr : &*found;
}

const HeldInvestment* BookState::find_investment(std::string_view id) const {
  const auto found =
      std::find_if(investments.begin(), investments.end(),
                   [&](const HeldInvestment& held) { return held.investment.id == id; });
  return found == investments.end() ? nullptr : &*found;
}

const HeldCheckpoint* BookState::find_checkpoint(std::int64_t record) const {
  const auto found =
      std::find_if(checkpoints.begin(), checkpoints.end(),
                   [&](const HeldCheckpoint& held) { return held.record == record; });
  return found == checkpoints.end() ? nullptr : &*found;
}

std::vector<VerifierKey> BookState::verifier_keys() const {
  std::vector<VerifierKey> list;
  for (const HeldKey& held : keys) list.push_back(held.key);
  return list;
}

const HeldDelivery* BookState::find_delivery(std::int64_t record) const {
  const auto found = std::lower_bound(
      deliveries.begin(), deliveries.end(), record,
      [](const HeldDelivery& held, std::int64_t wanted) { return held.record < wanted; });
  return found == deliveries.end() || found->record != record ? nullptr : &*found;
}

Result<const HeldGrant*> BookState::grant_named(std::string_view name) const {
  if (const HeldGrant* held = find_grant(name)) return held;
  std::vector<std::string_view> known;
  for (const HeldGrant& held : grants) {
    if (held.grant.investment + "/" + held.grant.tranche == name) return &held;
    known.push_back(held.grant.id);
  }
  const std::optional<std::string> near = suggest(name, known);
  return Error{.code = ErrorCode::unknown_id,
               .message = "no grant '" + std::string{name} + "'",
               .hint = near ? "did you mean '" + *near + "'?" : "see accrue grant list"};
}

std::vector<Grant> BookState::grant_list() const {
  std::vector<Grant> list;
  for (const HeldGrant& held : grants) list.push_back(held.grant);
  return list;
}

std::vector<Investment> BookState::investment_list() const {
  std::vector<Investment> list;
  for (const HeldInvestment& held : investments) list.push_back(held.investment);
  return list;
}

Decimal BookState::expected_unused(const Grant& grant, Period period) const {
  if (grant.breakage_method == BreakageMethod::remote) return Decimal{};
  const HeldEstimate* holding = nullptr;
  for (const HeldEstimate& estimate : estimates) {
    if (estimate.grant != grant.id || period < estimate.from) continue;
    if (holding == nullptr || holding->from <= estimate.from) holding = &estimate;
  }
  if (holding != nullptr) return holding->expected_unused.of(grant.face.value);
  return grant.expected_unused ? grant.expected_unused->of(grant.face.value) : Decimal{};
}

bool BookState::has_grant(std::string_view investee, std::string_view currency) const {
  return std::any_of(grants.begin(), grants.end(), [&](const HeldGrant& held) {
    return held.grant.investee == investee && held.grant.face.currency.code() == currency;
  });
}

std::optional<DeliveryTerms> BookState::source_terms(std::string_view source) const {
  for (auto held = deliveries.rbegin(); held != deliveries.rend(); ++held) {
    if (held->terms.source == source) return held->terms;
  }
  return std::nullopt;
}

Result<Decimal> BookState::overage_rate(std::string_view investee, std::string_view currency,
                                        Date day) const {
  if (currency == functional().code()) return Decimal::from_integer(1);
  if (const auto shared = shared_fixed_rate(investments, investee, currency)) return *shared;
  if (const std::optional<Decimal> rate = rates.on(currency, day)) return *rate;
  return Error{.code = ErrorCode::rate_missing,
               .message = "cash-funded usage of " + std::string{investee} + " in " +
                          std::string{currency} + " on " + day.to_string() +
                          " has no rate to " + std::string{functional().code()},
               .notes = {"a rate of that day or the latest before it is taken"},
               .hint = "accrue import rates FILE"};
}

}  // namespace accrue
