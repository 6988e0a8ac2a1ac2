#include <math.h>

#include "inhibition.h"

static struct inhibited_block *block_of(const struct inhibited_slices *slices, uint32_t neuron) {
  return &slices->blocks[neuron / slices->block_size];
}

/// When the neuron reaches its threshold if nothing more arrives.
static double crossing(const struct inhibited_slices *slices, uint32_t number) {
  const struct inhibited_block *block = block_of(slices, number);
  struct inhibited_neuron neuron = block->neurons[number - block->first];
  if (!(neuron.excess > 0)) return INFINITY;
  double growth = (neuron.distance + slices->shared_field) / neuron.excess;
  // Not a number beyond the range of numbers.
  return growth == growth ? growth : INFINITY;
}

static bool is_before(struct pulse a, struct pulse b) {
  return a.growth < b.growth || (a.growth == b.growth && a.neuron < b.neuron);
}

/// Moves the element at `place` down to where it belongs.
static void sift_down(struct pulse *heap, size_t count, size_t place) {
  struct pulse moved = heap[place];
  for (;;) {
    size_t child = 2 * place + 1;
    if (child >= count) break;
    if (child + 1 < count && is_before(heap[child + 1], heap[child])) child++;
    if (!is_before(heap[child], moved)) break;
    heap[place] = heap[child];
    place = child;
  }
  heap[place] = moved;
}

static void deliver(struct inhibited_slices *slices, struct pulse pulse) {
  double drop = slices->coupling * pulse.growth;
  if (slices->has_shared_field) {
    struct inhibited_block *block = block_of(slices, pulse.neuron);
    slices->shared_field += drop;
    block->neurons[pulse.neuron - block->first].distance -= drop;
    return;
  }
  for (size_t b = 0; b < slices->block_count; b++) add_to_targets(&slices->blocks[b], pulse.neuron, drop);
}

static void fire(struct inhibited_slices *slices, struct pulse spike) {
  struct inhibited_block *block = block_of(slices, spike.neuron);
  size_t k = spike.neuron - block->first;
  block->neurons[k].distance = block->drives[k] * spike.growth - slices->shared_field;
  block->spike_counts[k]++;
  if (slices->record_capacity) slices->record[slices->record_count++] = spike;
  if (slices->delay_factor > 1) {
    spike.growth *= slices->delay_factor;
    slices->queue[slices->tail++] = spike;
  } else {
    deliver(slices, spike);
  }
}

static bool has_room(const struct inhibited_slices *slices) {
  return slices->tail < slices->queue_capacity &&
         (!slices->record_capacity || slices->record_count < slices->record_capacity);
}

void advance_heap(struct inhibited_slices *slices, struct pulse *heap) {
  size_t count = slices->neurons;
  for (size_t i = 0; i < count; i++)
    heap[i] = (struct pulse){crossing(slices, (uint32_t)i), (uint32_t)i};
  for (size_t i = count / 2; i > 0; i--) sift_down(heap, count, i - 1);
  for (;;) {
    if (slices->now > slices->scaling_limit) {
      slices->outcome = SLICES_NEED_SCALING;
      return;
    }
    bool is_waiting = slices->head < slices->tail;
    if (is_waiting && slices->queue[slices->head].growth < heap[0].growth) {
      struct pulse pulse = slices->queue[slices->head];
      if (!(pulse.growth < slices->target)) break;
      slices->head++;
      deliver(slices, pulse);
      slices->now = pulse.growth;
      continue;
    }
    if (!(heap[0].growth < slices->target)) break;
    struct pulse first = {crossing(slices, heap[0].neuron), heap[0].neuron};
    if (first.growth != heap[0].growth) {
      heap[0] = first;
      sift_down(heap, count, 0);
      continue;
    }
    if (!has_room(slices)) {
      slices->outcome = SLICES_NEED_ROOM;
      return;
    }
    fire(slices, first);
    slices->now = first.growth;
    heap[0].growth = crossing(slices, first.neuron);
    sift_down(heap, count, 0);
  }
  slices->now = slices->target;
  slices->outcome = SLICES_DONE;
}
