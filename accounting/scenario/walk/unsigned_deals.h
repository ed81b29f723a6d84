#pragma once

#include <string>
#include <string_view>

#include "accounting/posting/books.h"
#include "accounting/scenario/scenario.h"

namespace accrue {

/// The deal of the pipeline that was not recorded, because it is taken as not signed, and without
/// which the book knows no such investee; nullptr: there is none, or the book has another deal
/// with the investee.
const PipelineDeal* unsigned_deal_with(const Scenario& scenario, const BookState& state,
                                       std::string_view investee);

/// The one without which the book has no such grant, named `T2` or `DEAL/T2`.
const PipelineDeal* unsigned_deal_granting(const Scenario& scenario, const BookState& state,
                                           std::string_view grant);

/// "left out: deal nova (40%) is taken as not signed".
std::string left_out_without(const PipelineDeal& deal);

}  // namespace accrue
