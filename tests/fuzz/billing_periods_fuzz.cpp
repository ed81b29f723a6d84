// The Billing Period reader on broken files: a month is there once per issuer and within its bill,
// and what is refused says where.

#include <cstdint>
#include <string>

#include "ledger/error/check.h"
#include "ledger/intake/focus_billing_periods.h"
#include "tests/fuzz/memory_file.h"

using namespace accrue;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static fuzz::MemoryFile file;
  static const TimeZone zone = TimeZone::named("America/Los_Angeles").value();
  file.fill(data, size);
  const auto reading = read_billing_periods(file.path(), zone);
  if (!reading.ok()) {
    for (const Error& error : reading.refusal().errors) {
      LEDGER_CHECK(!error.place.file.empty() && !error.message.empty() && !error.hint.empty(),
                   error.message, "a place and a hint");
    }
    return 0;
  }
  const ProviderPeriod* before = nullptr;
  for (const ProviderPeriod& row : reading->file.rows) {
    LEDGER_CHECK(!row.issuer.empty(), "an issuer", "a name");
    LEDGER_CHECK(row.begin_at < row.end_at, row.begin_at.to_string(), row.end_at.to_string());
    LEDGER_CHECK(row.begin_at < zone.end_of(row.period) && zone.begin_of(row.period) < row.end_at,
                 row.period.to_string(), "a month that the bill touches");
    const bool ascends = before == nullptr || before->issuer < row.issuer ||
                         (before->issuer == row.issuer && before->period < row.period);
    LEDGER_CHECK(ascends, row.issuer, "in order of issuer and month");
    before = &row;
  }
  return 0;
}
