#include "cli/notices.h"

#include <algorithm>

namespace accrue {

std::optional<Instant> time_with(const Recorded& recorded, std::optional<Instant> before,
                                 std::optional<Instant> close_end) {
  // Nothing is before every instant.
  std::optional<Instant> time = std::max(before, close_end);
  for (const Charge& charge : recorded.charges) time = std::max(time, std::optional{charge.at});
  return time;
}

std::vector<Notice> notices_of(const Books& books, const Recorded& recorded,
                               std::optional<Instant> before, std::optional<Instant> close_end) {
  if (recorded.record == 0) return {};
  std::vector<Notice> notices =
      crossings(books.state(), recorded.drawn_before, recorded.drawn_after);
  const std::optional<Instant> now = time_with(recorded, before, close_end);
  for (Notice& notice :
       came_near_expiry(books.state(), recorded.drawn_after, recorded.record, before, now)) {
    notices.push_back(std::move(notice));
  }
  return notices;
}

void say_notices(const Context& context, const std::vector<Notice>& notices) {
  for (const Notice& notice : notices) {
    context.say("notice[" + notice.code + "]: " + notice.message);
  }
}

}  // namespace accrue
