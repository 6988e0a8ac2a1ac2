#pragma once
#include <stddef.h>

/// Layer normalization (Ba, Kiros and Hinton 2016) of rows x units numbers, within each row:
/// n = (x - mean) / sqrt(variance + 1e-5), y = gain n + shift. `values` holds x and receives y,
/// `normalized` receives n and `inverse`, one number a row, the factor. Arrays must not overlap.
void layer_norm(
    float *values, float *normalized, float *inverse, const float *gain, const float *shift,
    size_t rows, size_t units);

/// Turns dL/dy in `gradient` into dL/dx, and adds to the gradients of gain and shift.
void layer_norm_backward(
    float *gradient, float *gain_gradient, float *shift_gradient, const float *normalized,
    const float *inverse, const float *gain, size_t rows, size_t units);
