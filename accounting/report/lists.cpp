#include <algorithm>
#include <map>
#include <set>

#include "accounting/report/date_cell.h"
#include "accounting/report/face.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "accounting/report/reports.h"
#include "ledger/credit/breakage_method.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

Cell amount_cell(const std::optional<Amount>& amount) {
  if (!amount) return {};
  return exact_figure(amount->value, amount->currency);
}

Cell currency_cell(const std::optional<Amount>& amount) {
  if (!amount) return {};
  return std::string{amount->currency.code()};
}

/// The last period anything is counted in, so that nothing is left out.
constexpr Period end_of_time{INT32_MAX - 1};

}  // namespace

Result<Report> investment_list(const BookView& view) {
  Report report = start_report(view, "investments", "Investments", std::nullopt);
  report.columns = {{"investment", ColumnKind::key},
                    {"investee", ColumnKind::text},
                    {"signed", ColumnKind::text},
                    {"stake_percent", ColumnKind::text, 3},
                    {"influence", ColumnKind::text, 6},
                    {"cash", ColumnKind::figure},
                    {"cash_currency", ColumnKind::text},
                    {"fair_value_of_stake", ColumnKind::figure},
                    {"fair_value_currency", ColumnKind::text},
                    {"face", ColumnKind::figure},
                    {"face_currency", ColumnKind::text},
                    {"transaction_price", ColumnKind::figure},
                    {"tranches", ColumnKind::count, 4},
                    {"record", ColumnKind::count, 5},
                    {"file", ColumnKind::text, 7},
                    {"ref", ColumnKind::text, 9}};
  for (const HeldInvestment& held : view.state.investments) {
    const Investment& deal = held.investment;
    std::int64_t price = 0;
    for (const TranchePrice& tranche : held.price.tranches) price += tranche.price_minor_units;
    const Currency currency = deal.tranches.front().face.currency;
    report.rows.push_back(
        {deal.id, deal.investee, deal.signed_on.to_string(),
         deal.stake_percent ? Cell{deal.stake_percent->to_string()} : Cell{},
         deal.influence.empty() ? Cell{} : Cell{deal.influence}, amount_cell(deal.cash),
         currency_cell(deal.cash), amount_cell(deal.fair_value_of_stake),
         currency_cell(deal.fair_value_of_stake), exact_figure(held.price.face_total, currency),
         std::string{currency.code()}, money_figure(view.state, price),
         static_cast<std::int64_t>(deal.tranches.size()), held.record, held.file,
         make_ref({"investment", deal.id})});
    for (const std::string& assumption : held.price.assumptions) {
      report.notes.push_back(deal.id + ": " + assumption);
    }
  }
  sort_rows(report);
  return report;
}

Result<Report> grant_list(const BookView& view) {
  Report report = start_report(view, "grants", "Grants", std::nullopt);
  report.columns = {{"grant", ColumnKind::key},
                    {"investment", ColumnKind::text, 4},
                    {"investee", ColumnKind::text},
                    {"face_currency", ColumnKind::text},
                    {"face", ColumnKind::figure},
                    {"drawn", ColumnKind::figure},
                    {"expired", ColumnKind::figure, 3},
                    {"left", ColumnKind::figure},
                    {"transaction_price", ColumnKind::figure},
                    {"recognised", ColumnKind::figure},
                    {"contract_liability", ColumnKind::figure},
                    {"issued", ColumnKind::text},
                    {"begins", ColumnKind::text, 5},
                    {"expires", ColumnKind::text},
                    {"priority", ColumnKind::count, 6},
                    {"breakage", ColumnKind::text, 5},
                    {"expected_unused", ColumnKind::figure, 5},
                    {"record", ColumnKind::count, 7},
                    {"ref", ColumnKind::text, 9}};
  const BookState& state = view.state;
  std::map<std::string, std::int64_t> liability;
  std::map<std::string, std::int64_t> recognised;
  for (const auto& [key, amount] : view.balances) {
    if (key.account.role == AccountRole::contract_liability) {
      liability[key.account.grant] -= amount;
    } else if (key.account.role == AccountRole::revenue && !key.account.grant.empty()) {
      recognised[key.account.grant] -= amount;
    }
  }
  const Faces faces{view, OriginView::as_reported};
  const Period first_open =
      state.closed_through() ? state.closed_through()->next() : state.earliest.value_or(Period{});
  for (const HeldGrant& held : state.grants) {
    const Grant& grant = held.grant;
    const FaceAt face = faces.at_end_of(end_of_time, held);
    const bool is_remote = grant.breakage_method == BreakageMethod::remote;
    const Currency currency = grant.face.currency;
    report.rows.push_back(
        {grant.id, grant.investment, grant.investee, std::string{currency.code()},
         exact_figure(grant.face.value, currency), exact_figure(face.drawn, currency),
         exact_figure(face.expired, currency), exact_figure(face.left(), currency),
         money_figure(state, grant.price_minor_units), money_figure(state, recognised[grant.id]),
         money_figure(state, liability[grant.id]), grant.issued_on.to_string(),
         date_cell(state.zone, grant.begins_at), date_cell(state.zone, grant.ends_at),
         std::int64_t{grant.priority}, std::string{to_string(grant.breakage_method)},
         is_remote ? Cell{} : Cell{exact_figure(state.expected_unused(grant, first_open), currency)},
         held.record, make_ref({"grant", grant.id})});
  }
  sort_rows(report);
  return report;
}

