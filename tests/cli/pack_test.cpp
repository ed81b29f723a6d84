// What `audit pack` holds, and that what docs/formats.md says of it is so.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "ledger/proof/merkle.h"
#include "tests/golden/reports.h"
#include "tests/outside/pack_files.h"

using namespace accrue_test;

namespace {

namespace fs = std::filesystem;

void check_pack(const Scratch& scratch, const std::string& book, const std::string& period) {
  const std::string folder = "pack-" + fs::path{book}.stem().string() + '-' + period;
  must_run(scratch, "-b '" + book + "' audit pack " + period + " -o " + folder);
  const PackFiles pack{scratch.folder() / folder};
  const bool is_posted_to = !report(scratch, "-b '" + book + "' entry list").at("rows").empty();
  CHECK((pack.check_revenue() > 0) == is_posted_to);
  pack.check_tree();
  CHECK((pack.check_entries() > 0) == is_posted_to);
  CHECK(scratch.has(folder + "/audit-data-standard") == is_posted_to);
  const std::string sums = "cd '" + (scratch.folder() / folder).string() +
                           "' && sha256sum --check --strict --quiet MANIFEST";
  CHECK(std::system(sums.c_str()) == 0);
  CHECK(verified_by_script(scratch.folder() / folder) == "");
}

}  // namespace

TEST_CASE("pack: the arithmetic of this test") {
  CHECK(round_half_even(rational("2.5")) == 2);
  CHECK(round_half_even(rational("3.5")) == 4);
  CHECK(round_half_even(rational("-2.5")) == -2);
  CHECK(round_half_even(rational("-3.5")) == -4);
  CHECK(round_half_even(rational("2.51")) == 3);
  CHECK(round_half_even(rational("-0.49")) == 0);
  CHECK(round_half_even(rational("-2.51")) == -3);
  CHECK(round_half_even(rational("008")) == 8);
}

TEST_CASE("pack: of every story, the tree, the entries and the revenue follow from its files") {
  for (const fs::directory_entry& example :
       fs::directory_iterator{fs::path{ACCRUE_SOURCE_DIR} / "examples"}) {
    if (!fs::exists(example.path() / "story.sh")) continue;
    const Scratch scratch;
    tell_story(scratch, example.path().filename().string());
    for (const fs::directory_entry& file : fs::directory_iterator{scratch.folder()}) {
      if (file.path().extension() != ".accrue") continue;
      CAPTURE(file.path().filename().string());
      check_pack(scratch, file.path().filename().string(), "2024-06");
    }
  }
}

TEST_CASE("pack: of the demo, likewise") {
  const Scratch scratch;
  must_run(scratch, "demo sample");
  check_pack(scratch, "sample/demo.accrue", "2026-Q1");
}

TEST_CASE("pack: an estimate, a late charge, a refund and a reopening come to the same") {
  const Scratch scratch;
  make_book(scratch);
  int files = 0;
  const auto import = [&](const std::string& start, const std::string& cost) {
    const std::string name = "usage-" + std::to_string(++files) + ".csv";
    scratch.write(name, focus_file(usage_row("ba-1", start, cost)));
    must_run(scratch, "import usage " + name);
  };
  import("2024-04-20T00:00:00Z", "33.335");
  must_run(scratch, "close 2024-04");
  import("2024-04-21T00:00:00Z", "7.77");
  must_run(scratch, "estimate T1 breakage 12.5% --from 2024-05 --reason slow");
  import("2024-05-21T00:00:00Z", "-3.1");
  must_run(scratch, "estimate T1 breakage 3% --from 2024-07 --reason fast");
  import("2024-06-21T00:00:00Z", "401.01");
  must_run(scratch, "close 2024-05");
  must_run(scratch, "close 2024-06");
  must_run(scratch, "reopen 2024-06 --reason again --yes");
  import("2024-06-02T00:00:00Z", "355.5");
  must_run(scratch, "close 2024-06");
  check_pack(scratch, "book.accrue", "2024-06");
  const std::string closes = scratch.read("pack-book-2024-06/tables/closes.csv");
  CHECK(std::count(closes.begin(), closes.end(), '\n') == 5);
}

TEST_CASE("pack: a book with nothing in it, and with facts and closes that post nothing") {
  for (const std::string currency : {"USD", "JPY", "BHD"}) {
    CAPTURE(currency);
    const Scratch scratch;
    must_run(scratch, "init --currency " + currency + " --start 2024-01 --now 2024-04-02T00:00:00Z");
    check_pack(scratch, "book.accrue", "2024-02");
    scratch.write("segment.csv",
                  "segment,basis,period,currency,revenue,source,published_growth_pct\n"
                  "cloud,reported,2023-Q1," + currency + ",1000,a report,\n"
                  "cloud,reported,2024-Q1," + currency + ",1100,a report,\n");
    must_run(scratch, "import segment segment.csv --now 2024-04-03T00:00:00Z");
    must_run(scratch, "close 2024-02 --through --now 2024-04-04T00:00:00Z");
    check_pack(scratch, "book.accrue", "2024-01");
    check_pack(scratch, "book.accrue", "2024-Q1");
    CHECK(scratch.has("pack-book-2024-Q1/reports/growth.json"));
  }
}

TEST_CASE("pack: of months before anything was posted, and of a currency without cents") {
  const Scratch scratch;
  std::string terms = deal_terms;
  for (std::size_t at = 0; (at = terms.find(" USD", at)) != std::string::npos; ++at) {
    terms.replace(at, 4, " JPY");
  }
  scratch.write("lunar.toml", terms);
  must_run(scratch, "init --currency JPY --start 2024-02 --now 2024-04-01T00:00:00Z");
  must_run(scratch, "close 2024-02 --now 2024-04-01T00:00:00Z");
  must_run(scratch, "investment add lunar.toml --now 2024-04-01T00:00:00Z");
  check_pack(scratch, "book.accrue", "2024-02");
  check_pack(scratch, "book.accrue", "2024-Q2");
}

