// Terms of any bytes are read or refused; what is refused can be shown, what is accepted holds the
// rules that later code relies on.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/error/check.h"
#include "ledger/intake/excerpt.h"
#include "ledger/intake/terms.h"

namespace {

using namespace accrue;

void check_refusal(const Refusal& refusal) {
  LEDGER_CHECK(!refusal.errors.empty(), "no error", "at least one");
  std::pair<std::size_t, std::size_t> last{0, 0};
  for (const Error& error : refusal.errors) {
    const Place& place = error.place;
    LEDGER_CHECK(!error.message.empty() && !error.hint.empty(), error.message, error.hint);
    LEDGER_CHECK((last <= std::pair{place.line, place.column}), std::to_string(last.first),
                 std::to_string(place.line));
    last = {place.line, place.column};
    LEDGER_CHECK(printable_line(place.excerpt) == place.excerpt, place.excerpt, "printable");
    if (place.line == 0) continue;
    // A caret may stand one past the end: there a line breaks off.
    const std::size_t width = code_point_count(place.excerpt);
    LEDGER_CHECK(place.column >= place.excerpt_column &&
                     place.column - place.excerpt_column <= width && place.length >= 1,
                 std::to_string(place.column), place.excerpt);
  }
}

void check_investment(const Investment& deal) {
  LEDGER_CHECK(!deal.id.empty() && !deal.investee.empty(), deal.id, deal.investee);
  LEDGER_CHECK(!deal.tranches.empty(), "no tranche", "at least one");
  for (const Tranche& tranche : deal.tranches) {
    LEDGER_CHECK(!tranche.id.empty(), tranche.id, "an id");
    LEDGER_CHECK(tranche.face.value.sign() > 0, tranche.face.value.to_string(), "above zero");
    LEDGER_CHECK(tranche.face.currency == deal.tranches[0].face.currency, tranche.id, "a currency");
    LEDGER_CHECK(tranche.issued_on >= deal.signed_on, tranche.issued_on.to_string(),
                 deal.signed_on.to_string());
    const Date begin_on =
        std::max(tranche.issued_on, tranche.begins_on.value_or(tranche.issued_on));
    LEDGER_CHECK(!tranche.expires_on || *tranche.expires_on > begin_on, begin_on.to_string(),
                 tranche.expires_on->to_string());
    const bool proportional = tranche.breakage_method == BreakageMethod::proportional;
    LEDGER_CHECK(proportional == tranche.expected_unused.has_value(), tranche.id, "an estimate");
    if (!proportional) continue;
    const ExpectedUnused& expected = *tranche.expected_unused;
    const bool percent = expected.measure == ExpectedUnused::Measure::percent_of_face;
    const Decimal whole = percent ? Decimal::from_integer(100) : tranche.face.value;
    LEDGER_CHECK(expected.value.sign() >= 0 && expected.value < whole, expected.value.to_string(),
                 whole.to_string());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto terms = accrue::parse_terms(text, "terms.toml");
  if (terms.ok()) {
    check_investment(*terms);
  } else {
    check_refusal(terms.refusal());
  }
  return 0;
}
