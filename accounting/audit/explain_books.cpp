// Accounts, the cells they are made of, entries and deals.

#include <algorithm>
#include <set>

#include "accounting/audit/exact_text.h"
#include "accounting/audit/explain.h"
#include "accounting/audit/explain_refs.h"
#include "accounting/posting/rules.h"
#include "accounting/report/frame.h"
#include "accounting/report/investee_revenue.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

/// Liabilities and revenue count credits above zero, assets debits.
std::int64_t sign_of(const Account& account) {
  return account.type() == AccountType::asset ? 1 : -1;
}

}  // namespace

const std::map<Account, std::vector<Explainer::AccountLine>>& Explainer::lines_by_account() {
  if (lines_) return *lines_;
  lines_.emplace();
  store_.for_each_entry(1, view_.state.record_count, [&](const StoredEntry& stored) {
    std::int64_t position = 0;
    for (const Line& line : stored.entry.lines()) {
      (*lines_)[line.account].push_back({stored.number, ++position, stored.entry.posting_period(),
                                         stored.entry.origin_period(),
                                         sign_of(line.account) * line.amount_minor_units});
    }
    return true;
  });
  return *lines_;
}

std::optional<Account> Explainer::account_named(std::string_view name) const {
  for (const auto& [key, amount] : view_.balances) {
    if (key.account.name() == name) return key.account;
  }
  return std::nullopt;
}

/// "account:SPAN:NAME": what the entries of an account sum to.
Result<ExplainedStep> Explainer::account(const std::string& ref, OriginView by) {
  ACCRUE_TRY(address, read_account_address(ref));
  const std::optional<Account> account = account_named(address.account);
  if (!account) return unknown_ref(ref);
  ExplainedStep step{.ref = ref,
                     .what = "account " + address.account + ", " + to_text(address.span),
                     .unit = functional()};
  std::int64_t sum = 0;
  const auto found = lines_by_account().find(*account);
  if (found != lines_by_account().end()) {
    for (const AccountLine& line : found->second) {
      const Period counted = by == OriginView::by_origin ? line.origin : line.posting;
      if (!address.span.contains(counted)) continue;
      sum += line.amount;
      step.parts.push_back({Link::plus,
                            make_ref({"entry", std::to_string(line.entry),
                                      std::to_string(line.position)}),
                            "entry " + std::to_string(line.entry) + ", line " +
                                std::to_string(line.position) + ", posted in " +
                                line.posting.to_string() + " for " + line.origin.to_string(),
                            money(line.amount), functional()});
    }
  }
  step.value = money(sum);
  step.how = {"the sum of " + std::to_string(step.parts.size()) + " entry lines; " +
              (sign_of(*account) < 0 ? "credits" : "debits") + " count above zero"};
  step.parts.push_back({Link::same,
                        with_head(ref_head("derived", by), address),
                        "derived again from the facts", money(sum), functional()});
  return step;
}

/// "derived:SPAN:NAME": the same account from what is so, cell by cell.
Result<ExplainedStep> Explainer::derived(const std::string& ref, OriginView by) {
  ACCRUE_TRY(address, read_account_address(ref));
  const std::optional<Account> account = account_named(address.account);
  if (!account) return unknown_ref(ref);
  ExplainedStep step{.ref = ref,
                     .what = "account " + address.account + ", " + to_text(address.span) +
                             ", derived from the facts",
                     .unit = functional(),
                     .how = {"what each open period held when it closed, and holds now"}};
  std::int64_t sum = 0;
  for (Serving* const serving : servings()) {
    for (const auto& [key, amount] : serving->target(view_.balances).cells) {
      const Period counted = by == OriginView::by_origin ? key.origin_period : key.posting_period;
      const bool is_booked_by_it = serving->posting_of(key.origin_period) == key.posting_period &&
                                   serving->holds(key.origin_period);
      if (key.account != *account || amount == 0 || !is_booked_by_it) continue;
      if (!address.span.contains(counted)) continue;
      sum += sign_of(*account) * amount;
      step.parts.push_back({Link::plus, cell_ref({key.posting_period, key.origin_period, *account}),
                            "booked in " + key.posting_period.to_string() + " for " +
                                key.origin_period.to_string(),
                            money(sign_of(*account) * amount), functional()});
    }
  }
  step.value = money(sum);
  return step;
}

