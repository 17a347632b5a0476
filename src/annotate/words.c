#include "annotate/words.h"

#include "annotate/branch.h"
#include "annotate/names.h"

enum { LONGEST_FORM = 48, LONGEST_PHRASE = 6, DATELINE = 16, BODY_WORDS = 2 };

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

/* Is the quotation mark TOKEN a double one? */
static bool is_double(hs_str token) {
  static const char *const doubles[] = {
      "\"", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xE2\x80\x9F", "\xC2\xAB", "\xC2\xBB", "''", "``"};
  for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++)
    if (hs_str_is(token, doubles[i])) return true;
  return false;
}

static bool ends_in(hs_str s, const char *ending, size_t size) {
  return s.size > size + 1 && memcmp(s.data + s.size - size, ending, size) == 0;
}

static uint32_t ending_of(hs_str token) {
  if (ends_in(token, "ly", 2)) return HS_SHAPE_LY;
  if (ends_in(token, "ing", 3)) return HS_SHAPE_ING;
  return ends_in(token, "ed", 2) ? HS_SHAPE_ED : 0;
}

/* "US" is no pronoun: the entry of "u.s." if there is one, else ENTRY. */
static const hs_entry *dotted(const hs_rules *rules, hs_str folded, const hs_entry *entry) {
  char form[2 * LONGEST_FORM];
  for (size_t i = 0; i < folded.size; i++) {
    form[2 * i] = folded.data[i];
    form[2 * i + 1] = '.';
  }
  const hs_entry *found = hs_rules_entry(rules, (hs_str){form, 2 * folded.size});
  return found == &rules->entries[0] ? entry : found;
}

static hs_word look_at(const hs_rules *rules, hs_str token, uint32_t class) {
  hs_word word = {.entry = &rules->entries[0], .shape = class & 0xFFFF};
  char folded[LONGEST_FORM];
  if (class & HS_TOKEN_WORD) {
    size_t size = fold(token, folded);
    if (size) word.entry = hs_rules_entry(rules, (hs_str){folded, size});
    if (class & HS_TOKEN_ABBREVIATION && size > 1 && word.entry == &rules->entries[0])
      word.entry = hs_rules_entry(rules, (hs_str){folded, size - 1}); /* without its stop */
    if (word.entry->pronoun && class & HS_TOKEN_UPPER) word.entry = dotted(rules, (hs_str){folded, size}, word.entry);
    word.shape |= ending_of(token);
  } else if (!(class & HS_TOKEN_NUMBER)) {
    word.mark = class & HS_TOKEN_DASH ? '-' : token.data[0] > 0 ? token.data[0] : '?';
    if (class & HS_TOKEN_QUOTE && is_double(token)) word.shape |= HS_SHAPE_DOUBLE;
  }
  return word;
}

static void place_sentences(const hs_words *words, hs_word *items, uint32_t *sentence_of) {
  for (uint32_t s = 0; s < words->sentence_count; s++) {
    const hs_sentence *sentence = &words->sentences[s];
    for (uint32_t i = sentence->first; i < sentence->end; i++) sentence_of[i] = s;
    if (sentence->first < sentence->end) items[sentence->first].shape |= HS_SHAPE_FIRST;
  }
}

static void find_paragraphs(hs_words *words, const hs_article *article, hs_arena *arena) {
  hs_paragraph *paragraphs = hs_arena_alloc(arena, article->block_count * sizeof *paragraphs);
  uint32_t count = 0, at = 0;
  for (size_t b = 0; b < article->block_count; b++) {
    const hs_block *block = &article->blocks[b];
    uint32_t first = at;
    while (at < words->count && words->tokens[at].span.start < block->text.end) at++;
    if (at > first) paragraphs[count++] = (hs_paragraph){{first, at}, block->kind};
  }
  words->paragraphs = paragraphs;
  words->paragraph_count = count;
}

static bool is_name_part(const hs_word *word) {
  return word->shape & HS_TOKEN_CAPITAL && !word->mark && !word->entry->grammar && !word->entry->complements;
}

