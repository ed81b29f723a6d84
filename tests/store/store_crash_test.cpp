// Whatever ends a write, the book holds the whole record or nothing of it.

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/store/store.h"
#include "tests/store/sample_book.h"

namespace {

using namespace accrue;
using namespace accrue::testing;

constexpr std::int64_t width = 40;  // entries and charges of a record: long enough to be hit

template <typename Step>
pid_t in_child(Step step) {
  const pid_t child = fork();
  if (child != 0) return child;
  int status = 1;
  try {
    status = step();
  } catch (...) {
    status = 99;
  }
  _exit(status);
}

void append_one(Store& store, std::int64_t sequence) {
  Store::Transaction transaction = store.begin().value();
  append_sample(store, sequence, width);
  transaction.commit();
}

}  // namespace

TEST_CASE("store: killed at any moment, the book verifies and holds whole records") {
  constexpr std::uint64_t seed = 4;
  INFO("seed " << seed);
  std::mt19937_64 dice{seed};
  const ScratchFolder folder;
  const std::string path = folder / "book.accrue";
  { const Store store = Store::create(path).value(); }

  std::int64_t committed = 0;
  for (int kill_count = 0; kill_count < 40; ++kill_count) {
    CAPTURE(kill_count);
    int pipe_ends[2];
    REQUIRE(pipe(pipe_ends) == 0);
    const pid_t child = in_child([&] {
      close(pipe_ends[0]);
      Store store = Store::open(path, Store::Access::write).value();
      for (std::int64_t sequence = store.record_count() + 1;; ++sequence) {
        append_one(store, sequence);
        // Told only after the commit: what was told must be there.
        if (write(pipe_ends[1], &sequence, sizeof sequence) < 0) return 1;
      }
    });
    close(pipe_ends[1]);
    // At least one commit, so that the kills find a log; then somewhere in what follows.
    std::int64_t told = 0;
    REQUIRE(read(pipe_ends[0], &told, sizeof told) == sizeof told);
    std::this_thread::sleep_for(std::chrono::microseconds{dice() % 8000});
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    while (read(pipe_ends[0], &told, sizeof told) == sizeof told) committed = told;
    close(pipe_ends[0]);
    committed = std::max(committed, told);

    // Read as the crash left it, then as the next writer finds it.
    for (const Store::Access access : {Store::Access::read, Store::Access::write}) {
      const Store store = Store::open(path, access).value();
      CHECK(store.record_count() >= committed);
      CHECK(store.record_count() <= committed + 1);
      if (kill_count % 8 == 7) CHECK(fault_of(store, width) == "");
    }
  }
  CHECK(fault_of(Store::open(path, Store::Access::read).value(), width) == "");
  CHECK(committed >= 40);
}

TEST_CASE("store: killed while it is created, there is no book or a whole one") {
  std::mt19937_64 dice{5};
  for (int i = 0; i < 10; ++i) {
    const ScratchFolder folder;
    const std::string path = folder / "book.accrue";
    const pid_t child = in_child([&] { return Store::create(path).ok() ? 0 : 1; });
    std::this_thread::sleep_for(std::chrono::microseconds{dice() % 20000});
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    Result<Store> store = Store::open(path, Store::Access::write);
    if (!store.ok()) {
      CHECK(store.error().code == ErrorCode::book_missing);
      store = Store::create(path);
    }
    REQUIRE(store.ok());
    append_samples(store.value(), 1, 1);
    CHECK(fault_of(store.value()) == "");
  }
}

TEST_CASE("store: a disk that is full throws, and the book still verifies") {
  const ScratchFolder folder;
  const std::string path = folder / "book.accrue";
  {
    Store store = Store::create(path).value();
    for (std::int64_t sequence = 1; sequence <= 3; ++sequence) append_one(store, sequence);
  }
  // A file may not grow beyond a limit: what a full disk says to SQLite, in a child of its own.
  // Each limit lets the write come further before it fails.
  int failure_count = 0;
  for (const rlim_t limit : {0u, 1u, 16'384u, 50'000u, 100'000u, 200'000u, 400'000u}) {
    CAPTURE(limit);
    const pid_t child = in_child([&] {
      std::signal(SIGXFSZ, SIG_IGN);
      Store store = Store::open(path, Store::Access::write).value();
      const std::int64_t count = store.record_count();
      const rlimit file_size{limit, limit};
      setrlimit(RLIMIT_FSIZE, &file_size);
      try {
        Store::Transaction transaction = store.begin().value();
        append_sample(store, count + 1, 2000);
        transaction.commit();
      } catch (const StoreFailure& failure) {
        return std::string{failure.what()}.starts_with(path) ? 3 : 4;
      }
      return 0;
    });
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 3);
    if (WEXITSTATUS(status) == 3) ++failure_count;
    const Store store = Store::open(path, Store::Access::read).value();
    CHECK(store.record_count() == 3);
    CHECK(fault_of(store, width) == "");
  }
  CHECK(failure_count == 7);
  {
    Store store = Store::open(path, Store::Access::write).value();
    append_one(store, 4);
  }
  CHECK(fault_of(Store::open(path, Store::Access::read).value(), width) == "");

  const pid_t child = in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit file_size{20'000, 20'000};
    setrlimit(RLIMIT_FSIZE, &file_size);
    const Result<Store> store = Store::create(folder / "second.accrue");
    return !store.ok() && store.error().code == ErrorCode::file_unwritable ? 0 : 1;
  });
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(status == 0);
  for (const auto& file : std::filesystem::directory_iterator{folder.path()}) {
    CHECK(file.path().filename().string().starts_with("book.accrue"));
  }
}
