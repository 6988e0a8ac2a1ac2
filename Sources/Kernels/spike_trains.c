#include "spike_trains.h"

#include <math.h>
#include <string.h>

#include "dispatch.h"

#pragma clang fp contract(fast)

void spike_record_by_step(spike_record record) {
  memset(record.step_offsets, 0, (record.steps + 1) * sizeof(int32_t));
  int32_t total = record.unit_offsets[record.units];
  for (int32_t k = 0; k < total; k++) record.step_offsets[record.times[k] + 1]++;
  for (size_t t = 0; t < record.steps; t++) record.step_offsets[t + 1] += record.step_offsets[t];
  // Each offset moves on to the next step's and is put back.
  for (size_t i = 0; i < record.units; i++)
    for (int32_t k = record.unit_offsets[i]; k < record.unit_offsets[i + 1]; k++)
      record.firing[record.step_offsets[record.times[k]]++] = (uint16_t)i;
  for (size_t t = record.steps; t > 0; t--) record.step_offsets[t] = record.step_offsets[t - 1];
  record.step_offsets[0] = 0;
}

void spike_record_by_unit(spike_record record) {
  memset(record.unit_offsets, 0, (record.units + 1) * sizeof(int32_t));
  int32_t total = record.step_offsets[record.steps];
  for (int32_t k = 0; k < total; k++) record.unit_offsets[record.firing[k] + 1]++;
  for (size_t i = 0; i < record.units; i++) record.unit_offsets[i + 1] += record.unit_offsets[i];
  for (size_t t = 0; t < record.steps; t++)
    for (int32_t k = record.step_offsets[t]; k < record.step_offsets[t + 1]; k++)
      record.times[record.unit_offsets[record.firing[k]]++] = (uint16_t)t;
  for (size_t i = record.units; i > 0; i--) record.unit_offsets[i] = record.unit_offsets[i - 1];
  record.unit_offsets[0] = 0;
}

KERNEL void spike_inputs(
    float *inputs, spike_record before, const float *weights, size_t units, size_t first,
    size_t count) {
  const float *columns = weights + first;
  memset(inputs + first, 0, count * sizeof(float));
  for (size_t t = 1; t < before.steps; t++) {
    float *restrict row = inputs + t * units + first;
    memset(row, 0, count * sizeof(float));
    int32_t k = before.step_offsets[t - 1], end = before.step_offsets[t];
    for (; k + 4 <= end; k += 4) {
      const float *a = columns + before.firing[k] * units;
      const float *b = columns + before.firing[k + 1] * units;
      const float *c = columns + before.firing[k + 2] * units;
      const float *d = columns + before.firing[k + 3] * units;
      for (size_t i = 0; i < count; i++) row[i] += (a[i] + b[i]) + (c[i] + d[i]);
    }
    for (; k < end; k++) {
      const float *a = columns + before.firing[k] * units;
      for (size_t i = 0; i < count; i++) row[i] += a[i];
    }
  }
}

/// One step of all neurons; tells whether one of them fires, and marks those that do.
static inline uint8_t advance(
    size_t units, const float *restrict inputs, spike_neuron neuron, float *restrict potential,
    float *restrict current, float *restrict refractory, uint8_t *restrict fires,
    float *restrict seen) {
  uint8_t any = 0;
  float refractoriness = (float)neuron.refractory;
  for (size_t i = 0; i < units; i++) {
    float s = current[i] - current[i] * neuron.synapse + inputs[i];
    float v = potential[i] - potential[i] * neuron.membrane + s * neuron.synapse;
    float r = refractory[i];
    v = r > 0 ? 0 : v;
    r = r > 0 ? r - 1 : r;
    uint8_t f = v > neuron.threshold;
    current[i] = s;
    seen[i] = v;
    potential[i] = f ? 0 : v;
    refractory[i] = f ? refractoriness : r;
    fires[i] = f;
    any |= f;
  }
  return any;
}

