#include <math.h>

#include "dispatch.h"
#include "quantized_relu.h"

#pragma clang fp contract(fast)

/// One way of rounding over all numbers; the choice stays outside of the loop.
#define EACH(level)                                   \
  for (size_t i = 0; i < count; i++) {                \
    float z = in[i] * inverse, k = (level);           \
    k = k < 0.0f ? 0.0f : k;                          \
    out[i] = step * (k > levels ? levels : k);        \
  }                                                   \
  break

KERNEL void quantized_relu(
    float *restrict out, const float *restrict in, float step, float levels,
    enum relu_thresholds thresholds, size_t count) {
  float inverse = 1.0f / step;
  switch (thresholds) {
    case THRESHOLDS_NEAREST: EACH(floorf(z + 0.5f));
    case THRESHOLDS_HWGQ:
      EACH(z > 0.0f && z <= 1.5f ? 1.0f : ceilf(z - 0.5f));
    case THRESHOLDS_CEIL: EACH(ceilf(z));
    case THRESHOLDS_HALF_EVEN: EACH(rintf(z));
  }
}

KERNEL void window_backward(
    float *restrict gradient, const float *restrict upstream, const float *restrict in, float low,
    float high, size_t count) {
  for (size_t i = 0; i < count; i++)
    gradient[i] = in[i] > low && in[i] <= high ? upstream[i] : 0.0f;
}
