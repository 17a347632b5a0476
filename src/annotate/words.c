#include "annotate/words.h"

#include "base/utf8.h"

#include <utf8proc.h>

enum { LONGEST_FORM = 48, LONGEST_PHRASE = 6 };

/* The token in small letters, the apostrophe straight, into OUT; 0 if it is too long to be in a table. */
static size_t fold(hs_str token, char out[LONGEST_FORM]) {
  size_t size = 0;
  for (size_t i = 0; i < token.size; size++) {
    if (size == LONGEST_FORM) return 0;
    char c = token.data[i];
    if ((unsigned char)c == 0xE2 && i + 2 < token.size && memcmp(token.data + i, "\xE2\x80\x99", 3) == 0) {
      out[size] = '\'';
      i += 3;
    } else {
      out[size] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
      i++;
    }
  }
  return size;
}

typedef struct mark_form {
  const char *bytes;
  uint16_t shape;
  char mark;
} mark_form;

/* Marks of more than one byte. */
static const mark_form mark_forms[] = {
    {"\xE2\x80\x9C", HS_SHAPE_DOUBLE, '<'}, /* “ */
    {"\xE2\x80\x9D", HS_SHAPE_DOUBLE, '>'}, /* ” */
    {"\xE2\x80\x9E", HS_SHAPE_DOUBLE, '<'}, /* „ */
    {"\xC2\xAB", HS_SHAPE_DOUBLE, '<'},     /* « */
    {"\xC2\xBB", HS_SHAPE_DOUBLE, '>'},     /* » */
    {"``", HS_SHAPE_DOUBLE, '<'},
    {"''", HS_SHAPE_DOUBLE, '"'},
    {"\xE2\x80\x98", HS_SHAPE_SINGLE, '<'}, /* ‘ */
    {"\xE2\x80\x99", HS_SHAPE_SINGLE, '>'}, /* ’ */
    {"\xE2\x80\x93", 0, '-'},               /* – */
    {"\xE2\x80\x94", 0, '-'},               /* — */
    {"--", 0, '-'},
    {"\xE2\x80\xA6", 0, '.'}, /* … */
    {"...", 0, '.'},
};

static void look_at_mark(hs_str token, hs_word *word) {
  for (size_t i = 0; i < sizeof mark_forms / sizeof *mark_forms; i++)
    if (hs_str_is(token, mark_forms[i].bytes)) {
      word->mark = mark_forms[i].mark;
      word->shape |= mark_forms[i].shape;
      return;
    }
  word->mark = token.data[0] > 0 ? token.data[0] : '?';
  if (token.size == 1 && token.data[0] == '"') word->shape |= HS_SHAPE_DOUBLE;
  if (token.size == 1 && token.data[0] == '\'') word->shape |= HS_SHAPE_SINGLE;
}

static uint16_t letter_shape(hs_str token) {
  size_t size;
  int32_t c = hs_utf8_at(token, 0, &size);
  if (c >= '0' && c <= '9') return HS_SHAPE_WORD | HS_SHAPE_NUMBER;
  if (c >= 'a' && c <= 'z') return HS_SHAPE_WORD;
  if (c >= 'A' && c <= 'Z') return HS_SHAPE_WORD | HS_SHAPE_CAPITAL;
  if (c < 128) return 0;
  utf8proc_category_t category = utf8proc_category(c);
  if (category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT) return HS_SHAPE_WORD | HS_SHAPE_CAPITAL;
  return category == UTF8PROC_CATEGORY_LL || category == UTF8PROC_CATEGORY_LO ? HS_SHAPE_WORD : 0;
}

static bool ends_in(hs_str s, const char *ending, size_t size) {
  return s.size > size + 1 && memcmp(s.data + s.size - size, ending, size) == 0;
}

