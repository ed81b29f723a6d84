// Scenarios of any bytes are read or refused; what is refused can be shown, what is accepted holds
// the rules that later code relies on. The files a scenario names are cut off the same bytes: what
// follows a line "--- PATH".

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "accounting/scenario/file/scenario_reader.h"
#include "ledger/error/check.h"
#include "ledger/intake/excerpt.h"

namespace {

using namespace accrue;

void check_refusal(const Refusal& refusal) {
  LEDGER_CHECK(!refusal.errors.empty(), "no error", "at least one");
  for (const Error& error : refusal.errors) {
    const Place& place = error.place;
    LEDGER_CHECK(!error.message.empty() && !error.hint.empty(), error.message, error.hint);
    LEDGER_CHECK(printable_line(place.excerpt) == place.excerpt, place.excerpt, "printable");
    if (place.line == 0) continue;
    // A caret may stand one past the end: there a line breaks off.
    const std::size_t width = code_point_count(place.excerpt);
    LEDGER_CHECK(place.column >= place.excerpt_column &&
                     place.column - place.excerpt_column <= width && place.length >= 1,
                 std::to_string(place.column), place.excerpt);
  }
}

bool rises(const PlanCurve& plan) {
  return std::ranges::adjacent_find(plan.rows, [](const auto& a, const auto& b) {
           return a.first >= b.first || a.second.sign() < 0;
         }) == plan.rows.end();
}

void check_drawdown(const Drawdown& drawdown) {
  LEDGER_CHECK(!drawdown.name.empty(), drawdown.name, "a name");
  LEDGER_CHECK(!drawdown.investee.empty() || drawdown.grant, drawdown.name, "an investee");
  LEDGER_CHECK(drawdown.seasonal_percent.empty() || drawdown.seasonal_percent.size() == 12,
               drawdown.name, "twelve percents or none");
  Decimal share;
  for (const MixPart& part : drawdown.mix) share += part.share;
  LEDGER_CHECK(drawdown.mix.empty() || share == Decimal::from_integer(100), share.to_string(),
               "100");
  if (const auto* weights = std::get_if<WeightsCurve>(&drawdown.curve)) {
    const bool any =
        std::ranges::any_of(weights->weights, [](const Decimal& one) { return one.sign() > 0; });
    LEDGER_CHECK(any && weights->months_per_weight > 0, drawdown.name, "weights");
  }
  if (const auto* table = std::get_if<TableCurve>(&drawdown.curve)) {
    LEDGER_CHECK(!table->amounts.empty(), drawdown.name, "amounts");
  }
  if (const auto* plan = std::get_if<PlanCurve>(&drawdown.curve)) {
    LEDGER_CHECK(!plan->rows.empty() && rises(*plan), plan->file, "rows in order of months");
  }
}

void check_scenario(const Scenario& scenario) {
  LEDGER_CHECK(!scenario.name.empty(), scenario.name, "a name");
  LEDGER_CHECK(scenario.months >= 1 && scenario.months <= 120, std::to_string(scenario.months),
               "1 to 120");
  LEDGER_CHECK(scenario.sha256.size() == 64, scenario.sha256, "a digest");
  for (const Drawdown& drawdown : scenario.drawdowns) check_drawdown(drawdown);
  for (const PipelineDeal& deal : scenario.pipeline) {
    for (const Tranche& tranche : deal.investment.tranches) {
      LEDGER_CHECK(tranche.issued_on >= deal.investment.signed_on, tranche.issued_on.to_string(),
                   deal.investment.signed_on.to_string());
      // A date that is moved is still one.
      LEDGER_CHECK(Date::parse(tranche.issued_on.to_string()).ok(), tranche.issued_on.to_string(),
                   "a date");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view mark = "\n--- ";
  std::string_view rest{reinterpret_cast<const char*>(data), size};
  const std::string_view text = rest.substr(0, rest.find(mark));
  std::map<std::string, std::string> files;
  for (std::size_t at = rest.find(mark); at != std::string_view::npos; at = rest.find(mark)) {
    rest.remove_prefix(at + mark.size());
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view path = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    files.emplace(path, rest.substr(0, rest.find(mark)));
  }
  const auto read = [&](const std::string& path) -> accrue::Result<std::string> {
    const auto found = files.find(path);
    if (found != files.end()) return found->second;
    return accrue::Error{.code = accrue::ErrorCode::file_unreadable, .message = "no such file"};
  };
  const auto scenario = accrue::parse_scenario(text, "scenario.toml", read);
  if (scenario.ok()) {
    check_scenario(*scenario);
  } else {
    check_refusal(scenario.refusal());
  }
  return 0;
}
