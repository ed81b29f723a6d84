// A stream killed at any moment and sent again from anywhere: nothing twice, nothing lost.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "ledger/store/store.h"
#include "tests/cli/program.h"

namespace fs = std::filesystem;
using namespace accrue;

namespace {

/// That of every other command here.
constexpr const char* now = "2024-07-01T08:00:00Z";

std::string event(int number) {
  const int day = number % 28 + 1;
  const std::string date = std::string{"2024-04-"} + (day < 10 ? "0" : "") + std::to_string(day);
  return "{\"specversion\":\"1.0\",\"type\":\"used\",\"source\":\"meter\",\"id\":\"e" +
         std::to_string(number) + "\",\"time\":\"" + date +
         "T10:00:00Z\",\"data\":{\"account\":\"ba-1\",\"service\":\"gpu\",\"sku\":\"s" +
         std::to_string(number % 7) + "\",\"amount\":\"" + (number % 11 == 0 ? "-" : "") + "0.4" +
         std::to_string(number % 90 + 10) + "\",\"currency\":\"USD\"}}\n";
}

/// Each event once and half of them again, in any order.
std::vector<int> shuffled_feed(int count, std::mt19937& random) {
  std::vector<int> feed;
  for (int i = 0; i < count; ++i) feed.push_back(i);
  for (int i = 0; i < count; i += 2) feed.push_back(i);
  std::shuffle(feed.begin(), feed.end(), random);
  return feed;
}

void write_feed(const fs::path& path, const std::vector<int>& feed, std::size_t from) {
  std::ofstream file{path};
  for (std::size_t i = from; i < feed.size(); ++i) file << event(feed[i]);
}

pid_t start_stream(const fs::path& folder, const std::string& acks) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child != 0) return child;
  const int out = ::open(acks.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::dup2(out, STDOUT_FILENO);
  ::execl(ACCRUE_PROGRAM, "accrue", "--book", (folder / "book.accrue").c_str(), "--quiet",
          "--now", now, "import", "events", (folder / "feed.jsonl").c_str(), "--group-count", "25", "--group-ms",
          "5", static_cast<char*>(nullptr));
  _exit(127);
}

/// How many lines were acknowledged; a line cut short by the kill is none.
std::size_t acknowledged(const std::string& path) {
  std::ifstream file{path};
  std::size_t count = 0;
  for (std::string line; std::getline(file, line);) {
    if (file.eof()) break;
    std::size_t in_group = 0;
    REQUIRE(std::sscanf(line.c_str(), "ack count=%zu ", &in_group) == 1);
    count += in_group;
  }
  return count;
}

/// Returns once so many groups of 25 are acknowledged, or the stream has ended.
void wait_for_groups(const std::string& acks, std::size_t groups, pid_t child) {
  siginfo_t ended{};
  while (acknowledged(acks) < 25 * groups && ended.si_pid == 0) {
    const timespec pause{0, 200'000};
    nanosleep(&pause, nullptr);
    waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT);
  }
}

}  // namespace

