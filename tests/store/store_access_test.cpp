// Two that use one book at a time, and a book that may only be read.

#include <chrono>

#include <doctest/doctest.h>
#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/store/store.h"
#include "tests/store/sample_book.h"

namespace {

using namespace accrue;
using namespace accrue::testing;

/// Runs the step in a child that may write nowhere; whether it returned true.
template <typename Step>
bool as_nobody(Step step) {
  const pid_t child = fork();
  if (child == 0) {
    bool fine = false;
    try {
      if (::getuid() == 0) {
        fine = ::setgroups(0, nullptr) == 0 && ::setgid(65534) == 0 && ::setuid(65534) == 0;
      } else {
        fine = true;
      }
      fine = fine && step();
    } catch (const std::exception&) {
      fine = false;
    }
    _exit(fine ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

TEST_CASE("store: a second writer waits a bounded time and is refused") {
  const ScratchFolder folder;
  const std::string path = folder / "book.accrue";
  Store first = Store::create(path).value();
  Store second = Store::open(path, Store::Access::write).value();
  {
    Store::Transaction held = first.begin().value();
    const auto started = std::chrono::steady_clock::now();
    const Result<Store::Transaction> refused = second.begin(std::chrono::milliseconds{50});
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::book_busy);
    CHECK(std::chrono::steady_clock::now() - started >= std::chrono::milliseconds{40});
    append_sample(first, 1);
    held.commit();
  }
  // Both number accounts; neither knew those of the other when it began.
  append_samples(second, 2, 3);
  append_samples(first, 4, 5);
  append_samples(second, 6, 6);
  CHECK(fault_of(first) == "");
  CHECK(fault_of(second) == "");
}

TEST_CASE("store: a reader sees the book as it was when it was opened, and never waits") {
  const ScratchFolder folder;
  const std::string path = folder / "book.accrue";
  Store writer = Store::create(path).value();
  append_samples(writer, 1, 2);
  {
    Store::Transaction open = writer.begin().value();
    append_sample(writer, 3);
    const Store reader = Store::open(path, Store::Access::read).value();
    CHECK(reader.record_count() == 2);
    const auto rows = all_rows(reader);
    open.commit();
    append_samples(writer, 4, 4);
    CHECK(reader.record_count() == 2);
    CHECK(all_rows(reader) == rows);
    CHECK(fault_of(reader) == "");
    CHECK(fault_of(Store::open(path, Store::Access::read).value()) == "");
    CHECK(Store::open(path, Store::Access::read).value().record_count() == 4);
  }
  CHECK(fault_of(writer) == "");
}

TEST_CASE("store: a book in a folder that may not be written can be read") {
  const ScratchFolder folder;
  const std::string path = folder / "a #%? book.accrue";
  {
    Store store = Store::create(path).value();
    append_samples(store, 1, 3);
  }
  REQUIRE_FALSE(std::filesystem::exists(path + "-wal"));
  ::chmod(path.c_str(), 0444);
  ::chmod(folder.path().c_str(), 0555);
  CHECK(
      as_nobody([&] { return fault_of(Store::open(path, Store::Access::read).value()).empty(); }));
  // Nobody can write there, and is told so.
  CHECK(as_nobody([&] {
    try {
      Store store = Store::open(path, Store::Access::write).value();
      const Result<Store::Transaction> transaction = store.begin();
      return false;
    } catch (const StoreFailure&) {
      return true;
    }
  }));
  CHECK(as_nobody([&] {
    const Result<Store> store = Store::create(path + "2");
    return !store.ok() && store.error().code == ErrorCode::file_unwritable;
  }));
  ::chmod(path.c_str(), 0000);
  CHECK(as_nobody([&] {
    try {
      (void)Store::open(path, Store::Access::read);
      return false;
    } catch (const StoreFailure& failure) {
      return std::string{failure.what()}.find("Permission denied") != std::string::npos;
    }
  }));
  ::chmod(folder.path().c_str(), 0755);
}
