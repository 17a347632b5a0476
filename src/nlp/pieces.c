/* Word pieces as BERT's uncased tokenizer cuts them (Devlin et al. 2019), for one word. */
#include "base/utf8.h"
#include "nlp/features.h"

#include <utf8proc.h>

enum { LONGEST_PART = 100, LEAD = 2 };

/* A stretch of the word without blank or punctuation, as it is looked up; LEAD bytes before it are for "##". */
typedef struct part {
  char text[LEAD + 4 * LONGEST_PART];
  size_t size, characters;
} part;

typedef struct cutting {
  const hs_pieces *pieces;
  part part;
  uint32_t *out;
  size_t count;
} cutting;

static void add_piece(cutting *cut, uint32_t row) {
  if (cut->count < HS_WORD_PIECES) cut->out[cut->count++] = row;
}

/* The longest piece that begins at byte START of the part: its row, and its end in *END; NULL if there is none. */
static const uint32_t *longest_piece(cutting *cut, size_t start, size_t *end) {
  part *p = &cut->part;
  size_t lead = start ? LEAD : 0;
  char *from = p->text + LEAD + start - lead;
  if (lead) memcpy(from, "##", LEAD); /* over what was cut before */
  size_t size = p->size - start;
  hs_str text = {p->text + LEAD + start, size};
  if (size + lead > cut->pieces->longest) {
    size = cut->pieces->longest > lead ? cut->pieces->longest - lead : 0;
    while (size > 0 && ((unsigned char)text.data[size] & 0xC0) == 0x80) size--;
  }
  for (; size > 0; size = hs_utf8_before(text, size)) {
    const uint32_t *row = hs_map_get(&cut->pieces->rows, (hs_str){from, lead + size});
    *end = start + size;
    if (row) return row;
  }
  return NULL;
}

/* Cuts the part into its longest pieces from the left; a part that cannot be cut is one unknown piece. */
static void end_part(cutting *cut) {
  size_t before = cut->count, size = cut->part.size;
  bool known = cut->part.characters <= LONGEST_PART;
  for (size_t at = 0, end = 0; known && at < size; at = end) {
    const uint32_t *row = longest_piece(cut, at, &end);
    known = row != NULL;
    if (known) add_piece(cut, *row);
  }
  if (!known) cut->count = before, add_piece(cut, cut->pieces->unknown);
  cut->part.size = cut->part.characters = 0;
}

static void add_character(cutting *cut, int32_t c) {
  part *p = &cut->part;
  if (p->characters++ < LONGEST_PART)
    p->size += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)p->text + LEAD + p->size);
}

static bool is_han(int32_t c) {
  static const int32_t ranges[][2] = {{0x4E00, 0x9FFF},   {0x3400, 0x4DBF},   {0x20000, 0x2A6DF}, {0x2A700, 0x2B73F},
                                      {0x2B740, 0x2B81F}, {0x2B920, 0x2CEAF}, {0xF900, 0xFAFF},   {0x2F800, 0x2FA1F}};
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
    if (c >= ranges[i][0] && c <= ranges[i][1]) return true;
  return false;
}

typedef enum character_class { WITHIN, APART, BLANK, DROPPED } character_class;

static character_class class_of(int32_t c) {
  if (c < 0x80) {
    char a = (char)c;
    if (hs_is_letter(a) || hs_is_digit(a)) return WITHIN;
    return a == ' ' || a == '\t' || a == '\n' || a == '\r' ? BLANK : a < ' ' || a == 0x7F ? DROPPED : APART;
  }
  utf8proc_category_t category = utf8proc_category(c);
  if (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO) return APART;
  if (category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP) return BLANK;
  bool other = category >= UTF8PROC_CATEGORY_CC;
  return other || c == 0xFFFD || category == UTF8PROC_CATEGORY_MN ? DROPPED : is_han(c) ? APART : WITHIN;
}

/* Adds C, one of those that a character decomposes to. */
static void read_character(cutting *cut, int32_t c) {
  character_class class = class_of(c);
  if (class == DROPPED) return;
  if (class == WITHIN) {
    add_character(cut, c < 0x80 ? hs_small((char)c) : utf8proc_tolower(c));
    return;
  }
  end_part(cut);
  if (class == BLANK) return;
  add_character(cut, c);
  end_part(cut);
}

size_t hs_pieces_of(uint32_t out[HS_WORD_PIECES], hs_str word, const hs_pieces *pieces) {
  cutting cut;
  cut.pieces = pieces, cut.out = out, cut.count = cut.part.size = cut.part.characters = 0;
  size_t at = 0;
  for (int n = 0; n < HS_WORD_LOOKED_AT && at < word.size; n++) {
    size_t size;
    int32_t c = hs_utf8_at(word, at, &size), decomposed[8];
    at += size;
    utf8proc_ssize_t count = 1;
    decomposed[0] = c;
    if (c >= 0x80) {
      int boundary = 0;
      count = utf8proc_decompose_char(c, decomposed, 8, UTF8PROC_DECOMPOSE, &boundary);
    }
    for (utf8proc_ssize_t i = 0; i < count && i < 8; i++) read_character(&cut, decomposed[i]);
  }
  end_part(&cut);
  if (!cut.count) add_piece(&cut, pieces->unknown);
  return cut.count;
}
