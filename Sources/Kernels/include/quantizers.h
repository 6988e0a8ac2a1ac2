#pragma once
#include <stddef.h>
#include <stdint.h>

/// Quantizers of the hybrid-spiking specification, sections 1.1 and 1.5. Each turns activities a
/// into integer counts n at a resolution w (spikes per unit of activity and step) and writes the
/// outputs o = n / w. Arrays must not overlap.

/// s = v + (w * a), n = floor(s), v = s - n. `voltage` holds v and is updated.
void quantize_diffused(float *restrict out, const float *restrict in, float *restrict voltage, float w, size_t count);

/// n = w * a rounded to nearest, ties to even.
void quantize_nearest(float *restrict out, const float *restrict in, float w, size_t count);

/// y = w * |a|, n = sign(a) * (trunc(y) + (uniforms < frac(y))).
void quantize_stochastic(
    float *restrict out, const float *restrict in, const float *restrict uniforms, float w, size_t count);

/// n = sign(a) * Poisson(w * |a|), by inversion of the cumulative distribution, the mean cut into
/// pieces of at most 16; above a mean of 256 a rounded normal number. Random words come from Philox with counters {draw, index, counter2,
/// counter3}, index counting from `first`.
void quantize_poisson(
    float *restrict out, const float *restrict in, float w, size_t count, uint32_t first, uint32_t counter2,
    uint32_t counter3, uint64_t key);

/// Adds the counts n = round(w * o) of `rows` x `units` outputs (row stride `stride`) to
/// histograms of `bins` bins per unit, bin b standing for n = b - bins / 2. When a count lies
/// outside, nothing is added, so that the caller can widen and add again; with `saturate` it goes
/// to the outermost bin. Returns how large |n| was at most.
int32_t count_levels(
    uint32_t *histograms, size_t bins, const float *out, float w, size_t rows, size_t units,
    size_t stride, int saturate);
