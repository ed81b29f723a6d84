#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounting/report/report.h"
#include "ledger/time/date.h"
#include "ledger/time/period.h"

namespace accrue {

/// A grant's face in one month. Movements are signed: the opening and they make the closing.
struct FaceMonth {
  Period period;
  Decimal opening;
  Decimal expired;
  Figure closing;
};

/// How much of a grant's face is left, month by month.
struct FaceLine {
  std::string investee;
  std::string grant;
  std::string currency;
  std::optional<Date> expires_on;  ///< the first day on which it pays nothing
  std::vector<FaceMonth> months;   ///< in order
};

/// A point of a step line: what is left from this day on.
struct FacePoint {
  Date day;
  Decimal left;
};

/// The lines of a burn-down report, in the order of its first rows. Empty where the report is of
/// another form.
std::vector<FaceLine> face_lines_of(const Report& report);

/// The corners of a line: each month's closing from its end on; in the month of the expiry the
/// draws and then the expiry on its day.
std::vector<FacePoint> steps_of(const FaceLine& line);

/// What was left the moment before the expiry, where that lies in the months of the line.
std::optional<FacePoint> expiry_of(const FaceLine& line);

}  // namespace accrue