/* Bruno "Brick" Castell: marks around a word or two between names are letters of the name, and open nothing. */
static void join_nickname(const hs_words *words, hs_word *items, uint32_t i) {
  if (!(items[i].shape & HS_SHAPE_DOUBLE) || !is_name_part(&items[i - 1]) || items[i].shape & HS_SHAPE_FIRST) return;
  uint32_t close = i + 2;
  if (close + 2 < words->count && !(items[close].shape & HS_SHAPE_DOUBLE)) close++;
  if (close + 1 >= words->count || !(items[close].shape & HS_SHAPE_DOUBLE)) return;
  for (uint32_t k = i + 1; k <= close + 1; k++) {
    bool name = k == close || k == close + 1 ? true : (items[k].shape & HS_TOKEN_CAPITAL) != 0;
    if (!name || items[k].shape & HS_SHAPE_FIRST) return;
  }
  if (!is_name_part(&items[close + 1])) return;
  for (uint32_t k = i; k <= close; k += close - i) {
    items[k].mark = 0;
    items[k].shape &= ~(uint32_t)(HS_SHAPE_DOUBLE | HS_TOKEN_QUOTE | HS_TOKEN_OPENS | HS_TOKEN_CLOSES);
    items[k].shape |= HS_TOKEN_CAPITAL;
  }
}

/* "the teachers' union": the apostrophe that the tree takes for a possessive is one, as "'s" is. */
static void join_possessive(const hs_words *words, hs_word *item, uint32_t i) {
  const hs_token *t = &words->tokens[i];
  bool apostrophe = item->shape & HS_TOKEN_QUOTE && !(item->shape & HS_SHAPE_DOUBLE) && item->shape & HS_SHAPE_GLUED;
  if (apostrophe && words->parsed && t->xpos && strcmp(t->xpos, "POS") == 0) item->shape |= HS_TOKEN_CLITIC;
}

/* As hs_words_phrase, which remembers what this finds. */
static const hs_entry *look_for_phrase(const hs_words *words, uint32_t first, uint32_t end, uint32_t *size) {
  const hs_entry *best = words->items[first].entry, *found = best;
  *size = 1;
  if (!best->begins) return best;
  char phrase[LONGEST_FORM], part[LONGEST_FORM];
  size_t length = 0;
  for (uint32_t i = first; i < end && i < first + LONGEST_PHRASE; i++) {
    bool glued = words->items[i].shape & HS_SHAPE_GLUED;
    if (!glued && !found->begins) break;
    size_t part_size = fold(hs_words_str(words, i), part);
    if (!part_size || length + part_size + 1 > sizeof phrase) break;
    if (i > first && !glued) phrase[length++] = ' ';
    memcpy(phrase + length, part, part_size);
    length += part_size;
    if (i == first) continue;
    found = hs_rules_entry(words->rules, (hs_str){phrase, length});
    if (found->whole) {
      best = found;
      *size = i - first + 1;
    }
  }
  return best;
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
    items[i] = look_at(rules, hs_str_at(words->text, words->tokens[i].span), doc->analysis.classes[i]);
    if (i && words->tokens[i].span.start == words->tokens[i - 1].span.end) items[i].shape |= HS_SHAPE_GLUED;
  }
  place_sentences(words, items, sentence_of);
  words->parsed = count && words->tokens[0].upos && words->tokens[0].relation;
  find_paragraphs(words, &doc->article, doc->arena);
  for (uint32_t i = 1; i + 3 < count; i++) join_nickname(words, items, i);
  for (uint32_t i = 1; i < count; i++) join_possessive(words, &items[i], i);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t size;
    items[i].phrase = look_for_phrase(words, i, count, &size);
    items[i].phrase_size = (uint8_t)size;
  }
  hs_names_take(words, &doc->analysis, doc->arena);
  for (uint32_t p = 0; p < words->paragraph_count; p++) {
    uint32_t first = words->paragraphs[p].range.first;
    items[hs_words_opening(words, sentence_of[first])].shape |= HS_SHAPE_FIRST;
  }
  return doc->words = words;
}

