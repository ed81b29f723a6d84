#include "accounting/audit/sampling_population.h"

#include <memory>
#include <set>
#include <utility>

#include "accounting/audit/single_draws.h"
#include "accounting/recognition/recognise.h"
#include "accounting/report/face.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

Error nothing_in(PeriodRange period, std::string_view what) {
  return Error{.code = ErrorCode::nothing_to_report,
               .message = "there are no " + std::string{what} + " in " + to_text(period),
               .hint = "see accrue period list"};
}

/// The one currency of the draws, or the one asked for. Errors: usage, nothing_to_report.
Result<Currency> currency_of(const std::vector<SingleDraw>& draws, const PopulationTerms& terms) {
  std::set<std::string> codes;
  for (const SingleDraw& draw : draws) codes.insert(draw.key.currency);
  if (terms.currency && codes.contains(std::string{terms.currency->code()})) {
    return *terms.currency;
  }
  if (codes.empty() || terms.currency) {
    const std::string in = terms.currency ? " in " + std::string{terms.currency->code()} : "";
    return nothing_in(terms.period, std::string{to_string(terms.of)} + in);
  }
  if (codes.size() == 1) return Currency::from_code(*codes.begin());
  Error error{.code = ErrorCode::usage,
              .message = "the items are in several currencies, and amounts of two never add up",
              .hint = "name one with --currency"};
  for (const std::string& code : codes) error.notes.push_back(code);
  return error;
}

std::string ref_of(const SingleDraw& draw) {
  return make_ref({"draw", std::to_string(draw.first.record), std::to_string(draw.first.position),
                   std::to_string(draw.number)});
}

/// Face drawn, grant by grant, in the roll-forward; and what it makes of the price.
void add_grant_ties(SamplingPopulation& population, const BookView& view,
                    const PopulationTerms& terms) {
  const BookState& state = view.state;
  const Faces faces{view, OriginView::as_reported};
  Decimal drawn;
  std::int64_t derived = 0;
  for (const HeldGrant& held : state.grants) {
    const Grant& grant = held.grant;
    if (grant.face.currency != population.currency) continue;
    drawn += faces.drawn_in(terms.period, grant.id);
    const auto earned_by = [&](Period period) {
      return recognise({grant.price_minor_units, grant.face.value,
                        faces.at_end_of(period, held).drawn, Decimal{}, ExpiryState::running})
          .usage;
    };
    derived += earned_by(terms.period.last) - earned_by(terms.period.first.previous());
  }
  std::int64_t booked = 0;
  for (const auto& [key, amount] : view.balances) {
    const Account& account = key.account;
    if (account.role != AccountRole::revenue || account.kind != RevenueKind::usage) continue;
    if (account.grant.empty() || !terms.period.contains(key.posting_period)) continue;
    const HeldGrant* const held = state.find_grant(account.grant);
    if (held != nullptr && held->grant.face.currency == population.currency) booked -= amount;
  }
  Decimal items;
  for (const PopulationItem& item : population.items) items += item.book_value;
  population.ties = {
      {"population + exclusions = face drawn in the roll-forward",
       exact_figure(items - drawn, population.currency)},
      {"usage revenue of these grants in the trial balance = price x face drawn / face, rounded "
       "by grant",
       money_figure(state, booked - derived)}};
  population.notes.push_back("the draws are what usage revenue of " +
                             money_figure(state, booked).value.to_string(
                                 state.functional().minor_digits()) +
                             " " + std::string{state.functional().code()} +
                             " in the trial balance follows from");
}

void add_cash_tie(SamplingPopulation& population, const BookView& view,
                  const PopulationTerms& terms) {
  Decimal difference;
  for (const PopulationItem& item : population.items) difference += item.book_value;
  for (const PostedDraws& posted : view.draws) {
    if (!terms.period.contains(posted.posting_period)) continue;
    for (const auto& [key, amount] : posted.totals) {
      if (key.grant.empty() && key.currency == population.currency.code()) difference -= amount;
    }
  }
  population.ties = {{"population + exclusions = cash-funded in the drawdown list",
                      exact_figure(difference, population.currency)}};
  population.notes.emplace_back(
      "reductions and refunds that found nothing are in cash-funded revenue too, and are no items "
      "here");
}

