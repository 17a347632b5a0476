#if defined(__AVXVNNI__) /* the build compiles this file so on x86-64 */
#define KERNEL hs_kernel_avxvnni
#define KERNEL_NAME "avx-vnni"
#define RUNS_HERE (__builtin_cpu_supports("avx2") && has_avxvnni())
#include <cpuid.h>
#include <stdbool.h>

/* __builtin_cpu_supports does not know of it in every compiler that makes it. */
static bool has_avxvnni(void) {
  unsigned a, b, c, d;
  return __get_cpuid_count(7, 1, &a, &b, &c, &d) && a >> 4 & 1;
}
#include "nlp/kernel_body.h"
#endif
