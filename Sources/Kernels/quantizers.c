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

/// Above this mean a rounded normal number stands for a Poisson number: pieces of 16 would take
/// long, and the skewness left out is below 1 / 16.
static const double largest_exact_mean = 256;

/// A standard normal number from two random words (Box and Muller 1958).
static double normal_from(uint32_t a, uint32_t b) {
  double radius = sqrt(-2 * log(((double)a + 0.5) * (1.0 / 4294967296.0)));
  return radius * cos(6.283185307179586 * ((double)b * (1.0 / 4294967296.0)));
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
    uint32_t index = first + (uint32_t)i;
    if (mean > largest_exact_mean) {
      uint32_t c0 = 0, c1 = index, c2 = counter2, c3 = counter3;
      philox(&c0, &c1, &c2, &c3, key);
      n = rint(mean + sqrt(mean) * normal_from(c0, c1));
      mean = 0;
    }
    for (uint32_t draw = 0; mean > 0; draw++, mean -= 16) {
      uint32_t c0 = draw, c1 = index, c2 = counter2, c3 = counter3;
      philox(&c0, &c1, &c2, &c3, key);
      n += poisson_by_inversion(mean < 16 ? mean : 16, c0);
    }
    out[i] = copysignf((float)n, in[i]) / w;
  }
}

/// How large |n| is; what no integer holds, as in a diverging run, counts as very large.
static inline __attribute__((always_inline)) float level_size(float w, float out) {
  const float size = fabsf(rintf(w * out));
  return size < 0x1p30f ? size : 0x1p30f;
}

KERNEL static float largest_level(
    const float *out, float w, size_t rows, size_t units, size_t stride) {
  float largest = 0;
  for (size_t r = 0; r < rows; r++)
    for (size_t u = 0; u < units; u++) {
      float size = level_size(w, out[r * stride + u]);
      largest = size > largest ? size : largest;
    }
  return largest;
}

/// The bins of `count` outputs, at most those of the histogram.
KERNEL static void find_bins(
    int32_t *restrict found, const float *restrict out, float w, size_t count, float limit) {
  for (size_t i = 0; i < count; i++) {
    float n = rintf(w * out[i]);
    n = n < limit ? n : limit;
    n = n > -limit ? n : -limit;
    found[i] = (int32_t)n + (int32_t)limit + 1;
  }
}

int32_t count_levels(
    uint32_t *histograms, size_t bins, const float *out, float w, size_t rows, size_t units,
    size_t stride, int saturate) {
  float limit = (float)(bins / 2 - 1);
  float largest = largest_level(out, w, rows, units, stride);
  if (largest > limit && !saturate) return (int32_t)largest;
  enum { BLOCK = 256 };
  int32_t found[BLOCK];
  for (size_t r = 0; r < rows; r++)
    for (size_t first = 0; first < units; first += BLOCK) {
      size_t count = units - first < BLOCK ? units - first : BLOCK;
      find_bins(found, out + r * stride + first, w, count, limit);
      uint32_t *histogram = histograms + first * bins;
      for (size_t u = 0; u < count; u++) histogram[u * bins + (size_t)found[u]]++;
    }
  return (int32_t)largest;
}
