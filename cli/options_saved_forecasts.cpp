#include "cli/read_words.h"

namespace accrue {

namespace {

const CommandReader readers[] = {
    {"scenario save",
     [](Words l) -> Result<Command> {
       return Command{ScenarioSaveCommand{*l.text("NAME"), *l.text("FILE")}};
     }},
    {"scenario list", plain<ScenarioListCommand>},
    {"scenario show",
     [](Words l) -> Result<Command> {
       return Command{ScenarioShowCommand{
           *l.text("NAME"), l.has("--file") ? ShowForecast::file : ShowForecast::rows}};
     }},
};

}  // namespace

std::span<const CommandReader> saved_forecast_readers() { return readers; }

}  // namespace accrue
