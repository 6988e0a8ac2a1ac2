#pragma once
#include <stddef.h>
#include <stdint.h>

/// One block of Philox4x32-10 (Salmon et al. 2011): four random words from a 128-bit counter and
/// a 64-bit key.
void random_block(uint32_t out[4], const uint32_t counter[4], uint64_t key);

/// Uniform floats on [0,1), multiples of 2^-24. Value i is word i % 4 of the block with counter
/// {first + i / 4, counter1, counter2, counter3}.
void random_uniforms(
    float *out, size_t count, uint32_t first, uint32_t counter1, uint32_t counter2,
    uint32_t counter3, uint64_t key);
