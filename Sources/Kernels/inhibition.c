#include "inhibition.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dispatch.h"

#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/// A little above 1: bounds without a division must not miss what a division finds.
static const double margin = 1 + 0x1p-50;

static inline void fire(struct inhibited_block *block, size_t k, double growth, double field) {
  block->neurons[k].distance = block->drives[k] * growth - field;
  block->spike_counts[k]++;
  struct pulse_list *fired = &block->fired;
  fired->pulses[fired->count++] = (struct pulse){growth, block->first + (uint32_t)k};
}

typedef double lanes __attribute__((ext_vector_type(8)));
typedef bool marks __attribute__((ext_vector_type(8)));

/// A bit for each of a group of neurons that reaches its threshold at `bound` or before, and perhaps
/// for some that never do.
static inline __attribute__((always_inline)) uint64_t due_in_group(
    const struct inhibited_neuron *neurons, double field, double bound) {
  uint64_t due = 0;
  for (size_t i = 0; i < NEURON_GROUP; i += 8) {
    lanes low, high;
    memcpy(&low, neurons + i, sizeof(lanes));
    memcpy(&high, neurons + i + 4, sizeof(lanes));
    lanes distances = __builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14) + field;
    lanes excesses = __builtin_shufflevector(low, high, 1, 3, 5, 7, 9, 11, 13, 15);
    marks are_due = __builtin_convertvector(distances <= excesses * bound, marks);
    uint8_t bits;
    memcpy(&bits, &are_due, 1);
    due |= (uint64_t)bits << i;
  }
  return due;
}

/// Fires if the threshold is reached at `limit` or before.
static __attribute__((noinline)) void fire_not_after(
    struct inhibited_block *block, size_t k, double limit) {
  struct inhibited_neuron neuron = block->neurons[k];
  double growth = neuron.distance / neuron.excess;
  if (neuron.excess > 0 && growth <= limit) fire(block, k, growth, 0);
}

/// A pulse on its way through the list of its targets.
struct delivery {
  const uint16_t *targets;
  size_t chunks;
  double growth;
  double drop;
};

/// So many pulses are looked up before they are delivered.
enum { BATCH = 32 };

/// Looks up `count` pulses; those without targets are left out. The result is the number of chunks.
static inline size_t look_up(
    const struct inhibited_block *block, struct delivery *deliveries, const struct pulse *pulses,
    size_t count, double coupling) {
  size_t used = 0, total = 0;
  for (size_t m = 0; m < count; m++) {
    size_t start = block->starts[pulses[m].neuron];
    size_t chunks = block->starts[pulses[m].neuron + 1] - start;
    const uint16_t *targets = block->targets + TARGET_CHUNK * start;
    __builtin_prefetch(targets);
    __builtin_prefetch(targets + 32);
    __builtin_prefetch(targets + 64);
    deliveries[used] =
        (struct delivery){targets, chunks, pulses[m].growth, coupling * pulses[m].growth};
    used += chunks > 0;
    total += chunks;
  }
  // Looked at behind the last, and not used.
  deliveries[used] = (struct delivery){0};
  return total;
}

static void deliver(
    struct inhibited_block *block, const struct pulse *pulses, size_t count, double coupling) {
  struct inhibited_neuron *neurons = block->neurons;
  for (size_t m = 0; m < count; m += BATCH) {
    struct delivery deliveries[BATCH + 1];
    size_t size = count - m < BATCH ? count - m : BATCH;
    size_t total = look_up(block, deliveries, pulses + m, size, coupling);
    const struct delivery *delivery = deliveries;
    const uint16_t *target = delivery->targets;
    size_t left = delivery->chunks;
    // One loop over all chunks, as the end of a list is not to be foreseen.
    for (; total > 0; total--) {
      double drop = delivery->drop, growth = delivery->growth, bound = growth * margin;
      for (size_t j = 0; j < TARGET_CHUNK; j++) {
        struct inhibited_neuron *neuron = &neurons[target[j]];
        // A crossing at exactly the time of an arrival goes first.
        if (UNLIKELY(neuron->distance <= neuron->excess * bound))
          fire_not_after(block, target[j], growth);
        neuron->distance += drop;
      }
      bool is_last = --left == 0;
      delivery += is_last;
      target = __builtin_unpredictable(is_last) ? delivery->targets : target + TARGET_CHUNK;
      left = __builtin_unpredictable(is_last) ? delivery->chunks : left;
    }
  }
}

