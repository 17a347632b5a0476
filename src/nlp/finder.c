#include "nlp/finder.h"

#include "base/array.h"
#include "base/error.h"
#include "base/map.h"
#include "nlp/kernel.h"
#include "nlp/names.h"
#include "nlp/network.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  WINDOW = 128, /* words encoded together where each looks at all, as it learned to; else HS_NETWORK_WORDS */
  OVERLAP = 32, /* of one window and the next: each word's row is taken from where it stands more in the middle */
  REACH = HS_FINDER_REACH,
  CUE_WORDS = 32,  /* of a cue; more are cut off */
  STRETCH = 1024,  /* words whose cues are found before their pairs, which bounds the rows that are kept */
  BATCH_CUES = 16, /* whose pairs are run at a time */
  ANCESTORS = 64,  /* of a word that are looked at */
  DISTANCES = 33,  /* buckets; 16 is 0 */
  APART = 3,       /* sentences, as far as they are told apart */
  ROWS = STRETCH + 2 * REACH + HS_NETWORK_WORDS + CUE_WORDS, /* that are kept at a time, at most */
};

/* Rows of the table of paths; behind them, by relation, what hangs from the cue, then what hangs from its head. */
enum { PATH_ELSEWHERE, PATH_CUE, PATH_HEAD, PATH_ABOVE, PATH_FAR, PATH_RELATIONS };

struct hs_finder {
  hs_weights *weights;
  const hs_kernel *kernel;
  hs_arena *arena;
  hs_network *words, *pairs;
  hs_map xpos, relations, names; /* label → row */
  uint32_t relation_rows;
  size_t size;     /* floats of a row of a pair */
  uint32_t window; /* words */
  const float *distance, *apart, *path;
  const float *calibration; /* [4][2] slope and offset of the cue, source, content and all; may be NULL */
  hs_name_tags cue_tags, role_tags;
  uint8_t no_role; /* the tag of words that are neither source nor content */
  uint8_t bucket[REACH + 1];
};

/* ---- the model file */

static int refuse(const hs_finder *f, hs_error *error, const char *what, const char *why) {
  return hs_fail(error, HS_ERROR_MODEL, 0, "%s: %s %s", hs_weights_path(f->weights), what, why);
}

/* The lines of the text NAME into MAP, numbered from 1 on; *ROWS is the number behind the last. */
static int read_rows(hs_finder *f, hs_map *map, const char *name, uint32_t *rows, hs_error *error) {
  hs_str text = hs_weights_text(f->weights, name);
  if (!text.data) return refuse(f, error, name, "is missing");
  *rows = 1;
  for (size_t at = 0; at < text.size && *rows < UINT8_MAX; ++*rows) {
    const char *from = text.data + at, *end = memchr(from, '\n', text.size - at);
    size_t size = end ? (size_t)(end - from) : text.size - at;
    *hs_map_put(map, f->arena, (hs_str){from, size}) = *rows;
    at += size + 1;
  }
  return HS_OK;
}

static const float *read_table(hs_finder *f, const char *name, uint32_t rows, hs_error *error) {
  const hs_section *entry = hs_weights_find(f->weights, name, HS_SECTION_FLOATS);
  if (entry && entry->rows == rows && entry->columns == f->size) return entry->floats;
  refuse(f, error, name, "is missing or of another shape");
  return NULL;
}

static int read_tags(const hs_finder *f, hs_name_tags *tags, const hs_network *network, hs_task task, hs_error *error) {
  size_t count;
  hs_error why;
  const char *const *labels = hs_network_labels(network, task, &count);
  int code = hs_name_tags_read(tags, labels, count, &why);
  return code ? refuse(f, error, "its tags cannot be read:", why.message) : HS_OK;
}

