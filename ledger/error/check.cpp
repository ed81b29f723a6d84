#include "ledger/error/check.h"

#include <cstdio>
#include <cstdlib>

namespace accrue {

void check_failed(const char* file, int line, const char* condition, const std::string& left,
                  const std::string& right) {
  std::fprintf(stderr,
               "accrue: internal check failed at %s:%d: %s\n  left:  %s\n  right: %s\n"
               "This is a fault of accrue, not of your data; the book was not changed.\n",
               file, line, condition, left.c_str(), right.c_str());
  std::abort();
}

}  // namespace accrue
