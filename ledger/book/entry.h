#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/book/account.h"
#include "ledger/error/error.h"
#include "ledger/time/period.h"

namespace accrue {

/// One side of an entry: minor units of the functional currency, debit above zero.
struct Line {
  Account account;
  std::int64_t amount_minor_units = 0;
  friend bool operator==(const Line&, const Line&) = default;
};

/// A balanced journal entry: it sums to zero or cannot be built.
class Entry {
 public:
  /// Stops the program when the lines do not sum to zero, overflow, or are fewer than two: no
  /// input can cause that.
  static Entry make(Date dated_on, Period posting_period, Period origin_period, std::string memo,
                    std::vector<Line> lines);

  Date dated_on() const { return dated_on_; }
  /// The period it is booked in.
  Period posting_period() const { return posting_period_; }
  /// The period it belongs to; earlier than the posting period for a catch-up.
  Period origin_period() const { return origin_period_; }
  const std::string& memo() const { return memo_; }
  const std::vector<Line>& lines() const { return lines_; }
  friend bool operator==(const Entry&, const Entry&) = default;

 private:
  Entry() = default;
  Date dated_on_;
  Period posting_period_;
  Period origin_period_;
  std::string memo_;
  std::vector<Line> lines_;
};

}  // namespace accrue
