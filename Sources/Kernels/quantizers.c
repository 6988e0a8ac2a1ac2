#include "quantizers.h"

#include <math.h>

#include "dispatch.h"
#include "philox.h"

KERNEL void quantize_diffused(
    float *restrict out, const float *restrict in, float *restrict voltage, float w, size_t count) {
  for (size_t i = 0; i < count; i++) {
    float s = voltage[i] + w * in[i];
    float n = floorf(s);
    voltage[i] = s - n;
    out[i] = n / w;
  }
}

KERNEL void quantize_nearest(float *restrict out, const float *restrict in, float w, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = rintf(w * in[i]) / w;
}

KERNEL void quantize_stochastic(
    float *restrict out, const float *restrict in, const float *restrict uniforms, float w, size_t count) {
  for (size_t i = 0; i < count; i++) {
    float y = w * fabsf(in[i]);
    float whole = truncf(y);
    float n = whole + (uniforms[i] < y - whole ? 1.0f : 0.0f);
    out[i] = copysignf(n, in[i]) / w;
  }
}

/// One Poisson number of mean at most 16 from one uniform of 32 bits.
static int poisson_by_inversion(double mean, uint32_t word) {
  double u = ((double)word + 0.5) * (1.0 / 4294967296.0);
  double p = exp(-mean), cumulative = p;
  int n = 0;
  while (u > cumulative && n < 200) {
    n++;
    p *= mean / n;
    cumulative += p;
  }
  return n;
}

void quantize_poisson(
    float *restrict out, const float *restrict in, float w, size_t count, uint32_t first, uint32_t counter2,
    uint32_t counter3, uint64_t key) {
  for (size_t i = 0; i < count; i++) {
    double mean = (double)w * fabs((double)in[i]);
    if (!(mean < 1e6)) {  // Relative deviation below 1e-3; also passes NaN on.
      out[i] = in[i];
      continue;
    }
    double n = 0;
    for (uint32_t draw = 0; mean > 0; draw++, mean -= 16) {
      uint32_t c0 = draw, c1 = first + (uint32_t)i, c2 = counter2, c3 = counter3;
      philox(&c0, &c1, &c2, &c3, key);
      n += poisson_by_inversion(mean < 16 ? mean : 16, c0);
    }
    out[i] = copysignf((float)n, in[i]) / w;
  }
}

int32_t count_levels(
    uint32_t *histograms, size_t bins, const float *out, float w, size_t rows, size_t units,
    size_t stride) {
  int32_t half = (int32_t)(bins / 2), largest = 0;
  for (size_t r = 0; r < rows; r++)
    for (size_t u = 0; u < units; u++) {
      const float size = fabsf(rintf(w * out[r * stride + u]));
      // A diverging run counts what no integer holds, and what is not a number.
      int32_t magnitude = size < 0x1p30f ? (int32_t)size : INT32_MAX;
      largest = magnitude > largest ? magnitude : largest;
    }
  if (largest >= half) return largest;
  for (size_t r = 0; r < rows; r++)
    for (size_t u = 0; u < units; u++) {
      int32_t n = (int32_t)rintf(w * out[r * stride + u]);
      histograms[u * bins + (size_t)(n + half)]++;
    }
  return largest;
}
