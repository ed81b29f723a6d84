#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "ledger/number/decimal.h"

// Bookkeeping programs of others, which read our exports: what they complain of, and what they
// make of the entries.

namespace accrue_test {

enum class Tool { hledger, ledger, beancount };
inline constexpr Tool all_tools[] = {Tool::hledger, Tool::ledger, Tool::beancount};

std::string to_string(Tool tool);

/// Whether the program is installed; says so where it is not.
bool is_installed(Tool tool);

/// What the program says of a file in its strictest mode; nothing when it is content.
std::string complaint(Tool tool, const std::filesystem::path& file);

/// What the program makes of the accounts at the end of a month ("2024-06"), by the names of
/// `report trial-balance`; zeros left out.
std::map<std::string, accrue::Decimal> balances_at(Tool tool, const std::filesystem::path& file,
                                                   const std::string& month);

/// Exports the book for each program that is installed, and fails the test unless it loads
/// without a complaint and comes to the balances of `report trial-balance` at the end of every
/// month with an entry, and of the first month without. `folder` takes the exports.
/// Returns how many balances were compared.
std::size_t compare_with_tools(const std::filesystem::path& folder, const std::string& book);

}  // namespace accrue_test
