#include "annotate/marks.h"

#include "base/array.h"

enum { FRAGMENT_WORDS = 6, SINGLE_REACH = 400 };

typedef struct finder {
  const hs_words *words;
  hs_arena *arena;
  hs_marks *out;
} finder;

static bool is_double(const finder *f, uint32_t i) { return hs_words_has(f->words, i, HS_SHAPE_DOUBLE); }

static bool is_single(const finder *f, uint32_t i) {
  return hs_words_has(f->words, i, HS_TOKEN_QUOTE) && !is_double(f, i);
}

static bool opens(const finder *f, uint32_t i) { return hs_words_has(f->words, i, HS_TOKEN_OPENS); }
static bool closes(const finder *f, uint32_t i) { return hs_words_has(f->words, i, HS_TOKEN_CLOSES); }
static bool is_plain(const finder *f, uint32_t i) { return !hs_words_has(f->words, i, HS_TOKEN_QUOTE); }

/* Where the double mark that opens at FIRST is closed before END: one past the closing mark, or 0. Another opening mark
 * means that the closing one was forgotten. */
static uint32_t find_double_end(const finder *f, uint32_t first, uint32_t end) {
  for (uint32_t i = first + 1; i < end; i++) {
    if (!is_double(f, i)) continue;
    if (closes(f, i)) return i + 1;
    if (opens(f, i)) return 0;
  }
  return 0;
}

/* The same for a single mark, which an apostrophe resembles: one behind a stop or comma is sure, else the first one
 * that does not follow an s counts, else the first. */
static uint32_t find_single_end(const finder *f, uint32_t first, uint32_t end) {
  uint32_t doubtful = 0;
  if (end > first + SINGLE_REACH) end = first + SINGLE_REACH;
  for (uint32_t i = first + 2; i < end; i++) {
    if (is_double(f, i) && doubtful) return doubtful;
    if (!is_single(f, i) || !closes(f, i)) continue;
    hs_str before = hs_words_str(f->words, i - 1);
    if (!hs_words_has(f->words, i - 1, HS_TOKEN_WORD) || before.data[before.size - 1] != 's') return i + 1;
    if (!doubtful) doubtful = i + 1;
  }
  return doubtful;
}

static bool is_capital_or_small(const hs_words *words, uint32_t i) {
  return hs_words_has(words, i, HS_TOKEN_CAPITAL | HS_TOKEN_NUMBER) || words->items[i].mark ||
         hs_words_is(words, i, HS_PREPOSITION | HS_DETERMINER | HS_CONJUNCTION | HS_POSSESSIVE);
}

/* Looks at what stands between the marks: is it a few words, is it a name? */
static void judge(const hs_words *words, hs_quoted *quoted) {
  uint32_t first = quoted->range.first + 1, end = quoted->range.end - quoted->closed, count = 0;
  bool names = true, verb = false;
  for (uint32_t i = first; i < end; i++) {
    count += words->items[i].mark == 0;
    names = names && is_capital_or_small(words, i);
    verb = verb || hs_words_is(words, i, HS_VERB | HS_AUXILIARY | HS_MODAL) || words->items[i].entry->complements;
  }
  bool stop = end > first && hs_words_has(words, end - 1, HS_TOKEN_STOP);
  bool comma = end > first && words->items[end - 1].mark == ',';
  quoted->fragment = !stop && !comma && (count <= FRAGMENT_WORDS || !verb) && quoted->closed;
  bool before =
      first >= 2 && hs_words_has(words, first - 2, HS_TOKEN_WORD) && !hs_words_has(words, first - 1, HS_SHAPE_FIRST);
  quoted->name = before && names && count && count <= FRAGMENT_WORDS && !stop &&
                 !words->items[first - 2].entry->complements && hs_words_has(words, first, HS_TOKEN_CAPITAL);
}

static void add(finder *f, uint32_t first, uint32_t end, bool closed, uint32_t paragraph) {
  hs_quoted quoted = {.range = {first, end}, .paragraph = paragraph, .closed = closed};
  judge(f->words, &quoted);
  hs_push(f->arena, *f->out, quoted);
  for (uint32_t i = first; i < end; i++) f->out->at[i] = (uint32_t)f->out->count;
}

static bool begins_with_mark(const finder *f, uint32_t paragraph) {
  if (paragraph >= f->words->paragraph_count) return false;
  hs_range range = f->words->paragraphs[paragraph].range;
  return range.first < range.end && is_double(f, range.first) && opens(f, range.first);
}

/* A mark that nothing closes: the quotation goes on in the next paragraph if that opens with a mark, too; else it ends
 * with this paragraph, or, where the paragraph holds another mark, with the sentence. */
static uint32_t add_unclosed(finder *f, uint32_t first, uint32_t end, uint32_t paragraph) {
  uint32_t until = end;
  for (uint32_t i = first + 1; i < end; i++)
    if (is_double(f, i)) {
      const hs_sentence *sentence = &f->words->sentences[f->words->sentence_of[first]];
      until = sentence->end < i ? sentence->end : i;
      break;
    }
  add(f, first, until, false, paragraph);
  if (until == end && begins_with_mark(f, paragraph + 1)) f->out->items[f->out->count - 1].goes_on = true;
  return until;
}

static void find_in_paragraph(finder *f, uint32_t paragraph) {
  hs_range range = f->words->paragraphs[paragraph].range;
  for (uint32_t i = range.first; i < range.end;) {
    uint32_t end = 0;
    if (is_plain(f, i) || !opens(f, i)) {
      i++;
    } else if (is_double(f, i)) {
      end = find_double_end(f, i, range.end);
      if (end) add(f, i, end, true, paragraph);
      i = end ? end : add_unclosed(f, i, range.end, paragraph);
    } else {
      bool free = !hs_words_has(f->words, i, HS_SHAPE_GLUED) || hs_words_has(f->words, i, HS_SHAPE_FIRST);
      end = free ? find_single_end(f, i, range.end) : 0;
      if (end) add(f, i, end, true, paragraph);
      i = end ? end : i + 1;
    }
  }
}

void hs_marks_find(hs_marks *out, const hs_words *words, hs_arena *arena) {
  *out = (hs_marks){.at = hs_arena_alloc(arena, (words->count + 1) * sizeof *out->at)};
  finder f = {.words = words, .arena = arena, .out = out};
  for (uint32_t p = 0; p < words->paragraph_count; p++) find_in_paragraph(&f, p);
}
