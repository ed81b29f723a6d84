#include "accounting/report/date_cell.h"

namespace accrue {

Cell date_cell(const TimeZone& zone, const std::optional<Instant>& at) {
  if (!at) return {};
  return zone.date_of(*at).to_string();
}

}  // namespace accrue
