// Every error code has a page in docs/errors.md, and something that raises it: a command line
// here, or a test of the part that no command line reaches.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "ledger/error/error_code.h"
#include "tests/cli/program.h"

using accrue_test::focus_file;
using accrue_test::Run;
using accrue_test::Scratch;
using accrue_test::usage_row;

namespace {

namespace fs = std::filesystem;

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

/// The deal of another id on another account, with one thing changed.
std::string second_deal(std::string_view from, std::string_view to,
                        std::string_view account = "ba-2") {
  const std::string terms = with(accrue_test::deal_terms, "\"lunar\"", "\"moon\"");
  return with(with(terms, "ba-1", account), from, to);
}

struct Trigger {
  const char* code;
  const char* file;  ///< written first, empty: none
  std::string content;
  const char* command;  ///< "FILE" stands for the file
};

std::vector<Trigger> usage_triggers() {
  const std::string good = usage_row("ba-1", "2024-05-10T00:00:00Z", "1");
  const auto row = [&](std::string_view from, std::string_view to) {
    return focus_file(with(good, from, to));
  };
  const char* const import = "import usage FILE";
  return {
      {"bad_decimal", "a.csv", row(",1,1,", ",1.,1,"), import},
      {"decimal_too_wide", "a.csv", row(",1,1,", ",1,123456789012345678901234567890123456789,"),
       import},
      {"bad_date", "a.csv", row("2024-05-10T00:00:00Z", "5/10/24"), import},
      {"bad_currency", "a.csv", row("USD", "XXX"), import},
      {"ragged_row", "a.csv", row(",GPU", ",GPU,1"), import},
      {"bad_quoting", "a.csv", row("GPU", "\"GPU"), import},
      {"bad_encoding", "a.csv", row("GPU", "\xFF"), import},
      {"bad_gzip", "a.csv.gz", std::string{"\x1F\x8B\x08"} + "damaged", import},
      {"null_not_allowed", "a.csv", row("2024-05-10T00:00:00Z", ""), import},
      {"not_allowed_value", "a.csv", row("Usage", "Uses"), import},
      {"empty_interval", "a.csv", row("2024-05-10T00:30:00Z", "2024-05-10T00:00:00Z"), import},
      {"charge_too_long", "a.csv", row("2024-05-10T00:30:00Z", "2024-07-10T00:30:00Z"), import},
      {"credit_rows_undecided", "a.csv", row("Usage", "Credit"), import},
      {"no_grant_in_currency", "a.csv", row("USD", "EUR"), import},
      {"rate_missing", "a.csv", row("USD", "EUR"), "import usage FILE --overage-currency EUR"},
      {"missing_column", "a.csv", with(focus_file(""), "EffectiveCost", "x_Cost"), import},
      {"duplicate_column", "a.csv", with(focus_file(""), "ServiceName", "BilledCost"), import},
      {"wrong_dataset", "a.csv", "ContractCommitmentId,BillingCurrency\n", import},
      {"empty_file", "a.csv", "", import},
      {"file_unreadable", "", "", "import usage missing.csv"},
      {"already_imported", "", "", "import usage april.csv"},
  };
}

std::vector<Trigger> terms_triggers() {
  const char* const check = "investment check FILE";
  const char* const add = "investment add FILE";
  return {
      {"bad_toml", "t.toml", "a = = 1", check},
      {"bad_schema", "t.toml", "schema = \"x/1\"", check},
      {"unknown_key", "t.toml", second_deal("expires ", "expiry  "), check},
      {"missing_key", "t.toml", second_deal("investee = \"Lunar\"\n", ""), check},
      {"bad_value", "t.toml", second_deal("proportional", "linear"), check},
      {"money_not_quoted", "t.toml", second_deal("\"1_000 USD\"", "1000.0"), check},
      {"too_precise", "t.toml", second_deal("1_000 USD", "1_000.001 USD"), check},
      {"amount_overflow", "t.toml", second_deal("1_000 USD", "999999999999999999999 USD"), check},
      {"duplicate_id", "", "", "investment add lunar.toml"},
      {"account_taken", "t.toml", second_deal("\"Lunar\"", "\"Moon\"", "ba-1"), add},
      {"price_below_zero", "t.toml", second_deal("1_900 USD", "900 USD"), add},
      {"price_above_face", "t.toml", second_deal("1_900 USD", "2_900 USD"), add},
      {"face_does_not_add_up", "t.toml",
       second_deal("issued   = ", "transaction_price = \"5_000 USD\"\nissued   = "), add},
      {"unsupported_term", "t.toml",
       second_deal("issued   = 2024-04-01", "issued = 2024-04-01\nmilestone = \"cluster\""), check},
      {"basis_conflict", "t.toml", second_deal("[matching]", "basis = \"list\"\n[matching]", "ba-9"), add},
      {"estimate_for_remote", "", "", "estimate R1 breakage 4% --reason x"},
  };
}

std::vector<Trigger> other_triggers() {
  return {
      {"usage", "", "", "estimate T1 revenue 4% --reason x"},
      {"unknown_command", "", "", "frobnicate"},
      {"unknown_flag", "", "", "status --frobnicate"},
      {"unknown_topic", "", "", "help frobnicate"},
      {"bad_period", "", "", "report period 2024-13"},
      {"bad_as_of", "", "", "status --as-of 99"},
      {"format_conflict", "", "", "status -f csv -o x.json"},
      {"confirmation_needed", "", "", "reopen 2024-04 --reason x"},
      {"reason_needed", "", "", "reopen 2024-04 --yes"},
      {"book_missing", "", "", "-b none.accrue status"},
      {"book_exists", "", "", "init"},
      {"not_a_book", "lunar.accrue", "schema", "-b FILE status"},
      {"machine_failed", "", "", "help terms >/dev/full"},
      {"file_unwritable", "", "", "status -o none/status.csv"},
      {"now_before_last", "", "", "estimate T1 breakage 4% --reason x --now 2020-01-01"},
      {"bad_time_zone", "", "", "-b new.accrue init --timezone Asia/Shanhai"},
      {"unknown_id", "", "", "investment show moon"},
      {"unknown_ref", "", "", "explain rollforward:2024-06:T9"},
      {"period_closed", "", "", "close 2024-04"},
      {"period_not_closed", "", "", "reopen 2024-05 --reason x --yes"},
      {"earlier_period_open", "", "", "close 2024-06"},
      {"exceptions_stand", "", "", "close 2024-05"},
      {"approval_needed", "", "", "-b dual.accrue close 2024-04"},
      {"bad_request", "q.json", "{}", "approve FILE"},
      {"bad_report", "r.json", "{}", "audit reperform FILE"},
      {"other_book", "r.json",
       R"({"schema": "accrue.report.period/1", "book": "0", "as_of": {"records": 1},
           "filters": {"command": "report period", "period": "2024-04"}})",
       "audit reperform FILE"},
      {"nothing_to_report", "", "", "report growth 2024-Q2"},
      {"audit_difference", "", "", "-b damaged.accrue audit verify"},
      {"audit_incomplete", "", "", "-b unread.accrue audit verify"},
      {"not_a_sample", "wrong.json", "{}", "audit sample evaluate FILE april.csv"},
      {"sample_differs", "sample.json",
       R"({"schema":"accrue.report.sample/1","currency":"USD","as_of":{"records":1,"root":""},)"
       R"("period":{"from":"2024-04","to":"2024-04"},"totals":{"of":"draws","role":null,)"
       R"("method":"random","interval":null,"count":1,"by":null,"seed":1}})",
       "audit sample evaluate FILE april.csv"},
  };
}

