#include "ledger/intake/fact.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "ledger/book/codec.h"
#include "ledger/proof/merkle.h"

namespace {

using namespace accrue;

Currency currency(std::string_view code) { return Currency::from_code(code).value(); }

/// Facts of all shapes, the boundaries of every type included, from a seed.
class Invented {
 public:
  explicit Invented(std::uint64_t seed) : engine_{seed} {}

  Fact fact(RecordKind kind) {
    switch (kind) {
      case RecordKind::book_opened:
        return BookOpened{text(),
                          text(),
                          currency_of_any(),
                          text(),
                          text(),
                          integer32(),
                          maybe([&] { return period(); }),
                          maybe([&] { return decimal(); }),
                          flip()};
      case RecordKind::investment_added:
        return InvestmentAdded{investment(), text(), text()};
      case RecordKind::usage_imported:
        return UsageImported{delivery()};
      case RecordKind::estimate_changed:
        return EstimateChanged{text(), unused(), period(), maybe([&] { return cited(); })};
      case RecordKind::segment_imported:
        return SegmentImported{text(), text(), list([&] {
                                 return SegmentRevenue{text(),
                                                       text(),
                                                       {period(), period()},
                                                       currency_of_any(),
                                                       decimal(),
                                                       text(),
                                                       maybe([&] { return decimal(); }),
                                                       maybe([&] { return text(); })};
                               })};
      case RecordKind::base_imported:
        return BaseImported{text(), text(), list([&] {
                              return BaseRevenue{
                                  text(),    text(), {period(), period()}, currency_of_any(),
                                  decimal(), text()};
                            })};
      case RecordKind::rates_imported:
        return RatesImported{text(), text(), list([&] {
                               return ExchangeRate{date(), currency_of_any(), decimal(), text()};
                             })};
      case RecordKind::period_closed:
        return PeriodClosed{period(),
                            period(),
                            instant(),
                            instant(),
                            list([&] { return AcceptedException{text(), text()}; }),
                            text(),
                            closing()};
      case RecordKind::period_reopened:
        return PeriodReopened{period()};
      case RecordKind::events_accepted:
        return EventsAccepted{one_of(CatchUpClass::error), list([&] { return event(); })};
      case RecordKind::rate_card_added:
        return RateCardAdded{{text(), currency_of_any(), list([&] {
                                return UnitPrice{text(), text(), text(),
                                                 text(), date(), decimal()};
                              })},
                             text(),
                             text()};
      case RecordKind::billing_periods_imported:
        return BillingPeriodsImported{text(), text(), list([&] {
                                        return ProviderPeriod{
                                            text(),
                                            period(),
                                            instant(),
                                            instant(),
                                            one_of(ProviderPeriod::Status::closed),
                                            maybe([&] { return instant(); })};
                                      })};
      case RecordKind::attempt_refused:
        return AttemptRefused{list([&] { return text(); }), text(), text(),
                              maybe([&] { return period(); })};
      case RecordKind::key_registered:
        return KeyRegistered{text(), text()};
      case RecordKind::checkpoint_signed:
        return CheckpointSigned{text() + std::to_string(integer())};
      case RecordKind::timestamp_attached:
        return TimestampAttached{integer(), text()};
      case RecordKind::forecast_saved:
        return ForecastSaved{text(), text(), text(), text(), integer(), text(),
                             {period(), period()}, list([&] {
                               return ForecastRow{period(),  text(),    text(),    text(),
                                                  decimal(), decimal(), integer(), integer()};
                             })};
      case RecordKind::tranche_assumed:
        return TrancheAssumed{text(), maybe([&] { return date(); }), maybe([&] { return date(); }),
                              maybe([&] { return date(); }), maybe([&] { return 7; })};
    }
    return PeriodReopened{};
  }

 private:
  std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
  bool flip() { return below(2) == 0; }

