#pragma once

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "ledger/book/codec.h"
#include "ledger/intake/fact.h"
#include "ledger/intake/fact_bytes.h"

// One list of fields per type, walked by a writer and by a reader, so that the two cannot differ.
// The order of the fields is the format: docs/formats.md, "Fact bytes".

namespace accrue {

class FactWriter;
class FactReader;

/// What an archive walks: const where it is written, changed where it is read.
template <typename Archive, typename T>
using Walked = std::conditional_t<std::is_same_v<Archive, FactReader>, T, const T>;

/// The last value of an enumeration, numbered from 0.
template <typename Enum>
inline constexpr Enum last_of;
template <>
inline constexpr Basis last_of<Basis> = Basis::billed;
template <>
inline constexpr Shares last_of<Shares> = Shares::with_tranche;
template <>
inline constexpr BreakageMethod last_of<BreakageMethod> = BreakageMethod::proportional;
template <>
inline constexpr ExpectedUnused::Measure last_of<ExpectedUnused::Measure> =
    ExpectedUnused::Measure::percent_of_face;
template <>
inline constexpr CreditRows last_of<CreditRows> = CreditRows::reduces;
template <>
inline constexpr OnError last_of<OnError> = OnError::quarantine;
template <>
inline constexpr DeliveryMode last_of<DeliveryMode> = DeliveryMode::replace;
template <>
inline constexpr CatchUpClass last_of<CatchUpClass> = CatchUpClass::error;
template <>
inline constexpr ProviderPeriod::Status last_of<ProviderPeriod::Status> =
    ProviderPeriod::Status::closed;
template <>
inline constexpr SlashDates last_of<SlashDates> = SlashDates::day_first;
template <>
inline constexpr ChargeCategory last_of<ChargeCategory> = ChargeCategory::adjustment;
template <>
inline constexpr DrawForecast last_of<DrawForecast> = last_draw_forecast;
template <>
inline constexpr ChargeClass last_of<ChargeClass> = ChargeClass::correction;
template <>
inline constexpr Charge::Kind last_of<Charge::Kind> = Charge::Kind::reduction;

/// A value to read into.
template <typename T>
T blank();

class FactWriter {
 public:
  void operator()(bool value) { out_.put_u8(value ? 1 : 0); }
  void operator()(int value) { out_.put_i64(value); }
  void operator()(std::int64_t value) { out_.put_i64(value); }
  void operator()(const std::string& value) { out_.put_text(value); }
  void operator()(const Decimal& value) { out_.put_decimal(value); }
  void operator()(const Currency& value) { out_.put_text(value.code()); }
  void operator()(const std::vector<Charge>& charges);
  void operator()(const std::vector<Event>& events);
  void operator()(const std::vector<RowSpan>& spans);
  void operator()(const ClosingForecast& forecast);
  void operator()(const EstimateChanged& fact);
  template <typename T>
  void operator()(const std::optional<T>& value) {
    out_.put_optional(value, [this](const T& item) { (*this)(item); });
  }
  template <typename T>
  void operator()(const std::vector<T>& list) {
    out_.put_list(list, [this](const T& item) { (*this)(item); });
  }
  template <typename Key, typename Value>
  void operator()(const std::map<Key, Value>& map) {
    out_.put_list(map, [this](const auto& item) { (*this)(item); });
  }
  template <typename First, typename Second>
  void operator()(const std::pair<First, Second>& pair) {
    (*this)(pair.first);
    (*this)(pair.second);
  }
  template <typename T>
  void operator()(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      out_.put_u8(static_cast<std::uint8_t>(value));
    } else {
      walk(*this, value);
    }
  }
  std::string take() { return out_.take(); }

 private:
  ByteWriter out_;
};

class FactReader {
 public:
  explicit FactReader(std::string_view bytes) : in_{bytes} {}

