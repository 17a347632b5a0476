/* Attributions without a reporting verb. */
#include "annotate/attribution.h"
#include "annotate/frame.h"
#include "annotate/phrase.h"

enum { NAME_BEFORE_COLON = 6, HEADLINE_WORDS = 3, TRANSCRIPT_LINES = 3, SOURCE_REACH = 24 };

static void keep(hs_search *s, hs_attribution *a, hs_range content) {
  while (content.end > content.first && s->words->items[content.end - 1].mark == ',') content.end--;
  if (content.first >= content.end) return;
  hs_push(s->arena, a->contents, content);
}

static uint32_t comma_behind(const hs_words *w, uint32_t i, uint32_t high) {
  while (i < high && w->items[i].mark != ',') i++;
  return i;
}

/* "according to the mayor, ..." and "..., according to the mayor". */
static void according(hs_search *s, uint32_t low, uint32_t high, uint32_t i) {
  const hs_words *w = s->words;
  if (i + 2 >= high || !hs_words_is(w, i + 1, HS_INFINITIVE)) return;
  hs_attribution a = {.cue = {i, i + 2}, .verb = i, .confidence = 0.85f};
  a.source = hs_phrase_behind(w, i + 2, high);
  bool first = i == low || (i == low + 1 && hs_words_is(w, low, HS_CONJUNCTION));
  if (first) {
    uint32_t comma = comma_behind(w, i + 2, high);
    if (comma + 1 >= high) return;
    uint32_t second = comma_behind(w, comma + 1, high);
    uint32_t word = comma + 1 + (comma + 2 < high && hs_words_is(w, comma + 1, HS_PREPOSITION)); /* ", in which" */
    bool clause = hs_words_is(w, word, HS_RELATIVE);
    uint32_t third =
        second + 1 < high && hs_words_is(w, second + 1, HS_RELATIVE) ? comma_behind(w, second + 1, high) : high;
    bool subject = third + 1 < high && hs_phrase_is_verb(w, third + 1); /* "the letter, which nobody saw, was sent" */
    bool apposition = second < high && !subject && hs_phrase_verb(w, comma + 1, second) == second &&
                      hs_phrase_verb(w, second + 1, high) < high;
    a.source = (hs_range){i + 2, second < high && (clause || apposition) ? second : comma};
    keep(s, &a, (hs_range){a.source.end + 1, hs_clause_end(s, a.source.end + 1, high, false)});
  } else if (a.source.first < a.source.end) {
    uint32_t end = i;
    while (end > low && w->items[end - 1].mark == ',') end--;
    uint32_t start = low;
    for (uint32_t k = low; k < end; k++)
      if (s->cue_at[k] && s->found.items[s->cue_at[k] - 1].contents.count) {
        const hs_attribution *other = &s->found.items[s->cue_at[k] - 1];
        uint32_t until = other->contents.items[other->contents.count - 1].end;
        if (until < end && until > start) start = until;
      }
    if (hs_words_is(w, start, HS_CONJUNCTION) && start > low) start++;
    keep(s, &a, (hs_range){start, end});
    uint32_t next = a.source.end;
    if (next + 1 < high && w->items[next].mark == ',' &&
        !hs_words_is(w, next + 1, HS_CONJUNCTION | HS_SUBORDINATOR | HS_RELATIVE))
      keep(s, &a, (hs_range){next + 1, hs_clause_end(s, next + 1, high, false)});
  }
  hs_search_keep(s, &a);
}

/* Tokens that no name in front of a colon holds. */
static bool is_no_name(const hs_words *w, uint32_t i) {
  return w->items[i].mark == ',' || w->items[i].mark == '?' || hs_words_has(w, i, HS_TOKEN_NUMBER | HS_SHAPE_DOUBLE) ||
         hs_phrase_is_verb(w, i);
}

bool hs_search_is_label(const hs_words *w, hs_range range) {
  bool capital = false;
  for (uint32_t i = range.first; i < range.end; i++) {
    if (is_no_name(w, i)) return false;
    capital = capital || hs_words_has(w, i, HS_TOKEN_CAPITAL);
  }
  return capital;
}

/* The name before a colon that opens PARAGRAPH, behind a quotation mark or not; empty if there is none. */
static hs_range label_of(const hs_words *w, const hs_paragraph *paragraph) {
  uint32_t low = paragraph->range.first;
  if (low < paragraph->range.end && hs_words_has(w, low, HS_TOKEN_QUOTE)) low++;
  hs_range label = {low, low};
  for (uint32_t i = low + 1; i + 1 < paragraph->range.end && i <= low + NAME_BEFORE_COLON; i++) {
    if (w->items[i].mark != ':') continue;
    if (hs_search_is_label(w, (hs_range){low, i})) label.end = i;
    break;
  }
  return label;
}