Result<CellAddress> Explainer::read_cell(const std::string& ref) const {
  const std::vector<std::string> parts = parts_of_ref(ref);
  if (parts.size() < 4) return unknown_ref(ref);
  ACCRUE_TRY(posting, Period::parse(parts[1]));
  ACCRUE_TRY(origin, Period::parse(parts[2]));
  const std::optional<Account> account = account_named(after_parts(ref, 3));
  if (!account) return unknown_ref(ref);
  return CellAddress{posting, origin, *account};
}

/// "so:POSTING:ORIGIN:ACCOUNT": one cell of what is so.
Result<ExplainedStep> Explainer::cell(const std::string& ref) {
  ACCRUE_TRY(address, read_cell(ref));
  Serving& serving = serving_of(address.posting);
  const Balances& cells = serving.target(view_.balances).cells;
  const auto found = cells.find({address.account, address.posting, address.origin});
  const std::int64_t amount = found == cells.end() ? 0 : found->second;
  ExplainedStep step{.ref = ref,
                     .what = address.account.name() + ", booked in " + address.posting.to_string() +
                             " for " + address.origin.to_string(),
                     .value = money(sign_of(address.account) * amount),
                     .unit = functional()};
  if (address.account.role != AccountRole::revenue) {
    explain_other_side(step, address, serving);
  } else if (address.account.grant.empty()) {
    explain_cash_earned(step, address, serving);
  } else {
    explain_earned(step, address, serving);
  }
  return step;
}

/// Revenue of a grant: the rounded cumulative of a step less that of the step before.
/// Source: semantics, sections 6 and 7; ASC 606-10-55-17, 606-10-55-46..49.
void Explainer::explain_earned(ExplainedStep& step, const CellAddress& cell, Serving& serving) {
  const HeldGrant* const held = serving.state().find_grant(cell.account.grant);
  const Target& target = serving.target(view_.balances);
  const auto now = std::find_if(target.steps.begin(), target.steps.end(), [&](const GrantStep& s) {
    return s.grant == cell.account.grant && s.origin_period == cell.origin;
  });
  if (held == nullptr || now == target.steps.end()) return;
  const Grant& grant = held->grant;
  const std::string price = money_text(grant.price_minor_units);
  const std::string face = grant.face.value.to_string();
  const std::string drawn = now->drawn.to_string();
  step.how.push_back("to date at this step: P = " + price + ", F = " + face + ", D = " + drawn +
                     ", B = " + now->expected_unused.to_string());
  step.how.push_back(
      "usage to date = P x D / F = " + price + " x " + drawn + " / " + face + " = " +
      exact_text(Int1024{grant.price_minor_units} * Int1024{now->drawn.units()},
                 Int1024{grant.face.value.units()}, view_.state.functional().minor_digits()) +
      ", rounded half to even: " + money_text(now->recognised.usage));
  if (cell.account.kind == RevenueKind::breakage) {
    step.how.push_back(now->expiry == ExpiryState::expired
                           ? "expired: total to date = P = " + money_text(now->recognised.total)
                           : "total to date = P x min(1, D / (F - B)) = " +
                                 money_text(now->recognised.total));
    step.how.push_back("breakage to date = " + money_text(now->recognised.total) + " - " +
                       money_text(now->recognised.usage) + " = " +
                       money_text(now->recognised.breakage()));
  } else {
    step.how.push_back("over the accounts of the grant by (service, region), each rounded on its "
                       "own; what is missing to the total is with the largest");
  }
  const std::string value = step.value->value.to_string(step.value->digits);
  step.how.push_back("less what the step before held: the difference is " + value);
  const std::string draws =
      cell.account.kind == RevenueKind::usage
          ? draws_ref({cell.posting, cell.origin, grant.investee,
                       std::string{grant.face.currency.code()}, grant.id, cell.account.service,
                       cell.account.region})
          : make_ref({"drawn", cell.posting.to_string(), grant.id});
  step.parts.push_back({Link::source, draws, "the draws behind it", {}, {}});
  step.parts.push_back({Link::source, make_ref({"price", grant.id}), "the price P and the face F",
                        money(grant.price_minor_units), functional()});
  for (const HeldEstimate& estimate : serving.state().estimates) {
    if (estimate.grant != grant.id || estimate.from > cell.origin) continue;
    step.parts.push_back(record_part(estimate.record));
  }
}

