// verify.py on the command line: what is held against a pack from elsewhere, and how it ends.

#include <cstdlib>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <sys/wait.h>

#include "tests/golden/reports.h"
#include "tests/proof/stamping_authority.h"

using namespace accrue_test;

namespace {

/// The exit status; what is said goes to said.txt.
int verify(const Scratch& scratch, const std::string& words) {
  const std::string command = "cd '" + scratch.folder().string() +
                              "' && PYTHONDONTWRITEBYTECODE=1 python3 '" ACCRUE_SOURCE_DIR
                              "/accounting/audit/verify.py' " + words + " >said.txt 2>&1";
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool says(const Scratch& scratch, const std::string& text) {
  return scratch.read("said.txt").find(text) != std::string::npos;
}

void make_signed_book(const Scratch& scratch) {
  make_book(scratch);
  scratch.write("usage.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100.5")));
  for (const char* words :
       {"keygen ana.key --name ana", "keygen eve.key --name eve",
        "key register ana.key.pub --person Ana", "import usage usage.csv",
        "audit checkpoint --key ana.key -o head.note --leaves head.leaves"}) {
    must_run(scratch, words);
  }
}

}  // namespace

TEST_CASE("verify.py: its own arithmetic") {
  const Scratch scratch;
  CHECK(verify(scratch, "--self-test") == 0);
}

TEST_CASE("verify.py: a root, a checkpoint, a key and leaves from elsewhere") {
  const Scratch scratch;
  make_signed_book(scratch);
  must_run(scratch, "audit pack 2024-04 -o pack.zip");
  CHECK(verify(scratch, "pack.zip") == 0);
  CHECK(verify(scratch, "pack.zip --checkpoint head.note --key ana.key.pub --leaves head.leaves") == 0);
  CHECK(says(scratch, "verdict: ok"));
  CHECK(verify(scratch, "pack.zip --root " + std::string(64, 'a')) == 5);
  CHECK(says(scratch, "verdict: differs"));
  // A key that signed nothing here says nothing.
  CHECK(verify(scratch, "pack.zip --key eve.key.pub --json") == 0);
  CHECK(says(scratch, "\"verdict\": \"ok\""));
  CHECK(verify(scratch, "nothing.zip") == 2);
  CHECK(verify(scratch, "--no-such-word pack.zip") == 2);
}

// The book goes another way after the checkpoint was taken: what is kept outside shows it.
TEST_CASE("verify.py: another history under the same checkpoint is found, and the record named") {
  const Scratch scratch;
  make_signed_book(scratch);
  std::filesystem::rename(scratch.folder() / "book.accrue", scratch.folder() / "true.accrue");
  std::filesystem::remove(scratch.folder() / "book.accrue-wal");
  std::filesystem::remove(scratch.folder() / "book.accrue-shm");
  make_book(scratch);
  must_run(scratch, "key register ana.key.pub --person Ana");
  scratch.write("usage.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "90.5")));
  must_run(scratch, "import usage usage.csv");
  must_run(scratch, "estimate T1 breakage 12% --reason slow");
  must_run(scratch, "audit pack 2024-04 -o pack");
  CHECK(verify(scratch, "pack") == 0);
  CHECK(verify(scratch, "pack --checkpoint head.note --key ana.key.pub") == 5);
  CHECK(verify(scratch, "pack --leaves head.leaves") == 5);
  CHECK(says(scratch, "record 4"));
}

TEST_CASE("verify.py: a time stamp, under its authority and under another") {
  if (!StampingAuthority::is_available()) {
    MESSAGE("skipped: there is no openssl command");
    return;
  }
  const StampingAuthority authority;
  const StampingAuthority stranger;
  const Scratch scratch;
  make_signed_book(scratch);
  must_run(scratch, "audit timestamp request head.note -o a.tsq");
  scratch.write("a.tsr", authority.stamp(scratch.read("a.tsq")));
  scratch.write("ca.pem", authority.certificate());
  scratch.write("stranger.pem", stranger.certificate());
  must_run(scratch, "audit timestamp attach 5 a.tsr --ca ca.pem");
  must_run(scratch, "audit pack 2024-04 -o pack");
  CHECK(scratch.has("pack/checkpoints/record-5-time-stamp-6.tsr"));
  CHECK(verify(scratch, "pack") == 0);
  CHECK(says(scratch, "not checked, give the authority's certificate with --ca"));
  CHECK(verify(scratch, "pack --ca ca.pem") == 0);
  CHECK(verify(scratch, "pack --ca stranger.pem") == 5);
}
