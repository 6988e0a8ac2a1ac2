#include "losses.h"

#include <math.h>

double softmax_cross_entropy(
    float *gradient, int32_t *predictions, const float *logits, const int32_t *labels,
    size_t rows, size_t classes, float scale) {
  double total = 0;
  for (size_t r = 0; r < rows; r++) {
    const float *row = logits + r * classes;
    size_t best = 0;
    for (size_t c = 1; c < classes; c++)
      if (row[c] > row[best]) best = c;
    double sum = 0;
    for (size_t c = 0; c < classes; c++) sum += exp((double)row[c] - (double)row[best]);
    size_t label = (size_t)labels[r];
    total += log(sum) - ((double)row[label] - (double)row[best]);
    if (predictions) predictions[r] = (int32_t)best;
    if (!gradient) continue;
    for (size_t c = 0; c < classes; c++) {
      double p = exp((double)row[c] - (double)row[best]) / sum;
      gradient[r * classes + c] = (float)(p - (c == label ? 1.0 : 0.0)) * scale;
    }
  }
  return total;
}
