#include "nlp/sentence.h"

#include "base/array.h"
#include "base/limits.h"
#include "nlp/lexicon.h"

#include <string.h>

typedef struct splitter {
  const hs_language *language;
  const char *text;
  const hs_token *tokens;
  const uint32_t *classes;
  size_t first, end; /* the block's tokens */
} splitter;

static hs_str form(const splitter *s, size_t i) { return hs_str_at(s->text, s->tokens[i].span); }

/* Is there a token I in the block, with no blank before it? */
static bool is_glued(const splitter *s, size_t i) {
  return i > s->first && i < s->end && s->tokens[i].span.start == s->tokens[i - 1].span.end;
}

static bool has(const splitter *s, size_t i, uint32_t flag) { return i < s->end && (s->classes[i] & flag) != 0; }

static hs_abbreviation kind(const splitter *s, size_t i) {
  return (hs_abbreviation)(s->classes[i] >> HS_TOKEN_KIND_SHIFT & 15);
}

static bool is_opener(const splitter *s, size_t i) {
  return has(s, i, HS_TOKEN_CAPITAL) && (hs_lexicon_find_small(s->language, form(s, i)) & HS_LEXICON_OPENER);
}

static bool is_face(const splitter *s, size_t i) {
  return has(s, i, HS_TOKEN_SYMBOL) && (hs_lexicon_find(s->language, form(s, i)) & HS_LEXICON_EMOTICON);
}

/* The token behind those closing marks and brackets that stand right behind token I's stop, and a face of marks. */
static size_t behind_closers(const splitter *s, size_t i) {
  size_t next = i + 1;
  while (has(s, next, HS_TOKEN_QUOTE | HS_TOKEN_BRACKET) && has(s, next, HS_TOKEN_CLOSES) &&
         (is_glued(s, next) || !has(s, next, HS_TOKEN_OPENS)))
    next++;
  return next + (next < s->end && is_face(s, next));
}

/* The first token from I on that is no opening mark. */
static size_t past_openers(const splitter *s, size_t i) {
  while (has(s, i, HS_TOKEN_OPENS) || (has(s, i, HS_TOKEN_DASH) && !has(s, i, HS_TOKEN_WORD))) i++;
  return i;
}

/* "5 p.m. Friday", "9 a.m. EST". */
static bool goes_with_time(const splitter *s, size_t i) {
  return has(s, i, HS_TOKEN_UPPER) || (hs_lexicon_find_small(s->language, form(s, i)) & HS_LEXICON_CALENDAR) ||
         (has(s, i, HS_TOKEN_ABBREVIATION) && kind(s, i) == HS_ABBREVIATION_MONTH);
}

/* Does the abbreviation I end its sentence, NEXT being the token that follows? */
static bool abbreviation_ends(const splitter *s, size_t i, size_t next) {
  size_t word = past_openers(s, next);
  bool capital = has(s, word, HS_TOKEN_CAPITAL);
  if (has(s, next, HS_TOKEN_BRACKET | HS_TOKEN_DASH)) return false;
  switch (kind(s, i)) {
  case HS_ABBREVIATION_TITLE:
  case HS_ABBREVIATION_INNER:
  case HS_ABBREVIATION_NUMBER:
  case HS_ABBREVIATION_DAY: return false;
  case HS_ABBREVIATION_STATE:
  case HS_ABBREVIATION_CLOSE: return capital;
  case HS_ABBREVIATION_TIME: return capital && !goes_with_time(s, word);
  default: return is_opener(s, word);
  }
}

/* A number or letter with its stop at the sentence's start marks an item of a list. */
static bool is_list_mark(const splitter *s, size_t start, size_t i) {
  if (i != start + 1 || !is_glued(s, i) || s->text[s->tokens[i].span.start] != '.') return false;
  hs_str mark = form(s, start);
  return (has(s, start, HS_TOKEN_NUMBER) && mark.size <= 3) || mark.size == 1;
}

/* Does what stands from NEXT on, behind a closing mark, tell who said it (“Who?” Ana Orlo asked.)? */
static bool tells_speaker(const splitter *s, size_t next) {
  size_t cue = next;
  while (cue - next < 4 && has(s, cue, HS_TOKEN_CAPITAL) && !is_opener(s, cue)) cue++;
  if (cue == next || cue >= s->end || !(hs_lexicon_find(s->language, form(s, cue)) & HS_LEXICON_CUE)) return false;
  size_t behind = cue + 1 + has(s, cue + 1, HS_TOKEN_CAPITAL);
  return behind >= s->end || has(s, behind, HS_TOKEN_STOP);
}

/* The token behind those references that token I begins, behind a closed sentence: "[17]", or "4" without a blank. */
static size_t behind_references(const splitter *s, size_t i) {
  while (i < s->end) {
    bool bracket = s->text[s->tokens[i].span.start] == '[';
    size_t number = i + bracket, end = number + 1 + bracket;
    if (!has(s, number, HS_TOKEN_NUMBER) || form(s, number).size > 3 || end > s->end) break;
    if (bracket ? s->text[s->tokens[end - 1].span.start] != ']' : !is_glued(s, i) || is_glued(s, end)) break;
    i = end;
  }
  return i;
}

/* Does a sentence begin with the small letter of NEXT, behind the stop I? In text without capitals it does, unless the
 * stop may be part of a name ("Yahoo! says") or of an abbreviation that no table has, which is short. */
