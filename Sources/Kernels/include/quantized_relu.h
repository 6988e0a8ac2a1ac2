#pragma once
#include <stddef.h>

/// Between which inputs the levels of a quantized ReLU change.
enum relu_thresholds { THRESHOLDS_NEAREST, THRESHOLDS_HWGQ, THRESHOLDS_CEIL, THRESHOLDS_HALF_EVEN };

/// out[i] = step k, k = 0 where in[i] <= 0, else in[i] / step rounded as `thresholds` says and at
/// most `levels` (specification of the coarse gradient, 4.1). What is not a number stays so.
void quantized_relu(
    float *out, const float *in, float step, float levels, enum relu_thresholds thresholds,
    size_t count);

/// gradient[i] = upstream[i] where low < in[i] <= high, else 0.
void window_backward(
    float *gradient, const float *upstream, const float *in, float low, float high, size_t count);
