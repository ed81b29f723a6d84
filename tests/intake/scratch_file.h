#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>
#include <zlib.h>

#include "ledger/error/check.h"

namespace accrue::testing {

/// A file with the given bytes, gone at the end of the test.
class ScratchFile {
 public:
  explicit ScratchFile(std::string_view bytes, std::string_view name = "usage.csv") {
    std::string folder = (std::filesystem::temp_directory_path() / "accrue-XXXXXX").string();
    LEDGER_CHECK(::mkdtemp(folder.data()) != nullptr, folder, "a new folder");
    folder_ = folder;
    path_ = (folder_ / name).string();
    std::ofstream{path_, std::ios::binary} << bytes;
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  ~ScratchFile() { std::filesystem::remove_all(folder_); }

  const std::string& path() const { return path_; }

 private:
  std::filesystem::path folder_;
  std::string path_;
};

/// One gzip member.
inline std::string gzip(std::string_view text) {
  z_stream stream{};
  LEDGER_CHECK(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK, "zlib",
               "deflateInit2");
  std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
  std::string from{text};
  stream.next_in = reinterpret_cast<Bytef*>(from.data());
  stream.avail_in = static_cast<uInt>(from.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  LEDGER_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib", "deflate");
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace accrue::testing
