/* For every machine: SSE2 on x86-64, NEON on ARM, by the compiler's vector types. */
#define KERNEL hs_kernel_portable
#define KERNEL_NAME "portable"
#define RUNS_HERE true
#include "nlp/kernel_body.h"
