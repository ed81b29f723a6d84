#include "cli/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <unistd.h>

namespace accrue {

namespace fs = std::filesystem;

Result<std::string> read_file(const std::string& path) {
  const auto unreadable = [&](const std::string& reason) {
    return Error{.code = ErrorCode::file_unreadable,
                 .message = "'" + path + "' cannot be read: " + reason};
  };
  std::error_code unknown;
  if (fs::is_directory(path, unknown)) return unreadable("it is a folder");
  errno = 0;
  std::ifstream in{path, std::ios::binary};
  std::string text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
  if (!in) return unreadable(std::strerror(errno));
  return text;
}

Result<Done> write_file(const std::string& path, const std::string& text) {
  // A device or a pipe is written to; only a file can be put in place of another.
  std::error_code unknown;
  const bool is_special = fs::exists(path, unknown) && !fs::is_regular_file(path, unknown);
  const std::string draft = is_special ? path : path + ".new-" + std::to_string(::getpid());
  errno = 0;
  std::ofstream out{draft, std::ios::binary | std::ios::trunc};
  out << text;
  out.close();
  if (out && (is_special || std::rename(draft.c_str(), path.c_str()) == 0)) return Done{};
  const int reason = errno;
  if (!is_special) fs::remove(draft, unknown);
  return Error{.code = ErrorCode::file_unwritable,
               .message = "'" + path + "' cannot be written: " + std::strerror(reason)};
}

std::string file_name(const std::string& path) { return fs::path{path}.filename().string(); }

}  // namespace accrue
