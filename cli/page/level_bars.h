#pragma once

#include <string>
#include <vector>

#include "accounting/report/report.h"
#include "cli/page/bars.h"

namespace accrue {

struct Level {
  std::string label;
  Figure figure;
};

struct Movement {
  std::string label;
  Figure figure;
  Paint paint;
};

/// Bars from one level to another: each movement begins where the one before it ends.
BarChart level_bars(const Level& from, const std::vector<Movement>& movements, const Level& to,
                    std::string unit);

/// "granted 50.00, usage -30.00"
std::string told(const std::vector<Movement>& movements);

}  // namespace accrue
