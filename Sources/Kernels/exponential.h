#pragma once
#include <stdint.h>
#include <string.h>

#pragma clang fp contract(fast)

/// exp(x) = power (1 + rest), power being a power of two and |rest| < 0.42.
struct exponential_parts {
  float power, rest;
};

/// The parts of exp(x) for -87 <= x <= 88, without branches so that loops around it vectorise:
/// x = n ln(2) + r with |r| <= ln(2) / 2, and a polynomial of least relative error, 1.3e-8, for
/// exp(r) - 1. NaN comes back in `rest`.
static inline __attribute__((always_inline)) struct exponential_parts exponential_parts(float x) {
  // 1.5 * 2^23: adding it rounds to an integer, which the low bits then hold.
  const float rounder = 12582912.0f;
  float shifted = x * 1.44269504088896341f + rounder;
  float n = shifted - rounder;
  float r = (x - n * 0.693145751953125f) - n * 1.428606765330187e-06f;
  float p = 0.0013948895502835512f;
  p = p * r + 0.008369343355298042f;
  p = p * r + 0.04166623577475548f;
  p = p * r + 0.16666503250598907f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  uint32_t bits;
  memcpy(&bits, &shifted, sizeof bits);
  bits = (bits << 23) + 0x3F800000u;
  struct exponential_parts parts;
  memcpy(&parts.power, &bits, sizeof bits);
  parts.rest = p * r;
  return parts;
}

/// exp(x) for x <= 0; below -87 that of -87. The bound lets NaN pass.
static inline __attribute__((always_inline)) float decay(float x) {
  struct exponential_parts parts = exponential_parts(-87.0f > x ? -87.0f : x);
  return parts.power * parts.rest + parts.power;
}