hs_span hs_words_span(const hs_words *words, hs_range range) {
  if (range.first >= range.end) return (hs_span){0, 0};
  return (hs_span){words->tokens[range.first].span.start, words->tokens[range.end - 1].span.end};
}

hs_str hs_words_str(const hs_words *words, uint32_t token) { return hs_str_at(words->text, words->tokens[token].span); }

/* "Teal, Vesta (ONA) Mayor Ana Orlo said": does an agency's or outlet's name in brackets that ends before token I, or
 * its letters behind a place and a comma, end a dateline without a dash? */
static bool ends_dateline(const hs_words *w, uint32_t first, uint32_t i) {
  uint32_t open = i, size;
  while (open > first && w->items[open].mark != '(') open--;
  if (open == first || open + 1 >= i || !(w->items[i + 1].shape & HS_TOKEN_CAPITAL)) return false;
  bool place = false;
  for (uint32_t k = first; k < open; k++) place = place || w->items[k].mark == ',';
  bool letters = place && open + 2 == i && w->items[open + 1].shape & HS_TOKEN_UPPER;
  return letters || hs_words_phrase(w, open + 1, i, &size)->press != HS_PRESS_NONE;
}

static bool is_colon(const hs_words *w, uint32_t i) { return w->items[i].mark == ':'; }

/* "14:32 GMT BREAKING: ": the clock time that opens a paragraph of a live blog, with its zone and label; FIRST if there
 * is none. */
static uint32_t behind_clock(const hs_words *w, uint32_t first, uint32_t end) {
  hs_str time = hs_words_str(w, first);
  bool clock = w->items[first].shape & HS_TOKEN_NUMBER && time.size <= 5 && time.size >= 4;
  bool colon = clock && time.data[time.size - 3] == ':', stop = clock && time.data[time.size - 3] == '.';
  uint32_t i = first + 1;
  if ((!colon && !stop) || i >= end || hs_words_paragraph(w, first)->range.first != first) return first;
  hs_str half = hs_words_str(w, i);
  bool halved = half.size >= 2 && hs_words_entry(w, i)->timeword == HS_TIMEWORD_PART;
  halved = halved || hs_str_is(half, "am") || hs_str_is(half, "pm");
  if (stop && !halved) return first; /* "12.50 euros" */
  if (halved || (w->items[i].shape & HS_TOKEN_UPPER && i + 1 < end && !is_colon(w, i + 1))) i++;
  if (i < end && (w->items[i].mark == '-' || is_colon(w, i) || w->items[i].mark == '|')) i++;
  if (i + 1 < end && w->items[i].shape & HS_TOKEN_UPPER && is_colon(w, i + 1)) i += 2;
  bool opens = i < end && w->items[i].shape & (HS_TOKEN_CAPITAL | HS_TOKEN_QUOTE);
  return opens ? i : first;
}

/* Of the dateline: capitals, numbers, months and marks, up to a dash with a blank on both sides or who reports. */
uint32_t hs_words_opening(const hs_words *words, uint32_t sentence) {
  const hs_sentence *s = &words->sentences[sentence];
  uint32_t first = s->first, reach = s->end < first + DATELINE ? s->end : first + DATELINE;
  uint32_t clock = first < s->end ? behind_clock(words, first, s->end) : first;
  if (clock > first) return clock;
  uint32_t opens = first < s->end && words->items[first].mark == '('; /* "(Geneva) – " */
  if (first + opens >= s->end || !(words->items[first + opens].shape & HS_TOKEN_CAPITAL)) return first;
  for (uint32_t i = first + opens + 1; i + 1 < reach; i++) {
    const hs_word *word = &words->items[i];
    if (word->mark == '-' && !(word->shape & HS_SHAPE_GLUED) && !(words->items[i + 1].shape & HS_SHAPE_GLUED)) {
      bool dateline = words->items[first].shape & HS_TOKEN_UPPER || words->items[i - 1].mark == ')';
      return dateline && hs_words_paragraph(words, first)->range.first == first ? i + 1 : first;
    }
    bool whole = hs_words_paragraph(words, first)->range.first == first;
    if (word->mark == ')' && whole && words->items[i + 1].mark != '-' && ends_dateline(words, first, i)) return i + 1;
    bool mark = word->mark == ',' || word->mark == '(' || word->mark == ')' || word->mark == '/' || word->mark == '.';
    if (!mark && !(word->shape & (HS_TOKEN_CAPITAL | HS_TOKEN_NUMBER))) return first;
  }
  return first;
}

