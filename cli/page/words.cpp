#include "cli/page/words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace accrue {

namespace {

/// Words of a name that are not read as they are written.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> read_as{
    {{"pct", "%"}, {"pp", "points"}, {"sku", "SKU"}, {"ssp", "SSP"}, {"rpo", "RPO"}, {"id", "ID"}}};

std::string_view word_of(std::string_view word) {
  const auto* const found =
      std::ranges::find(read_as, word, &std::pair<std::string_view, std::string_view>::first);
  return found == read_as.end() ? word : found->second;
}

}  // namespace

std::string heading_of(std::string_view name) {
  std::string heading;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find('_'), name.size());
    if (!heading.empty()) heading += ' ';
    heading += word_of(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  if (!heading.empty() && heading[0] >= 'a' && heading[0] <= 'z') {
    heading[0] = static_cast<char>(heading[0] - 'a' + 'A');
  }
  return heading;
}

}  // namespace accrue
