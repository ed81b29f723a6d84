#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accounting/report/report.h"

namespace accrue {

/// How far an explanation goes.
struct ExplainReach {
  std::int64_t depth = 3;
  std::int64_t limit = 10;  ///< parts shown of each step; sums are over all
};

/// How a part stands to what it explains.
enum class Link {
  plus,    ///< the value is the sum of these,
  minus,   ///< less these
  same,    ///< the same value, found another way
  figure,  ///< a figure of a row
  source,  ///< what it rests on: no part of the sum
};

/// A part of an explanation, itself explained under its ref.
struct ExplainedPart {
  Link link = Link::source;
  std::string ref;
  std::string what;
  std::optional<Figure> value = {};
  std::string unit = {};  ///< of the value: a currency
};

/// What one ref stands for, one step deep.
struct ExplainedStep {
  std::string ref;
  std::string what = {};
  std::optional<Figure> value = {};
  std::string unit = {};
  std::vector<std::string> how = {};  ///< the formula with its exact values, and why
  std::vector<ExplainedPart> parts = {};
  /// Whether the way ends here: a line of a file, accepted terms, a record of the book.
  bool is_source = false;
};

}  // namespace accrue
