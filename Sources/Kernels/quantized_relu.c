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

#define SUM(inside, above)                                          \
  for (size_t i = 0; i < count; i++) {                              \
    float z = in[i] * inverse;                                      \
    float slope = in[i] <= 0.0f ? 0.0f : (above) ? levels : (inside); \
    sum += (double)(upstream[i] * slope);                           \
  }                                                                 \
  break

KERNEL double resolution_gradient(
    const float *restrict upstream, const float *restrict in, float step, float levels,
    enum resolution_rule rule, enum relu_thresholds thresholds, size_t count) {
#pragma clang fp reassociate(on)
  float inverse = 1.0f / step;
  double sum = 0.0;
  switch (rule) {
    case RESOLUTION_EXACT: SUM(ceilf(z), z > levels);
    case RESOLUTION_MEAN: SUM(0.5f * (levels + 1.0f), z > levels);
    case RESOLUTION_MINIMUM: SUM(1.0f, z > levels);
    case RESOLUTION_CLIPPING: SUM(0.0f, z >= levels);
    case RESOLUTION_LEARNED_STEP:
      switch (thresholds) {
        case THRESHOLDS_NEAREST: SUM(floorf(z + 0.5f) - z, z >= levels);
        case THRESHOLDS_HWGQ: SUM((z <= 1.5f ? 1.0f : ceilf(z - 0.5f)) - z, z >= levels);
        case THRESHOLDS_CEIL: SUM(ceilf(z) - z, z >= levels);
        case THRESHOLDS_HALF_EVEN: SUM(rintf(z) - z, z >= levels);
      }
  }
  return sum;
}

#define SCALE(level)                                                          \
  for (size_t i = 0; i < count; i++) {                                        \
    float z = in[i] * inverse, k = (level);                                   \
    k = k < 0.0f ? 0.0f : k;                                                  \
    float error = in[i] - step * (k > levels ? levels : k);                   \
    float sign = upstream[i] > 0.0f ? delta : upstream[i] < 0.0f ? -delta : 0.0f; \
    gradient[i] *= 1.0f + sign * error;                                       \
  }                                                                           \
  break

KERNEL void element_wise_scaling(
    float *restrict gradient, const float *restrict upstream, const float *restrict in, float step,
    float levels, enum relu_thresholds thresholds, float delta, size_t count) {
  float inverse = 1.0f / step;
  switch (thresholds) {
    case THRESHOLDS_NEAREST: SCALE(floorf(z + 0.5f));
    case THRESHOLDS_HWGQ: SCALE(z > 0.0f && z <= 1.5f ? 1.0f : ceilf(z - 0.5f));
    case THRESHOLDS_CEIL: SCALE(ceilf(z));
    case THRESHOLDS_HALF_EVEN: SCALE(rintf(z));
  }
}
