#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "accounting/audit/explain.h"

// The addresses of the steps of an explanation: how they are written and read.

namespace accrue {

Error unknown_ref(const std::string& ref);

/// Of a figure of a scenario ("assumed:NAME:..."): no book holds it; says which run does.
Error not_in_a_book(const std::string& ref);

/// Of a figure of a backtest ("scenario-backtest:..."): it follows from the book, and no record
/// holds it; says what shows it month by month.
Error reckoned_anew(const std::string& ref);

/// "..2024-06" for all up to a month, else as a range is written.
std::string to_text(const Span& span);
Result<Span> read_span(const std::string& text);

/// A whole number from 1 in a part of an address. Errors: unknown_ref.
Result<std::int64_t> number_in(const std::vector<std::string>& parts, std::size_t index,
                               const std::string& ref);

/// What stands behind the first `count` parts, as it is written.
std::string after_parts(const std::string& ref, std::size_t count);

/// An account over a span: "HEAD:SPAN:NAME"; the name of the account is the ref's tail.
struct AccountAddress {
  Span span;
  std::string account;
};
Result<AccountAddress> read_account_address(const std::string& ref);
std::string with_head(const std::string& head, const AccountAddress& address);
std::string account_ref(OriginView by, const Span& span, const Account& account);

std::string cell_ref(const CellAddress& cell);
std::string draws_ref(const DrawGroup& group);
std::string charge_ref(const ChargeAddress& address);

}  // namespace accrue
