#include <doctest/doctest.h>

#include "ledger/book/codec.h"
#include "ledger/intake/fact.h"

using namespace accrue;

TEST_CASE("catch-up class: events say it in the first bytes of their fact") {
  for (const CatchUpClass catch_up :
       {CatchUpClass::new_information, CatchUpClass::estimate, CatchUpClass::error}) {
    EventsAccepted accepted;
    accepted.catch_up = catch_up;
    const std::string bytes = encode(accepted);
    CHECK(decode_events_class(bytes.substr(0, events_class_bytes)) == catch_up);
    CHECK_THROWS_AS(decode_events_class(bytes.substr(0, events_class_bytes - 1)), DamagedBytes);
  }
  CHECK_THROWS_AS(decode_events_class(""), DamagedBytes);
  CHECK_THROWS_AS(decode_events_class("\x01\x03"), DamagedBytes);  // no class of that number
  CHECK_THROWS_AS(decode_events_class("\x7F\x01"), DamagedBytes);  // another version
}

TEST_CASE("catch-up class: each has its word") {
  CHECK(to_string(CatchUpClass::new_information) == "new_information");
  CHECK(to_string(CatchUpClass::estimate) == "estimate");
  CHECK(to_string(CatchUpClass::error) == "error");
}
