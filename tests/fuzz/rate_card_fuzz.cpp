// Rate cards of any bytes are read or refused; what is read has prices of zero or more, and finds
// each of them.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/error/check.h"
#include "ledger/intake/rate_card.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace accrue;
  const auto card = parse_rate_card({reinterpret_cast<const char*>(data), size}, "card.toml");
  if (!card.ok()) {
    for (const Error& error : card.refusal().errors) {
      LEDGER_CHECK(!error.message.empty(), "no message", "one");
    }
    return 0;
  }
  LEDGER_CHECK(!card->id.empty() && !card->prices.empty(), card->id, "an id and prices");
  const std::vector<RateCard> versions{*card};
  for (const UnitPrice& price : card->prices) {
    LEDGER_CHECK(price.price.sign() >= 0, price.price.to_string(), "zero or more");
    const UnitPrice* found = price_of(
        versions, {price.service, price.sku, price.region, price.unit, price.effective_on});
    LEDGER_CHECK(found != nullptr && found->price == price.price, price.price.to_string(),
                 found == nullptr ? "none" : found->price.to_string());
  }
  return 0;
}
