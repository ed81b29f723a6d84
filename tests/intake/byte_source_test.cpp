#include "ledger/intake/byte_source.h"

#include <string>

#include <doctest/doctest.h>

#include "tests/intake/scratch_file.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

struct Read {
  std::string text;
  std::string digest;  ///< in hexadecimal
  std::int64_t byte_count = 0;
};

/// Reads to the end in pieces of `capacity`.
Result<Read> read_all(const std::string& path, std::size_t capacity = 1 << 16) {
  ACCRUE_TRY(source, ByteSource::open(path));
  Read read;
  std::string piece(capacity, '\0');
  while (true) {
    ACCRUE_TRY(count, source.read(piece.data(), piece.size()));
    if (count == 0) break;
    read.text.append(piece, 0, count);
  }
  for (const char byte : source.sha256()) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto value = static_cast<unsigned char>(byte);
    read.digest += {digits[value >> 4], digits[value & 15]};
  }
  read.byte_count = source.byte_count();
  return read;
}

std::string megabytes(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; text.size() < count << 20; ++i) text += std::to_string(i) + ",abc\n";
  return text;
}

}  // namespace

TEST_CASE("byte source: a plain file is read as it lies, with its digest and size") {
  // The digest is the one of FIPS 180-2, appendix B.1.
  const ScratchFile file{"abc"};
  const Read read = read_all(file.path()).value();
  CHECK(read.text == "abc");
  CHECK(read.byte_count == 3);
  CHECK(read.digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("byte source: an empty file has no bytes and the digest of nothing") {
  const ScratchFile file{""};
  const Read read = read_all(file.path()).value();
  CHECK(read.text.empty());
  CHECK(read.digest == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("byte source: gzip is known by its bytes, and the digest is of the file on disk") {
  const std::string text = megabytes(3);
  const std::string packed = gzip(text);
  const ScratchFile named_plain{packed, "usage.csv"};
  const ScratchFile named_gzip{text, "usage.csv.gz"};
  const Read read = read_all(named_plain.path()).value();
  CHECK(read.text == text);
  CHECK(read.byte_count == static_cast<std::int64_t>(packed.size()));
  CHECK(read_all(named_gzip.path()).value().text == text);
  CHECK(read.digest != read_all(named_gzip.path()).value().digest);
}

TEST_CASE("byte source: the members of a gzip file are one text") {
  struct Row {
    std::string why;
    std::string bytes;
    std::string text;
  };
  const Row rows[] = {
      {"one member", gzip("a,b\n"), "a,b\n"},
      {"two members", gzip("a,b\n") + gzip("1,2\n"), "a,b\n1,2\n"},
      {"an empty member", gzip("a\n") + gzip("") + gzip("b\n"), "a\nb\n"},
      {"zeros behind the last", gzip("a\n") + std::string(512, '\0'), "a\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const ScratchFile file{row.bytes};
    CHECK(read_all(file.path()).value().text == row.text);
    CHECK(read_all(file.path(), 1).value().text == row.text);
  }
}

TEST_CASE("byte source: a digest does not depend on the pieces") {
  // More than one piece of a MiB, and not a whole number of them.
  const ScratchFile file{megabytes(5)};
  const Read wide = read_all(file.path(), 3 << 20).value();
  const Read narrow = read_all(file.path(), 1000).value();
  CHECK(wide.digest == narrow.digest);
  CHECK(wide.text == narrow.text);
  CHECK(wide.byte_count == static_cast<std::int64_t>(wide.text.size()));
}

TEST_CASE("byte source: what cannot be read is refused") {
  const std::string packed = gzip(megabytes(1));
  const std::string cut = packed.substr(0, packed.size() - 5);
  std::string flipped = packed;
  flipped[packed.size() - 6] = static_cast<char>(flipped[packed.size() - 6] ^ 1);  // the checksum
  struct Row {
    std::string why;
    std::string bytes;
  };
  const Row rows[] = {
      {"cut short", cut},
      {"cut in the header", packed.substr(0, 5)},
      {"a checksum that is not the text's", flipped},
      {"text behind the last member", packed + "tail"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const ScratchFile file{row.bytes};
    const auto read = read_all(file.path());
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code == ErrorCode::bad_gzip);
  }
  CHECK(read_all("/nowhere/usage.csv").error().code == ErrorCode::file_unreadable);
  CHECK(read_all("/").error().code == ErrorCode::file_unreadable);
}