  void operator()(bool& value) { value = flag(); }
  void operator()(std::int64_t& value) { value = in_.get_i64(); }
  void operator()(std::int32_t& value);
  void operator()(std::string& value) { value = in_.get_text(); }
  void operator()(Decimal& value) { value = in_.get_decimal(); }
  void operator()(Currency& value);
  void operator()(std::vector<Charge>& charges);
  void operator()(std::vector<Event>& events);
  void operator()(std::vector<RowSpan>& spans);
  void operator()(ClosingForecast& forecast);
  void operator()(EstimateChanged& fact);
  template <typename T>
  void operator()(std::optional<T>& value) {
    if (flag()) (*this)(value.emplace(blank<T>()));
  }
  template <typename T>
  void operator()(std::vector<T>& list) {
    for (std::size_t count = in_.get_count(); count > 0; --count) {
      (*this)(list.emplace_back(blank<T>()));
    }
  }
  template <typename Key, typename Value>
  void operator()(std::map<Key, Value>& map) {
    for (std::size_t count = in_.get_count(); count > 0; --count) {
      Key key = blank<Key>();
      (*this)(key);
      if (!map.empty() && !(map.rbegin()->first < key)) throw DamagedBytes{};
      (*this)(map[std::move(key)]);
    }
  }
  template <typename First, typename Second>
  void operator()(std::pair<First, Second>& pair) {
    (*this)(pair.first);
    (*this)(pair.second);
  }
  template <typename T>
  void operator()(T& value) {
    if constexpr (std::is_enum_v<T>) {
      const std::uint8_t number = in_.get_u8();
      if (number > static_cast<std::uint8_t>(last_of<T>)) throw DamagedBytes{};
      value = static_cast<T>(number);
    } else {
      walk(*this, value);
    }
  }
  void finish() const { in_.finish(); }

 private:
  bool flag();
  ByteReader in_;
};

template <typename T>
T blank() {
  if constexpr (std::is_default_constructible_v<T>) {
    return T{};
  } else if constexpr (std::is_same_v<T, Currency>) {
    return Currency::from_code("USD").value();
  } else if constexpr (std::is_same_v<T, Amount>) {
    return Amount{{}, blank<Currency>()};
  } else if constexpr (std::is_same_v<T, BookOpened>) {
    return BookOpened{{}, {}, blank<Currency>(), {}, {}, 1, {}, {}};
  } else if constexpr (std::is_same_v<T, RateCard>) {
    return RateCard{{}, blank<Currency>(), {}};
  } else if constexpr (std::is_same_v<T, RateCardAdded>) {
    return RateCardAdded{blank<RateCard>(), {}, {}};
  } else if constexpr (std::is_same_v<T, Tranche>) {
    return Tranche{{}, blank<Amount>(), {}, {}, {}, 0, {}, false, {}, {}, {}};
  } else if constexpr (std::is_same_v<T, SegmentRevenue>) {
    return SegmentRevenue{{}, {}, {}, blank<Currency>(), {}, {}, {}, {}};
  } else if constexpr (std::is_same_v<T, BaseRevenue>) {
    return BaseRevenue{{}, {}, {}, blank<Currency>(), {}, {}};
  } else {
    static_assert(std::is_same_v<T, ExchangeRate>);
    return ExchangeRate{{}, blank<Currency>(), {}, {}};
  }
}

// --- Times and amounts -------------------------------------------------------------------------

template <typename Archive>
void walk(Archive& archive, Walked<Archive, Date>& date) {
  archive(date.days);
  if constexpr (std::is_same_v<Archive, FactReader>) require_stored_day(date.days);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, Instant>& instant) {
  archive(instant.microseconds);
  if constexpr (std::is_same_v<Archive, FactReader>) require_stored_instant(instant.microseconds);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, Period>& period) {
  archive(period.months);
  if constexpr (std::is_same_v<Archive, FactReader>) require_stored_month(period.months);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, PeriodRange>& range) {
  archive(range.first);
  archive(range.last);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, Amount>& amount) {
  archive(amount.value);
  archive(amount.currency);
}

