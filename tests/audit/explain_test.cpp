// Every row of every report leads down to what was read, and what is summed on the way adds up.

#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "accounting/audit/explain.h"
#include "accounting/posting/view.h"
#include "accounting/report/make_report.h"
#include "accounting/report/ref.h"
#include "ledger/book/record.h"
#include "ledger/proof/merkle.h"
#include "ledger/store/store.h"
#include "tests/cli/program.h"
#include "tests/golden/reports.h"

using namespace accrue;
using accrue_test::focus_file;
using accrue_test::Scratch;
using accrue_test::usage_row;

namespace {

/// Follows an explanation to its ends. Of many parts a few are followed; all are summed.
class Walk {
 public:
  Walk(const Store& store, const BookView& view) : explainer_{store, view} {}

  /// Whether the way from a ref ends at a source.
  bool reaches_source(const std::string& ref) {
    const auto known = reaches_.find(ref);
    if (known != reaches_.end()) return known->second;
    reaches_[ref] = false;  // a circle leads nowhere
    CAPTURE(ref);
    const Result<ExplainedStep> step = explainer_.step(ref);
    REQUIRE_MESSAGE(step.ok(), step.error().message);
    CHECK_FALSE(step->what.empty());
    check_sums(*step);
    bool reaches = step->is_source;
    for (const std::size_t i : few_of(step->parts.size())) {
      if (reaches_source(step->parts[i].ref)) reaches = true;
    }
    reaches_[ref] = reaches;
    return reaches;
  }

  std::size_t step_count() const { return reaches_.size(); }
  std::size_t sum_count() const { return sum_count_; }

 private:
  static std::set<std::size_t> few_of(std::size_t count) {
    std::set<std::size_t> few;
    for (std::size_t i = 0; i < std::min<std::size_t>(count, 12); ++i) few.insert(i);
    if (count > 0) few.insert({count / 2, count - 1});
    return few;
  }

  Decimal value_of(const ExplainedPart& part) {
    if (part.value) return part.value->value;
    const Result<ExplainedStep> step = explainer_.step(part.ref);
    REQUIRE_MESSAGE(step.ok(), part.ref);
    REQUIRE_MESSAGE(step->value.has_value(), part.ref);
    return step->value->value;
  }

  void check_sums(const ExplainedStep& step) {
    bool is_sum = false;
    Decimal sum;
    for (const ExplainedPart& part : step.parts) {
      CAPTURE(part.ref);
      if (part.link == Link::plus) sum += value_of(part);
      if (part.link == Link::minus) sum -= value_of(part);
      is_sum = is_sum || part.link == Link::plus || part.link == Link::minus;
      if (part.link == Link::same) {
        const Result<ExplainedStep> same = explainer_.step(part.ref);
        REQUIRE(same.ok());
        CHECK(same->value->value.to_string() == step.value->value.to_string());
      }
    }
    if (!is_sum) return;
    ++sum_count_;
    REQUIRE(step.value.has_value());
    CHECK(sum.to_string() == step.value->value.to_string());
  }

