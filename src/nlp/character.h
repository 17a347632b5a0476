/* Characters by what the rules of tokens ask of them: UAX #29's word classes, coarser, with marks told apart. */
#ifndef HS_NLP_CHARACTER_H
#define HS_NLP_CHARACTER_H

#include "base/utf8.h"

typedef enum hs_character_kind {
  HS_CHARACTER_BLANK, /* blanks, controls and what is not seen */
  HS_CHARACTER_LETTER,
  HS_CHARACTER_DIGIT,
  HS_CHARACTER_EXTEND,     /* goes with whatever stands before it */
  HS_CHARACTER_IDEOGRAPH,  /* a word of its own: Han, Hiragana */
  HS_CHARACTER_APOSTROPHE, /* ' ’ ‘ `: apostrophe or quotation mark */
  HS_CHARACTER_QUOTE,
  HS_CHARACTER_HYPHEN,
  HS_CHARACTER_DASH,
  HS_CHARACTER_STOP,
  HS_CHARACTER_ELLIPSIS,
  HS_CHARACTER_OPEN, /* brackets */
  HS_CHARACTER_CLOSE,
  HS_CHARACTER_PUNCTUATION,
  HS_CHARACTER_SYMBOL
} hs_character_kind;

typedef struct hs_character {
  uint8_t kind; /* hs_character_kind */
  uint8_t size; /* bytes */
  bool upper, lower;
  bool opens, closes; /* of marks and brackets: by the shape alone; neither for straight ones */
} hs_character;

extern const hs_character hs_characters_ascii[128];
hs_character hs_character_beyond_ascii(hs_str text, size_t at);

/* The character at TEXT[at], which must be valid UTF-8; at < text.size. */
static inline hs_character hs_character_at(hs_str text, size_t at) {
  unsigned char c = (unsigned char)text.data[at];
  return c < 0x80 ? hs_characters_ascii[c] : hs_character_beyond_ascii(text, at);
}

#endif
