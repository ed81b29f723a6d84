#include "cli/command_deal.h"

#include "accounting/posting/saved_forecasts.h"
#include "accounting/report/ref.h"
#include "cli/files.h"
#include "cli/notices.h"
#include "cli/output.h"
#include "cli/request.h"
#include "cli/summary.h"
#include "ledger/credit/breakage_method.h"
#include "ledger/error/suggest.h"
#include "ledger/intake/quoted.h"
#include "ledger/intake/terms.h"
#include "ledger/number/round.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

/// `percent` of an amount, to a whole minor unit: as deals are priced.
Figure percent_of(const Amount& amount, const Decimal& percent) {
  const int digits = amount.currency.minor_digits();
  const std::int64_t minor =
      round_half_even(Int1024{amount.value.units()} * Int1024{percent.units()},
                      Int1024{power_of_ten(Decimal::fraction_digits + 2)} *
                          Int1024{power_of_ten(Decimal::fraction_digits - digits)});
  return {Decimal::from_scaled(minor, digits), digits};
}

Figure figure_of(const Amount& amount) { return {amount.value, amount.currency.minor_digits()}; }

std::string text_of(const std::optional<Date>& date) { return date ? date->to_string() : ""; }

std::string breakage_of(const Tranche& tranche) {
  const std::string method{to_string(tranche.breakage_method)};
  return tranche.expected_unused ? method + " " + tranche.expected_unused->to_string() : method;
}

/// The three figures that review wants side by side, and what the deal was.
void add_deal_totals(Report& report, const Investment& deal, const DealPrice& price,
                     Currency functional) {
  Decimal face;
  Decimal stand_alone;
  const Currency face_currency = deal.tranches.front().face.currency;
  for (const Tranche& tranche : deal.tranches) {
    face += tranche.face.value;
    if (!tranche.bonus) stand_alone += percent_of(tranche.face, deal.ssp_percent).value;
  }
  const int digits = face_currency.minor_digits();
  report.totals = {{"face", Figure{face, digits}}, {"stand_alone_price", Figure{stand_alone, digits}}};
  Cell fair_value_less_cash;
  if (deal.fair_value_of_stake) {
    Amount rest = *deal.fair_value_of_stake;
    if (deal.cash) rest.value -= deal.cash->value;
    fair_value_less_cash = figure_of(rest);
  }
  report.totals.push_back({"fair_value_less_cash", fair_value_less_cash});
  std::int64_t minor_units = 0;
  for (const TranchePrice& part : price.tranches) minor_units += part.price_minor_units;
  report.totals.push_back({"price", money_of(minor_units, functional)});
}

void add_deal_notes(Report& report, const HeldInvestment& held) {
  const Investment& deal = held.investment;
  report.notes.push_back("investee " + deal.investee + ", signed " + deal.signed_on.to_string() +
                         ", record " + std::to_string(held.record) + " from " + held.file);
  if (deal.stake_percent) report.notes.push_back("stake " + deal.stake_percent->to_string() + "%");
  if (!deal.influence.empty()) report.notes.push_back("influence: " + deal.influence);
  if (deal.cash) report.notes.push_back("cash paid " + shown_amount(*deal.cash));
  if (deal.fair_value_of_stake) {
    report.notes.push_back("fair value of the stake " + shown_amount(*deal.fair_value_of_stake));
  }
  if (deal.fixed_rate) report.notes.push_back("fixed rate " + deal.fixed_rate->to_string());
  for (const std::string& assumption : held.price.assumptions) {
    report.notes.push_back("assumed: " + assumption);
  }
}

