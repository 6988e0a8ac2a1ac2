#include "activations.h"

#include <math.h>

#include "dispatch.h"
#include "exponential.h"

#pragma clang fp contract(fast)

/// tanh from exp(-2|x|), and from its Taylor series where that difference would cancel.
static inline __attribute__((always_inline)) float hyperbolic_tangent(float x) {
  float magnitude = fabsf(x);
  float e = exponential(-2.0f * (magnitude < 20.0f ? magnitude : 20.0f));
  float large = copysignf((1.0f - e) / (1.0f + e), x);
  float s = x * x;
  float p = -1382.0f / 155925.0f;
  p = p * s + 62.0f / 2835.0f;
  p = p * s - 17.0f / 315.0f;
  p = p * s + 2.0f / 15.0f;
  p = p * s - 1.0f / 3.0f;
  float small = x + x * s * p;
  float value = magnitude < 0.3f ? small : large;
  return x == x ? value : x;
}

KERNEL void tanh_in_place(float *values, size_t count) {
  for (size_t i = 0; i < count; i++) values[i] = hyperbolic_tangent(values[i]);
}

KERNEL void tanh_backward(
    float *restrict gradient, const float *restrict upstream, const float *restrict output, size_t count) {
  for (size_t i = 0; i < count; i++) gradient[i] = upstream[i] * (1.0f - output[i] * output[i]);
}

KERNEL void relu_in_place(float *values, size_t count) {
  for (size_t i = 0; i < count; i++) values[i] = values[i] < 0.0f ? 0.0f : values[i];
}

KERNEL void relu_backward(
    float *restrict gradient, const float *restrict upstream, const float *restrict output, size_t count) {
  for (size_t i = 0; i < count; i++) gradient[i] = output[i] > 0.0f ? upstream[i] : 0.0f;
}
