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

namespace {

/// A device or a pipe is written to; only a file can be put in place of another.
bool is_special(const std::string& path) {
  std::error_code unknown;
  return fs::exists(path, unknown) && !fs::is_regular_file(path, unknown);
}

std::string draft_of(const std::string& path) {
  return is_special(path) ? path : path + ".new-" + std::to_string(::getpid());
}

Error unwritable(const std::string& path, int reason) {
  return Error{.code = ErrorCode::file_unwritable,
               .message = "'" + path + "' cannot be written: " + std::strerror(reason)};
}

}  // namespace

Result<Done> write_file(const std::string& path, const std::string& text) {
  const std::string draft = draft_of(path);
  errno = 0;
  std::ofstream out{draft, std::ios::binary | std::ios::trunc};
  out << text;
  out.close();
  if (out && (draft == path || std::rename(draft.c_str(), path.c_str()) == 0)) return Done{};
  const int reason = errno;
  std::error_code unknown;
  if (draft != path) fs::remove(draft, unknown);
  return unwritable(path, reason);
}

Result<Done> require_writable(const std::string& path) {
  const std::string draft = draft_of(path);
  errno = 0;
  if (!std::ofstream{draft, std::ios::binary | std::ios::app}) return unwritable(path, errno);
  std::error_code unknown;
  if (draft != path) fs::remove(draft, unknown);
  return Done{};
}

std::string quarantine_path(const std::string& book, std::int64_t record) {
  return book + ".quarantine/record-" + std::to_string(record) + ".csv";
}

std::string file_name(const std::string& path) { return fs::path{path}.filename().string(); }

}  // namespace accrue
