#pragma once

#include <map>
#include <string>

#include "accounting/posting/view.h"
#include "accounting/report/reports.h"

namespace accrue {

/// The face of a grant at the end of a period, in units of the face: granted = drawn + expired +
/// left (tie 2; nothing is voided yet).
struct FaceAt {
  Decimal granted;
  Decimal drawn;  ///< net of refunds
  Decimal expired;
  Decimal left() const { return granted - drawn - expired; }
};

/// Faces over time, by the period that draws and expiries are counted in.
///
/// A grant counts as granted in the period of its issue. Its expiry counts once the close that
/// books it is in force; what is drawn or returned later moves what expired.
class Faces {
 public:
  Faces(const BookView& view, OriginView by);

  FaceAt at_end_of(Period period, const HeldGrant& held) const;
  /// Drawn in a range, net of refunds.
  Decimal drawn_in(PeriodRange range, const std::string& grant) const;

 private:
  const BookState& state_;
  OriginView by_;
  std::map<std::string, std::map<Period, Decimal>> drawn_;
};

}  // namespace accrue