TEST_CASE("pack: the closes are proved, and the growth out of each checkpoint") {
  const Scratch scratch;
  make_book(scratch);
  must_run(scratch, "keygen ana.key --name ana");
  must_run(scratch, "key register ana.key.pub --person Ana");
  must_run(scratch, "audit checkpoint --key ana.key -o head.note");
  must_run(scratch, "close 2024-04");
  must_run(scratch, "audit pack 2024-04 -o pack");
  const auto about = nlohmann::json::parse(scratch.read("pack/pack.json"));
  // Records: the book, the deal, the key, the checkpoint over those three, the close.
  const auto inclusion = nlohmann::json::parse(scratch.read("pack/proofs/inclusion-record-5.json"));
  CHECK(inclusion["size"] == 5);
  CHECK(inclusion["root"] == about["as_of"]["root"]);
  const auto growth = nlohmann::json::parse(scratch.read("pack/proofs/consistency-from-3.json"));
  CHECK(growth["to"]["root"] == about["as_of"]["root"]);
  CHECK(growth["to"]["size"] == 5);
  CHECK(scratch.read("pack/checkpoints/record-4.note") == scratch.read("head.note"));
  CHECK(scratch.read("pack/checkpoints/keys.csv").find("3,Ana,ana+") != std::string::npos);
  must_run(scratch, "audit pack 2024-05 -o other");
  CHECK_FALSE(scratch.has("other/proofs/inclusion-record-5.json"));
  CHECK(scratch.has("other/proofs/consistency-from-3.json"));
}

TEST_CASE("pack: equal books and periods give equal bytes, archived or not") {
  const Scratch scratch;
  make_book(scratch);
  must_run(scratch, "audit pack 2024-04 -o one.zip");
  const Run again = scratch.run("audit pack 2024-04 -o two.zip", "TZ=Asia/Tokyo");
  REQUIRE(again.status == 0);
  CHECK(again.err.find("SHA-256 " + accrue::to_hex(accrue::sha256(scratch.read("two.zip")))) !=
        std::string::npos);
  CHECK(scratch.read("one.zip").size() > 1000);
  CHECK(scratch.read("one.zip") == scratch.read("two.zip"));

  must_run(scratch, "audit pack 2024-04 -o folder");
  const std::string unpack = "cd '" + scratch.folder().string() +
                             "' && python3 -m zipfile -e one.zip unpacked && diff -r folder unpacked";
  CHECK(std::system(unpack.c_str()) == 0);
  must_run(scratch, "audit pack 2024-05 -o other.zip");
  CHECK(scratch.read("other.zip") != scratch.read("one.zip"));
}

TEST_CASE("pack: as-of packs what the book knew then") {
  const Scratch scratch;
  make_book(scratch);
  must_run(scratch, "audit pack 2024-04 -o before.zip");
  scratch.write("a.csv", focus_file(usage_row("ba-1", "2024-04-20T00:00:00Z", "10")));
  must_run(scratch, "import usage a.csv");
  must_run(scratch, "close 2024-04");
  must_run(scratch, "audit pack 2024-04 --as-of 2 -o then.zip");
  CHECK(scratch.read("then.zip") == scratch.read("before.zip"));
}

TEST_CASE("pack: what it holds, and where it may go") {
  const Scratch scratch;
  make_book(scratch);
  must_run(scratch, "audit pack 2024-Q2 -o pack");
  for (const std::string name :
       {"README.txt", "FORMATS.md", "pack.json", "records.bin", "tables/grants.csv",
        "journal/hledger.journal", "journal/ledger.ledger", "journal/beancount.beancount",
        "audit-data-standard/Chart_Of_Accounts_20240630.csv", "reports/rollforward.csv",
        "reports/rollforward.json", "reports/by-origin/period.json", "reports/answers.json",
        "lists/periods.csv", "terms/record-2-lunar.toml"}) {
    CHECK_MESSAGE(scratch.has("pack/" + name), name);
  }
  CHECK(scratch.read("pack/terms/record-2-lunar.toml") == deal_terms);
  CHECK(scratch.read("pack/reports/rollforward.csv") ==
        must_run(scratch, "report rollforward 2024-Q2 -f csv").out);
  CHECK(scratch.read("pack/reports/rollforward.json") ==
        must_run(scratch, "report rollforward 2024-Q2 -f json").out);
  for (const auto& [path, words] : {std::pair{"reports/by-origin/journal", "report journal 2024-Q2 --by-origin"},
                                    std::pair{"reports/answers", "report answers 2024-Q2"},
                                    std::pair{"lists/drawdowns", "drawdown list --period 2024-Q2"},
                                    std::pair{"lists/periods", "period list"}}) {
    CHECK(scratch.read("pack/" + std::string{path} + ".json") ==
          must_run(scratch, std::string{words} + " -f json").out);
  }
  // No segment revenue: there is nothing to say of growth.
  CHECK_FALSE(scratch.has("pack/reports/growth.json"));
  CHECK(scratch.run("audit pack 2024-Q2 -o pack").status == 4);
  CHECK(scratch.run("audit pack 2024-Q2").status == 2);
  CHECK(scratch.run("audit pack 2024-Q2 -o no/where.zip").status == 1);
  CHECK(scratch.run("audit pack 2024-Q2 -o x -f json").status == 2);
}
