// What the program does on a terminal only: it is given one of its own.

#include <array>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/cli/program.h"

using accrue_test::Scratch;

namespace {

struct Screen {
  int status = -1;
  std::string text;
};

/// Runs a shell command in the scratch folder on a terminal of 10 rows and types `typed`.
Screen on_terminal(const Scratch& scratch, const std::string& arguments, const std::string& typed,
                   const std::string& settings = {}) {
  const winsize size{10, 80, 0, 0};
  int terminal = -1;
  const std::string command =
      "cd '" + scratch.folder().string() +
      "' && env -i PATH=\"$PATH\" TERM=xterm ACCRUE_AUTHOR=ana ACCRUE_NOW=2024-07-01T08:00:00Z " +
      settings + " '" ACCRUE_PROGRAM "' " + arguments;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) {
    ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    ::_exit(127);
  }
  REQUIRE(child > 0);
  if (!typed.empty()) REQUIRE(::write(terminal, typed.data(), typed.size()) > 0);
  Screen screen;
  std::array<char, 4096> buffer;
  // Reading fails once the program has gone.
  for (ssize_t count; (count = ::read(terminal, buffer.data(), buffer.size())) > 0;) {
    screen.text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(terminal);
  screen.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return screen;
}

bool shows(const Screen& screen, const std::string& text) {
  return screen.text.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("terminal: reopening asks, and does it only when the answer is yes") {
  struct Row {
    const char* typed;
    int status;
  };
  const Row rows[] = {{"y\n", 0}, {"yes\n", 0}, {"Y\n", 0}, {"n\n", 4}, {"\n", 4}, {"yeah\n", 4}};
  for (const Row& row : rows) {
    CAPTURE(row.typed);
    const Scratch scratch;
    accrue_test::make_book(scratch);
    REQUIRE(scratch.run("close 2024-04").status == 0);
    const Screen screen = on_terminal(scratch, "reopen 2024-04 --reason late", row.typed);
    CHECK(shows(screen, "Reopen 2024-04? [y/N] "));
    CHECK(screen.status == row.status);
    const bool is_open = scratch.run("status -f csv").out.find("closed_through,2024-04") ==
                         std::string::npos;
    CHECK(is_open == (row.status == 0));
  }
}

TEST_CASE("terminal: colour, unless it is not wanted") {
  const Scratch scratch;
  CHECK(shows(on_terminal(scratch, "nonsense", ""), "\x1b[1;31merror[unknown_command]:\x1b[0m"));
  for (const char* settings : {"NO_COLOR=1", "TERM=dumb"}) {
    CAPTURE(settings);
    CHECK_FALSE(shows(on_terminal(scratch, "nonsense", "", settings), "\x1b"));
  }
  CHECK_FALSE(shows(on_terminal(scratch, "nonsense --color never", ""), "\x1b"));
}

TEST_CASE("terminal: what is taller than the screen goes through the pager") {
  const Scratch scratch;
  const std::string mark = "ACCRUE_PAGER='sed s/^/paged=/'";
  CHECK(shows(on_terminal(scratch, "help", "", mark), "paged=accrue: a compute-credit"));
  CHECK(shows(on_terminal(scratch, "help", "", "PAGER='sed s/^/paged=/'"), "paged=accrue:"));
  CHECK_FALSE(shows(on_terminal(scratch, "help --no-pager", "", mark), "paged="));
  CHECK_FALSE(shows(on_terminal(scratch, "version", "", mark), "paged="));
  // A pager that ends early, and one that is not there.
  CHECK(on_terminal(scratch, "help", "", "ACCRUE_PAGER='head -n 1'").status == 0);
  CHECK(shows(on_terminal(scratch, "help", "", "ACCRUE_PAGER=no-such-pager"),
              "accrue help CODE explains an error."));
}

TEST_CASE("terminal: a workbook or a page is not written to it") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  for (const std::string format : {"xlsx", "html"}) {
    CAPTURE(format);
    const Screen screen = on_terminal(scratch, "report period 2024-04 -f " + format, "");
    CHECK(screen.status == 2);
    CHECK(shows(screen, "error[format_conflict]"));
    CHECK(shows(screen, "add -o FILE." + format));
    CHECK_FALSE(shows(screen, "PK"));
    CHECK_FALSE(shows(screen, "<!DOCTYPE"));
  }
}
