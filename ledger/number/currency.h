#pragma once

#include <array>
#include <compare>
#include <string>
#include <string_view>

#include "ledger/error/error.h"

namespace accrue {

/// A currency of ISO 4217 with its number of minor-unit digits (2 for USD, 0 for JPY).
class Currency {
 public:
  /// Errors: bad_currency (unknown code, lower case, or a code without minor units such as XAU).
  static Result<Currency> from_code(std::string_view code);

  std::string_view code() const { return {code_.data(), code_.size()}; }
  int minor_digits() const { return minor_digits_; }

  friend bool operator==(const Currency& a, const Currency& b) { return a.code_ == b.code_; }
  friend std::strong_ordering operator<=>(const Currency& a, const Currency& b) {
    return a.code_ <=> b.code_;
  }

 private:
  constexpr Currency(std::array<char, 3> code, int minor_digits)
      : code_{code}, minor_digits_{minor_digits} {}
  std::array<char, 3> code_;
  int minor_digits_;
};

}  // namespace accrue
