#include "cli/dead_letters.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "ledger/store/store.h"

namespace accrue {

namespace {

[[noreturn]] void fail(const std::string& path) {
  throw StoreFailure{"'" + path + "' cannot be written: " + std::strerror(errno)};
}

}  // namespace

void DeadLetters::add(const Error& error, std::string_view event) {
  using Json = nlohmann::ordered_json;
  const Json letter = {{"file", error.place.file},   {"line", error.place.line},
                       {"code", name_of(error.code)}, {"message", error.message},
                       {"notes", error.notes},        {"event", event}};
  // An event may hold bytes that are no UTF-8: they are shown as such.
  waiting_ += letter.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  ++count_;
}

void DeadLetters::write() {
  if (waiting_.empty()) return;
  const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file < 0) fail(path_);
  std::string_view rest = waiting_;
  while (!rest.empty()) {
    const ssize_t written = ::write(file, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path_);
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fdatasync(file) != 0 && errno != EINVAL) fail(path_);
  ::close(file);
  waiting_.clear();
}

std::int64_t dead_letter_count(const std::string& path) {
  std::ifstream letters{path};
  return std::count(std::istreambuf_iterator<char>{letters}, {}, '\n');
}

std::string dead_letter_path(const std::string& book) { return book + ".dead-letter.jsonl"; }

}  // namespace accrue