namespace {

bool admits(const std::optional<std::string>& wanted, const std::string& text) {
  return !wanted || *wanted == text;
}

bool admits(const DrawdownFilter& filter, const DrawKey& key) {
  const Funding funding = key.grant.empty() ? Funding::cash : Funding::credits;
  return admits(filter.investee, key.investee) && admits(filter.grant, key.grant) &&
         admits(filter.service, key.service) && admits(filter.region, key.region) &&
         admits(filter.sku, key.sku) && (!filter.funding || *filter.funding == funding) &&
         (!filter.origin || filter.origin->contains(key.origin_period));
}

}  // namespace

Result<Report> drawdown_list(const BookView& view, DrawdownFilter filter) {
  if (filter.investee) ACCRUE_TRY_DONE(require_investee(view.state, *filter.investee));
  if (filter.grant) {
    ACCRUE_TRY(held, view.state.grant_named(*filter.grant));
    filter.grant = held->grant.id;
  }
  Report report = start_report(view, "drawdowns", "Drawdowns", filter.range);
  report.columns = {{"posting_period", ColumnKind::key},  {"origin_period", ColumnKind::key, 6},
                    {"served_period", ColumnKind::key, 7}, {"investee", ColumnKind::key},
                    {"grant", ColumnKind::key},           {"funding", ColumnKind::text},
                    {"service", ColumnKind::key},         {"sku", ColumnKind::key, 4},
                    {"region", ColumnKind::key, 5},       {"currency", ColumnKind::key},
                    {"amount", ColumnKind::figure},       {"ref", ColumnKind::text, 9}};
  std::map<std::string, std::pair<Decimal, Decimal>> totals;  // drawn and cash-funded, by currency
  for (const PostedDraws& posted : view.draws) {
    if (filter.range && !filter.range->contains(posted.posting_period)) continue;
    for (const auto& [key, amount] : posted.totals) {
      if (!admits(filter, key) || amount.is_zero()) continue;
      const std::string posting = posted.posting_period.to_string();
      const bool is_cash = key.grant.empty();
      // Every currency that a charge states is one of ISO 4217.
      const Currency currency = Currency::from_code(key.currency).value();
      auto& [drawn, cash] = totals[key.currency];
      (is_cash ? cash : drawn) += amount;
      report.rows.push_back(
          {posting, key.origin_period.to_string(), key.served_period.to_string(), key.investee,
           is_cash ? Cell{} : Cell{key.grant}, is_cash ? "cash" : "credits", key.service, key.sku,
           key.region, key.currency, exact_figure(amount, currency),
           make_ref({"drawdown", posting, key.origin_period.to_string(),
                     key.served_period.to_string(), key.investee, key.grant, key.service, key.sku,
                     key.region, key.currency})});
    }
  }
  for (const auto& [code, sums] : totals) {
    const Currency currency = Currency::from_code(code).value();
    report.totals.push_back({"drawn_" + code, exact_figure(sums.first, currency)});
    report.totals.push_back({"cash_funded_" + code, exact_figure(sums.second, currency)});
  }
  sort_rows(report);
  return report;
}

