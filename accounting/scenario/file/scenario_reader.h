#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "accounting/scenario/scenario.h"
#include "ledger/error/error.h"

namespace accrue {

/// What a scenario file names is read through this: a path as it is written -> its bytes.
using NamedFileReader = std::function<Result<std::string>(const std::string& path)>;

/// Reads a scenario (TOML, schema accrue.scenario/1): `text` is the file's bytes, `file` its name
/// for messages. All that is wrong with the file is listed, each error with line, column, excerpt,
/// caret and hint; then all that is wrong in the files it names, at their own places.
///
/// Only what the files say is looked at: whether the book has such a grant is for later. A file of
/// another schema is refused for that alone; syntax that breaks, at its first place.
///
/// Errors: bad_toml, bad_schema, unknown_key, missing_key, bad_value, money_not_quoted,
///         bad_decimal, decimal_too_wide, too_precise, amount_overflow, bad_currency, bad_date,
///         empty_interval, duplicate_id, unsupported_term; those of `read`; of a plan those of
///         parse_plan; of a deal those of parse_terms.
Result<Scenario> parse_scenario(std::string_view text, std::string_view file,
                                const NamedFileReader& read);

}  // namespace accrue
