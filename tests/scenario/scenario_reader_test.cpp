#include "accounting/scenario/file/scenario_reader.h"

#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/file/read_pipeline.h"
#include "ledger/intake/terms.h"
#include "tests/scenario/scenario_text.h"

using namespace accrue;
using accrue_test::read_text;
using accrue_test::small_terms;
using accrue_test::with_head;

namespace {

std::string shown(const Amount& amount) {
  return amount.value.to_string() + " " + std::string{amount.currency.code()};
}

std::vector<std::string> shown(const std::vector<Decimal>& values) {
  std::vector<std::string> texts;
  for (const Decimal& value : values) texts.push_back(value.to_string());
  return texts;
}

using Texts = std::vector<std::string>;

/// The one drawdown of a scenario, with a curve.
Drawdown with_curve(const std::string& curve, const std::string& more = "") {
  const auto scenario = read_text(with_head("[[drawdown]]\ninvestee = \"Lunar\"\ncurve = " + curve +
                                            "\nafter_exhaustion = \"stop\"\n" + more));
  REQUIRE_MESSAGE(scenario.ok(), curve);
  REQUIRE(scenario->drawdowns.size() == 1);
  return scenario->drawdowns[0];
}

template <typename Shape>
Shape shape_of(const std::string& curve) {
  const Drawdown drawdown = with_curve(curve);
  REQUIRE(std::holds_alternative<Shape>(drawdown.curve));
  return std::get<Shape>(drawdown.curve);
}

}  // namespace

TEST_CASE("scenario: the head says where it starts and how long it is") {
  struct Row {
    const char* base;
    std::string want;
  };
  const Row rows[] = {{"", "now"},
                      {"base = \"now\"\n", "now"},
                      {"base = \"2024-06\"\n", "close 2024-06"},
                      {"base = \"record 41\"\n", "record 41"}};
  for (const Row& row : rows) {
    CAPTURE(row.base);
    const auto scenario = read_text(
        "schema = \"accrue.scenario/1\"\n[scenario]\nname = \"slow-ramp\"\n"
        "about = \"What the sales plan says\"\nmonths = 24\n" +
        std::string{row.base});
    REQUIRE(scenario.ok());
    CHECK(scenario->name == "slow-ramp");
    CHECK(scenario->about == "What the sales plan says");
    CHECK(scenario->months == 24);
    CHECK(scenario->file == "what-if.toml");
    std::string start = "now";
    if (const auto* close = std::get_if<FromClose>(&scenario->start)) {
      start = "close " + close->period.to_string();
    } else if (const auto* record = std::get_if<FromRecord>(&scenario->start)) {
      start = "record " + std::to_string(record->record);
    }
    CHECK(start == row.want);
  }
}

