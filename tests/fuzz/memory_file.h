#pragma once

#include <cstdint>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include "ledger/error/check.h"

namespace accrue::fuzz {

/// A file that lies in memory only, for readers that open a path.
class MemoryFile {
 public:
  MemoryFile() : descriptor_{::memfd_create("fuzz", MFD_CLOEXEC)} {
    LEDGER_CHECK(descriptor_ >= 0, "memfd_create", "a file in memory");
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(descriptor_); }

  void fill(const std::uint8_t* data, std::size_t size) {
    LEDGER_CHECK(::ftruncate(descriptor_, 0) == 0, "ftruncate", "an empty file");
    const ssize_t written = ::pwrite(descriptor_, data, size, 0);
    LEDGER_CHECK(written == static_cast<ssize_t>(size), std::to_string(written),
                 std::to_string(size));
  }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace accrue::fuzz
