/*
 * What a terminal can show.
 */
#ifndef HS_CLI_TERMINAL_H
#define HS_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/* Columns: of COLUMNS, else of the terminal, else 80; never under 40. */
int cli_terminal_width(int descriptor);
/* Is DESCRIPTOR a terminal that understands ANSI's control sequences? */
bool cli_terminal_ansi(int descriptor);
/* The same, and does the user want colours (NO_COLOR is not set)? */
bool cli_terminal_colour(int descriptor);
/* The columns that the first SIZE bytes of TEXT, UTF-8, take. */
int cli_terminal_columns(const char *text, size_t size);

/* The size of the character at TEXT if it is a blank, or one that would steer the terminal or the order of writing; 0
 * for any other. */
size_t cli_terminal_blank(const char *text);

#endif
