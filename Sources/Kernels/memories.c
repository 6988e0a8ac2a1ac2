#include "memories.h"

#include <math.h>
#include <string.h>

#include "dispatch.h"
#include "sums.h"

#pragma clang fp contract(fast)

// As in cells.c, arrays are told apart by name within one row of a batch.
#define ROW static inline __attribute__((always_inline)) void

static const float smallest_size = 1e-12f;
/// The fifth root of the largest float. Where fifth powers are added in single precision a longer
/// row has an infinite norm and changes nothing: without that the memory, whose strengths follow
/// it, grows without end over hundreds of steps.
static const float largest_size = 5.0e7f;

/// The 5-norm, at least `smallest_size`, or infinity from `largest_size` on. Numbers are divided by
/// the largest first, since fifth powers soon leave the range of a float.
static inline __attribute__((always_inline)) float size_of(
    const float *restrict values, size_t count) {
  float parts[16] = {0};
  size_t i = 0;
  for (; i + 16 <= count; i += 16)
    for (size_t k = 0; k < 16; k++) {
      float magnitude = fabsf(values[i + k]);
      parts[k] = magnitude > parts[k] ? magnitude : parts[k];
    }
  float largest = 0;
  for (; i < count; i++) largest = fabsf(values[i]) > largest ? fabsf(values[i]) : largest;
  for (size_t k = 0; k < 16; k++) largest = parts[k] > largest ? parts[k] : largest;
  if (largest < 1e-30f) return smallest_size;
  if (largest >= largest_size) return INFINITY;

  float inverse = 1.0f / largest;
  memset(parts, 0, sizeof parts);
  for (i = 0; i + 16 <= count; i += 16)
    for (size_t k = 0; k < 16; k++) {
      float r = fabsf(values[i + k]) * inverse, square = r * r;
      parts[k] += square * square * r;
    }
  float sum = 0;
  for (; i < count; i++) {
    float r = fabsf(values[i]) * inverse, square = r * r;
    sum += square * square * r;
  }
  float size = largest * powf(sum + total(parts, 16), 0.2f);
  if (size >= largest_size) return INFINITY;
  return size < smallest_size ? smallest_size : size;
}

ROW multiply_outer(
    float *restrict products, const float *restrict p, const float *restrict q, size_t side,
    bool rectified) {
  for (size_t i = 0; i < side; i++)
    for (size_t j = 0; j < side; j++) products[i * side + j] = p[i] * q[j];
  if (!rectified) return;
  for (size_t i = 0; i < side * side; i++) products[i] = products[i] < 0 ? 0 : products[i];
}

static inline __attribute__((always_inline)) float strength_of(float value, bool rectified) {
  return rectified && value < 0 ? 0 : value;
}

/// Adds `sign` times the mean over heads of strength times direction.
ROW add_change(
    float *restrict memory, float *restrict sizes, const float *restrict strengths,
    const float *restrict products, float sign, struct memory_shape shape) {
  for (size_t head = 0; head < shape.heads; head++) {
    const float *row = products + head * shape.units;
    sizes[head] = size_of(row, shape.units);
    if (isinf(sizes[head])) continue;
    float strength = strength_of(strengths[head], shape.rectified);
    float scale = sign * strength / ((float)shape.heads * sizes[head]);
    for (size_t j = 0; j < shape.units; j++) memory[j] += scale * row[j];
  }
}

KERNEL void outer_memory(
    float *memory, float *sizes, const float *vectors, const float *previous, float *scratch,
    size_t rows, struct memory_shape shape) {
  size_t heads = shape.heads, side = shape.side;
  memcpy(memory, previous, rows * shape.units * sizeof(float));
  for (size_t r = 0; r < rows; r++) {
    const float *row = vectors + r * (2 * heads + 4 * side);
    for (size_t kind = 0; kind < 2; kind++) {
      const float *p = row + 2 * heads + kind * 2 * side;
      multiply_outer(scratch, p, p + side, side, shape.rectified);
      add_change(
          memory + r * shape.units, sizes + (2 * r + kind) * heads, row + kind * heads, scratch,
          kind == 0 ? 1.0f : -1.0f, shape);
    }
  }
}

/// Turns the products of one kind into their gradients, and the strengths too. With n = V / |V|
/// and g = dL/dmemory: dV = strength (g - (g . n) n |n|^3) / (heads |V|), dstrength = g . n / heads.
ROW directions_backward(
    float *restrict products, float *restrict strengths, const float *restrict gradient,
    const float *restrict sizes, float sign, struct memory_shape shape) {
  for (size_t head = 0; head < shape.heads; head++) {
    float *row = products + head * shape.units;
    if (isinf(sizes[head])) {
      for (size_t j = 0; j < shape.units; j++) row[j] = 0;
      strengths[head] = 0;
      continue;
    }
    float inverse = 1.0f / sizes[head];
    float along = dot(gradient, row, shape.units) * inverse;
    float strength = strength_of(strengths[head], shape.rectified);
    float scale = sign * strength * inverse / (float)shape.heads;
    // A size that is held at its least does not depend on the row.
    float pull = sizes[head] > smallest_size ? along : 0.0f;
    for (size_t j = 0; j < shape.units; j++) {
      float n = row[j] * inverse, magnitude = fabsf(n);
      float change = scale * (gradient[j] - pull * n * magnitude * magnitude * magnitude);
      row[j] = shape.rectified && row[j] <= 0 ? 0 : change;
    }
    strengths[head] =
        shape.rectified && strengths[head] <= 0 ? 0 : sign * along / (float)shape.heads;
  }
}

/// Turns p and q into their gradients, given those of their products; `sum` is scratch.
ROW factors_backward(
    float *restrict p, float *restrict q, const float *restrict products, float *restrict sum,
    size_t side) {
  for (size_t j = 0; j < side; j++) sum[j] = 0;
  for (size_t i = 0; i < side; i++) {
    const float *row = products + i * side;
    float factor = p[i];
    for (size_t j = 0; j < side; j++) sum[j] += factor * row[j];
    p[i] = dot(row, q, side);
  }
  for (size_t j = 0; j < side; j++) q[j] = sum[j];
}

KERNEL void outer_memory_backward(
    float *vectors, const float *memory_gradient, const float *sizes, float *scratch, size_t rows,
    struct memory_shape shape) {
  size_t heads = shape.heads, side = shape.side;
  for (size_t r = 0; r < rows; r++) {
    float *row = vectors + r * (2 * heads + 4 * side);
    for (size_t kind = 0; kind < 2; kind++) {
      float *p = row + 2 * heads + kind * 2 * side;
      multiply_outer(scratch, p, p + side, side, shape.rectified);
      directions_backward(
          scratch, row + kind * heads, memory_gradient + r * shape.units,
          sizes + (2 * r + kind) * heads, kind == 0 ? 1.0f : -1.0f, shape);
      factors_backward(p, p + side, scratch, scratch + side * side, side);
    }
  }
}
