#include "accounting/scenario/file/read_changes.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "accounting/scenario/file/scenario_fields.h"
#include "accounting/scenario/file/scenario_keys.h"
#include "ledger/intake/excerpt.h"
#include "ledger/intake/terms_fields.h"

namespace accrue {

namespace {

using Named = std::vector<std::pair<std::string, TomlSpan>>;

void read_price_changes(const TomlTable& top, TomlErrors& errors, Scenario& scenario) {
  for (const TomlTable& table :
       tables_of(top, "price_change", "[[price_change]]", "[[price_change]]", errors)) {
    table.refuse_unknown_keys(scenario_keys::price_change);
    table.require("from", "write it like  from = \"2025-01\"");
    table.require("change", "write it like  change = \"-50%\"");
    PriceChange change;
    change.sku = table.has("sku") ? line_of_text(table, "sku").value_or("") : "*";
    change.from = month(table, "from").value_or(Period{});
    change.percent =
        percent_within(table, "change", PercentRange::minus_hundred_or_more).value_or(Decimal{});
    scenario.price_changes.push_back(std::move(change));
  }
}

void read_tranche_changes(const TomlTable& top, TomlErrors& errors, Scenario& scenario) {
  Named grants;
  for (const TomlTable& table :
       tables_of(top, "tranche_change", "[[tranche_change]]", "[[tranche_change]]", errors)) {
    table.refuse_unknown_keys(scenario_keys::tranche_change);
    table.require("grant", "write it like  grant = \"T2\"");
    table.refuse_unsupported("missed",
                             "a milestone that is missed is a change of the deal: start from a "
                             "record before the tranche was added");
    const bool changes = table.has("issued") || table.has("begins") || table.has("expires") ||
                         table.has("priority") || table.has("missed");
    if (!changes) table.require("issued", "state what changes: issued, begins, expires, priority");
    TrancheChange change;
    const auto grant = grant_id(table, "grant");
    if (grant) grants.emplace_back(*grant, table.span_of("grant"));
    change.grant = grant.value_or("");
    change.issued_on = table.date("issued");
    change.begins_on = table.date("begins");
    change.expires_on = table.date("expires");
    change.priority = table.integer("priority");
    refuse_empty_window(table, {change.issued_on, change.begins_on, change.expires_on});
    scenario.tranche_changes.push_back(std::move(change));
  }
  refuse_twice(grants, "the change of", errors);
}

void read_extra_tranches(const TomlTable& top, TomlErrors& errors, Scenario& scenario) {
  Named ids;
  for (const TomlTable& table : tables_of(top, "tranche", "[[tranche]]", "[[tranche]]", errors)) {
    table.refuse_unknown_keys(scenario_keys::tranche);
    table.require("id", "write it like  id = \"T3\"");
    table.require("investee", "write it like  investee = \"Moonshot AI\"");
    table.require("face", "write it like  face = \"300_000_000 USD\"");
    table.require("issued", "write it like  issued = 2026-01-15");
    const auto id = table.id("id");
    if (id) ids.emplace_back(*id, table.span_of("id"));
    const auto investee = investee_name(table, "investee");
    const auto face = table.amount("face", Floor::above_zero);
    const auto price = table.amount("price", Floor::zero);
    const auto issued_on = table.date("issued");
    const auto expires_on = table.date("expires");
    const auto priority = table.integer("priority");
    Scope scope{table.texts("services"), table.texts("regions"), table.texts("skus")};
    const StatedBreakage breakage = read_breakage(table, face);
    refuse_empty_window(table, {issued_on, std::nullopt, expires_on});
    if (!id || !investee || !face || !issued_on) continue;
    scenario.extra_tranches.push_back(ExtraTranche{.id = *id,
                                                   .investee = *investee,
                                                   .face = *face,
                                                   .price = price,
                                                   .issued_on = *issued_on,
                                                   .expires_on = expires_on,
                                                   .priority = priority.value_or(100),
                                                   .scope = std::move(scope),
                                                   .breakage_method = breakage.method,
                                                   .expected_unused = breakage.expected_unused});
  }
  refuse_twice(ids, "the tranche", errors);
}

/// Refuses a second statement of the same grant, currency or the like at the same time.
void refuse_same_time(const TomlTable& table, std::string_view key, std::string what,
                      std::map<std::string, std::size_t>& first_line, TomlErrors& errors) {
  const auto [first, is_new] = first_line.emplace(what, table.span_of(key).line);
  if (is_new) return;
  errors.add(
      table.span_of(key),
      Error{.code = ErrorCode::duplicate_id,
            .message = fmt::format("{} stands twice", shown(what)),
            .notes = {fmt::format("lines {} and {}", first->second, table.span_of(key).line)},
            .hint = "keep the one that is meant"});
}

void read_estimates(const TomlTable& top, TomlErrors& errors, Scenario& scenario) {
  std::map<std::string, std::size_t> seen;
  for (const TomlTable& table :
       tables_of(top, "estimate", "[[estimate]]", "[[estimate]]", errors)) {
    table.refuse_unknown_keys(scenario_keys::estimate);
    table.require("grant", "write it like  grant = \"T1\"");
    table.require("breakage", "write it like  breakage = \"5%\"");
    table.require("from", "write it like  from = \"2025-01\"");
    const auto grant = grant_id(table, "grant");
    const auto expected = expected_unused(table, "breakage", std::nullopt);
    const auto from = month(table, "from");
    if (!grant || !expected || !from) continue;
    refuse_same_time(table, "grant", fmt::format("{} from {}", *grant, from->to_string()), seen,
                     errors);
    scenario.estimates.push_back({*grant, *expected, *from});
  }
}

void read_rates(const TomlTable& top, TomlErrors& errors, Scenario& scenario) {
  std::map<std::string, std::size_t> seen;
  for (const TomlTable& table : tables_of(top, "rate", "[[rate]]", "[[rate]]", errors)) {
    table.refuse_unknown_keys(scenario_keys::rate);
    table.require("currency", "write it like  currency = \"USD\"");
    table.require("on", "write it like  on = 2025-01-31");
    table.require("rate", "write it like  rate = \"7.2\"");
    const auto currency = currency_code(table, "currency");
    const auto on = table.date("on");
    const auto rate = table.rate("rate");
    if (!currency || !on || !rate) continue;
    refuse_same_time(table, "on", fmt::format("{} on {}", currency->code(), on->to_string()), seen,
                     errors);
    scenario.rates.push_back({*on, *currency, *rate});
  }
}

void read_capacity(const TomlTable& top, TomlErrors& errors, Scenario& scenario) {
  for (const TomlTable& table :
       tables_of(top, "capacity", "[[capacity]]", "[[capacity]]", errors)) {
    table.refuse_unknown_keys(scenario_keys::capacity);
    table.require("from", "write it like  from = \"2025-01\"");
    table.require("per_month", "write it like  per_month = \"50_000_000 USD\"");
    const auto from = month(table, "from");
    const auto to = month(table, "to");
    const auto per_month = table.amount("per_month", Floor::zero);
    auto investees = table.texts("investees").value_or(std::vector<std::string>{});
    if (from && to && *to < *from) {
      table.refuse("to", Error{.code = ErrorCode::empty_interval,
                               .message = fmt::format("to, {}, is before from, {}", to->to_string(),
                                                      from->to_string()),
                               .hint = "to is the last month of the cap"});
    }
    if (!from || !per_month) continue;
    scenario.capacity.push_back({std::move(investees), *per_month, *from, to});
  }
}

}  // namespace

void read_changes(const TomlTable& top, TomlErrors& errors, Scenario& scenario) {
  read_price_changes(top, errors, scenario);
  read_tranche_changes(top, errors, scenario);
  read_extra_tranches(top, errors, scenario);
  read_estimates(top, errors, scenario);
  read_rates(top, errors, scenario);
  read_capacity(top, errors, scenario);
}

}  // namespace accrue
