#include "hearsay.h"

/* HS_VERSION comes from the build: CMakeLists.txt names it once. */
const char *hs_version(void) { return HS_VERSION; }
