#include "accounting/scenario/montecarlo/followable.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "accounting/posting/fixed_rate.h"

namespace accrue {

namespace {

bool may_not_be_signed(const InputParts& parts, const std::string& investment) {
  return std::any_of(parts.input.shocks.deals.begin(), parts.input.shocks.deals.end(),
                     [&](const UncertainDeal& deal) {
                       return deal.investment == investment && deal.probability < 1;
                     });
}

/// A rate holds when all deals of the investee fix the same; where those that are sure do not, none
/// that is added changes it.
Result<Done> require_one_rate(const InputParts& parts, const std::string& investee,
                              const std::string& currency) {
  std::set<std::optional<Decimal>> of_sure;
  std::set<std::optional<Decimal>> of_all;
  std::optional<std::string> unsure;
  for (const HeldInvestment& held : parts.state.investments) {
    const Investment& deal = held.investment;
    if (deal.investee != investee) continue;
    const std::optional<Decimal> rate = fixed_rate_of(deal, currency);
    of_all.insert(rate);
    if (may_not_be_signed(parts, deal.id)) {
      unsure = deal.id;
    } else {
      of_sure.insert(rate);
    }
  }
  const bool is_never_fixed = of_sure.size() > 1 || of_sure.contains(std::nullopt);
  if (!unsure || of_all.size() == 1 || is_never_fixed) return Done{};
  return Error{.code = ErrorCode::unsupported_term,
               .message = "the rate of what " + investee + " pays in cash in " + currency +
                          " depends on whether deal '" + *unsure +
                          "' is signed: a simulation cannot follow that",
               .hint = "give its probability as \"100%\" or \"0%\", and simulate each"};
}

Result<Done> require_nothing_drawn(const SimulatedGrant& grant, const std::string& why) {
  const bool is_drawn = std::any_of(grant.known_drawn.begin(), grant.known_drawn.end(),
                                    [](double drawn) { return drawn != 0; });
  if (!is_drawn) return Done{};
  return Error{.code = ErrorCode::unsupported_term,
               .message = "the book has usage of the forecast's months that would draw on grant " +
                          grant.id + ", which " + why +
                          ": a simulation cannot follow that",
               .hint = "begin the scenario with a month of which the book has no usage"};
}

/// The grants of a wallet that pay before one.
std::set<std::string> payers_before(const InputParts& parts, const SimulatedWallet& wallet,
                                    const Grant& grant) {
  std::set<std::string> before;
  for (const std::size_t other : wallet.grants) {
    if (parts.grants[other].id != grant.id && pays_before(parts.grants[other], grant)) {
      before.insert(parts.grants[other].id);
    }
  }
  return before;
}

/// Months of the forecast of which the book has usage.
void note_known_usage(InputParts& parts) {
  for (std::size_t month = 0; month < parts.input.month_count(); ++month) {
    bool is_known = false;
    for (const SimulatedGrant& grant : parts.input.grants) {
      is_known = is_known || grant.known_drawn[month] != 0;
    }
    for (const SimulatedInvestee& investee : parts.input.investees) {
      is_known = is_known || investee.known_cash[month] != 0;
    }
    if (!is_known) continue;
    const Period period{parts.input.months.first.months + static_cast<int>(month)};
    parts.input.notes.push_back("the book has usage of " + period.to_string() +
                                ": the simulation takes what paid for it from a walk without any "
                                "assumed usage, and can be off by what that changes");
  }
}

void note_order_of_paying(InputParts& parts, const GrantVariants& variant) {
  const auto found = parts.grant_numbers.find(variant.id);
  if (found == parts.grant_numbers.end()) return;
  const SimulatedWallet& wallet = parts.input.wallets[parts.input.grants[found->second].wallet];
  const std::set<std::string> in_time =
      payers_before(parts, wallet, parts.grants[found->second]);
  const bool is_kept = std::all_of(
      variant.by_delay.begin(), variant.by_delay.end(),
      [&](const Grant& later) { return payers_before(parts, wallet, later) == in_time; });
  if (is_kept) return;
  parts.input.notes.push_back("grant " + variant.name +
                              " can come so late that others would pay before it: the simulation "
                              "leaves it its place in the order of paying");
}

}  // namespace

Result<Done> require_followable(InputParts& parts, const std::vector<GrantVariants>& variants) {
  for (const auto& [key, ignored] : parts.wallet_numbers) {
    if (key.second == parts.state.functional().code()) continue;
    ACCRUE_TRY_DONE(require_one_rate(parts, key.first, key.second));
  }
  for (std::size_t i = 0; i < parts.input.grants.size(); ++i) {
    const SimulatedGrant& grant = parts.input.grants[i];
    if (grant.deal && may_not_be_signed(parts, parts.grants[i].investment)) {
      ACCRUE_TRY_DONE(require_nothing_drawn(grant, "may not be signed"));
    }
    if (grant.delay) ACCRUE_TRY_DONE(require_nothing_drawn(grant, "may come later"));
  }
  note_known_usage(parts);
  for (const GrantVariants& variant : variants) note_order_of_paying(parts, variant);
  return Done{};
}

}  // namespace accrue
