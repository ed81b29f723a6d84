// Bits of a book file that the disk or a hand turned over: each is found, or nothing that can be
// read has changed. Never a crash: each run is a process of its own.

#include <fstream>
#include <random>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "accounting/audit/verify.h"
#include "tests/audit/audited_book.h"
#include "tests/store/sample_book.h"

namespace {

using namespace accrue;
using namespace accrue::testing;

std::string read_whole(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

void write_whole(const std::string& path, const std::string& bytes) {
  std::ofstream{path, std::ios::binary | std::ios::trunc} << bytes;
}

enum class Seen { found, unchanged, missed };

Seen look_at(const std::string& path, const std::vector<std::string>& dump_of_whole) {
  try {
    const Result<Store> opened = Store::open(path, Store::Access::read);
    if (!opened.ok()) return Seen::found;
    if (verdict_of(verify(*opened, {})) != Verdict::ok) return Seen::found;
    return dump(*opened) == dump_of_whole ? Seen::unchanged : Seen::missed;
  } catch (const StoreFailure&) {
    return Seen::found;
  }
}

// g++ defines a word, clang has a feature.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ACCRUE_FEWER_FLIPS
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ACCRUE_FEWER_FLIPS
#endif

#ifdef ACCRUE_FEWER_FLIPS
constexpr int flip_count = 300;  // each takes ten times as long
#else
constexpr int flip_count = 2000;
#endif
constexpr int flips_a_process = 100;
constexpr int missed_status = 3;

struct Flip {
  std::size_t byte;
  int bit;
};

/// Seeded; the same bits on every machine.
std::vector<Flip> flips_of(std::size_t size) {
  std::mt19937_64 dice{20240701};
  std::vector<Flip> flips;
  for (int i = 0; i < flip_count; ++i) {
    const std::size_t byte = dice() % size;
    flips.push_back({byte, static_cast<int>(dice() % 8)});
  }
  return flips;
}

/// The exit status of a process that looks at some flips, and where it stopped.
struct Looked {
  int status = 0;
  int last = -1;
};

Looked look_in_process(const std::string& whole, const std::vector<std::string>& dump_of_whole,
                       const std::vector<Flip>& flips, int first, const ScratchFolder& folder) {
  const std::string path = folder / "flipped.accrue";
  const std::string trace = folder / "trace";
  const pid_t child = fork();
  if (child == 0) {
    std::string bytes = whole;
    for (int i = first; i < first + flips_a_process; ++i) {
      const Flip& flip = flips[static_cast<std::size_t>(i)];
      write_whole(trace, std::to_string(i));
      bytes[flip.byte] = static_cast<char>(bytes[flip.byte] ^ (1 << flip.bit));
      write_whole(path, bytes);
      if (look_at(path, dump_of_whole) == Seen::missed) _exit(missed_status);
      bytes[flip.byte] = whole[flip.byte];
    }
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {status, std::stoi("0" + read_whole(trace))};
}

}  // namespace

TEST_CASE("byte flips: each of 2,000 is found, or a dump of all tables is as it was") {
  const ScratchFolder folder;
  const std::string path = folder / "whole.accrue";
  audited_book(Store::create(path).value());
  const std::string whole = read_whole(path);
  const std::vector<std::string> dump_of_whole =
      dump(Store::open(path, Store::Access::read).value());
  const std::vector<Flip> flips = flips_of(whole.size());
  for (int first = 0; first < flip_count; first += flips_a_process) {
    const Looked looked = look_in_process(whole, dump_of_whole, flips, first, folder);
    const Flip& flip = flips[static_cast<std::size_t>(looked.last)];
    CAPTURE(looked.last);
    CAPTURE(flip.byte);
    CAPTURE(flip.bit);
    CHECK_MESSAGE(WIFEXITED(looked.status), "the program crashed");
    CHECK_MESSAGE(looked.status == 0, "a change was missed");
  }
}
