// Events of any bytes are read or refused; what is read states an account and an amount, survives
// the way into a fact and back, and is the same event when it comes again.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "ledger/error/check.h"
#include "ledger/intake/event_reader.h"
#include "ledger/intake/fact.h"

namespace {

using namespace accrue;

void check_event(const Event& event) {
  LEDGER_CHECK(!event.id.empty() && !event.source.empty(), event.id, event.source);
  LEDGER_CHECK(!event.key.billing_account.empty(), event.id, "an account");
  LEDGER_CHECK(event.metered || !event.key.currency.empty(), event.id, "a currency");
  const EventsAccepted fact{CatchUpClass::new_information, {event}};
  const std::string bytes = encode(fact);
  const Fact again = decode(RecordKind::events_accepted, bytes);
  LEDGER_CHECK(encode(again) == bytes, event.id, "the same bytes");
  LEDGER_CHECK(content_hash(std::get<EventsAccepted>(again).events.front()) == content_hash(event),
               event.id, "the same content");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto event = accrue::read_event({reinterpret_cast<const char*>(data), size});
  if (event.ok()) {
    check_event(*event);
  } else {
    const accrue::Error& error = event.error();
    LEDGER_CHECK(!error.message.empty(), "no message", "one");
  }
  return 0;
}
