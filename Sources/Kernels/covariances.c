#include "covariances.h"

#include <math.h>

#include "dispatch.h"
#include "exponential.h"

#pragma clang fp contract(fast)

/// One point: its value and what its slope has beside -(x - z) / l^2.
#define EACH(value, bend)                                        \
  for (size_t i = 0; i < count; i++) {                           \
    float distance = (x[i] - z[m]) * inverse, r = fabsf(distance); \
    float e, scaled;                                             \
    (void)scaled;                                                \
    row[i] = (value);                                            \
    slope[i] = -distance * inverse * (bend);                     \
  }                                                              \
  break

KERNEL void covariance_rows(
    float *restrict values, float *restrict slopes, const float *restrict x,
    const float *restrict z, float inverse, enum covariance_form form, size_t points,
    size_t count) {
  // Farther off the polynomial would outgrow what is least of the exponential.
  const float root3 = 1.7320508f, root5 = 2.2360680f, farthest = 87.0f;
  for (size_t m = 0; m < points; m++) {
    float *row = values + m * count, *slope = slopes + m * count;
    switch (form) {
      case COVARIANCE_SQUARED_EXPONENTIAL: EACH(e = decay(-0.5f * r * r), e);
      case COVARIANCE_MATERN_32:
        EACH((scaled = fminf(root3 * r, farthest), e = decay(-scaled), (1.0f + scaled) * e), 3.0f * e);
      case COVARIANCE_MATERN_52:
        EACH(
            (scaled = fminf(root5 * r, farthest), e = decay(-scaled),
             (1.0f + scaled + scaled * scaled / 3.0f) * e),
            5.0f / 3.0f * (1.0f + scaled) * e);
    }
  }
}
