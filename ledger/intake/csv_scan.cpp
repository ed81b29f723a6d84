#include "ledger/intake/csv_scan.h"

#include <cstring>

namespace accrue::csv {

namespace {

/// The length that a lead byte announces, and the bounds of the byte after it; 0 for a bad lead.
struct Sequence {
  std::size_t size;
  unsigned char second_from;
  unsigned char second_to;
};

// Source: Unicode 15, table 3-7, well-formed UTF-8 byte sequences.
Sequence sequence_of(unsigned char lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {2, 0x80, 0xBF};
  if (lead == 0xE0) return {3, 0xA0, 0xBF};
  if (lead == 0xED) return {3, 0x80, 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {3, 0x80, 0xBF};
  if (lead == 0xF0) return {4, 0x90, 0xBF};
  if (lead >= 0xF1 && lead <= 0xF3) return {4, 0x80, 0xBF};
  if (lead == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

/// Whether the first `size` bytes fit the sequence that the first of them announces.
bool begins_well(const Sequence& sequence, const unsigned char* bytes, std::size_t size) {
  if (sequence.size == 0) return false;
  if (size > 1 && (bytes[1] < sequence.second_from || bytes[1] > sequence.second_to)) return false;
  for (std::size_t i = 2; i < size && i < sequence.size; ++i) {
    if ((bytes[i] & 0xC0) != 0x80) return false;
  }
  return true;
}

}  // namespace

std::size_t valid_utf8(const char* text, std::size_t size) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text);
  std::size_t at = 0;
  while (at < size) {
    constexpr std::uint64_t high_bits = 0x8080808080808080;
    while (size - at >= 32) {
      std::uint64_t words[4];
      std::memcpy(words, text + at, sizeof words);
      if (((words[0] | words[1] | words[2] | words[3]) & high_bits) != 0) break;
      at += 32;
    }
    while (at < size && bytes[at] < 0x80) ++at;
    if (at == size) break;
    const Sequence sequence = sequence_of(bytes[at]);
    if (size - at < sequence.size || !begins_well(sequence, bytes + at, size - at)) break;
    at += sequence.size;
  }
  return at;
}

bool may_be_cut_utf8(const char* text, std::size_t size) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text);
  if (size == 0) return true;
  const Sequence sequence = sequence_of(bytes[0]);
  return size < sequence.size && begins_well(sequence, bytes, size);
}

}  // namespace accrue::csv
