#include "activations.h"

#include "dispatch.h"
#include "sigmoids.h"

#pragma clang fp contract(fast)

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
