#include "random.h"

#include "dispatch.h"
#include "philox.h"

void random_block(uint32_t out[4], const uint32_t counter[4], uint64_t key) {
  for (int i = 0; i < 4; i++) out[i] = counter[i];
  philox(&out[0], &out[1], &out[2], &out[3], key);
}

KERNEL void random_uniforms(
    float *out, size_t count, uint32_t first, uint32_t counter1, uint32_t counter2,
    uint32_t counter3, uint64_t key) {
  size_t blocks = count / 4;
  for (size_t b = 0; b < blocks; b++) {
    uint32_t c0 = first + (uint32_t)b, c1 = counter1, c2 = counter2, c3 = counter3;
    philox(&c0, &c1, &c2, &c3, key);
    out[4 * b] = uniform_from(c0);
    out[4 * b + 1] = uniform_from(c1);
    out[4 * b + 2] = uniform_from(c2);
    out[4 * b + 3] = uniform_from(c3);
  }
  if (count % 4 == 0) return;
  uint32_t counter[4] = {first + (uint32_t)blocks, counter1, counter2, counter3}, block[4];
  random_block(block, counter, key);
  for (size_t i = 4 * blocks; i < count; i++) out[i] = uniform_from(block[i % 4]);
}
