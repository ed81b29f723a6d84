#include "accounting/report/face.h"

#include "accounting/report/frame.h"

namespace accrue {

Faces::Faces(const BookView& view, OriginView by) : state_{view.state}, by_{by} {
  for (const PostedDraws& posted : view.draws) {
    for (const auto& [key, amount] : posted.totals) {
      if (key.grant.empty()) continue;
      const Period period =
          by == OriginView::by_origin ? key.origin_period : posted.posting_period;
      drawn_[key.grant][period] += amount;
    }
  }
}

Decimal Faces::drawn_in(PeriodRange range, const std::string& grant) const {
  Decimal sum;
  const auto found = drawn_.find(grant);
  if (found == drawn_.end()) return sum;
  for (const auto& [period, amount] : found->second) {
    if (range.contains(period)) sum += amount;
  }
  return sum;
}

FaceAt Faces::at_end_of(Period period, const HeldGrant& held) const {
  const Grant& grant = held.grant;
  FaceAt face;
  face.drawn = drawn_in({Period{INT32_MIN}, period}, grant.id);
  const Period issued = counted_in(by_, state_, held.record, Period::of(grant.issued_on));
  if (issued <= period) face.granted = grant.face.value;
  if (!grant.expiry_period || !state_.is_closed(*grant.expiry_period)) return face;
  const Period expired = counted_in(by_, state_, held.record, *grant.expiry_period);
  if (expired <= period) face.expired = face.granted - face.drawn;
  return face;
}

}  // namespace accrue
