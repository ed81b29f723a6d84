// The usage reader on broken files: whatever it takes must add up, and what it refuses must say
// where.

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/error/check.h"
#include "ledger/intake/usage.h"
#include "tests/fuzz/delivery_checks.h"
#include "tests/fuzz/memory_file.h"

using namespace accrue;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static fuzz::MemoryFile file;
  static const TimeZone zone = TimeZone::named("America/Los_Angeles").value();
  static const std::vector<Investment> investments = [] {
    Investment lab;
    lab.id = "lab";
    lab.investee = "Lab";
    lab.matching.billing_accounts = {"ba-1", ""};
    lab.matching.from_on = Date::parse("2026-05-01").value();
    Investment other = lab;
    other.id = "atelier";
    other.investee = "Atelier";
    other.matching.sub_accounts = {"sub-2"};
    other.matching.billing_accounts = {};
    return std::vector{lab, other};
  }();
  static const AccountMatcher matcher{investments, zone};
  file.fill(data, size);

  const DeliveryContext context{
      matcher,
      zone,
      [](const std::string&, const std::string& currency) { return currency == "USD"; },
      {}};
  DeliveryTerms terms;
  terms.credit_rows = CreditRows::reduces;
  terms.overage_currencies = {"EUR"};
  terms.absent_currency = "USD";
  terms.slash_dates = SlashDates::month_first;
  const auto stopped = read_usage({file.path()}, terms, context);
  terms.on_error = OnError::quarantine;
  const auto quarantined = read_usage({file.path()}, terms, context);

  if (stopped.ok()) {
    fuzz::check_delivery(stopped->delivery);
    LEDGER_CHECK(quarantined.ok(), "read with stop", "read with quarantine");
    LEDGER_CHECK(quarantined->quarantine_csv.empty(), quarantined->quarantine_csv, "nothing");
    LEDGER_CHECK(quarantined->delivery.by_category == stopped->delivery.by_category,
                 "with quarantine", "with stop");
  }
  if (!stopped.ok()) fuzz::check_refusal(stopped.refusal());
  if (quarantined.ok()) fuzz::check_delivery(quarantined->delivery);
  return 0;
}