  std::string text() {
    static const char* const shapes[] = {
        "", "lunar", "GPU \"H20\", 8x\n", "\xe6\x9c\x88\xe4\xba\xae", "T1", "0", "-"};
    const std::uint64_t shape = below(9);
    if (shape < 7) return shapes[shape];
    if (shape == 7) return std::string(below(3), '\0');
    return std::string(below(300), static_cast<char>('a' + below(26)));
  }
  std::int64_t integer() {
    static constexpr std::int64_t bounds[] = {0, 1, -1, std::numeric_limits<std::int64_t>::max(),
                                              std::numeric_limits<std::int64_t>::min()};
    const std::uint64_t shape = below(8);
    if (shape < 5) return bounds[shape];
    return static_cast<std::int64_t>(engine_() >> below(64));
  }
  std::int32_t integer32() { return static_cast<std::int32_t>(integer()); }
  Decimal decimal() {
    static const char* const bounds[] = {"0",
                                         "1",
                                         "-1",
                                         "0.000000000000000000000000000001",
                                         "-99999999999999999999999999999999999999",
                                         "9999999999999999999999999999999999999900000000",
                                         "-12345678.123456789012345678901234567891"};
    const std::uint64_t shape = below(10);
    if (shape < 7) return stored_decimal(bounds[shape]);
    return Decimal::from_scaled(integer(), static_cast<int>(below(31)));
  }
  Currency currency_of_any() {
    static const char* const codes[] = {"USD", "CNY", "JPY", "KWD"};
    return currency(codes[below(4)]);
  }
  Amount amount() { return {decimal(), currency_of_any()}; }
  std::int64_t between(std::int64_t first, std::int64_t last) {
    return first + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(last - first + 1)));
  }
  // The years 1899 to 2201, the first and the last day more often.
  std::int64_t day() {
    const std::uint64_t shape = below(8);
    return shape == 0 ? -25'932 : shape == 1 ? 84'735 : between(-25'932, 84'735);
  }
  Date date() { return Date{static_cast<std::int32_t>(day())}; }
  Period period() {
    return Period{static_cast<std::int32_t>(between(1899 * 12, 2201 * 12 + 11))};
  }
  Instant instant() { return Instant{day() * 86'400'000'000 + between(0, 86'399'999'999)}; }
  template <typename Enum>
  Enum one_of(Enum last) {
    return static_cast<Enum>(below(static_cast<std::uint64_t>(last) + 1));
  }
  template <typename Make>
  auto maybe(Make make) -> std::optional<decltype(make())> {
    if (flip()) return std::nullopt;
    return make();
  }
  template <typename Make>
  auto list(Make make) -> std::vector<decltype(make())> {
    std::vector<decltype(make())> items;
    for (std::uint64_t count = below(5); count > 0; --count) items.push_back(make());
    return items;
  }
  template <typename Key, typename Make>
  std::map<Key, RowsAndAmount> rows(Make make) {
    std::map<Key, RowsAndAmount> map;
    for (std::uint64_t count = below(5); count > 0; --count) {
      map[make()] = RowsAndAmount{integer(), decimal()};
    }
    return map;
  }
  CitedForecast cited() { return {integer(), text()}; }
  ClosingForecast closing() {
    if (flip()) return cited();
    return one_of(last_draw_forecast);
  }
  ExpectedUnused unused() { return {one_of(ExpectedUnused::Measure::percent_of_face), decimal()}; }
  auto texts() {
    return list([&] { return text(); });
  }

  Investment investment() {
    Investment deal;
    deal.id = text();
    deal.investee = text();
    deal.signed_on = date();
    deal.stake_percent = maybe([&] { return decimal(); });
    deal.influence = text();
    deal.cash = maybe([&] { return amount(); });
    deal.fair_value_of_stake = maybe([&] { return amount(); });
    deal.ssp_percent = decimal();
    deal.shares = one_of(Shares::with_tranche);
    deal.fixed_rate = maybe([&] { return decimal(); });
    deal.basis = maybe([&] { return one_of(Basis::billed); });
    deal.accept_price_above_face = flip();
    deal.matching = {texts(), texts(), maybe([&] { return date(); }),
                     maybe([&] { return date(); })};
    deal.tranches = list([&] {
      return Tranche{text(),
                     amount(),
                     date(),
                     maybe([&] { return date(); }),
                     maybe([&] { return date(); }),
                     integer32(),
                     maybe([&] { return amount(); }),
                     flip(),
                     {maybe([&] { return texts(); }), maybe([&] { return texts(); }),
                      maybe([&] { return texts(); })},
                     one_of(BreakageMethod::proportional),
                     maybe([&] { return unused(); })};
    });
    return deal;
  }
  Charge charge() {
    return {instant(),
            {text(), text(), text(), text(), text(), text(), text()},
            one_of(Charge::Kind::reduction),
            one_of(ChargeCategory::adjustment),
            one_of(ChargeClass::correction),
            maybe([&] { return period(); }),
            integer(),
            decimal()};
  }
  Delivery delivery() {
    Delivery delivery;
    delivery.terms = {text(),
                      one_of(Basis::billed),
                      maybe([&] { return one_of(CreditRows::reduces); }),
                      one_of(OnError::quarantine),
                      one_of(SlashDates::day_first),
                      texts(),
                      text()};
    delivery.files = list([&] {
      return UsageFile{text(), text(), integer(), integer(), integer()};
    });
    for (std::uint64_t count = below(20); count > 0; --count) {
      delivery.charges.push_back(charge());
      // Most charges share a key with others.
      if (flip()) delivery.charges.back().key = delivery.charges.front().key;
    }
    delivery.rows_of_charges = list([&] {
      return RowSpan{{integer(), integer()}, {integer(), integer()}};
    });
    delivery.by_category = rows<std::pair<ChargeCategory, std::string>>([&] {
      return std::pair{one_of(ChargeCategory::adjustment), text()};
    });
    const auto two_texts = [&] { return std::pair{text(), text()}; };
    delivery.by_account = rows<std::pair<std::string, std::string>>(two_texts);
    delivery.other_customers = rows<Delivery::OtherKey>([&] {
      return Delivery::OtherKey{text(), period(), text()};
    });
    delivery.settled = rows<std::pair<std::string, std::string>>(two_texts);
    for (std::uint64_t count = below(5); count > 0; --count) {
      delivery.crossing[text()] = decimal();
    }
    delivery.billing_periods = list([&] { return period(); });
    delivery.mode = one_of(DeliveryMode::replace);
    delivery.catch_up = one_of(CatchUpClass::error);
    delivery.terms.map = maybe([&] { return MapFile{text(), text()}; });
    return delivery;
  }

  Event event() {
    Event event{text(), text(), text(), text(), instant(), {}, decimal(), {}};
    event.key = {text(), text(), text(), text(), text(), text(), text()};
    event.metered = maybe([&] { return Metered{decimal(), text(), decimal(), text()}; });
    return event;
  }

  std::mt19937_64 engine_;
};

