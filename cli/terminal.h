#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "cli/error_text.h"
#include "cli/options.h"

namespace accrue {

enum class Stream { out, err };

bool is_terminal(Stream stream);
/// A variable of the environment; none when it is empty.
std::optional<std::string> environment(const char* name);
Colors colors_of(ColorChoice choice, Stream stream);
/// Columns and rows of the terminal that standard output is; none for a pipe or a file.
struct ScreenSize {
  int columns = 80;
  int rows = 24;
};
std::optional<ScreenSize> screen_size();

/// Writes all of it. A reader that has gone is no failure: what it did not want is dropped.
/// Throws StoreFailure when the device is full or broken.
void write_text(Stream stream, const std::string& text);

/// Asks on standard error and reads standard input; false for everything but yes. None where
/// standard input is not a terminal: nobody can answer.
std::optional<bool> ask(const std::string& question);

/// A line on standard error that says how far reading has come: only on a terminal, only after
/// half a second, and gone at the end.
class ProgressLine {
 public:
  ProgressLine(std::string what, Loudness loudness);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();
  void show(std::int64_t done, std::int64_t all);

 private:
  using Clock = std::chrono::steady_clock;
  std::string what_;
  bool is_shown_on_terminal_;
  bool has_shown_ = false;
  Clock::time_point next_;
};

}  // namespace accrue
