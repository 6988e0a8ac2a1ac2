#pragma once
#include <stdint.h>

/// Ten rounds of Philox4x32 on `c`, in place.
static inline __attribute__((always_inline)) void philox(
    uint32_t *c0, uint32_t *c1, uint32_t *c2, uint32_t *c3, uint64_t key) {
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  for (int round = 0; round < 10; round++) {
    uint64_t p0 = (uint64_t)0xD2511F53u * *c0;
    uint64_t p1 = (uint64_t)0xCD9E8D57u * *c2;
    uint32_t n0 = (uint32_t)(p1 >> 32) ^ *c1 ^ k0;
    uint32_t n2 = (uint32_t)(p0 >> 32) ^ *c3 ^ k1;
    *c1 = (uint32_t)p1;
    *c3 = (uint32_t)p0;
    *c0 = n0;
    *c2 = n2;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
}

/// The upper 24 bits as a float on [0,1).
static inline __attribute__((always_inline)) float uniform_from(uint32_t word) {
  return (float)(int32_t)(word >> 8) * (1.0f / 16777216.0f);
}