/* Are there tags of sources, of contents, and of what is neither, *NO_ROLE, and no others? */
static bool are_roles(const hs_name_tags *tags, uint8_t *no_role) {
  bool none = false, source = false, content = false, other = false;
  for (size_t i = 0; i < tags->count; i++) {
    const char *type = tags->type[i];
    if (!type) none = true, *no_role = (uint8_t)i;
    else if (strcmp(type, "SOURCE") == 0) source = true;
    else if (strcmp(type, "CONTENT") == 0) content = true;
    else other = true;
  }
  return none && source && content && !other;
}

static int read_networks(hs_finder *f, const hs_parser *beside, hs_error *error) {
  const hs_network *words = beside ? hs_parser_network(beside) : NULL;
  int code = hs_network_new(&f->words, f->weights, "network", 1 << HS_TASK_CUES, words, error);
  if (!code) code = hs_network_new(&f->pairs, f->weights, "pairs", 1 << HS_TASK_ROLES, NULL, error);
  if (!code) code = read_tags(f, &f->cue_tags, f->words, HS_TASK_CUES, error);
  if (!code) code = read_tags(f, &f->role_tags, f->pairs, HS_TASK_ROLES, error);
  if (code) return code;
  f->size = hs_network_takes(f->pairs);
  f->window = hs_network_attends(f->words) ? WINDOW : HS_NETWORK_WORDS;
  if (!f->size || hs_network_takes(f->words) || hs_network_gives(f->words) != 6 * f->size)
    return refuse(f, error, "its two networks", "do not fit together");
  return are_roles(&f->role_tags, &f->no_role)
             ? HS_OK
             : refuse(f, error, "labels.roles", "are not O, and B and I of SOURCE and CONTENT");
}

static int read_parts(hs_finder *f, const hs_parser *beside, hs_error *error) {
  uint32_t rows;
  int code = read_networks(f, beside, error);
  if (!code) code = read_rows(f, &f->xpos, "inputs.xpos", &rows, error);
  if (!code) code = read_rows(f, &f->names, "inputs.names", &rows, error);
  if (!code) code = read_rows(f, &f->relations, "inputs.rels", &f->relation_rows, error);
  if (code) return code;
  f->distance = read_table(f, "pairs.distance", DISTANCES, error);
  f->apart = f->distance ? read_table(f, "pairs.apart", 2 * APART + 1, error) : NULL;
  f->path = f->apart ? read_table(f, "pairs.path", PATH_RELATIONS + 2 * f->relation_rows, error) : NULL;
  if (!f->path) return HS_ERROR_MODEL;
  const hs_section *calibration = hs_weights_find(f->weights, "calibration", HS_SECTION_FLOATS);
  if (!calibration) return HS_OK;
  if (calibration->rows != 4 || calibration->columns != 2)
    return refuse(f, error, "calibration", "is of another shape");
  f->calibration = calibration->floats;
  return HS_OK;
}

int hs_finder_open(hs_finder **out, const char *path, const hs_parser *beside, hs_error *error) {
  *out = NULL;
  hs_finder *f = hs_calloc(1, sizeof *f);
  f->arena = hs_arena_new();
  f->kernel = hs_kernel_best();
  for (int d = 0; d <= REACH; d++) f->bucket[d] = (uint8_t)(d <= 6 ? d : fmin(16, floor(6 + log2(d / 6.0) * 2.2)));
  int code = hs_weights_open(&f->weights, path, error);
  if (!code) code = read_parts(f, beside, error);
  if (code) {
    hs_finder_free(f);
    return code;
  }
  *out = f;
  return HS_OK;
}

void hs_finder_free(hs_finder *finder) {
  if (!finder) return;
  hs_network_free(finder->words);
  hs_network_free(finder->pairs);
  hs_weights_free(finder->weights);
  hs_arena_free(finder->arena);
  free(finder);
}

const hs_weights *hs_finder_weights(const hs_finder *finder) { return finder->weights; }

/* ---- what is told of the words */

