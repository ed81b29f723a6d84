// What `export` writes, on small books; that other programs agree is in tests/golden/exports_test.cpp.

#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/golden/reports.h"
#include "tests/outside/tools.h"

using namespace accrue_test;

namespace {

/// A book in a currency, with a deal of a face of 1,000 at a price of 900, and usage of the services
/// given, 10 each, on one day of April 2024.
void make_book_of(const Scratch& scratch, const std::string& currency,
                  const std::vector<std::string>& services) {
  std::string terms = deal_terms;
  for (std::size_t at = 0; (at = terms.find(" USD", at)) != std::string::npos; ++at) {
    terms.replace(at, 4, " " + currency);
  }
  scratch.write("lunar.toml", terms);
  std::string rows;
  for (const std::string& service : services) {
    std::string row = usage_row("ba-1", "2024-04-20T00:00:00Z", "10");
    row.replace(row.find("USD"), 3, currency);
    std::string field{'"'};
    for (const char c : service) field += c == '"' ? std::string{"\"\""} : std::string{c};
    row.replace(row.find("GPU"), 3, field + '"');
    rows += row;
  }
  scratch.write("april.csv", focus_file(rows));
  must_run(scratch, "init --name 'Test; \"x\" [y]' --currency " + currency +
                        " --now 2024-04-01T00:00:00Z");
  must_run(scratch, "investment add lunar.toml --now 2024-04-01T00:00:00Z");
  must_run(scratch, "import usage april.csv");
  must_run(scratch, "close 2024-04");
}

std::size_t compare(const Scratch& scratch) {
  return compare_with_tools(scratch.folder(), (scratch.folder() / "book.accrue").string());
}

}  // namespace

TEST_CASE("exports: the journals of a small book, to the last byte") {
  const Scratch scratch;
  make_book_of(scratch, "USD", {"GPU"});
  for (const std::string tool : {"hledger", "ledger", "beancount"}) {
    std::string text = must_run(scratch, "export " + tool).out;
    // The book's id and root hold the version of the time-zone data of the machine.
    for (const std::string word : {"book ", "root "}) {
      const std::size_t at = text.find(word) + word.size();
      text.replace(at, text.find_first_of(" ,\n", at) - at, "X");
    }
    CHECK(equals_golden("export-" + tool + ".txt", text));
  }
}

TEST_CASE("exports: names that mean something to other programs come through") {
  const Scratch scratch;
  const char* const nasty[] = {
      "=SUM(A1)", "a:b",  "a%3Ab", "x  y", "x y", ";c",  "a ;c", "\"q\"", "(v)", "[v]", "<v>",
      "😀",        "\u202Eltr", "a\u00A0\u00A0b", "算力", "-", "a,b", "a|b", "*", "! x", "a\tb",
      "[2024-01-01]", "date:2024-01-01", "~ monthly", "1 USD", "USD", "'", "\\", "$1", "@", "a\nb"};
  std::vector<std::string> services{std::begin(nasty), std::end(nasty)};
  services.push_back(std::string(6000, 'a'));
  services.push_back(services.back() + "b");
  make_book_of(scratch, "USD", services);
  CHECK(compare(scratch) > 0);
}

TEST_CASE("exports: amounts have the digits of their currency") {
  for (const std::string currency : {"JPY", "BHD", "CNY"}) {
    CAPTURE(currency);
    const Scratch scratch;
    make_book_of(scratch, currency, {"GPU"});
    CHECK(compare(scratch) > 0);
  }
}

TEST_CASE("exports: a range begins with what stood before it") {
  const Scratch scratch;
  make_book_of(scratch, "USD", {"GPU"});
  scratch.write("may.csv", focus_file(usage_row("ba-1", "2024-05-20T00:00:00Z", "45")));
  must_run(scratch, "import usage may.csv");
  for (const Tool tool : all_tools) {
    if (!is_installed(tool)) continue;
    CAPTURE(to_string(tool));
    const std::string file = "may." + to_string(tool);
    must_run(scratch, "export " + to_string(tool) + " 2024-05 -o " + file);
    const std::filesystem::path path = scratch.folder() / file;
    CHECK(complaint(tool, path) == "");
    // 900 x 10 / 900 = 10 is recognised in April (of a price of 900, with 10% never to be drawn),
    // 9 of it as usage; 45 more in May, 40.50 of it as usage.
    auto before = balances_at(tool, path, "2024-04");
    CHECK(before["Contract liability:Lunar:T1"].to_string(2) == "-890.00");
    auto after = balances_at(tool, path, "2024-05");
    CHECK(after["Contract liability:Lunar:T1"].to_string(2) == "-845.00");
    CHECK(after["Revenue:Lunar:T1:usage:GPU:-"].to_string(2) == "-49.50");
    CHECK(after["Revenue:Lunar:T1:breakage:-:-"].to_string(2) == "-5.50");
  }
}

