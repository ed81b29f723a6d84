#pragma once

#include <cstddef>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace accrue::csv {

/// Bytes that are looked at in one go; a buffer must be readable for so many past its end.
inline constexpr std::size_t block_size = 64;

/// Which of the 64 bytes at `block` are a comma, quote, LF or CR: bit i for byte i.
inline std::uint64_t specials(const char* block) {
  std::uint64_t found = 0;
#ifdef __SSE2__
  const __m128i comma = _mm_set1_epi8(',');
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i line_feed = _mm_set1_epi8('\n');
  const __m128i carriage_return = _mm_set1_epi8('\r');
  for (std::size_t i = 0; i < block_size; i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + i));
    const __m128i ends =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, line_feed), _mm_cmpeq_epi8(bytes, carriage_return));
    const __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, comma), _mm_cmpeq_epi8(bytes, quote));
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(ends, marks)));
    found |= std::uint64_t{bits} << i;
  }
#else
  for (std::size_t i = 0; i < block_size; ++i) {
    const char c = block[i];
    const bool special = c == ',' || c == '"' || c == '\n' || c == '\r';
    found |= std::uint64_t{special} << i;
  }
#endif
  return found;
}

/// How many bytes of `text` are whole, valid UTF-8. `text[count]` is then where the first bad or
/// cut sequence begins, or the end.
std::size_t valid_utf8(const char* text, std::size_t size);

/// Whether `text`, shorter than four bytes, could be the begin of a sequence cut off by the end.
bool may_be_cut_utf8(const char* text, std::size_t size);

}  // namespace accrue::csv
