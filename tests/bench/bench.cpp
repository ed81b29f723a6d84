// Measures the program from outside, one process a figure, and prints each beside a baseline of
// the same run: ratios travel between machines, seconds do not.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "accounting/audit/replay.h"
#include "accounting/posting/books.h"
#include "ledger/time/date.h"
#include "tests/bench/montecarlo.h"

namespace fs = std::filesystem;
using namespace accrue;

namespace {

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// One run of the program: wall seconds and peak memory of the process.
struct Run {
  double seconds = 0;
  long peak_kib = 0;
};

Run run_accrue(const std::vector<std::string>& words) {
  std::fflush(stdout);  // or the child prints it once more
  const double begin = seconds_now();
  const pid_t child = fork();
  if (child == 0) {
    std::vector<char*> argv{const_cast<char*>("accrue")};
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    if (std::freopen("/dev/null", "w", stdout) == nullptr) _exit(127);
    execv(ACCRUE_PROGRAM, argv.data());
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::fprintf(stderr, "bench: accrue %s failed\n", words.front().c_str());
    std::exit(1);
  }
  return {seconds_now() - begin, usage.ru_maxrss};
}

Run median_of_5(const std::vector<std::string>& words) {
  std::vector<Run> runs;
  for (int i = 0; i < 5; ++i) runs.push_back(run_accrue(words));
  std::sort(runs.begin(), runs.end(),
            [](const Run& a, const Run& b) { return a.seconds < b.seconds; });
  return runs[2];
}

constexpr const char* header =
    "BillingAccountId,BillingAccountName,SubAccountId,BillingCurrency,BillingPeriodStart,"
    "BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeClass,"
    "ChargeFrequency,ServiceCategory,ServiceName,SkuId,RegionId,ResourceId,PricingQuantity,"
    "PricingUnit,ListUnitPrice,ListCost,ContractedCost,EffectiveCost,BilledCost,InvoiceIssuerName,"
    "Tags\n";

/// `rows` lines of one month whose keys repeat after `charges` of them. Services, SKUs and regions
/// are as many however long the file is; hours and sub accounts make the charges.
std::string write_usage(const fs::path& path, int rows, int charges) {
  std::ofstream file{path};
  file << header;
  const std::int64_t begin = Instant::at_midnight_utc(Date::of(2026, 1, 1)).microseconds;
  constexpr std::int64_t hour = 3'600'000'000;
  char line[600];
  for (int i = 0; i < rows; ++i) {
    const int key = i % charges;
    const Instant start{begin + (key % 744) * hour};
    const Instant end{start.microseconds + hour};
    const int sub_account = key / 744;
    const int sku = sub_account % 13;
    const int length = std::snprintf(
        line, sizeof line,
        "acct-1,\"Bench, Inc.\",sub-%d,USD,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,%s,%s,Usage,,"
        "Usage-Based,Compute,GPU %d,sku-%d,region-%d,res-%d,%d.%03d,Hours,2.2,0.%07d,0.%07d,"
        "0.%07d,0.%07d,Aurora Cloud,\"{\"\"team\"\":\"\"t%d\"\"}\"\n",
        sub_account, start.to_string().c_str(), end.to_string().c_str(), sku % 5, sku, sku % 4, i,
        i % 97, i % 1000, i % 9999999, i % 9999999, i % 9999999 + 1, i % 9999999, i % 50);
    file.write(line, length);
  }
  return path.string();
}

/// Reads the bytes and finds every field, quotes respected; nothing else. Returns the fields.
std::int64_t split_only(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  std::vector<char> buffer(1 << 20);
  std::int64_t fields = 0;
  bool quoted = false;
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), file)) > 0;) {
    for (std::size_t i = 0; i < got; ++i) {
      const char c = buffer[i];
      if (c == '"') quoted = !quoted;
      fields += !quoted && (c == ',' || c == '\n') ? 1 : 0;
    }
  }
  std::fclose(file);
  return fields;
}

std::string new_book(const fs::path& folder, const std::string& name) {
  const std::string book = (folder / (name + ".accrue")).string();
  const std::string terms = (folder / "bench.toml").string();
  std::ofstream{terms} << "schema = \"accrue.terms/1\"\n[investment]\nid = \"bench\"\n"
                          "investee = \"bench\"\nsigned = 2026-01-01\n[matching]\n"
                          "billing_accounts = [\"acct-1\"]\n[[tranche]]\nid = \"T1\"\n"
                          "face = \"100_000_000 USD\"\nissued = 2026-01-01\n";
  run_accrue({"init", "--book", book, "--quiet"});
  run_accrue({"investment", "add", terms, "--book", book, "--quiet"});
  return book;
}

