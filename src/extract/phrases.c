#include "extract/phrases.h"

#include "base/array.h"
#include "base/map.h"
#include "base/table.h"
#include "base/utf8.h"

#include <assert.h>
#include <utf8proc.h>

enum { STARTS = 4096 };

struct hs_phrases {
  uint8_t starts[STARTS]; /* kinds of the phrases that begin with such two bytes: most places need no look-up */
  hs_map first_words;     /* to index of lists plus one */
  hs_array(hs_phrase *) lists;
};

static const char *plain_mark(int32_t c) {
  switch (c) {
  case 0x2018:
  case 0x2019:
  case 0x02BC:
  case 0x00B4: return "'";
  case 0x201C:
  case 0x201D:
  case 0x201E:
  case 0x00AB:
  case 0x00BB: return "\"";
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2014: return "-";
  case 0x00A0:
  case 0x2009:
  case 0x202F:
  case 0x200B:
  case 0x200E:
  case 0x200F:
  case 0x3000:
  case 0xFEFF: return " ";
  default: return NULL;
  }
}

/* Adds C behind the SIZE bytes at OUT; gives how many there are then. */
static inline size_t fold_char(char *out, size_t size, char c) {
  bool blank = c <= ' ' && c >= 0;
  out[size] = blank ? ' ' : hs_small(c);
  return size + (!blank || (size && out[size - 1] != ' '));
}

void hs_fold(hs_folded *f, hs_str s) {
  size_t i = 0, size = 0;
  while (i < s.size && size < HS_FOLDED_BYTES) {
    if ((signed char)s.data[i] >= 0) {
      size = fold_char(f->data, size, s.data[i++]);
      continue;
    }
    size_t n;
    int32_t c = hs_utf8_at(s, i, &n);
    i += n;
    if (c == 0x00AD) continue; /* a soft hyphen */
    const char *mark = plain_mark(c);
    if (mark) size = fold_char(f->data, size, *mark);
    else size += (size_t)utf8proc_encode_char(utf8proc_tolower(c), (utf8proc_uint8_t *)f->data + size);
  }
  f->whole = i == s.size;
  while (size && f->data[size - 1] == ' ') size--;
  f->size = size;
}

void hs_fold_class(hs_folded *f, hs_str s) {
  size_t size = 0;
  for (size_t i = 0; i < s.size && size < HS_FOLDED_BYTES; i++) {
    char c = s.data[i];
    if (hs_is_capital(c) && i && hs_is_small(s.data[i - 1])) size = fold_char(f->data, size, ' ');
    size = fold_char(f->data, size, hs_is_letter(c) || hs_is_digit(c) ? c : ' ');
  }
  f->size = size;
  f->whole = true;
}

static bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (signed char)c < 0 || c == '\'';
}

static hs_str first_word(hs_str s) {
  size_t n = 0;
  while (n < s.size && is_word_byte(s.data[n])) n++;
  return (hs_str){s.data, n ? n : s.size != 0};
}

static size_t start_of(hs_str s) {
  unsigned a = s.size > 0 ? (unsigned char)s.data[0] : 0, b = s.size > 1 ? (unsigned char)s.data[1] : ' ';
  return (a * 64 + b) % STARTS;
}

/* Behind a phrase of one byte anything may stand. */
static void mark_start(hs_phrases *f, const hs_phrase *p) {
  if (p->text.size > 1) f->starts[start_of(p->text)] |= (uint8_t)p->kind;
  else
    for (unsigned b = 0; b < 256; b++)
      f->starts[((unsigned char)p->text.data[0] * 64 + b) % STARTS] |= (uint8_t)p->kind;
}

static int place(const char *const *list, hs_str word) {
  for (int i = 0; list[i]; i++)
    if (hs_str_is(word, list[i])) return i;
  return -1;
}

static int effect_of(const char *const *effects, hs_str word) {
  int effect = place(effects, word), number = 0;
  if (effect >= 0 || !word.size) return effect;
  for (size_t i = 0; i < word.size; i++) {
    if (word.data[i] < '0' || word.data[i] > '9') return -1;
    number = number * 10 + (word.data[i] - '0');
  }
  return number;
}

const hs_phrases *hs_phrases_new(hs_arena *arena, const char *name, const char *const *kinds,
                                 const char *const *effects) {
  hs_phrases *f = hs_arena_alloc(arena, sizeof *f);
  hs_str table = hs_table_named(name);
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(table, &at, &row);) {
    int kind = place(kinds, row.column[1]);
    assert(kind >= 0 && kind < 8 && "a row's second column is one of its table's kinds, which are at most eight");
    hs_phrase *p = hs_arena_alloc(arena, sizeof *p);
    *p = (hs_phrase){.text = row.column[0],
                     .kind = 1U << kind,
                     .effect = effect_of(effects, row.column[2]),
                     .note = hs_arena_copy(arena, row.column[3].data, row.column[3].size)};
    mark_start(f, p);
    uint32_t *index = hs_map_put(&f->first_words, arena, first_word(p->text));
    p->next = *index ? f->lists.items[*index - 1] : NULL;
    hs_push(arena, f->lists, p);
    *index = (uint32_t)f->lists.count;
  }
  return f;
}

const hs_phrase *hs_phrases_at(const hs_phrases *f, hs_str s, size_t at, unsigned kinds) {
  hs_str rest = {s.data + at, s.size - at};
  if (!(f->starts[start_of(rest)] & kinds)) return NULL;
  uint32_t *index = hs_map_get(&f->first_words, first_word(rest));
  const hs_phrase *best = NULL;
  for (const hs_phrase *p = index ? f->lists.items[*index - 1] : NULL; p; p = p->next) {
    size_t n = p->text.size;
    if (!(p->kind & kinds) || n > rest.size || memcmp(p->text.data, rest.data, n) != 0) continue;
    if (n < rest.size && is_word_byte(rest.data[n]) && is_word_byte(rest.data[n - 1])) continue;
    if (!best || n > best->text.size) best = p;
  }
  return best;
}

size_t hs_phrases_next(hs_str s, size_t at) {
  while (at < s.size && is_word_byte(s.data[at])) at++;
  while (at < s.size && !is_word_byte(s.data[at])) at++;
  return at;
}

hs_str hs_phrases_bare(hs_str s) {
  while (s.size && !is_word_byte(s.data[0])) s.data++, s.size--;
  while (s.size && !is_word_byte(s.data[s.size - 1])) s.size--;
  return s;
}