KERNEL void fire_among_arrivals(
    struct inhibited_block *block, const struct arrivals *arriving, double coupling, double end) {
  deliver(block, arriving->pulses, arriving->count, coupling);
  double limit = nextafter(end, 0);
  for (size_t i = 0; i < block->count; i += NEURON_GROUP) {
    uint64_t due = due_in_group(block->neurons + i, 0, end * margin);
    for (; due; due &= due - 1) fire_not_after(block, i + (size_t)__builtin_ctzll(due), limit);
  }
}

/// The first arrival that is not before `growth`, from the one at `from` on.
static inline size_t first_not_before(const struct arrivals *arriving, size_t from, double growth) {
  if (arriving->count >= FEW_ARRIVALS) {
    double place = (growth - arriving->index_start) * arriving->index_scale;
    if (place >= (double)arriving->count) {
      from = arriving->count;
    } else if (place > 0) {
      size_t start = arriving->index[(size_t)place];
      if (start > from) from = start;
    }
  }
  while (from < arriving->count && arriving->pulses[from].growth < growth) from++;
  return from;
}

/// Lists the neurons that fire at `bound` or before if nothing reaches them, and perhaps a few more:
/// pulses only delay, so no other will.
static inline __attribute__((always_inline)) size_t list_due(
    struct inhibited_block *block, double field, double bound) {
  size_t count = 0;
  for (size_t i = 0; i < block->count; i += NEURON_GROUP) {
    uint64_t due = due_in_group(block->neurons + i, field, bound);
    for (; due; due &= due - 1) {
      size_t k = i + (size_t)__builtin_ctzll(due);
      block->due[count] = (uint32_t)k;
      count += block->neurons[k].excess > 0;
    }
  }
  return count;
}

/// How neurons that are due are marked.
enum { IS_DUE = 1, WAS_FOLLOWED };

/// Follows a neuron through a slice with pulses of its own, which do not reach it.
static void follow_with_own(
    struct inhibited_block *block, size_t k, const struct arrivals *arriving, double coupling,
    double end) {
  bool has_fired = false;
  for (size_t m = 0; m <= arriving->count; m++) {
    bool is_last = m == arriving->count;
    double growth = (block->neurons[k].distance + arriving->field[m]) / block->neurons[k].excess;
    if (!has_fired && (is_last ? growth < end : growth <= arriving->pulses[m].growth)) {
      fire(block, k, growth, arriving->field[m]);
      has_fired = true;
    }
    if (!is_last && arriving->pulses[m].neuron == block->first + k)
      block->neurons[k].distance -= coupling * arriving->pulses[m].growth;
  }
}

/// Follows a neuron through a slice: each crossing that it heads for is the earliest possible.
static void follow(
    struct inhibited_block *block, size_t k, const struct arrivals *arriving, double end) {
  size_t m = 0;
  double growth = (block->neurons[k].distance + arriving->field[0]) / block->neurons[k].excess;
  while (growth < end) {
    size_t next = first_not_before(arriving, m, growth);
    if (next == m) {
      fire(block, k, growth, arriving->field[m]);
      return;
    }
    m = next;
    growth = (block->neurons[k].distance + arriving->field[m]) / block->neurons[k].excess;
  }
}

