#pragma once
#include <oneapi/dnnl/dnnl.h>

/// Number of OpenMP threads that products of the calling thread may use.
/// Declared here because the compiler ships no <omp.h>.
void omp_set_num_threads(int count);
