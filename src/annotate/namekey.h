/* Names in a form in which they can be compared: case, accents, stops and ways of transliteration do not count. */
#ifndef HS_ANNOTATE_NAMEKEY_H
#define HS_ANNOTATE_NAMEKEY_H

#include "annotate/words.h"

/* The words of RANGE in small letters without accents and stops, parted by one blank; cut after a fixed length. */
hs_str hs_name_key(const hs_words *words, hs_range range, hs_arena *arena);

/* KEY with each word as the rules of data/transliterations.tsv spell it: "zelenskyy", "zelenskiy" → "zelensky";
 * cut as a key is. */
hs_str hs_name_sound(const hs_rules *rules, hs_str key, hs_arena *arena);

/* May the given names A and B, as keys, be one person's? "ana" and "a", "tim" and "timothy", "bill" and "william" are,
 * and what is empty goes with all. */
bool hs_given_names_agree(const hs_rules *rules, hs_str a, hs_str b);

/* KEY up to its first blank. */
hs_str hs_name_first_word(hs_str key);

/* The first letters of the capital words in RANGE, as a key: "world health organization" → "who". */
hs_str hs_name_initials(const hs_words *words, hs_range range, hs_arena *arena);

/* RANGE as it stands in the text, white space folded; in ARENA. */
hs_str hs_name_text(const hs_words *words, hs_range range, hs_arena *arena);

#endif
