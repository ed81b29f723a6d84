#pragma once

#include <stdexcept>

namespace accrue {

/// A check that failed over what somebody else may have made up.
class CheckFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// While one lives, a LEDGER_CHECK that fails in its thread throws CheckFailure and does not abort.
/// For audits alone: what they read may be anything, and they end with a finding.
class ChecksThrow {
 public:
  ChecksThrow();
  ~ChecksThrow();
  ChecksThrow(const ChecksThrow&) = delete;
  ChecksThrow& operator=(const ChecksThrow&) = delete;

 private:
  bool before_;
};

}  // namespace accrue
