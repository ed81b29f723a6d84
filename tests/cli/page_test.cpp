// The page as a whole: its structure is read back with Python's XML parser, which knows nothing of
// how it was made.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/page/table_parts.h"
#include "cli/page/markup.h"
#include "cli/page/render_html.h"
#include "cli/page/words.h"
#include "tests/cli/made_scenario_reports.h"
#include "tests/cli/program.h"

using namespace accrue;
using accrue_test::Scratch;

namespace {

using Json = nlohmann::json;

Figure amount(const std::string& text) { return {Decimal::parse(text).value(), 2, Measure::money}; }

/// A roll-forward of two grants, with a note, a check and a total without a column.
Report sample_report() {
  Report report;
  report.name = "rollforward";
  report.title = "Roll-forward";
  report.book_id = "b00c";
  report.book_name = "Aurora";
  report.period = PeriodRange{Period::of(2024, 4), Period::of(2024, 6)};
  report.state = "closed";
  report.currency = "USD";
  report.as_of = {7, "a39fc7ece473f2de"};
  report.columns = {{"investee", ColumnKind::key},   {"grant", ColumnKind::key},
                    {"opening", ColumnKind::figure}, {"other", ColumnKind::figure, 5},
                    {"closing", ColumnKind::figure}, {"expires", ColumnKind::text},
                    {"draws", ColumnKind::count},    {"ref"}};
  report.rows = {{"Ada", "T1", amount("1234567.5"), amount("0"), amount("-5"), "2025-01-01",
                  std::int64_t{12}, "rollforward:2024-Q2:T1"},
                 {"Bea", "T2", amount("0"), amount("0"), Cell{}, Cell{}, std::int64_t{0},
                  "rollforward:2024-Q2:T2"}};
  report.totals = {
      {"opening", amount("1234567.5")}, {"closing", amount("-5")}, {"growth_pct", amount("11.43")}};
  report.checks = {{"opening + movements = closing", amount("0")}};
  report.notes = {"a note"};
  return report;
}

Document document_of(std::vector<Report> reports) {
  return {
      .title = "Reports of 2024-Q2",
      .reports = std::move(reports),
      .explanations = {},
      .filters = {"report rollforward", {{"period", std::string{"2024-Q2"}}, {"by_origin", false}}},
      .program = {"accrue", "0.1.0", "beef"}};
}

std::size_t count_of(const std::string& page, const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = page.find(text, at)) != std::string::npos; ++at) ++count;
  return count;
}

bool has(const std::string& page, const std::string& text) { return count_of(page, text) > 0; }

/// Reads a page and says what is wrong with it, a line each.
constexpr const char* reader = R"py(
import sys, xml.etree.ElementTree as tree
text = open(sys.argv[1], encoding='utf-8').read()
root = tree.fromstring(text)
def complain(*words): print(*words)
ids = [e.get('id') for e in root.iter() if e.get('id') is not None]
for i in set(ids):
    if ids.count(i) > 1: complain('id twice:', i)
for e in root.iter():
    for name in ('href', 'src', 'xlink:href', 'action', 'data', 'srcset', 'ping'):
        if e.get(name) and not e.get(name).startswith('#'): complain('leads out:', e.get(name))
    if (e.get('href') or '#')[1:] not in ids + ['']: complain('leads nowhere:', e.get('href'))
    for name in (e.get('aria-labelledby') or '').split():
        if name not in ids: complain('labelled by nothing:', name)
    for name in e.attrib:
        if name.startswith('on'): complain('would run:', name)
    if e.tag in ('script', 'img', 'link', 'iframe', 'object', 'embed', 'base', 'form', 'image'):
        complain('element', e.tag)
for table in root.iter('table'):
    if not (table.findtext('caption') or ''.join(table.find('caption').itertext())): complain('no caption')
    for th in table.iter('th'):
        if th.get('scope') not in ('col', 'row'): complain('th without scope')
    widths = set()
    for tr in table.iter('tr'):
        widths.add(sum(int(c.get('colspan') or 1) for c in tr))
    if len(widths) > 1: complain('uneven rows', widths)