KERNEL void spike_layer(
    spike_record record, const float *inputs, spike_neuron neuron, spike_synapses recurrent,
    float *state, float *potentials, float *currents) {
  size_t units = record.units;
  float *potential = state, *current = state + units, *refractory = state + 2 * units;
  float *row = state + 3 * units;
  memset(state, 0, 3 * units * sizeof(float));
  if (potentials) memset(potentials, 0, units * sizeof(float));
  if (currents) memset(currents, 0, units * sizeof(float));
  uint8_t fires[units];
  float seen[units];
  int32_t *offsets = record.step_offsets, total = 0;
  offsets[0] = 0;
  if (record.steps > 0) offsets[1] = 0;
  for (size_t t = 1; t < record.steps; t++) {
    int32_t begin = offsets[t - 1];
    const float *given = inputs + t * units;
    if (total > begin && (recurrent.offsets || neuron.lateral != 0)) {
      float inhibition = neuron.lateral * (float)(total - begin);
      for (size_t i = 0; i < units; i++) row[i] = given[i] - inhibition;
      for (int32_t k = begin; k < total; k++) {
        size_t p = record.firing[k];
        row[p] += neuron.lateral;
        if (!recurrent.offsets) continue;
        for (int32_t m = recurrent.offsets[p]; m < recurrent.offsets[p + 1]; m++)
          row[recurrent.targets[m]] += recurrent.weights[m];
      }
      given = row;
    }
    if (advance(units, given, neuron, potential, current, refractory, fires, seen))
      for (size_t i = 0; i < units; i++)
        if (fires[i]) record.firing[total++] = (uint16_t)i;
    offsets[t + 1] = total;
    if (potentials) memcpy(potentials + t * units, seen, units * sizeof(float));
    if (currents) memcpy(currents + t * units, current, units * sizeof(float));
  }
}

KERNEL void spike_traces(
    float *traces, spike_record record, float membrane, float synapse, size_t first, size_t count,
    float *state) {
  size_t units = record.units;
  float *restrict current = state + first;
  memset(current, 0, count * sizeof(float));
  memset(traces + first, 0, count * sizeof(float));
  for (size_t t = 1; t < record.steps; t++) {
    for (size_t j = 0; j < count; j++) current[j] -= current[j] * synapse;
    for (int32_t k = record.step_offsets[t - 1]; k < record.step_offsets[t]; k++) {
      size_t j = record.firing[k];
      if (j >= first && j < first + count) current[j - first] += 1;
    }
    const float *restrict last = traces + (t - 1) * units + first;
    float *restrict row = traces + t * units + first;
    for (size_t j = 0; j < count; j++)
      row[j] = last[j] - last[j] * membrane + current[j] * synapse;
  }
}

enum { tile_rows = 16, tile_columns = 256 };

/// The responses of one neuron after to some neurons before, from the traces' columns on.
static inline void respond(
    float *restrict row, size_t columns, const float *traces, size_t stride, const uint16_t *times,
    int32_t spikes, const float *decay, int32_t refractory) {
  memset(row, 0, columns * sizeof(float));
  for (int32_t f = 0; f < spikes; f++) {
    const float *at = traces + times[f] * stride;
    if (f == 0) {
      for (size_t j = 0; j < columns; j++) row[j] += at[j];
      continue;
    }
    size_t anchor = times[f - 1] + (size_t)refractory;
    // A train that no neuron made may have spikes where the membrane is still held at 0.
    if (times[f] <= anchor) continue;
    float left = decay[times[f] - anchor];
    const float *from = traces + anchor * stride;
    for (size_t j = 0; j < columns; j++) row[j] += at[j] - left * from[j];
  }
}

KERNEL void spike_responses(
    float *responses, const float *traces, size_t before, spike_record after, size_t first,
    size_t count, const float *decay, int32_t refractory) {
  float tile[tile_rows][tile_columns];
  for (size_t i = first; i < first + count; i += tile_rows) {
    size_t rows = first + count - i < tile_rows ? first + count - i : tile_rows;
    for (size_t j = 0; j < before; j += tile_columns) {
      size_t columns = before - j < tile_columns ? before - j : tile_columns;
      for (size_t n = 0; n < rows; n++) {
        int32_t begin = after.unit_offsets[i + n];
        respond(
            tile[n], columns, traces + j, before, after.times + begin,
            after.unit_offsets[i + n + 1] - begin, decay, refractory);
      }
      for (size_t m = 0; m < columns; m++) {
        float *restrict out = responses + (j + m) * after.units + i;
        for (size_t n = 0; n < rows; n++) out[n] = tile[n][m];
      }
    }
  }
}

