// The page in a browser: what it asks for, what it complains of, whether everybody can read it, and
// how it prints. Skipped where the browser is missing.

#include <cstdlib>
#include <regex>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "cli/page/render_html.h"
#include "tests/cli/made_scenario_reports.h"
#include "tests/cli/program.h"

using namespace accrue;
using accrue_test::Scratch;

namespace {

bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

bool has_browser() {
  if (has_program("chromium")) return true;
  MESSAGE("chromium is not installed: skipped");
  return false;
}

/// Runs a shell command in the folder; its standard output is the file `out`.
int shell(const Scratch& scratch, const std::string& command) {
  return std::system(("cd '" + scratch.folder().string() + "' && " + command).c_str());
}

/// Opens a file of the folder in a fresh browser that finds no host. Standard output is `out`,
/// standard error `errors`.
void browse(const Scratch& scratch, const std::string& file, const std::string& flags) {
  shell(scratch,
        "rm -rf profile && timeout 120 chromium --headless --no-sandbox --disable-gpu "
        "--disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --host-resolver-rules='MAP * ~NOTFOUND' "
        "--user-data-dir=profile " +
            flags + " file://\"$PWD\"/" + file + " >out 2>errors </dev/null");
}

Figure amount(const char* text) { return {Decimal::parse(text).value(), 2, Measure::money}; }

/// Two reports with charts, one of them explained.
Document sample_document() {
  Report rollforward;
  rollforward.name = "rollforward";
  rollforward.title = "Roll-forward";
  rollforward.book_id = "b00c";
  rollforward.currency = "USD";
  rollforward.as_of = {7, "a39f"};
  rollforward.columns = {{"grant", ColumnKind::key}, {"closing", ColumnKind::figure}, {"ref"}};
  rollforward.rows = {{"T1", amount("120"), "rollforward:2024-Q2:T1"}};
  rollforward.totals = {{"opening", amount("100")},
                        {"granted", amount("50")},
                        {"usage", amount("-30")},
                        {"closing", amount("120")}};
  rollforward.checks = {{"opening + movements = closing", amount("0")},
                        {"debits = credits", amount("1")}};
  Report rpo = rollforward;
  rpo.name = "rpo";
  rpo.title = "Remaining";
  rpo.columns = {{"band", ColumnKind::key}, {"amount", ColumnKind::figure}, {"ref"}};
  rpo.rows = {{"0-12", amount("70"), "rpo:1"}, {"13-24", amount("50"), "rpo:2"}};
  rpo.totals.clear();
  Document document{.title = "Reports of 2024-Q2",
                    .reports = {rollforward, rpo},
                    .explanations = {},
                    .filters = {},
                    .program = {"accrue", "0.1.0", "beef"}};
  document.explanations["rollforward:2024-Q2:T1"] = {
      {.ref = "rollforward:2024-Q2:T1",
       .what = "folded away",
       .value = amount("120"),
       .unit = "USD",
       .how = {"unfolded on paper"},
       .parts = {
           {.link = Link::plus, .ref = "entry:1", .what = "entry 1", .value = amount("120")}}}};
  return document;
}

/// One chart of each kind that scenarios have.
Document scenario_document() {
  Document document = sample_document();
  document.title = "Scenario slow, not booked";
  document.reports = accrue_test::scenario_reports_named("Moonshot");
  document.explanations.clear();
  return document;
}

/// Without its policy, so that a test may put a script into it.
std::string without_policy(std::string page) {
  const std::size_t begin = page.find("<meta http-equiv");
  page.erase(begin, page.find("/>", begin) + 2 - begin);
  return page;
}

std::string before_end(std::string page, const std::string& markup) {
  page.insert(page.find("</body>"), markup);
  return page;
}

/// The hosts that the browser was asked for, but those it asks for by itself.
std::set<std::string> hosts_asked(const Scratch& scratch, const std::string& page) {
  scratch.write("page.html", page);
  browse(scratch, "page.html", "--log-net-log=net.json --screenshot=shot.png");
  const std::string log = scratch.read("net.json");
  std::set<std::string> hosts;
  const std::regex form{"\"url\":\"(?:https?|wss?|ftp)://([^/\"]+)"};
  const std::regex own{"(.*\\.)?(google|googleapis|gstatic)\\.com"};
  for (std::sregex_iterator at{log.begin(), log.end(), form}, end; at != end; ++at) {
    if (!std::regex_match((*at)[1].str(), own)) hosts.insert((*at)[1]);
  }
  return hosts;
}

/// What axe-core finds wrong with a page: its title says it.
std::string violations(const Scratch& scratch, const std::string& page, const std::string& flags) {
  scratch.write("axe.html",
                before_end(without_policy(page),
                           "<script>" + scratch.read("package/axe.min.js") +
                               "</script><script>axe.run(document).then(r=>{document.title='axe '+"
                               "r.violations.length+' of '+(r.passes.length>20?'many':'few')+"
                               "r.violations.map(v=>' '+v.id+' '+v.nodes[0].target).join()})"
                               "</script>"));
  browse(scratch, "axe.html", "--virtual-time-budget=60000 --dump-dom " + flags);
  const std::string dom = scratch.read("out");
  const std::size_t begin = dom.find("<title>axe ");
  return begin == std::string::npos
             ? "axe did not run"
             : dom.substr(begin + 7, dom.find("</title>", begin) - begin - 7);
}

}  // namespace

