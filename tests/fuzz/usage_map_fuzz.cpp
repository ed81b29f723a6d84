// Maps of any bytes are read or refused; what a map takes of a file must add up, and what is
// refused must say where. An input is a map, a line of two percent signs, and a file.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/error/check.h"
#include "ledger/intake/usage.h"
#include "ledger/intake/usage_map.h"
#include "tests/fuzz/delivery_checks.h"
#include "tests/fuzz/memory_file.h"

namespace {

using namespace accrue;

void check_map(const UsageMap& map) {
  LEDGER_CHECK(!map.charge_start.empty(), map.charge_start, "a column");
  LEDGER_CHECK(map.charge_end.has_value() != map.charge_length.has_value(), "an end",
               "or a length");
  LEDGER_CHECK(map.category_column || map.null_category, "no category", "a column or a default");
  bool has_cost = false;
  for (const auto& cost : map.costs) has_cost = has_cost || cost.has_value();
  LEDGER_CHECK(has_cost, "no cost", "at least one");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static fuzz::MemoryFile file;
  static const TimeZone zone = TimeZone::named("America/Los_Angeles").value();
  static const std::vector<Investment> investments = [] {
    Investment lab;
    lab.id = "lab";
    lab.investee = "Lab";
    lab.matching.billing_accounts = {"ba-1", ""};
    return std::vector{lab};
  }();
  static const AccountMatcher matcher{investments, zone};

  const std::string_view input{reinterpret_cast<const char*>(data), size};
  constexpr std::string_view divider = "\n%%\n";
  const std::size_t map_size = std::min(input.find(divider), input.size());
  const std::string map_text{input.substr(0, map_size)};
  const auto map = read_usage_map(map_text, "map.toml");
  if (!map.ok()) {
    fuzz::check_refusal(map.refusal());
    return 0;
  }
  check_map(*map);

  const std::size_t file_begin = std::min(map_size + divider.size(), input.size());
  file.fill(data + file_begin, size - file_begin);
  const DeliveryContext context{
      matcher, zone, [](const std::string&, const std::string&) { return true; }, {}};
  DeliveryTerms terms;
  terms.credit_rows = CreditRows::reduces;
  terms.absent_currency = "USD";
  terms.map = MapFile{"map.toml", map_text};
  for (const OnError on_error : {OnError::stop, OnError::quarantine}) {
    terms.on_error = on_error;
    const auto read = read_usage({file.path()}, terms, context);
    if (read.ok()) {
      fuzz::check_delivery(read->delivery);
    } else {
      fuzz::check_refusal(read.refusal());
    }
  }
  return 0;
}
