#pragma once
#include <stddef.h>

/// out[i] = tanh(in[i]); relative error below 4e-7. `out` may be `in`.
void tanh_forward(float *out, const float *in, size_t count);

/// gradient[i] = upstream[i] * (1 - output[i]^2), output being tanh of the input.
void tanh_backward(float *gradient, const float *upstream, const float *output, size_t count);

/// out[i] = max(in[i], 0). `out` may be `in`.
void relu_forward(float *out, const float *in, size_t count);

/// gradient[i] = upstream[i] where output[i] > 0, else 0: the gradient at exactly 0 is 0.
void relu_backward(float *gradient, const float *upstream, const float *output, size_t count);
