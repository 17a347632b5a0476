/* The charset of a page, and where its characters stand in its own bytes. */
#ifndef HS_EXTRACT_CHARSET_H
#define HS_EXTRACT_CHARSET_H

#include "base/array.h"
#include "base/utf8.h"

/* From here on each IN bytes of the page became OUT bytes of the text. */
typedef struct hs_stretch {
  uint32_t page, text;
  uint16_t in, out; /* not 0 */
} hs_stretch;

/* A page as UTF-8. */
typedef struct hs_decoded {
  hs_str text;           /* valid, without NUL; it may be the page's own bytes */
  hs_stretch *stretches; /* in order, at least one, the first one's text is 0 */
  size_t stretch_count;
} hs_decoded;

/* Are the bytes no text in any charset, as many NULs as there are among the first? */
bool hs_charset_is_binary(hs_str in);
/* Decodes IN into ARENA, unless it is UTF-8 already; where the bytes do not tell, TOLD is heard, which may be NULL, and
 * for HTML what the page says of itself. Never fails: what cannot be read is U+FFFD. */
hs_decoded hs_charset_decode(hs_arena *arena, hs_str in, bool html, const char *told);
/* Reads what was UTF-8, was taken for windows-1252 and became UTF-8 again, as it was meant, if nothing speaks against
 * it in the whole text. Gives how many characters were. */
size_t hs_charset_mend(hs_arena *arena, hs_decoded *decoded);
/* The stretch in which byte AT of the text stands. */
size_t hs_charset_stretch(const hs_decoded *decoded, uint32_t at);
/* The byte of the page that became byte AT of the text, on a character's boundary. */
uint32_t hs_charset_origin(const hs_decoded *decoded, uint32_t at);
/* The byte of the page behind all those that became the byte of the text before AT, which is not 0. */
uint32_t hs_charset_end(const hs_decoded *decoded, uint32_t at);

#endif