static uint16_t shape_of(hs_str token) {
  uint16_t shape = letter_shape(token);
  if (!(shape & HS_SHAPE_WORD)) return 0;
  if (shape & HS_SHAPE_CAPITAL && token.size > 1 && token.data[1] >= 'A' && token.data[1] <= 'Z') shape |= HS_SHAPE_UPPER;
  if (ends_in(token, "ly", 2)) shape |= HS_SHAPE_LY;
  if (ends_in(token, "ing", 3)) shape |= HS_SHAPE_ING;
  if (ends_in(token, "ed", 2)) shape |= HS_SHAPE_ED;
  return shape;
}

static hs_word look_at(const hs_rules *rules, hs_str token) {
  hs_word word = {.entry = &rules->entries[0], .shape = shape_of(token)};
  char folded[LONGEST_FORM];
  if (word.shape & HS_SHAPE_WORD || token.data[0] == '\'' || (unsigned char)token.data[0] == 0xE2) {
    size_t size = fold(token, folded);
    if (size) word.entry = hs_rules_entry(rules, (hs_str){folded, size});
  }
  if (!(word.shape & HS_SHAPE_WORD)) look_at_mark(token, &word);
  return word;
}

static void place_sentences(const hs_words *words, hs_word *items, uint32_t *sentence_of) {
  for (uint32_t s = 0; s < words->sentence_count; s++) {
    const hs_sentence *sentence = &words->sentences[s];
    for (uint32_t i = sentence->first; i < sentence->end; i++) sentence_of[i] = s;
    if (sentence->first < sentence->end) items[sentence->first].shape |= HS_SHAPE_FIRST;
  }
}

const hs_words *hs_words_of(hs_doc *doc, const hs_rules *rules) {
  if (doc->words) return doc->words;
  hs_words *words = hs_arena_alloc(doc->arena, sizeof *words);
  uint32_t count = (uint32_t)doc->analysis.token_count;
  hs_word *items = hs_arena_alloc(doc->arena, count * sizeof *items);
  uint32_t *sentence_of = hs_arena_alloc(doc->arena, count * sizeof *sentence_of);
  *words = (hs_words){.rules = rules,
                      .text = doc->article.text,
                      .tokens = doc->analysis.tokens,
                      .items = items,
                      .count = count,
                      .sentences = doc->analysis.sentences,
                      .sentence_count = (uint32_t)doc->analysis.sentence_count,
                      .sentence_of = sentence_of};
  for (uint32_t i = 0; i < count; i++) {
    items[i] = look_at(rules, hs_str_at(words->text, words->tokens[i].span));
    if (i && words->tokens[i].span.start == words->tokens[i - 1].span.end) items[i].shape |= HS_SHAPE_GLUED;
  }
  place_sentences(words, items, sentence_of);
  return doc->words = words;
}

hs_span hs_words_span(const hs_words *words, hs_range range) {
  if (range.first >= range.end) return (hs_span){0, 0};
  return (hs_span){words->tokens[range.first].span.start, words->tokens[range.end - 1].span.end};
}

hs_str hs_words_str(const hs_words *words, uint32_t token) {
  return hs_str_at(words->text, words->tokens[token].span);
}

uint32_t hs_words_at(const hs_words *words, uint32_t at) {
  uint32_t low = 0, high = words->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (words->tokens[middle].span.end <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

const hs_entry *hs_words_phrase(const hs_words *words, uint32_t first, uint32_t end, uint32_t *size) {
  const hs_entry *one = words->items[first].entry, *best = one;
  *size = 1;
  char phrase[LONGEST_FORM], part[LONGEST_FORM];
  size_t length = 0;
  for (uint32_t i = first; i < end && one->longest && i < first + LONGEST_PHRASE; i++) {
    size_t part_size = fold(hs_words_str(words, i), part);
    bool glued = words->items[i].shape & HS_SHAPE_GLUED;
    if (!part_size || length + part_size + 1 > sizeof phrase) break;
    if (i > first && !glued) phrase[length++] = ' ';
    memcpy(phrase + length, part, part_size);
    length += part_size;
    if (i == first) continue;
    const hs_entry *found = hs_rules_entry(words->rules, (hs_str){phrase, length});
    if (found != &words->rules->entries[0]) {
      best = found;
      *size = i - first + 1;
    }
  }
  return best;
}
