#include "updates.h"

#include <math.h>

#include "dispatch.h"

#pragma clang fp contract(fast)

KERNEL double sum_of_squares(const float *values, size_t count) {
  double parts[8] = {0};
  size_t i = 0;
  for (; i + 8 <= count; i += 8)
    for (size_t k = 0; k < 8; k++) parts[k] += (double)values[i + k] * (double)values[i + k];
  double sum = 0;
  for (; i < count; i++) sum += (double)values[i] * (double)values[i];
  for (size_t k = 0; k < 8; k++) sum += parts[k];
  return sum;
}

KERNEL void scale_in_place(float *values, float factor, size_t count) {
  for (size_t i = 0; i < count; i++) values[i] *= factor;
}

KERNEL void adam_update(
    float *restrict weights, const float *restrict gradient, float *restrict first_moment,
    float *restrict second_moment, size_t count, float rate, float beta1, float beta2,
    float epsilon, float correction1, float correction2) {
  for (size_t i = 0; i < count; i++) {
    float g = gradient[i];
    float m = beta1 * first_moment[i] + (1.0f - beta1) * g;
    float v = beta2 * second_moment[i] + (1.0f - beta2) * g * g;
    first_moment[i] = m;
    second_moment[i] = v;
    weights[i] -= rate * (m / correction1) / (sqrtf(v / correction2) + epsilon);
  }
}

KERNEL void momentum_update(
    float *restrict weights, const float *restrict gradient, float *restrict velocity,
    size_t count, float rate, float momentum) {
  for (size_t i = 0; i < count; i++) {
    float v = momentum * velocity[i] + gradient[i];
    velocity[i] = v;
    weights[i] -= rate * v;
  }
}
