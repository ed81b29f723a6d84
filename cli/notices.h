#pragma once

#include <optional>
#include <vector>

#include "accounting/posting/books.h"
#include "accounting/posting/thresholds.h"
#include "cli/context.h"

namespace accrue {

/// The book's time with a record that came after `before`, book_time() before it. `close_end`: the
/// end of the period that the record closed, if it closed one.
std::optional<Instant> time_with(const Recorded& recorded, std::optional<Instant> before,
                                 std::optional<Instant> close_end = std::nullopt);

/// What a record has to say of grants: the thresholds that their draws crossed, and the expiries
/// that came near.
///
std::vector<Notice> notices_of(const Books& books, const Recorded& recorded,
                               std::optional<Instant> before,
                               std::optional<Instant> close_end = std::nullopt);

/// One line on standard error each: "notice[grant_80_percent_drawn]: ...".
void say_notices(const Context& context, const std::vector<Notice>& notices);

}  // namespace accrue
