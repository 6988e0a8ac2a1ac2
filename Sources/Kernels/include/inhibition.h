#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Networks of neurons that inhibit each other, simulated exactly (specification of inhibitory
// networks, 2). Time is kept as its exponential, the growth E = e^(t - t0), and a potential V as
// (a - V) E, which does not change until a pulse comes or the neuron fires.

/// A neuron between its events.
struct inhibited_neuron {
  /// (a - V) E; where a field is shared by all, less that field.
  double distance;
  /// a - 1. The threshold is reached at E = distance / excess.
  double excess;
};

/// A spike at its time, or a pulse at that of its arrival.
struct pulse {
  double growth;
  uint32_t neuron;
};

/// Spikes in a buffer that is large enough.
struct pulse_list {
  struct pulse *pulses;
  size_t count;
};

/// Targets of a list are rounded up to a multiple of so many, by neurons that never fire and stand
/// behind those of the block.
enum { TARGET_CHUNK = 4, NEURON_GROUP = 64 };

/// Neurons that are worked on together, and what reaches them.
struct inhibited_block {
  /// `count` neurons, and up to the next multiple of NEURON_GROUP at least TARGET_CHUNK more that
  /// never fire: an excess of 0 and a distance above 0.
  struct inhibited_neuron *neurons;
  /// a.
  const double *drives;
  uint32_t *spike_counts;
  /// Number of the first neuron in the whole network.
  uint32_t first;
  uint32_t count;
  /// Where the targets of each neuron of the network begin, in chunks, and where the last end.
  const uint32_t *starts;
  /// Numbers within the block.
  const uint16_t *targets;
  /// With a shared field: how many pulses of each neuron arrive in the slice; else unused.
  uint8_t *own_arrivals;
  /// What fires in the slice, with room for `count`; room to sort it, and one bucket more.
  struct pulse_list fired;
  struct pulse *sorted;
  uint32_t *buckets;
  /// Room for `count` numbers within the block: those that may fire in the slice.
  uint32_t *due;
};

/// What arrives within a slice.
struct arrivals {
  const struct pulse *pulses;
  size_t count;
  /// With a shared field, what it is before each of them and after the last.
  const double *field;
  /// The first of them not before each part of the slice, and how many parts there are to a growth;
  /// used from FEW_ARRIVALS on.
  const uint32_t *index;
  double index_start;
  double index_scale;
};

enum { FEW_ARRIVALS = 24 };

/// Of so many blocks the spikes are sorted block by block and then merged, of more all at once.
enum { FEW_BLOCKS = 2 };

enum slice_outcome { SLICES_DONE, SLICES_NEED_ROOM, SLICES_NEED_SCALING };

/// A network on its way through slices no longer than the delay, in which no pulse can arrive that is
/// emitted within.
struct inhibited_slices {
  struct inhibited_block *blocks;
  /// All blocks have so many neurons, but for the last.
  size_t block_size;
  size_t block_count;
  size_t neurons;
  bool has_shared_field;
  /// J.
  double coupling;
  /// e^delay, and e^ the length of a slice.
  double delay_factor;
  double slice_factor;
  /// The growths now and where to go.
  double now;
  double target;
  /// Beyond it the outcome is SLICES_NEED_SCALING.
  double scaling_limit;
  double shared_field;
  /// Pulses in flight: from `head` to `tail`.
  struct pulse *queue;
  size_t head;
  size_t tail;
  size_t queue_capacity;
  /// Spikes for the caller, where there is room for any.
  struct pulse *record;
  size_t record_count;
  size_t record_capacity;
  /// With more than FEW_BLOCKS, room for a spike of each neuron twice, and for one bucket more.
  struct pulse *merged;
  struct pulse *sorted;
  uint32_t *buckets;
  /// With a shared field, room for `queue_capacity` + 1.
  double *field;
  uint32_t *index;
  // Of the slice in work.
  double slice_end;
  struct arrivals arriving;
  enum slice_outcome outcome;
  // What threads share, apart from what they only read. The ticket is the number of the slice and,
  // in the lower half, the next block to be worked on; the turn changes with the slice, too.
  uint64_t apart[8];
  uint64_t ticket;
  uint32_t turn;
  uint32_t finished_blocks;
  uint32_t sleepers;
};

/// Lays out the first slice on the way to `target`, or tells by `outcome` why there is none.
void begin_slices(struct inhibited_slices *slices);

/// Goes on until `target` or until `outcome` tells what has to be done first. Any number of threads may
/// run it at the same time; whoever is there takes the next block, so that none waits for a thread
/// that does not run.
void advance_slices(struct inhibited_slices *slices);

/// The same as advance_slices() for any delay, 0 too, on one thread: neurons wait in a heap by a bound
/// of when they fire, which is looked at again when its turn has come. `heap` has room for all.
void advance_heap(struct inhibited_slices *slices, struct pulse *heap);

/// Steps of a clock: potentials stand in place of distances, and steps in place of growths.
struct inhibited_clock {
  /// e^-step.
  double decay;
  /// In steps.
  double delay;
};

/// Goes on from step `now` to step `target`; what happens between two steps happens at the second.
void advance_clock(struct inhibited_slices *slices, struct inhibited_clock clock);

/// V = a - (distance + field) / growth of each neuron.
void read_potentials(
    double *potentials, const struct inhibited_block *block, double field, double growth);

/// Adds `change` to the distances of all targets of a neuron.
void add_to_targets(struct inhibited_block *block, uint32_t source, double change);

/// Multiplies all distances.
void scale_distances(struct inhibited_block *block, double factor);

/// Takes a block through a slice: adds the pulses to their targets, and lets the neurons fire that
/// reach their threshold before `end`. No neuron may do so twice.
void fire_among_arrivals(
    struct inhibited_block *block, const struct arrivals *arriving, double coupling, double end);

/// The same through a slice in which pulses change a shared field.
void fire_under_shared_field(
    struct inhibited_block *block, const struct arrivals *arriving, double coupling, double end);

/// Sorts by growth and then by neuron; `room` holds as many and `buckets` one more.
void sort_pulses(struct pulse *pulses, struct pulse *room, uint32_t *buckets, size_t count);