for svg in root.iter('svg'):
    if svg.get('aria-hidden') == 'true': continue
    if svg.get('role') != 'img' or svg.find('title') is None or svg.find('desc') is None:
        complain('chart without a name')
if root.get('lang') != 'en' or root.find('.//main') is None or root.find('.//h1') is None:
    complain('no frame')
if 'http:' in text or 'https:' in text or 'url(' in text.replace('url(#', ''): complain('an address')
)py";

bool has_python() { return std::system("command -v python3 >/dev/null 2>&1") == 0; }

/// What the reader complains of.
std::string complaints(const std::string& page) {
  const Scratch scratch;
  scratch.write("page.html", page);
  scratch.write("reader.py", reader);
  const std::string folder = scratch.folder().string();
  const int status = std::system(
      ("python3 '" + folder + "/reader.py' '" + folder + "/page.html' >'" + folder + "/out' 2>&1")
          .c_str());
  return scratch.read("out") + (status == 0 ? "" : "not well-formed");
}

/// The reports of the sample book as pages and as JSON.
const std::vector<std::string> demo_reports{"answers", "period",        "rollforward", "waterfall",
                                            "growth",  "trial-balance", "journal",     "bridge"};

std::vector<std::string> values_in_chart(const std::string& page) {
  std::vector<std::string> values;
  const std::regex form{"<text class=\"value\"[^>]*>([^<]*)</text>"};
  for (std::sregex_iterator at{page.begin(), page.end(), form}, end; at != end; ++at) {
    values.push_back((*at)[1]);
    std::erase(values.back(), ',');
  }
  return values;
}

const std::string hostile =
    "</td><script>alert(1)</script>\"' onload='x' &amp; \x1b[31m\xE2\x80\xAE";

}  // namespace

TEST_CASE("page: one report or several, it is well-formed and leads nowhere outside") {
  if (!has_python()) {
    MESSAGE("python3 is not installed: skipped");
    return;
  }
  CHECK(complaints(render_html(document_of({sample_report()}))) == "");
  CHECK(complaints(render_html(document_of({sample_report(), sample_report()}))) == "");
  CHECK(complaints(render_html(document_of({}))) == "");
  Report empty = sample_report();
  empty.rows.clear();
  CHECK(complaints(render_html(document_of({empty}))) == "");
  // The reader does see what is wrong.
  std::string broken = render_html(document_of({sample_report()}));
  broken.replace(broken.find("scope=\"row\""), 11, "class=\"row\"");
  CHECK(complaints(broken) == "th without scope\n");
}

TEST_CASE("page: what is assumed is well-formed, whatever is named in it") {
  if (!has_python()) {
    MESSAGE("python3 is not installed: skipped");
    return;
  }
  CHECK(complaints(render_html(document_of(accrue_test::scenario_reports_named(hostile)))) == "");
}

TEST_CASE("page: nothing may be loaded or run") {
  const std::string page = render_html(document_of({sample_report()}));
  CHECK(has(page,
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'unsafe-inline'; img-src data:\" />"));
  CHECK(page.find("Content-Security-Policy") < page.find("<title>"));
}

TEST_CASE("page: equal documents give equal bytes") {
  CHECK(render_html(document_of({sample_report()})) == render_html(document_of({sample_report()})));
}

TEST_CASE("page: the header says whose, when, as of what, and whether the checks hold") {
  Report report = sample_report();
  std::string page = render_html(document_of({report}));
  for (const char* text :
       {"<p class=\"entity\">Aurora</p>", "<h1>Reports of 2024-Q2</h1>", "<dd>2024-Q2</dd>",
        "<dd>closed</dd>", "<dd>USD</dd>", "<dd>record 7</dd>", "<code>a39fc7ece473f2de</code>",
        "<code>accrue 0.1.0, build beef</code>", "<code>report rollforward, period 2024-Q2</code>",
        ">all 1 hold<"}) {
    CAPTURE(text);
    CHECK(has(page, text));
  }
  report.checks.push_back({"debits = credits", amount("0.01")});
  page = render_html(document_of({report}));
  CHECK(has(page, "class=\"failed\">1 of 2 DIFFER<"));
  CHECK(has(page,
            "<th scope=\"row\">debits = credits</th><td class=\"n\">0.01</td>"
            "<td class=\"failed\">DIFFERS</td>"));
}

