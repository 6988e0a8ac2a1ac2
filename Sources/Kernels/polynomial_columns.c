#include "polynomials.h"

#include "dispatch.h"
#include "polynomial_lanes.h"

#pragma clang fp contract(fast)

/// What neighbouring columns have, a lane a column.
struct columns {
  lanes coefficients[MOST_ACTIVATION_ELEMENTS];
  lanes scale, low, high;
};

INLINE void load(
    struct columns *own, const float *coefficients, struct activation_inputs inputs,
    struct activation_basis basis, size_t first, size_t columns) {
  for (size_t j = 0; j < basis.count; j++)
    read(&own->coefficients[j], coefficients + j * columns + first, columns - first);
  read(&own->scale, inputs.scale + first, columns - first);
  read(&own->low, inputs.low + first, columns - first);
  read(&own->high, inputs.high + first, columns - first);
}

INLINE void locate_columns(struct place *p, const lanes *x, const struct columns *own) {
  lanes raw = own->scale * *x;
  p->z = __builtin_elementwise_min(__builtin_elementwise_max(raw, own->low), own->high);
  p->beyond = raw - p->z;
}

/// The sum of the elements.
INLINE void curve_of_columns(
    lanes *value, const lanes *z, const lanes *a, struct activation_basis basis) {
  if (basis.sines > 0) {
    lanes values[MOST_ACTIVATION_ELEMENTS];
    elements(values, NULL, z, basis);
    *value = (lanes)0.0f;
    for (size_t j = 0; j < basis.count; j++) *value += a[j] * values[j];
    return;
  }
  lanes last = (lanes)0.0f, now = last;
  for (size_t j = basis.count; j-- > 0;) {
    lanes next = a[j] + basis.factor[j] * *z * now - basis.behind[j + 1] * last;
    last = now, now = next;
  }
  *value = now;
}

KERNEL void activation_columns(
    float *restrict out, const float *restrict in, const float *restrict coefficients,
    struct activation_inputs inputs, struct activation_basis basis, size_t rows, size_t columns) {
  for (size_t i = 0; i < columns; i += LANES) {
    struct columns own;
    load(&own, coefficients, inputs, basis, i, columns);
    for (size_t r = 0; r < rows; r++) {
      lanes x, value;
      struct place p;
      read(&x, in + r * columns + i, columns - i);
      locate_columns(&p, &x, &own);
      curve_of_columns(&value, &p.z, own.coefficients, basis);
      // Not a number, and infinity, are not clipped away.
      value += p.beyond - p.beyond;
      write(out + r * columns + i, &value, columns - i);
    }
  }
}

KERNEL void activation_columns_backward(
    float *restrict out, float *restrict coefficient_gradient, const float *restrict gradient,
    const float *restrict in, const float *restrict coefficients,
    struct activation_inputs inputs, struct activation_basis basis, size_t rows, size_t columns) {
  for (size_t i = 0; i < columns; i += LANES) {
    struct columns own;
    lanes parts[MOST_ACTIVATION_ELEMENTS];
    load(&own, coefficients, inputs, basis, i, columns);
    for (size_t j = 0; j < basis.count; j++) parts[j] = (lanes)0.0f;
    for (size_t r = 0; r < rows; r++) {
      lanes x, d, inside, slope = (lanes)0.0f;
      lanes values[MOST_ACTIVATION_ELEMENTS], slopes[MOST_ACTIVATION_ELEMENTS];
      struct place p;
      read(&x, in + r * columns + i, columns - i);
      read(&d, gradient + r * columns + i, columns - i);
      locate_columns(&p, &x, &own);
      elements(values, slopes, &p.z, basis);
      for (size_t j = 0; j < basis.count; j++) {
        slope += own.coefficients[j] * slopes[j];
        parts[j] += d * values[j];
      }
      within(&inside, &p);
      lanes by_input = own.scale * d * slope * inside;
      write(out + r * columns + i, &by_input, columns - i);
    }
    for (size_t j = 0; j < basis.count; j++) {
      float *sums = coefficient_gradient + j * columns + i;
      lanes sum;
      read(&sum, sums, columns - i);
      sum += parts[j];
      write(sums, &sum, columns - i);
    }
  }
}
