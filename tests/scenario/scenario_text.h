#pragma once

#include <map>
#include <string>
#include <string_view>

#include "accounting/scenario/file/scenario_reader.h"
#include "accounting/scenario/scenario.h"

namespace accrue_test {

/// Files that a scenario may name, by path.
using NamedTexts = std::map<std::string, std::string>;

/// Reads a scenario of the name "what-if.toml".
accrue::Result<accrue::Scenario> read_text(std::string_view text, const NamedTexts& files = {});

/// "code file:line:column |underlined|", one per error, in the order given; "accepted" for none.
/// The file is left out where it is the scenario. Checks that each has a message and a hint.
std::string refused(std::string_view text, const NamedTexts& files = {});

/// The hint of the first error.
std::string hint_of(std::string_view text, const NamedTexts& files = {});

/// A scenario with nothing but its head: three lines, then `rest`.
std::string with_head(const std::string& rest);

/// The terms of a deal, signed 2026-01-15, with a tranche of a face of 100 USD.
std::string small_terms();

}  // namespace accrue_test
