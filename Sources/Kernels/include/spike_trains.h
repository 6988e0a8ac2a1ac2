#pragma once
#include <stddef.h>
#include <stdint.h>

// Networks of leaky integrate-and-fire neurons with first-order synapses in steps of time, and what
// spike-train level backpropagation needs of them (Zhang and Li 2019, arXiv:1908.06378). Weights are
// rows of a neuron before the synapse: weights[before * units + after]. Functions that work on a part
// of the columns or rows give the same bits however the whole is cut into parts.

/// The spikes of a group of neurons over `steps` steps, by step and by neuron.
typedef struct {
  size_t steps, units;
  /// Neurons that fire at step t, ascending: firing[step_offsets[t]] ..< firing[step_offsets[t + 1]].
  int32_t *step_offsets;
  uint16_t *firing;
  /// Steps at which neuron i fires, ascending: times[unit_offsets[i]] ..< times[unit_offsets[i + 1]].
  int32_t *unit_offsets;
  uint16_t *times;
} spike_record;

/// Fills in what is by step from what is by neuron.
void spike_record_by_step(spike_record record);

/// Fills in what is by neuron from what is by step.
void spike_record_by_unit(spike_record record);

/// Overwrites inputs[t * units + i], for i from `first` on `count` neurons: the sum of the weights
/// from all neurons that fired one step before.
void spike_inputs(
    float *inputs, spike_record before, const float *weights, size_t units, size_t first,
    size_t count);

/// How neurons answer to pulses.
typedef struct {
  /// 1/tau of the membrane and of the synapse, in steps.
  float membrane, synapse;
  /// Steps without integration after a spike.
  int32_t refractory;
  /// A neuron fires above this.
  float threshold;
  /// What a spike takes from the input of each other neuron of the layer one step later.
  float lateral;
} spike_neuron;

/// Synapses among the neurons of a layer: those from neuron p go to targets[offsets[p]] ..<
/// targets[offsets[p + 1]], their weights lie likewise. `offsets` is NULL where there are none.
typedef struct {
  const int32_t *offsets;
  const uint16_t *targets;
  const float *weights;
} spike_synapses;

/// Carries a layer through all steps; `inputs` as from spike_inputs. Fills in what `record` tells by
/// step. `state` is room for 4 * units floats. `potentials` and `currents`, if not NULL, get
/// [steps][units]: the membrane as it is compared with the threshold, and the synaptic current.
void spike_layer(
    spike_record record, const float *inputs, spike_neuron neuron, spike_synapses recurrent,
    float *state, float *potentials, float *currents);

/// Overwrites traces[t * units + j], for j from `first` on `count` neurons: the membrane potential
/// that the spikes of j would make through a synapse of weight 1 if it were never reset. `state` is
/// room for `units` floats.
void spike_traces(
    float *traces, spike_record record, float membrane, float synapse, size_t first, size_t count,
    float *state);

/// Overwrites responses[j * after.units + i] for the neurons i of `after` from `first` on `count`: the
/// spike-train level post-synaptic potential of each pair. `traces` are those of the neurons before,
/// `decay[n]` is the share of a potential that is left after n steps.
void spike_responses(
    float *responses, const float *traces, size_t before, spike_record after, size_t first,
    size_t count, const float *decay, int32_t refractory);

/// The same for the synapses of a layer alone: responses[k] of synapse k.
void spike_synapse_responses(
    float *responses, const float *traces, spike_record record, spike_synapses recurrent,
    const float *decay, int32_t refractory);

/// Adds to sums[k * units + i], k < 4, for i from `first` on `count`: the sum over j of
/// weights[j * units + i] * factors[4 * j + k].
void spike_factor_sums(
    float *sums, const float *weights, const float *factors, size_t before, size_t units,
    size_t first, size_t count);

/// Adds to sums[i], for i from `first` on `count`: the sum over j of weight times response.
void spike_potential_sums(
    float *sums, const float *weights, const float *responses, size_t before, size_t units,
    size_t first, size_t count);

/// Overwrites errors[j], for j from `first` on `count`: the sum over i of adjoint[i] * weight * ratio,
/// where the ratio is the response over the spikes of j, or `silent` where j or i has none.
void spike_errors(
    float *errors, const float *weights, const float *responses, const float *adjoint,
    spike_record before, spike_record after, float silent, size_t first, size_t count);

/// Adds adjoint[i] * responses[j * units + i] to the gradient, for rows j from `first` on `count`;
/// overwrites it instead where `isFirst`.
void spike_gradient(
    float *gradient, const float *responses, const float *adjoint, size_t units, size_t first,
    size_t count, int is_first);
