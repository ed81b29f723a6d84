#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tests/oracle/oracle.h"

namespace oracle {

/// A tranche that became a block of credits.
struct Grant {
  Tranche terms;
  std::string investee;
  std::string investment;
  Rational price_per_face;  ///< functional units, before the split rounds
  long long price = 0;      ///< minor units of the functional currency
  std::size_t record = 0;
};

Second begins_at(const Grant&);
std::optional<Second> ends_at(const Grant&);
/// The month of the last instant before it expires.
std::optional<Month> expiry_month(const Grant&);

/// Serves the open charges from the face that the frozen draws left (section 4).
std::vector<Served> serve(const std::vector<Grant>&, const std::vector<Served>& frozen,
                          const std::vector<Charge>& open);

/// A shell pattern over bytes: * ? [set] [!set], case-sensitive; a set may hold ranges.
bool matches(std::string_view pattern, std::string_view text);

}  // namespace oracle
