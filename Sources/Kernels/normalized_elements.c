#include "dispatch.h"
#include "polynomial_lanes.h"
#include "polynomials.h"

#pragma clang fp contract(fast)

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
        // Sums of whole batches would leave float long before the elements do.
        if (round) squares[j] = (float)(totals[j] / (double)columns);
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
