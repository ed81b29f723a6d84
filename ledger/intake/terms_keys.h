#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "ledger/error/error.h"

namespace accrue {

// The keys of terms, schema accrue.terms/1: docs/reference.md lists their meaning.
namespace terms_keys {

inline constexpr std::array<std::string_view, 4> document{"schema", "investment", "matching",
                                                          "tranche"};
inline constexpr std::array<std::string_view, 13> investment{"id",
                                                             "investee",
                                                             "signed",
                                                             "stake",
                                                             "influence",
                                                             "cash",
                                                             "credits",
                                                             "fair_value_of_stake",
                                                             "ssp",
                                                             "shares",
                                                             "fixed_rate",
                                                             "basis",
                                                             "accept_price_above_face"};
inline constexpr std::array<std::string_view, 4> matching{"billing_accounts", "sub_accounts",
                                                          "from", "to"};
inline constexpr std::array<std::string_view, 17> tranche{
    "id",       "face",     "issued",   "milestone", "longstop", "lapse",
    "begins",   "expires",  "priority", "spread",    "bonus",    "transaction_price",
    "progress", "services", "regions",  "skus",      "breakage"};
inline constexpr std::array<std::string_view, 2> breakage{"method", "expected"};

}  // namespace terms_keys

/// A key whose value must be in quotes: what makes the hint of the key and of what stands there.
struct QuotedKey {
  std::string_view key;
  std::string (*hint)(std::string_view, std::string_view);
};

/// A value that misses its quotes breaks the syntax before any key is read: `face = 300_000_000
/// USD`, `stake = 36%`; so does a day that does not exist. Such a bad_toml error becomes the one
/// that names the key, with the caret under the whole value; any other stays as it is.
Error explain_syntax_error(Error error, std::span<const QuotedKey> quoted_keys,
                           std::span<const std::string_view> date_keys);
/// With the keys of terms.
Error explain_syntax_error(Error error);

}  // namespace accrue
