#pragma once

#include <string>
#include <string_view>

#include "ledger/credit/investment.h"
#include "ledger/error/error.h"

namespace accrue {

/// Reads terms (TOML, schema accrue.terms/1): `text` is the file's bytes, `file` its name for
/// messages. All that is wrong with the file is listed, each error with line, column, excerpt,
/// caret and hint.
///
/// A file of another schema is refused for that alone; syntax that breaks, at its first place.
///
/// Errors: bad_toml, bad_schema, unknown_key, missing_key, bad_value, money_not_quoted,
///         bad_decimal, decimal_too_wide, too_precise, amount_overflow, bad_currency, bad_date,
///         empty_interval, face_does_not_add_up, duplicate_id, unsupported_term.
Result<Investment> parse_terms(std::string_view text, std::string_view file);

}  // namespace accrue
