#include "ledger/credit/draw_forecast.h"

namespace accrue {

std::string_view to_string(DrawForecast forecast) {
  switch (forecast) {
    case DrawForecast::trailing_3: return "trailing-3";
    case DrawForecast::trailing_6: return "trailing-6";
    case DrawForecast::trailing_12: return "trailing-12";
    case DrawForecast::even: return "even";
  }
  return {};
}

}  // namespace accrue