void bench_import(const fs::path& folder) {
  constexpr int large = 1'000'000;
  constexpr int small = 100'000;
  constexpr int charges = 5'000;
  const std::string large_file = write_usage(folder / "large.csv", large, charges);
  const std::string small_file = write_usage(folder / "small.csv", small, charges);
  split_only(large_file);  // the page cache is warm for both
  const double begin = seconds_now();
  const std::int64_t fields = split_only(large_file);
  const double split = seconds_now() - begin;
  const Run large_run =
      run_accrue({"import", "usage", large_file, "--book", new_book(folder, "large"), "--quiet"});
  const Run small_run =
      run_accrue({"import", "usage", small_file, "--book", new_book(folder, "small"), "--quiet"});
  std::printf("import of %d lines, %.0f MB, %lld fields, %d charges\n", large,
              static_cast<double>(fs::file_size(large_file)) / 1e6,
              static_cast<long long>(fields), charges);
  std::printf("  accrue import usage      %10.0f lines/s\n", large / large_run.seconds);
  std::printf("  read and split only      %10.0f lines/s\n", large / split);
  std::printf("  ratio                    %10.2f times the baseline's time\n",
              large_run.seconds / split);
  std::printf("memory of the import: %d lines %ld MiB, %d lines %ld MiB, ratio %.2f (flat is 1)\n",
              small, small_run.peak_kib / 1024, large, large_run.peak_kib / 1024,
              static_cast<double>(large_run.peak_kib) / static_cast<double>(small_run.peak_kib));
}

/// What a metering event states, for both sides of the race.
struct Metering {
  std::string id;
  std::string at;
  std::string sku;
  std::string region;
  std::string amount;
};

Metering metering(int number, int count) {
  constexpr std::int64_t month = 31LL * 86'400'000'000;
  const std::int64_t begin = Instant::at_midnight_utc(Date::of(2026, 1, 1)).microseconds;
  const std::int64_t second = (month / 1'000'000) * number / count;
  return {"evt-" + std::to_string(number), Instant{begin + second * 1'000'000}.to_string(),
          "sku-" + std::to_string(number % 13), "region-" + std::to_string(number % 4),
          "0." + std::to_string(10'000 + number % 89'999)};
}

std::string write_events(const fs::path& path, int count) {
  std::ofstream file{path};
  for (int i = 0; i < count; ++i) {
    const Metering event = metering(i, count);
    file << R"({"specversion":"1.0","type":"gpu.used","source":"/meters/1","id":")" << event.id
         << R"(","time":")" << event.at << R"(","data":{"account":"acct-1","service":"GPU","sku":")"
         << event.sku << R"(","region":")" << event.region << R"(","amount":")" << event.amount
         << R"(","currency":"USD"}})" << '\n';
  }
  return path.string();
}

