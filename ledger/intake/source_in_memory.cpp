#include "ledger/intake/source_in_memory.h"

#include <cerrno>
#include <string>
#include <system_error>

#include <sys/mman.h>
#include <unistd.h>

namespace accrue {

namespace {

/// A file that has no name and lies in memory.
class UnnamedFile {
 public:
  UnnamedFile() : descriptor_{::memfd_create("accrue", MFD_CLOEXEC)} { require(descriptor_ >= 0); }
  UnnamedFile(const UnnamedFile&) = delete;
  UnnamedFile& operator=(const UnnamedFile&) = delete;
  ~UnnamedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      require(written > 0);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  static void require(bool done) {
    if (!done) throw std::system_error{errno, std::generic_category(), "a file in memory"};
  }

  int descriptor_;
};

}  // namespace

Result<ByteSource> source_in_memory(std::string_view bytes) {
  UnnamedFile file;
  file.write(bytes);
  return ByteSource::open(file.path());
}

}  // namespace accrue
