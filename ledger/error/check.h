#pragma once

#include <string>

namespace accrue {

/// Prints both sides of what should have been equal and aborts.
[[noreturn]] void check_failed(const char* file, int line, const char* condition,
                               const std::string& left, const std::string& right);

}  // namespace accrue

/// We are wrong: prints the condition with both values and aborts. Never off.
/// `left` and `right` are texts and are built only on failure.
#define LEDGER_CHECK(condition, left, right)                                          \
  do {                                                                                \
    if (!(condition)) ::accrue::check_failed(__FILE__, __LINE__, #condition, (left), (right)); \
  } while (false)
