#include "accounting/posting/thresholds.h"

#include <algorithm>
#include <array>

#include "ledger/number/round.h"

namespace accrue {

namespace {

constexpr std::array<std::int64_t, 4> drawn_thresholds{50, 80, 90, 100};

Decimal drawn_of(const DrawnByGrant& drawn, const std::string& grant) {
  const auto found = drawn.find(grant);
  return found == drawn.end() ? Decimal{} : found->second;
}

/// The highest threshold that the draws have come to; 0 below the first.
std::int64_t threshold_of(const Decimal& drawn, const Decimal& face) {
  std::int64_t highest = 0;
  for (const std::int64_t percent : drawn_thresholds) {
    if (drawn.units() * 100 >= face.units() * percent) highest = percent;
  }
  return highest;
}

std::string text_of(const Decimal& value, const Amount& face) {
  return value.to_string(face.currency.minor_digits());
}

Notice start_notice(const BookState& state, const Grant& grant, const Decimal& drawn) {
  Notice notice{.code = {},
                .grant = grant.id,
                .investee = grant.investee,
                .percent = std::nullopt,
                .drawn = {drawn, grant.face.currency},
                .face = grant.face,
                .expires_on = std::nullopt,
                .message = {}};
  if (grant.ends_at) notice.expires_on = state.zone.date_of(*grant.ends_at);
  return notice;
}

Notice drawn_notice(const BookState& state, const Grant& grant, const Decimal& drawn,
                    std::int64_t threshold) {
  Notice notice = start_notice(state, grant, drawn);
  notice.code = "grant_" + std::to_string(threshold) + "_percent_drawn";
  notice.percent = threshold;
  const Decimal percent = Decimal::from_scaled(
      round_half_even(Int1024{drawn.units()} * 10'000, Int1024{grant.face.value.units()}), 2);
  notice.message = "grant " + grant.id + " of " + grant.investee + " is " + percent.to_string(2) +
                   "% drawn: " + text_of(drawn, grant.face) + " of " +
                   text_of(grant.face.value, grant.face) + " " +
                   std::string{grant.face.currency.code()} + ", " +
                   text_of(notice.left(), grant.face) + " left";
  return notice;
}

std::int32_t days_to_expiry(const BookState& state, const Grant& grant, Instant now) {
  return state.zone.date_of(*grant.ends_at).days - state.zone.date_of(now).days;
}

Notice expiry_notice(const BookState& state, const Grant& grant, const Decimal& drawn,
                     Instant now) {
  Notice notice = start_notice(state, grant, drawn);
  const bool is_past = now >= *grant.ends_at;
  notice.code = is_past ? "grant_expired" : "grant_expires_soon";
  const std::int32_t days = days_to_expiry(state, grant, now);
  const std::string when =
      is_past ? " expired on " + notice.expires_on->to_string()
              : " expires on " + notice.expires_on->to_string() + ", in " + std::to_string(days) +
                    (days == 1 ? " day" : " days");
  notice.message = "grant " + grant.id + " of " + grant.investee + when + ", with " +
                   text_of(notice.left(), grant.face) + " of " +
                   text_of(grant.face.value, grant.face) + " " +
                   std::string{grant.face.currency.code()} + " left";
  return notice;
}

/// Past its expiry is nearer still.
bool is_near(const BookState& state, const Grant& grant, Instant now, std::int64_t within_days) {
  return grant.ends_at && days_to_expiry(state, grant, now) <= within_days;
}

void sort_by_grant(std::vector<Notice>& notices) {
  std::stable_sort(notices.begin(), notices.end(),
                   [](const Notice& a, const Notice& b) { return a.grant < b.grant; });
}

}  // namespace

DrawnByGrant drawn_in(const BookView& view) {
  DrawnByGrant drawn;
  for (const PostedDraws& posted : view.draws) {
    for (const auto& [grant, amount] : drawn_by_grant(posted.totals)) drawn[grant] += amount;
  }
  return drawn;
}

std::optional<Instant> book_time(const Store& store, const BookState& state) {
  std::optional<Instant> time = store.last_charge_at(state.record_count);
  if (state.closes.empty()) return time;
  const Instant close_end = state.zone.end_of(state.closes.back().period);
  return std::max(time.value_or(close_end), close_end);
}

std::vector<Notice> crossings(const BookState& state, const DrawnByGrant& before,
                              const DrawnByGrant& after) {
  std::vector<Notice> notices;
  for (const HeldGrant& held : state.grants) {
    const Grant& grant = held.grant;
    const Decimal now = drawn_of(after, grant.id);
    const std::int64_t threshold = threshold_of(now, grant.face.value);
    if (threshold > threshold_of(drawn_of(before, grant.id), grant.face.value)) {
      notices.push_back(drawn_notice(state, grant, now, threshold));
    }
  }
  sort_by_grant(notices);
  return notices;
}

std::vector<Notice> reached(const BookState& state, const DrawnByGrant& drawn) {
  return crossings(state, {}, drawn);
}

std::vector<Notice> expiring(const BookState& state, const DrawnByGrant& drawn, Instant now,
                             std::int64_t within_days) {
  std::vector<Notice> notices;
  for (const HeldGrant& held : state.grants) {
    const Grant& grant = held.grant;
    const Decimal used = drawn_of(drawn, grant.id);
    if (!is_near(state, grant, now, within_days) || now >= *grant.ends_at) continue;
    if (used < grant.face.value) notices.push_back(expiry_notice(state, grant, used, now));
  }
  sort_by_grant(notices);
  return notices;
}

std::vector<Notice> came_near_expiry(const BookState& state, const DrawnByGrant& drawn,
                                     std::int64_t record, std::optional<Instant> before,
                                     std::optional<Instant> now) {
  std::vector<Notice> notices;
  if (!now) return notices;
  for (const HeldGrant& held : state.grants) {
    const Grant& grant = held.grant;
    const Decimal used = drawn_of(drawn, grant.id);
    if (!is_near(state, grant, *now, usual_expiry_days) || used >= grant.face.value) continue;
    const bool was_near = held.record < record && before &&
                          is_near(state, grant, *before, usual_expiry_days);
    if (!was_near) notices.push_back(expiry_notice(state, grant, used, *now));
  }
  sort_by_grant(notices);
  return notices;
}

}  // namespace accrue