/* The document as it is worked on; numbers of words count from FIRST, the first token. */
typedef struct work {
  const hs_finder *finder;
  const hs_token *tokens; /* [words], from FIRST on */
  int first;
  uint32_t words;
  const char *text;
  hs_arena *arena;
  hs_str *forms;
  hs_told *told;
  uint32_t *sentence;
  hs_finding_list *found;
  hs_room *encoding, *pairing;
  /* The rows of the words [from, to), encoded and kept; NEXT is where the next window begins. */
  float *rows, *cue_scores;
  uint32_t from, to, next;
  float *met; /* [2][size] what each word's row is met by, of the cue at hand */
} work;

static uint8_t row_of(const hs_map *map, const char *label) {
  const uint32_t *row = label ? hs_map_get(map, hs_str_of(label)) : NULL;
  return row ? (uint8_t)*row : 0;
}

static bool is_one_of(hs_str form, const char *const *marks) {
  for (; *marks; marks++)
    if (hs_str_is(form, *marks)) return true;
  return false;
}

/* Where a word stands to double quotation marks: 0 outside, 1 inside, 2 it opens, 3 it closes. */
static uint8_t marks_of(hs_str form, bool *inside) {
  static const char *const open[] = {"“", "„", "‟", "«", NULL}, *const close[] = {"”", "»", NULL};
  static const char *const either[] = {"\"", "``", "''", "″", NULL};
  bool is_either = is_one_of(form, either);
  bool opens = is_one_of(form, open) || (is_either && !*inside);
  bool closes = is_one_of(form, close) || (is_either && *inside);
  uint8_t state = opens ? 2 : closes ? 3 : *inside ? 1 : 0;
  *inside = opens || (*inside && !closes);
  return state;
}

/* What is between a word and the one before it: 0 a blank, 1 nothing, 2 a sentence begins, 3 a paragraph. */
static uint8_t gap_of(const work *w, uint32_t i) {
  if (i == 0) return 3;
  size_t start = w->tokens[i - 1].span.end, end = w->tokens[i].span.start;
  if (start < end && memchr(w->text + start, '\n', end - start)) return 3;
  if (w->told[i].first) return 2;
  return start >= end;
}

/* How many of COUNT items, each with its end at ENDS, STRIDE bytes apart, end at FIRST or before. */
static size_t count_before(const uint32_t *ends, size_t stride, size_t count, uint32_t first) {
  size_t low = 0;
  while (low < count) {
    size_t middle = low + (count - low) / 2;
    if (*(const uint32_t *)(const void *)((const char *)ends + middle * stride) > first) count = middle;
    else low = middle + 1;
  }
  return low;
}

static void tell_names(work *w, const hs_analysis *analysis) {
  uint32_t first = (uint32_t)w->first, end = first + w->words;
  if (analysis->name_count == 0) return;
  size_t n = count_before(&analysis->names->end, sizeof *analysis->names, analysis->name_count, first);
  for (; n < analysis->name_count && analysis->names[n].first < end; n++) {
    const hs_name *name = &analysis->names[n];
    char label[24];
    for (uint32_t i = name->first; i < name->end; i++) {
      if (i < first || i >= end) continue;
      snprintf(label, sizeof label, "%c-%.20s", i == name->first ? 'B' : 'I', name->type);
      w->told[i - first].name = row_of(&w->finder->names, label);
    }
  }
}

static void tell_sentences(work *w, const hs_analysis *analysis) {
  uint32_t first = (uint32_t)w->first, end = first + w->words;
  size_t s = count_before(&analysis->sentences->end, sizeof *analysis->sentences, analysis->sentence_count, first);
  for (uint32_t i = first; i < end; i++) {
    bool begins = i == first;
    while (i >= analysis->sentences[s].end) s++, begins = true;
    w->sentence[i - first] = (uint32_t)s;
    w->told[i - first].first = begins;
  }
}

