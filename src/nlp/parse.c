#include "nlp/parse.h"

#include "base/array.h"
#include "base/error.h"
#include "base/map.h"
#include "base/table.h"
#include "nlp/character.h"
#include "nlp/lemma.h"
#include "nlp/names.h"
#include "nlp/network.h"
#include "nlp/tree.h"

#include <stdlib.h>
#include <string.h>

_Static_assert((int)HS_NETWORK_WORDS <= (int)HS_TREE_WORDS && (int)HS_NETWORK_WORDS <= (int)HS_NAME_WORDS,
               "what decides has room for the network's sentences");

struct hs_parser {
  hs_weights *weights;
  hs_network *network;
  hs_lemmas *lemmas;
  const char *const *labels[HS_TASK_COUNT];
  size_t label_count[HS_TASK_COUNT];
  hs_name_tags name_tags;
  hs_arena *arena;
  hs_map company_forms; /* of data/companyforms.tsv */
};

static int read_parts(hs_parser *p, hs_error *error) {
  int code = hs_network_new(&p->network, p->weights, "network", HS_TASKS_OF_PARSE, NULL, error);
  if (!code) code = hs_lemmas_new(&p->lemmas, hs_weights_text(p->weights, "lemmas"), error);
  if (code) return code;
  for (hs_task t = 0; t < HS_TASK_COUNT; t++) p->labels[t] = hs_network_labels(p->network, t, &p->label_count[t]);
  return hs_name_tags_read(&p->name_tags, p->labels[HS_TASK_NAMES], p->label_count[HS_TASK_NAMES], error);
}

int hs_parser_open(hs_parser **out, const char *path, hs_error *error) {
  *out = NULL;
  hs_parser *parser = hs_calloc(1, sizeof *parser);
  parser->arena = hs_arena_new();
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(hs_table_named("companyforms"), &at, &row);)
    hs_map_put(&parser->company_forms, parser->arena, row.column[0]);
  hs_error why;
  int code = hs_weights_open(&parser->weights, path, error);
  if (!code && (code = read_parts(parser, &why))) hs_fail(error, code, 0, "%s: %s", path, why.message);
  if (code) {
    hs_parser_free(parser);
    return code;
  }
  *out = parser;
  return HS_OK;
}

void hs_parser_free(hs_parser *parser) {
  if (!parser) return;
  hs_arena_free(parser->arena);
  hs_lemmas_free(parser->lemmas);
  hs_network_free(parser->network);
  hs_weights_free(parser->weights);
  free(parser);
}

const hs_weights *hs_parser_weights(const hs_parser *parser) { return parser->weights; }
const hs_network *hs_parser_network(const hs_parser *parser) { return parser->network; }

/* A sentence, or a part of one that is too long. */
typedef struct stretch {
  uint32_t first, end; /* tokens */
  bool later;          /* not the first of its sentence */
} stretch;

typedef struct work {
  const hs_parser *parser;
  hs_room *room;
  const hs_str *forms;
  hs_token *tokens;
  hs_name_list *names;
  hs_array(hs_name_votes) votes; /* of each of them */
  hs_arena *arena;
  stretch batch[HS_NETWORK_BATCH_WORDS];
  size_t batch_size, batch_words;
  int top; /* the root of the sentence at hand */
} work;

/* The first of the highest: by the value in four chains, which wait for one another no more, then where it stands. */
static size_t highest(const float *scores, size_t count) {
  float top[4] = {scores[0], scores[0], scores[0], scores[0]};
  size_t i = 0;
  for (; i + 4 <= count; i += 4)
    for (size_t k = 0; k < 4; k++) top[k] = scores[i + k] > top[k] ? scores[i + k] : top[k];
  for (; i < count; i++) top[0] = scores[i] > top[0] ? scores[i] : top[0];
  float most = top[0];
  for (size_t k = 1; k < 4; k++) most = top[k] > most ? top[k] : most;
  for (i = 0; scores[i] < most;) i++;
  return i;
}

static const char *best_label(const work *w, const hs_scores *scores, hs_task task, size_t word) {
  size_t count = w->parser->label_count[task];
  return w->parser->labels[task][highest(scores->tags[task] + word * count, count)];
}

static void decide_tags(work *w, const hs_scores *scores, const stretch *s) {
  for (size_t i = 0; i < scores->words; i++) {
    hs_token *token = &w->tokens[s->first + i];
    token->upos = best_label(w, scores, HS_TASK_UPOS, i);
    token->xpos = best_label(w, scores, HS_TASK_XPOS, i);
    token->feats = best_label(w, scores, HS_TASK_FEATS, i);
    token->lemma = hs_lemma(w->parser->lemmas, w->forms[s->first + i], token->xpos, w->arena);
  }
}

/* The tree; that of a later stretch hangs from the first one's root. */
static void decide_tree(work *w, const hs_scores *scores, const stretch *s, size_t sentence) {
  uint32_t heads[HS_NETWORK_WORDS];
  uint8_t relations[HS_NETWORK_WORDS];
  hs_tree(scores->arcs, scores->words, heads);
  hs_network_relate(w->parser->network, w->room, sentence, heads, relations);
  for (size_t i = 0; i < scores->words; i++) {
    hs_token *token = &w->tokens[s->first + i];
    token->head = (int)(s->first + heads[i]) - 1;
    token->relation = w->parser->labels[HS_TASK_RELATIONS][relations[i]];
    if (heads[i] > 0) continue;
    if (!s->later) w->top = (int)(s->first + i);
    token->head = s->later ? w->top : HS_NONE;
    if (s->later) token->relation = "parataxis";
  }
}