constexpr RecordKind kinds[] = {
    RecordKind::book_opened,      RecordKind::investment_added, RecordKind::usage_imported,
    RecordKind::estimate_changed, RecordKind::segment_imported, RecordKind::base_imported,
    RecordKind::rates_imported,   RecordKind::period_closed,    RecordKind::period_reopened,
    RecordKind::events_accepted,  RecordKind::rate_card_added,
    RecordKind::billing_periods_imported, RecordKind::attempt_refused,
    RecordKind::key_registered, RecordKind::checkpoint_signed, RecordKind::timestamp_attached,
    RecordKind::forecast_saved, RecordKind::tranche_assumed};

}  // namespace

TEST_CASE("fact: decoding gives back what was encoded, whatever the fact") {
  constexpr std::uint64_t seed = 20240601;
  INFO("seed " << seed);
  Invented invented{seed};
  for (const RecordKind kind : kinds) {
    std::set<std::string> seen;
    for (int i = 0; i < 500; ++i) {
      CAPTURE(to_string(kind));
      CAPTURE(i);
      const Fact fact = invented.fact(kind);
      REQUIRE(kind_of(fact) == kind);
      const std::string bytes = encode(fact);
      const Fact back = decode(kind, bytes);
      REQUIRE(kind_of(back) == kind);
      // A field lost on the way in would be lost on the way back: the next test looks at that.
      REQUIRE(encode(back) == bytes);
      seen.insert(bytes);
    }
    CHECK(seen.size() > 20);
  }
}

TEST_CASE("fact: a month or a day beyond the years 1899 to 2201 is damage, not a date") {
  const auto decodes = [](const Fact& fact) {
    try {
      decode(kind_of(fact), encode(fact));
      return true;
    } catch (const DamagedBytes&) {
      return false;
    }
  };
  const auto reopened = [](int months) { return PeriodReopened{Period{months}}; };
  CHECK(decodes(reopened(1899 * 12)));
  CHECK(decodes(reopened(2202 * 12 - 1)));
  CHECK_FALSE(decodes(reopened(1899 * 12 - 1)));
  CHECK_FALSE(decodes(reopened(2202 * 12)));
  const auto rate_of = [](int days) {
    return RatesImported{"", "", {{Date{days}, currency("USD"), {}, ""}}};
  };
  CHECK(decodes(rate_of(Date::of(1899, 1, 1).days)));
  CHECK(decodes(rate_of(Date::of(2201, 12, 31).days)));
  CHECK_FALSE(decodes(rate_of(Date::of(1899, 1, 1).days - 1)));
  CHECK_FALSE(decodes(rate_of(Date::of(2201, 12, 31).days + 1)));
  const auto event_at = [](std::int64_t microseconds) {
    Event event{"", "", "", "", Instant{microseconds}, {}, {}, {}};
    return EventsAccepted{CatchUpClass::error, {event}};
  };
  CHECK(decodes(event_at(0)));
  CHECK_FALSE(decodes(event_at(std::numeric_limits<std::int64_t>::max())));
  CHECK_FALSE(decodes(event_at(std::numeric_limits<std::int64_t>::min())));
}

