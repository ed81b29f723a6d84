// The Contract Commitment reader on broken files, and the draft made of what it takes: never terms
// that could be added unread, and for every promise of an amount one tranche or one reason.

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/error/check.h"
#include "ledger/intake/focus_commitments.h"
#include "ledger/intake/terms.h"
#include "ledger/intake/terms_draft.h"
#include "tests/fuzz/memory_file.h"

using namespace accrue;

namespace {

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; ++at) ++count;
  return count;
}

void check_draft(const Contract& contract) {
  const std::string text = draft_terms(contract, {"commitments.csv", contract.id});
  const std::size_t tranche_count = count_of(text, "\n[[tranche]]\n");
  const std::size_t other_count = count_of(text, "\n# Not a tranche: ");
  LEDGER_CHECK(tranche_count + other_count == contract.commitments.size(),
               std::to_string(tranche_count + other_count),
               std::to_string(contract.commitments.size()));
  const auto deal = parse_terms(text, "draft.toml");
  LEDGER_CHECK(!deal.ok(), text, "a draft that is refused");
  bool is_marked = false;
  for (const Error& error : deal.refusal().errors) {
    is_marked = is_marked || (error.code == ErrorCode::unknown_key && error.place.line == 5);
    LEDGER_CHECK(error.code != ErrorCode::bad_toml, text, "TOML");
  }
  LEDGER_CHECK(is_marked, text, "refused for its mark");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static fuzz::MemoryFile file;
  file.fill(data, size);
  const auto reading = read_commitments(file.path());
  if (reading.ok()) {
    for (const Contract& contract : reading->contracts) check_draft(contract);
    return 0;
  }
  for (const Error& error : reading.refusal().errors) {
    LEDGER_CHECK(!error.place.file.empty() && !error.message.empty() && !error.hint.empty(),
                 error.message, "a place and a hint");
  }
  return 0;
}
