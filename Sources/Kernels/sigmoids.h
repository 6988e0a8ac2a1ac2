#pragma once
#include <math.h>

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

/// 1 / (1 + exp(-x)) with relative error below 4e-7; below -87 that of -87.
static inline __attribute__((always_inline)) float logistic(float x) {
  float bounded = x > -87.0f ? x : -87.0f;
  float value = 1.0f / (1.0f + exponential(-(bounded < 87.0f ? bounded : 87.0f)));
  return x == x ? value : x;
}