Report deal_report(const BookView& view, const HeldInvestment& held) {
  const Investment& deal = held.investment;
  Report report;
  report.name = "investment";
  report.title = "Investment " + deal.id;
  report.book_id = view.state.opened.book_id;
  report.currency = std::string{view.state.functional().code()};
  report.as_of = {view.state.record_count, view.root};
  report.columns = {{"tranche", ColumnKind::key},        {"face", ColumnKind::figure},
                    {"face_currency", ColumnKind::text}, {"stand_alone_price", ColumnKind::figure},
                    {"price", ColumnKind::figure},       {"issued", ColumnKind::text},
                    {"expires", ColumnKind::text},       {"priority", ColumnKind::count, 3},
                    {"bonus", ColumnKind::text, 4},      {"breakage", ColumnKind::text, 2},
                    {"received_on", ColumnKind::text, 5}, {"ref", ColumnKind::text, 9}};
  for (std::size_t i = 0; i < deal.tranches.size(); ++i) {
    const Tranche& tranche = deal.tranches[i];
    const TranchePrice& price = held.price.tranches[i];
    report.rows.push_back({tranche.id, figure_of(tranche.face),
                           std::string{tranche.face.currency.code()},
                           percent_of(tranche.face, deal.ssp_percent),
                           money(view.state, price.price_minor_units),
                           tranche.issued_on.to_string(), cell_of(text_of(tranche.expires_on)),
                           std::int64_t{tranche.priority}, std::string{tranche.bonus ? "yes" : "no"},
                           breakage_of(tranche), price.received_on.to_string(),
                           make_ref({"investment", deal.id, tranche.id})});
  }
  add_deal_totals(report, deal, held.price, view.state.functional());
  add_deal_notes(report, held);
  return report;
}

Result<const HeldInvestment*> investment_named(const BookState& state, const std::string& id) {
  if (const HeldInvestment* held = state.find_investment(id)) return held;
  std::vector<std::string_view> known;
  for (const HeldInvestment& held : state.investments) known.push_back(held.investment.id);
  const std::optional<std::string> near = suggest(id, known);
  return Error{.code = ErrorCode::unknown_id,
               .message = "no investment '" + id + "'",
               .hint = near ? "did you mean '" + *near + "'?" : "see accrue investment list"};
}

/// "4%", "27_000_000 CNY" or "27_000_000" in the currency of the face.
Result<ExpectedUnused> read_expected_unused(const std::string& text, const Grant& grant) {
  if (text.ends_with('%')) {
    ACCRUE_TRY(percent, parse_percent("VALUE", text));
    return ExpectedUnused{ExpectedUnused::Measure::percent_of_face, percent};
  }
  const std::string currency{grant.face.currency.code()};
  const bool has_currency = text.find(' ') != std::string::npos;
  ACCRUE_TRY(amount, parse_amount("VALUE", has_currency ? text : text + " " + currency,
                                  Precision::minor_units));
  if (amount.currency == grant.face.currency) {
    return ExpectedUnused{ExpectedUnused::Measure::amount, amount.value};
  }
  return Error{.code = ErrorCode::bad_currency,
               .message = "the face of grant " + grant.id + " is in " + currency +
                          ", the estimate in " + std::string{amount.currency.code()},
               .hint = "state the estimate in " + currency + ", or in percent of the face"};
}

/// What a saved forecast leaves of a grant when it expires. Errors: bad_value (it does not expire in
/// the forecast).
Result<ExpectedUnused> unused_in(const ForecastSaved& forecast, const Grant& grant) {
  Decimal expired;
  for (const ForecastRow& row : forecast.rows) {
    if (row.grant == grant.id) expired += row.expired;
  }
  const bool ends = grant.expiry_period && forecast.months.contains(*grant.expiry_period);
  if (ends || !expired.is_zero()) {
    return ExpectedUnused{ExpectedUnused::Measure::amount, expired};
  }
  return Error{.code = ErrorCode::bad_value,
               .message = "grant " + grant.id + " does not expire in forecast '" + forecast.name +
                          "'",
               .notes = {"its months are " + forecast.months.first.to_string() + " to " +
                         forecast.months.last.to_string()},
               .hint = "state VALUE: accrue estimate " + grant.id +
                       " breakage VALUE --from-scenario " + forecast.name + " --reason TEXT"};
}

/// What an estimate says, and the saved forecast that it rests on.
struct Estimated {
  ExpectedUnused unused;
  std::optional<CitedForecast> evidence;
};

