#pragma once
#include <stddef.h>

/// Layers of feed-forward networks. Numbers are channel-major: channel c of image n is the plane of
/// height x width numbers at c * stride + n * height * width, where `stride` is at least
/// images * height * width. Arrays must not overlap.

/// A square window that moves over planes with `padding` zeros around them.
struct image_window {
  size_t height, width;
  size_t kernel, stride, padding;
  size_t out_height, out_width;
};

/// columns[(c * kernel + ky) * kernel + kx][n * out_height * out_width + place] = the number that
/// tap (ky, kx) of the window sees of channel c at `place`; 0 outside of the plane.
void unfold_images(
    float *columns, const float *in, size_t stride, size_t channels, size_t images,
    struct image_window window);

/// Adds each number of `columns` to where `unfold_images` took it from, and overwrites those that it
/// did not take.
void fold_images(
    float *out, float *columns, size_t stride, size_t channels, size_t images,
    struct image_window window);

/// The largest number under each window of `planes` planes without padding, and in `winners` which
/// place of the window it has: the first of equal ones.
void max_pool(
    float *out, float *winners, const float *in, size_t planes, struct image_window window);

/// Adds each number of `gradient` to the place that won.
void max_pool_backward(
    float *out, const float *gradient, const float *winners, size_t planes,
    struct image_window window);

/// The mean under each window of `planes` planes without padding.
void average_pool(float *out, const float *in, size_t planes, struct image_window window);

/// Adds to each number under a window its share of the window's gradient.
void average_pool_backward(
    float *out, const float *gradient, size_t planes, struct image_window window);

/// Every stride-th number of every stride-th row of `planes` planes.
void subsample(float *out, const float *in, size_t planes, struct image_window window);

/// Overwrites `out` with `gradient` at the places that `subsample` took, and 0 elsewhere.
void subsample_backward(
    float *out, const float *gradient, size_t planes, struct image_window window);

/// Of each row its mean and its sum of squared distances from it.
void row_moments(float *mean, float *squares, const float *in, size_t rows, size_t columns);

/// out[r][j] = scale[r] * in[r][j] + shift[r].
void scale_rows(
    float *out, const float *in, const float *scale, const float *shift, size_t rows,
    size_t columns);

/// sums[r] = sum_j gradient[r][j], and along[r] = sum_j gradient[r][j] * (in[r][j] - mean[r]).
void row_gradient_sums(
    float *sums, float *along, const float *gradient, const float *in, const float *mean,
    size_t rows, size_t columns);

/// out[r][j] = scale[r] * gradient[r][j] + slope[r] * in[r][j] + shift[r].
void combine_rows(
    float *out, const float *gradient, const float *in, const float *scale, const float *slope,
    const float *shift, size_t rows, size_t columns);

/// sums[r] = sum_j in[r][j].
void row_sums(float *sums, const float *in, size_t rows, size_t columns);

/// out[r][j] += column[r].
void add_column(float *out, const float *column, size_t rows, size_t columns);
