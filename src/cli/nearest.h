/*
 * What a mistyped word was meant to be.
 */
#ifndef HS_CLI_NEAREST_H
#define HS_CLI_NEAREST_H

#include <stddef.h>

/* The one of NAMES that WORD is a slip of the fingers away from, NULL if none is. */
const char *cli_nearest(const char *word, const char *const *names, size_t count);

#endif
