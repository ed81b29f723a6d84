#include "ledger/credit/breakage_method.h"

namespace accrue {

std::string_view to_string(BreakageMethod method) {
  switch (method) {
    case BreakageMethod::remote: return "remote";
    case BreakageMethod::proportional: return "proportional";
  }
  return {};
}

}  // namespace accrue
