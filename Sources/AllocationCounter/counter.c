#define _GNU_SOURCE
#include "AllocationCounter.h"

#include <errno.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

// glibc keeps its own allocator reachable under these names for programs that wrap it.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static atomic_size_t all, others;
// Code of the library that is set apart: the caller's address tells who asked.
static atomic_uintptr_t first, last;

#define COUNT() count_from((uintptr_t)__builtin_return_address(0))

static void count_from(uintptr_t caller) {
  atomic_fetch_add_explicit(&all, 1, memory_order_relaxed);
  if (caller < atomic_load_explicit(&first, memory_order_relaxed) ||
      caller >= atomic_load_explicit(&last, memory_order_relaxed))
    atomic_fetch_add_explicit(&others, 1, memory_order_relaxed);
}

AllocationCount allocation_count(void) {
  return (AllocationCount){atomic_load(&all), atomic_load(&others)};
}

static int find(struct dl_phdr_info *info, size_t size, void *name) {
  (void)size;
  if (!strstr(info->dlpi_name, name)) return 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[i];
    if (header->p_type != PT_LOAD || !(header->p_flags & PF_X)) continue;
    atomic_store(&first, info->dlpi_addr + header->p_vaddr);
    atomic_store(&last, info->dlpi_addr + header->p_vaddr + header->p_memsz);
  }
  return 1;
}

void allocation_set_apart(const char *name) { dl_iterate_phdr(find, (void *)name); }

void *malloc(size_t size) {
  COUNT();
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  COUNT();
  return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
  COUNT();
  return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  COUNT();
  return __libc_memalign(alignment, size);
}

void *memalign(size_t alignment, size_t size) {
  COUNT();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  COUNT();
  *memory = __libc_memalign(alignment, size);
  return *memory ? 0 : ENOMEM;
}