TEST_CASE("events: killed a hundred times and sent again from anywhere, the book is as after one clean run") {
  std::mt19937 random{20240401};
  constexpr int count = 1500;
  const std::vector<int> feed = shuffled_feed(count, random);
  const accrue_test::Scratch torn;
  const accrue_test::Scratch clean;
  accrue_test::make_book(torn);
  accrue_test::make_book(clean);

  std::size_t known = 0;  // lines from the start that are acknowledged
  int kills = 0;
  int groups_lost_in_flight = 0;
  while (kills < 100) {
    const std::size_t from =
        kills % 3 == 0 ? known : random() % (std::min(known, feed.size()) + 1);
    write_feed(torn.folder() / "feed.jsonl", feed, from);
    const std::string acks = (torn.folder() / "acks").string();
    fs::remove(acks);  // a child killed early leaves none
    const pid_t child = start_stream(torn.folder(), acks);
    wait_for_groups(acks, random() % 8, child);
    const timespec pause{0, static_cast<long>(random() % 2'000'000)};
    nanosleep(&pause, nullptr);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    ++kills;
    known = std::max(known, from + acknowledged(acks));
    if (known < feed.size()) ++groups_lost_in_flight;

    const Result<Store> store =
        Store::open((torn.folder() / "book.accrue").string(), Store::Access::read);
    REQUIRE(store.ok());
    for (std::size_t i = 0; i < known; i += 7) {
      CAPTURE(kills);
      REQUIRE(store->find_event({"meter", "e" + std::to_string(feed[i])}).has_value());
    }
  }
  MESSAGE("killed ", kills, " times, ", groups_lost_in_flight, " of them with events to come");
  CHECK(groups_lost_in_flight > 10);
  write_feed(torn.folder() / "feed.jsonl", feed, 0);
  REQUIRE(torn.run("import events feed.jsonl").status == 0);

  std::ofstream whole{clean.folder() / "feed.jsonl"};
  for (int i = 0; i < count; ++i) whole << event(i);
  whole.close();
  REQUIRE(clean.run("import events feed.jsonl").status == 0);
  for (const char* report : {"report trial-balance 2024-04", "report period 2024-04",
                             "report rollforward 2024-04", "drawdown list"}) {
    CAPTURE(report);
    const std::string wanted = clean.run(std::string{report} + " -f csv").out;
    CHECK(wanted.size() > 100);
    CHECK(torn.run(std::string{report} + " -f csv").out == wanted);
  }
  CHECK(torn.run("audit verify").status == 0);
  const Store left =
      std::move(Store::open((torn.folder() / "book.accrue").string(), Store::Access::read)).value();
  int events = 0;
  left.for_each_row("event", [&](const std::string&) { ++events; });
  CHECK(events == count);
}

TEST_CASE("events: SIGTERM finishes the group in hand, acknowledges it and says it was interrupted") {
  const accrue_test::Scratch scratch;
  accrue_test::make_book(scratch);
  const fs::path pipe = scratch.folder() / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const std::string acks = (scratch.folder() / "acks").string();
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    const int out = ::open(acks.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(out, STDOUT_FILENO);
    ::execl(ACCRUE_PROGRAM, "accrue", "--book", (scratch.folder() / "book.accrue").c_str(), "-q",
            "--now", now, "import", "events", pipe.c_str(), "--group-ms", "3600000", static_cast<char*>(nullptr));
    _exit(127);
  }
  const int feeder = ::open(pipe.c_str(), O_WRONLY);
  const std::string text = event(1) + event(2) + event(3) + R"({"specversion":"1.0","ty)";
  REQUIRE(::write(feeder, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  // Nothing is committed before the group is full or old: the signal is what ends it. Once the pipe
  // is empty the lines are taken, and the program minds its signals.
  for (int waiting = 1; waiting > 0;) {
    const timespec pause{0, 1'000'000};
    nanosleep(&pause, nullptr);
    REQUIRE(::ioctl(feeder, FIONREAD, &waiting) == 0);
  }
  kill(child, SIGTERM);
  int status = 0;
  waitpid(child, &status, 0);
  ::close(feeder);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 130);
  const std::size_t settled = acknowledged(acks);
  const Store left =
      std::move(Store::open((scratch.folder() / "book.accrue").string(), Store::Access::read))
          .value();
  std::size_t events = 0;
  left.for_each_row("event", [&](const std::string&) { ++events; });
  CHECK(events == settled);
  CHECK(settled == 3);
}

TEST_CASE("events: a pipe is read while it is open, and a group is committed when it is old") {
  const accrue_test::Scratch scratch;
  accrue_test::make_book(scratch);
  const fs::path pipe = scratch.folder() / "feed.jsonl";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const std::string acks = (scratch.folder() / "acks").string();
  // Groups of 25 or of five milliseconds: the two lines below never fill one.
  const pid_t child = start_stream(scratch.folder(), acks);
  const int feeder = ::open(pipe.c_str(), O_WRONLY);
  const auto send = [&](int number) {
    const std::string line = event(number);
    REQUIRE(::write(feeder, line.data(), line.size()) == static_cast<ssize_t>(line.size()));
  };
  const auto wait_for = [&](std::size_t count) {
    for (int i = 0; i < 3000 && acknowledged(acks) < count; ++i) {
      const timespec pause{0, 10'000'000};
      nanosleep(&pause, nullptr);
    }
    return acknowledged(acks);
  };
  send(1);
  CHECK(wait_for(1) == 1);
  CHECK(waitpid(child, nullptr, WNOHANG) == 0);  // it goes on
  send(2);
  CHECK(wait_for(2) == 2);
  ::close(feeder);
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}
