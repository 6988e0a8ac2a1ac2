#include "dispatch.h"
#include "inhibition.h"

KERNEL static void relax(struct inhibited_block *block, double decay) {
  struct inhibited_neuron *neurons = block->neurons;
  for (size_t k = 0; k < block->count; k++)
    neurons[k].distance =
        block->drives[k] + (neurons[k].distance - block->drives[k]) * decay;
}

KERNEL static void shift(struct inhibited_block *block, double change) {
  for (size_t k = 0; k < block->count; k++) block->neurons[k].distance += change;
}

static void deliver(struct inhibited_slices *slices, uint32_t source) {
  if (slices->has_shared_field) {
    struct inhibited_block *block = &slices->blocks[source / slices->block_size];
    block->neurons[source - block->first].distance += slices->coupling;
    return;
  }
  for (size_t b = 0; b < slices->block_count; b++)
    add_to_targets(&slices->blocks[b], source, -slices->coupling);
}

/// Delivers the pulses that arrive until `step`.
static void deliver_until(struct inhibited_slices *slices, double step) {
  size_t end = slices->head;
  while (end < slices->tail && slices->queue[end].growth <= step) end++;
  if (slices->has_shared_field && end > slices->head) {
    double change = -slices->coupling * (double)(end - slices->head);
    for (size_t b = 0; b < slices->block_count; b++) shift(&slices->blocks[b], change);
  }
  for (; slices->head < end; slices->head++)
    deliver(slices, slices->queue[slices->head].neuron);
}

static void fire(struct inhibited_slices *slices, double step, double delay) {
  for (size_t b = 0; b < slices->block_count; b++) {
    struct inhibited_block *block = &slices->blocks[b];
    for (size_t k = 0; k < block->count; k++) {
      if (!(block->neurons[k].distance >= 1)) continue;
      block->neurons[k].distance = 0;
      block->spike_counts[k]++;
      struct pulse spike = {step, block->first + (uint32_t)k};
      if (slices->record_capacity) slices->record[slices->record_count++] = spike;
      spike.growth += delay;
      slices->queue[slices->tail++] = spike;
    }
  }
}

void advance_clock(struct inhibited_slices *slices, struct inhibited_clock clock) {
  while (slices->now < slices->target) {
    bool has_room = slices->tail + slices->neurons <= slices->queue_capacity &&
                    (!slices->record_capacity ||
                     slices->record_count + slices->neurons <= slices->record_capacity);
    if (!has_room) {
      slices->outcome = SLICES_NEED_ROOM;
      return;
    }
    double step = slices->now + 1;
    for (size_t b = 0; b < slices->block_count; b++) relax(&slices->blocks[b], clock.decay);
    // As in continuous time, a crossing at the time of an arrival goes first.
    fire(slices, step, clock.delay);
    deliver_until(slices, step);
    slices->now = step;
  }
  slices->outcome = SLICES_DONE;
}
