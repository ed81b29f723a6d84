#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/intake/toml_fields.h"
#include "ledger/number/decimal.h"
#include "ledger/number/money.h"
#include "ledger/time/period.h"

namespace accrue {

// What scenarios state that terms do not. As with the fields of a TomlTable, what is wrong is added
// to the errors of the document, and nothing is then returned, as for a key that is absent.

/// Within what a percent must lie.
enum class PercentRange {
  above_zero,
  zero_or_more,
  zero_to_hundred,
  above_minus_hundred,   ///< growth: something is left
  minus_hundred_or_more  ///< a change of price: it may fall to nothing
};

/// A month in quotes: "2025-01".
std::optional<Period> month(const TomlTable& table, std::string_view key);
std::optional<Decimal> percent_within(const TomlTable& table, std::string_view key,
                                      PercentRange range);
/// A percent in the list under a key.
std::optional<Decimal> percent_of(std::string_view key, const TomlNode& item, PercentRange range,
                                  TomlErrors& errors);
/// A whole number within bounds, both in.
struct WholeRange {
  int least = 1;
  int most = 120;
};
std::optional<int> whole_number(const TomlTable& table, std::string_view key, WholeRange range);
/// "2.4375 USD": an amount that may have more digits than its currency.
std::optional<Amount> unit_amount(const TomlTable& table, std::string_view key, Floor floor);
std::optional<Currency> currency_code(const TomlTable& table, std::string_view key);
/// "T1" or "moonshot/T1".
std::optional<std::string> grant_id(const TomlTable& table, std::string_view key);
/// One line: a SKU, a service, the name of a file.
std::optional<std::string> line_of_text(const TomlTable& table, std::string_view key);

/// The items of a list of quoted strings, one or more; empty when it is not one.
/// `example` is how the hint writes the list.
std::vector<const TomlNode*> quoted_items(const TomlTable& table, std::string_view key,
                                          std::string_view example, TomlErrors& errors);
/// The tables of a list of tables, each called `name` in messages; `form` is how they are written.
std::vector<TomlTable> tables_of(const TomlTable& table, std::string_view key,
                                 std::string_view name, std::string_view form, TomlErrors& errors);

/// Refuses a value for what it says.
void refuse_value(const TomlTable& table, std::string_view key, std::string message,
                  std::string hint);

}  // namespace accrue
