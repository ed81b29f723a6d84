#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "ledger/error/error.h"

namespace accrue {

/// Bytes of a file in pieces, plain or gzip (by its first two bytes, whatever its name; members
/// one after the other are one text), with the SHA-256 and size of the file as it lies on disk.
class ByteSource {
 public:
  /// Errors: file_unreadable.
  static Result<ByteSource> open(const std::string& path);
  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;
  ~ByteSource();

  /// Fills at most `capacity` bytes, more than zero; 0 at the end.
  /// Errors: file_unreadable, bad_gzip.
  Result<std::size_t> read(char* buffer, std::size_t capacity);

  /// After the end: the digest (32 bytes) of the file.
  std::string sha256() const;
  /// Read from disk so far; after the end, the size of the file.
  std::int64_t byte_count() const;

 private:
  struct State;
  explicit ByteSource(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace accrue
