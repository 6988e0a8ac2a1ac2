#include "polynomials.h"

#include <math.h>
#include <string.h>

#include "dispatch.h"

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

KERNEL void activation_rows(
    float *restrict out, const float *restrict in, const float *restrict coefficients,
    struct activation_inputs inputs, struct activation_basis basis, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++, in += columns, out += columns) {
    const float *a = coefficients + r * basis.count;
    for (size_t i = 0; i < columns; i += LANES) {
      lanes x, value, slope;
      struct place p;
      read(&x, in + i, columns - i);
      locate(&p, &x, inputs.scale[r], inputs.low[r], inputs.high[r]);
      if (inputs.has_tails) {
        curve(&value, &slope, &p.z, a, basis);
        value += slope * p.beyond;
      } else {
        curve(&value, NULL, &p.z, a, basis);
        // Not a number, and infinity, are not clipped away.
        value += p.beyond - p.beyond;
      }
      write(out + i, &value, columns - i);
    }
  }
}

KERNEL void activation_rows_backward(
    float *restrict out, float *restrict coefficient_gradient, float *restrict along,
    const float *restrict gradient, const float *restrict in, const float *restrict coefficients,
    struct activation_inputs inputs, struct activation_basis basis, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++, in += columns, gradient += columns) {
    const float *a = coefficients + r * basis.count;
    double totals[MOST_ACTIVATION_ELEMENTS] = {0}, total = 0;
    for (size_t start = 0; start < columns; start += RUN * LANES) {
      lanes parts[MOST_ACTIVATION_ELEMENTS], part = (lanes)0.0f;
      for (size_t j = 0; j < basis.count; j++) parts[j] = (lanes)0.0f;
      size_t end = columns - start > RUN * LANES ? start + RUN * LANES : columns;
      for (size_t i = start; i < end; i += LANES) {
        lanes x, d, slope = (lanes)0.0f, inside, values[MOST_ACTIVATION_ELEMENTS];
        lanes slopes[MOST_ACTIVATION_ELEMENTS];
        struct place p;
        read(&x, in + i, columns - i);
        read(&d, gradient + i, columns - i);
        locate(&p, &x, inputs.scale[r], inputs.low[r], inputs.high[r]);
        elements(values, slopes, &p.z, basis);
        for (size_t j = 0; j < basis.count; j++) {
          slope += a[j] * slopes[j];
          parts[j] += d * (inputs.has_tails ? values[j] + slopes[j] * p.beyond : values[j]);
        }
        within(&inside, &p);
        lanes by_scaled = inputs.has_tails ? d * slope : d * slope * inside;
        part += by_scaled * x;
        lanes by_input = inputs.scale[r] * by_scaled;
        if (out) write(out + r * columns + i, &by_input, columns - i);
      }
      for (size_t j = 0; j < basis.count; j++) totals[j] += sum(&parts[j]);
      total += sum(&part);
    }
    if (coefficient_gradient)
      for (size_t j = 0; j < basis.count; j++)
        coefficient_gradient[r * basis.count + j] = (float)totals[j];
    if (along) along[r] = (float)total;
  }
}

KERNEL void element_moments(
    float *restrict means, float *restrict squares, const float *restrict in,
    struct activation_basis basis, size_t rows, size_t columns) {
  size_t own = basis.count - 1;
  for (size_t r = 0; r < rows; r++, in += columns, means += own, squares += own) {
    // First means, as seen from the first number's elements, so that those of a constant are exact;
    // then distances from them.
    lanes first = (lanes)in[0], centres[MOST_ACTIVATION_ELEMENTS];
    elements(centres, NULL, &first, basis);
    for (size_t j = 0; j < own; j++) means[j] = centres[j + 1][0];
    for (int round = 0; round < 2; round++) {
      double totals[MOST_ACTIVATION_ELEMENTS] = {0};
      for (size_t start = 0; start < columns; start += RUN * LANES) {
        lanes parts[MOST_ACTIVATION_ELEMENTS];
        for (size_t j = 0; j < own; j++) parts[j] = (lanes)0.0f;
        size_t end = columns - start > RUN * LANES ? start + RUN * LANES : columns;
        for (size_t i = start; i < end; i += LANES) {
          lanes x, there, values[MOST_ACTIVATION_ELEMENTS];
          read(&x, in + i, columns - i);
          present(&there, columns - i);
          elements(values, NULL, &x, basis);
          for (size_t j = 0; j < own; j++) {
            lanes distance = there * (values[j + 1] - means[j]);
            parts[j] += round ? distance * distance : distance;
          }
        }
        for (size_t j = 0; j < own; j++) totals[j] += sum(&parts[j]);
      }
      for (size_t j = 0; j < own; j++) {
        if (round) squares[j] = (float)totals[j];
        else means[j] = (float)((double)means[j] + totals[j] / (double)columns);
      }
    }
  }
}

