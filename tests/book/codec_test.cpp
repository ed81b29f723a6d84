#include "ledger/book/codec.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "ledger/proof/merkle.h"

namespace {

using namespace accrue;
using Int64 = std::numeric_limits<std::int64_t>;

template <typename Put>
std::string hex_of(Put put) {
  ByteWriter out;
  put(out);
  return to_hex(out.take());
}

std::string bytes_of(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string{hex.substr(i, 2)}, nullptr, 16));
  }
  return bytes;
}

Decimal decimal(std::string_view text) { return stored_decimal(text); }

}  // namespace

TEST_CASE("codec: each value has the bytes of docs/formats.md") {
  CHECK(hex_of([](ByteWriter& out) { out.put_u8(0xfe); }) == "fe");
  CHECK(hex_of([](ByteWriter& out) { out.put_u32(0x01020304); }) == "01020304");
  CHECK(hex_of([](ByteWriter& out) { out.put_i64(258); }) == "0000000000000102");
  CHECK(hex_of([](ByteWriter& out) { out.put_i64(-2); }) == "fffffffffffffffe");
  CHECK(hex_of([](ByteWriter& out) { out.put_text("ab"); }) == "00000000000000026162");
  CHECK(hex_of([](ByteWriter& out) { out.put_decimal(decimal("-0.5")); }) ==
        "00000000000000042d302e35");
  CHECK(hex_of([](ByteWriter& out) {
          out.put_list(std::vector<int>{1, 2},
                       [&](int item) { out.put_u8(static_cast<std::uint8_t>(item)); });
        }) == "00000000000000020102");
}

TEST_CASE("codec: whole numbers of few bytes") {
  struct Row {
    std::int64_t value;
    const char* hex;
  };
  const Row rows[] = {
      {0, "00"},
      {-1, "01"},
      {1, "02"},
      {63, "7e"},
      {-64, "7f"},
      {64, "8001"},
      {8192, "808001"},
      {Int64::max(), "feffffffffffffffff01"},
      {Int64::min(), "ffffffffffffffffff01"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    CHECK(hex_of([&](ByteWriter& out) { out.put_signed_varint(row.value); }) == row.hex);
    const std::string bytes = bytes_of(row.hex);
    ByteReader in{bytes};
    CHECK(in.get_signed_varint() == row.value);
    CHECK(in.at_end());
  }
  for (const char* hex : {"8000", "80", "ffffffffffffffffff02", "ffffffffffffffffffff01", ""}) {
    CAPTURE(hex);
    const std::string bytes = bytes_of(hex);
    ByteReader in{bytes};
    CHECK_THROWS_AS(in.get_varint(), DamagedBytes);
  }
}

TEST_CASE("codec: decimals come back, those of sums beyond 38 digits included") {
  struct Row {
    const char* text;
    const char* packed;
  };
  const Row rows[] = {
      {"0", "0000"},
      {"1", "000101"},
      {"-1", "800101"},
      {"0.5", "010105"},
      {"-12.34", "820204d2"},
      {"300000000", "000411e1a300"},
      {"0.000000000000000000000000000001", "1e0101"},
      {"-0.123456789012345678901234567891", "9e0d018ee90ff6c373e0ee4e3f0ad3"},
      {"99999999999999999999999999999999999999", "00104b3b4ca85a86c47a098a223fffffffff"},
      {"9999999999999999999999999999999999999900000000.000000000000000000000000000001", nullptr},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Decimal value = decimal(row.text);
    CHECK(value.to_string() == row.text);
    ByteWriter out;
    out.put_packed_decimal(value);
    out.put_decimal(value);
    const std::string bytes = out.take();
    if (row.packed != nullptr) CHECK(to_hex(bytes).starts_with(row.packed));
    ByteReader in{bytes};
    CHECK(in.get_packed_decimal() == value);
    CHECK(in.get_decimal() == value);
    CHECK(in.at_end());
  }
}

TEST_CASE("codec: what the writer would not have written is damaged") {
  for (const char* text :
       {"",
        "-",
        "-0",
        "00",
        "01",
        "1.",
        ".5",
        "1.0",
        "1.50",
        "1E2",
        "+1",
        " 1",
        "1 ",
        "1,5",
        "0x1",
        "--1",
        "1.2.3",
        "-0.0",
        "0.0000000000000000000000000000001",
        "100000000000000000000000000000000000000000000000000000000000000000000000000000"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(stored_decimal(text), DamagedBytes);
  }
  // 10^47 has too many units for 256 bits.
  CHECK_THROWS_AS(stored_decimal("1" + std::string(48, '0')), DamagedBytes);

  struct Row {
    const char* why;
    const char* hex;
  };
  const Row packed[] = {
      {"zero with a sign", "8000"},
      {"zero with a fraction", "0100"},
      {"a zero before the magnitude", "000200ff"},
      {"a zero after the point", "010114"},
      {"31 fraction digits", "1f0101"},
      {"cut short", "0002ff"},
      {"33 bytes", "0021ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"},
      {"more than 256 bits of units",
       "0020ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"},
  };
  for (const Row& row : packed) {
    CAPTURE(row.why);
    const std::string bytes = bytes_of(row.hex);
    ByteReader in{bytes};
    CHECK_THROWS_AS(in.get_packed_decimal(), DamagedBytes);
  }
  for (const char* hex : {"", "00", "7fffffffffffffff", "ffffffffffffffff", "000000000000000261"}) {
    CAPTURE(hex);
    const std::string bytes = bytes_of(hex);
    ByteReader in{bytes};
    CHECK_THROWS_AS(in.get_text(), DamagedBytes);
  }
  CHECK_THROWS_AS(ByteReader{"x"}.finish(), DamagedBytes);
  CHECK_NOTHROW(ByteReader{""}.finish());
}