/// Cash-funded usage: summed exactly, translated at the rate of each day, rounded once per
/// (investee, currency, origin period). Source: semantics, section 6.
void Explainer::explain_cash_earned(ExplainedStep& step, const CellAddress& cell,
                                    Serving& serving) {
  std::set<std::string> currencies;
  for (const auto& [key, amount] : serving.served().cash_funded()) {
    const bool counts = key.investee == cell.account.investee &&
                        key.service == cell.account.service &&
                        key.region == cell.account.region && Period::of(key.on) == cell.origin;
    if (!counts) continue;
    currencies.insert(key.currency);
    if (key.currency == functional()) continue;
    const Result<Decimal> rate =
        serving.state().overage_rate(key.investee, key.currency, key.on);
    if (rate.ok()) {
      step.how.push_back(key.on.to_string() + ": " + amount.to_string() + " " + key.currency +
                         " x " + rate->to_string());
    }
  }
  step.how.push_back("summed exactly, rounded once per currency and month of origin, and spread "
                     "over the accounts by (service, region)");
  for (const std::string& currency : currencies) {
    step.parts.push_back({Link::source,
                          draws_ref({cell.posting, cell.origin, cell.account.investee, currency, "",
                                     cell.account.service, cell.account.region}),
                          "what no grant paid, in " + currency, {}, {}});
  }
}

/// The other side of revenue and of prices: what the posting rules put there.
void Explainer::explain_other_side(ExplainedStep& step, const CellAddress& cell,
                                   Serving& serving) {
  const Account& account = cell.account;
  const BookState& state = serving.state();
  const Balances& cells = serving.target(view_.balances).cells;
  for (const PostingRule& rule : posting_rules) {
    const bool is_here = rule.debit == account.role || rule.credit == account.role;
    if (!is_here || rule.credit != AccountRole::revenue) continue;
    for (const auto& [key, amount] : cells) {
      const Account& revenue = key.account;
      const bool is_its = revenue.role == AccountRole::revenue && revenue.kind == rule.kind &&
                          revenue.investee == account.investee && revenue.grant == account.grant &&
                          revenue.grant.empty() == (rule.cause == Cause::overage_earned) &&
                          key.posting_period == cell.posting && key.origin_period == cell.origin;
      if (!is_its || amount == 0) continue;
      step.parts.push_back({account.type() == AccountType::asset ? Link::plus : Link::minus,
                            cell_ref({cell.posting, cell.origin, revenue}), revenue.name(),
                            money(-amount), functional()});
    }
  }
  for (const HeldInvestment& held : state.investments) {
    const Investment& deal = held.investment;
    if (deal.id != account.investment) continue;
    const bool pays_now = Period::of(deal.signed_on) == cell.origin &&
                          !state.is_frozen(held.record, cell.origin);
    if (pays_now && held.price.cash_minor_units != 0 &&
        account.role != AccountRole::contract_liability) {
      const std::int64_t paid = held.price.cash_minor_units;
      step.parts.push_back({account.role == AccountRole::cash ? Link::minus : Link::plus,
                            make_ref({"cash", deal.id}), "cash paid for the stake", money(paid),
                            functional()});
    }
    for (const HeldGrant& grant : state.grants) {
      const bool is_received = grant.grant.investment == deal.id &&
                               Period::of(grant.grant.received_on) == cell.origin &&
                               !state.is_frozen(held.record, cell.origin);
      if (!is_received || account.role == AccountRole::cash) continue;
      if (!account.grant.empty() && account.grant != grant.grant.id) continue;
      step.parts.push_back({Link::plus, make_ref({"price", grant.grant.id}),
                            "price of " + grant.grant.id, money(grant.grant.price_minor_units),
                            functional()});
    }
  }
  step.how.emplace_back("the other side of what was received, paid and recognised in the cell");
}

