#pragma once
#include <stddef.h>

/// Matrices are row-major: element (r, c) of a rows x columns matrix is at r * columns + c.

/// out[r][j] = bias[j] + sum_i in[r][i] * weight[i][j]; `bias` may be null. Meant for few inputs.
void affine_rows(
    float *out, const float *in, const float *weight, const float *bias, size_t rows,
    size_t inputs, size_t outputs);

/// How many numbers are not 0.
size_t count_active(const float *in, size_t count);

/// out[r][j] += sum_i in[r][i] * weight[i][j], over the i where in[r][i] is not 0.
void add_active_rows(
    float *out, const float *in, const float *weight, size_t rows, size_t inputs, size_t outputs);

/// out[r][j] = column[r] * row[j].
void outer_product(float *out, const float *column, const float *row, size_t rows, size_t columns);

/// out[r][j] += column[r] * row[j].
void add_outer_product(
    float *out, const float *column, const float *row, size_t rows, size_t columns);

/// out[r] += sum_j in[r][j] * weight[j].
void add_row_dots(float *out, const float *in, const float *weight, size_t rows, size_t columns);

/// out[r] = sum_j in[r][j] * weight[j].
void row_dots(float *out, const float *in, const float *weight, size_t rows, size_t columns);

/// out[j] += sum_r in[r][j].
void add_column_sums(float *out, const float *in, size_t rows, size_t columns);

/// out[j] += sum_r scale[r] * in[r][j].
void add_scaled_column_sums(
    float *out, const float *scale, const float *in, size_t rows, size_t columns);

/// sums[j] += sum_r in[r][j], and scaled[j] += sum_r scale[r] * in[r][j].
void add_column_sums_and_scaled(
    float *sums, float *scaled, const float *scale, const float *in, size_t rows, size_t columns);

/// out[c][r] = in[r][c]; `out` is columns x rows.
void transpose(float *out, const float *in, size_t rows, size_t columns);

/// out[r][j] += row[j].
void add_row(float *out, const float *row, size_t rows, size_t columns);

/// out[i] += in[i].
void add_in_place(float *out, const float *in, size_t count);