TEST_CASE("page: a report in another currency says by which rate") {
  Report report = sample_report();
  report.translation = Translation{"CNY", Decimal::parse("7.2").value(), "2024-06-28"};
  CHECK(has(render_html(document_of({report})),
            "<dd>from CNY at 7.2 CNY per USD of 2024-06-28, for convenience</dd>"));
}

TEST_CASE("page: figures stand with separators and a minus, nothing is a dash with a word") {
  const std::string page = render_html(document_of({sample_report()}));
  CHECK(has(page, "<td class=\"n\">1,234,567.50</td>"));
  CHECK(has(page, "<td class=\"n\">-5.00</td>"));
  CHECK(has(page,
            "<td class=\"n\"><span aria-hidden=\"true\">–</span>"
            "<span class=\"vh\">none</span></td>"));
  CHECK(has(page, "<td class=\"n\">12</td>"));
  CHECK(has(page,
            "<tfoot><tr><th scope=\"row\" colspan=\"2\">Total</th>"
            "<td class=\"n\">1,234,567.50</td><td class=\"n\">-5.00</td>"));
  CHECK(has(page, "<th scope=\"row\">Growth %</th><td class=\"n\">11.43</td>"));
  CHECK(has(page, "Note: a note"));
}

TEST_CASE("page: a figure that is no sum of its column stands below it under its own name") {
  Report report = sample_report();
  report.totals = {{"closing", amount("-5")}};
  CHECK(has(render_html(document_of({report})), "<th scope=\"row\" colspan=\"3\">Closing</th>"));
  report.column_sums = {{"closing", "closing"}};
  CHECK(has(render_html(document_of({report})), "<th scope=\"row\" colspan=\"3\">Total</th>"));
}

TEST_CASE("page: a column of zeros that may make way does, and is named") {
  Report report = sample_report();
  std::string page = render_html(document_of({report}));
  CHECK_FALSE(has(page, ">Other</th>"));
  CHECK(has(page, "Zero in every row and not shown: Other."));
  report.rows[0][3] = amount("0.01");
  page = render_html(document_of({report}));
  CHECK(has(page, ">Other</th>"));
  CHECK_FALSE(has(page, "not shown"));
}

TEST_CASE("page: headings are words") {
  CHECK(heading_of("face_closing") == "Face closing");
  CHECK(heading_of("growth_without_investees_pct") == "Growth without investees %");
  CHECK(heading_of("contribution_pp") == "Contribution points");
  CHECK(heading_of("sku") == "SKU");
  CHECK(heading_of("appendix") == "Appendix");
  CHECK(heading_of("") == "");
}

TEST_CASE("page: the row that is the total of all stands last") {
  Report report = sample_report();
  report.totals.clear();
  report.rows.insert(report.rows.begin(), report.rows[0]);
  report.rows[0][0] = std::string{"*"};
  const std::string page = render_html(document_of({report}));
  CHECK(page.find("<tr class=\"total\"><th scope=\"row\">* total</th>") > page.find(">Bea<"));
  CHECK(count_of(page, "<tr class=\"total\">") == 1);
  CHECK(count_of(page, "* total") == 1);
}

TEST_CASE("page: no table is wider than a sheet, and each names its rows") {
  Report report;
  report.columns = {{"investee", ColumnKind::key}};
  std::vector<Cell> row{std::string(10, 'n')};
  for (int i = 0; i < 10; ++i) {
    report.columns.push_back({"c" + std::to_string(i), ColumnKind::figure});
    row.push_back(amount("123456789012345"));  // 22 wide with its separators and two decimals
  }
  report.columns.push_back({"ref"});
  row.push_back("a:b");
  report.rows = {row};
  const TablePlan plan = plan_table(report);
  // 10 + 2, then 24 each: four of them make 108, a fifth 132 of 120.
  REQUIRE(plan.parts.size() == 3);
  CHECK(plan.parts[0].columns == std::vector<std::size_t>{0, 1, 2, 3, 4, 11});
  CHECK(plan.parts[1].columns == std::vector<std::size_t>{0, 5, 6, 7, 8});
  CHECK(plan.parts[2].columns == std::vector<std::size_t>{0, 9, 10});
  CHECK(plan.parts[0].width <= 120);
}

