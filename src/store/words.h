/* What a person asks for or judges with, checked: one list of words and one message each. NULL is always right. */
#ifndef HS_STORE_WORDS_H
#define HS_STORE_WORDS_H

#include "store/days.h"
#include "store/record.h"

/* Is WORD one of WORDS, which end in NULL? WHAT they are goes into the message. Gives 0 or HS_ERROR_USAGE. */
int hs_word_check(const char *word, const char *const *words, const char *what, hs_error *error);
/* Is TYPE a type of quotation, FORCE one of a cue? Gives 0 or HS_ERROR_USAGE. */
int hs_word_check_kinds(const char *type, const char *force, hs_error *error);
/* The days that ISO means; FIRST and LAST are left as they are for NULL. Gives 0 or HS_ERROR_USAGE. */
int hs_word_check_days(const char *iso, hs_day *first, hs_day *last, hs_error *error);

#endif
