#include "accounting/audit/log_facts.h"

#include <algorithm>

#include "accounting/report/ref.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string{count == 1 ? one : many};
}

std::string join(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string{between}) + word;
  return text;
}

class Teller {
 public:
  Teller(std::int64_t record, const BookState& state) : record_{record}, state_{state} {}

  ToldFact operator()(const BookOpened& fact) const {
    return {"opened the book '" + fact.name + "' in " +
            std::string{fact.functional_currency.code()} + ", " + fact.time_zone};
  }

  ToldFact operator()(const InvestmentAdded& fact) const {
    const Investment& deal = fact.investment;
    std::vector<std::string> tranches;
    for (const Tranche& tranche : deal.tranches) tranches.push_back(tranche.id);
    return {"added investment " + deal.id + " in " + deal.investee + " with " +
                counted(tranches.size(), "tranche ", "tranches ") + join(tranches, ", ") +
                ", from " + fact.file,
            {month_of(deal.signed_on)},
            deal.signed_on};
  }

  ToldFact operator()(const UsageImported& fact) const {
    const Delivery& delivery = fact.delivery;
    std::int64_t rows = 0;
    for (const UsageFile& file : delivery.files) rows += file.row_count;
    std::string what = "imported " + counted(delivery.files.size(), "file", "files") +
                       " of source " + delivery.terms.source + ": " +
                       counted(static_cast<std::size_t>(rows), "row", "rows") + ", " + counted(delivery.charges.size(), "charge", "charges");
    if (delivery.mode == DeliveryMode::replace) what += ", replacing what stood";
    if (const std::int64_t aside = quarantined_count(delivery.files); aside > 0) {
      what += ", " + std::to_string(aside) + " rows set aside";
    }
    ToldFact told{std::move(what)};
    add_months(told, delivery.charges);
    return told;
  }

  ToldFact operator()(const EventsAccepted& fact) const {
    ToldFact told{"accepted " + counted(fact.events.size(), "event", "events")};
    add_months(told, fact.events);
    return told;
  }

  ToldFact operator()(const EstimateChanged& fact) const {
    ToldFact told{"estimated what of grant " + fact.grant + " will never be drawn, from " +
                      fact.from.to_string() + " on",
                  {{fact.from, fact.from}},
                  fact.from.first_day()};
    const HeldGrant* const held = state_.find_grant(fact.grant);
    if (held == nullptr) return told;
    BookState before = state_;
    std::erase_if(before.estimates,
                  [&](const HeldEstimate& estimate) { return estimate.record >= record_; });
    const Amount& face = held->grant.face;
    told.what += ": " + fact.expected_unused.of(face.value).to_string() + " of " +
                 face.value.to_string() + " " + std::string{face.currency.code()} + ", was " +
                 before.expected_unused(held->grant, fact.from).to_string();
    if (fact.evidence) told.what += ", as " + cited(*fact.evidence) + " says";
    return told;
  }

  ToldFact operator()(const SegmentImported& fact) const {
    return of_rows(fact, "segment revenue");
  }
  ToldFact operator()(const BaseImported& fact) const { return of_rows(fact, "base revenue"); }

  ToldFact operator()(const RatesImported& fact) const {
    ToldFact told{"imported " + counted(fact.rows.size(), "exchange rate", "exchange rates") +
                  " from " + fact.file};
    for (const ExchangeRate& row : fact.rows) {
      told.periods.push_back(month_of(row.on));
      told.effective_on = std::max(told.effective_on.value_or(row.on), row.on);
    }
    return told;
  }

  ToldFact operator()(const BillingPeriodsImported& fact) const {
    ToldFact told{"imported what providers say of " +
                  counted(fact.rows.size(), "billing period", "billing periods") + ", from " +
                  fact.file};
    for (const ProviderPeriod& row : fact.rows) {
      told.periods.push_back({row.period, row.period});
    }
    return told;
  }

  ToldFact operator()(const RateCardAdded& fact) const {
    return {"added rate card " + fact.card.id + " with " +
            counted(fact.card.prices.size(), "price", "prices") + ", from " + fact.file};
  }

