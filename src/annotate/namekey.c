#include "annotate/namekey.h"

#include <utf8proc.h>

enum { LONGEST_KEY = 120, SOUNDING = 4, SHORTEST_SHORT = 3 };

typedef struct key {
  char *data;
  size_t size;
} key;

static void put(key *k, utf8proc_int32_t c) {
  utf8proc_uint8_t bytes[4];
  utf8proc_ssize_t size = utf8proc_encode_char(c, bytes);
  if (k->size + (size_t)size > LONGEST_KEY) return;
  memcpy(k->data + k->size, bytes, (size_t)size);
  k->size += (size_t)size;
}

/* Letters and digits of WORD, small, without accents. */
static void put_word(key *k, hs_str word) {
  for (size_t at = 0; at < word.size;) {
    utf8proc_int32_t c, parts[8];
    char plain = hs_small(word.data[at]);
    if ((unsigned char)plain < 0x80) {
      if ((hs_is_small(plain) || hs_is_digit(plain)) && k->size < LONGEST_KEY) k->data[k->size++] = plain;
      at++;
      continue;
    }
    utf8proc_ssize_t step =
        utf8proc_iterate((const utf8proc_uint8_t *)word.data + at, (utf8proc_ssize_t)(word.size - at), &c);
    if (step <= 0) return;
    at += (size_t)step;
    int bound = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        c, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_COMPAT, &bound);
    for (utf8proc_ssize_t i = 0; i < count && i < 8; i++) {
      utf8proc_category_t kind = utf8proc_category(parts[i]);
      if (kind <= UTF8PROC_CATEGORY_NO) put(k, parts[i]);
    }
  }
}

hs_str hs_name_key(const hs_words *w, hs_range range, hs_arena *arena) {
  key k = {hs_arena_alloc(arena, LONGEST_KEY + 1), 0};
  for (uint32_t i = range.first; i < range.end; i++) {
    if (w->items[i].mark) continue;
    bool blank = k.size && k.data[k.size - 1] != ' ';
    if (blank) put(&k, ' ');
    put_word(&k, hs_words_str(w, i));
  }
  while (k.size && k.data[k.size - 1] == ' ') k.size--;
  return (hs_str){k.data, k.size};
}

static void replace(key *k, size_t first, hs_str from, hs_str to) {
  if (k->size - from.size + to.size > LONGEST_KEY) return;
  memmove(k->data + first + to.size, k->data + first + from.size, k->size - first - from.size);
  if (to.size) memcpy(k->data + first, to.data, to.size);
  k->size = k->size - from.size + to.size;
}

/* Puts SPELLING's other letters into the word of K that begins at START and ends where K does. */
static void respell(key *k, size_t start, const hs_spelling *spelling) {
  hs_str from = spelling->from, to = spelling->to;
  if (spelling->place == HS_SPELLING_END && start + from.size < k->size) start = k->size - from.size;
  for (size_t at = start; at + from.size <= k->size; at++) {
    if (spelling->place == HS_SPELLING_START && at > start) return;
    if (k->data[at] != from.data[0] || memcmp(k->data + at, from.data, from.size) != 0) continue;
    replace(k, at, from, to);
    if (!to.size || spelling->place == HS_SPELLING_END) return;
    at += to.size - 1;
  }
}

hs_str hs_name_sound(const hs_rules *rules, hs_str name, hs_arena *arena) {
  key k = {hs_arena_alloc(arena, LONGEST_KEY + 1), 0};
  if (name.size > LONGEST_KEY) name.size = LONGEST_KEY;
  for (size_t start = 0; start < name.size;) {
    size_t end = start, begin = k.size;
    while (end < name.size && name.data[end] != ' ') end++;
    uint32_t letters = hs_letters((hs_str){name.data + start, end - start});
    memcpy(k.data + k.size, name.data + start, end - start);
    k.size += end - start;
    for (size_t i = 0; i < rules->spelling_count && end - start > SOUNDING; i++) {
      const hs_spelling *spelling = &rules->spellings[i];
      if (spelling->needs & ~letters) continue;
      respell(&k, begin, spelling);
      letters |= spelling->gives;
    }
    if (end < name.size && k.size < LONGEST_KEY) k.data[k.size++] = ' ';
    if (k.size + name.size - end > LONGEST_KEY) break;
    start = end + 1;
  }
  return (hs_str){k.data, k.size};
}

hs_str hs_name_first_word(hs_str s) {
  const char *blank = s.size ? memchr(s.data, ' ', s.size) : NULL;
  return blank ? (hs_str){s.data, (size_t)(blank - s.data)} : s;
}

static hs_str formal(const hs_rules *rules, hs_str given) {
  const char *full = hs_rules_entry(rules, given)->given;
  return full ? hs_str_of(full) : given;
}

/* "tim" and "timothy", "a" and "ana". */
static bool begins_alike(hs_str a, hs_str b) {
  size_t size = a.size < b.size ? a.size : b.size;
  return memcmp(a.data, b.data, size) == 0 && (size == 1 || a.size == b.size || size >= SHORTEST_SHORT);
}

bool hs_given_names_agree(const hs_rules *rules, hs_str a, hs_str b) {
  a = hs_name_first_word(a), b = hs_name_first_word(b);
  if (!a.size || !b.size) return true;
  return begins_alike(a, b) || begins_alike(formal(rules, a), formal(rules, b));
}

hs_str hs_name_initials(const hs_words *w, hs_range range, hs_arena *arena) {
  key k = {hs_arena_alloc(arena, LONGEST_KEY + 1), 0};
  for (uint32_t i = range.first; i < range.end; i++) {
    if (!hs_words_has(w, i, HS_TOKEN_CAPITAL) || hs_words_has(w, i, HS_TOKEN_CLITIC)) continue;
    char c = hs_words_str(w, i).data[0];
    if (hs_is_capital(c)) put(&k, hs_small(c));
  }
  return (hs_str){k.data, k.size};
}

hs_str hs_name_text(const hs_words *words, hs_range range, hs_arena *arena) {
  hs_span span = hs_words_span(words, range);
  bool letter = range.end == range.first + 1 && span.end == span.start + 2 && range.end < words->count;
  if (letter && words->text[span.end - 1] == '.' && hs_words_has(words, range.end, HS_SHAPE_FIRST))
    span.end--; /* "on X." */
  char *out = hs_arena_alloc(arena, span.end - span.start + 1);
  size_t size = 0;
  for (uint32_t i = span.start; i < span.end; i++) {
    char c = words->text[i];
    bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) out[size++] = c;
    else if (size && out[size - 1] != ' ') out[size++] = ' ';
  }
  return (hs_str){out, size};
}