TEST_CASE("fact: each field comes back at its place") {
  Investment deal;
  deal.id = "lunar-2024";
  deal.investee = "lunar";
  deal.signed_on = Date::of(2024, 2, 29);
  deal.stake_percent = stored_decimal("36");
  deal.influence = "significant";
  deal.cash = Amount{stored_decimal("500000000"), currency("USD")};
  deal.fair_value_of_stake = Amount{stored_decimal("800000000"), currency("CNY")};
  deal.ssp_percent = stored_decimal("97.5");
  deal.shares = Shares::with_tranche;
  deal.fixed_rate = stored_decimal("7.2");
  deal.basis = Basis::list;
  deal.accept_price_above_face = true;
  deal.matching = {{"b1", "b2"}, {"s1"}, Date::of(2024, 3, 1), Date::of(2025, 3, 1)};
  deal.tranches = {Tranche{"T1",
                           {stored_decimal("300000000"), currency("USD")},
                           Date::of(2024, 4, 1),
                           Date::of(2024, 5, 1),
                           Date::of(2026, 4, 1),
                           7,
                           Amount{stored_decimal("1.5"), currency("JPY")},
                           true,
                           {std::vector<std::string>{"GPU*"}, std::vector<std::string>{"cn-*"},
                            std::vector<std::string>{"sku"}},
                           BreakageMethod::proportional,
                           ExpectedUnused{ExpectedUnused::Measure::amount, stored_decimal("4")}}};
  const InvestmentAdded added = std::get<InvestmentAdded>(
      decode(RecordKind::investment_added, encode(InvestmentAdded{deal, "lunar.toml", "text"})));
  const Investment& back = added.investment;
  CHECK(added.file == "lunar.toml");
  CHECK(added.text == "text");
  CHECK(back.id == "lunar-2024");
  CHECK(back.investee == "lunar");
  CHECK(back.signed_on == Date::of(2024, 2, 29));
  CHECK(back.stake_percent == stored_decimal("36"));
  CHECK(back.influence == "significant");
  CHECK(back.cash->value == stored_decimal("500000000"));
  CHECK(back.cash->currency == currency("USD"));
  CHECK(back.fair_value_of_stake->currency == currency("CNY"));
  CHECK(back.ssp_percent == stored_decimal("97.5"));
  CHECK(back.shares == Shares::with_tranche);
  CHECK(back.fixed_rate == stored_decimal("7.2"));
  CHECK(back.basis == Basis::list);
  CHECK(back.accept_price_above_face);
  CHECK(back.matching.billing_accounts == std::vector<std::string>{"b1", "b2"});
  CHECK(back.matching.sub_accounts == std::vector<std::string>{"s1"});
  CHECK(back.matching.from_on == Date::of(2024, 3, 1));
  CHECK(back.matching.to_on == Date::of(2025, 3, 1));
  REQUIRE(back.tranches.size() == 1);
  const Tranche& tranche = back.tranches[0];
  CHECK(tranche.id == "T1");
  CHECK(tranche.face.value == stored_decimal("300000000"));
  CHECK(tranche.issued_on == Date::of(2024, 4, 1));
  CHECK(tranche.begins_on == Date::of(2024, 5, 1));
  CHECK(tranche.expires_on == Date::of(2026, 4, 1));
  CHECK(tranche.priority == 7);
  CHECK(tranche.transaction_price->currency == currency("JPY"));
  CHECK(tranche.bonus);
  CHECK(tranche.scope.services == std::vector<std::string>{"GPU*"});
  CHECK(tranche.scope.regions == std::vector<std::string>{"cn-*"});
  CHECK(tranche.scope.skus == std::vector<std::string>{"sku"});
  CHECK(tranche.breakage_method == BreakageMethod::proportional);
  CHECK(tranche.expected_unused->measure == ExpectedUnused::Measure::amount);

  Delivery delivery;
  delivery.charges = {{Instant{5},
                       {"i", "USD", "b", "s", "GPU", "sku", "r"},
                       Charge::Kind::served,
                       ChargeCategory::usage,
                       ChargeClass::regular,
                       std::nullopt,
                       3,
                       stored_decimal("1.25")},
                      {Instant{9},
                       {"a", "USD", "b", "s", "GPU", "sku", "r"},
                       Charge::Kind::reduction,
                       ChargeCategory::credit,
                       ChargeClass::correction,
                       Period::of(2024, 6),
                       1,
                       stored_decimal("-7")}};
  delivery.by_account[{"b", "USD"}] = {4, stored_decimal("-5.75")};
  const Delivery usage =
      std::get<UsageImported>(decode(RecordKind::usage_imported, encode(UsageImported{delivery})))
          .delivery;
  REQUIRE(usage.charges.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    const Charge& was = delivery.charges[i];
    const Charge& is = usage.charges[i];
    CHECK(is.at == was.at);
    CHECK(is.key == was.key);
    CHECK(is.kind == was.kind);
    CHECK(is.category == was.category);
    CHECK(is.billing_period == was.billing_period);
    CHECK(is.charge_class == was.charge_class);
    CHECK(is.row_count == was.row_count);
    CHECK(is.amount == was.amount);
  }
  CHECK(usage.by_account == delivery.by_account);
}

