#include "cli/command_words.h"

namespace accrue {

using namespace command_words;

void add_scenario_commands(std::vector<CommandSpec>& table) {
  const Positional file{"FILE", Count::one, "a scenario, a TOML file: see `accrue help scenario`"};
  const Flag figure{"--figure", "NAME",
                    "revenue, credit_revenue, cash_revenue, breakage, liability, left, growth, "
                    "growth_without_investees or run_out"};
  const Flag of_period{"--period", "PERIOD",
                       "of which period the figure is (default: the months of the forecast)"};
  const Flag investee{"--investee", "NAME", "of this investee alone"};
  const auto add = [&](std::string_view path, Effect effect, std::string_view what,
                       std::vector<Positional> positionals, std::vector<Flag> flags,
                       std::vector<std::string_view> examples) {
    table.push_back({path, scenarios, effect, what, std::move(positionals), std::move(flags),
                     std::move(examples)});
  };
  add("scenario check", Effect::none, "read a scenario without walking it", {file}, {},
      {"scenario check plan.toml"});
  add("scenario run", Effect::reads,
      "walk a scenario through a copy of the book; nothing is recorded", {file, any_period},
      {{"--report", "NAME",
        "months (default), grants, growth, or a report of the book: period, rollforward, rpo, ..."},
       {"--usage", "FILE", "write the assumed usage there as well, as FOCUS (CSV)"},
       segment_flag, basis_flag, entity_flag, bands_flag, forecast_flag, by_flag},
      {"scenario run plan.toml", "scenario run plan.toml 2025-Q1 --report rollforward",
       "scenario run plan.toml -o plan.xlsx", "scenario run plan.toml -o plan.html"});
  add("scenario compare", Effect::reads, "scenarios side by side, and why they differ",
      {{"FILE", Count::many, "scenarios; the others are compared with the first"}},
      {{"--bridge", "", "the differences of revenue by cause: price, volume, timing, breakage"}},
      {"scenario compare base.toml slow.toml", "scenario compare base.toml slow.toml --bridge",
       "scenario compare base.toml slow.toml fast.toml -o what-if.html"});
  add("scenario sensitivity", Effect::reads, "one assumption at a time, and how far a figure moves",
      {file},
      {figure, of_period, investee, segment_flag, basis_flag,
       {"--vary", "KEY=LOW..HIGH", "what to vary; may be repeated (default: all that is usual)",
        Count::many}},
      {"scenario sensitivity plan.toml --figure revenue --period 2025",
       "scenario sensitivity plan.toml --figure growth --period 2025-Q1 --vary volume=80..120"});
  add("scenario montecarlo", Effect::reads, "many paths with random shocks: percentiles and odds",
      {file},
      {{"--paths", "N", "how many (default 10000)"},
       {"--seed", "S", "equal seeds give equal figures (default 1)"},
       {"--threads", "N", "how many at once (default: the cores there are)"},
       {"--percentiles", "LIST", "which (default 5,10,25,50,75,90,95; in a table 5,50,95)"},
       {"--events", "", "how likely it is that credits expire or run out, or an investee is large"},
       {"--path", "K", "walk one path exactly, beside what the simulation says of it"}},
      {"scenario montecarlo plan.toml --paths 10000 --seed 42",
       "scenario montecarlo plan.toml --events", "scenario montecarlo plan.toml --seed 42 --path 7"});
  add("scenario solve", Effect::reads, "which value of an assumption brings a figure to a target",
      {file},
      {{"--vary", "KEY=LOW..HIGH", "the assumption, and between which values it is sought"},
       figure, of_period, investee, segment_flag, basis_flag, {"--to", "VALUE", "the target"}},
      {"scenario solve plan.toml --vary volume:Lunar=10..300 --figure growth --period 2024-Q4 "
       "--to 10"});
  add("scenario grid", Effect::reads, "every combination of some values, as one tidy table", {file},
      {{"--vary", "KEY=FROM..TO:STEP", "what to vary, and how; may be repeated", Count::many}},
      {"scenario grid plan.toml --vary volume=80..120:10 --vary price=50..100:25 -o grid.csv"});
  add("scenario backtest", Effect::reads,
      "forecasts of earlier closes against what then happened", {},
      {investee,
       {"--first-close", "N", "the close at which the first forecast is made (default 3)"},
       {"--months", "", "each forecast beside what happened, instead of how far they were off"}},
      {"scenario backtest", "scenario backtest --first-close 6 -f csv",
       "scenario backtest --investee Lunar --months -o backtest.csv"});
}

}  // namespace accrue
