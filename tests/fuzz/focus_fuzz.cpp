// The usage reader on broken files: whatever it takes must add up, and what it refuses must say
// where.

#include <cstdint>
#include <map>
#include <string>

#include "ledger/error/check.h"
#include "ledger/intake/usage.h"
#include "tests/fuzz/memory_file.h"

namespace {

using namespace accrue;

struct Count {
  std::int64_t row_count = 0;
  std::map<std::string, Decimal> amounts;  ///< by currency
};

void check_sums(const Delivery& delivery) {
  Count by_category;
  for (const auto& [key, total] : delivery.by_category) {
    by_category.row_count += total.row_count;
    by_category.amounts[key.second] += total.amount;
  }
  Count by_account;
  for (const auto& [key, total] : delivery.by_account) {
    by_account.row_count += total.row_count;
    by_account.amounts[key.second] += total.amount;
  }
  LEDGER_CHECK(by_category.amounts == by_account.amounts, "by category", "by account");
  std::int64_t good_count = 0;
  for (const UsageFile& file : delivery.files) {
    good_count += file.row_count - file.quarantined_count;
  }
  LEDGER_CHECK(by_category.row_count == good_count && by_account.row_count == good_count,
               std::to_string(by_category.row_count), std::to_string(good_count));

  std::int64_t placed_count = 0;
  for (const auto& [key, total] : delivery.other_customers) placed_count += total.row_count;
  for (const auto& [key, total] : delivery.settled) placed_count += total.row_count;
  const Charge* before = nullptr;
  for (const Charge& charge : delivery.charges) {
    placed_count += charge.row_count;
    LEDGER_CHECK(before == nullptr || before->at <= charge.at, "charges", "in order of time");
    before = &charge;
  }
  // Tax, and purchases that cover, are counted and nothing else.
  LEDGER_CHECK(placed_count <= good_count, std::to_string(placed_count),
               std::to_string(good_count));
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
    check_sums(stopped->delivery);
    LEDGER_CHECK(quarantined.ok(), "read with stop", "read with quarantine");
    LEDGER_CHECK(quarantined->quarantine_csv.empty(), quarantined->quarantine_csv, "nothing");
    LEDGER_CHECK(quarantined->delivery.by_category == stopped->delivery.by_category,
                 "with quarantine", "with stop");
  }
  if (!stopped.ok()) {
    for (const Error& error : stopped.refusal().errors) {
      LEDGER_CHECK(!error.place.file.empty() && !error.message.empty() && !error.hint.empty(),
                   error.message, "a place and a hint");
    }
  }
  if (quarantined.ok()) check_sums(quarantined->delivery);
  return 0;
}
