#pragma once
#include <stddef.h>
#include <stdint.h>

/// Softmax cross-entropy of rows x classes logits against integer labels.
///
/// Writes gradient = (softmax - one hot) * scale (may be null), `predictions[r]` = index of the
/// largest logit, lowest on ties (may be null), and returns the sum of the rows' losses in nats.
double softmax_cross_entropy(
    float *gradient, int32_t *predictions, const float *logits, const int32_t *labels,
    size_t rows, size_t classes, float scale);
