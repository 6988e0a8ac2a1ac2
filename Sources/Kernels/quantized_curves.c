#include "quantized_curves.h"

#include <math.h>

#include "dispatch.h"

KERNEL void round_curves(
    float *restrict values, float *restrict slopes, float step, float most, int is_binary,
    size_t count) {
  const float reach = step * most, inverse = 1.0f / step;
  for (size_t i = 0; i < count; i++) {
    float y = values[i];
    float nearest = fminf(fmaxf(floorf(y * inverse + 0.5f), -most), most) * step;
    float level = is_binary ? (y > 0.0f ? reach : 0.0f) : nearest;
    slopes[i] = fabsf(y) <= reach ? 1.0f : 0.0f;
    values[i] = y == y ? level : y;
  }
}
