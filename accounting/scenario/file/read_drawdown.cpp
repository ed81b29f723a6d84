#include "accounting/scenario/file/read_drawdown.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "accounting/scenario/file/read_curve.h"
#include "accounting/scenario/file/scenario_fields.h"
#include "accounting/scenario/file/scenario_keys.h"
#include "ledger/intake/excerpt.h"
#include "ledger/intake/quoted.h"
#include "ledger/intake/terms_fields.h"

namespace accrue {

namespace {

constexpr WholeRange months_of_life{1, 120};
constexpr std::string_view after_hint =
    "write  after_exhaustion = \"stop\", \"pay 60%\" or \"new grant\"";

std::vector<MixPart> read_mix(const TomlTable& drawdown, TomlErrors& errors) {
  std::vector<MixPart> mix;
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  Decimal total;
  bool all_good = true;
  for (const TomlTable& table :
       tables_of(drawdown, "mix", "a part of mix",
                 "mix = [{ service = \"gpu\", sku = \"h100\", share = \"100%\" }]", errors)) {
    table.refuse_unknown_keys(scenario_keys::mix);
    table.require("service", "write it like  service = \"gpu\"");
    table.require("share", "write it like  share = \"60%\"");
    MixPart part;
    part.service = line_of_text(table, "service").value_or("");
    part.sku = line_of_text(table, "sku").value_or("");
    part.region = line_of_text(table, "region").value_or("");
    const auto share = percent_within(table, "share", PercentRange::above_zero);
    if (!share) {
      all_good = false;
      continue;
    }
    part.share = *share;
    total += *share;
    if (!seen.emplace(part.service, part.sku, part.region).second) {
      table.refuse("share", Error{.code = ErrorCode::duplicate_id,
                                  .message = "two parts of mix are of the same usage",
                                  .hint = "make them one"});
    }
    mix.push_back(std::move(part));
  }
  if (all_good && !mix.empty() && total != Decimal::from_integer(100)) {
    refuse_value(drawdown, "mix",
                 fmt::format("the shares of mix come to {}%, not 100%", total.to_string()),
                 "mend a share");
  }
  return mix;
}

std::vector<Decimal> read_seasonal(const TomlTable& drawdown, TomlErrors& errors) {
  std::vector<Decimal> percents;
  bool any = false;
  const auto items = quoted_items(drawdown, "seasonal", "[\"90%\", ... ], twelve of them", errors);
  for (const TomlNode* item : items) {
    const auto percent = percent_of("seasonal", *item, PercentRange::zero_or_more, errors);
    any = any || !percent || !percent->is_zero();
    percents.push_back(percent.value_or(Decimal{}));
  }
  if (!items.empty() && items.size() != 12) {
    refuse_value(drawdown, "seasonal", fmt::format("seasonal has {} percents", items.size()),
                 "give twelve, January first");
  } else if (!items.empty() && !any) {
    refuse_value(drawdown, "seasonal", "seasonal is zero in every month",
                 "give the months with usage a percent above zero");
  }
  return percents;
}

std::optional<Stall> read_stall(const TomlTable& drawdown) {
  const auto table =
      drawdown.table("stall", "stall = { from = \"2025-01\", months = 3, then = \"resume\" }");
  if (!table) return std::nullopt;
  table->refuse_unknown_keys(scenario_keys::stall);
  table->require("from", "write it like  from = \"2025-01\"");
  table->require("months", "write it like  months = 3");
  table->require("then", "write  then = \"resume\", \"lost\" or \"catch_up\"");
  Stall stall;
  stall.from = month(*table, "from").value_or(Period{});
  stall.months = whole_number(*table, "months", months_of_life).value_or(1);
  static constexpr std::array<std::string_view, 3> then{"resume", "lost", "catch_up"};
  static constexpr std::array<Stall::Then, 3> meant{Stall::Then::resume, Stall::Then::lost,
                                                    Stall::Then::catch_up};
  if (const auto word = table->choice("then", then)) stall.then = meant[*word];
  return stall;
}

std::optional<NewGrant> read_new_grant(const TomlTable& drawdown,
                                       const std::optional<Currency>& currency) {
  const auto table =
      drawdown.table("new_grant", "new_grant = { face = \"100_000_000 USD\", months = 24 }");
  if (!table) return std::nullopt;
  table->refuse_unknown_keys(scenario_keys::new_grant);
  table->require("face", "write it like  face = \"100_000_000 USD\"");
  table->require("months", "write it like  months = 24");
  const auto face = table->amount("face", Floor::above_zero);
  const auto price = table->amount("price", Floor::zero);
  const auto months = whole_number(*table, "months", months_of_life);
  if (face && currency && face->currency != *currency) {
    refuse_value(
        *table, "face",
        fmt::format("face is in {}, the drawdown in {}", face->currency.code(), currency->code()),
        fmt::format("state it in {}: the grant pays for usage in it", currency->code()));
  }
  if (!face || !months) return std::nullopt;
  return NewGrant{*face, price, *months};
}

/// "stop", "pay 60%", "new grant".
AfterExhaustion read_after(const TomlTable& drawdown, const std::optional<Currency>& currency) {
  drawdown.require("after_exhaustion", after_hint);
  const auto words = drawdown.text("after_exhaustion");
  const auto new_grant = read_new_grant(drawdown, currency);
  const bool wants_grant = words == "new grant";
  if (wants_grant && !drawdown.has("new_grant")) {
    drawdown.refuse("after_exhaustion",
                    Error{.code = ErrorCode::missing_key,
                          .message = "a new grant follows, and new_grant does not say which",
                          .hint = "add  new_grant = { face = \"100_000_000 USD\", months = 24 }"});
  }
  if (words && !wants_grant && drawdown.has("new_grant")) {
    refuse_value(drawdown, "new_grant", "new_grant is stated, and none follows",
                 "remove it, or write  after_exhaustion = \"new grant\"");
  }
  if (!words || *words == "stop") return StopUsing{};
  if (wants_grant) return new_grant ? AfterExhaustion{*new_grant} : AfterExhaustion{StopUsing{}};
  constexpr std::string_view pay = "pay ";
  const auto percent = words->starts_with(pay)
                           ? parse_percent("after_exhaustion", words->substr(pay.size()))
                           : Result<Decimal>{Error{.code = ErrorCode::bad_value, .message = {}}};
  if (percent.ok() && percent->sign() > 0 && *percent <= Decimal::from_integer(100)) {
    return PayCash{*percent};
  }
  refuse_value(drawdown, "after_exhaustion",
               words->starts_with(pay)
                   ? fmt::format("{}: what is paid must be above 0%, at most 100%", shown(*words))
                   : fmt::format("{} is not a value of after_exhaustion", shown(*words)),
               std::string{after_hint});
  return StopUsing{};
}

std::optional<Runway> read_runway(const TomlTable& drawdown) {
  const auto table =
      drawdown.table("runway", "runway = { cash = \"50_000_000 USD\", burn = \"4_000_000 USD\" }");
  if (!table) return std::nullopt;
  table->refuse_unknown_keys(scenario_keys::runway);
  table->require("cash", "write it like  cash = \"50_000_000 USD\"");
  table->require("burn", "write it like  burn = \"4_000_000 USD\", a month");
  const auto cash = table->amount("cash", Floor::zero);
  const auto burn = table->amount("burn", Floor::above_zero);
  if (!cash || !burn) return std::nullopt;
  if (cash->currency != burn->currency) {
    refuse_value(
        *table, "burn",
        fmt::format("burn is in {}, cash in {}", burn->currency.code(), cash->currency.code()),
        fmt::format("state it in {}", cash->currency.code()));
  }
  return Runway{*cash, *burn};
}

/// A drawdown as far as it can be read; what is wrong is in the errors.
Drawdown read_drawdown(const TomlTable& table, PlanFiles& plans, TomlErrors& errors) {
  table.refuse_unknown_keys(scenario_keys::drawdown);
  if (!table.has("grant")) table.require("investee", "write it like  investee = \"Moonshot AI\"");
  table.require("curve", "write it like  curve = { shape = \"trailing\", months = 3 }");

  Drawdown drawdown;
  DrawdownMeasure measure{investee_name(table, "investee"), line_of_text(table, "unit"),
                          currency_code(table, "currency")};
  drawdown.grant = grant_id(table, "grant");
  if (auto curve = read_curve(table, measure, plans, errors)) drawdown.curve = *std::move(curve);
  drawdown.investee = measure.investee.value_or("");
  drawdown.unit = measure.unit;
  if (measure.currency) drawdown.currency = measure.currency->code();
  const std::string named = measure.investee.value_or(drawdown.grant.value_or(""));
  drawdown.name = table.has("name") ? investee_name(table, "name").value_or("") : named;
  drawdown.mix = read_mix(table, errors);
  drawdown.seasonal_percent = read_seasonal(table, errors);
  drawdown.stall = read_stall(table);
  drawdown.leaves = month(table, "leaves");
  drawdown.incremental_percent =
      percent_within(table, "incremental", PercentRange::zero_to_hundred);
  drawdown.after = read_after(table, measure.currency);
  drawdown.runway = read_runway(table);
  return drawdown;
}

void read_prices(const TomlTable& top, TomlErrors& errors, Scenario& scenario) {
  std::vector<std::pair<std::string, TomlSpan>> skus;
  for (const TomlTable& table : tables_of(top, "price", "[[price]]", "[[price]]", errors)) {
    table.refuse_unknown_keys(scenario_keys::price);
    table.require("sku", "write it like  sku = \"h100\"");
    table.require("unit_price", "write it like  unit_price = \"2.40 USD\"");
    const auto sku = line_of_text(table, "sku");
    const auto price = unit_amount(table, "unit_price", Floor::above_zero);
    if (sku) skus.emplace_back(*sku, table.span_of("sku"));
    if (sku && price) scenario.unit_prices.push_back({*sku, *price});
  }
  refuse_twice(skus, "the price of", errors);
}

}  // namespace

void read_drawdowns(const TomlTable& top, PlanFiles& plans, TomlErrors& errors,
                    Scenario& scenario) {
  std::vector<std::pair<std::string, TomlSpan>> names;
  bool any_units = false;
  for (const TomlTable& table :
       tables_of(top, "drawdown", "[[drawdown]]", "[[drawdown]]", errors)) {
    scenario.drawdowns.push_back(read_drawdown(table, plans, errors));
    const Drawdown& drawdown = scenario.drawdowns.back();
    const std::string_view named_by = table.has("name")       ? "name"
                                      : table.has("investee") ? "investee"
                                                              : "grant";
    if (!drawdown.name.empty()) names.emplace_back(drawdown.name, table.span_of(named_by));
    any_units = any_units || table.has("unit");
    if (table.has("unit") && !top.has("price")) {
      table.refuse("unit", Error{.code = ErrorCode::missing_key,
                                 .message = "a drawdown in units, and no [[price]]",
                                 .hint = "add one for each SKU, with sku and unit_price"});
    }
  }
  refuse_twice(names, "the drawdown", errors);
  read_prices(top, errors, scenario);
  if (top.has("price") && !any_units) {
    refuse_value(top, "price", "a price of units, and no drawdown in units",
                 "give a drawdown `unit`, or remove [[price]]; a [[price_change]] moves prices of "
                 "amounts");
  }
}

}  // namespace accrue
