#pragma once

#include <array>
#include <span>
#include <string_view>

namespace accrue {

// The keys of scenarios, schema accrue.scenario/1: docs/scenarios.md says what each means.
namespace scenario_keys {

template <std::size_t count>
constexpr std::array<std::string_view, count> of(const std::string_view (&keys)[count]) {
  return std::to_array(keys);
}

/// Known, and refused: rules that the books do not have yet. Their place is kept.
inline constexpr auto not_kept = of({"modification", "elimination", "lease", "tax"});

inline constexpr auto document =
    of({"schema",         "scenario",     "drawdown",    "price",       "price_change",
        "tranche_change", "tranche",      "estimate",    "rate",        "capacity",
        "segment",        "deal",         "cost",        "uncertainty", "correlation",
        "order_policy",   "modification", "elimination", "lease",       "tax"});
inline constexpr auto scenario = of({"name", "about", "base", "months"});
inline constexpr auto drawdown =
    of({"investee", "grant", "name", "currency", "curve", "unit", "mix", "seasonal", "stall",
        "leaves", "incremental", "after_exhaustion", "new_grant", "runway"});
inline constexpr auto mix = of({"service", "sku", "region", "share"});
inline constexpr auto stall = of({"from", "months", "then"});
inline constexpr auto new_grant = of({"face", "price", "months"});
inline constexpr auto runway = of({"cash", "burn"});
inline constexpr auto price = of({"sku", "unit_price"});
inline constexpr auto price_change = of({"sku", "from", "change"});
inline constexpr auto tranche_change =
    of({"grant", "issued", "begins", "expires", "priority", "missed"});
inline constexpr auto tranche = of({"id", "investee", "face", "price", "issued", "expires",
                                    "priority", "services", "regions", "skus", "breakage"});
inline constexpr auto breakage = of({"method", "expected"});
inline constexpr auto estimate = of({"grant", "breakage", "from"});
inline constexpr auto rate = of({"currency", "on", "rate"});
inline constexpr auto capacity = of({"from", "to", "per_month", "investees"});
inline constexpr auto segment = of({"segment", "basis", "growth", "growth_of_others"});
inline constexpr auto deal = of({"terms", "probability", "signed"});
inline constexpr auto cost = of({"sku", "rate"});
inline constexpr auto uncertainty =
    of({"of", "investee", "sku", "grant", "lasts", "distribution", "source"});
inline constexpr auto correlation = of({"volume"});

// Of `curve`, by shape; the last five are weights known by a name.
inline constexpr auto shapes =
    of({"table", "trailing", "ramp", "weights", "linear", "burst", "commitment_ramp", "s_curve",
        "fit", "plan", "linear8", "scurve8", "burst4", "front_tail6", "commit_ramp12"});
inline constexpr auto table_curve = of({"shape", "amounts", "then"});
inline constexpr auto trailing_curve = of({"shape", "months"});
inline constexpr auto ramp_curve = of({"shape", "from", "growth", "cap"});
inline constexpr auto weights_curve = of({"shape", "total", "weights", "months_per_weight"});
inline constexpr auto spread_curve = of({"shape", "total", "months"});
inline constexpr auto preset_curve = of({"shape", "total"});
inline constexpr auto fit_curve = of({"shape", "model", "months"});
inline constexpr auto plan_curve = of({"shape", "file"});

// Of `distribution`, by kind.
inline constexpr auto distributions =
    of({"normal", "lognormal", "triangular", "uniform", "bernoulli"});
inline constexpr auto normal_distribution = of({"kind", "mean", "sd"});
inline constexpr auto lognormal_distribution = of({"kind", "sd"});
inline constexpr auto triangular_distribution = of({"kind", "low", "mode", "high"});
inline constexpr auto uniform_distribution = of({"kind", "low", "high"});
inline constexpr auto bernoulli_distribution = of({"kind", "probability"});

/// The tables of a file as docs/scenarios.md heads them, with their keys and closed words.
struct Listed {
  std::string_view heading;
  std::span<const std::string_view> keys;
};
inline constexpr Listed listed[] = {
    {"[scenario]", scenario},
    {"[[drawdown]]", drawdown},
    {"curve", shapes},
    {"curve", table_curve},
    {"curve", trailing_curve},
    {"curve", ramp_curve},
    {"curve", weights_curve},
    {"curve", spread_curve},
    {"curve", fit_curve},
    {"curve", plan_curve},
    {"mix", mix},
    {"stall", stall},
    {"new_grant", new_grant},
    {"runway", runway},
    {"[[price]]", price},
    {"[[price_change]]", price_change},
    {"[[tranche_change]]", tranche_change},
    {"[[tranche]]", tranche},
    {"[[tranche]]", breakage},
    {"[[estimate]]", estimate},
    {"[[rate]]", rate},
    {"[[capacity]]", capacity},
    {"[[segment]]", segment},
    {"[[deal]]", deal},
    {"[[cost]]", cost},
    {"[[uncertainty]]", uncertainty},
    {"distribution", distributions},
    {"distribution", normal_distribution},
    {"distribution", triangular_distribution},
    {"distribution", bernoulli_distribution},
    {"[correlation]", correlation},
};

}  // namespace scenario_keys

}  // namespace accrue
