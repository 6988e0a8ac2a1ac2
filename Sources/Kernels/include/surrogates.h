#pragma once
#include <stddef.h>

/// Surrogate gradients (specification of the coarse gradient, table 5.2): slopes mu'(x) that stand
/// for the derivative of a quantizer on the way back. Arrays must not overlap.

/// Forms of mu'(x) before it is multiplied by `scale`; S is the logistic function.
enum surrogate_form {
  /// a where x > 0, b where x = 0, c where x < 0.
  SURROGATE_SIDES,
  /// c where a <= x <= b, else d.
  SURROGATE_WINDOW,
  /// 0 where x <= 0, 1 where x <= a, else 1 / (x - (a - 1)).
  SURROGATE_LOG_TAIL,
  /// max(0, a - b |x|).
  SURROGATE_TRIANGLE,
  /// a (2 - a x tanh(a x / 2)) / (1 + cosh(a x)).
  SURROGATE_SWISH,
  /// a S(b x) (1 - S(b x)).
  SURROGATE_LOGISTIC,
  /// a / (1 + b |x|)^2 where x > c.
  SURROGATE_SQUARE,
  /// a / (1 + (b x)^2).
  SURROGATE_CAUCHY,
  /// a exp(-b x^2).
  SURROGATE_GAUSS,
  /// a exp(-b x^2) - c (exp(-d (x - e)^2) + exp(-d (x + e)^2)).
  SURROGATE_LOBES,
  /// a exp(-b |x - c|).
  SURROGATE_EXPONENTIAL,
  /// (1 + a |x|)^b.
  SURROGATE_POWER,
  /// a S(a x) (1 - S(a x)) where x < 0, else b / (x + 1).
  SURROGATE_S2NN,
  /// a / (1 + b |x|).
  SURROGATE_HYPERBOLA,
  /// 1 where x > 0, else (uniform + a) b.
  SURROGATE_STOCHASTIC,
};

struct surrogate_curve {
  enum surrogate_form form;
  float scale, a, b, c, d, e;
};

/// slopes[i] = scale mu'(in[i]); `uniforms` are on 0 ..< 1 and read by SURROGATE_STOCHASTIC alone.
void surrogate_slopes(
    float *slopes, const float *in, const float *uniforms, size_t count,
    struct surrogate_curve curve);

/// slopes[i] = sum over thresholds at the integers k around positions[i], `reach` below and as many
/// above, of scale mu'(positions[i] - k). No form may be random.
void threshold_slopes(
    float *slopes, const float *positions, size_t count, struct surrogate_curve curve, int reach);

/// Where the activities of each quantizer lie between integers at which their counts change:
/// voltage + w in, w in + 1/2, and w |in| + 1 - uniform.
void diffused_positions(
    float *positions, const float *in, const float *voltage, float w, size_t count);
void nearest_positions(float *positions, const float *in, float w, size_t count);
void stochastic_positions(
    float *positions, const float *in, const float *uniforms, float w, size_t count);

/// values[i] *= factors[i].
void multiply_in_place(float *values, const float *factors, size_t count);