KERNEL void centred_rows(
    float *restrict out, const float *restrict in, const float *restrict constant,
    const float *restrict factors, const float *restrict means, struct activation_basis basis,
    size_t rows, size_t columns) {
  size_t own = basis.count - 1;
  for (size_t r = 0; r < rows; r++, in += columns, out += columns, factors += own, means += own)
    for (size_t i = 0; i < columns; i += LANES) {
      lanes x, value = (lanes)constant[r], values[MOST_ACTIVATION_ELEMENTS];
      read(&x, in + i, columns - i);
      elements(values, NULL, &x, basis);
      for (size_t j = 0; j < own; j++) value += factors[j] * (values[j + 1] - means[j]);
      write(out + i, &value, columns - i);
    }
}

KERNEL void centred_rows_sums(
    float *restrict sums, const float *restrict gradient, const float *restrict in,
    const float *restrict means, struct activation_basis basis, size_t rows, size_t columns) {
  size_t own = basis.count - 1;
  for (size_t r = 0; r < rows; r++, in += columns, gradient += columns, means += own) {
    double totals[MOST_ACTIVATION_ELEMENTS] = {0};
    for (size_t start = 0; start < columns; start += RUN * LANES) {
      lanes parts[MOST_ACTIVATION_ELEMENTS];
      for (size_t j = 0; j <= own; j++) parts[j] = (lanes)0.0f;
      size_t end = columns - start > RUN * LANES ? start + RUN * LANES : columns;
      for (size_t i = start; i < end; i += LANES) {
        lanes x, d, values[MOST_ACTIVATION_ELEMENTS];
        read(&x, in + i, columns - i);
        read(&d, gradient + i, columns - i);
        elements(values, NULL, &x, basis);
        parts[0] += d;
        for (size_t j = 0; j < own; j++) parts[j + 1] += d * (values[j + 1] - means[j]);
      }
      for (size_t j = 0; j <= own; j++) totals[j] += sum(&parts[j]);
    }
    for (size_t j = 0; j <= own; j++) sums[r * basis.count + j] = (float)totals[j];
  }
}

KERNEL void centred_rows_backward(
    float *restrict out, const float *restrict gradient, const float *restrict in,
    const float *restrict mean_gradient, const float *restrict factors,
    const float *restrict means, const float *restrict along, struct activation_basis basis,
    size_t rows, size_t columns) {
  size_t own = basis.count - 1;
  for (size_t r = 0; r < rows; r++, in += columns, out += columns, gradient += columns) {
    const float *f = factors + r * own, *mean = means + r * own, *q = along + r * own;
    for (size_t i = 0; i < columns; i += LANES) {
      lanes x, d, result = (lanes)0.0f, values[MOST_ACTIVATION_ELEMENTS];
      lanes slopes[MOST_ACTIVATION_ELEMENTS];
      read(&x, in + i, columns - i);
      read(&d, gradient + i, columns - i);
      elements(values, slopes, &x, basis);
      d -= mean_gradient[r];
      for (size_t j = 0; j < own; j++)
        result += f[j] * slopes[j + 1] * (d - (values[j + 1] - mean[j]) * q[j]);
      write(out + i, &result, columns - i);
    }
  }
}

void row_peaks(
    float *restrict peaks, float *restrict places, const float *restrict in, size_t rows,
    size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    float peak = 0, place = 0;
    for (size_t i = 0; i < columns; i++) {
      float size = fabsf(in[r * columns + i]);
      // Not a number is the largest of all.
      if (size > peak || size != size) peak = size, place = (float)i;
    }
    peaks[r] = peak;
    places[r] = place;
  }
}