/* The head of WORD among the words; -1 for a root or one beyond them. */
static int head_of(const work *w, uint32_t word) {
  int head = w->tokens[word].head;
  if (head == HS_NONE || head < w->first || head >= w->first + (int)w->words) return -1;
  return head - w->first;
}

static void tell(work *w, const hs_analysis *analysis) {
  const hs_finder *f = w->finder;
  bool inside = false;
  tell_sentences(w, analysis);
  for (uint32_t i = 0; i < w->words; i++) {
    const hs_token *token = &w->tokens[i];
    w->forms[i] = (hs_str){w->text + token->span.start, token->span.end - token->span.start};
    w->told[i].xpos = row_of(&f->xpos, token->xpos);
    w->told[i].relation = row_of(&f->relations, head_of(w, i) < 0 ? "root" : token->relation);
    w->told[i].name = row_of(&f->names, "O");
    w->told[i].gap = gap_of(w, i);
    if (w->told[i].gap == 3) inside = false;
    w->told[i].marks = marks_of(w->forms[i], &inside);
  }
  tell_names(w, analysis);
}

/* ---- encoding */

/* Where the window ends that begins at FIRST: with a sentence, if one ends in its second half. */
static uint32_t window_end(const work *w, uint32_t first) {
  uint32_t most = w->finder->window;
  if (w->words - first <= most) return w->words;
  for (uint32_t end = first + most; end > first + most / 2; end--)
    if (w->told[end].first) return end;
  return first + most;
}

/* Encodes the next window, and keeps the rows of its words that stand in its middle. */
static void encode_window(work *w) {
  size_t width = hs_network_gives(w->finder->words), tags = w->finder->cue_tags.count;
  uint32_t start = w->next, end = window_end(w, start), words = end - start;
  hs_network_run(w->finder->words, w->encoding, w->forms + start, w->told + start, &words, 1);
  hs_scores scores = hs_room_scores(w->encoding, 0);
  w->next = end < w->words ? end - OVERLAP : end;
  uint32_t low = w->to, high = end < w->words ? (w->next + end) / 2 : end;
  size_t at = low - w->from, count = high - low, behind = low - start;
  memcpy(w->rows + at * width, scores.given + behind * width, count * width * sizeof(float));
  memcpy(w->cue_scores + at * tags, scores.tags[HS_TASK_CUES] + behind * tags, count * tags * sizeof(float));
  w->to = high;
}

/* Forgets the rows of the words before FROM. */
static void forget(work *w, uint32_t from) {
  size_t width = hs_network_gives(w->finder->words), tags = w->finder->cue_tags.count;
  size_t by = from - w->from, count = w->to - from;
  memmove(w->rows, w->rows + by * width, count * width * sizeof(float));
  memmove(w->cue_scores, w->cue_scores + by * tags, count * tags * sizeof(float));
  w->from = from;
}

/* ---- pairs */

/* A cue whose source and content are looked for in the words [low, high). */
typedef struct cue {
  uint32_t first, end, low, high;
  float chance;
} cue;

/* The cue's head and the words above it, nearest first. */
typedef struct ancestors {
  uint32_t word[ANCESTORS];
  size_t count;
} ancestors;

static bool is_in(const cue *c, int word) { return word >= (int)c->first && word < (int)c->end; }

static ancestors ancestors_of(const work *w, const cue *c) {
  ancestors a = {.count = 1};
  uint32_t top = c->first;
  while (top < c->end && is_in(c, head_of(w, top))) top++;
  a.word[0] = top < c->end ? top : c->first;
  for (int head; a.count < ANCESTORS && (head = head_of(w, a.word[a.count - 1])) >= 0;)
    a.word[a.count++] = (uint32_t)head;
  return a;
}

