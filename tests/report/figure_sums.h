#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accounting/report/report.h"
#include "accounting/report/reports.h"
#include "tests/report/sample_book.h"

namespace accrue::testing {

/// Records the deal that the terms state.
void add_terms(SampleBook& book, std::string_view toml);

/// The figures and totals of a report that are not the sums it says they are: each with the sum it
/// should be. Sources are looked up in reports of the same range and view, made anew.
std::vector<std::string> wrong_sums(const SampleBook& book, const Report& report, OriginView by);

/// How the figure of a row is made of others: "+ rollforward:2024-Q2:T1#granted", in order.
std::vector<std::string> sources_of(const Report& report, std::string_view figure);

}  // namespace accrue::testing
