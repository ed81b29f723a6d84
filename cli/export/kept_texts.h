#pragma once

#include <vector>

#include "accounting/posting/state.h"
#include "cli/export/members.h"

namespace accrue {

/// The files that the book keeps byte for byte: terms, rate cards and maps, as
/// `terms/record-3-moonshot.toml`, `rate-cards/...` and `maps/...`.
std::vector<Member> kept_texts(const BookState& state);

}  // namespace accrue