TEST_CASE("page in a browser: no request, not even where a name smuggled one in") {
  if (!has_browser()) return;
  const Scratch scratch;
  const std::string page = render_html(sample_document());
  CHECK(hosts_asked(scratch, page).empty());
  CHECK(scratch.has("shot.png"));
  const std::string smuggled = "<img alt=\"\" src=\"http://page.invalid/x.png\" />";
  CHECK(hosts_asked(scratch, before_end(page, smuggled)).empty());
  // The log does tell: without the policy the same page asks.
  CHECK(hosts_asked(scratch, before_end(without_policy(page), smuggled)) ==
        std::set<std::string>{"page.invalid"});
}

TEST_CASE("page in a browser: the console is silent") {
  if (!has_browser()) return;
  const Scratch scratch;
  const std::string page = render_html(sample_document());
  scratch.write("page.html", page);
  browse(scratch, "page.html", "--enable-logging=stderr --dump-dom");
  CHECK(scratch.read("out").find("<h1>Reports of 2024-Q2</h1>") != std::string::npos);
  CHECK(scratch.read("errors").find("CONSOLE") == std::string::npos);
  scratch.write("page.html", before_end(page, "<script>alert(1)</script>"));
  browse(scratch, "page.html", "--enable-logging=stderr --dump-dom");
  CHECK(scratch.read("errors").find("CONSOLE") != std::string::npos);
}

TEST_CASE("page in a browser: axe-core finds no barrier, in light and in dark") {
  if (!has_browser()) return;
  const Scratch scratch;
  if (!has_program("npm") || shell(scratch,
                                   "npm pack --silent axe-core@4.10.2 >/dev/null 2>&1 && "
                                   "tar xzf axe-core-4.10.2.tgz package/axe.min.js") != 0) {
    MESSAGE("npm cannot fetch axe-core: skipped");
    return;
  }
  REQUIRE(scratch.run("demo d -q").status == 0);
  REQUIRE(scratch.run("-b d/demo.accrue report growth 2026-Q2 -o growth.html").status == 0);
  const std::string light = "--blink-settings=preferredColorScheme=1";
  const std::string dark = "--blink-settings=preferredColorScheme=0";
  for (const std::string& page : {render_html(sample_document()), scratch.read("growth.html"),
                                  render_html(scenario_document())}) {
    for (const std::string& scheme : {light, dark}) {
      CAPTURE(scheme);
      CHECK(violations(scratch, page, scheme) == "axe 0 of many");
    }
  }
  std::string broken = render_html(sample_document());
  broken.replace(broken.find("lang=\"en\""), 9, "");
  CHECK(violations(scratch, broken, light) == "axe 1 of many html-has-lang html");
}

TEST_CASE("page in a browser: on a telephone only tables and charts scroll sideways") {
  if (!has_browser()) return;
  const Scratch scratch;
  REQUIRE(scratch.run("demo d -q").status == 0);
  REQUIRE(scratch.run("-b d/demo.accrue report rollforward 2026-Q2 -o page.html").status == 0);
  Document named = sample_document();
  named.reports[0].rows[0][0] = std::string(10'000, 'W');
  named.reports[0].notes = {std::string(10'000, 'W')};
  for (const std::string& page :
       {scratch.read("page.html"), render_html(named), render_html(scenario_document())}) {
    scratch.write("narrow.html",
                  before_end(without_policy(page),
                             "<script>parent.postMessage(document.documentElement.scrollWidth+' '+"
                             "document.querySelector('.scroll').scrollWidth,'*')</script>"));
    scratch.write("frame.html",
                  "<title>none</title><script>onmessage=e=>{document.title=e.data}</script>"
                  "<iframe src=\"narrow.html\" width=\"390\" height=\"800\" frameborder=\"0\">"
                  "</iframe>");
    browse(scratch, "frame.html", "--virtual-time-budget=10000 --dump-dom");
    const std::string dom = scratch.read("out");
    std::smatch widths;
    REQUIRE(std::regex_search(dom, widths, std::regex{"<title>([0-9]+) ([0-9]+)</title>"}));
    CHECK(std::stoi(widths[1]) <= 390);
    CHECK(std::stoi(widths[2]) > 390);
  }
}

TEST_CASE("page in a browser: a report prints with what is folded away unfolded, a pack without it") {
  if (!has_browser()) return;
  const Scratch scratch;
  Document alone = sample_document();
  alone.reports.pop_back();
  const auto print = [&](const Document& document, const std::string& name) {
    scratch.write("page.html", render_html(document));
    browse(scratch, "page.html", "--no-pdf-header-footer --print-to-pdf=" + name + ".pdf");
    REQUIRE(scratch.has(name + ".pdf"));
    CHECK(scratch.read(name + ".pdf").starts_with("%PDF-"));
  };
  print(sample_document(), "pack");
  print(alone, "alone");
  if (!has_program("pdftotext")) {
    MESSAGE("pdftotext is not installed: the text of the print is not looked at");
    return;
  }
  for (const std::string name : {"pack", "alone"}) {
    CAPTURE(name);
    REQUIRE(shell(scratch, "pdftotext -layout " + name + ".pdf page.txt") == 0);
    const std::string text = scratch.read("page.txt");
    const auto holds = [&](const char* part) { return text.find(part) != std::string::npos; };
    CHECK(holds("Reports of 2024-Q2"));
    CHECK(holds("DIFFERS"));
    CHECK(holds("As of record 7 root a39f"));
    CHECK_FALSE(holds("Skip to the figures"));
    CHECK(holds("unfolded on paper") == (name == "alone"));
    CHECK(holds("How these figures") == (name == "alone"));
  }
}