  Explainer explainer_;
  std::map<std::string, bool> reaches_;
  std::size_t sum_count_ = 0;
};

struct Named {
  std::string name;
  Report report;
};

std::vector<Named> reports_of(const Store& store, const BookView& view, PeriodRange range) {
  std::vector<Named> all;
  const auto add = [&](const std::string& name, const Result<Report>& report) {
    if (report.ok()) all.push_back({name, *report});
  };
  for (const OriginView by : {OriginView::as_reported, OriginView::by_origin}) {
    for (const char* name :
         {"period", "rollforward", "waterfall", "growth", "rpo", "concentration", "related-party",
          "deal", "breakage", "contract-balances", "cash-flow", "burn-down", "bridge",
          "trial-balance", "journal"}) {
      add(name, make_report(store, view, *report_kind_named(name), range, by, {}));
    }
    for (const Dimension dimension :
         {Dimension::service, Dimension::sku, Dimension::region, Dimension::funding,
          Dimension::grant, Dimension::investee}) {
      add("disaggregation", disaggregation_report(view, range, by, dimension));
    }
    add("answers", answers_report(view, range, by, {}, {true, view.state.record_count, view.root}));
  }
  add("investments", investment_list(view));
  add("grants", grant_list(view));
  add("drawdowns", drawdown_list(view, {}));
  add("entries", entry_list(store, view, {}));
  add("periods", period_list(store, view));
  return all;
}

/// Walks down from every row of the reports over the book's periods, one by one and together.
void walk_book(const std::string& path, std::size_t least_rows) {
  const Store store = Store::open(path, Store::Access::read).value();
  const BookView view = load_view(store, store.record_count());
  const Report periods = period_list(store, view).value();
  REQUIRE_FALSE(periods.rows.empty());
  const auto period_of = [](const std::vector<Cell>& row) {
    return Period::parse(std::get<std::string>(row.front())).value();
  };
  const PeriodRange all{period_of(periods.rows.front()), period_of(periods.rows.back())};
  std::vector<PeriodRange> ranges{all};
  for (Period period = all.first; period <= all.last; period = period.next()) {
    ranges.push_back({period, period});
  }
  Walk walk{store, view};
  std::size_t row_count = 0;
  for (const PeriodRange range : ranges) {
    for (const Named& named : reports_of(store, view, range)) {
      CAPTURE(named.name);
      for (const std::vector<Cell>& row : named.report.rows) {
        const std::string ref = std::get<std::string>(row.back());
        CAPTURE(ref);
        CHECK(walk.reaches_source(ref));
        ++row_count;
      }
    }
  }
  MESSAGE(path, ": ", row_count, " rows, ", walk.step_count(), " steps, ", walk.sum_count(),
          " sums");
  CHECK(row_count >= least_rows);
}

std::vector<std::vector<Cell>> explain(const Scratch& scratch, const std::string& ref,
                                       ExplainReach reach) {
  const Store store =
      Store::open((scratch.folder() / "book.accrue").string(), Store::Access::read).value();
  const BookView view = load_view(store, store.record_count());
  Explainer explainer{store, view};
  const Report report = explain_report(explainer, view, ref, reach).value();
  for (const ReportCheck& check : report.checks) {
    CAPTURE(check.name);
    CHECK(check.difference.value.is_zero());
  }
  return report.rows;
}

std::string text_of(const Cell& cell) {
  const auto* const text = std::get_if<std::string>(&cell);
  return text == nullptr ? "" : *text;
}

}  // namespace

TEST_CASE("explain: every row of every report of the demo leads to a source, and all sums tie") {
  const Scratch scratch;
  REQUIRE(scratch.run("demo sample").status == 0);
  for (const auto& file : std::filesystem::directory_iterator{scratch.folder() / "sample"}) {
    if (file.path().extension() == ".accrue") walk_book(file.path().string(), 200);
  }
}

TEST_CASE("explain: every row of every report of the stories leads to a source") {
  const std::vector<std::string> stories{"lunar-credits", "moonshot", "unsettled-month"};
  for (const std::string& story : stories) {
    CAPTURE(story);
    const Scratch scratch;
    accrue_test::tell_story(scratch, story);
    std::size_t books = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator{scratch.folder()}) {
      if (file.path().extension() != ".accrue") continue;
      walk_book(file.path().string(), 20);
      ++books;
    }
    CHECK(books > 0);
  }
}

// 900 of price over 1,000 of face: the draw of 100.005 is 90.0045, rounded half to even 90.00.
TEST_CASE("explain: a figure is led to its formula with exact values, its draw and its lines") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("a.csv", focus_file(usage_row("other", "2024-04-20T00:00:00Z", "7") +
                                    usage_row("ba-1", "2024-04-20T00:00:00Z", "100") +
                                    usage_row("ba-1", "2024-04-20T00:00:00Z", "0.005")));
  REQUIRE(scratch.run("import usage a.csv").status == 0);
  const auto rows = explain(scratch, "rollforward:2024-04:T1#usage", {20, 10});
  std::string whole;
  for (const auto& row : rows) whole += text_of(row[2]) + " | " + text_of(row[5]) + "\n";
  CAPTURE(whole);
  const auto says = [&](const char* text) { return whole.find(text) != std::string::npos; };
  CHECK(says("P x D / F = 900.00 x 100.005 / 1000 = 90.0045, rounded half to even: 90.00"));
  CHECK(says("candidate T1: 1000 left, can pay; T1 is the last that can pay"));
  CHECK(says("draws and overage: 100.005 = the sum"));
  CHECK(says("2 rows on lines 3 to 4 of a.csv, SHA-256 "));
}

