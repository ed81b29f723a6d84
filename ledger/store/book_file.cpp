// A book as a file: created whole, recognised before SQLite reads it.

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "ledger/store/schema.h"
#include "ledger/store/state.h"

namespace accrue {

namespace {

namespace fs = std::filesystem;

constexpr int patience_ms = 10'000;

Error refused(ErrorCode code, std::string message, std::string hint = {}) {
  return Error{.code = code, .message = std::move(message), .hint = std::move(hint)};
}

Error unwritable(const std::string& path, const std::string& reason) {
  return refused(ErrorCode::file_unwritable, "'" + path + "' cannot be created: " + reason);
}

Error exists(const std::string& path) {
  return refused(ErrorCode::book_exists, "there is a file at '" + path + "' already");
}

/// A new entry in a folder is safe only when the folder is on the disk.
void sync_folder_of(const std::string& path) {
  const fs::path folder = fs::path{plain_path(path)}.parent_path();
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

void remove_database(const std::string& path) {
  for (const char* ending : {"", "-journal", "-wal", "-shm"}) {
    std::error_code ignored;
    fs::remove(path + ending, ignored);
  }
}

/// Gives `from` the name `to` unless that is taken; false with errno set when it cannot.
bool rename_to_free_name(const std::string& from, const std::string& to) {
  if (::link(from.c_str(), to.c_str()) == 0) {
    ::unlink(from.c_str());
    return true;
  }
  // Some file systems have no links: there two programs that create one book race.
  if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS) return false;
  if (fs::exists(fs::symlink_status(to))) {
    errno = EEXIST;
    return false;
  }
  return std::rename(from.c_str(), to.c_str()) == 0;
}

constexpr std::size_t header_size = 100;
constexpr std::size_t user_version_offset = 60;
constexpr std::size_t application_id_offset = 68;

std::uint32_t big_endian(const std::array<unsigned char, header_size>& header, std::size_t at) {
  return std::uint32_t{header[at]} << 24 | std::uint32_t{header[at + 1]} << 16 |
         std::uint32_t{header[at + 2]} << 8 | std::uint32_t{header[at + 3]};
}

}  // namespace

std::string plain_path(const std::string& path) {
  return path.starts_with('/') ? path : "./" + path;
}

void configure(SQLite::Database& database, Store::Access access) {
  database.exec(
      "PRAGMA foreign_keys = ON;"
      "PRAGMA recursive_triggers = ON;"  // REPLACE shall not slip past the guards
      "PRAGMA trusted_schema = OFF;"
      "PRAGMA cell_size_check = ON;"
      "PRAGMA cache_size = -65536;");
  database.check(sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr));
  if (access == Store::Access::write) {
    database.exec(
        "PRAGMA synchronous = FULL;"
        "PRAGMA secure_delete = OFF;"
        "PRAGMA wal_autocheckpoint = 4096;");
  }
}

void create_tables(SQLite::Database& database) {
  database.exec("PRAGMA page_size = 16384; PRAGMA secure_delete = OFF; BEGIN IMMEDIATE");
  for (const char* statement : schema) database.exec(statement);
  database.exec("PRAGMA application_id = " + std::to_string(application_id));
  database.exec("PRAGMA user_version = " + std::to_string(schema_version));
  database.exec("COMMIT");
}

Result<Done> create_book_file(const std::string& path) {
  std::error_code unknown;
  if (fs::exists(fs::symlink_status(plain_path(path), unknown))) return exists(path);

  // Made under another name, so that a book is there whole or not at all.
  const std::string draft = plain_path(path) + ".new-" + std::to_string(::getpid());
  remove_database(draft);
  try {
    SQLite::Database database{draft, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, patience_ms};
    create_tables(database);
    database.exec("PRAGMA journal_mode = WAL");
  } catch (const SQLite::Exception& exception) {
    remove_database(draft);
    return unwritable(path, exception.what());
  }
  if (!rename_to_free_name(draft, plain_path(path))) {
    const int reason = errno;
    remove_database(draft);
    if (reason == EEXIST) return exists(path);
    return unwritable(path, std::strerror(reason));
  }
  sync_folder_of(path);
  return Done{};
}

Result<Done> check_book_file(const std::string& path) {
  const int descriptor = ::open(plain_path(path).c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return refused(ErrorCode::book_missing, "there is no book at '" + path + "'",
                     "create it with `accrue --book " + path + " init`");
    }
    throw StoreFailure{path + ": cannot be opened: " + std::strerror(errno)};
  }
  std::array<unsigned char, header_size> header{};
  const ssize_t read = ::read(descriptor, header.data(), header.size());
  ::close(descriptor);

  constexpr std::string_view magic{"SQLite format 3\0", 16};
  if (read != static_cast<ssize_t>(header.size()) ||
      std::memcmp(header.data(), magic.data(), magic.size()) != 0 ||
      big_endian(header, application_id_offset) != application_id) {
    return refused(ErrorCode::not_a_book, "'" + path + "' is not an accrue book");
  }
  const std::uint32_t version = big_endian(header, user_version_offset);
  if (version > schema_version) {
    Error error =
        refused(ErrorCode::book_too_new, "'" + path + "' was written by a later version of accrue");
    error.notes = {"tables of version " + std::to_string(version) + "; this version knows " +
                   std::to_string(schema_version)};
    return error;
  }
  if (version < schema_version) {
    Error error =
        refused(ErrorCode::book_too_old, "'" + path + "' was written by an earlier version of accrue");
    error.notes = {"tables of version " + std::to_string(version) + "; this version knows " +
                   std::to_string(schema_version)};
    return error;
  }
  return Done{};
}

}  // namespace accrue
