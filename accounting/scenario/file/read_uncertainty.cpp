#include "accounting/scenario/file/read_uncertainty.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "accounting/scenario/file/scenario_fields.h"
#include "accounting/scenario/file/scenario_keys.h"
#include "ledger/intake/quoted.h"

namespace accrue {

namespace {

using Of = Uncertainty::Of;

constexpr std::array<std::string_view, 3> subject_keys{"investee", "sku", "grant"};

/// The key that says whose volume, which price, what is late, who stops.
std::string_view subject_key(Of of) {
  switch (of) {
    case Of::volume:
    case Of::stop:
      return "investee";
    case Of::price:
      return "sku";
    case Of::delay:
      return "grant";
  }
  return "";
}

std::string_view kinds_of(Of of) {
  switch (of) {
    case Of::volume:
    case Of::price:
      return "normal, lognormal, triangular, uniform";
    case Of::delay:
      return "triangular, uniform";
    case Of::stop:
      return "bernoulli";
  }
  return "";
}

std::string read_subject(const TomlTable& table, Of of) {
  const std::string_view wanted = subject_key(of);
  for (const std::string_view key : subject_keys) {
    if (key == wanted || !table.has(key)) continue;
    refuse_value(table, key, fmt::format("{} does not go with what is uncertain here", key),
                 fmt::format("write  {} = \"...\"", wanted));
  }
  table.require(wanted,
                fmt::format("write it like  {} = \"{}\"", wanted, of == Of::delay ? "T2" : "*"));
  return (of == Of::delay ? grant_id(table, wanted) : line_of_text(table, wanted)).value_or("");
}

std::string bound_hint(std::string_view key, std::string_view) {
  return fmt::format("write it like  {} = \"6\", in months", key);
}

/// A bound of a factor, in percent, or of a delay, in months.
std::optional<Decimal> read_bound(const TomlTable& table, std::string_view key, Of of) {
  table.require(
      key, of == Of::delay ? bound_hint(key, {}) : fmt::format("write it like  {} = \"90%\"", key));
  if (of != Of::delay) return percent_within(table, key, PercentRange::zero_or_more);
  const TomlNode* value = table.quoted(key, bound_hint);
  if (value == nullptr) return std::nullopt;
  const auto months = parse_rate(key, value->text);
  if (!months.ok()) {
    table.refuse(key, Error{.code = months.error().code,
                            .message = months.error().message,
                            .hint = bound_hint(key, {})});
    return std::nullopt;
  }
  if (months->sign() >= 0 && *months <= Decimal::from_integer(120)) return *months;
  refuse_value(table, key,
               fmt::format("{} is {}; it must be from 0 to 120 months", key, months->to_string()),
               bound_hint(key, {}));
  return std::nullopt;
}

/// Refuses bounds that are not in order.
void require_rising(const TomlTable& table, const std::optional<Decimal>& low,
                    const std::optional<Decimal>& mode, const std::optional<Decimal>& high) {
  if (low && high && *low >= *high) {
    refuse_value(table, "high",
                 fmt::format("high, {}, is not above low, {}", high->to_string(), low->to_string()),
                 "swap the two, or leave out what is certain");
  } else if (low && mode && high && (*mode < *low || *mode > *high)) {
    refuse_value(table, "mode",
                 fmt::format("mode, {}, does not lie between {} and {}", mode->to_string(),
                             low->to_string(), high->to_string()),
                 "mode is the likeliest value");
  }
}

std::optional<Distribution> read_triangular(const TomlTable& table, Of of) {
  table.refuse_unknown_keys(scenario_keys::triangular_distribution);
  const auto low = read_bound(table, "low", of);
  const auto mode = read_bound(table, "mode", of);
  const auto high = read_bound(table, "high", of);
  require_rising(table, low, mode, high);
  if (!low || !mode || !high) return std::nullopt;
  return TriangularShock{*low, *mode, *high};
}

std::optional<Distribution> read_uniform(const TomlTable& table, Of of) {
  table.refuse_unknown_keys(scenario_keys::uniform_distribution);
  const auto low = read_bound(table, "low", of);
  const auto high = read_bound(table, "high", of);
  require_rising(table, low, std::nullopt, high);
  if (!low || !high) return std::nullopt;
  return UniformShock{*low, *high};
}

std::optional<Decimal> read_sd(const TomlTable& table) {
  table.require("sd", "write it like  sd = \"10%\"");
  return percent_within(table, "sd", PercentRange::zero_or_more);
}

std::optional<Distribution> read_normal(const TomlTable& table) {
  table.refuse_unknown_keys(scenario_keys::normal_distribution);
  const auto mean = percent_within(table, "mean", PercentRange::above_minus_hundred);
  const auto sd = read_sd(table);
  if (!sd) return std::nullopt;
  return NormalShock{mean.value_or(Decimal{}), *sd};
}

std::optional<Distribution> read_lognormal(const TomlTable& table) {
  table.refuse_unknown_keys(scenario_keys::lognormal_distribution);
  const auto sd = read_sd(table);
  if (!sd) return std::nullopt;
  return LognormalShock{*sd};
}

std::optional<Distribution> read_bernoulli(const TomlTable& table) {
  table.refuse_unknown_keys(scenario_keys::bernoulli_distribution);
  table.require("probability", "write it like  probability = \"0.4%\", a month");
  const auto probability = percent_within(table, "probability", PercentRange::zero_to_hundred);
  if (!probability) return std::nullopt;
  return BernoulliShock{*probability};
}

bool fits(std::string_view kind, Of of) {
  switch (of) {
    case Of::volume:
    case Of::price:
      return kind != "bernoulli";
    case Of::delay:
      return kind == "triangular" || kind == "uniform";
    case Of::stop:
      return kind == "bernoulli";
  }
  return false;
}

std::optional<Distribution> read_distribution(const TomlTable& uncertainty, Of of) {
  const auto table = uncertainty.table(
      "distribution", "distribution = { kind = \"normal\", mean = \"0%\", sd = \"10%\" }");
  if (!table) return std::nullopt;
  table->require("kind", "write it like  kind = \"normal\"");
  const auto word = table->choice("kind", scenario_keys::distributions);
  if (!word) return std::nullopt;
  const std::string_view kind = scenario_keys::distributions[*word];
  if (!fits(kind, of)) {
    refuse_value(*table, "kind", fmt::format("{} does not go with what is uncertain here", kind),
                 fmt::format("take one of: {}", kinds_of(of)));
    return std::nullopt;
  }
  if (kind == "normal") return read_normal(*table);
  if (kind == "lognormal") return read_lognormal(*table);
  if (kind == "triangular") return read_triangular(*table, of);
  if (kind == "uniform") return read_uniform(*table, of);
  return read_bernoulli(*table);
}

/// Factors say how long they last; a delay is drawn once, a stop each month.
Uncertainty::Lasts read_lasts(const TomlTable& table, Of of) {
  using Lasts = Uncertainty::Lasts;
  if (of == Of::delay || of == Of::stop) {
    if (table.has("lasts")) {
      refuse_value(table, "lasts", "lasts is of volume and price",
                   of == Of::delay ? "remove it: a delay is drawn once a path"
                                   : "remove it: whether usage stops is drawn each month");
    }
    return of == Of::delay ? Lasts::path : Lasts::month;
  }
  static constexpr std::array<std::string_view, 3> words{"month", "path", "walk"};
  static constexpr std::array<Lasts, 3> meant{Lasts::month, Lasts::path, Lasts::walk};
  const auto word = table.choice("lasts", words);
  return word ? meant[*word] : Lasts::month;
}

}  // namespace

void read_uncertainty(const TomlTable& top, TomlErrors& errors, Scenario& scenario) {
  for (const TomlTable& table :
       tables_of(top, "uncertainty", "[[uncertainty]]", "[[uncertainty]]", errors)) {
    table.refuse_unknown_keys(scenario_keys::uncertainty);
    table.require("of", "write  of = \"volume\", \"price\", \"delay\" or \"stop\"");
    table.require("distribution",
                  "write it like  distribution = { kind = \"normal\", sd = \"10%\" }");
    table.require("source", "say where the figures come from: it is printed with every result");
    const auto source = line_of_text(table, "source");
    static constexpr std::array<std::string_view, 4> words{"volume", "price", "delay", "stop"};
    static constexpr std::array<Of, 4> meant{Of::volume, Of::price, Of::delay, Of::stop};
    const auto word = table.choice("of", words);
    if (!word) continue;
    const Of of = meant[*word];
    Uncertainty uncertainty{.of = of,
                            .lasts = read_lasts(table, of),
                            .subject = read_subject(table, of),
                            .distribution = {},
                            .source = source.value_or("")};
    const auto distribution = read_distribution(table, of);
    if (!distribution) continue;
    uncertainty.distribution = *distribution;
    scenario.uncertainties.push_back(std::move(uncertainty));
  }
  if (const auto table = top.table("correlation", "[correlation]")) {
    table->refuse_unknown_keys(scenario_keys::correlation);
    table->require("volume", "write it like  volume = \"30%\"");
    scenario.common_percent =
        percent_within(*table, "volume", PercentRange::zero_to_hundred).value_or(Decimal{});
  }
}

}  // namespace accrue
