#include <string>

#include <doctest/doctest.h>

// The program is no library: the renderer is compiled here.
#include "cli/notices_json.cpp"
#include "cli/render_json.cpp"

using namespace accrue;

namespace {

Report sample() {
  Report report;
  report.name = "rollforward";
  report.book_id = "b1";
  report.period = PeriodRange{Period::of(2024, 4), Period::of(2024, 6)};
  report.currency = "CNY";
  report.as_of = {12, "abcd"};
  report.columns = {{"grant", ColumnKind::key},
                    {"lines", ColumnKind::count},
                    {"closing", ColumnKind::figure},
                    {"note"},
                    {"ref"}};
  report.rows = {{"T\"1\"", std::int64_t{3}, Figure{Decimal::parse("-1234.5").value(), 2}, {},
                  "rollforward:2024-Q2:T1"}};
  report.totals = {{"closing", Figure{Decimal::parse("1E20").value(), 2}}, {"none", {}}};
  report.checks = {{"ties", {Decimal{}, 2}}};
  report.notes = {"算力"};
  return report;
}

const Filters filters{"report rollforward",
                      {{"period", std::string{"2024-Q2"}},
                       {"by_origin", false},
                       {"kinds", std::vector<std::string>{"a", "b"}}}};
const Program program{"accrue", "0.1.0", "ef01"};

}  // namespace

TEST_CASE("json: the envelope reads back with every field") {
  const std::string text = render_json(sample(), filters, program);
  CHECK(text.ends_with("}\n"));
  const nlohmann::json json = nlohmann::json::parse(text);
  CHECK(json == nlohmann::json::parse(R"({
    "schema": "accrue.report.rollforward/1", "book": "b1",
    "period": {"from": "2024-04", "to": "2024-06"}, "currency": "CNY",
    "as_of": {"records": 12, "root": "abcd"},
    "filters": {"command": "report rollforward", "period": "2024-Q2", "by_origin": false,
                "kinds": ["a", "b"]},
    "program": {"name": "accrue", "version": "0.1.0", "build": "ef01"},
    "rows": [{"grant": "T\"1\"", "lines": 3, "closing": "-1234.50", "note": null,
              "ref": "rollforward:2024-Q2:T1"}],
    "totals": {"closing": "100000000000000000000.00", "none": null},
    "checks": [{"name": "ties", "difference": "0.00"}],
    "notes": ["算力"]})"));
}

TEST_CASE("json: fields stand in the order of the columns, and equal reports give equal bytes") {
  const std::string text = render_json(sample(), filters, program);
  CHECK(text.find("\"schema\"") < text.find("\"book\""));
  CHECK(text.find("\"grant\"") < text.find("\"lines\""));
  CHECK(text.find("\"lines\"") < text.find("\"ref\""));
  CHECK(text == render_json(sample(), filters, program));
}

TEST_CASE("json: a list without period, rows and totals is still an envelope") {
  Report report;
  report.name = "entries";
  const nlohmann::json json = nlohmann::json::parse(render_json(report, {}, {}));
  CHECK(json["period"].is_null());
  CHECK(json["rows"] == nlohmann::json::array());
  CHECK(json["totals"] == nlohmann::json::object());
  CHECK(json["notes"] == nlohmann::json::array());
  CHECK(json["filters"].is_null());
  CHECK(json["program"].is_null());
}

TEST_CASE("json: bytes that are not UTF-8 are replaced") {
  Report report = sample();
  report.rows[0][0] = std::string{"a\xFFz"};
  const nlohmann::json json = nlohmann::json::parse(render_json(report, {}, {}));
  CHECK(json["rows"][0]["grant"] == "a\uFFFDz");
}
