// accrue: what the shell calls. Everything that throws is caught here, once.

#include <csignal>
#include <exception>
#include <string>
#include <vector>

#include <unistd.h>

#include "cli/run.h"

namespace {

/// A book commits a record whole or not at all, so that the program may end at any moment.
extern "C" void end_interrupted(int) {
  constexpr char message[] = "\naccrue: interrupted\n";
  [[maybe_unused]] const ssize_t ignored = ::write(STDERR_FILENO, message, sizeof message - 1);
  ::_exit(static_cast<int>(accrue::ExitStatus::interrupted));
}

void set_signals() {
  // Ignored from the start: the shell runs us in the background.
  if (std::signal(SIGINT, end_interrupted) == SIG_IGN) std::signal(SIGINT, SIG_IGN);
  // A reader that has gone shows as a failed write.
  std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace

int main(int count, char** arguments) {
  set_signals();
  const std::vector<std::string> words(arguments + 1, arguments + count);
  try {
    return static_cast<int>(accrue::run_program(words));
  } catch (const std::exception& failure) {
    return static_cast<int>(accrue::report_failure(words, failure.what()));
  }
}
