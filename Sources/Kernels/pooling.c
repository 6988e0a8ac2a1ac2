#include "images.h"

#include "dispatch.h"

#pragma clang fp contract(fast)

/// Windows of 2 x 2 side by side.
static inline __attribute__((always_inline)) void max_pool_pairs(
    float *restrict out, float *restrict winners, const float *restrict top,
    const float *restrict bottom, size_t width) {
  for (size_t x = 0; x < width; x++) {
    float a = top[2 * x], b = top[2 * x + 1], c = bottom[2 * x], d = bottom[2 * x + 1];
    float upper = b > a ? b : a, lower = d > c ? d : c;
    float first = b > a ? 1.0f : 0.0f, second = d > c ? 3.0f : 2.0f;
    out[x] = lower > upper ? lower : upper;
    winners[x] = lower > upper ? second : first;
  }
}

static inline __attribute__((always_inline)) void max_pool_row(
    float *restrict out, float *restrict winners, const float *restrict in,
    struct image_window w) {
  for (size_t x = 0; x < w.out_width; x++) {
    const float *corner = in + x * w.stride;
    float best = corner[0], winner = 0;
    for (size_t ky = 0; ky < w.kernel; ky++)
      for (size_t kx = 0; kx < w.kernel; kx++) {
        float value = corner[ky * w.width + kx];
        winner = value > best ? (float)(ky * w.kernel + kx) : winner;
        best = value > best ? value : best;
      }
    out[x] = best;
    winners[x] = winner;
  }
}

KERNEL void max_pool(
    float *restrict out, float *restrict winners, const float *restrict in, size_t planes,
    struct image_window w) {
  for (size_t p = 0; p < planes; p++, in += w.height * w.width)
    for (size_t y = 0; y < w.out_height; y++, out += w.out_width, winners += w.out_width) {
      const float *row = in + y * w.stride * w.width;
      if (w.kernel == 2 && w.stride == 2)
        max_pool_pairs(out, winners, row, row + w.width, w.out_width);
      else
        max_pool_row(out, winners, row, w);
    }
}

KERNEL void max_pool_backward(
    float *restrict out, const float *restrict gradient, const float *restrict winners,
    size_t planes, struct image_window w) {
  for (size_t p = 0; p < planes; p++, out += w.height * w.width)
    for (size_t y = 0; y < w.out_height; y++, gradient += w.out_width, winners += w.out_width) {
      float *row = out + y * w.stride * w.width;
      if (w.kernel == 2 && w.stride == 2) {
        float *below = row + w.width;
        for (size_t x = 0; x < w.out_width; x++) {
          float g = gradient[x], winner = winners[x];
          row[2 * x] += winner == 0.0f ? g : 0.0f;
          row[2 * x + 1] += winner == 1.0f ? g : 0.0f;
          below[2 * x] += winner == 2.0f ? g : 0.0f;
          below[2 * x + 1] += winner == 3.0f ? g : 0.0f;
        }
        continue;
      }
      for (size_t x = 0; x < w.out_width; x++) {
        size_t winner = (size_t)winners[x];
        row[winner / w.kernel * w.width + x * w.stride + winner % w.kernel] += gradient[x];
      }
    }
}

KERNEL void average_pool(
    float *restrict out, const float *restrict in, size_t planes, struct image_window w) {
  float share = 1.0f / (float)(w.kernel * w.kernel);
  for (size_t p = 0; p < planes; p++, in += w.height * w.width)
    for (size_t y = 0; y < w.out_height; y++, out += w.out_width)
      for (size_t x = 0; x < w.out_width; x++) {
        const float *corner = in + y * w.stride * w.width + x * w.stride;
        float sum = 0;
        for (size_t ky = 0; ky < w.kernel; ky++)
          for (size_t kx = 0; kx < w.kernel; kx++) sum += corner[ky * w.width + kx];
        out[x] = sum * share;
      }
}

KERNEL void average_pool_backward(
    float *restrict out, const float *restrict gradient, size_t planes, struct image_window w) {
  float share = 1.0f / (float)(w.kernel * w.kernel);
  for (size_t p = 0; p < planes; p++, out += w.height * w.width)
    for (size_t y = 0; y < w.out_height; y++, gradient += w.out_width)
      for (size_t x = 0; x < w.out_width; x++) {
        float *corner = out + y * w.stride * w.width + x * w.stride;
        float g = gradient[x] * share;
        for (size_t ky = 0; ky < w.kernel; ky++)
          for (size_t kx = 0; kx < w.kernel; kx++) corner[ky * w.width + kx] += g;
      }
}