/* How WORD, of the cue's sentence, hangs from the cue: a row of the table of paths. */
static size_t path_of(const work *w, const cue *c, const ancestors *a, uint32_t word) {
  int at = (int)word, below = -1;
  if (is_in(c, at)) return PATH_CUE;
  for (int steps = 0;; steps++) {
    size_t rank = 0;
    if (!is_in(c, at))
      while (rank < a->count && a->word[rank] != (uint32_t)at) rank++;
    int head = head_of(w, (uint32_t)at);
    if (rank == a->count && head >= 0 && steps < ANCESTORS) {
      below = at;
      at = head;
      continue;
    }
    size_t relation = below < 0 ? 0 : w->told[below].relation;
    if (rank == 0) return PATH_RELATIONS + relation;
    if (rank == 1) return below < 0 ? PATH_HEAD : PATH_RELATIONS + w->finder->relation_rows + relation;
    return rank == 2 ? PATH_ABOVE : PATH_FAR;
  }
}

static size_t distance_row(const hs_finder *f, const cue *c, uint32_t word) {
  if (word < c->first) return 16u - f->bucket[c->first - word];
  return word >= c->end ? 16u + f->bucket[word - c->end + 1] : 16u;
}

static size_t apart_row(const work *w, const cue *c, uint32_t word) {
  int apart = (int)w->sentence[word] - (int)w->sentence[c->first];
  int row = APART + (apart < -APART ? -APART : apart > APART ? APART : apart);
  return (size_t)row;
}

/* The rows that the network of pairs is given of the words around C: each word's own, met by the cue's. */
static void fill_rows(const work *w, const cue *c, float *out) {
  const hs_finder *f = w->finder;
  size_t size = f->size, width = 6 * size;
  ancestors a = ancestors_of(w, c);
  const float *first = w->rows + (c->first - w->from) * width, *last = w->rows + (c->end - 1 - w->from) * width;
  float *plus = w->met, *times = w->met + size;
  for (size_t i = 0; i < size; i++) {
    plus[i] = first[2 * size + i] + last[4 * size + i];
    times[i] = first[3 * size + i] + last[5 * size + i];
  }
  for (uint32_t word = c->low; word < c->high; word++, out += size) {
    const float *own = w->rows + (word - w->from) * width;
    bool here = w->sentence[word] == w->sentence[c->first];
    size_t path = here ? path_of(w, c, &a, word) : PATH_ELSEWHERE;
    const float *added[HS_MET] = {plus, f->distance + distance_row(f, c, word) * size,
                                  f->apart + apart_row(w, c, word) * size, f->path + path * size};
    f->kernel->meet(out, own, own + size, times, added, size);
  }
}

/* The logarithm of the chance of TAG by its SCORES. */
static float log_chance(const float *scores, size_t count, size_t tag) {
  float sum = 0;
  for (size_t i = 0; i < count; i++) sum += expf(scores[i] - scores[tag]);
  return -logf(sum);
}

/* CHANCE as often as it came true where that was measured: Platt scaling (1999) of its log odds. */
static float calibrated(const hs_finder *f, int kind, float chance) {
  if (!f->calibration) return chance;
  float p = fminf(fmaxf(chance, 1e-5f), 1 - 1e-5f);
  return 1 / (1 + expf(-(f->calibration[2 * kind] * logf(p / (1 - p)) + f->calibration[2 * kind + 1])));
}

static hs_part_role role_of(const char *type) { return type[0] == 'S' ? HS_PART_SOURCE : HS_PART_CONTENT; }

/* How sure the tags are that BEST chose: a role's edges and least sure words count, so the chance is that of its least
 * sure word, times those of the words beside it. Without words of the role, that of the word most like one. */
