#include "cells.h"

#include "dispatch.h"
#include "sigmoids.h"

#pragma clang fp contract(fast)

// Each kernel calls a function of one row whose arrays are told apart by name: within a row of
// gates the compiler could not know that they do not overlap, and would not vectorise.
#define ROW static inline __attribute__((always_inline)) void

ROW lstm_row(
    float *restrict i, float *restrict f, float *restrict g, float *restrict o,
    float *restrict cell, float *restrict hidden, const float *restrict previous, size_t units) {
  for (size_t j = 0; j < units; j++) {
    i[j] = logistic(i[j]);
    f[j] = logistic(f[j]);
    g[j] = hyperbolic_tangent(g[j]);
    o[j] = logistic(o[j]);
    cell[j] = f[j] * previous[j] + i[j] * g[j];
    hidden[j] = o[j] * hyperbolic_tangent(cell[j]);
  }
}

KERNEL void lstm(
    float *gates, float *cell, float *hidden, const float *previous_cell, size_t rows,
    size_t units) {
  for (size_t r = 0; r < rows; r++) {
    float *row = gates + r * 4 * units;
    size_t at = r * units;
    lstm_row(
        row, row + units, row + 2 * units, row + 3 * units, cell + at, hidden + at,
        previous_cell + at, units);
  }
}

ROW lstm_row_backward(
    float *restrict gradient, float *restrict cell_gradient, const float *restrict gates,
    const float *restrict hidden_gradient, const float *restrict cell,
    const float *restrict previous, size_t units) {
  for (size_t j = 0; j < units; j++) {
    float i = gates[j], f = gates[units + j], g = gates[2 * units + j], o = gates[3 * units + j];
    float c = hyperbolic_tangent(cell[j]);
    float dh = hidden_gradient[j];
    float dc = cell_gradient[j] + dh * o * (1.0f - c * c);
    cell_gradient[j] = dc * f;
    gradient[j] = dc * g * i * (1.0f - i);
    gradient[units + j] = dc * previous[j] * f * (1.0f - f);
    gradient[2 * units + j] = dc * i * (1.0f - g * g);
    gradient[3 * units + j] = dh * c * o * (1.0f - o);
  }
}

KERNEL void lstm_backward(
    float *gradient, float *cell_gradient, const float *gates, const float *hidden_gradient,
    const float *cell, const float *previous_cell, size_t rows, size_t units) {
  for (size_t r = 0; r < rows; r++) {
    size_t at = r * units;
    lstm_row_backward(
        gradient + 4 * at, cell_gradient + at, gates + 4 * at, hidden_gradient + at, cell + at,
        previous_cell + at, units);
  }
}

ROW reset_after_row(
    float *restrict z, float *restrict r, float *restrict g, float *restrict candidate,
    float *restrict hidden, const float *restrict recurrent, const float *restrict previous,
    size_t units) {
  for (size_t j = 0; j < units; j++) {
    float product = recurrent[2 * units + j];
    z[j] = logistic(z[j] + recurrent[j]);
    r[j] = logistic(r[j] + recurrent[units + j]);
    g[j] = hyperbolic_tangent(g[j] + r[j] * product);
    candidate[j] = product;
    hidden[j] = z[j] * previous[j] + (1.0f - z[j]) * g[j];
  }
}

KERNEL void gru_reset_after(
    float *gates, float *candidate, float *hidden, const float *recurrent, const float *previous,
    size_t rows, size_t units) {
  for (size_t r = 0; r < rows; r++) {
    float *row = gates + r * 3 * units;
    size_t at = r * units;
    reset_after_row(
        row, row + units, row + 2 * units, candidate + at, hidden + at, recurrent + 3 * at,
        previous + at, units);
  }
}

ROW reset_after_row_backward(
    float *restrict z, float *restrict r, float *restrict g, float *restrict recurrent_z,
    float *restrict recurrent_r, float *restrict recurrent_g, float *restrict hidden_gradient,
    const float *restrict candidate, const float *restrict previous, size_t units) {
  for (size_t j = 0; j < units; j++) {
    float dh = hidden_gradient[j], update = z[j], reset = r[j];
    float dg = dh * (1.0f - update) * (1.0f - g[j] * g[j]);
    float dz = dh * (previous[j] - g[j]) * update * (1.0f - update);
    float dr = dg * candidate[j] * reset * (1.0f - reset);
    hidden_gradient[j] = dh * update;
    z[j] = recurrent_z[j] = dz;
    r[j] = recurrent_r[j] = dr;
    g[j] = dg;
    recurrent_g[j] = dg * reset;
  }
}

