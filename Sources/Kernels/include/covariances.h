#pragma once
#include <stddef.h>

/// Kernels of Gaussian processes with unit variance, r = |x - z| / l.
enum covariance_form { COVARIANCE_SQUARED_EXPONENTIAL, COVARIANCE_MATERN_32, COVARIANCE_MATERN_52 };

/// values[m * count + i] = kappa(x[i], z[m]) and slopes the same of its derivative by x[i], for
/// `points` inputs z; `inverse` is 1 / l.
void covariance_rows(
    float *values, float *slopes, const float *x, const float *z, float inverse,
    enum covariance_form form, size_t points, size_t count);
