#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace accrue {

/// Where an account stands in the statements; debit balances are above zero.
enum class AccountType : std::uint8_t { asset, liability, revenue };

/// What an account is for. Meaning lives here, never in the account's name.
enum class AccountRole : std::uint8_t {
  investment,           ///< per investment
  cash,                 ///< per investment
  unbilled_receivable,  ///< per investee
  contract_liability,   ///< per grant
  revenue,              ///< per investee, grant or cash, kind, service and region
};

/// Why revenue was recognised.
enum class RevenueKind : std::uint8_t { none, usage, breakage };

/// One account of the book. Fields that do not apply to the role are empty.
/// Credit-funded and cash-funded revenue never mix: a cash-funded account has no grant.
struct Account {
  AccountRole role = AccountRole::investment;
  RevenueKind kind = RevenueKind::none;
  std::string investee = {};
  std::string investment = {};
  std::string grant = {};
  std::string service = {};
  std::string region = {};

  AccountType type() const;
  /// Unique, with `:` between parts: "Revenue:lunar:T1:usage:GPU:cn-north". A `:` or `%` inside a
  /// part is written %3A or %25; an empty part is `-`.
  std::string name() const;

  friend auto operator<=>(const Account&, const Account&) = default;
};

std::string_view to_string(AccountType type);
std::string_view to_string(AccountRole role);
std::string_view to_string(RevenueKind kind);

}  // namespace accrue
