/* Things written without blanks that are one token: URLs, e-mail addresses, #tags, @names, dates and telephone numbers
 * with hyphens. */
#ifndef HS_NLP_ADDRESS_H
#define HS_NLP_ADDRESS_H

#include "base/str.h"

/* Where the URL, e-mail address, #tag or @name that begins at TEXT[start] ends, 0 if none does. SIGN is where the next
 * @ stands, text.size if there is none. Reads no more than 320 bytes of what is none. */
size_t hs_address_end(hs_str text, size_t start, size_t sign);
/* Where an address without its scheme (example.org/page) ends, of which [start, word_end) was read as one word, STOP
 * the last stop inside it; 0 if it is none. */
size_t hs_address_path_end(hs_str text, size_t start, size_t stop, size_t word_end);
/* Where the date or telephone number with hyphens that begins at the digit TEXT[start] ends, 0 if none does. */
size_t hs_digits_end(hs_str text, size_t start);

#endif
