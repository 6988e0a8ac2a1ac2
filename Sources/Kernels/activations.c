#include "activations.h"

#include <math.h>

#include "dispatch.h"
#include "exponential.h"

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

KERNEL void tanh_forward(float *out, const float *in, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = hyperbolic_tangent(in[i]);
}

KERNEL void tanh_backward(
    float *gradient, const float *upstream, const float *output, size_t count) {
  for (size_t i = 0; i < count; i++) gradient[i] = upstream[i] * (1.0f - output[i] * output[i]);
}

KERNEL void relu_forward(float *out, const float *in, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = in[i] > 0.0f ? in[i] : 0.0f;
}

KERNEL void relu_backward(
    float *gradient, const float *upstream, const float *output, size_t count) {
  for (size_t i = 0; i < count; i++) gradient[i] = output[i] > 0.0f ? upstream[i] : 0.0f;
}
