#pragma once
#include <stdint.h>
#include <string.h>

/// exp(x) for -87 <= x <= 88 with relative error below 2e-7, without branches so that loops
/// around it vectorise: 2^n times a Taylor polynomial on |r| <= ln(2)/2.
static inline __attribute__((always_inline)) float exponential(float x) {
  const float rounder = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer.
  float n = (x * 1.44269504088896341f + rounder) - rounder;
  float r = (x - n * 0.693145751953125f) - n * 1.428606765330187e-06f;
  float p = 1.0f / 5040.0f;
  p = p * r + 1.0f / 720.0f;
  p = p * r + 1.0f / 120.0f;
  p = p * r + 1.0f / 24.0f;
  p = p * r + 1.0f / 6.0f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  int32_t bits = ((int32_t)n + 127) << 23;
  float power;
  memcpy(&power, &bits, sizeof power);
  return p * power;
}