/// "entry:N" and "entry:N:POSITION".
Result<ExplainedStep> Explainer::entry(const Parts& address, const std::string& ref) {
  ACCRUE_TRY(number, number_in(address, 1, ref));
  const std::optional<StoredEntry> stored = store_.read_entry(number);
  if (!stored || stored->record > view_.state.record_count) return unknown_ref(ref);
  const Entry& entry = stored->entry;
  ExplainedStep step{.ref = ref,
                     .what = "entry " + std::to_string(number) + " of " +
                             entry.dated_on().to_string() + ": " + entry.memo(),
                     .unit = functional()};
  step.how = {"posted in " + entry.posting_period().to_string() + ", belongs to " +
              entry.origin_period().to_string() + "; its lines sum to zero"};
  std::int64_t position = 0;
  std::int64_t wanted = 0;
  if (address.size() > 2) {
    ACCRUE_TRY(read, number_in(address, 2, ref));
    wanted = read;
  }
  for (const Line& line : entry.lines()) {
    ++position;
    const std::int64_t amount = sign_of(line.account) * line.amount_minor_units;
    if (wanted == 0) {
      step.parts.push_back({Link::figure,
                            make_ref({"entry", std::to_string(number), std::to_string(position)}),
                            line.account.name(), money(amount), functional()});
    }
    if (wanted != position) continue;
    step.what += ", " + line.account.name();
    step.value = money(amount);
    std::int64_t before = 0;
    for (const AccountLine& other : lines_by_account().at(line.account)) {
      const bool is_before = other.posting == entry.posting_period() &&
                             other.origin == entry.origin_period() && other.entry < number;
      if (is_before) before += other.amount;
    }
    step.how.push_back("what was so after the record " + money_text(before + amount) +
                       " less what was booked before it " + money_text(before));
    step.parts.push_back({Link::source,
                          cell_ref({entry.posting_period(), entry.origin_period(), line.account}),
                          "what is so in the cell now", {}, {}});
  }
  if (wanted > position) return unknown_ref(ref);
  step.parts.push_back(record_part(stored->record));
  return step;
}

/// "revenue:SPAN:INVESTEE:FUNDING:GRANT": accounts of an investee added up; an empty part admits
/// all.
Result<ExplainedStep> Explainer::revenue(const Parts& address, OriginView by,
                                         const std::string& ref) {
  if (address.size() != 5) return unknown_ref(ref);
  ACCRUE_TRY(span, read_span(address[1]));
  ExplainedStep step{.ref = ref,
                     .what = "revenue from " + address[2] + " in " + to_text(span) +
                             (address[3].empty() ? "" : ", " + address[3]) +
                             (address[4].empty() ? "" : ", " + address[4]),
                     .unit = functional()};
  std::map<Account, std::int64_t> sums;
  for (const auto& [key, amount] : view_.balances) {
    const Account& account = key.account;
    const bool counts = account.role == AccountRole::revenue &&
                        (address[2].empty() || account.investee == address[2]) &&
                        (address[3].empty() || funding_of(account) == address[3]) &&
                        (address[4].empty() || account.grant == address[4]);
    if (counts && span.contains(counted_in(by, key))) sums[account] -= amount;
  }
  std::int64_t sum = 0;
  for (const auto& [account, amount] : sums) {
    if (amount == 0) continue;
    sum += amount;
    step.parts.push_back({Link::plus, account_ref(by, span, account), account.name(),
                          money(amount), functional()});
  }
  step.value = money(sum);
  return step;
}

