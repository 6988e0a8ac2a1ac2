#pragma once

/// Compiles a loop for several generations of processors and picks one when the program starts,
/// so that one binary is fast on new machines and runs on old ones.
#if defined(__x86_64__)
#define KERNEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define KERNEL
#endif