// --- Terms -------------------------------------------------------------------------------------

template <typename Archive>
void walk(Archive& archive, Walked<Archive, ExpectedUnused>& expected) {
  archive(expected.measure);
  archive(expected.value);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, Scope>& scope) {
  archive(scope.services);
  archive(scope.regions);
  archive(scope.skus);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, Tranche>& tranche) {
  archive(tranche.id);
  archive(tranche.face);
  archive(tranche.issued_on);
  archive(tranche.begins_on);
  archive(tranche.expires_on);
  archive(tranche.priority);
  archive(tranche.transaction_price);
  archive(tranche.bonus);
  archive(tranche.scope);
  archive(tranche.breakage_method);
  archive(tranche.expected_unused);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, Matching>& matching) {
  archive(matching.billing_accounts);
  archive(matching.sub_accounts);
  archive(matching.from_on);
  archive(matching.to_on);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, Investment>& investment) {
  archive(investment.id);
  archive(investment.investee);
  archive(investment.signed_on);
  archive(investment.stake_percent);
  archive(investment.influence);
  archive(investment.cash);
  archive(investment.fair_value_of_stake);
  archive(investment.ssp_percent);
  archive(investment.shares);
  archive(investment.fixed_rate);
  archive(investment.basis);
  archive(investment.accept_price_above_face);
  archive(investment.matching);
  archive(investment.tranches);
}

// --- Deliveries --------------------------------------------------------------------------------

template <typename Archive>
void walk(Archive& archive, Walked<Archive, DeliveryTerms>& terms) {
  archive(terms.source);
  archive(terms.basis);
  archive(terms.credit_rows);
  archive(terms.on_error);
  archive(terms.slash_dates);
  archive(terms.overage_currencies);
  archive(terms.absent_currency);
  archive(terms.map);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, MapFile>& map) {
  archive(map.name);
  archive(map.text);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, UsageFile>& file) {
  archive(file.name);
  archive(file.sha256);
  archive(file.byte_count);
  archive(file.row_count);
  archive(file.quarantined_count);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, RowsAndAmount>& rows) {
  archive(rows.row_count);
  archive(rows.amount);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, Delivery::OtherKey>& key) {
  archive(key.billing_account);
  archive(key.period);
  archive(key.currency);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, ChargeKey>& key) {
  archive(key.investee);
  archive(key.currency);
  archive(key.billing_account);
  archive(key.sub_account);
  archive(key.service);
  archive(key.sku);
  archive(key.region);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, Delivery>& delivery) {
  archive(delivery.terms);
  archive(delivery.mode);
  archive(delivery.catch_up);
  archive(delivery.files);
  archive(delivery.billing_periods);
  archive(delivery.charges);
  archive(delivery.by_category);
  archive(delivery.by_account);
  archive(delivery.other_customers);
  archive(delivery.settled);
  archive(delivery.crossing);
  archive(delivery.rows_of_charges);
}

// --- Facts -------------------------------------------------------------------------------------