void spike_synapse_responses(
    float *responses, const float *traces, spike_record record, spike_synapses recurrent,
    const float *decay, int32_t refractory) {
  for (size_t p = 0; p < record.units; p++)
    for (int32_t m = recurrent.offsets[p]; m < recurrent.offsets[p + 1]; m++) {
      size_t l = recurrent.targets[m];
      const uint16_t *times = record.times + record.unit_offsets[l];
      int32_t spikes = record.unit_offsets[l + 1] - record.unit_offsets[l];
      float sum = 0;
      for (int32_t f = 0; f < spikes; f++) {
        float at = traces[times[f] * record.units + p];
        if (f == 0) {
          sum += at;
          continue;
        }
        size_t anchor = times[f - 1] + (size_t)refractory;
        if (times[f] <= anchor) continue;
        sum += at - decay[times[f] - anchor] * traces[anchor * record.units + p];
      }
      responses[m] = sum;
    }
}

KERNEL void spike_factor_sums(
    float *sums, const float *weights, const float *factors, size_t before, size_t units,
    size_t first, size_t count) {
  float *restrict a = sums + first, *restrict b = a + units, *restrict c = b + units,
        *restrict d = c + units;
  for (size_t j = 0; j < before; j++) {
    const float *row = weights + j * units + first, *f = factors + 4 * j;
    float f0 = f[0], f1 = f[1], f2 = f[2], f3 = f[3];
    for (size_t i = 0; i < count; i++) {
      a[i] += f0 * row[i];
      b[i] += f1 * row[i];
      c[i] += f2 * row[i];
      d[i] += f3 * row[i];
    }
  }
}

KERNEL void spike_potential_sums(
    float *sums, const float *weights, const float *responses, size_t before, size_t units,
    size_t first, size_t count) {
  float *restrict sum = sums + first;
  for (size_t j = 0; j < before; j++) {
    const float *w = weights + j * units + first, *e = responses + j * units + first;
    for (size_t i = 0; i < count; i++) sum[i] += w[i] * e[i];
  }
}

KERNEL void spike_errors(
    float *errors, const float *weights, const float *responses, const float *adjoint,
    spike_record before, spike_record after, float silent, size_t first, size_t count) {
  size_t units = after.units;
  float idle[units];
  for (size_t i = 0; i < units; i++)
    idle[i] = after.unit_offsets[i + 1] == after.unit_offsets[i] ? silent : 0;
  for (size_t j = first; j < first + count; j++) {
    const float *w = weights + j * units, *e = responses + j * units;
    int32_t spikes = before.unit_offsets[j + 1] - before.unit_offsets[j];
    float parts[16] = {0}, sum = 0;
    float share = spikes > 0 ? 1.0f / (float)spikes : 0;
    size_t i = 0;
    for (; i + 16 <= units; i += 16)
      for (size_t k = 0; k < 16; k++) {
        float ratio = spikes > 0 ? e[i + k] * share + idle[i + k] : silent;
        parts[k] += adjoint[i + k] * w[i + k] * ratio;
      }
    for (; i < units; i++) {
      float ratio = spikes > 0 ? e[i] * share + idle[i] : silent;
      sum += adjoint[i] * w[i] * ratio;
    }
    for (size_t k = 0; k < 16; k++) sum += parts[k];
    errors[j] = sum;
  }
}

KERNEL void spike_gradient(
    float *gradient, const float *responses, const float *adjoint, size_t units, size_t first,
    size_t count, int is_first) {
  for (size_t j = first; j < first + count; j++) {
    float *restrict g = gradient + j * units;
    const float *e = responses + j * units;
    if (is_first)
      for (size_t i = 0; i < units; i++) g[i] = adjoint[i] * e[i];
    else
      for (size_t i = 0; i < units; i++) g[i] += adjoint[i] * e[i];
  }
}
