/*
 * Libraries that few calls need, loaded when one does: each brings others with it, and otherwise every start of the
 * program would wait for all of them.
 */
#ifndef HS_BASE_LIBRARY_H
#define HS_BASE_LIBRARY_H

#include <stddef.h>

/* Loads the first of the libraries NAMES (NULL ends them) that is installed, once in the life of the process, and fills
 * FUNCTIONS, a structure of nothing but COUNT pointers to functions, with those called SYMBOLS. Gives NULL, or the name
 * of what is missing: that of the first library, or that of a function which the library lacks. */
const char *hs_library_load(void *functions, const char *const *symbols, size_t count, const char *const *names);

#endif
