#include "cli/line_stream.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "ledger/store/store.h"

namespace accrue {

namespace {

constexpr std::size_t bytes_per_read = 256 * 1024;
constexpr int no_descriptor = -1;

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

Error unreadable(const std::string& path, int reason) {
  return Error{.code = ErrorCode::file_unreadable,
               .message = "'" + path + "' cannot be read: " + std::strerror(reason)};
}

int milliseconds_until(LineStream::Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - LineStream::Clock::now());
  constexpr std::int64_t longest = 3'600'000;  // then looked at again
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, longest));
}

}  // namespace

Result<LineStream> LineStream::open(const std::string& path) {
  int input = STDIN_FILENO;
  if (path != "-") {
    input = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (input < 0) return unreadable(path, errno);
  }
  const sigset_t set = stop_signals();
  sigprocmask(SIG_BLOCK, &set, nullptr);
  const int stop = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  if (stop < 0) return unreadable(path, errno);
  return LineStream{path == "-" ? "standard input" : path, input, stop};
}

LineStream::LineStream(std::string name, int input, int stop)
    : name_{std::move(name)}, input_{input}, stop_{stop} {}

LineStream::LineStream(LineStream&& other) noexcept
    : name_{std::move(other.name_)},
      input_{std::exchange(other.input_, no_descriptor)},
      stop_{std::exchange(other.stop_, no_descriptor)},
      buffer_{std::move(other.buffer_)},
      taken_{other.taken_},
      scanned_{other.scanned_},
      at_end_{other.at_end_},
      line_number_{other.line_number_} {}

LineStream::~LineStream() {
  if (input_ > STDIN_FILENO) ::close(input_);
  if (stop_ == no_descriptor) return;
  // What asked to stop was heeded; left pending it would end the program now.
  signalfd_siginfo heeded{};
  while (::read(stop_, &heeded, sizeof heeded) > 0) {
  }
  ::close(stop_);
  const sigset_t set = stop_signals();
  sigprocmask(SIG_UNBLOCK, &set, nullptr);
}

bool LineStream::take_line() {
  const std::size_t end = buffer_.find('\n', std::max(taken_, scanned_));
  scanned_ = buffer_.size();
  const bool is_last = end == std::string::npos;
  if (is_last && (!at_end_ || taken_ == buffer_.size())) return false;
  const std::size_t stop = is_last ? buffer_.size() : end;
  line_ = std::string_view{buffer_}.substr(taken_, stop - taken_);
  if (line_.ends_with('\r')) line_.remove_suffix(1);
  taken_ = is_last ? stop : stop + 1;
  scanned_ = taken_;
  ++line_number_;
  return true;
}

bool LineStream::is_stop_asked() const {
  pollfd stop{stop_, POLLIN, 0};
  return ::poll(&stop, 1, 0) > 0;
}

/// False when there is nothing to read now, though the descriptor said so.
bool LineStream::read_more() {
  buffer_.erase(0, taken_);
  taken_ = 0;
  scanned_ = buffer_.size();
  buffer_.resize(scanned_ + bytes_per_read);
  const ssize_t count = ::read(input_, buffer_.data() + scanned_, bytes_per_read);
  const int reason = errno;
  buffer_.resize(scanned_ + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  if (count == 0) at_end_ = true;
  if (count >= 0) return true;
  if (reason == EINTR || reason == EAGAIN) return false;
  throw StoreFailure{name_ + " cannot be read: " + std::strerror(reason)};
}

LineStream::Next LineStream::next(Clock::time_point deadline) {
  while (true) {
    if (take_line()) return Next::line;
    if (at_end_) return Next::end;
    std::array<pollfd, 2> waits{pollfd{input_, POLLIN, 0}, pollfd{stop_, POLLIN, 0}};
    const int ready = ::poll(waits.data(), waits.size(), milliseconds_until(deadline));
    if (ready < 0 && errno != EINTR) {
      throw StoreFailure{name_ + " cannot be read: " + std::strerror(errno)};
    }
    if (is_stop_asked()) return Next::interrupted;
    if (ready <= 0) {
      if (Clock::now() >= deadline) return Next::waiting;
      continue;
    }
    if (waits[0].revents != 0) read_more();
  }
}

}  // namespace accrue