/// "investment:ID" and "investment:ID:TRANCHE", "cash:ID".
Result<ExplainedStep> Explainer::deal(const Parts& address, const std::string& ref) {
  const HeldInvestment* const held =
      address.size() > 1 ? view_.state.find_investment(address[1]) : nullptr;
  if (held == nullptr) return unknown_ref(ref);
  const Investment& investment = held->investment;
  ExplainedStep step{.ref = ref,
                     .what = "the deal " + investment.id + " with " + investment.investee +
                             ", signed " + investment.signed_on.to_string()};
  if (address[0] == "cash") {
    step.what = "cash paid for the stake of " + investment.id;
    step.value = money(held->price.cash_minor_units);
    step.unit = functional();
  }
  step.how.push_back("credits total " + held->price.credits_total.to_string() + ", face " +
                     held->price.face_total.to_string());
  for (const std::string& assumption : held->price.assumptions) step.how.push_back(assumption);
  for (const HeldGrant& grant : view_.state.grants) {
    if (address[0] == "cash" || grant.grant.investment != investment.id) continue;
    if (address.size() > 2 && grant.grant.tranche != address[2]) continue;
    step.parts.push_back({Link::figure, make_ref({"price", grant.grant.id}),
                          "price of " + grant.grant.id, money(grant.grant.price_minor_units),
                          functional()});
  }
  step.parts.push_back({Link::source, make_ref({"terms", std::to_string(held->record)}),
                        "terms " + held->file, {}, {}});
  return step;
}

/// "grant:ID".
Result<ExplainedStep> Explainer::grant(const Parts& address, const std::string& ref) {
  const HeldGrant* const held = address.size() > 1 ? view_.state.find_grant(address[1]) : nullptr;
  if (held == nullptr) return unknown_ref(ref);
  const Grant& grant = held->grant;
  const Span all{std::nullopt, Period::of(2199, 12)};
  const std::string unit{grant.face.currency.code()};
  ExplainedStep step{.ref = ref, .what = "grant " + grant.id + " of " + grant.investee};
  step.parts = {{Link::figure, make_ref({"face", grant.id}), "face",
                 exact_figure(grant.face.value, grant.face.currency), unit},
                {Link::figure, make_ref({"drawn", to_text(all), grant.id}), "drawn", {}, unit},
                {Link::figure, make_ref({"price", grant.id}), "transaction price",
                 money(grant.price_minor_units), functional()},
                {Link::figure, make_ref({"revenue", to_text(all), grant.investee, "", grant.id}),
                 "recognised", {}, functional()},
                {Link::source, make_ref({"terms", std::to_string(held->record)}), "its terms", {},
                 {}}};
  for (const HeldEstimate& estimate : view_.state.estimates) {
    if (estimate.grant == grant.id) step.parts.push_back(record_part(estimate.record));
  }
  return step;
}

/// "price:GRANT" and "face:GRANT".
Result<ExplainedStep> Explainer::price(const Parts& address, const std::string& ref) {
  const HeldGrant* const held = address.size() > 1 ? view_.state.find_grant(address[1]) : nullptr;
  if (held == nullptr) return unknown_ref(ref);
  const Grant& grant = held->grant;
  const HeldInvestment* const deal = view_.state.find_investment(grant.investment);
  ExplainedStep step{.ref = ref};
  if (address[0] == "face") {
    step.what = "face of " + grant.id;
    step.value = exact_figure(grant.face.value, grant.face.currency);
    step.unit = std::string{grant.face.currency.code()};
  } else {
    step.what = "transaction price of " + grant.id;
    step.value = money(grant.price_minor_units);
    step.unit = functional();
    step.how.push_back(
        "its share of the credits total " + deal->price.credits_total.to_string() +
        " by face and stand-alone price, or as its terms state; ASC 606-10-32-21, 606-10-32-31");
  }
  step.parts = {{Link::source, make_ref({"terms", std::to_string(deal->record)}),
                 "terms " + deal->file, {}, {}}};
  return step;
}

}  // namespace accrue
