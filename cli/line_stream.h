#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "ledger/error/error.h"

namespace accrue {

/// Lines of a file, a pipe or standard input, for as long as it is open. While one exists, SIGINT
/// and SIGTERM do not end the program: they end the stream.
class LineStream {
 public:
  /// "-" is standard input. Errors: file_unreadable.
  static Result<LineStream> open(const std::string& path);
  LineStream(LineStream&& other) noexcept;
  LineStream& operator=(LineStream&&) = delete;
  ~LineStream();

  enum class Next {
    line,         ///< line() is the next one
    waiting,      ///< nothing came before the deadline
    end,          ///< of the file, or the writer has gone
    interrupted,  ///< somebody asked to stop
  };
  using Clock = std::chrono::steady_clock;
  /// Waits for the next line until `deadline`.
  Next next(Clock::time_point deadline);

  /// Without its line break; until the next call of next(). The last line may lack the break.
  std::string_view line() const { return line_; }
  std::size_t line_number() const { return line_number_; }
  const std::string& name() const { return name_; }

 private:
  LineStream(std::string name, int input, int stop);
  bool take_line();
  bool is_stop_asked() const;
  bool read_more();

  std::string name_;
  int input_;
  int stop_;  ///< readable when a signal asks to stop
  std::string buffer_;
  std::size_t taken_ = 0;    ///< bytes of the buffer given out
  std::size_t scanned_ = 0;  ///< bytes in which there is no line break after `taken_`
  bool at_end_ = false;
  std::string_view line_;
  std::size_t line_number_ = 0;
};

}  // namespace accrue
