#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

const char *hs_library_load(void *functions, const char *const *symbols, size_t count, const char *const *names) {
  void *library = NULL;
  const char *missing = NULL;
  for (size_t i = 0; !library && names[i]; i++) library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!library) return names[0];
  for (size_t i = 0; i < count && !missing; i++) {
    /* POSIX promises that a pointer to an object holds a function's address, and C has no word for it. */
    void *function = dlsym(library, symbols[i]);
    if (!function) missing = symbols[i];
    memcpy((char *)functions + i * sizeof function, &function, sizeof function);
  }
  dlclose(library); /* it stays, by RTLD_NODELETE: to be found again costs next to nothing */
  return missing;
}
