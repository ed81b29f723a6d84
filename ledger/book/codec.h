#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/number/decimal.h"

namespace accrue {

/// Canonical binary: integers big-endian of fixed width, texts with a 64-bit length before them.
/// Specified in docs/formats.md, "Binary values".
class ByteWriter {
 public:
  void put_u8(std::uint8_t value);
  void put_u32(std::uint32_t value);
  void put_i64(std::int64_t value);
  void put_text(std::string_view text);
  void put_decimal(const Decimal& value);  ///< as its canonical text
  /// Seven bits a byte, lowest first, the top bit set on all but the last.
  void put_varint(std::uint64_t value);
  /// Around zero by turns, 0 -1 1 -2 2, as a varint.
  void put_signed_varint(std::int64_t value);
  /// Fraction digits and sign, length, magnitude: a third of the text.
  void put_packed_decimal(const Decimal& value);
  template <typename Optional, typename Put>
  void put_optional(const Optional& value, Put put) {
    put_u8(value ? 1 : 0);
    if (value) put(*value);
  }
  template <typename Range, typename Put>
  void put_list(const Range& range, Put put) {
    put_i64(static_cast<std::int64_t>(std::size(range)));
    for (const auto& item : range) put(item);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what ByteWriter wrote, and nothing that it would have written otherwise. Damaged bytes
/// throw DamagedBytes: the machine or a hand failed, never the input of a command.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_{bytes} {}
  std::uint8_t get_u8();
  std::uint32_t get_u32();
  std::int64_t get_i64();
  std::string get_text();
  Decimal get_decimal();
  std::uint64_t get_varint();
  std::int64_t get_signed_varint();
  Decimal get_packed_decimal();
  /// A count that cannot exceed the bytes left.
  std::size_t get_count();
  bool at_end() const { return bytes_.empty(); }
  /// Throws DamagedBytes unless everything was read.
  void finish() const;

 private:
  std::string_view take(std::size_t count);
  std::string_view bytes_;
};

struct DamagedBytes : std::exception {
  const char* what() const noexcept override { return "stored bytes are damaged"; }
};

/// Reads what Decimal::to_string() writes, sums beyond 38 digits included, and no other form.
/// Throws DamagedBytes.
Decimal stored_decimal(std::string_view text);

}  // namespace accrue