Result<Estimated> read_estimate(const EstimateCommand& command, const BookState& state,
                                const Grant& grant) {
  Estimated estimated;
  if (command.forecast) {
    ACCRUE_TRY(held, saved_forecast(state, *command.forecast));
    estimated.evidence = citation_of(*held);
    if (!command.value) {
      ACCRUE_TRY(unused, unused_in(held->fact, grant));
      estimated.unused = unused;
      return estimated;
    }
  }
  ACCRUE_TRY(unused, read_expected_unused(*command.value, grant));
  estimated.unused = unused;
  return estimated;
}

Result<Period> first_period_of_estimate(const EstimateCommand& command, const BookState& state,
                                        const Grant& grant) {
  if (command.from) return single_period(*command.from, state);
  return first_open_period(state).value_or(Period::of(grant.issued_on));
}

}  // namespace

Result<ExitStatus> run(const Context& context, const InvestmentCheckCommand& command) {
  ACCRUE_TRY(text, read_file(command.file));
  ACCRUE_TRY(deal, parse_terms(text, command.file));
  ACCRUE_TRY_DONE(put_page(context, command.file + ": investment " + deal.id + " of " +
                                        deal.investee + ", " +
                                        std::to_string(deal.tranches.size()) +
                                        " tranches: the terms can be read\n"));
  context.say_next("investment add " + command.file + " --dry-run");
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const InvestmentAddCommand& command) {
  ACCRUE_TRY(text, read_file(command.file));
  ACCRUE_TRY(deal, parse_terms(text, command.file));
  ACCRUE_TRY(books, context.open_to_write());
  ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
  const std::string id = deal.id;
  const std::optional<Instant> time = book_time(books.store(), books.state());
  ACCRUE_TRY(recorded, books.record(InvestmentAdded{std::move(deal), file_name(command.file), text},
                                    stamp, context.options().mode));
  Report report = posted_report(books, "investment-add", "Investment " + id, recorded);
  report.notices = notices_of(books, recorded, time);
  ACCRUE_TRY_DONE(put_report(context, report));
  say_notices(context, *report.notices);
  say_recorded(context, recorded);
  context.say_next(context.options().mode == RunMode::write ? "investment show " + id
                                                            : "investment add " + command.file);
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const InvestmentListCommand&) {
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY(report, investment_list(opened.view));
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const InvestmentShowCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY(held, investment_named(opened.view.state, command.id));
  if (command.what == ShowWhat::terms) {
    ACCRUE_TRY_DONE(put_page(context, held->terms_text));
  } else {
    ACCRUE_TRY_DONE(put_report(context, deal_report(opened.view, *held)));
  }
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const GrantListCommand&) {
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY(report, grant_list(opened.view));
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const EstimateCommand& command) {
  ACCRUE_TRY(books, context.open_to_write());
  ACCRUE_TRY(held, books.state().grant_named(command.grant));
  const Grant grant = held->grant;
  ACCRUE_TRY(estimated, read_estimate(command, books.state(), grant));
  ACCRUE_TRY(from, first_period_of_estimate(command, books.state(), grant));
  ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
  ACCRUE_TRY(recorded,
             record_fact(context, books,
                         EstimateChanged{grant.id, estimated.unused, from, estimated.evidence},
                         stamp));
  Report report = posted_report(books, "estimate",
                                "Estimate of grant " + grant.id + ": " +
                                    estimated.unused.to_string() + " unused from " +
                                    from.to_string(),
                                recorded);
  if (estimated.evidence) {
    report.notes.push_back("rests on forecast " + *command.forecast + ", saved in record " +
                           std::to_string(estimated.evidence->record) + ", digest " +
                           to_hex(estimated.evidence->leaf_hash));
  }
  ACCRUE_TRY_DONE(put_report(context, report));
  say_recorded(context, recorded);
  context.say_next("period check " + from.to_string());
  return ExitStatus::done;
}

}  // namespace accrue
