#pragma once
#include <stddef.h>

/// Steps of gated recurrent cells, forward and backward, for `rows` sequences of `units` hidden
/// units. A row of gates holds them one after another, each of `units` numbers; every other matrix
/// is rows x units unless said otherwise. Arrays must not overlap.

/// One step of an LSTM. `gates` holds i, f, c and o before their activations and receives
/// i, f, o = logistic(.), g = tanh(.); cell = f previous_cell + i g; hidden = o tanh(cell).
void lstm(
    float *gates, float *cell, float *hidden, const float *previous_cell, size_t rows,
    size_t units);

/// From the gates of a step the gradients by what they were before their activations, in the same
/// places of `gradient`. `cell_gradient` is what later steps send to `cell`, and becomes what is
/// sent to `previous_cell`.
void lstm_backward(
    float *gradient, float *cell_gradient, const float *gates, const float *hidden_gradient,
    const float *cell, const float *previous_cell, size_t rows, size_t units);

/// One step of a GRU that resets after its product. `gates` and `recurrent` hold what x and h
/// contribute to z, r and g. `gates` receives z, r = logistic(gates + recurrent) and
/// g = tanh(gates + r recurrent), `candidate` what h contributes to g;
/// hidden = z previous + (1 - z) g.
void gru_reset_after(
    float *gates, float *candidate, float *hidden, const float *recurrent, const float *previous,
    size_t rows, size_t units);

/// Turns the gates of a step into the gradients by what x contributes, and fills
/// `recurrent_gradient` (rows x 3 units) with those by what h contributes. `hidden_gradient` is
/// multiplied by z: what `previous` receives without the product.
void gru_reset_after_backward(
    float *gates, float *recurrent_gradient, float *hidden_gradient, const float *candidate,
    const float *previous, size_t rows, size_t units);

/// The gates of one step of a GRU that resets before its product: z, r of `gates` become
/// logistic(gates + recurrent), `recurrent` being rows x 2 units, and reset = r output.
void gru_gates(
    float *gates, float *reset, const float *recurrent, const float *output, size_t rows,
    size_t units);

/// The rest of that step: g of `gates` becomes tanh(gates + recurrent), and
/// hidden = z previous + (1 - z) g.
void gru_candidate(
    float *gates, float *hidden, const float *recurrent, const float *previous, size_t rows,
    size_t units);

/// The way back through `gru_candidate`: z and g of `gates` become the gradients by what they
/// were before their activations, that by g is written to `candidate_gradient` too, and
/// `hidden_gradient` is multiplied by z.
void gru_candidate_backward(
    float *gates, float *candidate_gradient, float *hidden_gradient, const float *previous,
    size_t rows, size_t units);

/// The way back through `gru_gates`, after the one above: r of `gates` becomes its gradient,
/// `gate_gradient` (rows x 2 units) receives those of z and r, and what `reset_gradient` sends to
/// `output` is added to `hidden_gradient`.
void gru_gates_backward(
    float *gates, float *gate_gradient, float *hidden_gradient, const float *reset_gradient,
    const float *output, size_t rows, size_t units);
