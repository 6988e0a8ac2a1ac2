#include "surrogates.h"

#include <math.h>

#include "dispatch.h"
#include "exponential.h"

#pragma clang fp contract(fast)

/// S(y) (1 - S(y)) for y >= 0.
static inline __attribute__((always_inline)) float logistic_slope(float y) {
  float e = decay(-y), whole = 1.0f + e;
  return e / (whole * whole);
}

static inline __attribute__((always_inline)) float swish_slope(float y) {
  float e = decay(-y), whole = 1.0f + e;
  return 2.0f * e * (2.0f - y * (1.0f - e) / whole) / (whole * whole);
}

/// One form over all numbers; the switch stays outside of the loop.
#define EACH(slope)                        \
  for (size_t i = 0; i < count; i++) {     \
    float x = in[i];                       \
    slopes[i] = scale * (slope);           \
  }                                        \
  break

KERNEL static void write_slopes(
    float *restrict slopes, const float *restrict in, const float *restrict uniforms, size_t count,
    struct surrogate_curve curve) {
  const float scale = curve.scale, a = curve.a, b = curve.b, c = curve.c, d = curve.d, e = curve.e;
  switch (curve.form) {
    case SURROGATE_SIDES: EACH(x > 0 ? a : x < 0 ? c : b);
    case SURROGATE_WINDOW: EACH(x >= a && x <= b ? c : d);
    case SURROGATE_LOG_TAIL: EACH(x <= 0 ? 0.0f : 1.0f / (x <= a ? 1.0f : x - (a - 1.0f)));
    case SURROGATE_TRIANGLE: EACH(fmaxf(a - b * fabsf(x), 0.0f));
    case SURROGATE_SWISH: EACH(a * swish_slope(a * fabsf(x)));
    case SURROGATE_LOGISTIC: EACH(a * logistic_slope(b * fabsf(x)));
    case SURROGATE_SQUARE:
      EACH(x > c ? a / ((1.0f + b * fabsf(x)) * (1.0f + b * fabsf(x))) : 0.0f);
    case SURROGATE_CAUCHY: EACH(a / (1.0f + (b * x) * (b * x)));
    case SURROGATE_GAUSS: EACH(a * decay(-b * x * x));
    case SURROGATE_LOBES:
      EACH(a * decay(-b * x * x)
           - c * (decay(-d * (x - e) * (x - e)) + decay(-d * (x + e) * (x + e))));
    case SURROGATE_EXPONENTIAL: EACH(a * decay(-b * fabsf(x - c)));
    case SURROGATE_POWER: EACH(powf(1.0f + a * fabsf(x), b));
    case SURROGATE_S2NN:
      EACH(x < 0 ? a * logistic_slope(a * fabsf(x)) : b / (fabsf(x) + 1.0f));
    case SURROGATE_HYPERBOLA: EACH(a / (1.0f + b * fabsf(x)));
    case SURROGATE_STOCHASTIC: EACH(x > 0 ? 1.0f : (uniforms[i] + a) * b);
  }
}

void surrogate_slopes(
    float *slopes, const float *in, const float *uniforms, size_t count,
    struct surrogate_curve curve) {
  write_slopes(slopes, in, uniforms, count, curve);
}

KERNEL static void place_between(
    float *restrict out, const float *restrict positions, float threshold, size_t count) {
  for (size_t i = 0; i < count; i++)
    out[i] = positions[i] - floorf(positions[i]) - threshold;
}

KERNEL static void add_slopes(float *restrict sums, const float *restrict slopes, size_t count) {
  for (size_t i = 0; i < count; i++) sums[i] += slopes[i];
}

void threshold_slopes(
    float *slopes, const float *positions, size_t count, struct surrogate_curve curve, int reach) {
  enum { BLOCK = 256 };
  float distances[BLOCK], found[BLOCK];
  for (size_t first = 0; first < count; first += BLOCK) {
    size_t here = count - first < BLOCK ? count - first : BLOCK;
    for (size_t i = 0; i < here; i++) slopes[first + i] = 0;
    for (int threshold = 1 - reach; threshold <= reach; threshold++) {
      place_between(distances, positions + first, (float)threshold, here);
      write_slopes(found, distances, distances, here, curve);
      add_slopes(slopes + first, found, here);
    }
  }
}

KERNEL void diffused_positions(
    float *restrict positions, const float *restrict in, const float *restrict voltage, float w,
    size_t count) {
  for (size_t i = 0; i < count; i++) positions[i] = voltage[i] + w * in[i];
}

KERNEL void nearest_positions(
    float *restrict positions, const float *restrict in, float w, size_t count) {
  for (size_t i = 0; i < count; i++) positions[i] = w * in[i] + 0.5f;
}

KERNEL void stochastic_positions(
    float *restrict positions, const float *restrict in, const float *restrict uniforms, float w,
    size_t count) {
  for (size_t i = 0; i < count; i++) positions[i] = w * fabsf(in[i]) + (1.0f - uniforms[i]);
}

KERNEL void multiply_in_place(
    float *restrict values, const float *restrict factors, size_t count) {
  for (size_t i = 0; i < count; i++) values[i] *= factors[i];
}