TEST_CASE("fact: the bytes are those of docs/formats.md, worked by hand") {
  CHECK(to_hex(encode(PeriodReopened{Period::of(2024, 6)})) ==
        "01"
        "0000000000005ee5");
  CHECK(
      to_hex(encode(EstimateChanged{"T1",
                                    {ExpectedUnused::Measure::percent_of_face, stored_decimal("4")},
                                    Period::of(2024, 6)})) ==
      "01"
      "0000000000000002"
      "5431"
      "01"
      "0000000000000001"
      "34"
      "0000000000005ee5");
}

// The byte of the measure has 2 added where a citation follows; the byte of a close's forecast is 4.
TEST_CASE("fact: what cites no forecast has the bytes it always had, and a citation comes last") {
  const std::string leaf(32, '\x5a');
  const std::string cited =
      "0000000000000029"
      "0000000000000020" +
      to_hex(leaf);
  const auto estimate = [](std::string_view measure) {
    return "01"
           "0000000000000002"
           "5431" +
           std::string{measure} +
           "0000000000000001"
           "34"
           "0000000000005ee5";
  };
  EstimateChanged changed{
      "T1", {ExpectedUnused::Measure::amount, stored_decimal("4")}, Period::of(2024, 6)};
  CHECK(to_hex(encode(changed)) == estimate("00"));
  changed.evidence = CitedForecast{41, leaf};
  CHECK(to_hex(encode(changed)) == estimate("02") + cited);
  changed.expected_unused.measure = ExpectedUnused::Measure::percent_of_face;
  CHECK(to_hex(encode(changed)) == estimate("03") + cited);

  PeriodClosed close;
  close.period = close.first_period = Period::of(2024, 6);
  close.trial_balance_hash = "h";
  const std::string head =
      "01"
      "0000000000005ee5"
      "0000000000005ee5"
      "0000000000000000"
      "0000000000000000"
      "0000000000000000"
      "0000000000000001"
      "68";
  CHECK(to_hex(encode(close)) == head + "00");
  close.forecast = DrawForecast::even;
  CHECK(to_hex(encode(close)) == head + "03");
  close.forecast = CitedForecast{41, leaf};
  CHECK(to_hex(encode(close)) == head + "04" + cited);
}

TEST_CASE("fact: damaged bytes throw, wherever they are cut or added to") {
  Invented invented{7};
  for (const RecordKind kind : kinds) {
    CAPTURE(to_string(kind));
    const std::string bytes = encode(invented.fact(kind));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      CAPTURE(size);
      CHECK_THROWS_AS(decode(kind, std::string_view{bytes}.substr(0, size)), DamagedBytes);
    }
    CHECK_THROWS_AS(decode(kind, bytes + '\0'), DamagedBytes);
    std::string newer = bytes;
    newer[0] = 2;
    CHECK_THROWS_AS(decode(kind, newer), DamagedBytes);
  }
  CHECK_THROWS_AS(decode(static_cast<RecordKind>(0), "\x01"), DamagedBytes);
  CHECK_THROWS_AS(decode(static_cast<RecordKind>(99), "\x01"), DamagedBytes);
}

