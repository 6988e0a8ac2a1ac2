#pragma once
#include <stddef.h>

/// Rounds values[i] to the nearest whole number of `step`, at most `most` of them from 0, and sets
/// slopes[i] to the straight-through derivative: 1 where |values[i]| was at most most step, else 0.
/// Where `is_binary` is not 0 the levels are 0 and most step, above 0. What is no number stays so.
void round_curves(
    float *values, float *slopes, float step, float most, int is_binary, size_t count);