static bool begins_small(const splitter *s, size_t i, size_t next) {
  enum { ABBREVIATION_BYTES = 4 };
  if (next != i + 1 || is_glued(s, next) || has(s, i, HS_TOKEN_ELLIPSIS)) return false;
  if (i == s->first || has(s, i - 1, HS_TOKEN_CAPITAL)) return false;
  if (s->text[s->tokens[i].span.start] != '.' || form(s, i - 1).size > ABBREVIATION_BYTES) return true;
  return (hs_lexicon_find_small(s->language, form(s, next)) & HS_LEXICON_OPENER) != 0;
}

/* Does the stop I of the sentence that began at START end it, NEXT being the token behind its closing marks? */
static bool stop_ends(const splitter *s, size_t start, size_t i, size_t next) {
  if (is_list_mark(s, start, i)) return false;
  size_t word = past_openers(s, next);
  if (word >= s->end) return true;
  if (has(s, word, HS_TOKEN_SMALL)) return begins_small(s, i, word);
  if (next > i + 1 && tells_speaker(s, next)) return false;
  if (has(s, next, HS_TOKEN_PUNCTUATION) && !has(s, next, HS_TOKEN_OPENS | HS_TOKEN_DASH)) return false;
  return true;
}

/* Is token I the first of a picture's credit: "The harbour on Monday Image: Ana Orlo"? */
static bool begins_credit(const splitter *s, size_t i) {
  return has(s, i, HS_TOKEN_CAPITAL) && i + 1 < s->end && s->text[s->tokens[i + 1].span.start] == ':' &&
         (hs_lexicon_find_small(s->language, form(s, i)) & HS_LEXICON_CREDIT);
}

static bool has_only(hs_str form, const char *allowed) {
  for (size_t i = 0; i < form.size; i++)
    if (!strchr(allowed, form.data[i])) return false;
  return true;
}

/* The token behind the time stamp that begins with token I, as messages have them between sender and text
 * ("Ana Orlo 03/27/2031 01:58 PM The gates …"); 0 if none does. */
static size_t behind_stamp(const splitter *s, size_t i) {
  if (!has(s, i, HS_TOKEN_NUMBER) || !has(s, i + 1, HS_TOKEN_NUMBER)) return 0;
  hs_str day = form(s, i), time = form(s, i + 1);
  if (day.size < 6 || !memchr(day.data, '/', day.size) || !has_only(day, "0123456789/")) return 0;
  if (!memchr(time.data, ':', time.size) || !has_only(time, "0123456789:")) return 0;
  bool half = has(s, i + 2, HS_TOKEN_UPPER) && form(s, i + 2).size == 2 && form(s, i + 2).data[1] == 'M';
  return i + 2 + half;
}

/* Is token I a line drawn across the text: "_______", "***"? */
static bool is_rule(const splitter *s, size_t i) {
  hs_str line = form(s, i);
  size_t least = line.data[0] == '*' ? 3 : 5;
  return line.size >= least && strchr("_*=-~#", line.data[0]) && has_only(line, (char[]){line.data[0], '\0'});
}

static bool is_link(const splitter *s, size_t i) {
  return has(s, i, HS_TOKEN_ADDRESS) && hs_str_starts(form(s, i), "http");
}

/* Where the sentence that began at START ends at token I by what plain text has in place of lines, 0 if it does not:
 * time stamps of messages, rules, links below each other, credits; and by a face of marks. */
static size_t line_end(const splitter *s, size_t start, size_t i) {
  size_t stamp = behind_stamp(s, i);
  if (stamp && i == start) return stamp;
  if (stamp && !has(s, i - 1, HS_TOKEN_SMALL)) return i;
  if (stamp && has(s, stamp, HS_TOKEN_CAPITAL)) return stamp;
  if (is_rule(s, i)) return i == start ? i + 1 : i;
  if (i > start && has(s, i, HS_TOKEN_CAPITAL) && is_face(s, i - 1)) return i;
  if (i > start && ((is_link(s, i) && is_link(s, i - 1)) || begins_credit(s, i))) return i;
  return 0;
}

/* The end of the sentence that begins at START: the token behind its last. */
static size_t sentence_end(const splitter *s, size_t start) {
  for (size_t i = start; i < s->end; i++) {
    if (i - start >= HS_LIMIT_SENTENCE_TOKENS) return i;
    size_t line = line_end(s, start, i);
    if (line) return line;
    if (!has(s, i, HS_TOKEN_STOP | HS_TOKEN_ABBREVIATION)) continue;
    size_t next = behind_closers(s, i);
    if (has(s, i, HS_TOKEN_STOP)) next = behind_references(s, next);
    if (next >= s->end || next - start > HS_LIMIT_SENTENCE_TOKENS) continue;
    if (has(s, i, HS_TOKEN_STOP) ? stop_ends(s, start, i, next) : abbreviation_ends(s, i, next)) return next;
  }
  return s->end;
}

void hs_sentences_cut(hs_sentence_list *list, const hs_language *language, const char *text,
                      const hs_token_list *tokens, size_t first, size_t end, hs_arena *arena) {
  splitter s = {language, text, tokens->tokens, tokens->classes, first, end};
  for (size_t at = first; at < end;) {
    size_t next = sentence_end(&s, at);
    hs_span span = {tokens->tokens[at].span.start, tokens->tokens[next - 1].span.end};
    hs_push(arena, *list, ((hs_sentence){span, (uint32_t)at, (uint32_t)next}));
    at = next;
  }
}