static void weigh(work *w, const float *scores, const uint8_t *best, uint32_t words, float chance[2]) {
  const hs_name_tags *tags = &w->finder->role_tags;
  float least[2] = {0, 0};
  bool has[2] = {false, false};
  for (uint32_t i = 0; i < words; i++)
    if (tags->type[best[i]]) has[role_of(tags->type[best[i]])] = true;
  for (uint32_t i = 0; i < words; i++) {
    bool counts[2] = {!has[0], !has[1]};
    for (uint32_t k = i ? i - 1 : 0; k <= i + 1 && k < words; k++)
      if (tags->type[best[k]]) counts[role_of(tags->type[best[k]])] = true;
    if (!counts[0] && !counts[1]) continue;
    float sure = log_chance(scores + i * tags->count, tags->count, best[i]);
    for (int role = 0; role < 2; role++)
      if (counts[role] && sure < least[role]) least[role] = sure;
  }
  for (int role = 0; role < 2; role++) chance[role] = expf(least[role]);
}

static hs_finding finding_of(work *w, const cue *c, const hs_part *parts, size_t count, const float chance[2]) {
  const hs_finder *f = w->finder;
  hs_part *copy = hs_arena_alloc(w->arena, (count + 1) * sizeof *copy);
  memcpy(copy, parts, count * sizeof *copy);
  float all = c->chance * chance[HS_PART_SOURCE] * chance[HS_PART_CONTENT];
  return (hs_finding){.first = c->first + (uint32_t)w->first,
                      .end = c->end + (uint32_t)w->first,
                      .parts = copy,
                      .part_count = count,
                      .cue_chance = calibrated(f, 0, c->chance),
                      .source_chance = calibrated(f, 1, chance[HS_PART_SOURCE]),
                      .content_chance = calibrated(f, 2, chance[HS_PART_CONTENT]),
                      .chance = calibrated(f, 3, all)};
}

/* The best roles of the words around C, as parts of a finding. */
static void decide_roles(work *w, const cue *c, float *scores) {
  const hs_name_tags *tags = &w->finder->role_tags;
  uint8_t best[HS_NETWORK_WORDS];
  hs_part parts[HS_NETWORK_WORDS];
  uint32_t words = c->high - c->low, base = c->low + (uint32_t)w->first;
  size_t count = 0;
  float chance[2];
  for (uint32_t i = c->first - c->low; i < c->end - c->low; i++)
    for (size_t t = 0; t < tags->count; t++)
      if (tags->type[t]) scores[i * tags->count + t] -= 1e4f;
  hs_name_tags_best(tags, scores, words, best);
  for (uint32_t i = c->first - c->low; i < c->end - c->low; i++) best[i] = w->finder->no_role; /* whatever the scores */
  weigh(w, scores, best, words, chance);
  for (uint32_t i = 0; i < words;) {
    uint32_t first = i++;
    const char *type = tags->type[best[first]];
    if (!type) continue;
    while (i < words && hs_name_tag_continues(tags, best[i])) i++;
    parts[count++] = (hs_part){role_of(type), base + first, base + i};
  }
  hs_push(w->arena, *w->found, finding_of(w, c, parts, count, chance));
}

/* Finds source and content of COUNT cues, as many at a time as fit into a batch. */
static void find_pairs(work *w, const cue *cues, size_t count) {
  const hs_finder *f = w->finder;
  float *batch = hs_alloc(HS_NETWORK_BATCH_WORDS * f->size * sizeof *batch);
  float *scores = hs_calloc(HS_NETWORK_WORDS * f->role_tags.count, sizeof *scores);
  for (size_t at = 0; at < count;) {
    uint32_t ends[BATCH_CUES], words = 0;
    size_t n = 0;
    for (; n < BATCH_CUES && at + n < count; n++) {
      const cue *c = &cues[at + n];
      if (words + c->high - c->low > HS_NETWORK_BATCH_WORDS) break;
      fill_rows(w, c, batch + words * f->size);
      ends[n] = words += c->high - c->low;
    }
    hs_network_run_rows(f->pairs, w->pairing, batch, ends, n);
    for (size_t i = 0; i < n; i++) {
      hs_scores found = hs_room_scores(w->pairing, i);
      memcpy(scores, found.tags[HS_TASK_ROLES], found.words * f->role_tags.count * sizeof *scores);
      decide_roles(w, &cues[at + i], scores);
    }
    at += n;
  }
  free(scores);
  free(batch);
}

