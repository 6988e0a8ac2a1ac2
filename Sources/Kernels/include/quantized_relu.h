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

/// How the resolution of a quantized ReLU learns (specification of the coarse gradient, 5.3); the
/// highest level is L, z = in / step.
enum resolution_rule {
  /// BCGD: ceil(z) up to L; (L + 1) / 2 inside and L above; 1 inside and L above.
  RESOLUTION_EXACT, RESOLUTION_MEAN, RESOLUTION_MINIMUM,
  /// PACT: L from z = L on, else 0.
  RESOLUTION_CLIPPING,
  /// LSQ: the level less z inside, L above.
  RESOLUTION_LEARNED_STEP
};

/// The sum of upstream[i] times the derivative of the output by the step as `rule` has it, 0 where
/// in[i] <= 0. The level is that of `thresholds`.
double resolution_gradient(
    const float *upstream, const float *in, float step, float levels, enum resolution_rule rule,
    enum relu_thresholds thresholds, size_t count);

/// gradient[i] *= 1 + delta sign(upstream[i]) (in[i] - Q(in[i])), Q the quantized ReLU: EWGS.
void element_wise_scaling(
    float *gradient, const float *upstream, const float *in, float step, float levels,
    enum relu_thresholds thresholds, float delta, size_t count);
