#include "nlp/lemma.h"

#include "base/error.h"
#include "base/map.h"
#include "base/table.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

enum {
  SUFFIX_CHARS = 8, /* of a rule at most, but for whole words */
  WHOLE_BYTES = 64, /* a longer word is not looked up as a whole */
  TAG_BYTES = 15,
  ENDING_BYTES = WHOLE_BYTES * 3 / 2, /* small letters take up to half as much more */
};

typedef struct rule {
  hs_str append;
  uint32_t strip; /* characters */
  bool lower;
} rule;

struct hs_lemmas {
  hs_arena *arena;
  hs_map map; /* "XPOS\tSUFFIX", as it stands in the text, to a rule */
  rule *rules;
};

static int wrong(hs_error *error, unsigned line) {
  return hs_fail(error, HS_ERROR_MODEL, line,
                 "the model's rule of lemmas %u is none: XPOS, SUFFIX, STRIP, APPEND, keep or lower", line);
}

static bool read_number(hs_str s, uint32_t *out) {
  *out = 0;
  for (size_t i = 0; i < s.size && i < 3; i++) {
    if (!hs_is_digit(s.data[i])) return false;
    *out = *out * 10 + (uint32_t)(s.data[i] - '0');
  }
  return s.size >= 1 && s.size <= 3;
}

static bool read_rule(rule *out, const hs_row *row) {
  bool lower = hs_str_is(row->column[4], "lower");
  *out = (rule){.append = row->column[3], .lower = lower};
  return (lower || hs_str_is(row->column[4], "keep")) && read_number(row->column[2], &out->strip) &&
         row->column[0].size > 0 && row->column[0].size <= TAG_BYTES;
}

static size_t count_lines(hs_str text) {
  size_t count = 1;
  for (size_t i = 0; i < text.size; i++) count += text.data[i] == '\n';
  return count;
}

int hs_lemmas_new(hs_lemmas **out, hs_str text, hs_error *error) {
  *out = NULL;
  hs_lemmas *l = hs_calloc(1, sizeof *l);
  l->arena = hs_arena_new();
  size_t lines = count_lines(text);
  l->rules = hs_arena_alloc(l->arena, lines * sizeof *l->rules);
  hs_map_reserve(&l->map, l->arena, lines);
  hs_row row = {0};
  uint32_t count = 0;
  for (size_t at = 0; hs_table_next(text, &at, &row); count++) {
    hs_str tag = row.column[0], suffix = row.column[1];
    if (!read_rule(&l->rules[count], &row)) {
      hs_lemmas_free(l);
      return wrong(error, row.line);
    }
    hs_str key = {tag.data, tag.size + 1 + suffix.size};
    *hs_map_put(&l->map, l->arena, key) = count;
  }
  *out = l;
  return HS_OK;
}

void hs_lemmas_free(hs_lemmas *lemmas) {
  if (!lemmas) return;
  hs_arena_free(lemmas->arena);
  free(lemmas);
}

/* S in small letters, a character for a character, into OUT, which has room for half as much more; gives its bytes. */
static size_t lower(char *out, hs_str s) {
  char *to = out;
  for (size_t at = 0, size; at < s.size; at += size) {
    int32_t c = hs_utf8_at(s, at, &size);
    if (c < 0x80) *to++ = hs_small((char)c);
    else if (c == 0x130) to = (char *)memcpy(to, s.data + at, size) + size; /* its small form is two characters */
    else to += utf8proc_encode_char(utf8proc_tolower(c), (utf8proc_uint8_t *)to);
  }
  return (size_t)(to - out);
}

/* The rule of TAG for the suffix ENDING, which has room for the tag before it. */
static const rule *find(const hs_lemmas *l, hs_str tag, char *ending, size_t size) {
  char *key = ending - tag.size - 1;
  memcpy(key, tag.data, tag.size);
  key[tag.size] = '\t';
  const uint32_t *found = hs_map_get(&l->map, (hs_str){key, tag.size + 1 + size});
  return found ? &l->rules[*found] : NULL;
}

/* The rule of the longest suffix of FORM. */
static const rule *find_longest(const hs_lemmas *l, hs_str form, hs_str tag) {
  char room[TAG_BYTES + 2 + ENDING_BYTES], *start = room + TAG_BYTES + 2;
  if (tag.size > TAG_BYTES) return NULL;
  bool whole = form.size <= WHOLE_BYTES;
  size_t from = whole ? 0 : form.size;
  for (int i = 0; !whole && i < SUFFIX_CHARS; i++) from = hs_utf8_before(form, from);
  size_t size = lower(start, (hs_str){form.data + from, form.size - from}), at = size;
  if (whole) {
    start[-1] = '^';
    const rule *found = find(l, tag, start - 1, size + 1);
    if (found) return found;
  }
  for (int i = 0; i < SUFFIX_CHARS && at > 0; i++) at = hs_utf8_before((hs_str){start, size}, at);
  for (;;) {
    const rule *found = find(l, tag, start + at, size - at);
    if (found || at == size) return found;
    size_t character;
    hs_utf8_at((hs_str){start, size}, at, &character);
    at += character;
  }
}

const char *hs_lemma(const hs_lemmas *l, hs_str form, const char *xpos, hs_arena *arena) {
  static const rule none = {.append = {"", 0}, .lower = true};
  const rule *found = find_longest(l, form, hs_str_of(xpos));
  if (!found) found = &none;
  hs_str stem = form, append = found->append;
  uint32_t strip = found->strip;
  for (; strip > 0 && stem.size > 0; strip--) stem.size = hs_utf8_before(form, stem.size);
  if (strip > 0 || stem.size + append.size == 0) stem = form, append.size = 0; /* there is not so much to take off */
  char *lemma = hs_arena_alloc(arena, stem.size + stem.size / 2 + append.size + 1);
  size_t size = stem.size;
  if (found->lower) size = lower(lemma, stem);
  else memcpy(lemma, stem.data, stem.size);
  memcpy(lemma + size, append.data, append.size);
  return lemma;
}
