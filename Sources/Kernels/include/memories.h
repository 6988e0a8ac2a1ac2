#pragma once
#include <stdbool.h>
#include <stddef.h>

/// Steps of the memory of a non-saturating recurrent unit, forward and backward. Arrays must not
/// overlap.
///
/// `vectors` is rows x (2 heads + 4 side): alpha and beta (`heads` each), then p and q (`side`
/// each) of what is written, then p and q of what is erased. The outer product p q', flattened row
/// by row, is cut into `heads` rows of `units` numbers, so that side * side = heads * units.
struct memory_shape {
  size_t units, heads, side;
  /// Whether alpha, beta and the outer products are rectified.
  bool rectified;
};

/// memory = previous + (1 / heads) sum over heads j of (alpha_j V_j / |V_j| - beta_j E_j / |E_j|),
/// V and E being the rows of the two outer products and |.| their 5-norm, at least 1e-12 and infinite
/// from 5e7 on, which `sizes` (rows x 2 heads) receives. `scratch` has room for side * side numbers.
void outer_memory(
    float *memory, float *sizes, const float *vectors, const float *previous, float *scratch,
    size_t rows, struct memory_shape shape);

/// Turns `vectors` into their gradients, given that by `memory`; what goes to `previous` is the
/// latter itself. `scratch` has room for side * (side + 1) numbers.
void outer_memory_backward(
    float *vectors, const float *memory_gradient, const float *sizes, float *scratch, size_t rows,
    struct memory_shape shape);