TEST_CASE("page: keys that would fill every table give way to the ref in all but the first") {
  Report report;
  std::vector<Cell> row;
  for (const char* key : {"a", "b", "c"}) {
    report.columns.push_back({key, ColumnKind::key});
    row.push_back(std::string(22, 'k'));  // 24 each with its gap: 72, above 64
  }
  for (const char* name : {"d", "e", "f"}) {
    report.columns.push_back({name, ColumnKind::figure});
    row.push_back(amount("123456789012345"));  // 24 each: the second makes 120
  }
  report.columns.push_back({"ref"});
  row.push_back("x:y");
  report.rows = {row};
  const TablePlan plan = plan_table(report);
  REQUIRE(plan.parts.size() == 2);
  CHECK(plan.parts[0].columns == std::vector<std::size_t>{0, 1, 2, 3, 4});
  CHECK(plan.parts[1].columns == std::vector<std::size_t>{6, 5});
}

TEST_CASE("page: a table too wide is cut where amounts of another currency begin") {
  Report report;
  report.columns = {{"grant", ColumnKind::key}};
  std::vector<Cell> row{"T1"};
  const auto add = [&](const char* name, Cell cell, ColumnKind kind) {
    report.columns.push_back({name, kind});
    row.push_back(std::move(cell));
  };
  add("opening", amount("123456789012345"), ColumnKind::figure);
  add("face_currency", "USD", ColumnKind::text);
  for (const char* name : {"face_a", "face_b", "face_c", "face_d"}) {
    add(name, amount("123456789012345"), ColumnKind::figure);
  }
  add("ref", "r", ColumnKind::text);
  report.rows = {row};
  const TablePlan plan = plan_table(report);
  REQUIRE(plan.parts.size() == 2);
  CHECK(plan.parts[0].columns == std::vector<std::size_t>{0, 1, 7});
  CHECK(plan.parts[1].columns == std::vector<std::size_t>{0, 2, 3, 4, 5, 6});
}

TEST_CASE("page: rows that are sentences stand as questions with their answers") {
  Report report = sample_report();
  report.layout = Layout::paragraphs;
  report.columns = {{"line", ColumnKind::key}, {"question"}, {"figure"}, {"command"}, {"ref"}};
  report.rows = {{std::int64_t{1}, "Who?", "Ada & Bea", "accrue report period", "answers:1"}};
  report.totals.clear();
  const std::string page = render_html(document_of({report}));
  CHECK(has(page,
            "<li><p class=\"question\">Who?</p><p>Ada &amp; Bea</p>"
            "<p class=\"how\"><code>accrue report period</code></p>"
            "<p class=\"how\"><code>answers:1</code></p></li>"));
}

TEST_CASE("page: text from files is harmless wherever it stands") {
  CHECK(escaped("a<b>&\"'\n\x1b") == "a&lt;b&gt;&amp;&quot;&#39;\\n\\x1B");
  CHECK(escaped("\xEF\xBF\xBF \xEF\xBF\xBE \xEF\xBF\xBD") == "\\uFFFF \\uFFFE \xEF\xBF\xBD");
  Report report = sample_report();
  report.title = report.state = report.currency = report.book_id = report.as_of.root = hostile;
  for (std::vector<Cell>& row : report.rows) {
    for (Cell& cell : row) {
      if (std::holds_alternative<std::string>(cell)) cell = hostile;
    }
  }
  for (Column& column : report.columns) {
    if (column.kind == ColumnKind::text) column.name = hostile;
  }
  report.notes = {hostile};
  report.book_name = hostile;
  report.checks[0].name = hostile;
  report.totals.push_back({hostile, hostile});
  Document document = document_of({report, report});
  document.title = document.program.version = document.filters.command = hostile;
  document.explanations[hostile] = {
      {.ref = hostile,
       .what = hostile,
       .unit = hostile,
       .how = {hostile},
       .parts = {{.ref = hostile, .what = hostile, .value = amount("1"), .unit = hostile}}}};
  const std::string page = render_html(document);
  CHECK_FALSE(has(page, "<script"));
  CHECK_FALSE(has(page, "\x1b"));
  CHECK_FALSE(has(page, "\xE2\x80\xAE"));
  CHECK(has(page,
            "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; onload=&#39;x&#39; "
            "&amp;amp; \\x1B[31m\\u202E"));
  if (has_python()) CHECK(complaints(page) == "");
}

