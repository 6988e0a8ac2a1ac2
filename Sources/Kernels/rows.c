#include "dispatch.h"
#include "images.h"
#include "sums.h"

#pragma clang fp contract(fast)

KERNEL void row_moments(
    float *restrict mean, float *restrict squares, const float *restrict in, size_t rows,
    size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    const float *row = in + r * columns;
    float m = total(row, columns) / (float)columns;
    float parts[16] = {0};
    size_t j = 0;
    for (; j + 16 <= columns; j += 16)
      for (size_t k = 0; k < 16; k++) parts[k] += (row[j + k] - m) * (row[j + k] - m);
    float sum = 0;
    for (; j < columns; j++) sum += (row[j] - m) * (row[j] - m);
    for (size_t k = 0; k < 16; k++) sum += parts[k];
    mean[r] = m;
    squares[r] = sum;
  }
}

KERNEL void scale_rows(
    float *restrict out, const float *restrict in, const float *restrict scale,
    const float *restrict shift, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++)
    for (size_t j = 0; j < columns; j++)
      out[r * columns + j] = scale[r] * in[r * columns + j] + shift[r];
}

KERNEL void row_gradient_sums(
    float *restrict sums, float *restrict along, const float *restrict gradient,
    const float *restrict in, const float *restrict mean, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    const float *g = gradient + r * columns, *x = in + r * columns;
    float plain[16] = {0}, weighted[16] = {0}, m = mean[r];
    size_t j = 0;
    for (; j + 16 <= columns; j += 16)
      for (size_t k = 0; k < 16; k++) {
        plain[k] += g[j + k];
        weighted[k] += g[j + k] * (x[j + k] - m);
      }
    float sum = 0, product = 0;
    for (; j < columns; j++) {
      sum += g[j];
      product += g[j] * (x[j] - m);
    }
    for (size_t k = 0; k < 16; k++) {
      sum += plain[k];
      product += weighted[k];
    }
    sums[r] = sum;
    along[r] = product;
  }
}

KERNEL void combine_rows(
    float *restrict out, const float *restrict gradient, const float *restrict in,
    const float *restrict scale, const float *restrict slope, const float *restrict shift,
    size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++)
    for (size_t j = 0; j < columns; j++)
      out[r * columns + j] =
          scale[r] * gradient[r * columns + j] + (slope[r] * in[r * columns + j] + shift[r]);
}

KERNEL void row_sums(float *restrict sums, const float *restrict in, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) sums[r] = total(in + r * columns, columns);
}

KERNEL void add_column(
    float *restrict out, const float *restrict column, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++)
    for (size_t j = 0; j < columns; j++) out[r * columns + j] += column[r];
}
