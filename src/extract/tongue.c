#include "extract/tongue.h"

#include "base/array.h"
#include "base/map.h"
#include "base/table.h"
#include "base/utf8.h"

#include <math.h>
#include <utf8proc.h>

enum { MOST_WORDS = 2000, MOST_BYTES = 1 << 16, WORD_BYTES = 40, FEWEST_HITS = 5, FEWEST_LETTERS = 40 };
enum { FEWEST_CLEAR_HITS = 3, CLEAR_LEAD = 2 }; /* of a language that leads all others by so many times */

/* A language: its words are looked up, its hits counted. */
typedef struct tongue {
  hs_str name, script;
} tongue;

/* One language of a word; the other ones follow by NEXT, an index plus one. */
typedef struct speaker {
  uint16_t tongue, next;
} speaker;

struct hs_tongues {
  hs_array(tongue) tongues;
  hs_array(speaker) speakers;
  hs_map words; /* to index of speakers plus one */
};

/* Ranges of characters, in order. Of scripts that several languages share, those of data/languages.tsv. */
static const struct range {
  int32_t from, to;
  const char *script;
} ranges[] = {{0x0041, 0x024F, "Latin"},     {0x0370, 0x03FF, "Greek"},      {0x0400, 0x052F, "Cyrillic"},
              {0x0530, 0x058F, "Armenian"},  {0x0590, 0x05FF, "Hebrew"},     {0x0600, 0x077F, "Arabic"},
              {0x08A0, 0x08FF, "Arabic"},    {0x0900, 0x097F, "Devanagari"}, {0x0980, 0x09FF, "Bengali"},
              {0x0A00, 0x0A7F, "Gurmukhi"},  {0x0A80, 0x0AFF, "Gujarati"},   {0x0B00, 0x0B7F, "Oriya"},
              {0x0B80, 0x0BFF, "Tamil"},     {0x0C00, 0x0C7F, "Telugu"},     {0x0C80, 0x0CFF, "Kannada"},
              {0x0D00, 0x0D7F, "Malayalam"}, {0x0D80, 0x0DFF, "Sinhala"},    {0x0E00, 0x0E7F, "Thai"},
              {0x0E80, 0x0EFF, "Lao"},       {0x0F00, 0x0FFF, "Tibetan"},    {0x1000, 0x109F, "Burmese"},
              {0x10A0, 0x10FF, "Georgian"},  {0x1100, 0x11FF, "Hangul"},     {0x1200, 0x139F, "Ethiopic"},
              {0x1780, 0x17FF, "Khmer"},     {0x1E00, 0x1EFF, "Latin"},      {0x1F00, 0x1FFF, "Greek"},
              {0x3040, 0x30FF, "Japanese"},  {0x3130, 0x318F, "Hangul"},     {0x3400, 0x9FFF, "Han"},
              {0xAC00, 0xD7AF, "Hangul"},    {0xF900, 0xFAFF, "Han"},        {0xFB50, 0xFDFF, "Arabic"},
              {0xFE70, 0xFEFF, "Arabic"}};
enum { RANGES = sizeof ranges / sizeof *ranges };

struct hs_hearing {
  const hs_tongues *tongues;
  float *scores;  /* one a tongue */
  uint32_t *hits; /* words of a tongue, one a tongue */
  uint32_t letters[RANGES], bytes, words;
};

static void add_word(hs_tongues *t, hs_arena *arena, hs_str word) {
  uint32_t *first = hs_map_put(&t->words, arena, word);
  hs_push(arena, t->speakers, ((speaker){(uint16_t)(t->tongues.count - 1), (uint16_t)*first}));
  *first = (uint32_t)t->speakers.count;
}

const hs_tongues *hs_tongues_new(hs_arena *arena) {
  hs_tongues *t = hs_arena_alloc(arena, sizeof *t);
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(hs_table_named("languages"), &at, &row);) {
    hs_push(arena, t->tongues, ((tongue){row.column[0], row.column[1]}));
    hs_str words = row.column[2];
    for (size_t from = 0, to; from < words.size; from = to + 1) {
      const char *blank = memchr(words.data + from, ' ', words.size - from);
      to = blank ? (size_t)(blank - words.data) : words.size;
      if (to > from) add_word(t, arena, (hs_str){words.data + from, to - from});
    }
  }
  return t;
}

hs_hearing *hs_hearing_new(hs_arena *arena, const hs_tongues *tongues) {
  hs_hearing *h = hs_arena_alloc(arena, sizeof *h);
  h->tongues = tongues;
  h->scores = hs_arena_alloc(arena, tongues->tongues.count * sizeof *h->scores);
  h->hits = hs_arena_alloc(arena, tongues->tongues.count * sizeof *h->hits);
  return h;
}

/* A word tells the more of a language the fewer languages have it. */
static void hear_word(hs_hearing *h, hs_str word) {
  const speaker *all = h->tongues->speakers.items;
  const uint32_t *first = hs_map_get(&h->tongues->words, word);
  unsigned count = 0;
  h->words++;
  for (uint32_t i = first ? *first : 0; i; i = all[i - 1].next) count++;
  for (uint32_t i = first ? *first : 0; i; i = all[i - 1].next) {
    h->scores[all[i - 1].tongue] += 1 / sqrtf((float)count);
    h->hits[all[i - 1].tongue]++;
  }
}