TEST_CASE("scenario: every key of a drawdown arrives") {
  const auto scenario = read_text(with_head(R"([[drawdown]]
investee = "月之暗面 AI"
grant = "lunar-1/T1"
name = "Lunar, training"
currency = "USD"
curve = { shape = "trailing", months = 6 }
mix = [{ service = "gpu", sku = "h100", region = "eu", share = "60%" },
       { service = "oss", share = "40%" }]
seasonal = ["90%", "91%", "92%", "93%", "94%", "95%", "96%", "97%", "98%", "99%", "100%", "145.5%"]
stall = { from = "2025-01", months = 3, then = "catch_up" }
leaves = "2026-01"
incremental = "60%"
after_exhaustion = "new grant"
new_grant = { face = "100_000_000 USD", price = "700_000_000 CNY", months = 24 }
runway = { cash = "50_000_000 USD", burn = "4_000_000 USD" }
)"));
  REQUIRE(scenario.ok());
  REQUIRE(scenario->drawdowns.size() == 1);
  const Drawdown& drawdown = scenario->drawdowns[0];
  CHECK(drawdown.investee == "月之暗面 AI");
  CHECK(drawdown.grant == "lunar-1/T1");
  CHECK(drawdown.name == "Lunar, training");
  CHECK(drawdown.currency == "USD");
  CHECK(std::get<TrailingCurve>(drawdown.curve).months == 6);
  CHECK_FALSE(drawdown.unit.has_value());
  REQUIRE(drawdown.mix.size() == 2);
  CHECK(drawdown.mix[0].service == "gpu");
  CHECK(drawdown.mix[0].sku == "h100");
  CHECK(drawdown.mix[0].region == "eu");
  CHECK(drawdown.mix[0].share.to_string() == "60");
  CHECK(drawdown.mix[1].service == "oss");
  CHECK(drawdown.mix[1].sku.empty());
  CHECK(shown(drawdown.seasonal_percent) ==
        Texts{"90", "91", "92", "93", "94", "95", "96", "97", "98", "99", "100", "145.5"});
  REQUIRE(drawdown.stall.has_value());
  CHECK(drawdown.stall->from == Period::of(2025, 1));
  CHECK(drawdown.stall->months == 3);
  CHECK(drawdown.stall->then == Stall::Then::catch_up);
  CHECK(drawdown.leaves == Period::of(2026, 1));
  CHECK(drawdown.incremental_percent == Decimal::from_integer(60));
  const auto& next = std::get<NewGrant>(drawdown.after);
  CHECK(shown(next.face) == "100000000 USD");
  CHECK(shown(next.price.value()) == "700000000 CNY");
  CHECK(next.months == 24);
  CHECK(shown(drawdown.runway.value().cash) == "50000000 USD");
  CHECK(shown(drawdown.runway.value().burn) == "4000000 USD");
}

TEST_CASE("scenario: a drawdown that says little is named after its investee, or its grant") {
  const auto scenario = read_text(with_head(R"([[drawdown]]
investee = "Lunar"
curve = { shape = "trailing" }
after_exhaustion = "stop"
[[drawdown]]
grant = "T1"
curve = { shape = "trailing" }
after_exhaustion = "pay 62.5%"
)"));
  REQUIRE(scenario.ok());
  CHECK(scenario->drawdowns[0].name == "Lunar");
  CHECK(scenario->drawdowns[0].currency.empty());
  CHECK(scenario->drawdowns[0].mix.empty());
  CHECK(std::get<TrailingCurve>(scenario->drawdowns[0].curve).months == 3);
  CHECK(std::holds_alternative<StopUsing>(scenario->drawdowns[0].after));
  CHECK(scenario->drawdowns[1].name == "T1");
  CHECK(scenario->drawdowns[1].investee.empty());
  CHECK(std::get<PayCash>(scenario->drawdowns[1].after).percent.to_string() == "62.5");
}

TEST_CASE("scenario: shapes with amounts settle the currency of the drawdown") {
  const Drawdown table = with_curve(
      R"({ shape = "table", amounts = ["10 USD", "0 USD", "12.50 USD"], then = "last" })");
  CHECK(table.currency == "USD");
  CHECK(shown(std::get<TableCurve>(table.curve).amounts) == Texts{"10", "0", "12.5"});
  CHECK(std::get<TableCurve>(table.curve).then == TableCurve::Then::last);
  CHECK(shape_of<TableCurve>(R"({ shape = "table", amounts = ["1 JPY"] })").then ==
        TableCurve::Then::nothing);

  const Drawdown units =
      with_curve(R"({ shape = "ramp", from = "1200.5", growth = "-1.5%", cap = "1300" })",
                 "unit = \"GPU-hour\"\n[[price]]\nsku = \"h100\"\nunit_price = \"2.4375 USD\"\n");
  CHECK(units.unit == "GPU-hour");
  CHECK(units.currency.empty());
  const auto& ramp = std::get<RampCurve>(units.curve);
  CHECK(ramp.from.value().to_string() == "1200.5");
  CHECK(ramp.growth_percent.to_string() == "-1.5");
  CHECK(ramp.cap.value().to_string() == "1300");
}

TEST_CASE("scenario: shapes of weights") {
  struct Row {
    const char* curve;
    std::string total;
    Texts weights;
    int months_per_weight;
  };
  const Row rows[] = {
      {R"({ shape = "weights", total = "270 CNY", weights = ["2", "0.5"], months_per_weight = 2 })",
       "270",
       {"2", "0.5"},
       2},
      {R"({ shape = "weights", weights = ["1"] })", "", {"1"}, 1},
      {R"({ shape = "linear", total = "24 USD", months = 24 })", "24", {"1"}, 24},
      {R"({ shape = "burst", months = 12 })", "", {"10", "30", "35", "25"}, 3},
      {R"({ shape = "commitment_ramp", months = 4 })", "", {"1", "2", "3", "4"}, 1},
      {R"({ shape = "linear8" })", "", {"1", "1", "1", "1", "1", "1", "1", "1"}, 3},
      {R"({ shape = "scurve8", total = "2160000000 CNY" })",
       "2160000000",
       {"2", "5", "9", "13", "17", "19", "19", "16"},
       3},
      {R"({ shape = "burst4" })", "", {"10", "30", "35", "25"}, 3},
      {R"({ shape = "front_tail6" })", "", {"40", "25", "15", "10", "6", "4"}, 3},
      {R"({ shape = "commit_ramp12" })",
       "",
       {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"},
       3},
  };
  for (const Row& row : rows) {
    CAPTURE(row.curve);
    const auto curve = shape_of<WeightsCurve>(row.curve);
    CHECK((curve.total ? curve.total->to_string() : "") == row.total);
    CHECK(shown(curve.weights) == row.weights);
    CHECK(curve.months_per_weight == row.months_per_weight);
  }
  const auto s_curve = shape_of<SCurve>(R"({ shape = "s_curve", total = "5 USD", months = 24 })");
  CHECK(s_curve.total == Decimal::from_integer(5));
  CHECK(s_curve.months == 24);
}

TEST_CASE("scenario: a fit names its model and how far it looks back") {
  const auto linear = shape_of<FitCurve>(R"({ shape = "fit", model = "linear" })");
  CHECK(linear.model == FitCurve::Model::linear);
  CHECK(linear.months == 12);
  const auto mean = shape_of<FitCurve>(R"({ shape = "fit", model = "mean", months = 1 })");
  CHECK(mean.model == FitCurve::Model::mean);
  CHECK(mean.months == 1);
  CHECK(shape_of<FitCurve>(R"({ shape = "fit", model = "growth" })").model ==
        FitCurve::Model::growth);
  CHECK(shape_of<FitCurve>(R"({ shape = "fit", model = "seasonal" })").model ==
        FitCurve::Model::seasonal);
}

TEST_CASE("scenario: every key of what changes arrives") {
  const auto scenario = read_text(with_head(R"([[price_change]]
from = "2025-01"
change = "-50%"
[[price_change]]
sku = "h100*"
from = "2025-02"
change = "10%"
[[tranche_change]]
grant = "T2"
issued = 2025-03-01
begins = 2025-04-01
expires = 2027-04-01
priority = 5
[[tranche]]
id = "X1"
investee = "Lunar"
face = "100 USD"
price = "720 CNY"
issued = 2025-05-01
expires = 2026-05-01
priority = 7
services = ["gpu*"]
regions = ["eu"]
skus = ["h100", "h200"]
breakage = { method = "proportional", expected = "4%" }
[[estimate]]
grant = "T1"
breakage = "27_000_000 CNY"
from = "2025-01"
[[rate]]
currency = "USD"
on = 2025-01-31
rate = "7.15"
[[capacity]]
from = "2025-01"
to = "2025-06"
per_month = "50_000_000 USD"
investees = ["Lunar", "Nova"]
)"));
  REQUIRE(scenario.ok());
  REQUIRE(scenario->price_changes.size() == 2);
  CHECK(scenario->price_changes[0].sku == "*");
  CHECK(scenario->price_changes[0].from == Period::of(2025, 1));
  CHECK(scenario->price_changes[0].percent.to_string() == "-50");
  CHECK(scenario->price_changes[1].sku == "h100*");

  REQUIRE(scenario->tranche_changes.size() == 1);
  const TrancheChange& change = scenario->tranche_changes[0];
  CHECK(change.grant == "T2");
  CHECK(change.issued_on == Date::of(2025, 3, 1));
  CHECK(change.begins_on == Date::of(2025, 4, 1));
  CHECK(change.expires_on == Date::of(2027, 4, 1));
  CHECK(change.priority == 5);

  REQUIRE(scenario->extra_tranches.size() == 1);
  const ExtraTranche& tranche = scenario->extra_tranches[0];
  CHECK(tranche.id == "X1");
  CHECK(tranche.investee == "Lunar");
  CHECK(shown(tranche.face) == "100 USD");
  CHECK(shown(tranche.price.value()) == "720 CNY");
  CHECK(tranche.issued_on == Date::of(2025, 5, 1));
  CHECK(tranche.expires_on == Date::of(2026, 5, 1));
  CHECK(tranche.priority == 7);
  CHECK(tranche.scope.services == Texts{"gpu*"});
  CHECK(tranche.scope.regions == Texts{"eu"});
  CHECK(tranche.scope.skus == Texts{"h100", "h200"});
  CHECK(tranche.breakage_method == BreakageMethod::proportional);
  CHECK(tranche.expected_unused.value().to_string() == "4%");

  REQUIRE(scenario->estimates.size() == 1);
  CHECK(scenario->estimates[0].grant == "T1");
  CHECK(scenario->estimates[0].expected_unused.measure == ExpectedUnused::Measure::amount);
  CHECK(scenario->estimates[0].expected_unused.value == Decimal::from_integer(27'000'000));
  CHECK(scenario->estimates[0].from == Period::of(2025, 1));

  REQUIRE(scenario->rates.size() == 1);
  CHECK(scenario->rates[0].from.code() == "USD");
  CHECK(scenario->rates[0].on == Date::of(2025, 1, 31));
  CHECK(scenario->rates[0].rate.to_string() == "7.15");

  REQUIRE(scenario->capacity.size() == 1);
  CHECK(scenario->capacity[0].from == Period::of(2025, 1));
  CHECK(scenario->capacity[0].to == Period::of(2025, 6));
  CHECK(shown(scenario->capacity[0].per_month) == "50000000 USD");
  CHECK(scenario->capacity[0].investees == Texts{"Lunar", "Nova"});
}

TEST_CASE("scenario: every key of segments, costs and uncertainty arrives") {
  const auto scenario = read_text(with_head(R"([[segment]]
segment = "cloud"
basis = "reported"
growth = "10%"
[[segment]]
segment = "cloud"
basis = "external"
growth_of_others = "-8%"
[[cost]]
sku = "h100"
rate = "1.105 USD"
[[cost]]
sku = "*"
rate = "62%"
[[uncertainty]]
of = "volume"
investee = "*"
lasts = "walk"
distribution = { kind = "normal", mean = "1%", sd = "10%" }
source = "Own history, 2023 to 2024"
[[uncertainty]]
of = "price"
sku = "h100*"
lasts = "path"
distribution = { kind = "lognormal", sd = "15%" }
source = "Price lists"
[[uncertainty]]
of = "delay"
grant = "T2"
distribution = { kind = "triangular", low = "0", mode = "1.5", high = "6" }
source = "Project office"
[[uncertainty]]
of = "stop"
investee = "Lunar"
distribution = { kind = "bernoulli", probability = "0.4%" }
source = "Default rates"
[[uncertainty]]
of = "volume"
investee = "Nova"
distribution = { kind = "uniform", low = "80%", high = "120%" }
source = "Judgement"
[correlation]
volume = "30%"
)"));
  REQUIRE(scenario.ok());
  REQUIRE(scenario->segments.size() == 2);
  CHECK(scenario->segments[0].segment == "cloud");
  CHECK(scenario->segments[0].basis == "reported");
  CHECK(scenario->segments[0].of == SegmentGrowth::Of::segment);
  CHECK(scenario->segments[0].percent.to_string() == "10");
  CHECK(scenario->segments[1].of == SegmentGrowth::Of::others);
  CHECK(scenario->segments[1].percent.to_string() == "-8");
  REQUIRE(scenario->costs.size() == 2);
  CHECK(scenario->costs[0].sku == "h100");
  CHECK(shown(std::get<Amount>(scenario->costs[0].rate)) == "1.105 USD");
  CHECK(std::get<Decimal>(scenario->costs[1].rate).to_string() == "62");

  REQUIRE(scenario->uncertainties.size() == 5);
  const auto& all = scenario->uncertainties;
  CHECK(all[0].of == Uncertainty::Of::volume);
  CHECK(all[0].lasts == Uncertainty::Lasts::walk);
  CHECK(all[0].subject == "*");
  CHECK(all[0].source == "Own history, 2023 to 2024");
  CHECK(std::get<NormalShock>(all[0].distribution).mean_percent.to_string() == "1");
  CHECK(std::get<NormalShock>(all[0].distribution).sd_percent.to_string() == "10");
  CHECK(all[1].of == Uncertainty::Of::price);
  CHECK(all[1].lasts == Uncertainty::Lasts::path);
  CHECK(all[1].subject == "h100*");
  CHECK(std::get<LognormalShock>(all[1].distribution).sd_percent.to_string() == "15");
  CHECK(all[2].of == Uncertainty::Of::delay);
  CHECK(all[2].lasts == Uncertainty::Lasts::path);
  CHECK(all[2].subject == "T2");
  const auto& delay = std::get<TriangularShock>(all[2].distribution);
  CHECK(shown(std::vector{delay.low, delay.mode, delay.high}) == Texts{"0", "1.5", "6"});
  CHECK(all[3].of == Uncertainty::Of::stop);
  CHECK(std::get<BernoulliShock>(all[3].distribution).probability_percent.to_string() == "0.4");
  const auto& uniform = std::get<UniformShock>(all[4].distribution);
  CHECK(shown(std::vector{uniform.low, uniform.high}) == Texts{"80", "120"});
  CHECK(all[4].lasts == Uncertainty::Lasts::month);
  CHECK(scenario->common_percent.to_string() == "30");
}

TEST_CASE("scenario: a deal is read from its terms, and its dates move with the signing") {
  const std::string deal = "[[deal]]\nterms = \"nova.toml\"\nprobability = \"40%\"\n";
  const auto as_stated = read_text(with_head(deal), {{"nova.toml", small_terms()}});
  REQUIRE(as_stated.ok());
  REQUIRE(as_stated->pipeline.size() == 1);
  CHECK(as_stated->pipeline[0].investment.id == "nova");
  CHECK(as_stated->pipeline[0].investment.signed_on == Date::of(2026, 1, 15));
  CHECK(as_stated->pipeline[0].file == "nova.toml");
  CHECK(as_stated->pipeline[0].text == small_terms());
  CHECK(as_stated->pipeline[0].probability_percent.to_string() == "40");

  const auto later =
      read_text(with_head(deal + "signed = 2026-02-20\n"), {{"nova.toml", small_terms()}});
  REQUIRE(later.ok());
  const Investment& moved = later->pipeline[0].investment;
  CHECK(moved.signed_on == Date::of(2026, 2, 20));
  CHECK(moved.matching.from_on == Date::of(2026, 2, 28));
  CHECK(moved.tranches[0].issued_on == Date::of(2026, 2, 28));
  CHECK(moved.tranches[0].begins_on == Date::of(2026, 3, 1));
  CHECK(moved.tranches[0].expires_on == Date::of(2027, 2, 28));
}

TEST_CASE("scenario: a signing moves by whole months, and nothing is issued before it") {
  struct Row {
    const char* why;
    Date signed_on, issued_on, begins_on, expires_on;
  };
  const Row rows[] = {
      {"the same month: only the signing", Date::of(2026, 1, 20), Date::of(2026, 1, 31),
       Date::of(2026, 2, 1), Date::of(2027, 1, 31)},
      {"the last day of the month", Date::of(2026, 4, 30), Date::of(2026, 4, 30),
       Date::of(2026, 5, 1), Date::of(2027, 4, 30)},
      {"earlier, into a leap year", Date::of(2024, 2, 1), Date::of(2024, 2, 29),
       Date::of(2024, 3, 1), Date::of(2025, 2, 28)},
  };
  const Investment deal = parse_terms(small_terms(), "nova.toml").value();
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const Investment moved = move_signing(deal, row.signed_on);
    CHECK(moved.signed_on == row.signed_on);
    CHECK(moved.tranches[0].issued_on == row.issued_on);
    CHECK(moved.tranches[0].begins_on == row.begins_on);
    CHECK(moved.tranches[0].expires_on == row.expires_on);
  }
  Investment early = deal;
  early.tranches[0].issued_on = Date::of(2026, 1, 15);
  CHECK(move_signing(early, Date::of(2026, 3, 20)).tranches[0].issued_on == Date::of(2026, 3, 20));
}

TEST_CASE("scenario: the digest covers the file and what it names, each apart from the next") {
  const std::string text = with_head("");
  // hashlib.sha256(struct.pack(">q", len(text)) + text)
  CHECK(read_text(text)->sha256 ==
        "202ac819fbf7d57b9229aae874d67ab8d522950c38ec9d17828bbca02bdd69ac");
  CHECK(read_text(text)->text == text);

  const std::string deal = with_head("[[deal]]\nterms = \"a.toml\"\nprobability = \"40%\"\n");
  const std::string one = read_text(deal, {{"a.toml", small_terms()}})->sha256;
  const std::string other = read_text(deal, {{"a.toml", small_terms() + "\n"}})->sha256;
  CHECK(one != other);
  CHECK(one != read_text(deal + "\n", {{"a.toml", small_terms()}})->sha256);
  CHECK(one == read_text(deal, {{"a.toml", small_terms()}, {"b", "not named"}})->sha256);
}
