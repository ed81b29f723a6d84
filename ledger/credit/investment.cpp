#include "ledger/credit/investment.h"

#include <algorithm>

#include "ledger/number/round.h"

namespace accrue {

namespace {

/// Takes the first code point off `text`, which is not empty and UTF-8; a stray byte is one.
std::string_view take_point(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  const std::string_view point = text.substr(0, std::min(wanted, text.size()));
  text.remove_prefix(point.size());
  return point;
}

/// Whether `[...]` at the begin of `pattern` admits `point`; takes the set off the pattern. A
/// closing bracket that stands first is a member, as is a minus at either end. Without a closing
/// bracket there is no set: nullopt.
///
/// Code points compare as their UTF-8 bytes do.
std::optional<bool> take_set(std::string_view& pattern, std::string_view point) {
  std::string_view rest = pattern.substr(1);
  const bool wanted = !rest.starts_with('!');
  if (!wanted) rest.remove_prefix(1);
  bool member = false;
  for (bool first = true; !rest.empty(); first = false) {
    if (rest.front() == ']' && !first) {
      pattern = rest.substr(1);
      return member == wanted;
    }
    const std::string_view low = take_point(rest);
    std::string_view high = low;
    if (rest.size() >= 2 && rest[0] == '-' && rest[1] != ']') {
      rest.remove_prefix(1);
      high = take_point(rest);
    }
    member = member || (low <= point && point <= high);
  }
  return std::nullopt;
}

/// Whether the first element of `pattern`, not a star, admits `point`; takes it off.
bool take_element(std::string_view& pattern, std::string_view point) {
  if (pattern.front() == '[') {
    if (const auto admitted = take_set(pattern, point)) return *admitted;
  }
  const bool any = pattern.front() == '?';
  return take_point(pattern) == point || any;
}

bool admits_one_of(const std::optional<std::vector<std::string>>& patterns, std::string_view text) {
  return !patterns || std::ranges::any_of(*patterns, [&](const std::string& pattern) {
    return matches_pattern(pattern, text);
  });
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view text) {
  // Only the last star is ever tried again: what one before it took can be given to the last.
  std::optional<std::string_view> after_star;
  std::string_view text_at_star;
  while (true) {
    if (!pattern.empty() && pattern.front() == '*') {
      pattern.remove_prefix(1);
      after_star = pattern;
      text_at_star = text;
      continue;
    }
    if (text.empty() && pattern.empty()) return true;
    if (!text.empty() && !pattern.empty() && take_element(pattern, take_point(text))) continue;
    if (!after_star || text_at_star.empty()) return false;
    take_point(text_at_star);
    pattern = *after_star;
    text = text_at_star;
  }
}

bool Scope::admits(std::string_view service, std::string_view region, std::string_view sku) const {
  return admits_one_of(services, service) && admits_one_of(regions, region) &&
         admits_one_of(skus, sku);
}

Decimal ExpectedUnused::of(const Decimal& face) const {
  if (measure == Measure::amount) return value;
  // Exact unless face and percent have more than 28 fraction digits together.
  const Int1024 product = Int1024{face.units()} * Int1024{value.units()};
  const Int1024 units =
      round_half_even_wide(product, Int1024{power_of_ten(Decimal::fraction_digits)} * Int1024{100});
  return Decimal::from_units(Int256{units});
}

std::string ExpectedUnused::to_string() const {
  return measure == Measure::amount ? value.to_string() : value.to_string() + "%";
}

}  // namespace accrue
