#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "accounting/audit/verify.h"
#include "ledger/store/store.h"
#include "ledger/time/date.h"
#include "tests/cli/program.h"

namespace fs = std::filesystem;
using namespace accrue;

namespace {

pid_t start_accrue(const std::vector<std::string>& words) {
  std::fflush(stdout);  // or the child prints it once more
  const pid_t child = fork();
  if (child != 0) return child;
  std::vector<char*> argv{const_cast<char*>("accrue")};
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  if (std::freopen("/dev/null", "w", stdout) == nullptr) _exit(127);
  execv(ACCRUE_PROGRAM, argv.data());
  _exit(127);
}

void run_accrue(const std::vector<std::string>& words) {
  int status = 0;
  waitpid(start_accrue(words), &status, 0);
  REQUIRE(status == 0);
}

void write_usage(const std::string& path, int rows) {
  std::ofstream file{path};
  file << "BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
          "ChargePeriodEnd,ChargeCategory,BilledCost,EffectiveCost,ServiceName,SkuId\n";
  const std::int64_t begin = Instant::at_midnight_utc(Date::of(2026, 1, 1)).microseconds;
  constexpr std::int64_t hour = 3'600'000'000;
  for (int i = 0; i < rows; ++i) {
    const Instant start{begin + i % 744 * hour};
    file << "acct-1,USD,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z," << start.to_string() << ','
         << Instant{start.microseconds + hour}.to_string() << ",Usage,1.25,1.25,GPU,sku-"
         << i / 744 << '\n';
  }
}

constexpr const char* terms =
    "schema = \"accrue.terms/1\"\n[investment]\nid = \"deal\"\ninvestee = \"deal\"\n"
    "signed = 2026-01-01\n[matching]\nbilling_accounts = [\"acct-1\"]\n[[tranche]]\nid = \"T1\"\n"
    "face = \"5_000 USD\"\nissued = 2026-01-01\nexpires = 2026-02-01\n";

/// Runs the command on copies of a book, kills it at moments spread over its whole run, and looks
/// at what is left.
void kill_at_any_moment(const fs::path& folder, const std::string& book,
                        const std::vector<std::string>& command, std::int64_t records_before) {
  const std::string copy = (folder / "copy.accrue").string();
  std::mt19937 random{20260101};
  int whole = 0;
  int nothing = 0;
  for (int i = 0; i < 40; ++i) {
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(copy + suffix);
    fs::copy_file(book, copy);
    std::vector<std::string> words = command;
    words.insert(words.end(), {"--book", copy, "--quiet"});
    const pid_t child = start_accrue(words);
    const timespec pause{0, static_cast<long>(random() % 150'000'000)};
    nanosleep(&pause, nullptr);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);

    const Result<Store> left = Store::open(copy, Store::Access::read);
    REQUIRE(left.ok());
    const std::int64_t records = left->record_count();
    CAPTURE(i);
    CHECK((records == records_before || records == records_before + 1));
    const AuditReport report = verify(*left, {});
    CHECK(report.findings.empty());
    ++(records == records_before ? nothing : whole);
  }
  MESSAGE("killed 40 times: nothing recorded ", nothing, ", the whole record ", whole);
}

}  // namespace

TEST_CASE("killed at any moment of an import or a close, the book verifies and holds all or nothing") {
  const accrue_test::Scratch scratch;
  const fs::path& folder = scratch.folder();
  const std::string book = (folder / "book.accrue").string();
  const std::string usage = (folder / "usage.csv").string();
  scratch.write("deal.toml", terms);
  write_usage(usage, 6'000);
  run_accrue({"init", "--start", "2026-01", "--book", book, "--quiet"});
  run_accrue({"investment", "add", (folder / "deal.toml").string(), "--book", book, "--quiet"});
  SUBCASE("import") {
    kill_at_any_moment(folder, book, {"import", "usage", usage}, 2);
  }
  SUBCASE("close") {
    run_accrue({"import", "usage", usage, "--book", book, "--quiet"});
    kill_at_any_moment(folder, book, {"close", "2026-01"}, 3);
  }
}