TEST_CASE("fact: charges and keys that the writer would not have written are damaged") {
  struct Row {
    const char* why;
    std::vector<const char*> keys;       // by investee
    std::vector<std::uint64_t> charges;  // the number of the key of each
    std::uint8_t marks;
    bool damaged;
  };
  const Row rows[] = {
      {"as written", {"a", "b"}, {1, 0}, 0, false},
      {"no charge", {}, {}, 0, false},
      {"keys descend", {"b", "a"}, {1, 0}, 0, true},
      {"a key twice", {"a", "a"}, {1, 0}, 0, true},
      {"a key without a charge", {"a", "b"}, {1, 1}, 0, true},
      {"a charge without a key", {"a", "b"}, {1, 0, 2}, 0, true},
      {"the last category, class and kind", {"a"}, {0}, 4 << 2 | 2 | 1, false},
      {"a category that does not exist", {"a"}, {0}, 5 << 2, true},
      {"a mark that does not exist", {"a"}, {0}, 64, true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    ByteWriter out;
    out.put_u8(1);
    out.put_text("usage");
    for (int i = 0; i < 4; ++i) out.put_u8(0);   // basis, credit rows, on error, slash dates
    for (int i = 0; i < 2; ++i) out.put_i64(0);  // overage and absent currency
    for (int i = 0; i < 3; ++i) out.put_u8(0);   // map, mode, catch-up
    for (int i = 0; i < 2; ++i) out.put_i64(0);  // files, billing periods
    out.put_list(row.keys, [&](const char* investee) {
      out.put_text(investee);
      for (int i = 0; i < 6; ++i) out.put_text("");
    });
    out.put_list(row.charges, [&](std::uint64_t key) {
      out.put_signed_varint(0);
      out.put_varint(key);
      out.put_u8(row.marks);
      out.put_signed_varint(1);
      out.put_packed_decimal(Decimal{});
    });
    for (int i = 0; i < 6; ++i) out.put_i64(0);  // totals, rows of charges
    const std::string bytes = out.take();
    if (row.damaged) {
      CHECK_THROWS_AS((void)decode(RecordKind::usage_imported, bytes), DamagedBytes);
    } else {
      CHECK(encode(decode(RecordKind::usage_imported, bytes)) == bytes);
    }
  }
}

TEST_CASE("fact: the head of a delivery is read from the first bytes of its fact") {
  Delivery delivery;
  delivery.terms.source = "focus";
  delivery.terms.credit_rows = CreditRows::reduces;
  delivery.files = {UsageFile{"u.csv", std::string(32, 'h'), 10, 2, 1}};
  delivery.billing_periods = {Period::of(2024, 5), Period::of(2024, 6)};
  const std::string without_charges = encode(UsageImported{delivery});
  delivery.charges.resize(3);
  const std::string bytes = encode(UsageImported{delivery});
  // Eight empty counts follow the head where there is no charge.
  const std::size_t head_size = without_charges.size() - 8 * 8;
  const DeliveryHead head = decode_delivery_head(std::string_view{bytes}.substr(0, head_size));
  CHECK(head.terms.source == "focus");
  CHECK(head.terms.credit_rows == CreditRows::reduces);
  REQUIRE(head.files.size() == 1);
  CHECK(head.files[0].sha256 == std::string(32, 'h'));
  CHECK(head.files[0].quarantined_count == 1);
  CHECK(head.billing_periods == delivery.billing_periods);
  for (std::size_t size = 0; size < head_size; ++size) {
    CHECK_THROWS_AS((void)decode_delivery_head(std::string_view{bytes}.substr(0, size)),
                    DamagedBytes);
  }
}

TEST_CASE("fact: a charge costs less than 40 bytes where charges share their keys") {
  Delivery delivery;
  for (int hour = 0; hour < 24 * 30; ++hour) {
    for (int key = 0; key < 20; ++key) {
      Charge& charge = delivery.charges.emplace_back();
      charge.at = Instant{1'717'200'000'000'000 + hour * 3'600'000'000LL};
      charge.key = {"lunar", "USD",    "billing-account", "sub-account-" + std::to_string(key),
                    "GPU",   "H20-8x", "cn-north"};
      charge.row_count = 4;
      charge.amount = stored_decimal("1234.5678901234567891234567");
    }
  }
  const std::string bytes = encode(UsageImported{delivery});
  CHECK(bytes.size() < 40 * delivery.charges.size());
}
