/*
 * Is the value of an option one that it can have?
 */
#ifndef HS_CLI_VALUES_H
#define HS_CLI_VALUES_H

#include "cli/commands.h"

/* CHOICES as in cli_use. If VALUE does not fit, WHY tells what would. */
bool cli_value_fits(const cli_option *option, const char *choices, const char *value, char *why, size_t size);
/* Is VALUE one of CHOICES? If not, WHY tells what there is; it calls the value NAME. */
bool cli_value_choice_fits(const char *name, const char *choices, const char *value, char *why, size_t size);
/* Copies the choice at INDEX of CHOICES; false behind the last. A choice has less than 16 bytes. */
bool cli_value_choice(const char *choices, size_t index, char out[16]);

#endif
