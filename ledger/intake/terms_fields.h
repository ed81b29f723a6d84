#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/credit/investment.h"
#include "ledger/intake/toml_fields.h"
#include "ledger/number/money.h"
#include "ledger/time/date.h"

namespace accrue {

// What terms and scenarios state in the same words. What is wrong is added to the errors of the
// table; nothing is then returned, as for a key that is absent.

/// The place in `words` of the text of `key`; a `later` word is one this version does not keep.
std::optional<std::size_t> choice_kept(const TomlTable& table, std::string_view key,
                                       std::span<const std::string_view> words,
                                       std::string_view later, std::string_view hint);

/// One line of at most 64 characters, without spaces around.
std::optional<std::string> investee_name(const TomlTable& table, std::string_view key);

/// "4%" or "27_000_000 CNY": zero or more, and less than the face where that is known.
std::optional<ExpectedUnused> expected_unused(const TomlTable& table, std::string_view key,
                                              const std::optional<Amount>& face);

/// The inline table `breakage` of a tranche.
struct StatedBreakage {
  BreakageMethod method = BreakageMethod::remote;
  std::optional<ExpectedUnused> expected_unused;
};
StatedBreakage read_breakage(const TomlTable& tranche, const std::optional<Amount>& face);

/// When a tranche is issued, begins and expires, as far as it says so.
struct StatedWindow {
  std::optional<Date> issued_on;
  std::optional<Date> begins_on;
  std::optional<Date> expires_on;
};
/// Refuses `expires` that is not after the begin.
void refuse_empty_window(const TomlTable& tranche, const StatedWindow& window);

/// Refuses what stands twice, naming both lines.
void refuse_twice(const std::vector<std::pair<std::string, TomlSpan>>& named, std::string_view what,
                  TomlErrors& errors);

}  // namespace accrue
