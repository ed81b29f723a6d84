// Exports of random books, read by other programs; and packs of them, from which revenue follows.

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include <nlohmann/json.hpp>

#include "accounting/audit/replay.h"
#include "tests/cli/program.h"
#include "tests/golden/reports.h"
#include "tests/outside/pack_files.h"
#include "tests/outside/tools.h"
#include "tests/properties/history.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

/// The book of a random history, in a file.
void write_book(std::uint64_t seed, const std::string& path) {
  const History history = random_history(seed, Mix{.operations = 16});
  Books books = book_of(history);
  Store file = Store::create(path).value();
  replay(books.store(), books.store().record_count(), std::move(file), {});
}

void tamper(const accrue_test::Scratch& scratch) {
  const std::string command = "cd '" + scratch.folder().string() +
                              "' && PYTHONDONTWRITEBYTECODE=1 python3 '" ACCRUE_SOURCE_DIR
                              "/tests/outside/tamper_pack.py' pack --seed 11 >said.txt 2>&1";
  const bool all_found = std::system(command.c_str()) == 0;
  CHECK_MESSAGE(all_found, scratch.read("said.txt"));
}

}  // namespace

TEST_CASE("exports: three other programs agree with random books") {
  std::size_t compared = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    const accrue_test::Scratch scratch;
    const std::string book = (scratch.folder() / "random.accrue").string();
    write_book(seed, book);
    compared += accrue_test::compare_with_tools(scratch.folder(), book);
  }
  if (accrue_test::is_installed(accrue_test::Tool::hledger)) CHECK(compared > 100);
}

// Every member is changed in every way that tests/outside/tamper_pack.py knows, its manifest repaired.
TEST_CASE("pack: verify.py finds each change made in the pack of a random book") {
  const accrue_test::Scratch scratch;
  write_book(101, (scratch.folder() / "random.accrue").string());
  accrue_test::must_run(scratch, "-b random.accrue audit pack 2024-02..2024-04 -o pack");
  tamper(scratch);
}

TEST_CASE("pack: verify.py finds each change made in a pack with keys, checkpoints and proofs") {
  const accrue_test::Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("usage.csv", accrue_test::focus_file(accrue_test::usage_row(
                                 "ba-1", "2024-04-10T00:00:00Z", "100.5")));
  for (const char* words : {"keygen ana.key --name ana", "key register ana.key.pub --person Ana",
                            "import usage usage.csv", "estimate T1 breakage 12% --reason slow",
                            "close 2024-04 --key ana.key", "audit pack 2024-04 -o pack"}) {
    accrue_test::must_run(scratch, words);
  }
  tamper(scratch);
}

TEST_CASE("pack: revenue follows from the draws of random books") {
  std::size_t compared = 0;
  for (std::uint64_t seed = 101; seed <= 160; ++seed) {
    CAPTURE(seed);
    const accrue_test::Scratch scratch;
    write_book(seed, (scratch.folder() / "random.accrue").string());
    const accrue_test::Run run =
        scratch.run("-b random.accrue audit pack 2024-06 -o pack");
    REQUIRE_MESSAGE(run.status == 0, run.err);
    const accrue_test::PackFiles pack{scratch.folder() / "pack"};
    compared += pack.check_revenue();
    pack.check_tree();
    pack.check_entries();
    CHECK(accrue_test::verified_by_script(scratch.folder() / "pack") == "");
  }
  CHECK(compared > 500);
}

// A workbook makes every sum that a report declares again before it writes it, and stops where one
// does not hold.
TEST_CASE("report pack: in random books every declared sum holds, and every check is zero") {
  std::size_t checks = 0;
  for (std::uint64_t seed = 301; seed <= 330; ++seed) {
    CAPTURE(seed);
    const accrue_test::Scratch scratch;
    write_book(seed, (scratch.folder() / "random.accrue").string());
    int number = 0;
    for (const std::string words :
         {"2024-03", "2024-02..2024-06 --by-origin", "2024-05 --compare 2024-Q1 --forecast even"}) {
      CAPTURE(words);
      const std::string folder = "pack" + std::to_string(++number);
      accrue_test::must_run(scratch, "-b random.accrue report pack " + words + " -o " + folder);
      for (const auto& file : std::filesystem::directory_iterator{scratch.folder() / folder}) {
        if (file.path().extension() != ".json") continue;
        const auto report = nlohmann::json::parse(scratch.read(folder + "/" + file.path().filename().string()));
        for (const auto& check : report.at("checks")) {
          ++checks;
          const std::string difference = check.at("difference").get<std::string>();
          CHECK_MESSAGE(difference.find_first_not_of("0.") == std::string::npos,
                        file.path().filename().string(), ": ", check.dump());
        }
      }
    }
  }
  CHECK(checks > 2500);
}