const hs_entry *hs_words_phrase(const hs_words *words, uint32_t first, uint32_t end, uint32_t *size) {
  const hs_word *word = &words->items[first];
  *size = word->phrase_size;
  if (word->phrase_size == 1 || first + word->phrase_size <= end) return word->phrase;
  return look_for_phrase(words, first, end, size);
}

const hs_paragraph *hs_words_paragraph(const hs_words *words, uint32_t token) {
  uint32_t low = 0, high = words->paragraph_count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (words->paragraphs[middle].range.first <= token) low = middle;
    else high = middle;
  }
  return &words->paragraphs[low];
}

uint32_t hs_words_age(const hs_words *w, uint32_t i, uint32_t *end) {
  if (i + 5 > w->count || !hs_words_has(w, i, HS_TOKEN_NUMBER)) return 0;
  const hs_entry *unit = hs_words_entry(w, i + 2);
  if (unit->timeword != HS_TIMEWORD_UNIT || unit->time_value[0] != 'Y' || !hs_words_is(w, i + 4, HS_AGED)) return 0;
  hs_str s = hs_words_str(w, i);
  uint32_t age = 0;
  for (size_t k = 0; k < s.size && k < 3 && hs_is_digit(s.data[k]); k++) age = age * 10 + (uint32_t)(s.data[k] - '0');
  *end = i + 5;
  return age;
}

const hs_entry *hs_words_noun(const hs_words *words, uint32_t i) {
  uint32_t size = 0;
  const hs_entry *e = i > 0 ? hs_words_phrase(words, i - 1, i + 1, &size) : NULL;
  return size == 2 ? e : hs_words_entry(words, i);
}

/* Does the noun at token I name the one that the noun before it tells of, not somebody who does something: "the paper
 * Orlo founded", "told the paper Orlo had lied"? */
static bool is_one_thing(const hs_words *w, uint32_t i, bool press) {
  uint32_t before = i - 1, up = hs_branch_up(w, i), other = hs_branch_up(w, before);
  if (other == i) return true;
  if (!hs_branch_is(w, i, "nsubj")) return press || up == before || (other > i && up == other);
  uint32_t low = w->sentences[w->sentence_of[i]].first, first = before;
  while (first > low && hs_branch_up(w, first - 1) == before) first--;
  bool told = first > low && hs_words_entry(w, first - 1)->complements & HS_COMPLEMENT_HEARER_THAT;
  return up == other && !told;
}

const hs_entry *hs_words_body_before(const hs_words *w, uint32_t i) {
  const hs_entry *name = i < w->count ? hs_words_entry(w, i) : NULL;
  if (!name || !w->parsed || !(w->items[i].shape & HS_TOKEN_CAPITAL) || name->weekday || name->month || name->role)
    return NULL;
  uint32_t low = w->sentences[w->sentence_of[i]].first, size;
  for (uint32_t first = i > low + BODY_WORDS ? i - BODY_WORDS : low; first < i; first++) {
    const hs_entry *e = hs_words_phrase(w, first, i, &size);
    bool press = e->press >= HS_PRESS_AGENCY_WORD && e->press != HS_PRESS_NAME_WORD;
    bool word = (press || e->institution == HS_INSTITUTION_SUFFIX) && first + size == i;
    if (word && !(w->items[i - 1].shape & HS_TOKEN_CAPITAL)) return is_one_thing(w, i, press) ? e : NULL;
  }
  return NULL;
}
