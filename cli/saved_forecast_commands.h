#pragma once

#include <string>

// What the words about saved forecasts ask for.

namespace accrue {

struct ScenarioSaveCommand {
  std::string name = {};
  std::string file = {};
};
struct ScenarioListCommand {};
enum class ShowForecast { rows, file };
struct ScenarioShowCommand {
  std::string name = {};
  ShowForecast what = ShowForecast::rows;
};

}  // namespace accrue
