#include <limits.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "inhibition.h"

/// The first pulse in flight that does not arrive before `growth`.
static size_t arrivals_before(const struct inhibited_slices *slices, double growth) {
  size_t low = slices->head, high = slices->tail;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (slices->queue[middle].growth < growth)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/// The shared field before each arrival and behind the last, and where to find an arrival.
static void lay_out_field(struct inhibited_slices *slices) {
  struct arrivals *arriving = &slices->arriving;
  double field = slices->shared_field;
  for (size_t m = 0; m < arriving->count; m++) {
    slices->field[m] = field;
    field += slices->coupling * arriving->pulses[m].growth;
  }
  slices->field[arriving->count] = field;
  if (arriving->count < FEW_ARRIVALS) return;
  double start = slices->now, scale = (double)arriving->count / (slices->slice_end - start);
  size_t place = 0;
  for (size_t m = 0; m < arriving->count; m++) {
    double here = (arriving->pulses[m].growth - start) * scale;
    for (; place < arriving->count && !((double)place > here); place++)
      slices->index[place] = (uint32_t)m;
  }
  for (; place < arriving->count; place++) slices->index[place] = (uint32_t)arriving->count;
  arriving->index_start = start;
  arriving->index_scale = scale;
}

/// Whether there is room for a spike of each neuron; moves the pulses in flight to the front if that
/// makes it.
static bool has_room(struct inhibited_slices *slices) {
  size_t most = slices->neurons, in_flight = slices->tail - slices->head;
  if (slices->record_capacity && slices->record_count + most > slices->record_capacity)
    return false;
  if (slices->tail + most <= slices->queue_capacity) return true;
  if (2 * in_flight > slices->queue_capacity || in_flight + most > slices->queue_capacity)
    return false;
  memmove(slices->queue, slices->queue + slices->head, in_flight * sizeof(struct pulse));
  slices->head = 0;
  slices->tail = in_flight;
  return true;
}

/// Lays out the next slice; false if there is none.
static bool begin_slice(struct inhibited_slices *slices) {
  slices->outcome = SLICES_DONE;
  if (!(slices->now < slices->target)) return false;
  if (!has_room(slices)) slices->outcome = SLICES_NEED_ROOM;
  if (slices->now > slices->scaling_limit) slices->outcome = SLICES_NEED_SCALING;
  if (slices->outcome != SLICES_DONE) return false;
  double end = slices->now * slices->slice_factor;
  slices->slice_end = end < slices->target ? end : slices->target;
  size_t next = arrivals_before(slices, slices->slice_end);
  slices->arriving = (struct arrivals){
      .pulses = slices->queue + slices->head,
      .count = next - slices->head,
      .field = slices->field,
      .index = slices->index};
  if (slices->has_shared_field) lay_out_field(slices);
  return true;
}

static bool is_before(struct pulse a, struct pulse b) {
  return (a.growth < b.growth) | ((a.growth == b.growth) & (a.neuron < b.neuron));
}

static void emit(struct inhibited_slices *slices, struct pulse spike) {
  slices->queue[slices->tail++] =
      (struct pulse){spike.growth * slices->delay_factor, spike.neuron};
  if (slices->record_capacity) slices->record[slices->record_count++] = spike;
}

static void emit_all(struct inhibited_slices *slices, struct pulse_list spikes) {
  for (size_t i = 0; i < spikes.count; i++) emit(slices, spikes.pulses[i]);
}

/// Two lists in the order of both together, without branches that cannot be foreseen.
static void emit_merged(
    struct inhibited_slices *slices, struct pulse_list first, struct pulse_list second) {
  const struct pulse *a = first.pulses, *b = second.pulses;
  const struct pulse *end_a = a + first.count, *end_b = b + second.count;
  while (a < end_a && b < end_b) {
    bool is_second = is_before(*b, *a);
    const struct pulse *next = __builtin_unpredictable(is_second) ? b : a;
    emit(slices, *next);
    a += !is_second;
    b += is_second;
  }
  emit_all(slices, (struct pulse_list){(struct pulse *)a, (size_t)(end_a - a)});
  emit_all(slices, (struct pulse_list){(struct pulse *)b, (size_t)(end_b - b)});
}

static void emit_of_many(struct inhibited_slices *slices) {
  struct pulse_list merged = {slices->merged, 0};
  for (size_t b = 0; b < slices->block_count; b++) {
    const struct pulse_list *fired = &slices->blocks[b].fired;
    memcpy(merged.pulses + merged.count, fired->pulses, fired->count * sizeof(struct pulse));
    merged.count += fired->count;
  }
  sort_pulses(merged.pulses, slices->sorted, slices->buckets, merged.count);
  emit_all(slices, merged);
}

/// Sends off what fired in the slice.
static void end_slice(struct inhibited_slices *slices) {
  if (slices->has_shared_field) slices->shared_field = slices->field[slices->arriving.count];
  slices->head += slices->arriving.count;
  slices->now = slices->slice_end;
  if (slices->block_count == 1) return emit_all(slices, slices->blocks[0].fired);
  if (slices->block_count > FEW_BLOCKS) return emit_of_many(slices);
  emit_merged(slices, slices->blocks[0].fired, slices->blocks[1].fired);
}

static void work(struct inhibited_slices *slices, struct inhibited_block *block) {
  const struct arrivals *arriving = &slices->arriving;
  block->fired.count = 0;
  if (slices->has_shared_field)
    fire_under_shared_field(block, arriving, slices->coupling, slices->slice_end);
  else
    fire_among_arrivals(block, arriving, slices->coupling, slices->slice_end);
  if (slices->block_count <= FEW_BLOCKS)
    sort_pulses(block->fired.pulses, block->sorted, block->buckets, block->fired.count);
}

// MARK: Threads

/// In place of the next block: there are no more slices.
static const uint32_t ended = UINT32_MAX;
/// Looks at the ticket before a thread sleeps. A slice takes microseconds.
enum { LOOKS = 3000 };

static void publish(struct inhibited_slices *slices, uint32_t slice, bool has_slice) {
  slices->finished_blocks = 0;
  uint64_t ticket = (uint64_t)slice << 32 | (has_slice ? 0 : ended);
  __atomic_store_n(&slices->ticket, ticket, __ATOMIC_SEQ_CST);
  __atomic_add_fetch(&slices->turn, 1, __ATOMIC_SEQ_CST);
  if (__atomic_load_n(&slices->sleepers, __ATOMIC_SEQ_CST))
    syscall(SYS_futex, &slices->turn, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

/// Waits until the ticket is another.
static void wait_for_change(struct inhibited_slices *slices, uint64_t ticket) {
  for (size_t look = 0; look < LOOKS; look++) {
    if (__atomic_load_n(&slices->ticket, __ATOMIC_ACQUIRE) != ticket) return;
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }
  __atomic_add_fetch(&slices->sleepers, 1, __ATOMIC_SEQ_CST);
  uint32_t turn = __atomic_load_n(&slices->turn, __ATOMIC_SEQ_CST);
  if (__atomic_load_n(&slices->ticket, __ATOMIC_SEQ_CST) == ticket)
    syscall(SYS_futex, &slices->turn, FUTEX_WAIT_PRIVATE, turn, NULL, NULL, 0);
  __atomic_sub_fetch(&slices->sleepers, 1, __ATOMIC_SEQ_CST);
}

void begin_slices(struct inhibited_slices *slices) {
  uint32_t slice = (uint32_t)(slices->ticket >> 32);
  publish(slices, slice + 1, begin_slice(slices));
}

void advance_slices(struct inhibited_slices *slices) {
  for (;;) {
    uint64_t ticket = __atomic_load_n(&slices->ticket, __ATOMIC_ACQUIRE);
    uint32_t block = (uint32_t)ticket;
    if (block == ended) return;
    if (block >= slices->block_count) {
      wait_for_change(slices, ticket);
      continue;
    }
    bool is_taken = __atomic_compare_exchange_n(
        &slices->ticket, &ticket, ticket + 1, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
    if (!is_taken) continue;
    work(slices, &slices->blocks[block]);
    // Whoever is the last goes on to the next slice.
    uint32_t finished = __atomic_add_fetch(&slices->finished_blocks, 1, __ATOMIC_ACQ_REL);
    if (finished < slices->block_count) continue;
    end_slice(slices);
    publish(slices, (uint32_t)(ticket >> 32) + 1, begin_slice(slices));
  }
}
