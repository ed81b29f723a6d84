#include "ledger/error/suggest.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

namespace accrue {

namespace {

constexpr std::size_t farthest = 2;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Levenshtein's distance in bytes, capitals aside.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (lower(a[i]) == lower(b[j]) ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::optional<std::string> suggest(std::string_view wrong,
                                   std::span<const std::string_view> known) {
  std::optional<std::string> nearest;
  std::size_t least = farthest + 1;
  for (const std::string_view word : known) {
    const std::size_t shorter = std::min(wrong.size(), word.size());
    if (std::max(wrong.size(), word.size()) - shorter > farthest) continue;
    const std::size_t apart = distance(wrong, word);
    if (apart < least && apart < shorter) {
      least = apart;
      nearest = word;
    }
  }
  return nearest;
}

}  // namespace accrue
