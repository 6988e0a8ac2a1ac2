#pragma once
#include <math.h>
#include <string.h>

#include "polynomials.h"

// What all loops over elements of self-learnable activations have in common.

#pragma clang fp contract(fast)

/// Numbers that go through a recurrence side by side.
enum { LANES = 32 };
typedef float lanes __attribute__((ext_vector_type(LANES)));
/// Lanes whose sums are kept in float before they are added up in double.
enum { RUN = 16 };

#define INLINE static inline __attribute__((always_inline))

/// The first `count` lanes from memory, 0 beyond.
INLINE void read(lanes *v, const float *from, size_t count) {
  if (count >= LANES) {
    memcpy(v, from, sizeof(lanes));
  } else {
    *v = (lanes)0.0f;
    memcpy(v, from, count * sizeof(float));
  }
}

INLINE void write(float *to, const lanes *v, size_t count) {
  memcpy(to, v, (count >= LANES ? LANES : count) * sizeof(float));
}

INLINE double sum(const lanes *v) {
  double parts = 0;
  for (size_t k = 0; k < LANES; k++) parts += (double)(*v)[k];
  return parts;
}

/// 1 in the first `count` lanes.
INLINE void present(lanes *v, size_t count) {
  for (size_t k = 0; k < LANES; k++) (*v)[k] = k < count ? 1.0f : 0.0f;
}

/// Inputs of a row on their way to the curve: where it is looked up, and how far beyond its ends.
struct place {
  lanes z, beyond;
};

INLINE void locate(struct place *p, const lanes *x, float scale, float low, float high) {
  lanes raw = scale * *x, floor = (lanes)low, ceiling = (lanes)high;
  p->z = __builtin_elementwise_min(__builtin_elementwise_max(raw, floor), ceiling);
  p->beyond = raw - p->z;
}

/// 1 within the ends, 0 beyond.
INLINE void within(lanes *v, const struct place *p) {
  *v = -__builtin_convertvector(p->beyond == 0.0f, lanes);
}

/// Values and slopes of all elements; `slopes` may be null.
INLINE void trigonometric(
    lanes *restrict values, lanes *restrict slopes, const lanes *z, struct activation_basis basis) {
  const float quarter = 1.5707963267948966f;
  lanes s, c;
  for (size_t k = 0; k < LANES; k++) {
    s[k] = sinf(quarter * (*z)[k]);
    c[k] = cosf(quarter * (*z)[k]);
  }
  lanes whole = 1.0f - 2.0f * s * s, twice = 2.0f * whole, double_sine = 2.0f * s * c;
  lanes last = -s, now = s, last_slope = c, slope = c;
  for (size_t j = 1; j <= basis.sines; j++) {
    values[j] = now;
    if (slopes) slopes[j] = (float)(2 * j - 1) * quarter * slope;
    lanes next = twice * now - last, next_slope = twice * slope - last_slope;
    last = now, now = next, last_slope = slope, slope = next_slope;
  }
  last = (lanes)1.0f, now = whole, last_slope = (lanes)0.0f, slope = double_sine;
  for (size_t j = 1; basis.sines + j < basis.count; j++) {
    values[basis.sines + j] = now;
    if (slopes) slopes[basis.sines + j] = -2.0f * quarter * (float)j * slope;
    lanes next = twice * now - last, next_slope = twice * slope - last_slope;
    last = now, now = next, last_slope = slope, slope = next_slope;
  }
}

INLINE void elements(
    lanes *restrict values, lanes *restrict slopes, const lanes *z, struct activation_basis basis) {
  values[0] = (lanes)1.0f;
  if (slopes) slopes[0] = (lanes)0.0f;
  if (basis.sines > 0) {
    trigonometric(values, slopes, z, basis);
    return;
  }
  lanes last = (lanes)0.0f, last_slope = (lanes)0.0f;
  for (size_t j = 0; j + 1 < basis.count; j++) {
    float factor = basis.factor[j], behind = basis.behind[j];
    lanes value = values[j];
    values[j + 1] = factor * *z * value - behind * last;
    if (slopes) {
      lanes slope = slopes[j];
      slopes[j + 1] = factor * (value + *z * slope) - behind * last_slope;
      last_slope = slope;
    }
    last = value;
  }
}

/// The sum of the elements, and its slope where `slope` is given.
INLINE void curve(
    lanes *value, lanes *slope, const lanes *z, const float *a, struct activation_basis basis) {
  if (basis.sines > 0) {
    lanes values[MOST_ACTIVATION_ELEMENTS], slopes[MOST_ACTIVATION_ELEMENTS];
    elements(values, slope ? slopes : NULL, z, basis);
    *value = (lanes)0.0f;
    if (slope) *slope = (lanes)0.0f;
    for (size_t j = 0; j < basis.count; j++) {
      *value += a[j] * values[j];
      if (slope) *slope += a[j] * slopes[j];
    }
    return;
  }
  lanes last = (lanes)0.0f, now = last, last_slope = last, now_slope = last;
  for (size_t j = basis.count; j-- > 0;) {
    float factor = basis.factor[j], behind = basis.behind[j + 1];
    if (slope) {
      lanes next = factor * (now + *z * now_slope) - behind * last_slope;
      last_slope = now_slope, now_slope = next;
    }
    lanes next = a[j] + factor * *z * now - behind * last;
    last = now, now = next;
  }
  *value = now;
  if (slope) *slope = now_slope;
}