template <typename Archive>
void walk(Archive& archive, Walked<Archive, BookOpened>& fact) {
  archive(fact.name);
  archive(fact.book_id);
  archive(fact.functional_currency);
  archive(fact.time_zone);
  archive(fact.time_zone_data);
  archive(fact.fiscal_start_month);
  archive(fact.first_period);
  archive(fact.materiality_percent);
  archive(fact.dual_control);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, InvestmentAdded>& fact) {
  archive(fact.investment);
  archive(fact.file);
  archive(fact.text);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, UsageImported>& fact) {
  archive(fact.delivery);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, SegmentRevenue>& row) {
  archive(row.segment);
  archive(row.basis);
  archive(row.period);
  archive(row.currency);
  archive(row.revenue);
  archive(row.source);
  archive(row.published_growth_pct);
  archive(row.note);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, BaseRevenue>& row) {
  archive(row.investee);
  archive(row.segment);
  archive(row.period);
  archive(row.currency);
  archive(row.revenue);
  archive(row.source);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, ExchangeRate>& row) {
  archive(row.on);
  archive(row.from);
  archive(row.rate);
  archive(row.source);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, SegmentImported>& fact) {
  archive(fact.file);
  archive(fact.sha256);
  archive(fact.rows);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, BaseImported>& fact) {
  archive(fact.file);
  archive(fact.sha256);
  archive(fact.rows);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, RatesImported>& fact) {
  archive(fact.file);
  archive(fact.sha256);
  archive(fact.rows);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, AcceptedException>& accepted) {
  archive(accepted.code);
  archive(accepted.subject);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, PeriodClosed>& fact) {
  archive(fact.period);
  archive(fact.first_period);
  archive(fact.begin_at);
  archive(fact.end_at);
  archive(fact.accepted);
  archive(fact.trial_balance_hash);
  archive(fact.forecast);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, PeriodReopened>& fact) {
  archive(fact.period);
}

// --- Metering ----------------------------------------------------------------------------------

template <typename Archive>
void walk(Archive& archive, Walked<Archive, Metered>& metered) {
  archive(metered.quantity);
  archive(metered.unit);
  archive(metered.unit_price);
  archive(metered.rate_card);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, UnitPrice>& price) {
  archive(price.service);
  archive(price.sku);
  archive(price.region);
  archive(price.unit);
  archive(price.effective_on);
  archive(price.price);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, RateCard>& card) {
  archive(card.id);
  archive(card.currency);
  archive(card.prices);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, EventsAccepted>& fact) {
  archive(fact.catch_up);
  archive(fact.events);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, RateCardAdded>& fact) {
  archive(fact.card);
  archive(fact.file);
  archive(fact.text);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, ProviderPeriod>& row) {
  archive(row.issuer);
  archive(row.period);
  archive(row.begin_at);
  archive(row.end_at);
  archive(row.status);
  archive(row.updated_at);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, BillingPeriodsImported>& fact) {
  archive(fact.file);
  archive(fact.sha256);
  archive(fact.rows);
}

// --- Evidence ----------------------------------------------------------------------------------

template <typename Archive>
void walk(Archive& archive, Walked<Archive, AttemptRefused>& fact) {
  archive(fact.command);
  archive(fact.code);
  archive(fact.message);
  archive(fact.period);
}

// --- Keys and checkpoints ----------------------------------------------------------------------

template <typename Archive>
void walk(Archive& archive, Walked<Archive, KeyRegistered>& fact) {
  archive(fact.person);
  archive(fact.verifier_key);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, CheckpointSigned>& fact) {
  archive(fact.note);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, TimestampAttached>& fact) {
  archive(fact.checkpoint);
  archive(fact.response);
}

// --- Forecasts and what they assume ------------------------------------------------------------

template <typename Archive>
void walk(Archive& archive, Walked<Archive, CitedForecast>& cited) {
  archive(cited.record);
  archive(cited.leaf_hash);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, ForecastRow>& row) {
  archive(row.period);
  archive(row.investee);
  archive(row.grant);
  archive(row.currency);
  archive(row.drawn);
  archive(row.expired);
  archive(row.usage_revenue);
  archive(row.breakage_revenue);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, ForecastSaved>& fact) {
  archive(fact.name);
  archive(fact.file);
  archive(fact.text);
  archive(fact.sha256);
  archive(fact.start_records);
  archive(fact.start_root);
  archive(fact.months);
  archive(fact.rows);
}

template <typename Archive>
void walk(Archive& archive, Walked<Archive, TrancheAssumed>& fact) {
  archive(fact.grant);
  archive(fact.issued_on);
  archive(fact.begins_on);
  archive(fact.expires_on);
  archive(fact.priority);
}

}  // namespace accrue