Result<SamplingPopulation> population_of_draws(const Store& store, const BookView& view,
                                               const PopulationTerms& terms) {
  const Funding payer = terms.of == SampleOf::draws ? Funding::credits : Funding::cash;
  auto draws = std::make_shared<std::vector<SingleDraw>>(
      single_draws(store, view.state, terms.period));
  std::erase_if(*draws, [&](const SingleDraw& draw) { return draw.funding != payer; });
  ACCRUE_TRY(currency, currency_of(*draws, terms));
  std::erase_if(*draws,
                [&](const SingleDraw& draw) { return draw.key.currency != currency.code(); });
  SamplingPopulation population{.currency = currency};
  for (const SingleDraw& draw : *draws) {
    population.items.push_back({ref_of(draw), draw.key.investee, draw.amount});
  }
  population.columns = {{"grant", ColumnKind::text},          {"charged_at", ColumnKind::text},
                        {"posting_period", ColumnKind::text, 5},
                        {"origin_period", ColumnKind::text, 4},
                        {"billing_account", ColumnKind::text},
                        {"sub_account", ColumnKind::text, 6}, {"service", ColumnKind::text},
                        {"sku", ColumnKind::text, 6},         {"region", ColumnKind::text, 6},
                        {"charges", ColumnKind::count, 5}};
  population.describe = [draws](std::size_t index) -> std::vector<Cell> {
    const SingleDraw& draw = (*draws)[index];
    return {draw.grant.empty() ? Cell{} : Cell{draw.grant},
            draw.at.to_string(),
            draw.posting_period.to_string(),
            draw.origin_period.to_string(),
            draw.key.billing_account,
            draw.key.sub_account,
            draw.consumed.service,
            draw.consumed.sku,
            draw.consumed.region,
            draw.charge_count};
  };
  if (payer == Funding::credits) {
    add_grant_ties(population, view, terms);
  } else {
    add_cash_tie(population, view, terms);
  }
  return population;
}

struct SampledLine {
  std::int64_t entry = 0;
  std::int64_t line = 0;
  std::int64_t record = 0;
  Date dated_on;
  Period origin_period;
  std::string memo;
  std::string account;
};

Result<SamplingPopulation> population_of_lines(const Store& store, const BookView& view,
                                               const PopulationTerms& terms) {
  const BookState& state = view.state;
  SamplingPopulation population{.currency = state.functional()};
  auto lines = std::make_shared<std::vector<SampledLine>>();
  const bool is_asset = Account{.role = terms.role}.type() == AccountType::asset;
  std::int64_t difference = 0;
  store.for_each_entry_of(terms.period, [&](const StoredEntry& stored) {
    if (stored.record > state.record_count) return true;
    std::int64_t position = 0;
    for (const Line& line : stored.entry.lines()) {
      ++position;
      if (line.account.role != terms.role) continue;
      const std::int64_t amount = is_asset ? line.amount_minor_units : -line.amount_minor_units;
      difference += amount;
      population.items.push_back(
          {make_ref({"entry", std::to_string(stored.number), std::to_string(position)}),
           line.account.investee, money_figure(state, amount).value});
      lines->push_back({stored.number, position, stored.record, stored.entry.dated_on(),
                        stored.entry.origin_period(), stored.entry.memo(), line.account.name()});
    }
    return true;
  });
  if (lines->empty()) {
    return nothing_in(terms.period, "lines of " + std::string{to_string(terms.role)});
  }
  for (const auto& [key, amount] : view.balances) {
    if (key.account.role != terms.role || !terms.period.contains(key.posting_period)) continue;
    difference -= is_asset ? amount : -amount;
  }
  population.ties = {{"population + exclusions = movement of " +
                          std::string{to_string(terms.role)} + " in the trial balance",
                      money_figure(state, difference)}};
  population.columns = {{"entry", ColumnKind::count},         {"line", ColumnKind::count, 5},
                        {"record", ColumnKind::count, 4},     {"date", ColumnKind::text},
                        {"origin_period", ColumnKind::text, 4}, {"account", ColumnKind::text},
                        {"memo", ColumnKind::text, 5}};
  population.describe = [lines](std::size_t index) -> std::vector<Cell> {
    const SampledLine& line = (*lines)[index];
    return {line.entry, line.line, line.record, line.dated_on.to_string(),
            line.origin_period.to_string(), line.account, line.memo};
  };
  return population;
}

}  // namespace

std::string_view to_string(SampleOf of) {
  switch (of) {
    case SampleOf::draws: return "draws";
    case SampleOf::cash_funded: return "cash-funded";
    case SampleOf::entries: return "entries";
  }
  return "draws";
}

Result<SamplingPopulation> sampling_population(const Store& store, const BookView& view,
                                               const PopulationTerms& terms) {
  return terms.of == SampleOf::entries ? population_of_lines(store, view, terms)
                                       : population_of_draws(store, view, terms);
}

}  // namespace accrue
