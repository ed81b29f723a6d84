// Facts of any bytes decode or are damaged; what decodes was written by us, byte for byte.
// The first byte of an input is the kind of the record.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/book/codec.h"
#include "ledger/error/check.h"
#include "ledger/intake/fact.h"
#include "ledger/proof/merkle.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace accrue;
  if (size == 0) return 0;
  const auto kind = static_cast<RecordKind>(data[0]);
  const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
  try {
    const Fact fact = decode(kind, bytes);
    LEDGER_CHECK(kind_of(fact) == kind, std::to_string(fact.index()), std::to_string(data[0]));
    const std::string again = encode(fact);
    LEDGER_CHECK(again == bytes, to_hex(again), to_hex(bytes));
  } catch (const DamagedBytes&) {
  }
  return 0;
}
