#include "tests/regressions/figures.h"

#include <optional>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace accrue_test {

using Json = nlohmann::json;

namespace {

Json answer(const Scratch& scratch, const std::string& command) {
  return Json::parse(run_well(scratch, command + " -f json").out);
}

std::string text_of(const Json& cell) {
  return cell.is_string() ? cell.get<std::string>() : std::string{};
}

}  // namespace

std::string terms_of(const std::string& id, const std::vector<TrancheTerms>& tranches,
                     const std::string& keys) {
  std::string text = "schema = \"accrue.terms/1\"\n[investment]\nid = \"" + id +
                     "\"\ninvestee = \"Lunar\"\nsigned = 2024-04-01\n" + keys +
                     "\n[matching]\nbilling_accounts = [\"ba-1\"]\n";
  for (const TrancheTerms& tranche : tranches) {
    text += "[[tranche]]\nid = \"" + tranche.id + "\"\nface = \"" + tranche.face +
            "\"\nissued = " + tranche.issued + "\n";
    if (!tranche.expires.empty()) text += "expires = " + tranche.expires + "\n";
    text += tranche.keys + "\n";
  }
  return text;
}

void open_book(const Scratch& scratch, const std::vector<TrancheTerms>& tranches,
               const std::string& keys, const std::string& init_flags) {
  scratch.write("deal.toml", terms_of("deal", tranches, keys));
  run_well(scratch, "init --name Test --now 2024-04-01T00:00:00Z " + init_flags);
  run_well(scratch, "investment add deal.toml --now 2024-04-01T00:00:00Z");
}

Run run_well(const Scratch& scratch, const std::string& command) {
  Run run = scratch.run(command);
  if (run.status != 0) throw std::runtime_error{command + ": " + run.err};
  return run;
}

std::string event_of(const MeteredEvent& event) {
  return R"({"specversion":"1.0","type":"used","source":"meter","id":")" + event.id +
         R"(","time":")" + event.time + R"(","data":{"account":"ba-1","service":")" +
         event.service + R"(","sku":")" + event.sku + R"(","amount":")" + event.amount +
         "\",\"currency\":\"USD\"}}\n";
}

std::string send(const Scratch& scratch, const std::vector<MeteredEvent>& events,
                 const std::string& flags) {
  std::string lines;
  for (const MeteredEvent& event : events) lines += event_of(event);
  scratch.write("events.jsonl", lines);
  const Run run = run_well(scratch, "import events events.jsonl " + flags);
  if (has(run.err, "refused[")) throw std::runtime_error{run.err};
  return run.out;
}

std::string grant_figures(const Scratch& scratch, const std::string& grant) {
  const Json list = answer(scratch, "grant list");
  for (const Json& row : list["rows"]) {
    if (row["grant"] != grant) continue;
    std::string text;
    for (const char* column : {"drawn", "expired", "left", "recognised"}) {
      text += std::string{text.empty() ? "" : ", "} + column + " " + text_of(row[column]);
    }
    return text;
  }
  return "no grant " + grant;
}

std::string funding(const Scratch& scratch, const std::string& flags) {
  const Json totals = answer(scratch, "drawdown list " + flags)["totals"];
  return "credits " + totals.value("drawn_USD", "0.00") + ", cash " +
         totals.value("cash_funded_USD", "0.00");
}

std::string revenue(const Scratch& scratch, const std::string& period) {
  std::string text;
  const Json report = answer(scratch, "report period " + period);
  for (const Json& row : report["rows"]) {
    const std::string grant = text_of(row["grant"]);
    const std::string service = text_of(row["service"]);
    text += (grant.empty() ? "cash" : grant) + " " + text_of(row["kind"]) +
            (service.empty() ? "" : " " + service) + " " + text_of(row["revenue"]) + "\n";
  }
  return text;
}

std::string standing(const Scratch& scratch) {
  const Json as_of = answer(scratch, "status")["as_of"];
  return as_of["records"].dump() + " records, root " + as_of["root"].get<std::string>();
}

accrue::Grant grant_of(const std::string& id, std::int64_t face, std::int32_t priority) {
  return {.id = id,
          .investment = "deal",
          .tranche = id,
          .investee = "lunar",
          .face = {accrue::Decimal::from_integer(face),
                   accrue::Currency::from_code("USD").value()},
          .price_minor_units = 0,
          .price_per_unit = 1,
          .received_on = {},
          .issued_on = {},
          .begins_at = accrue::Instant{0},
          .ends_at = std::nullopt,
          .expiry_period = std::nullopt,
          .priority = priority,
          .scope = {},
          .breakage_method = accrue::BreakageMethod::remote,
          .expected_unused = std::nullopt};
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace accrue_test