TEST_CASE("exports: an amount changed by a cent is refused by each program") {
  const Scratch scratch;
  make_book_of(scratch, "USD", {"GPU"});
  for (const Tool tool : all_tools) {
    if (!is_installed(tool)) continue;
    CAPTURE(to_string(tool));
    const std::string text = must_run(scratch, "export " + to_string(tool)).out;
    // Both lines of the usage entry by a cent: it balances still.
    std::string edited = text;
    const std::size_t usage = edited.find("usage imported");
    REQUIRE(usage != std::string::npos);
    for (const auto& [from, to] : {std::pair{"  10.00 USD", "  10.01 USD"},
                                   std::pair{"  -9.00 USD", "  -9.01 USD"}}) {
      const std::size_t at = edited.find(from, usage);
      REQUIRE(at != std::string::npos);
      edited.replace(at, std::string{from}.size(), to);
    }
    scratch.write("edited", edited);
    CHECK(complaint(tool, scratch.folder() / "edited") != "");
  }
}

TEST_CASE("exports: as-of shows what was known then, and a book without entries exports nothing") {
  const Scratch scratch;
  make_book_of(scratch, "USD", {"GPU"});
  CHECK(must_run(scratch, "export hledger --as-of 2").out.find("usage imported") ==
        std::string::npos);
  CHECK(must_run(scratch, "export hledger").out.find("usage imported") != std::string::npos);
  for (const Tool tool : all_tools) {
    if (!is_installed(tool)) continue;
    for (const std::string words : {" --as-of 1", " 2024-04 --as-of 1", " 2024-03"}) {
      CAPTURE(words);
      must_run(scratch, "export " + to_string(tool) + words + " -o empty");
      CHECK(complaint(tool, scratch.folder() / "empty") == "");
      CHECK(balances_at(tool, scratch.folder() / "empty", "2199-12").empty());
    }
  }
  for (const std::string words : {"", " 2024-04"}) {
    CHECK(scratch.run("export journal" + words + " --as-of 1 -o ads").status == 4);
    CHECK_FALSE(scratch.has("ads"));
  }
  // Nothing was posted by March, but the book has entries: the files are there, and empty.
  must_run(scratch, "export journal 2024-03 -o ads");
  CHECK(scratch.read("ads/Chart_Of_Accounts_20240331.csv") ==
        "GL_Account_Number,GL_Account_Name,FS_Caption,Account_Type,Account_Subtype\n");
}

TEST_CASE("exports: closes of a book without entries leave no transaction without lines") {
  const Scratch scratch;
  must_run(scratch, "init --start 2024-03 --now 2024-05-01T00:00:00Z");
  must_run(scratch, "close 2024-04 --through --now 2024-05-01T00:00:00Z");
  for (const Tool tool : all_tools) {
    CAPTURE(to_string(tool));
    must_run(scratch, "export " + to_string(tool) + " 2024-04 -o empty");
    CHECK(scratch.read("empty").find("2024-04-30") == std::string::npos);
    if (is_installed(tool)) CHECK(complaint(tool, scratch.folder() / "empty") == "");
  }
}

TEST_CASE("exports: the charges, with their record and files") {
  const Scratch scratch;
  make_book_of(scratch, "USD", {"GPU", "=1+1"});
  const std::string head =
      "record,position,files,event_source,event_id,at,period,billing_period,investee,"
      "billing_account,sub_account,service,sku,region,kind,category,class,rows,amount,currency\n";
  const std::string begin = ",april.csv,,,2024-04-20T00:00:00Z,2024-04,2024-04,Lunar,ba-1,,";
  const std::string end = ",,,served,usage,regular,1,10,USD\n";
  CHECK(must_run(scratch, "export usage").out ==
        head + "3,1" + begin + "'=1+1" + end + "3,2" + begin + "GPU" + end);
  CHECK(must_run(scratch, "export usage 2024-05").out == head);
  CHECK(must_run(scratch, "export usage --as-of 2").out == head);
}

TEST_CASE("exports: terms come back byte for byte") {
  const Scratch scratch;
  make_book_of(scratch, "USD", {"GPU"});
  must_run(scratch, "export terms kept");
  CHECK(scratch.read("kept/terms/record-2-lunar.toml") == deal_terms);
  const Run again = scratch.run("export terms kept");
  CHECK(again.status == 4);
  CHECK(again.err.find("'kept' holds something already") != std::string::npos);
  CHECK(scratch.run("export terms kept -o other").status == 2);
}

