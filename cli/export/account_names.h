#pragma once

#include <string>
#include <string_view>

#include "ledger/book/account.h"

// Names of accounts, and texts, in the alphabets of other tools. Two accounts never get one name.

namespace accrue {

/// As hledger and ledger take it: Account::name() with what these tools would read as something
/// else written %XX, byte by byte. A part of more than 200 bytes is cut, with `~` and the SHA-256
/// of the whole part behind it.
std::string plain_account_name(const Account& account);

/// As beancount takes it: `Income:Revenue:X-lunar:T1:Usage:GPU:Cn`. In a part, letters and digits of
/// ASCII stand for themselves and any other byte is `-XX`; a part that begins otherwise than with a
/// capital or a digit, or is empty, has `X-` before it. Long parts as above.
std::string beancount_account_name(const Account& account);

/// The whole name for metadata of hledger and ledger: plain_account_name with no part cut.
std::string whole_account_name(const Account& account);

/// A text as a value or a description that hledger and ledger take as it stands, on one line.
std::string one_line(std::string_view text);

/// A text in quotes, as beancount reads it.
std::string beancount_string(std::string_view text);

}  // namespace accrue
