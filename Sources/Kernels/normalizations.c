#include "normalizations.h"

#include <math.h>

#include "dispatch.h"
#include "sums.h"

#pragma clang fp contract(fast)

KERNEL void layer_norm(
    float *restrict values, float *restrict normalized, float *restrict inverse,
    const float *restrict gain, const float *restrict shift, size_t rows, size_t units) {
  for (size_t r = 0; r < rows; r++) {
    float *x = values + r * units, *n = normalized + r * units;
    float mean = total(x, units) / (float)units;
    for (size_t j = 0; j < units; j++) n[j] = x[j] - mean;
    float factor = 1.0f / sqrtf(dot(n, n, units) / (float)units + 1e-5f);
    for (size_t j = 0; j < units; j++) {
      n[j] *= factor;
      x[j] = gain[j] * n[j] + shift[j];
    }
    inverse[r] = factor;
  }
}

KERNEL void layer_norm_backward(
    float *restrict gradient, float *restrict gain_gradient, float *restrict shift_gradient,
    const float *restrict normalized, const float *restrict inverse, const float *restrict gain,
    size_t rows, size_t units) {
  for (size_t r = 0; r < rows; r++) {
    float *g = gradient + r * units;
    const float *n = normalized + r * units;
    for (size_t j = 0; j < units; j++) {
      gain_gradient[j] += g[j] * n[j];
      shift_gradient[j] += g[j];
      g[j] *= gain[j];
    }
    float mean = total(g, units) / (float)units;
    float along = dot(g, n, units) / (float)units;
    for (size_t j = 0; j < units; j++) g[j] = inverse[r] * (g[j] - mean - along * n[j]);
  }
}
