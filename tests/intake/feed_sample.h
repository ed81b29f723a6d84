#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/intake/usage.h"

namespace accrue::testing {

/// "code line:column", one per error, with ", " between them; "accepted" when there is none.
template <typename T>
std::string refused(const Result<T>& read) {
  if (read.ok()) return "accepted";
  std::string all;
  for (const Error& error : read.refusal().errors) {
    all += (all.empty() ? "" : ", ") + std::string{name_of(error.code)} + " " +
           std::to_string(error.place.line) + ":" + std::to_string(error.place.column);
    if (error.message.empty() || error.hint.empty()) all += " without a message or a hint";
  }
  if (const auto more = read.refusal().unlisted_count; more > 0) {
    all += " and " + std::to_string(more) + " more";
  }
  return all;
}

/// "code line times", one per warning.
inline std::vector<std::string> warned(const std::vector<Warning>& warnings) {
  std::vector<std::string> all;
  for (const Warning& warning : warnings) {
    all.push_back(warning.code + " " + std::to_string(warning.first.line) + " " +
                  std::to_string(warning.count));
  }
  return all;
}

/// `text` with the first `from` in it replaced; stops where there is none.
inline std::string with(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace accrue::testing
