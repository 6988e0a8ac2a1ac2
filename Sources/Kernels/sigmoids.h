#pragma once
#include <math.h>

#include "exponential.h"

#pragma clang fp contract(fast)

/// tanh from exp(-2|x|) - 1, which is near -2|x| where that is small. The bound lets NaN pass.
static inline __attribute__((always_inline)) float hyperbolic_tangent(float x) {
  float magnitude = fabsf(x);
  struct exponential_parts e = exponential_parts(-2.0f * (20.0f < magnitude ? 20.0f : magnitude));
  float less = e.power * e.rest + (e.power - 1.0f);
  return copysignf(less / (2.0f + less), x);
}

/// 1 / (1 + exp(-x)) with relative error below 4e-7; below -87 that of -87. The bounds let NaN
/// pass.
static inline __attribute__((always_inline)) float logistic(float x) {
  float bounded = -87.0f > x ? -87.0f : x;
  bounded = 87.0f < bounded ? 87.0f : bounded;
  struct exponential_parts e = exponential_parts(-bounded);
  return 1.0f / ((1.0f + e.power) + e.power * e.rest);
}
