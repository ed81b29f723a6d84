#include "ledger/error/error.h"

#include <cstdio>
#include <cstdlib>

namespace accrue {

void unlooked_result(const Refusal* refusal) {
  if (refusal == nullptr) {
    std::fputs("accrue: an error was asked of a result that holds a value\n", stderr);
  } else {
    for (const Error& error : refusal->errors) {
      std::fprintf(stderr, "accrue: unlooked error[%s]: %s\n", name_of(error.code).data(),
                   error.message.c_str());
    }
  }
  std::abort();
}

}  // namespace accrue
