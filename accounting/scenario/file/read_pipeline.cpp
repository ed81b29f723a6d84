#include "accounting/scenario/file/read_pipeline.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "accounting/scenario/file/scenario_fields.h"
#include "accounting/scenario/file/scenario_keys.h"
#include "ledger/intake/excerpt.h"
#include "ledger/intake/terms.h"
#include "ledger/intake/terms_fields.h"
#include "ledger/time/period.h"

namespace accrue {

namespace {

Date moved(Date date, std::int32_t months) {
  const Period month{Period::of(date).months + months};
  return Date::of(month.year(), month.month(), std::min(date.day(), month.last_day().day()));
}

void move(std::optional<Date>& date, std::int32_t months) {
  if (date) date = moved(*date, months);
}

/// Whether every tranche still has days in which it pays, before the last year that dates have.
bool has_windows(const Investment& investment) {
  const Date end = Date::of(2200, 1, 1);
  return std::ranges::all_of(investment.tranches, [&](const Tranche& tranche) {
    const Date begin = std::max(tranche.issued_on, tranche.begins_on.value_or(tranche.issued_on));
    return begin < end && tranche.expires_on.value_or(end) <= end &&
           begin < tranche.expires_on.value_or(end);
  });
}

}  // namespace

Investment move_signing(Investment investment, Date signed_on) {
  const std::int32_t months =
      Period::of(signed_on).months - Period::of(investment.signed_on).months;
  investment.signed_on = signed_on;
  move(investment.matching.from_on, months);
  move(investment.matching.to_on, months);
  for (Tranche& tranche : investment.tranches) {
    tranche.issued_on = std::max(moved(tranche.issued_on, months), signed_on);
    move(tranche.begins_on, months);
    move(tranche.expires_on, months);
  }
  return investment;
}

void read_pipeline(const TomlTable& top, NamedFiles& files, TomlErrors& errors,
                   Scenario& scenario) {
  std::vector<std::pair<std::string, TomlSpan>> ids;
  for (const TomlTable& table : tables_of(top, "deal", "[[deal]]", "[[deal]]", errors)) {
    table.refuse_unknown_keys(scenario_keys::deal);
    table.require("terms", "write it like  terms = \"nova.toml\"");
    table.require("probability", "write it like  probability = \"40%\"");
    const auto probability = percent_within(table, "probability", PercentRange::zero_to_hundred);
    const auto day = table.date("signed");
    const NamedFiles::File* file = table.has("terms") ? files.read(table, "terms") : nullptr;
    if (file == nullptr) continue;
    auto terms = parse_terms(file->bytes, file->path);
    if (!terms.ok()) {
      files.refuse(terms.refusal());
      continue;
    }
    ids.emplace_back(terms->id, table.span_of("terms"));
    PipelineDeal deal{day ? move_signing(*terms, *day) : *terms, file->path, file->bytes,
                      probability.value_or(Decimal{})};
    if (!has_windows(deal.investment)) {
      table.refuse("signed",
                   Error{.code = ErrorCode::empty_interval,
                         .message = fmt::format("signed on {}, a tranche of {} would have no day "
                                                "on which it pays",
                                                day->to_string(), shown(deal.investment.id)),
                         .hint = "sign it on another day, or mend the terms"});
    }
    scenario.pipeline.push_back(std::move(deal));
  }
  refuse_twice(ids, "the deal", errors);
}

}  // namespace accrue
