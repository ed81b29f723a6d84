#include "cli/command_words.h"

namespace accrue {

using namespace command_words;

void add_saved_forecast_commands(std::vector<CommandSpec>& table) {
  const Positional name{"NAME", Count::one, "the name of the saved forecast"};
  table.push_back({"scenario save", scenarios, Effect::writes,
                   "keep what a scenario comes to in the book, for good",
                   {{"NAME", Count::one, "a name that no saved forecast has"},
                    {"FILE", Count::one, "a scenario, a TOML file"}},
                   {},
                   {"scenario save plan-2025 plan.toml",
                    "scenario save plan-2025 plan.toml --reason 'for the close of June'"}});
  table.push_back({"scenario list", scenarios, Effect::reads_as_of,
                   "the forecasts that the book keeps", {}, {}, {"scenario list"}});
  table.push_back({"scenario show", scenarios, Effect::reads_as_of,
                   "what a saved forecast says, month by month and grant by grant",
                   {name},
                   {{"--file", "", "print the scenario as it was saved, byte for byte"}},
                   {"scenario show plan-2025", "scenario show plan-2025 --file"}});
}

}  // namespace accrue