TEST_CASE("explain: why this grant paid: the candidates and the key that decided") {
  const Scratch scratch;
  REQUIRE(scratch.run("init").status == 0);
  const auto tranche = [](const char* id, const char* more) {
    return std::string{"[[tranche]]\nid = \""} + id + "\"\nface = \"100 USD\"\nissued = 2024-01-01\n" +
           more;
  };
  scratch.write("deal.toml",
                "schema = \"accrue.terms/1\"\n"
                "[investment]\nid = \"deal\"\ninvestee = \"Lab\"\nsigned = 2024-01-01\n"
                "[matching]\nbilling_accounts = [\"ba-1\"]\n" +
                    tranche("late", "expires = 2025-01-01\n") +
                    tranche("soon", "expires = 2024-06-01\n") +
                    tranche("first", "priority = 1\nexpires = 2024-06-01\n") +
                    tranche("scoped", "services = [\"Nothing*\"]\nexpires = 2024-06-01\n") +
                    tranche("future", "begins = 2024-09-01\nexpires = 2025-01-01\n"));
  REQUIRE(scratch.run("investment add deal.toml").status == 0);
  scratch.write("a.csv", focus_file(usage_row("ba-1", "2024-04-20T00:00:00Z", "150")));
  REQUIRE(scratch.run("import usage a.csv").status == 0);
  const auto of_first = explain(scratch, "draw:3:1:1", {1, 10});
  CHECK(text_of(of_first[0][5]) ==
        "candidate first: 100 left, can pay; "
        "candidate scoped: 100 left, its scope does not admit the service, SKU or region; "
        "candidate soon: 100 left, can pay; "
        "candidate late: 100 left, can pay; "
        "candidate future: 100 left, its window begins after the charge; "
        "first is asked before soon: priority decides");
  const auto of_second = explain(scratch, "draw:3:1:2", {1, 10});
  CHECK(text_of(of_second[0][5]).ends_with("soon is asked before late: the end of its window decides"));
}

namespace {

/// The refs of all rows that a command prints.
void collect_refs(const Scratch& scratch, const std::string& words, std::set<std::string>& refs) {
  CAPTURE(words);
  const accrue_test::Run run = scratch.run(words + " -f json");
  REQUIRE_MESSAGE(!run.out.empty(), run.err);
  const auto report = nlohmann::json::parse(run.out);
  std::size_t count = 0;
  for (const auto& row : report.at("rows")) {
    refs.insert(row.at("ref").get<std::string>());
    ++count;
  }
  MESSAGE(words, ": ", count, " rows");
  CHECK(count > 0);
}

}  // namespace

