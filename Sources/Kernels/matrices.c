#include "matrices.h"

#include "dispatch.h"
#include "sums.h"

#pragma clang fp contract(fast)

KERNEL void affine_rows(
    float *restrict out, const float *restrict in, const float *restrict weight,
    const float *restrict bias, size_t rows, size_t inputs, size_t outputs) {
  for (size_t r = 0; r < rows; r++) {
    float *row = out + r * outputs;
    for (size_t j = 0; j < outputs; j++) row[j] = bias ? bias[j] : 0.0f;
    for (size_t i = 0; i < inputs; i++) {
      float x = in[r * inputs + i];
      const float *w = weight + i * outputs;
      for (size_t j = 0; j < outputs; j++) row[j] += x * w[j];
    }
  }
}

KERNEL size_t count_active(const float *restrict in, size_t count) {
  size_t active = 0;
  for (size_t i = 0; i < count; i++) active += in[i] != 0.0f;
  return active;
}

/// Four rows of weights at a time, so that the sums are written once for all of them.
KERNEL void add_active_rows(
    float *restrict out, const float *restrict in, const float *restrict weight, size_t rows,
    size_t inputs, size_t outputs) {
  for (size_t r = 0; r < rows; r++) {
    float *row = out + r * outputs;
    const float *x = in + r * inputs;
    size_t active[4], count = 0;
    for (size_t i = 0; i < inputs; i++) {
      active[count] = i;
      count += x[i] != 0.0f;
      if (count < 4) continue;
      count = 0;
      float x0 = x[active[0]], x1 = x[active[1]], x2 = x[active[2]], x3 = x[active[3]];
      const float *w0 = weight + active[0] * outputs, *w1 = weight + active[1] * outputs;
      const float *w2 = weight + active[2] * outputs, *w3 = weight + active[3] * outputs;
      for (size_t j = 0; j < outputs; j++)
        row[j] += (x0 * w0[j] + x1 * w1[j]) + (x2 * w2[j] + x3 * w3[j]);
    }
    for (size_t k = 0; k < count; k++) {
      float s = x[active[k]];
      const float *w = weight + active[k] * outputs;
      for (size_t j = 0; j < outputs; j++) row[j] += s * w[j];
    }
  }
}

KERNEL void outer_product(
    float *restrict out, const float *restrict column, const float *restrict row, size_t rows,
    size_t columns) {
  for (size_t r = 0; r < rows; r++)
    for (size_t j = 0; j < columns; j++) out[r * columns + j] = column[r] * row[j];
}

KERNEL void add_outer_product(
    float *restrict out, const float *restrict column, const float *restrict row, size_t rows,
    size_t columns) {
  for (size_t r = 0; r < rows; r++)
    for (size_t j = 0; j < columns; j++) out[r * columns + j] += column[r] * row[j];
}

KERNEL void add_row_dots(
    float *restrict out, const float *restrict in, const float *restrict weight, size_t rows,
    size_t columns) {
  for (size_t r = 0; r < rows; r++) out[r] += dot(in + r * columns, weight, columns);
}

KERNEL void row_dots(
    float *restrict out, const float *restrict in, const float *restrict weight, size_t rows,
    size_t columns) {
  for (size_t r = 0; r < rows; r++) out[r] = dot(in + r * columns, weight, columns);
}

KERNEL void add_column_sums(
    float *restrict out, const float *restrict in, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++)
    for (size_t j = 0; j < columns; j++) out[j] += in[r * columns + j];
}

KERNEL void add_scaled_column_sums(
    float *restrict out, const float *restrict scale, const float *restrict in, size_t rows,
    size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    float s = scale[r];
    for (size_t j = 0; j < columns; j++) out[j] += s * in[r * columns + j];
  }
}

KERNEL void add_column_sums_and_scaled(
    float *restrict sums, float *restrict scaled, const float *restrict scale,
    const float *restrict in, size_t rows, size_t columns) {
  enum { WIDTH = 32 };  // Sums of so many columns stay in registers.
  size_t first = 0;
  for (; first + WIDTH <= columns; first += WIDTH) {
    float plain[WIDTH] = {0}, weighted[WIDTH] = {0};
    for (size_t r = 0; r < rows; r++) {
      const float *row = in + r * columns + first;
      for (size_t j = 0; j < WIDTH; j++) {
        plain[j] += row[j];
        weighted[j] += scale[r] * row[j];
      }
    }
    for (size_t j = 0; j < WIDTH; j++) {
      sums[first + j] += plain[j];
      scaled[first + j] += weighted[j];
    }
  }
  for (size_t r = 0; r < rows; r++)
    for (size_t j = first; j < columns; j++) {
      sums[j] += in[r * columns + j];
      scaled[j] += scale[r] * in[r * columns + j];
    }
}

void transpose(float *restrict out, const float *restrict in, size_t rows, size_t columns) {
  for (size_t r0 = 0; r0 < rows; r0 += 16)
    for (size_t c0 = 0; c0 < columns; c0 += 16)
      for (size_t r = r0; r < rows && r < r0 + 16; r++)
        for (size_t c = c0; c < columns && c < c0 + 16; c++)
          out[c * rows + r] = in[r * columns + c];
}

KERNEL void add_row(
    float *restrict out, const float *restrict row, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++)
    for (size_t j = 0; j < columns; j++) out[r * columns + j] += row[j];
}

KERNEL void add_in_place(float *restrict out, const float *restrict in, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] += in[i];
}
