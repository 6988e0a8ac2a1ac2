#include "polynomials.h"

#include "dispatch.h"
#include "polynomial_lanes.h"

#pragma clang fp contract(fast)

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