/* ---- cues */

/* Adds the cues of the words [first, end) of one sentence, at most HS_NAME_WORDS, to CUES. */
static size_t find_cues(const work *w, uint32_t first, uint32_t end, cue *cues, size_t count) {
  const hs_name_tags *tags = &w->finder->cue_tags;
  const float *scores = w->cue_scores + (first - w->from) * tags->count;
  uint8_t best[HS_NAME_WORDS];
  uint32_t words = end - first;
  hs_name_tags_best(tags, scores, words, best);
  for (uint32_t i = 0; i < words;) {
    uint32_t at = i++;
    if (!tags->type[best[at]]) continue;
    while (i < words && hs_name_tag_continues(tags, best[i])) i++;
    float chance = 0;
    for (uint32_t k = at; k < i; k++) chance += log_chance(scores + k * tags->count, tags->count, best[k]);
    cue c = {.first = first + at,
             .end = first + (i - at < CUE_WORDS ? i : at + CUE_WORDS),
             .chance = expf(chance / (float)(i - at))};
    c.low = c.first > REACH ? c.first - REACH : 0;
    c.high = w->words - c.end > REACH ? c.end + REACH : w->words;
    cues[count++] = c;
  }
  return count;
}

/* Where the stretch of words ends that begins at FIRST: with a sentence, unless that is longer. */
static uint32_t stretch_end(const work *w, uint32_t first) {
  if (w->words - first <= STRETCH) return w->words;
  for (uint32_t end = first + STRETCH; end > first; end--)
    if (w->told[end].first) return end;
  return first + STRETCH;
}

static void find_stretch(work *w, uint32_t first, uint32_t end) {
  uint32_t needed = w->words - end > REACH + CUE_WORDS ? end + REACH + CUE_WORDS : w->words;
  while (w->to < needed) encode_window(w);
  cue *cues = hs_calloc(end - first + 1, sizeof *cues);
  size_t count = 0;
  for (uint32_t i = first; i < end;) {
    uint32_t at = i++;
    while (i < end && !w->told[i].first && i - at < HS_NAME_WORDS) i++;
    count = find_cues(w, at, i, cues, count);
  }
  find_pairs(w, cues, count);
  free(cues);
}

void hs_find(const hs_finder *finder, const hs_analysis *analysis, uint32_t first, uint32_t end, const char *text,
             hs_finding_list *found, hs_arena *arena) {
  if (first >= end) return;
  uint32_t words = end - first;
  work w = {.finder = finder,
            .tokens = analysis->tokens + first,
            .first = (int)first,
            .words = words,
            .text = text,
            .arena = arena,
            .found = found};
  w.forms = hs_calloc(words, sizeof *w.forms);
  w.told = hs_calloc(words + 1, sizeof *w.told);
  w.sentence = hs_calloc(words, sizeof *w.sentence);
  size_t kept = words < ROWS ? words : ROWS;
  w.rows = hs_alloc(kept * hs_network_gives(finder->words) * sizeof *w.rows);
  w.met = hs_calloc(2 * finder->size, sizeof *w.met);
  w.cue_scores = hs_alloc(kept * finder->cue_tags.count * sizeof *w.cue_scores);
  w.encoding = hs_room_take(finder->words);
  w.pairing = hs_room_take(finder->pairs);
  tell(&w, analysis);
  for (uint32_t at = 0; at < words;) {
    uint32_t until = stretch_end(&w, at);
    find_stretch(&w, at, until);
    at = until;
    if (at < words) forget(&w, at > REACH ? at - REACH : 0);
  }
  hs_room_put_back(w.encoding);
  hs_room_put_back(w.pairing);
  void *all[] = {w.forms, w.told, w.sentence, w.rows, w.cue_scores, w.met};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
}
