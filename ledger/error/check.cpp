#include "ledger/error/check.h"

#include <cstdio>
#include <cstdlib>

#include "ledger/error/check_failure.h"

namespace accrue {

namespace {
thread_local bool checks_throw = false;
}  // namespace

ChecksThrow::ChecksThrow() : before_{checks_throw} { checks_throw = true; }
ChecksThrow::~ChecksThrow() { checks_throw = before_; }

void check_failed(const char* file, int line, const char* condition, const std::string& left,
                  const std::string& right) {
  if (checks_throw) {
    throw CheckFailure{std::string{condition} + " does not hold: " + left + " against " + right};
  }
  std::fprintf(stderr,
               "accrue: internal check failed at %s:%d: %s\n  left:  %s\n  right: %s\n"
               "This is a fault of accrue, not of your data; the book was not changed.\n",
               file, line, condition, left.c_str(), right.c_str());
  std::abort();
}

}  // namespace accrue
