#pragma once
#include <stddef.h>

#pragma clang fp contract(fast)

/// The sum of a[i] b[i] in sixteen interleaved parts, which vectorises without leave to reorder.
static inline __attribute__((always_inline)) float dot(
    const float *restrict a, const float *restrict b, size_t count) {
  float parts[16] = {0};
  size_t i = 0;
  for (; i + 16 <= count; i += 16)
    for (size_t k = 0; k < 16; k++) parts[k] += a[i + k] * b[i + k];
  float sum = 0;
  for (; i < count; i++) sum += a[i] * b[i];
  for (size_t half = 8; half > 0; half /= 2)
    for (size_t k = 0; k < half; k++) parts[k] += parts[k + half];
  return sum + parts[0];
}

/// The sum of a[i] in the same parts.
static inline __attribute__((always_inline)) float total(const float *restrict a, size_t count) {
  float parts[16] = {0};
  size_t i = 0;
  for (; i + 16 <= count; i += 16)
    for (size_t k = 0; k < 16; k++) parts[k] += a[i + k];
  float sum = 0;
  for (; i < count; i++) sum += a[i];
  for (size_t half = 8; half > 0; half /= 2)
    for (size_t k = 0; k < half; k++) parts[k] += parts[k + half];
  return sum + parts[0];
}
