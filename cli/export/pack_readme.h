#pragma once

#include <string>
#include <vector>

#include "accounting/posting/view.h"
#include "cli/export/members.h"

namespace accrue {

/// What a person reads first: what each file of the pack is, and how to check it.
std::string pack_readme(const std::vector<Member>& members, const BookView& view,
                        PeriodRange range);

}  // namespace accrue
