#include "accounting/report/face.h"

#include "accounting/report/frame.h"

namespace accrue {

Decimal below_zero(const FaceAt& face, OriginView by) {
  Decimal sum;
  if (by == OriginView::by_origin) return sum;
  for (const Decimal& part : {face.drawn, face.expired, face.left()}) {
    if (part.sign() < 0) sum -= part;
  }
  return sum;
}

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

Faces::Counted Faces::counted(const HeldGrant& held) const {
  const Grant& grant = held.grant;
  Counted counted{counted_in(by_, state_, held.record, Period::of(grant.issued_on)), {}};
  if (grant.expiry_period && state_.is_closed(*grant.expiry_period)) {
    counted.expired = counted_in(by_, state_, held.record, *grant.expiry_period);
  }
  return counted;
}

FaceAt Faces::face_at(Period period, const Grant& grant, const Counted& counted, Decimal drawn) {
  FaceAt face;
  face.drawn = drawn;
  if (counted.issued <= period) face.granted = grant.face.value;
  if (counted.expired && *counted.expired <= period) face.expired = face.granted - face.drawn;
  return face;
}

FaceAt Faces::at_end_of(Period period, const HeldGrant& held) const {
  return face_at(period, held.grant, counted(held),
                 drawn_in({Period{INT32_MIN}, period}, held.grant.id));
}

std::vector<FaceAt> Faces::through(PeriodRange range, const HeldGrant& held) const {
  const std::map<Period, Decimal> nothing_drawn;
  const auto found = drawn_.find(held.grant.id);
  const std::map<Period, Decimal>& drawn = found == drawn_.end() ? nothing_drawn : found->second;
  const Counted when = counted(held);
  std::vector<FaceAt> faces;
  Decimal sum;
  auto next = drawn.begin();
  for (Period period = range.first.previous(); period <= range.last; period = period.next()) {
    for (; next != drawn.end() && next->first <= period; ++next) sum += next->second;
    faces.push_back(face_at(period, held.grant, when, sum));
  }
  return faces;
}

}  // namespace accrue