/// The same rows by one prepared statement: as durable, in groups of the same size.
double insert_only(const fs::path& path, int count, int group) {
  SQLite::Database database{path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
  database.exec("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                "CREATE TABLE event(source TEXT, id TEXT, at TEXT, account TEXT, service TEXT, "
                "sku TEXT, region TEXT, amount TEXT, currency TEXT, PRIMARY KEY(source, id)) "
                "WITHOUT ROWID, STRICT");
  const double begin = seconds_now();
  SQLite::Statement insert{database, "INSERT INTO event VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"};
  for (int i = 0; i < count; ++i) {
    if (i % group == 0) database.exec("BEGIN IMMEDIATE");
    const Metering event = metering(i, count);
    int column = 0;
    for (const std::string& text : {std::string{"/meters/1"}, event.id, event.at,
                                    std::string{"acct-1"}, std::string{"GPU"}, event.sku,
                                    event.region, event.amount, std::string{"USD"}}) {
      insert.bind(++column, text);
    }
    insert.exec();
    insert.reset();
    if ((i + 1) % group == 0 || i + 1 == count) database.exec("COMMIT");
  }
  return seconds_now() - begin;
}

void bench_events(const fs::path& folder) {
  constexpr int count = 1'000'000;
  constexpr int group = 10'000;
  const std::string file = write_events(folder / "events.jsonl", count);
  const double bare = insert_only(folder / "bare.sqlite", count, group);
  const std::string book = new_book(folder, "events");
  const std::vector<std::string> words{"import", "events", file, "--book", book, "--quiet",
                                       "--group-ms", "3600000"};
  const Run first = run_accrue(words);
  const Run again = run_accrue(words);
  std::printf("stream of %d events in groups of %d\n", count, group);
  std::printf("  accrue import events     %10.0f events/s, %ld MiB\n", count / first.seconds,
              first.peak_kib / 1024);
  std::printf("  the same again, known    %10.0f events/s\n", count / again.seconds);
  std::printf("  bare prepared statement  %10.0f rows/s\n", count / bare);
  std::printf("  ratio                    %10.2f times the baseline's time\n", first.seconds / bare);
}

/// Reports of a closed period, as whole processes: they read balances and frozen draws, so that their
/// time does not follow the number of charges.
void bench_report(const fs::path& folder) {
  std::printf("reports of a closed month, whole process, median of 5; ratio to the smallest book\n");
  const std::vector<std::vector<std::string>> reports{
      {"report", "rollforward", "2026-01"},
      {"report", "contract-balances", "2026-01"},
      {"report", "rpo", "2026-01"},
      {"report", "disaggregation", "2026-01", "--by", "sku"},
      {"report", "pack", "2026-01", "-o", (folder / "pack.xlsx").string()}};
  std::vector<double> first(reports.size());
  for (const int charges : {10'000, 100'000, 1'000'000}) {
    const std::string name = "report-" + std::to_string(charges);
    const std::string book = new_book(folder, name);
    const std::string file = write_usage(folder / (name + ".csv"), charges, charges);
    run_accrue({"import", "usage", file, "--book", book, "--quiet"});
    fs::remove(file);
    run_accrue({"close", "2026-01", "--book", book, "--quiet"});
    std::printf("  %d charges\n", charges);
    for (std::size_t i = 0; i < reports.size(); ++i) {
      std::vector<std::string> words = reports[i];
      words.insert(words.end(), {"--book", book, "--quiet"});
      const double seconds = median_of_5(words).seconds;
      if (first[i] == 0) first[i] = seconds;
      std::printf("    %-18s %8.1f ms, ratio %.2f\n", reports[i][1].c_str(), seconds * 1e3,
                  seconds / first[i]);
    }
  }
}

/// A year of daily deliveries with a close every month, in memory.
Books busy_book() {
  const Currency usd = Currency::from_code("USD").value();
  BookOpened opened{"bench", std::string(32, '0'), usd, "UTC", "bench", 1, Period::of(2026, 1)};
  Books books = Books::create(Store::in_memory(), opened, {Instant{0}, "bench", ""}).value();
  std::int64_t number = 0;
  const auto record = [&](Fact fact) {
    const Stamp stamp{Instant{++number * 1'000'000}, "bench", ""};
    if (!books.record(std::move(fact), stamp, RunMode::write).ok()) std::exit(1);
  };
  Investment deal;
  deal.id = "bench";
  deal.investee = "bench";
  deal.signed_on = Date::of(2026, 1, 1);
  deal.matching.billing_accounts = {"acct-1"};
  deal.tranches.push_back(Tranche{.id = "T1",
                                  .face = {Decimal::from_integer(100'000'000), usd},
                                  .issued_on = deal.signed_on,
                                  .begins_on = {},
                                  .expires_on = {},
                                  .transaction_price = {},
                                  .scope = {},
                                  .expected_unused = {}});
  record(InvestmentAdded{deal, "bench.toml", ""});
  for (Period month = Period::of(2026, 1); month < Period::of(2027, 1); month = month.next()) {
    for (Date day = month.first_day(); day <= month.last_day(); ++day.days) {
      Delivery delivery;
      const Digest digest = sha256(day.to_string());
      delivery.files.push_back({"day.csv", {digest.begin(), digest.end()}, 1, 24, 0});
      for (int hour = 0; hour < 24; ++hour) {
        Charge charge;
        charge.at = Instant{Instant::at_midnight_utc(day).microseconds + hour * 3'600'000'000LL};
        charge.key = {"bench", "USD", "acct-1", "", "GPU", "sku", "region"};
        charge.row_count = 1;
        charge.amount = Decimal::from_scaled(1'234'567 + hour, 7);
        delivery.charges.push_back(charge);
      }
      record(UsageImported{std::move(delivery)});
    }
    record(PeriodClosed{month, month, {}, {}, {}, {}});
  }
  return books;
}

void bench_replay() {
  const Books books = busy_book();
  const std::int64_t records = books.store().record_count();
  const double begin = seconds_now();
  const Replay replayed = replay(books.store(), records, Store::in_memory(), {});
  const double seconds = seconds_now() - begin;
  if (!replayed.report.findings.empty()) std::exit(1);
  const double hash_begin = seconds_now();
  for (std::int64_t i = 1; i <= records; ++i) {
    if (leaf_bytes(books.store().read_record(i)).empty()) std::exit(1);
  }
  const double reading = seconds_now() - hash_begin;
  std::printf("replay of %lld records (24 charges each): %.0f records/s; reading them only: %.0f "
              "records/s, ratio %.1f\n",
              static_cast<long long>(records), static_cast<double>(records) / seconds,
              static_cast<double>(records) / reading, seconds / reading);
}

}  // namespace

int main() {
  const fs::path folder = fs::temp_directory_path() / ("accrue-bench-" + std::to_string(getpid()));
  fs::create_directories(folder);
  bench_import(folder);
  bench_events(folder);
  bench_report(folder);
  bench_replay();
  bench_montecarlo();
  fs::remove_all(folder);
  return 0;
}
