/* The charset of a page, and where its characters stand in its own bytes. */
#ifndef HS_EXTRACT_CHARSET_H
#define HS_EXTRACT_CHARSET_H

#include "base/array.h"
#include "base/utf8.h"

/* A page as UTF-8. */
typedef struct hs_decoded {
  hs_str text;    /* valid, without NUL, a NUL behind it */
  hs_step *steps; /* from its bytes in the page to those in text, at least one */
  size_t step_count;
} hs_decoded;

/* Decodes IN into ARENA; for HTML what the page says of itself is heard. Never fails: what cannot be read is U+FFFD. */
hs_decoded hs_charset_decode(hs_arena *arena, hs_str in, bool html);
/* The byte of the page that became byte AT of the text, on a character's boundary. */
uint32_t hs_charset_origin(const hs_decoded *decoded, uint32_t at);

#endif
