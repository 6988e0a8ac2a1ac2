#pragma once
#include <stddef.h>

/// values[i] = tanh(values[i]); relative error below 4e-7.
void tanh_in_place(float *values, size_t count);

/// gradient[i] = upstream[i] * (1 - output[i]^2), output being tanh of the input.
void tanh_backward(float *gradient, const float *upstream, const float *output, size_t count);

/// values[i] = max(values[i], 0); what is not a number stays so.
void relu_in_place(float *values, size_t count);

/// gradient[i] = upstream[i] where output[i] > 0, else 0: the gradient at exactly 0 is 0.
void relu_backward(float *gradient, const float *upstream, const float *output, size_t count);