// 900 of price; April draws 10: 10.00 of revenue, of which 9.00 is usage.
TEST_CASE("exports: the general ledger in the fields of the Audit Data Standards") {
  const Scratch scratch;
  make_book_of(scratch, "USD", {"GPU"});
  must_run(scratch, "export journal -o ads");
  CHECK(scratch.read("ads/Chart_Of_Accounts_20240430.csv") ==
        "GL_Account_Number,GL_Account_Name,FS_Caption,Account_Type,Account_Subtype\n"
        "Investment:Lunar:lunar,Investment:Lunar:lunar,Investment,Assets,investment\n"
        "Cash:Lunar:lunar,Cash:Lunar:lunar,Cash,Assets,cash\n"
        "Contract liability:Lunar:T1,Contract liability:Lunar:T1,Contract liability,Liabilities,"
        "contract_liability\n"
        "Revenue:Lunar:T1:usage:GPU:-,Revenue:Lunar:T1:usage:GPU:-,Revenue,Revenue,revenue\n"
        "Revenue:Lunar:T1:breakage:-:-,Revenue:Lunar:T1:breakage:-:-,Revenue,Revenue,revenue\n");
  CHECK(scratch.read("ads/Trial_Balance_20240401_20240430.csv") ==
        "GL_Account_Number,Fiscal_Year,Period,Balance_As_Of_Date,Amount_Beginning,Amount_Ending,"
        "Amount_Currency\n"
        "Investment:Lunar:lunar,2024,4,2024-04-30,0.00,1900.00,USD\n"
        "Cash:Lunar:lunar,2024,4,2024-04-30,0.00,-1000.00,USD\n"
        "Contract liability:Lunar:T1,2024,4,2024-04-30,0.00,-890.00,USD\n"
        "Revenue:Lunar:T1:usage:GPU:-,2024,4,2024-04-30,0.00,-9.00,USD\n"
        "Revenue:Lunar:T1:breakage:-:-,2024,4,2024-04-30,0.00,-1.00,USD\n");
  const std::string detail = scratch.read("ads/GL_Detail_20240401_20240430.csv");
  CHECK(detail.find("2,1,usage imported: Lunar,usage_imported,2024-04-30,2024,4,Contract "
                    "liability:Lunar:T1,10.00,D,USD,ana,2024-07-01,08:00:00,,3,2024-04\n") !=
        std::string::npos);
  CHECK(detail.find("2,2,usage imported: Lunar,usage_imported,2024-04-30,2024,4,Revenue:Lunar:T1:"
                    "usage:GPU:-,9.00,C,USD,ana,2024-07-01,08:00:00,,3,2024-04\n") !=
        std::string::npos);
}

TEST_CASE("exports: fiscal years and periods are those of the book") {
  struct Row {
    const char *start, *expected;
  };
  // April 2024.
  const Row rows[] = {{"1", ",2024,4,2024-04-30,"},
                      {"4", ",2025,1,2024-04-30,"},
                      {"5", ",2024,12,2024-04-30,"},
                      {"12", ",2024,5,2024-04-30,"}};
  for (const Row& row : rows) {
    CAPTURE(row.start);
    const Scratch scratch;
    scratch.write("lunar.toml", deal_terms);
    must_run(scratch, std::string{"init --now 2024-04-01T00:00:00Z --fiscal-year-start "} + row.start);
    must_run(scratch, "investment add lunar.toml");
    must_run(scratch, "export journal 2024-04 -o ads");
    CHECK(scratch.read("ads/Trial_Balance_20240401_20240430.csv").find(row.expected) !=
          std::string::npos);
  }
}

TEST_CASE("exports: everything in one folder, each file with its hash") {
  const Scratch scratch;
  make_book_of(scratch, "USD", {"GPU"});
  must_run(scratch, "export all -o out");
  for (const std::string name : {"hledger.journal", "ledger.ledger", "beancount.beancount",
                                 "usage.csv", "terms/record-2-lunar.toml",
                                 "audit-data-standard/GL_Detail_20240401_20240430.csv"}) {
    CHECK_MESSAGE(scratch.has("out/" + name), name);
    CHECK_MESSAGE(scratch.read("out/MANIFEST").find("  " + name + "\n") != std::string::npos, name);
  }
  CHECK(scratch.read("out/hledger.journal") == must_run(scratch, "export hledger").out);
  const std::string check = "cd '" + scratch.folder().string() +
                            "/out' && sha256sum --check --strict --quiet MANIFEST";
  CHECK(std::system(check.c_str()) == 0);
}

TEST_CASE("exports: an export has its own format, and several files need a folder") {
  const Scratch scratch;
  make_book_of(scratch, "USD", {"GPU"});
  for (const std::string words : {"export hledger -f json", "export ledger -o x.csv",
                                  "export beancount -f csv", "export usage -f json",
                                  "export all -f csv -o x"}) {
    CAPTURE(words);
    const Run run = scratch.run(words);
    CHECK(run.status == 2);
    CHECK(run.err.find("format_conflict") != std::string::npos);
  }
  CHECK(scratch.run("export usage -f csv").status == 0);
  CHECK(scratch.run("export usage -o usage.csv").status == 0);
  CHECK(scratch.run("export journal").status == 2);
  CHECK(scratch.run("export all").status == 2);
  CHECK(scratch.run("export hledger --dry-run").status == 2);
  CHECK(scratch.run("export hledger 2024-13").status == 2);
  scratch.write("file", "x");
  CHECK(scratch.run("export all -o file").status == 4);
  CHECK(scratch.read("file") == "x");
}