static bool is_company_form(const work *w, hs_str form) {
  char small[16];
  if (form.size > sizeof small || !hs_is_capital(form.data[0])) return false;
  for (size_t i = 0; i < form.size; i++) small[i] = hs_small(form.data[i]);
  return hs_map_get(&w->parser->company_forms, (hs_str){small, form.size}) != NULL;
}

/* No name, whatever the network thinks: an e-mail address or a link. */
static bool is_address(hs_str form) {
  const char *sign = memchr(form.data, '@', form.size);
  if (sign) return memchr(sign, '.', form.size - (size_t)(sign - form.data)) != NULL;
  return hs_str_starts(form, "http") || hs_str_starts(form, "www.");
}

/* The word behind the name that ends before word END of the stretch, once a company's form of law is part of it. */
static uint32_t behind_company_form(const work *w, const stretch *s, uint32_t end, uint32_t words) {
  uint32_t form = end + (end < words && hs_str_is(w->forms[s->first + end], ","));
  return form < words && is_company_form(w, w->forms[s->first + form]) ? form + 1 : end;
}

static void decide_names(work *w, const hs_scores *scores, const stretch *s) {
  const hs_name_tags *tags = &w->parser->name_tags;
  uint8_t best[HS_NETWORK_WORDS];
  if (tags->count == 0) return;
  hs_name_tags_best(tags, scores->tags[HS_TASK_NAMES], scores->words, best);
  for (uint32_t i = 0; i < scores->words;) {
    uint32_t first = i++;
    if (!tags->type[best[first]] || is_address(w->forms[s->first + first])) continue;
    while (i < scores->words && hs_name_tag_continues(tags, best[i])) i++;
    if (strcmp(tags->type[best[first]], "ORG") == 0) i = behind_company_form(w, s, i, (uint32_t)scores->words);
    hs_span span = {w->tokens[s->first + first].span.start, w->tokens[s->first + i - 1].span.end};
    hs_push(w->arena, *w->names, ((hs_name){span, s->first + first, s->first + i, tags->type[best[first]]}));
    const float *its_scores = scores->tags[HS_TASK_NAMES] + first * tags->count;
    hs_push(w->arena, w->votes, hs_name_vote(tags, its_scores, i - first));
  }
}

static void run_batch(work *w) {
  uint32_t ends[HS_NETWORK_BATCH_WORDS];
  if (w->batch_size == 0) return;
  for (size_t i = 0; i < w->batch_size; i++) ends[i] = w->batch[i].end - w->batch[0].first;
  hs_network_run(w->parser->network, w->room, w->forms + w->batch[0].first, NULL, ends, w->batch_size);
  for (size_t i = 0; i < w->batch_size; i++) {
    hs_scores scores = hs_room_scores(w->room, i);
    decide_tags(w, &scores, &w->batch[i]);
    decide_tree(w, &scores, &w->batch[i], i);
    decide_names(w, &scores, &w->batch[i]);
  }
  w->batch_size = w->batch_words = 0;
}

static void add_stretch(work *w, stretch s) {
  if (w->batch_words + (s.end - s.first) > HS_NETWORK_BATCH_WORDS) run_batch(w);
  w->batch[w->batch_size++] = s;
  w->batch_words += s.end - s.first;
}

/* Is it good to cut a long sentence behind FORM? */
static bool parts(hs_str form) {
  hs_character_kind kind = (hs_character_kind)hs_character_at(form, 0).kind;
  return kind == HS_CHARACTER_PUNCTUATION || kind == HS_CHARACTER_STOP || kind == HS_CHARACTER_CLOSE;
}

/* Where the stretch ends that begins at FIRST. */
static uint32_t stretch_end(const hs_str *forms, uint32_t first, uint32_t end) {
  enum { NEAR = HS_NETWORK_WORDS / 4 };
  if (end - first <= HS_NETWORK_WORDS) return end;
  uint32_t most = first + HS_NETWORK_WORDS, at = most;
  while (at > most - NEAR && !parts(forms[at - 1])) at--;
  return at > most - NEAR ? at : most;
}

void hs_parse(const hs_parser *parser, const hs_str *forms, hs_token *tokens, const hs_sentence *sentences,
              size_t sentence_count, hs_name_list *names, hs_arena *arena) {
  work w = {.parser = parser, .forms = forms, .tokens = tokens, .names = names, .arena = arena};
  w.room = hs_room_take(parser->network);
  for (size_t i = 0; i < sentence_count; i++) {
    uint32_t at = sentences[i].first;
    while (at < sentences[i].end) {
      uint32_t end = stretch_end(forms, at, sentences[i].end);
      add_stretch(&w, (stretch){at, end, at > sentences[i].first});
      at = end;
    }
  }
  run_batch(&w);
  hs_name *found = w.votes.count ? names->items + names->count - w.votes.count : NULL;
  hs_names_agree(&parser->name_tags, found, w.votes.items, w.votes.count, forms);
  hs_room_put_back(w.room);
}
