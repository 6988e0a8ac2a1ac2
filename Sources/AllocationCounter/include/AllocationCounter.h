#pragma once
#include <stddef.h>

/// Counts the allocations of the whole process: malloc, calloc, realloc and the aligned forms, in
/// all libraries. Linking this library puts counters in front of the allocator of glibc.
typedef struct {
  size_t all;
  /// Those not asked for by the library named to `allocation_set_apart`.
  size_t others;
} AllocationCount;

/// Allocations since the process began.
AllocationCount allocation_count(void);

/// Counts what the loaded library whose path contains `name` asks for apart from the rest.
void allocation_set_apart(const char *name);
