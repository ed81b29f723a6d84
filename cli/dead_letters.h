#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/error/error.h"

namespace accrue {

/// The events of streams that were not taken, one JSON object a line:
/// `{"file","line","code","message","notes","event"}`, the event as it came. The file is made with
/// its first line and only grows.
class DeadLetters {
 public:
  explicit DeadLetters(std::string path) : path_{std::move(path)} {}
  DeadLetters(const DeadLetters&) = delete;
  DeadLetters& operator=(const DeadLetters&) = delete;

  void add(const Error& error, std::string_view event);
  /// On the disk when it returns. Throws StoreFailure.
  void write();

  std::int64_t count() const { return count_; }  ///< of this stream, written or not
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::string waiting_;
  std::int64_t count_ = 0;
};

/// Where the dead letters of a book lie unless another place is named.
std::string dead_letter_path(const std::string& book);
/// How many lie in a file; none where there is no file.
std::int64_t dead_letter_count(const std::string& path);

}  // namespace accrue