/// What no command line reaches, or only by a race, and the test that does.
struct Elsewhere {
  const char* code;
  const char* test;
};
constexpr Elsewhere elsewhere[] = {
    {"book_busy", "tests/store/store_access_test.cpp"},
    {"book_too_new", "tests/store/store_test.cpp"},
    {"book_too_old", "tests/store/store_test.cpp"},
    {"bad_json", "tests/intake/event_reader_test.cpp"},
    {"event_conflict", "tests/posting/events_test.cpp"},
    {"price_missing", "tests/intake/event_reader_test.cpp"},
    {"allocation_no_weight", "tests/number/allocate_test.cpp"},
    {"allocation_negative", "tests/number/allocate_test.cpp"},
    {"finding_missing", "tests/audit/sample_test.cpp"},
    {"own_approval", "tests/posting/approvals_test.cpp"},
    {"request_outdated", "tests/cli/approvals_cli_test.cpp"},
    {"bad_key", "tests/proof/signing_key_test.cpp"},
    {"bad_note", "tests/proof/checkpoint_test.cpp"},
    {"signature_wrong", "tests/posting/checkpoints_test.cpp"},
    {"checkpoint_differs", "tests/posting/checkpoints_test.cpp"},
    {"timestamp_refused", "tests/proof/timestamp_test.cpp"},
    {"key_unknown", "tests/posting/checkpoints_test.cpp"},
};