TEST_CASE("page: a name of ten thousand characters is cut, and whole in a tooltip") {
  const std::string name(10'000, 'W');
  const std::string cell = long_text(name);
  CHECK(cell == "<span title=\"" + name + "\">" + std::string(239, 'W') + "…</span>");
  CHECK(long_text(std::string(240, 'W')) == std::string(240, 'W'));
  CHECK(cut("算力算力", 5) == "算力…");
}

TEST_CASE("page: a figure leads to how it comes about, and nothing does without") {
  Document document = document_of({sample_report()});
  CHECK_FALSE(has(render_html(document), "<details"));
  const std::string ref = "rollforward:2024-Q2:T1";
  document.explanations[ref] = {{.ref = ref,
                                 .what = "Roll-forward, Ada, T1",
                                 .parts = {{.link = Link::figure,
                                            .ref = ref + "#opening",
                                            .what = "opening",
                                            .value = amount("1234567.5"),
                                            .unit = "USD"}}},
                                {.ref = ref + "#opening",
                                 .what = "Its opening",
                                 .value = amount("1234567.5"),
                                 .unit = "USD",
                                 .how = {"the sum of 2 entries"},
                                 .parts = {{.link = Link::plus,
                                            .ref = "entry:1",
                                            .what = "entry 1",
                                            .value = amount("1234570"),
                                            .unit = "USD"},
                                           {.link = Link::minus,
                                            .ref = "entry:2",
                                            .what = "entry 2",
                                            .value = amount("2.5"),
                                            .unit = "USD"}}}};
  const std::string page = render_html(document);
  CHECK(has(page, "<td class=\"n\"><a href=\"#e1-1\">1,234,567.50</a></td>"));
  // The closing has no step of its own: its row explains it. The other row is not explained.
  CHECK(has(page, "<td class=\"n\"><a href=\"#e1\">-5.00</a></td>"));
  CHECK(has(page, "<td class=\"n\">0.00</td>"));
  const std::size_t row = page.find("<details id=\"e1\">");
  const std::size_t step = page.find("<div class=\"step\" id=\"e1-1\">");
  REQUIRE(row != std::string::npos);
  REQUIRE(step != std::string::npos);
  CHECK(row < step);
  CHECK(step < page.find("</details>"));
  CHECK(has(page, "<strong>Its opening</strong> <span class=\"n\">1,234,567.50 USD</span>"));
  CHECK(has(page, "<p class=\"how\">the sum of 2 entries</p>"));
  CHECK(has(page,
            "<em>plus</em> entry 1</span> <span class=\"n\">1,234,570.00 USD</span> "
            "<code>entry:1</code>"));
  CHECK(has(page, "<em>less</em> entry 2"));
  if (has_python()) CHECK(complaints(page) == "");
}

TEST_CASE("page: a row that two reports share is explained once") {
  Document document = document_of({sample_report(), sample_report()});
  document.explanations["rollforward:2024-Q2:T1"] = {
      {.ref = "rollforward:2024-Q2:T1", .what = "the row"}};
  const std::string page = render_html(document);
  CHECK(count_of(page, "<details id=\"e1\">") == 1);
  CHECK(count_of(page, "<a href=\"#e1\">1,234,567.50</a>") == 2);
}

TEST_CASE("page: a pack begins with its four figures and their changes") {
  Report rollforward = sample_report();
  rollforward.totals = {{"opening", amount("100")},
                        {"closing", amount("70")},
                        {"face_opening", amount("80")},
                        {"face_closing", amount("95")},
                        {"face_currency", "CNY"}};
  Report period = sample_report();
  period.name = "period";
  period.totals = {{"revenue", amount("50")}};
  Report growth = sample_report();
  growth.name = "growth";
  growth.totals = {{"growth_pct", amount("11.43")},
                   {"growth_without_investees_pct", amount("7.15")},
                   {"investees_current", amount("50")},
                   {"investees_year_ago", amount("20")}};
  std::string page = render_html(document_of({rollforward, period, growth}));
  for (const char* text :
       {"<dt>Revenue from investees, USD</dt><dd class=\"big\">50.00</dd>"
        "<dd class=\"change\">+30.00 against 20.00 a year ago</dd>",
        "<dt>Contract liability at the end, USD</dt><dd class=\"big\">70.00</dd>"
        "<dd class=\"change\">-30.00 against 100.00 at the opening</dd>",
        "<dt>Credits left, at face, CNY</dt><dd class=\"big\">95.00</dd>"
        "<dd class=\"change\">+15.00 against 80.00 at the opening</dd>",
        "<dt>Growth of the segment, %</dt><dd class=\"big\">11.43</dd>"
        "<dd class=\"change\">7.15% without investees</dd>",
        "<a href=\"#r3\">", "<h2>Method and policies</h2>", "<h2>How to verify</h2>"}) {
    CAPTURE(text);
    CHECK(has(page, text));
  }
  // Growth of other revenue says nothing of this revenue.
  growth.totals[2].value = amount("51");
  page = render_html(document_of({rollforward, period, growth}));
  CHECK_FALSE(has(page, "against 20.00 a year ago"));
}

TEST_CASE("page: the charts of the sample book hold the figures of its JSON") {
  const Scratch scratch;
  REQUIRE(scratch.run("demo d -q").status == 0);
  std::size_t bytes = 0;
  std::map<std::string, std::vector<std::string>> values;
  std::map<std::string, Json> json;
  for (const std::string& name : demo_reports) {
    CAPTURE(name);
    const std::string report = "-b d/demo.accrue report " + name + " 2026-Q2";
    REQUIRE(scratch.run(report + " -o page.html").status == 0);
    const std::string page = scratch.read("page.html");
    // Without the explanations, which stand last but for the checks.
    bytes += std::min(page.find("<div class=\"explained\">"), page.size());
    if (has_python()) CHECK(complaints(page) == "");
    CHECK(scratch.run(report + " -f html").out == page);
    json[name] = Json::parse(scratch.run(report + " -f json").out);
    values[name] = values_in_chart(page);
  }
  CHECK(bytes < 300'000);

  const Json& totals = json["rollforward"]["totals"];
  CHECK(values["rollforward"] == std::vector<std::string>{totals["opening"], totals["granted"],
                                                          totals["usage"], totals["breakage"],
                                                          totals["closing"]});

  std::vector<std::string> points;
  for (const Json& row : json["growth"]["rows"]) {
    if (row["investee"] != "*") points.push_back(row["contribution_pp"]);
  }
  std::ranges::sort(points);
  std::ranges::sort(values["growth"]);
  CHECK(values["growth"] == points);

  std::map<std::string, Decimal> months;
  for (const Json& row : json["waterfall"]["rows"]) {
    const std::string when = row["recognised_in"];
    if (when.size() == 7) months[when] += Decimal::parse(std::string{row["amount"]}).value();
  }
  std::vector<std::string> sums;
  for (const auto& [month, sum] : months) sums.push_back(sum.to_string(2));
  REQUIRE(values["waterfall"].size() == sums.size() + 2);
  values["waterfall"].resize(sums.size());
  CHECK(values["waterfall"] == sums);
}

TEST_CASE("page: lists and answers of no book are pages too") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  const std::string list = scratch.run("grant list -f html").out;
  CHECK(has(list, "<h1>Grants</h1>"));
  const std::string version = scratch.run("version -f html").out;
  CHECK(version.starts_with("<!DOCTYPE html>"));
  if (!has_python()) return;
  CHECK(complaints(list) == "");
  CHECK(complaints(version) == "");
}