Result<Report> entry_list(const Store& store, const BookView& view,
                          std::optional<PeriodRange> range) {
  Report report = start_report(view, "entries", "Entries", range);
  report.columns = {{"entry", ColumnKind::key},
                    {"record", ColumnKind::count},
                    {"date", ColumnKind::text},
                    {"posting_period", ColumnKind::text},
                    {"origin_period", ColumnKind::text},
                    {"memo", ColumnKind::text, 2},
                    {"lines", ColumnKind::count, 4},
                    {"amount", ColumnKind::figure},
                    {"ref", ColumnKind::text, 9}};
  const auto add = [&](const StoredEntry& stored) {
    if (stored.record > view.state.record_count) return true;
    const Entry& entry = stored.entry;
    std::int64_t debits = 0;
    for (const Line& line : entry.lines()) debits += std::max<std::int64_t>(line.amount_minor_units, 0);
    report.rows.push_back({stored.number, stored.record, entry.dated_on().to_string(),
                           entry.posting_period().to_string(), entry.origin_period().to_string(),
                           entry.memo(), static_cast<std::int64_t>(entry.lines().size()),
                           money_figure(view.state, debits),
                           make_ref({"entry", std::to_string(stored.number)})});
    return true;
  };
  if (range) {
    store.for_each_entry_of(*range, add);
  } else {
    store.for_each_entry(1, view.state.record_count, add);
  }
  return report;
}

namespace {

/// The periods a person can ask about: from the book's first to the last that is closed or has a
/// posting.
std::optional<PeriodRange> periods_of(const BookView& view) {
  const BookState& state = view.state;
  const std::optional<Period> first = state.first_period ? state.first_period : state.earliest;
  if (!first) return std::nullopt;
  Period last = *first;
  if (!state.closes.empty()) last = std::max(last, state.closes.back().period);
  for (const auto& [key, amount] : view.balances) {
    if (amount != 0) last = std::max(last, key.posting_period);
  }
  return PeriodRange{*first, last};
}

}  // namespace

Result<Report> period_list(const Store& store, const BookView& view) {
  Report report = start_report(view, "periods", "Periods", std::nullopt);
  report.columns = {{"period", ColumnKind::key},          {"state", ColumnKind::text},
                    {"closed_by", ColumnKind::count},     {"reopened_by", ColumnKind::count, 4},
                    {"begin", ColumnKind::text, 3},       {"end", ColumnKind::text, 2},
                    {"trial_balance_hash", ColumnKind::text, 5}, {"ref", ColumnKind::text, 9}};
  const BookState& state = view.state;
  std::map<Period, StoredClose> in_force;
  std::map<Period, std::int64_t> reopened;
  for (const StoredClose& close : store.read_closes()) {
    if (close.record > state.record_count) continue;
    if (close.reopened_by && *close.reopened_by <= state.record_count) {
      reopened[close.period] = *close.reopened_by;
      report.notes.push_back(close.period.to_string() + " was closed by record " +
                             std::to_string(close.record) + " and reopened by record " +
                             std::to_string(*close.reopened_by));
    } else {
      in_force[close.period] = close;
    }
  }
  const std::optional<PeriodRange> range = periods_of(view);
  if (!range) return report;
  for (Period period = range->first; period <= range->last; period = period.next()) {
    const auto close = in_force.find(period);
    const auto taken_back = reopened.find(period);
    const bool is_closed = close != in_force.end();
    const bool is_reopened = !is_closed && taken_back != reopened.end();
    report.rows.push_back(
        {period.to_string(), is_closed ? "closed" : is_reopened ? "reopened" : "open",
         is_closed ? Cell{close->second.record} : Cell{},
         is_reopened ? Cell{taken_back->second} : Cell{},
         (is_closed ? close->second.begin_at : state.zone.begin_of(period)).to_string(),
         (is_closed ? close->second.end_at : state.zone.end_of(period)).to_string(),
         is_closed ? Cell{to_hex(close->second.trial_balance_hash)} : Cell{},
         make_ref({"periods", period.to_string()})});
  }
  sort_rows(report);
  return report;
}

}  // namespace accrue
