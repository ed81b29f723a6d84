#pragma once

/// Before a function that goes through lanes: compiled again for registers of four and of eight
/// numbers, and that is run which the processor can. Products and sums are never joined, so that
/// all give the same numbers.
#if defined(__x86_64__)
#define ACCRUE_WIDE [[gnu::target_clones("avx512f", "avx2", "default")]]
#else
#define ACCRUE_WIDE
#endif
