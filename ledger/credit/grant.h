#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "ledger/credit/investment.h"
#include "ledger/number/money.h"
#include "ledger/time/date.h"
#include "ledger/time/period.h"

namespace accrue {

/// An exact ratio: a price per unit of face before it is split and rounded.
using Ratio = boost::multiprecision::cpp_rational;

/// A block of compute credits the investee can draw: a tranche with its price and its window.
struct Grant {
  /// The tranche's id; where an earlier investment of the book holds a grant of that id, the
  /// investment's id and a slash stand before it.
  std::string id;
  std::string investment;
  std::string tranche;
  std::string investee;
  Amount face;
  std::int64_t price_minor_units = 0;  ///< transaction price, functional currency
  Ratio price_per_unit;                ///< functional units per unit of face, exact, as at issue
  Date received_on;                    ///< when the shares that pay for it are received
  Date issued_on;
  Instant begins_at;
  std::optional<Instant> ends_at;  ///< the first instant at which it pays nothing
  /// The period of the last instant before it expires: where its expiry belongs.
  std::optional<Period> expiry_period;
  std::int32_t priority = 100;
  Scope scope;
  BreakageMethod breakage_method = BreakageMethod::remote;
  std::optional<ExpectedUnused> expected_unused;  ///< as the terms state it
};

/// What decides which of two grants is tried first, in the order in which it is asked.
enum class PayingKey { priority, end, scope, price, begin, id };

/// The first key in which two grants differ.
PayingKey deciding_key(const Grant& a, const Grant& b);

/// The order in which grants are tried (order policy 1; semantics, section 4).
bool pays_before(const Grant& a, const Grant& b);

}  // namespace accrue
