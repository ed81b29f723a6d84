// Exports of random books, read by other programs; and packs of them, from which revenue follows.

#include <doctest/doctest.h>

#include <string>

#include "accounting/audit/replay.h"
#include "tests/cli/program.h"
#include "tests/outside/pack_files.h"
#include "tests/outside/tools.h"
#include "tests/properties/history.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

/// The book of a random history, in a file.
void write_book(std::uint64_t seed, const std::string& path) {
  const History history = random_history(seed, Mix{.operations = 16});
  Books books = empty_books(history);
  for (const Operation& operation : history.operations) apply(books, operation);
  Store file = Store::create(path).value();
  replay(books.store(), books.store().record_count(), std::move(file), {});
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

TEST_CASE("pack: revenue follows from the draws of random books") {
  std::size_t compared = 0;
  for (std::uint64_t seed = 101; seed <= 220; ++seed) {
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
  }
  CHECK(compared > 1000);
}
