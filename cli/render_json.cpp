#include "cli/render_json.h"

#include <nlohmann/json.hpp>

#include "cli/notices_json.h"

namespace accrue {

namespace {

using Json = nlohmann::ordered_json;

struct ValueOf {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(const std::string& text) const { return text; }
  Json operator()(std::int64_t count) const { return count; }
  Json operator()(const Figure& figure) const { return figure.value.to_string(figure.digits); }
};

Json value_of(const Cell& cell) { return std::visit(ValueOf{}, cell); }

Json filters_json(const Filters& filters) {
  if (filters.command.empty()) return nullptr;
  Json json{{"command", filters.command}};
  for (const auto& word : filters.words) {
    std::visit([&](const auto& value) { json[word.first] = value; }, word.second);
  }
  return json;
}

Json program_json(const Program& program) {
  if (program.name.empty()) return nullptr;
  return {{"name", program.name}, {"version", program.version}, {"build", program.build}};
}

}  // namespace

std::string render_json(const Report& report, const Filters& filters, const Program& program) {
  Json json;
  json["schema"] = "accrue.report." + report.name + "/1";
  // An answer that is of no book, such as the version of the program.
  const bool has_book = !report.book_id.empty();
  json["book"] = has_book ? Json(report.book_id) : Json{};
  json["period"] = nullptr;
  if (report.period) {
    json["period"] = {{"from", report.period->first.to_string()},
                      {"to", report.period->last.to_string()}};
  }
  json["currency"] = report.currency.empty() ? Json{} : Json(report.currency);
  if (report.translation) {
    json["translation"] = {{"from", report.translation->from},
                           {"rate", report.translation->rate.to_string()},
                           {"rate_on", report.translation->rate_on}};
  }
  if (report.assumed) {
    json["assumed"] = {{"scenario", report.assumed->scenario},
                       {"file", report.assumed->file},
                       {"sha256", report.assumed->sha256},
                       {"from", report.assumed->from.to_string()}};
  }
  json["as_of"] = nullptr;
  if (has_book) json["as_of"] = {{"records", report.as_of.records}, {"root", report.as_of.root}};
  json["filters"] = filters_json(filters);
  json["program"] = program_json(program);
  json["rows"] = Json::array();
  for (const std::vector<Cell>& row : report.rows) {
    Json object = Json::object();
    for (std::size_t i = 0; i < row.size(); ++i) {
      object[report.columns[i].name] = value_of(row[i]);
    }
    json["rows"].push_back(std::move(object));
  }
  json["totals"] = Json::object();
  for (const NamedCell& total : report.totals) json["totals"][total.name] = value_of(total.value);
  json["checks"] = Json::array();
  for (const ReportCheck& check : report.checks) {
    json["checks"].push_back({{"name", check.name}, {"difference", value_of(check.difference)}});
  }
  json["notes"] = report.notes;
  if (report.notices) json["notices"] = notices_json(*report.notices);
  // Names come from files: bytes that are not UTF-8 are replaced, never thrown over.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace accrue
