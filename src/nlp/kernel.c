#include "nlp/kernel.h"

extern const hs_kernel hs_kernel_amx, hs_kernel_avx512, hs_kernel_avxvnni, hs_kernel_avx2, hs_kernel_portable;

const hs_kernel *const hs_kernels[] = {
#if defined(__x86_64__)
#if defined(__linux__)
    &hs_kernel_amx,
#endif
    &hs_kernel_avx512,   &hs_kernel_avxvnni,
    &hs_kernel_avx2,
#endif
    &hs_kernel_portable, NULL};

const hs_kernel *hs_kernel_best(void) {
  size_t i = 0;
  while (!hs_kernels[i]->runs_here()) i++;
  return hs_kernels[i];
}
