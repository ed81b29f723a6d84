#pragma once

#include <vector>

#include <nlohmann/json.hpp>

#include "accounting/posting/thresholds.h"

namespace accrue {

/// The field "notices" of a summary.
nlohmann::ordered_json notices_json(const std::vector<Notice>& notices);

}  // namespace accrue
