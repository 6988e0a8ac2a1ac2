#pragma once
#include <stddef.h>

/// Sum of squares of all elements, in Double.
double sum_of_squares(const float *values, size_t count);

/// values[i] *= factor.
void scale_in_place(float *values, float factor, size_t count);

/// Adam (Kingma and Ba 2015): m = b1 m + (1-b1) g, v = b2 v + (1-b2) g^2,
/// weight -= rate * (m / correction1) / (sqrt(v / correction2) + epsilon),
/// correction_k = 1 - b_k^t at update t.
void adam_update(
    float *weights, const float *gradient, float *first_moment, float *second_moment,
    size_t count, float rate, float beta1, float beta2, float epsilon, float correction1,
    float correction2);

/// velocity = momentum * velocity + g; weight -= rate * velocity.
void momentum_update(
    float *weights, const float *gradient, float *velocity, size_t count, float rate,
    float momentum);
