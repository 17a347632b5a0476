#if defined(__AVX512VNNI__) /* the build compiles this file so on x86-64 */
#define KERNEL hs_kernel_avx512
#define KERNEL_NAME "avx512-vnni"
#define RUNS_HERE                                                                                                      \
  (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && \
   __builtin_cpu_supports("avx512dq"))
#include "nlp/kernel_body.h"
#endif
