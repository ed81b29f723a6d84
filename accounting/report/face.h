#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

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

/// By how much drawn, expired and left are below zero (tie 2). Counted by origin they may be, in a
/// month between: a late charge can use what a refund of a later month gave back. Then nothing is.
Decimal below_zero(const FaceAt& face, OriginView by);

/// Faces over time, by the period that draws and expiries are counted in.
///
/// A grant counts as granted in the period of its issue. Its expiry counts once the close that
/// books it is in force; what is drawn or returned later moves what expired.
class Faces {
 public:
  Faces(const BookView& view, OriginView by);

  FaceAt at_end_of(Period period, const HeldGrant& held) const;
  /// The same at the end of the period before the range and of each of its periods, in order. The
  /// work follows the periods, not their square.
  std::vector<FaceAt> through(PeriodRange range, const HeldGrant& held) const;
  /// Drawn in a range, net of refunds.
  Decimal drawn_in(PeriodRange range, const std::string& grant) const;

 private:
  /// When a grant counts as granted, and when its expiry counts, if that is booked.
  struct Counted {
    Period issued;
    std::optional<Period> expired;
  };
  Counted counted(const HeldGrant& held) const;
  static FaceAt face_at(Period period, const Grant& grant, const Counted& counted, Decimal drawn);

  const BookState& state_;
  OriginView by_;
  std::map<std::string, std::map<Period, Decimal>> drawn_;
};

}  // namespace accrue
