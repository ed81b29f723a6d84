// Several programs at one book: writers wait for each other, readers for nobody.

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

#include "ledger/store/store.h"
#include "tests/cli/program.h"

using namespace accrue;
using namespace accrue_test;

namespace {

std::string event(int number) {
  return "{\"specversion\":\"1.0\",\"type\":\"used\",\"source\":\"meter\",\"id\":\"e" +
         std::to_string(number) +
         "\",\"time\":\"2024-04-02T10:00:00Z\",\"data\":{\"account\":\"ba-1\",\"sku\":\"s" +
         std::to_string(number % 5) + "\",\"amount\":1,\"currency\":\"USD\"}}\n";
}

pid_t start(const Scratch& scratch, const std::string& arguments) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child != 0) return child;
  _exit(scratch.run(arguments).status);
}

}  // namespace

TEST_CASE("writers: imports at one time wait for each other, and the book holds them all") {
  const Scratch scratch;
  make_book(scratch);
  std::vector<pid_t> children;
  // Two streams with events in common, and files, all at once.
  for (int stream = 0; stream < 2; ++stream) {
    std::string lines;
    for (int i = stream * 100; i < stream * 100 + 200; ++i) lines += event(i);
    const std::string name = "feed-" + std::to_string(stream) + ".jsonl";
    scratch.write(name, lines);
    children.push_back(start(scratch, "import events " + name + " --group-count 10 --wait 60"));
  }
  for (int file = 1; file <= 3; ++file) {
    const std::string name = "usage-" + std::to_string(file) + ".csv";
    const std::string start_at = "2024-04-0" + std::to_string(file) + "T00:00:00Z";
    scratch.write(name, focus_file(usage_row("ba-1", start_at, "10")));
    children.push_back(start(scratch, "import usage " + name + " --wait 60"));
  }
  for (const pid_t child : children) {
    int status = -1;
    waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  // 300 events of 1 and three rows of 10.
  CHECK(scratch.run("drawdown list -f json").out.find("\"drawn_USD\": \"330.00\"") !=
        std::string::npos);
  CHECK(scratch.run("audit verify").status == 0);
}

TEST_CASE("writers: one that waited in vain says so, while readers read") {
  const Scratch scratch;
  make_book(scratch);
  scratch.write("usage.csv", focus_file(usage_row("ba-1", "2024-04-02T00:00:00Z", "10")));
  const std::string before = scratch.run("grant list -f csv").out;
  {
    Store store = Store::open((scratch.folder() / "book.accrue").string(), Store::Access::write)
                      .value();
    const Store::Transaction held = std::move(store.begin()).value();
    const Run refused = scratch.run("import usage usage.csv --wait 1");
    CHECK(refused.status == 1);
    CHECK(refused.err.find("error[book_busy]") != std::string::npos);
    CHECK(refused.err.find("waited 1000 ms") != std::string::npos);
    CHECK(refused.err.find("--wait") != std::string::npos);
    CHECK(scratch.run("grant list -f csv").out == before);
  }
  CHECK(scratch.run("import usage usage.csv").status == 0);
}
