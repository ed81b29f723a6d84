#include "cli/key_file.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/files.h"
#include "cli/read_words.h"
#include "ledger/store/store.h"

namespace accrue {

namespace {

constexpr mode_t owner_reads_and_writes = 0600;
constexpr mode_t everybody_reads = 0644;

Error unwritable(const std::string& path, int reason) {
  Error error{.code = ErrorCode::file_unwritable,
              .message = "'" + path + "' cannot be written: " + std::strerror(reason)};
  if (reason == EEXIST) error.hint = "a key is never overwritten: name another file";
  return error;
}

/// To a new file, whole and on the disk.
Result<Done> write_new_file(const std::string& path, const std::string& text, mode_t mode) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) return unwritable(path, errno);
  const bool is_written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file) == 0;
  const int reason = errno;
  const bool is_closed = ::close(file) == 0;
  if (is_written && is_closed) return Done{};
  ::unlink(path.c_str());
  return unwritable(path, reason);
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

}  // namespace

Result<SigningKey> new_key(const std::string& name) {
  KeyBytes seed;
  if (::getentropy(seed.data(), seed.size()) != 0) {
    throw StoreFailure{std::string{"the machine gives no entropy: "} + std::strerror(errno)};
  }
  Result<SigningKey> key = SigningKey::from_seed(name, seed);
  ::explicit_bzero(seed.data(), seed.size());
  return key;
}

std::string public_path(const std::string& path) { return path + ".pub"; }

Result<Done> write_key_files(const std::string& path, const SigningKey& key) {
  if (exists(public_path(path))) return unwritable(public_path(path), EEXIST);
  ACCRUE_TRY_DONE(write_new_file(path, key.text() + "\n", owner_reads_and_writes));
  return write_new_file(public_path(path), key.verifier().text() + "\n", everybody_reads);
}

Result<std::optional<SigningKey>> signing_key(const std::optional<std::string>& given) {
  const std::optional<std::string> path = given ? given : environment("ACCRUE_KEY");
  if (!path) return std::optional<SigningKey>{};
  ACCRUE_TRY(text, read_file(*path));
  ACCRUE_TRY(key, SigningKey::parse(text));
  return std::optional<SigningKey>{key};
}

Result<SigningKey> required_signing_key(const std::optional<std::string>& given) {
  ACCRUE_TRY(key, signing_key(given));
  if (key) return *key;
  return usage("a key is needed to sign with, and none was given",
               "--key FILE, or ACCRUE_KEY=FILE; accrue keygen makes one");
}

Result<VerifierKey> verifier_key(const std::string& key_or_file) {
  // A key never names a file: it has two plus signs, and its id between them.
  if (!exists(key_or_file)) return VerifierKey::parse(key_or_file);
  ACCRUE_TRY(text, read_file(key_or_file));
  while (text.ends_with('\n')) text.pop_back();
  return VerifierKey::parse(text);
}

}  // namespace accrue