/* The range of a letter, RANGES if it has none. */
static size_t range_of(int32_t c) {
  if (c < 0x250) return 0;
  size_t low = 0, high = RANGES;
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (ranges[middle].from <= c) low = middle;
    else high = middle;
  }
  return c <= ranges[low].to ? low : RANGES;
}

static bool is_letter(int32_t c) {
  if (c < 0x80) return hs_is_letter((char)c);
  utf8proc_category_t k = utf8proc_category(c);
  return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_ME;
}

void hs_hearing_add(hs_hearing *h, hs_str s) {
  char word[WORD_BYTES + 8];
  size_t size = 0, n;
  for (size_t i = 0; i < s.size && h->words < MOST_WORDS && h->bytes < MOST_BYTES; i += n) {
    int32_t c = hs_utf8_at(s, i, &n);
    h->bytes += (uint32_t)n;
    if (c == 0x2019) c = '\'';
    bool letter = is_letter(c);
    if (letter) {
      size_t range = range_of(c);
      if (range < RANGES) h->letters[range]++;
    }
    if (size < WORD_BYTES && (letter || (c == '\'' && size))) {
      if (c < 0x80) word[size++] = hs_small((char)c);
      else size += (size_t)utf8proc_encode_char(utf8proc_tolower(c), (utf8proc_uint8_t *)word + size);
    }
    bool ends = !letter && c != '\'';
    if (size && (ends || i + n >= s.size)) hear_word(h, (hs_str){word, size}), size = 0;
  }
}

/* The script of most letters, NULL if there are too few. Japanese is mostly Han, with kana among it. */
static const char *script_of(const hs_hearing *h) {
  uint32_t all = 0, most = 0, kana = 0, han = 0;
  const char *script = NULL;
  for (size_t i = 0; i < RANGES; i++) {
    if (!h->letters[i]) continue;
    uint32_t letters = 0;
    for (size_t k = 0; k < RANGES; k++)
      if (strcmp(ranges[k].script, ranges[i].script) == 0) letters += h->letters[k];
    all += h->letters[i];
    if (strcmp(ranges[i].script, "Japanese") == 0) kana = letters;
    if (strcmp(ranges[i].script, "Han") == 0) han = letters;
    if (letters > most) most = letters, script = ranges[i].script;
  }
  if (kana * 10 > han && (kana + han) * 2 > all) return "Japanese";
  return all >= FEWEST_LETTERS ? script : NULL;
}

/* Is NAME the language of the tag SAID, "pt" of "pt-BR"? "no" is what pages call both forms of Norwegian. */
static bool is_named(hs_str name, const char *said) {
  size_t n = said ? strcspn(said, "-_") : 0;
  if (n == 2 && hs_str_starts_alike((hs_str){said, n}, "no")) return hs_str_is(name, "nb") || hs_str_is(name, "nn");
  for (size_t i = 0; i < n && name.size == n; i++)
    if (hs_small(said[i]) != name.data[i]) return false;
  return n && name.size == n;
}

/* How sure it is that the language is the one with the score BEST, by its lead over the SECOND one: how many words that
 * is, and how much of all. Of single sentences in 20 languages with a lead of one word 98 in 100 are told right. */
static float confidence_of(float best, float second) {
  float lead = best - second, share = best > 0 ? lead / best * 10 : 0;
  return (share < 1 ? share : 1) * (1 - expf(-lead / 1.5F));
}

/* Were enough words of the language BEST heard: some, or a few that hardly are of the SECOND one? */
static bool is_heard(const hs_hearing *h, size_t best, size_t second) {
  bool clear = second == SIZE_MAX || h->scores[best] >= CLEAR_LEAD * h->scores[second];
  return h->hits[best] >= (clear ? FEWEST_CLEAR_HITS : FEWEST_HITS);
}

const char *hs_hearing_tell(const hs_hearing *h, const char *said, float *confidence, hs_arena *arena) {
  const char *script = script_of(h);
  size_t best = SIZE_MAX, second = SIZE_MAX, named = SIZE_MAX, alone = 0;
  *confidence = 0;
  for (size_t i = 0; script && i < h->tongues->tongues.count; i++) {
    const tongue *t = &h->tongues->tongues.items[i];
    if (!hs_str_is(t->script, script)) continue;
    alone++;
    if (is_named(t->name, said)) named = i;
    if (best == SIZE_MAX || h->scores[i] > h->scores[best]) second = best, best = i;
    else if (second == SIZE_MAX || h->scores[i] > h->scores[second]) second = i;
  }
  if (best == SIZE_MAX || (alone > 1 && !is_heard(h, best, second))) return NULL;
  bool keeps = named != SIZE_MAX && (alone == 1 || h->scores[named] * 5 >= h->scores[best] * 4);
  *confidence = alone == 1 ? 0.99F : confidence_of(h->scores[best], h->scores[second]);
  if (keeps && *confidence < 0.9F) *confidence = 0.9F; /* two witnesses agree */
  return keeps ? said
               : hs_arena_copy(arena, h->tongues->tongues.items[best].name.data,
                               h->tongues->tongues.items[best].name.size);
}