  ToldFact operator()(const PeriodClosed& fact) const {
    std::string what = "closed " + fact.period.to_string();
    std::vector<std::string> accepted;
    for (const AcceptedException& exception : fact.accepted) {
      accepted.push_back(exception.code + " (" + exception.subject + ")");
    }
    if (const auto* const saved = std::get_if<CitedForecast>(&fact.forecast)) {
      what += ", " + cited(*saved);
    } else if (fact.forecast != ClosingForecast{usual_draw_forecast}) {
      what += ", forecast " + std::string{to_string(std::get<DrawForecast>(fact.forecast))};
    }
    if (!accepted.empty()) what += ", accepting " + join(accepted, ", ");
    return {std::move(what),
            {{fact.period, fact.period}},
            fact.period.next().first_day()};
  }

  ToldFact operator()(const PeriodReopened& fact) const {
    return {"reopened " + fact.period.to_string(),
            {{fact.period, fact.period}},
            fact.period.next().first_day()};
  }

  ToldFact operator()(const AttemptRefused& fact) const {
    ToldFact told{"was refused '" + join(fact.command, " ") + "' (" + fact.code + "): " +
                  fact.message};
    if (fact.period) told.periods.push_back({*fact.period, *fact.period});
    return told;
  }

  ToldFact operator()(const KeyRegistered& fact) const {
    return {"registered the key " + fact.verifier_key + " of " + fact.person};
  }

  ToldFact operator()(const CheckpointSigned&) const {
    for (const HeldCheckpoint& held : state_.checkpoints) {
      if (held.record != record_) continue;
      return {"signed a checkpoint over " +
              counted(static_cast<std::size_t>(held.checkpoint.size), "record", "records") +
              " with key " + held.note.signatures.front().key_name};
    }
    return {"signed a checkpoint"};
  }

  ToldFact operator()(const TimestampAttached& fact) const {
    return {"attached a time stamp to the checkpoint of record " +
            std::to_string(fact.checkpoint)};
  }

  ToldFact operator()(const ForecastSaved& fact) const {
    return {"saved the forecast '" + fact.name + "' of " + fact.file + ", " +
                fact.months.first.to_string() + " to " + fact.months.last.to_string() +
                ", from the book's first " + std::to_string(fact.start_records) + " records",
            {fact.months}};
  }

  ToldFact operator()(const TrancheAssumed& fact) const {
    return {"assumed that grant " + fact.grant + " comes otherwise than its terms say"};
  }

 private:
  /// A forecast that a later record names.
  std::string cited(const CitedForecast& forecast) const {
    const auto held =
        std::ranges::find(state_.forecasts, forecast.record, &HeldForecast::record);
    return "forecast '" + (held == state_.forecasts.end() ? "?" : held->fact.name) +
           "' of record " + std::to_string(forecast.record) + ", digest " +
           to_hex(forecast.leaf_hash);
  }

  static PeriodRange month_of(Date day) { return {Period::of(day), Period::of(day)}; }

  /// The months that charges or events fall in.
  template <typename Item>
  void add_months(ToldFact& told, const std::vector<Item>& items) const {
    if (items.empty()) return;
    const auto [first, last] = std::minmax_element(
        items.begin(), items.end(), [](const Item& a, const Item& b) { return a.at < b.at; });
    const Period end = state_.zone.period_of(last->at);
    told.periods.push_back({state_.zone.period_of(first->at), end});
    told.effective_on = end.next().first_day();
  }

  template <typename Imported>
  static ToldFact of_rows(const Imported& fact, std::string_view what) {
    ToldFact told{"imported " + counted(fact.rows.size(), "row", "rows") + " of " +
                  std::string{what} + " from " + fact.file};
    for (const auto& row : fact.rows) {
      told.periods.push_back(row.period);
      const Date end = row.period.last.next().first_day();
      told.effective_on = std::max(told.effective_on.value_or(end), end);
    }
    return told;
  }

  std::int64_t record_;
  const BookState& state_;
};

}  // namespace

ToldFact tell(const Fact& fact, std::int64_t record, const BookState& state) {
  return std::visit(Teller{record, state}, fact);
}

}  // namespace accrue
