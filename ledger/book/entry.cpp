#include "ledger/book/entry.h"

#include "ledger/error/check.h"

namespace accrue {

Entry Entry::make(Date dated_on, Period posting_period, Period origin_period, std::string memo,
                  std::vector<Line> lines) {
  LEDGER_CHECK(lines.size() >= 2, std::to_string(lines.size()) + " lines in '" + memo + "'",
               "two or more");
  std::int64_t sum = 0;
  for (const Line& line : lines) {
    LEDGER_CHECK(!__builtin_add_overflow(sum, line.amount_minor_units, &sum),
                 std::to_string(line.amount_minor_units) + " added to " + std::to_string(sum),
                 "a sum of 64 bits in '" + memo + "'");
  }
  LEDGER_CHECK(sum == 0, std::to_string(sum), "0, the sum of the lines of '" + memo + "'");

  Entry entry;
  entry.dated_on_ = dated_on;
  entry.posting_period_ = posting_period;
  entry.origin_period_ = origin_period;
  entry.memo_ = std::move(memo);
  entry.lines_ = std::move(lines);
  return entry;
}

}  // namespace accrue