// A book with something of everything: two keys and a checkpoint, a refund that found nothing, rows
// set aside, an estimate that use refutes, a late charge, a reopening, a provider's open bill.
TEST_CASE("explain: the refs of every other command lead to a source, and all sums tie") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  const auto must_run = [&](const std::string& words) {
    const accrue_test::Run run = scratch.run(words);
    REQUIRE_MESSAGE(run.status == 0, words, run.err);
  };
  int files = 0;
  const auto import = [&](const std::string& start, const std::string& cost,
                          const std::string& flags = "") {
    const std::string name = "usage-" + std::to_string(++files) + ".csv";
    scratch.write(name, focus_file(usage_row("ba-1", start, cost)));
    must_run("import usage " + name + flags);
  };
  must_run("keygen ana.key --name ana");
  must_run("key register ana.key.pub --person Ana");
  import("2024-04-20T00:00:00Z", "33.335");
  must_run("close 2024-04 --key ana.key");
  import("2024-04-21T00:00:00Z", "7.77");
  must_run("estimate T1 breakage 50% --from 2024-05 --reason slow");
  must_run("estimate T1 breakage 40% --from 2024-05 --reason faster");
  must_run("close 2024-05");
  must_run("reopen 2024-05 --reason again --yes");
  CHECK(scratch.run("close 2024-04").status != 0);
  import("2024-05-02T00:00:00Z", "801.01");
  import("2024-05-04T00:00:00Z", "-2");
  scratch.write("bad.csv", focus_file(usage_row("ba-1", "2024-05-21T00:00:00Z", "5") +
                                      usage_row("ba-1", "2024-05-22T00:00:00Z", "none")));
  must_run("import usage bad.csv --on-error quarantine");
  std::string row = usage_row("ba-1", "2024-05-03T00:00:00Z", "-3.1");
  row.replace(row.find("GPU"), 3, "Disk");
  scratch.write("refund.csv", focus_file(row));
  must_run("import usage refund.csv");
  scratch.write("bills.csv",
                "BillingPeriodStart,BillingPeriodEnd,BillingPeriodStatus,InvoiceIssuerName,"
                "BillingPeriodCreated,BillingPeriodLastUpdated\n"
                "2024-05-01T00:00:00Z,2024-06-01T00:00:00Z,Open,Cloud,"
                "2024-05-01T00:00:00Z,2024-06-02T00:00:00Z\n");
  must_run("import billing-periods bills.csv");
  std::set<std::string> refs;
  for (const char* words :
       {"status", "exceptions 2024-05", "period check 2024-05", "period list", "audit log",
        "audit approvals", "audit checkpoints", "key list", "audit completeness",
        "audit cutoff 2024-04 --days 40", "audit je-tests 2024-04..2024-05", "audit lookback",
        "audit sample --period 2024-04..2024-05 --random 9 --seed 1",
        "audit sample --period 2024-04..2024-05 --random 9 --seed 1 --excluded",
        "audit sample --period 2024-04..2024-05 --of entries --account revenue --random 9 --seed 1",
        "audit approvals --matrix", "import list", "grant list", "entry list", "entry show 1"}) {
    collect_refs(scratch, words, refs);
  }
  // Their JSON is a proof, not a report.
  for (const char* words :
       {"audit prove --record 2", "audit prove --record 7", "audit prove --from 3 --to 7"}) {
    std::istringstream lines{scratch.run(std::string{words} + " -f csv").out};
    std::string line;
    for (std::getline(lines, line); std::getline(lines, line);) {
      refs.insert(line.substr(line.rfind(',') + 1));
    }
  }
  CHECK(refs.contains("exception:2024-05:refuted_estimate:T1"));
  CHECK(refs.contains("provider:2024-05:Cloud"));
  CHECK(refs.contains("tree:1:1"));
  CHECK(refs.contains("tree:3:4"));
  const Store store =
      Store::open((scratch.folder() / "book.accrue").string(), Store::Access::read).value();
  const BookView view = load_view(store, store.record_count());
  Walk walk{store, view};
  refs.insert({"key:ana", "book", "tree:5:7"});
  for (const std::string& ref : refs) {
    CAPTURE(ref);
    CHECK(walk.reaches_source(ref));
  }
}

// SHA-256 of two leaves, by the definition.
TEST_CASE("explain: a hash of a proof is led to its two halves") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  const auto rows = explain(scratch, "tree:1:2", {1, 10});
  const Store store =
      Store::open((scratch.folder() / "book.accrue").string(), Store::Access::read).value();
  const Digest both = node_hash(leaf_hash(leaf_bytes(store.read_record(1))),
                                leaf_hash(leaf_bytes(store.read_record(2))));
  CHECK(text_of(rows[0][5]) == to_hex(both));
  CHECK(text_of(rows[1][6]) == "tree:1:1");
  CHECK(text_of(rows[2][6]) == "tree:2:2");
}

TEST_CASE("explain: an address that nothing has is refused") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  const Store store =
      Store::open((scratch.folder() / "book.accrue").string(), Store::Access::read).value();
  const BookView view = load_view(store, store.record_count());
  Explainer explainer{store, view};
  const std::vector<std::string> refs{
       "", ":", "nothing", "record:0", "record:99", "record:x", "entry:99", "entry:1:9", "charge:1:1",
        "draw:2:1:1", "grant:T9", "price:T9", "investment:none", "period:2024-04", "period:never:a",
        "rollforward:2024-04:T9", "rollforward:2024-04:T1#nothing", "so:2024-04:2024-04:Nothing",
        "account:..2024-04:Nothing", "draws:2024-04", "answers:2024-04", "growth:2024-04:a:b:c:d",
        "trial-balance:2024-04:Nothing#balance", "file:1:1", "terms:1", "periods:x",
        "draws:2024-04:2024-04:Lab:XXX:T1:a:b", "exception:2024-04:refuted_estimate:T1",
        "exception:x:a:b", "tie:2024-04:nothing", "provider:2024-04:Nobody", "key:nobody", "key",
        "status:nothing", "status", "book:x", "tree:0:1", "tree:1:9", "tree:2:3", "tree:2:1"};
  for (const std::string& ref : refs) {
    CAPTURE(ref);
    const Result<ExplainedStep> step = explainer.step(ref);
    REQUIRE_FALSE(step.ok());
  }
}