bool hs_search_is_transcript(const hs_search *s) {
  const hs_words *w = s->words;
  hs_map seen = {0};
  unsigned lines = 0, again = 0;
  for (uint32_t i = 0; i < w->paragraph_count; i++) {
    hs_range label = label_of(w, &w->paragraphs[i]);
    if (hs_range_empty(label)) continue;
    uint32_t *count = hs_map_put(&seen, s->arena, hs_str_at(w->text, hs_words_span(w, label)));
    lines++;
    again += (*count)++ > 0;
  }
  return again > 0 && lines >= TRANSCRIPT_LINES && lines * 3 >= w->paragraph_count;
}

/* "A: We will not leave. The dam is safe." in a transcript: the whole paragraph that begins at FIRST is what one says.
 */
static bool line(hs_search *s, uint32_t first) {
  const hs_words *w = s->words;
  const hs_paragraph *paragraph = hs_words_paragraph(w, first);
  hs_range label = label_of(w, paragraph), said = {label.end + 1, paragraph->range.end};
  if (!s->transcript || first != paragraph->range.first || hs_range_empty(label)) return false;
  if (label.first > first && hs_words_has(w, said.end - 1, HS_TOKEN_QUOTE)) said.end--;
  hs_attribution a = {.cue = {label.end, label.end + 1}, .verb = label.end, .source = label, .confidence = 0.9f};
  hs_push(s->arena, a.contents, said);
  if (s->cue_at[label.end]) s->found.items[s->cue_at[label.end] - 1] = a;
  else hs_search_keep(s, &a);
  return true;
}

/* "Mayor: the dam is safe" as a headline, "Orlo: “It is safe.”" as a line of a transcript. */
static void colon(hs_search *s, uint32_t low, uint32_t high, uint32_t i, hs_block_kind kind) {
  const hs_words *w = s->words;
  if (i == low || i - low > NAME_BEFORE_COLON || i + HEADLINE_WORDS > high) return;
  const hs_quoted *quoted = s->marks->at[i + 1] ? &s->marks->items[s->marks->at[i + 1] - 1] : NULL;
  bool headline = kind == HS_BLOCK_TITLE || kind == HS_BLOCK_HEADING;
  if (!headline && !quoted) return;
  hs_range name = {low, i};
  if (!hs_search_is_label(w, name)) return;
  hs_attribution a = {.cue = {i, i + 1}, .verb = i, .source = name, .confidence = quoted ? 0.8f : 0.5f};
  keep(s, &a, (hs_range){i + 1, quoted && quoted->range.end > high ? quoted->range.end : high});
  hs_search_keep(s, &a);
}

/* "in the words of the prosecutor, Ivo Marl, “it wept”": the next words in marks are whose they are told to be. Of two
 * who say the same words the nearer one stays in the end. */
static void in_words(hs_search *s, uint32_t high, uint32_t i, uint32_t size) {
  const hs_words *w = s->words;
  uint32_t marks = i + size, end;
  while (marks < high && marks < i + SOURCE_REACH && !s->marks->at[marks] && !s->cue_at[marks]) marks++;
  if (marks >= high || !s->marks->at[marks] || s->cue_at[i]) return;
  const hs_quoted *q = &s->marks->items[s->marks->at[marks] - 1];
  for (end = marks; end > i + size && w->items[end - 1].mark; end--) {
  }
  if (end == i + size || q->range.first != marks) return;
  hs_attribution a = {.cue = {i, i + size}, .verb = i, .source = {i + size, end}, .confidence = 0.8f};
  hs_push(s->arena, a.contents, q->range);
  hs_search_keep(s, &a);
}

void hs_search_verbless(hs_search *s, uint32_t sentence) {
  const hs_words *w = s->words;
  uint32_t low = hs_words_opening(w, sentence), high = hs_sentence_high(w, sentence);
  uint32_t size;
  bool cue = false, first_colon = true;
  if (low < high && line(s, w->sentences[sentence].first)) return;
  hs_block_kind kind = low < high ? hs_words_paragraph(w, low)->kind : HS_BLOCK_OTHER;
  if ((kind == HS_BLOCK_TITLE || kind == HS_BLOCK_HEADING) && hs_search_headline(s, sentence)) return;
  for (uint32_t i = low; i < high; i++) {
    if (s->marks->at[i]) continue;
    cue = cue || s->cue_at[i];
    if (hs_words_is(w, i, HS_ACCORDING) && !s->cue_at[i]) according(s, low, high, i);
    if (hs_words_phrase(w, i, high, &size)->grammar & HS_ACCORDING && size > 1) in_words(s, high, i, size);
    if (w->items[i].mark == ':' && first_colon && !cue) colon(s, low, high, i, kind);
    first_colon = first_colon && w->items[i].mark != ':';
  }
}