KERNEL void gru_reset_after_backward(
    float *gates, float *recurrent_gradient, float *hidden_gradient, const float *candidate,
    const float *previous, size_t rows, size_t units) {
  for (size_t r = 0; r < rows; r++) {
    float *row = gates + r * 3 * units, *recurrent = recurrent_gradient + r * 3 * units;
    size_t at = r * units;
    reset_after_row_backward(
        row, row + units, row + 2 * units, recurrent, recurrent + units, recurrent + 2 * units,
        hidden_gradient + at, candidate + at, previous + at, units);
  }
}

ROW gates_row(
    float *restrict z, float *restrict r, float *restrict reset, const float *restrict recurrent,
    const float *restrict output, size_t units) {
  for (size_t j = 0; j < units; j++) {
    z[j] = logistic(z[j] + recurrent[j]);
    r[j] = logistic(r[j] + recurrent[units + j]);
    reset[j] = r[j] * output[j];
  }
}

KERNEL void gru_gates(
    float *gates, float *reset, const float *recurrent, const float *output, size_t rows,
    size_t units) {
  for (size_t r = 0; r < rows; r++) {
    float *row = gates + r * 3 * units;
    size_t at = r * units;
    gates_row(row, row + units, reset + at, recurrent + 2 * at, output + at, units);
  }
}

ROW candidate_row(
    const float *restrict z, float *restrict g, float *restrict hidden,
    const float *restrict recurrent, const float *restrict previous, size_t units) {
  for (size_t j = 0; j < units; j++) {
    g[j] = hyperbolic_tangent(g[j] + recurrent[j]);
    hidden[j] = z[j] * previous[j] + (1.0f - z[j]) * g[j];
  }
}

KERNEL void gru_candidate(
    float *gates, float *hidden, const float *recurrent, const float *previous, size_t rows,
    size_t units) {
  for (size_t r = 0; r < rows; r++) {
    float *row = gates + r * 3 * units;
    size_t at = r * units;
    candidate_row(row, row + 2 * units, hidden + at, recurrent + at, previous + at, units);
  }
}

ROW candidate_row_backward(
    float *restrict z, float *restrict g, float *restrict candidate_gradient,
    float *restrict hidden_gradient, const float *restrict previous, size_t units) {
  for (size_t j = 0; j < units; j++) {
    float dh = hidden_gradient[j], update = z[j];
    float dg = dh * (1.0f - update) * (1.0f - g[j] * g[j]);
    z[j] = dh * (previous[j] - g[j]) * update * (1.0f - update);
    g[j] = candidate_gradient[j] = dg;
    hidden_gradient[j] = dh * update;
  }
}

KERNEL void gru_candidate_backward(
    float *gates, float *candidate_gradient, float *hidden_gradient, const float *previous,
    size_t rows, size_t units) {
  for (size_t r = 0; r < rows; r++) {
    float *row = gates + r * 3 * units;
    size_t at = r * units;
    candidate_row_backward(
        row, row + 2 * units, candidate_gradient + at, hidden_gradient + at, previous + at, units);
  }
}

ROW gates_row_backward(
    const float *restrict z, float *restrict r, float *restrict gradient_z,
    float *restrict gradient_r, float *restrict hidden_gradient,
    const float *restrict reset_gradient, const float *restrict output, size_t units) {
  for (size_t j = 0; j < units; j++) {
    float reset = r[j];
    hidden_gradient[j] += reset_gradient[j] * reset;
    gradient_z[j] = z[j];
    r[j] = gradient_r[j] = reset_gradient[j] * output[j] * reset * (1.0f - reset);
  }
}

KERNEL void gru_gates_backward(
    float *gates, float *gate_gradient, float *hidden_gradient, const float *reset_gradient,
    const float *output, size_t rows, size_t units) {
  for (size_t r = 0; r < rows; r++) {
    float *row = gates + r * 3 * units, *gradient = gate_gradient + r * 2 * units;
    size_t at = r * units;
    gates_row_backward(
        row, row + units, gradient, gradient + units, hidden_gradient + at, reset_gradient + at,
        output + at, units);
  }
}
