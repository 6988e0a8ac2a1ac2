#pragma once
#include <stddef.h>

/// Allocations of the whole process since it began: malloc, calloc, realloc and the aligned forms
/// of all libraries. Linking this library puts counters in front of the allocator of glibc.
size_t allocation_count(void);
