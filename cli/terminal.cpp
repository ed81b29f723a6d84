#include "cli/terminal.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ledger/store/store.h"

namespace accrue {

namespace {

int descriptor_of(Stream stream) { return stream == Stream::out ? STDOUT_FILENO : STDERR_FILENO; }

constexpr std::chrono::milliseconds first_shown_after{500};
constexpr std::chrono::milliseconds shown_every{200};

}  // namespace

bool is_terminal(Stream stream) { return ::isatty(descriptor_of(stream)) == 1; }

std::optional<std::string> environment(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

Colors colors_of(ColorChoice choice, Stream stream) {
  if (choice != ColorChoice::automatic) {
    return choice == ColorChoice::always ? Colors::yes : Colors::no;
  }
  if (environment("NO_COLOR")) return Colors::no;
  if (environment("CLICOLOR_FORCE").value_or("0") != "0") return Colors::yes;
  if (environment("TERM").value_or("dumb") == "dumb") return Colors::no;
  return is_terminal(stream) ? Colors::yes : Colors::no;
}

std::optional<ScreenSize> screen_size() {
  if (!is_terminal(Stream::out)) return std::nullopt;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return ScreenSize{};
  return ScreenSize{size.ws_col, size.ws_row};
}

void write_text(Stream stream, const std::string& text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t count =
        ::write(descriptor_of(stream), text.data() + written, text.size() - written);
    if (count >= 0) {
      written += static_cast<std::size_t>(count);
    } else if (errno == EPIPE) {
      return;
    } else if (errno != EINTR) {
      throw StoreFailure{std::string{"the output cannot be written: "} + std::strerror(errno)};
    }
  }
}

std::optional<bool> ask(const std::string& question) {
  if (::isatty(STDIN_FILENO) != 1) return std::nullopt;
  write_text(Stream::err, question + " [y/N] ");
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

ProgressLine::ProgressLine(std::string what, Loudness loudness)
    : what_{std::move(what)},
      is_shown_on_terminal_{loudness == Loudness::normal && is_terminal(Stream::err)},
      next_{Clock::now() + first_shown_after} {}

ProgressLine::~ProgressLine() {
  if (!has_shown_) return;
  // Only a terminal gets here, and what is wiped is decoration: a failed write loses nothing.
  [[maybe_unused]] const ssize_t ignored = ::write(STDERR_FILENO, "\r\x1b[K", 4);
}

void ProgressLine::show(std::int64_t done, std::int64_t all) {
  if (!is_shown_on_terminal_ || Clock::now() < next_) return;
  next_ = Clock::now() + shown_every;
  has_shown_ = true;
  const std::int64_t percent = all > 0 ? done * 100 / all : 0;
  write_text(Stream::err, fmt::format("\r\x1b[K{} {}%", what_, percent));
}

}  // namespace accrue
