#include "cli/export/members.h"

#include <algorithm>
#include <filesystem>
#include <memory>

#include <zip.h>

#include "cli/files.h"
#include "ledger/error/check.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace fs = std::filesystem;

std::vector<Member> with_manifest(std::vector<Member> members) {
  std::sort(members.begin(), members.end(),
            [](const Member& a, const Member& b) { return a.path < b.path; });
  std::string manifest;
  for (const Member& member : members) {
    manifest += to_hex(sha256(member.bytes)) + "  " + member.path + '\n';
  }
  members.insert(members.begin(), {"MANIFEST", std::move(manifest)});
  return members;
}

std::string file_safe(std::string_view name) {
  constexpr std::size_t longest = 100;
  std::string safe;
  for (const char c : name.substr(0, longest)) {
    const bool stands = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                        (c >= 'a' && c <= 'z') || c == '_' || c == '-' ||
                        (c == '.' && !safe.empty());
    safe += stands ? c : '_';
  }
  return safe.empty() ? "_" : safe;
}

Result<Done> write_folder(const std::string& folder, const std::vector<Member>& members) {
  std::error_code failure;
  const bool is_taken = fs::exists(folder, failure) &&
                        !(fs::is_directory(folder, failure) && fs::is_empty(folder, failure));
  if (is_taken) {
    return Error{.code = ErrorCode::book_exists,
                 .message = "'" + folder + "' holds something already",
                 .hint = "name a new folder"};
  }
  for (const Member& member : members) {
    const fs::path path = fs::path{folder} / member.path;
    fs::create_directories(path.parent_path(), failure);
    if (failure) {
      return Error{.code = ErrorCode::file_unwritable,
                   .message = "'" + path.parent_path().string() + "' cannot be made: " +
                              failure.message()};
    }
    ACCRUE_TRY_DONE(write_file(path.string(), member.bytes));
  }
  return Done{};
}

namespace {

/// libzip fails here only for want of memory or by a fault of ours.
void require(bool holds, const std::string& step) {
  LEDGER_CHECK(holds, "libzip: " + step, "a step that succeeds");
}

void add_member(zip_t* archive, const Member& member) {
  constexpr zip_uint16_t first_of_1980 = (1 << 5) | 1;  // year 0, month 1, day 1
  constexpr zip_uint32_t a_plain_file = 0100644u << 16;
  zip_source_t* const bytes =
      zip_source_buffer(archive, member.bytes.data(), member.bytes.size(), 0);
  require(bytes != nullptr, "source of " + member.path);
  const zip_int64_t added =
      zip_file_add(archive, member.path.c_str(), bytes, ZIP_FL_ENC_UTF_8);
  require(added >= 0, "add " + member.path);
  const auto index = static_cast<zip_uint64_t>(added);
  require(zip_file_set_dostime(archive, index, 0, first_of_1980, 0) == 0, "time");
  require(zip_set_file_compression(archive, index, ZIP_CM_DEFLATE, 9) == 0, "compression");
  require(zip_file_set_external_attributes(archive, index, 0, ZIP_OPSYS_UNIX, a_plain_file) == 0,
          "attributes");
}

std::string all_of(zip_source_t* source) {
  zip_stat_t stat;
  require(zip_source_stat(source, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) != 0, "size");
  std::string bytes(stat.size, '\0');
  require(zip_source_open(source) == 0, "open");
  require(zip_source_read(source, bytes.data(), bytes.size()) ==
              static_cast<zip_int64_t>(bytes.size()),
          "read");
  zip_source_close(source);
  return bytes;
}

}  // namespace

std::string zip_archive(const std::vector<Member>& members) {
  zip_error_t error;
  zip_error_init(&error);
  const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> target{
      zip_source_buffer_create(nullptr, 0, 0, &error), &zip_source_free};
  require(target != nullptr, "buffer");
  zip_t* const archive = zip_open_from_source(target.get(), ZIP_TRUNCATE, &error);
  require(archive != nullptr, "open");
  // The archive would free it: it is read once the archive is closed.
  zip_source_keep(target.get());
  for (const Member& member : members) add_member(archive, member);
  require(zip_close(archive) == 0, "close");
  return all_of(target.get());
}

}  // namespace accrue
