#include "images.h"

#include <string.h>

#include "dispatch.h"

#pragma clang fp contract(fast)

/// Places of a row of outputs whose tap `kx` lies within the plane: first ..< last.
struct span {
  size_t first, last;
};

static struct span valid_places(size_t tap, size_t size, size_t out, struct image_window w) {
  // tap + place * stride - padding in 0 ..< size
  size_t first = tap >= w.padding ? 0 : (w.padding - tap + w.stride - 1) / w.stride;
  size_t last = size + w.padding <= tap ? 0 : (size + w.padding - tap - 1) / w.stride + 1;
  if (last > out) last = out;
  if (first > last) first = last;
  return (struct span){first, last};
}

/// Whether a tap sees a plane as a shifted copy, which is one run from the first place to the last.
static inline int is_shift(struct span rows, struct span places, struct image_window w) {
  return w.stride == 1 && w.out_width == w.width && rows.first < rows.last &&
         places.first < places.last;
}

/// Zeros in the columns of places that the tap does not see; column by column, as compilers make a
/// call of memset of every few numbers in a row.
static inline __attribute__((always_inline)) void clear_edges(
    float *restrict out, struct span rows, struct span places, struct image_window w) {
  for (size_t x = 0; x < places.first; x++)
    for (size_t y = rows.first; y < rows.last; y++) out[y * w.out_width + x] = 0;
  for (size_t x = places.last; x < w.out_width; x++)
    for (size_t y = rows.first; y < rows.last; y++) out[y * w.out_width + x] = 0;
}

/// The first and the last place that a tap sees, and how far its plane is shifted.
struct run {
  size_t first, last;
  ptrdiff_t shift;
};

static inline struct run seen_run(
    size_t ky, size_t kx, struct span rows, struct span places, struct image_window w) {
  return (struct run){
      rows.first * w.width + places.first, (rows.last - 1) * w.width + places.last,
      ((ptrdiff_t)ky - (ptrdiff_t)w.padding) * (ptrdiff_t)w.width + (ptrdiff_t)kx -
          (ptrdiff_t)w.padding};
}

/// What one tap sees of one plane.
static inline __attribute__((always_inline)) void unfold_plane(
    float *restrict out, const float *restrict plane, size_t ky, size_t kx, struct span rows,
    struct span places, struct image_window w) {
  if (rows.first > 0) memset(out, 0, rows.first * w.out_width * sizeof(float));
  int shifted = is_shift(rows, places, w);
  if (shifted) {
    struct run run = seen_run(ky, kx, rows, places, w);
    const float *from = plane + run.shift;
    for (size_t i = run.first; i < run.last; i++) out[i] = from[i];
    clear_edges(out, rows, places, w);
  }
  for (size_t y = shifted ? rows.last : rows.first; y < rows.last; y++) {
    const float *from = plane + (y * w.stride + ky - w.padding) * w.width;
    float *to = out + y * w.out_width;
    for (size_t x = 0; x < places.first; x++) to[x] = 0;
    if (w.stride == 1) {
      const float *shifted = from + kx - w.padding;
      for (size_t x = places.first; x < places.last; x++) to[x] = shifted[x];
    } else {
      for (size_t x = places.first; x < places.last; x++)
        to[x] = from[x * w.stride + kx - w.padding];
    }
    for (size_t x = places.last; x < w.out_width; x++) to[x] = 0;
  }
  if (rows.last < w.out_height)
    memset(out + rows.last * w.out_width, 0,
           (w.out_height - rows.last) * w.out_width * sizeof(float));
}

KERNEL void unfold_images(
    float *restrict columns, const float *restrict in, size_t stride, size_t channels,
    size_t images, struct image_window w) {
  size_t area = w.height * w.width, out_area = w.out_height * w.out_width;
  for (size_t c = 0; c < channels; c++)
    for (size_t ky = 0; ky < w.kernel; ky++) {
      struct span rows = valid_places(ky, w.height, w.out_height, w);
      for (size_t kx = 0; kx < w.kernel; kx++) {
        struct span places = valid_places(kx, w.width, w.out_width, w);
        for (size_t n = 0; n < images; n++, columns += out_area)
          unfold_plane(columns, in + c * stride + n * area, ky, kx, rows, places, w);
      }
    }
}

KERNEL void fold_images(
    float *restrict out, float *restrict columns, size_t stride, size_t channels, size_t images,
    struct image_window w) {
  size_t area = w.height * w.width, out_area = w.out_height * w.out_width;
  for (size_t c = 0; c < channels; c++)
    for (size_t ky = 0; ky < w.kernel; ky++) {
      struct span rows = valid_places(ky, w.height, w.out_height, w);
      for (size_t kx = 0; kx < w.kernel; kx++) {
        struct span places = valid_places(kx, w.width, w.out_width, w);
        int shifted = is_shift(rows, places, w);
        for (size_t n = 0; n < images; n++, columns += out_area) {
          if (shifted) {
            struct run run = seen_run(ky, kx, rows, places, w);
            float *to = out + c * stride + n * area + run.shift;
            clear_edges(columns, rows, places, w);
            for (size_t i = run.first; i < run.last; i++) to[i] += columns[i];
            continue;
          }
          for (size_t y = rows.first; y < rows.last; y++) {
            float *to = out + c * stride + n * area + (y * w.stride + ky - w.padding) * w.width;
            const float *from = columns + y * w.out_width;
            if (w.stride == 1) {
              float *shifted = to + kx - w.padding;
              for (size_t x = places.first; x < places.last; x++) shifted[x] += from[x];
            } else {
              for (size_t x = places.first; x < places.last; x++)
                to[x * w.stride + kx - w.padding] += from[x];
            }
          }
        }
      }
    }
}

KERNEL void subsample(
    float *restrict out, const float *restrict in, size_t planes, struct image_window w) {
  for (size_t p = 0; p < planes; p++, in += w.height * w.width)
    for (size_t y = 0; y < w.out_height; y++, out += w.out_width)
      for (size_t x = 0; x < w.out_width; x++) out[x] = in[y * w.stride * w.width + x * w.stride];
}

KERNEL void subsample_backward(
    float *restrict out, const float *restrict gradient, size_t planes, struct image_window w) {
  memset(out, 0, planes * w.height * w.width * sizeof(float));
  for (size_t p = 0; p < planes; p++, out += w.height * w.width)
    for (size_t y = 0; y < w.out_height; y++, gradient += w.out_width)
      for (size_t x = 0; x < w.out_width; x++)
        out[y * w.stride * w.width + x * w.stride] = gradient[x];
}
