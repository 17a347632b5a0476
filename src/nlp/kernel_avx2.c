#if defined(__AVX2__) /* the build compiles this file so on x86-64 */
#define KERNEL hs_kernel_avx2
#define KERNEL_NAME "avx2"
#define RUNS_HERE __builtin_cpu_supports("avx2")
#include "nlp/kernel_body.h"
#endif