std::string read_source(const std::string& path) {
  std::ifstream in{fs::path{ACCRUE_SOURCE_DIR} / path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

/// 2024-04 closed; in 2024-05 a refund that finds nothing; a remote grant; and a copy in which
/// a balance was edited, and one in which a record names rules that nobody has.
void make_troubled_book(const Scratch& scratch) {
  accrue_test::make_book(scratch);
  scratch.write("april.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100")));
  scratch.write("refund.csv", focus_file(usage_row("ba-1", "2024-05-10T00:00:00Z", "-500")));
  std::string remote = with(accrue_test::deal_terms, "\"lunar\"", "\"remote\"");
  remote = with(remote, "[matching]", "basis = \"billed\"\n[matching]");
  remote = with(remote, "ba-1", "ba-9");
  remote = with(remote, "\"T1\"", "\"R1\"");
  remote.erase(remote.find("breakage"));
  scratch.write("remote.toml", remote);
  for (const char* command : {"investment add remote.toml", "import usage april.csv",
                              "close 2024-04", "import usage refund.csv",
                              "-b dual.accrue init --dual-control --start 2024-04"}) {
    const Run run = scratch.run(command);
    REQUIRE_MESSAGE(run.status == 0, run.err);
  }
  fs::copy_file(scratch.folder() / "book.accrue", scratch.folder() / "damaged.accrue");
  fs::copy_file(scratch.folder() / "book.accrue", scratch.folder() / "unread.accrue");
  SQLite::Database unread{(scratch.folder() / "unread.accrue").string(), SQLite::OPEN_READWRITE};
  unread.exec("DROP TRIGGER record_is_never_changed");
  REQUIRE(unread.exec("UPDATE record SET rules = 9 WHERE sequence = 2") == 1);
  SQLite::Database damaged{(scratch.folder() / "damaged.accrue").string(), SQLite::OPEN_READWRITE};
  REQUIRE(damaged.exec("UPDATE balance SET amount = amount + 1") > 0);
}

std::string errors_page() {
  std::string page =
      "# Errors\n"
      "\n"
      "A message says what, where, why and what helps, and begins with its code: `accrue help CODE`\n"
      "prints the page below. The exit status says what kind of thing stopped the command; in all\n"
      "but 5 the figures of the book are as they were; an attempt on a closed period leaves a record.\n";
  for (const accrue::ErrorPage& error : accrue::error_pages()) {
    page += "\n## " + std::string{error.name} + "\n\n" + std::string{error.cause} + "\n\n" +
            "Exit status " + std::to_string(static_cast<int>(error.exit_status)) + ". " +
            std::string{error.fix} + "\n";
  }
  return page;
}

}  // namespace

TEST_CASE("error codes: each is raised by a command line, or by a test named here") {
  const Scratch scratch;
  make_troubled_book(scratch);
  std::set<std::string> raised;
  std::vector<Trigger> triggers = usage_triggers();
  for (const auto& more : {terms_triggers(), other_triggers()}) {
    triggers.insert(triggers.end(), more.begin(), more.end());
  }
  for (const Trigger& trigger : triggers) {
    CAPTURE(trigger.code);
    std::string command = trigger.command;
    if (*trigger.file != '\0') {
      scratch.write(trigger.file, trigger.content);
      command = with(command, "FILE", trigger.file);
    }
    const Run run = scratch.run(command);
    CHECK_MESSAGE(run.err.find("error[" + std::string{trigger.code} + "]: ") != std::string::npos,
                  command, "\n", run.err);
    const auto code = accrue::error_code_named(trigger.code);
    REQUIRE(code.has_value());
    CHECK(run.status == static_cast<int>(accrue::page_of(*code).exit_status));
    raised.insert(trigger.code);
  }
  for (const Elsewhere& other : elsewhere) {
    CAPTURE(other.code);
    CHECK(read_source(other.test).find("ErrorCode::" + std::string{other.code}) !=
          std::string::npos);
    raised.insert(other.code);
  }
  for (const accrue::ErrorPage& page : accrue::error_pages()) {
    CHECK_MESSAGE(raised.contains(std::string{page.name}), page.name, " is raised by no test");
  }
}

TEST_CASE("error codes: docs/errors.md holds every page, word for word") {
  const fs::path path = fs::path{ACCRUE_SOURCE_DIR} / "docs/errors.md";
  if (std::getenv("ACCRUE_WRITE_GOLDEN") != nullptr) std::ofstream{path} << errors_page();
  CHECK(read_source("docs/errors.md") == errors_page());
}

TEST_CASE("error codes: accrue help prints the page of each") {
  const Scratch scratch;
  for (const accrue::ErrorPage& page : accrue::error_pages()) {
    CAPTURE(page.name);
    const Run run = scratch.run("help " + std::string{page.name});
    CHECK(run.status == 0);
    CHECK(run.out.find(page.cause) != std::string::npos);
    CHECK(run.out.find(page.fix) != std::string::npos);
  }
}