KERNEL void fire_under_shared_field(
    struct inhibited_block *block, const struct arrivals *arriving, double coupling, double end) {
  uint8_t *own = block->own_arrivals;
  size_t due = list_due(block, arriving->field[0], end * margin);
  for (size_t i = 0; i < due; i++) own[block->due[i]] = IS_DUE;
  for (size_t m = 0; m < arriving->count; m++) {
    size_t k = arriving->pulses[m].neuron - block->first;
    if (k >= block->count || own[k] == WAS_FOLLOWED) continue;
    if (own[k] == IS_DUE) {
      own[k] = WAS_FOLLOWED;
      follow_with_own(block, k, arriving, coupling, end);
    } else {
      block->neurons[k].distance -= coupling * arriving->pulses[m].growth;
    }
  }
  for (size_t i = 0; i < due; i++) {
    size_t k = block->due[i];
    if (own[k] == IS_DUE) follow(block, k, arriving, end);
    own[k] = 0;
  }
}

void add_to_targets(struct inhibited_block *block, uint32_t source, double change) {
  size_t end = TARGET_CHUNK * (size_t)block->starts[source + 1];
  for (size_t i = TARGET_CHUNK * (size_t)block->starts[source]; i < end; i++)
    block->neurons[block->targets[i]].distance += change;
}

// MARK: Potentials

KERNEL void read_potentials(
    double *restrict potentials, const struct inhibited_block *block, double field, double growth) {
  const struct inhibited_neuron *neurons = block->neurons;
  for (size_t k = 0; k < block->count; k++)
    potentials[k] = block->drives[k] - (neurons[k].distance + field) / growth;
}

KERNEL void scale_distances(struct inhibited_block *block, double factor) {
  for (size_t k = 0; k < block->count; k++) block->neurons[k].distance *= factor;
}

// MARK: Order

static int compare(const void *left, const void *right) {
  const struct pulse *a = left, *b = right;
  if (a->growth != b->growth) return a->growth < b->growth ? -1 : 1;
  return a->neuron < b->neuron ? -1 : a->neuron > b->neuron;
}

static inline bool is_before(struct pulse a, struct pulse b) {
  return a.growth < b.growth || (a.growth == b.growth && a.neuron < b.neuron);
}

static void sort_by_insertion(struct pulse *pulses, size_t count) {
  for (size_t i = 1; i < count; i++) {
    struct pulse pulse = pulses[i];
    size_t j = i;
    for (; j > 0 && is_before(pulse, pulses[j - 1]); j--) pulses[j] = pulses[j - 1];
    pulses[j] = pulse;
  }
}

/// So many are sorted by insertion.
enum { FEW_PULSES = 16 };

void sort_pulses(struct pulse *pulses, struct pulse *room, uint32_t *buckets, size_t count) {
  if (count <= FEW_PULSES) {
    sort_by_insertion(pulses, count);
    return;
  }
  double low = pulses[0].growth, high = low;
  for (size_t i = 1; i < count; i++) {
    low = pulses[i].growth < low ? pulses[i].growth : low;
    high = pulses[i].growth > high ? pulses[i].growth : high;
  }
  if (!(high > low)) {
    qsort(pulses, count, sizeof(struct pulse), compare);
    return;
  }
  double scale = (double)(count - 1) / (high - low);
  memset(buckets, 0, (count + 1) * sizeof(uint32_t));
  for (size_t i = 0; i < count; i++) buckets[(size_t)((pulses[i].growth - low) * scale) + 1]++;
  uint32_t largest = 0;
  for (size_t b = 1; b <= count; b++) {
    largest = buckets[b] > largest ? buckets[b] : largest;
    buckets[b] += buckets[b - 1];
  }
  // Behind this each entry is where its bucket ends.
  for (size_t i = 0; i < count; i++)
    room[buckets[(size_t)((pulses[i].growth - low) * scale)]++] = pulses[i];
  if (largest <= FEW_PULSES) {
    sort_by_insertion(room, count);
  } else {
    for (size_t b = 0, start = 0; b < count; start = buckets[b++]) {
      size_t size = buckets[b] - start;
      if (size <= FEW_PULSES)
        sort_by_insertion(room + start, size);
      else
        qsort(room + start, size, sizeof(struct pulse), compare);
    }
  }
  memcpy(pulses, room, count * sizeof(struct pulse));
}
