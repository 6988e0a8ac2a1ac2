#pragma once
#include <stdbool.h>
#include <stddef.h>

/// Elements of a self-learnable activation, its constant among them.
enum { MOST_ACTIVATION_ELEMENTS = 18 };

/// The functions phi_0 = 1, phi_1 ... phi_(count - 1) whose weighted sum is a self-learnable
/// activation: phi_(j+1) = factor[j] z phi_j - behind[j] phi_(j-1), both of
/// MOST_ACTIVATION_ELEMENTS + 1 numbers; or, where there are sines, sin((2j - 1) pi z / 2) of
/// j = 1 ... sines and then cos(j pi z).
struct activation_basis {
  size_t count;
  size_t sines;
  const float *factor;
  const float *behind;
};

/// How inputs come in, for each row: z = scale x, within low...high. Beyond it the curve goes on
/// with its tangent where `has_tails`, and else stays.
struct activation_inputs {
  const float *scale;
  const float *low;
  const float *high;
  bool has_tails;
};

/// out = sum_j coefficients[row][j] phi_j(z), of polynomials by Clenshaw's recurrence.
void activation_rows(
    float *out, const float *in, const float *coefficients, struct activation_inputs inputs,
    struct activation_basis basis, size_t rows, size_t columns);

/// Overwrites `out` with the derivative by the inputs, `coefficient_gradient` (rows x elements) with
/// that by the coefficients and `along` (a number a row) with that by `scale`, each where given.
void activation_rows_backward(
    float *out, float *coefficient_gradient, float *along, const float *gradient, const float *in,
    const float *coefficients, struct activation_inputs inputs, struct activation_basis basis,
    size_t rows, size_t columns);

/// The same where a column and not a row has coefficients and ends of its own, and no tails:
/// `coefficients` are elements x columns, and `inputs` have a number for each column.
void activation_columns(
    float *out, const float *in, const float *coefficients, struct activation_inputs inputs,
    struct activation_basis basis, size_t rows, size_t columns);

/// Overwrites `out` with the derivative by the inputs, and adds that by the coefficients to
/// `coefficient_gradient` (elements x columns).
void activation_columns_backward(
    float *out, float *coefficient_gradient, const float *gradient, const float *in,
    const float *coefficients, struct activation_inputs inputs, struct activation_basis basis,
    size_t rows, size_t columns);

/// The mean of each phi_1(x) ... of a row, and that of squared distances from it: each rows x
/// (elements - 1).
void element_moments(
    float *means, float *squares, const float *in, struct activation_basis basis, size_t rows,
    size_t columns);

/// out = constant[row] + sum_j factors[row][j] (phi_j(x) - means[row][j]), j from 1.
void centred_rows(
    float *out, const float *in, const float *constant, const float *factors, const float *means,
    struct activation_basis basis, size_t rows, size_t columns);

/// The sums of the gradient and of the gradient times phi_j(x) - means[row][j]: rows x elements.
void centred_rows_sums(
    float *sums, const float *gradient, const float *in, const float *means,
    struct activation_basis basis, size_t rows, size_t columns);

/// out = sum_j factors[row][j] phi_j'(x) (gradient - mean_gradient[row] - (phi_j(x) - means[row][j])
/// along[row][j]).
void centred_rows_backward(
    float *out, const float *gradient, const float *in, const float *mean_gradient,
    const float *factors, const float *means, const float *along, struct activation_basis basis,
    size_t rows, size_t columns);

/// The largest |x| of each row, and the column where it is first.
void row_peaks(float *peaks, float *places, const float *in, size_t rows, size_t columns);
