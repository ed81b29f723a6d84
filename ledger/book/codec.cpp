#include "ledger/book/codec.h"

#include <array>
#include <iterator>
#include <stdexcept>
#include <vector>

namespace accrue {

namespace {

/// 2^255 has 77 digits: a text of more cannot be a Decimal.
constexpr std::size_t most_digits = 77;
/// The widest number that is handled without leaving the machine's registers.
constexpr std::size_t digits_of_128_bits = 38;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Int256 read_digits(std::string_view digits) {
  Int256 value = 0;
  while (!digits.empty()) {
    const std::string_view head = digits.substr(0, digits_of_128_bits);
    unsigned __int128 part = 0;
    for (const char c : head) {
      if (!is_digit(c)) throw DamagedBytes{};
      part = part * 10 + static_cast<unsigned>(c - '0');
    }
    if (!value.is_zero()) value *= power_of_ten(static_cast<int>(head.size()));
    value += part;
    digits.remove_prefix(head.size());
  }
  return value;
}

/// `magnitude` without the zeros at its end, at most `most` of them; counts them.
int cut_zeros(Int256& magnitude, int most) {
  int cut = 0;
  for (int step = 16; step > 0; step /= 2) {
    while (cut + step <= most) {
      Int256 quotient;
      Int256 remainder;
      boost::multiprecision::divide_qr(magnitude, power_of_ten(step), quotient, remainder);
      if (!remainder.is_zero()) break;
      magnitude = quotient;
      cut += step;
    }
  }
  return cut;
}

constexpr std::uint8_t sign_bit = 0x80;
constexpr std::size_t most_magnitude_bytes = 32;

}  // namespace

Decimal stored_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);

  if (whole.empty() || (whole.size() > 1 && whole[0] == '0')) throw DamagedBytes{};
  if (point != std::string_view::npos && (fraction.empty() || fraction.back() == '0')) {
    throw DamagedBytes{};
  }
  if (fraction.size() > Decimal::fraction_digits || whole.size() > most_digits) {
    throw DamagedBytes{};
  }
  try {
    Int256 units = read_digits(whole) * power_of_ten(Decimal::fraction_digits);
    if (!fraction.empty()) {
      units += read_digits(fraction) *
               power_of_ten(Decimal::fraction_digits - static_cast<int>(fraction.size()));
    }
    if (negative && units.is_zero()) throw DamagedBytes{};
    if (negative) units = -units;
    return Decimal::from_units(std::move(units));
  } catch (const std::overflow_error&) {
    throw DamagedBytes{};
  } catch (const std::range_error&) {
    throw DamagedBytes{};
  }
}

void ByteWriter::put_u8(std::uint8_t value) { bytes_ += static_cast<char>(value); }

void ByteWriter::put_u32(std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes_ += static_cast<char>(value >> shift);
}

void ByteWriter::put_i64(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  for (int shift = 56; shift >= 0; shift -= 8) bytes_ += static_cast<char>(bits >> shift);
}

void ByteWriter::put_text(std::string_view text) {
  put_i64(static_cast<std::int64_t>(text.size()));
  bytes_ += text;
}

void ByteWriter::put_decimal(const Decimal& value) { put_text(value.to_string()); }

void ByteWriter::put_varint(std::uint64_t value) {
  for (; value > 0x7f; value >>= 7) put_u8(static_cast<std::uint8_t>(value | 0x80));
  put_u8(static_cast<std::uint8_t>(value));
}

void ByteWriter::put_signed_varint(std::int64_t value) {
  put_varint((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

void ByteWriter::put_packed_decimal(const Decimal& value) {
  if (value.is_zero()) {
    put_u8(0);
    put_u8(0);
    return;
  }
  Int256 magnitude = boost::multiprecision::abs(value.units());
  const int fraction_digits =
      Decimal::fraction_digits - cut_zeros(magnitude, Decimal::fraction_digits);
  std::array<std::uint8_t, most_magnitude_bytes> bytes;
  const auto end = boost::multiprecision::export_bits(magnitude, bytes.begin(), 8);
  put_u8(static_cast<std::uint8_t>(fraction_digits | (value.sign() < 0 ? sign_bit : 0)));
  put_u8(static_cast<std::uint8_t>(end - bytes.begin()));
  bytes_.append(bytes.begin(), end);
}

std::string_view ByteReader::take(std::size_t count) {
  if (count > bytes_.size()) throw DamagedBytes{};
  const std::string_view taken = bytes_.substr(0, count);
  bytes_.remove_prefix(count);
  return taken;
}

std::uint8_t ByteReader::get_u8() { return static_cast<std::uint8_t>(take(1)[0]); }

std::uint32_t ByteReader::get_u32() {
  std::uint32_t value = 0;
  for (const char c : take(4)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

std::int64_t ByteReader::get_i64() {
  std::uint64_t value = 0;
  for (const char c : take(8)) value = value << 8 | static_cast<unsigned char>(c);
  return static_cast<std::int64_t>(value);
}

std::string ByteReader::get_text() { return std::string{take(get_count())}; }

Decimal ByteReader::get_decimal() { return stored_decimal(take(get_count())); }

std::uint64_t ByteReader::get_varint() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const std::uint8_t byte = get_u8();
    const std::uint64_t bits = byte & 0x7f;
    if (shift == 63 && bits > 1) throw DamagedBytes{};
    value |= bits << shift;
    if ((byte & 0x80) != 0) continue;
    if (byte == 0 && shift > 0) throw DamagedBytes{};  // a shorter form says the same
    return value;
  }
  throw DamagedBytes{};
}

std::int64_t ByteReader::get_signed_varint() {
  const std::uint64_t turned = get_varint();
  return static_cast<std::int64_t>((turned >> 1) ^ (~(turned & 1) + 1));
}

Decimal ByteReader::get_packed_decimal() {
  const std::uint8_t head = get_u8();
  const std::string_view bytes = take(get_u8());
  const int fraction_digits = head & ~sign_bit;
  if (fraction_digits > Decimal::fraction_digits || bytes.size() > most_magnitude_bytes) {
    throw DamagedBytes{};
  }
  if (bytes.empty()) {
    if (head != 0) throw DamagedBytes{};
    return Decimal{};
  }
  if (bytes[0] == 0) throw DamagedBytes{};
  try {
    Int256 units;
    const auto* first = reinterpret_cast<const std::uint8_t*>(bytes.data());
    boost::multiprecision::import_bits(units, first, first + bytes.size(), 8);
    if (fraction_digits > 0 && (units % 10).is_zero()) throw DamagedBytes{};
    units *= power_of_ten(Decimal::fraction_digits - fraction_digits);
    if ((head & sign_bit) != 0) units = -units;
    return Decimal::from_units(std::move(units));
  } catch (const std::overflow_error&) {
    throw DamagedBytes{};
  } catch (const std::range_error&) {
    throw DamagedBytes{};
  }
}

std::size_t ByteReader::get_count() {
  const auto count = static_cast<std::uint64_t>(get_i64());  // one below zero becomes too large
  if (count > bytes_.size()) throw DamagedBytes{};
  return count;
}

void ByteReader::finish() const {
  if (!at_end()) throw DamagedBytes{};
}

}  // namespace accrue
