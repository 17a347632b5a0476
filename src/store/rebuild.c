/* A document put together again from its rows. */
#include "store/inside.h"

#include "annotate/document.h"
#include "base/array.h"
#include "base/error.h"
#include "base/utf8.h"

#include <jansson.h>
#include <string.h>

typedef struct rebuild {
  const hs_record *record;
  hs_doc *doc;
  hs_arena *arena;
  int64_t article, first_actor, first_quotation; /* keys */
  hs_offsets offsets;
  hs_array(hs_actor) actors;
  hs_array(hs_quotation) quotations;
} rebuild;

/* ---- columns */

static const char *string(const rebuild *r, sqlite3_stmt *s, int column) {
  return hs_arena_string(r->arena, (const char *)sqlite3_column_text(s, column));
}

static hs_span span_of(const rebuild *r, int64_t from, int64_t to) {
  uint32_t start = hs_offsets_bytes(&r->offsets, (uint32_t)from), end = hs_offsets_bytes(&r->offsets, (uint32_t)to);
  return (hs_span){start, end < start ? start : end};
}

static hs_span span(const rebuild *r, sqlite3_stmt *s, int column) {
  return span_of(r, sqlite3_column_int64(s, column), sqlite3_column_int64(s, column + 1));
}

/* The place among COUNT rows, the first of which has the key FIRST, of the one whose key COLUMN holds, or HS_NONE. */
static int place(int64_t first, size_t count, sqlite3_stmt *s, int column) {
  int64_t key = sqlite3_column_int64(s, column);
  return key >= first && key - first < (int64_t)count ? (int)(key - first) : HS_NONE;
}

/* The place of WORD among WORDS, 0 if it is not there. */
static int word_place(const char *const *words, const char *word) {
  for (int i = 0; word && words[i]; i++)
    if (strcmp(words[i], word) == 0) return i;
  return 0;
}

static int word(const char *const *words, sqlite3_stmt *s, int column) {
  return word_place(words, (const char *)sqlite3_column_text(s, column));
}

/* ---- JSON in columns; what is not as we write it reads as nothing */

/* NULL if it is none; to be given back with json_decref. */
static json_t *json(sqlite3_stmt *s, int column) {
  return json_loadb((const char *)sqlite3_column_text(s, column), (size_t)sqlite3_column_bytes(s, column), 0, NULL);
}

static const char *json_word(const rebuild *r, const json_t *array, size_t i) {
  return hs_arena_string(r->arena, json_string_value(json_array_get(array, i)));
}

static int64_t json_number(const json_t *array, size_t i) { return json_integer_value(json_array_get(array, i)); }

/* The numbers I and I + 1 of ARRAY. */
static hs_span json_span(const rebuild *r, const json_t *array, size_t i) {
  return span_of(r, json_number(array, i), json_number(array, i + 1));
}

static const hs_span *json_spans(const rebuild *r, const json_t *array, size_t *count) {
  *count = json_array_size(array);
  hs_span *spans = hs_arena_alloc(r->arena, (*count + 1) * sizeof *spans);
  for (size_t i = 0; i < *count; i++) spans[i] = json_span(r, json_array_get(array, i), 0);
  return spans;
}

/* The strings of a JSON array. */
static const char *const *list(const rebuild *r, sqlite3_stmt *s, int column, size_t *count) {
  json_t *array = json(s, column);
  const char **items = hs_arena_alloc(r->arena, (json_array_size(array) + 1) * sizeof *items);
  *count = 0;
  for (size_t i = 0; i < json_array_size(array); i++)
    if ((items[*count] = json_word(r, array, i))) ++*count;
  json_decref(array);
  return items;
}

/* The forms of a name, the sign of rows.c between them. */
static const char *const *names(const rebuild *r, sqlite3_stmt *s, int column, size_t *count) {
  static const char sign[] = " ‖ ";
  hs_array(const char *) items = {0};
  const char *text = (const char *)sqlite3_column_text(s, column), *next;
  for (; text; text = next) {
    next = strstr(text, sign);
    hs_push(r->arena, items, hs_arena_copy(r->arena, text, next ? (size_t)(next - text) : strlen(text)));
    if (next) next += sizeof sign - 1;
  }
  *count = items.count;
  return items.items;
}

#define X(name, word) word,
static void blocks_column(rebuild *r, sqlite3_stmt *s, int column) {
  static const char *const kinds[] = {HS_BLOCK_KINDS(X) NULL};
  json_t *array = json(s, column);
  hs_article *a = &r->doc->article;
  hs_block *blocks = hs_arena_alloc(r->arena, (json_array_size(array) + 1) * sizeof *blocks);
  a->blocks = blocks, a->block_count = json_array_size(array);
  for (size_t i = 0; i < a->block_count; i++) {
    const json_t *block = json_array_get(array, i);
    const char *dropped = json_word(r, block, 1);
    blocks[i] = (hs_block){.kind = (hs_block_kind)word_place(kinds, json_string_value(json_array_get(block, 0))),
                           .kept = !dropped,
                           .reason = dropped,
                           .text = json_span(r, block, 2),
                           .page = {(uint32_t)json_number(block, 4), (uint32_t)json_number(block, 5)},
                           .time = json_word(r, block, 6)};
  }
  json_decref(array);
}

static void times_column(rebuild *r, sqlite3_stmt *s, int column) {
  json_t *array = json(s, column);
  r->doc->time_count = json_array_size(array);
  r->doc->times = hs_arena_alloc(r->arena, (r->doc->time_count + 1) * sizeof *r->doc->times);
  for (size_t i = 0; i < r->doc->time_count; i++) {
    const json_t *time = json_array_get(array, i);
    const char *type = json_word(r, time, 2);
    r->doc->times[i] = (hs_time){.span = json_span(r, time, 0),
                                 .type = type ? type : "",
                                 .when = {json_word(r, time, 3), json_word(r, time, 4), json_word(r, time, 5)},
                                 .anchor = json_word(r, time, 6)};
  }
  json_decref(array);
}

static void spans_column(rebuild *r, hs_quotation *q, sqlite3_stmt *s, int column) {
  json_t *roles = json(s, column);
  size_t cues;
  const hs_span *cue = json_spans(r, json_object_get(roles, "cue"), &cues);
  if (cues) q->cue = cue[0];
  q->sources = json_spans(r, json_object_get(roles, "source"), &q->source_count);
  q->contents = json_spans(r, json_object_get(roles, "content"), &q->content_count);
  json_decref(roles);
}

/* ---- rows */

static void article_row(rebuild *r, sqlite3_stmt *s) {
  static const char *const kinds[] = {HS_PAGE_KINDS(X) NULL};
  hs_article *a = &r->doc->article;
  r->doc->model = string(r, s, 10);
  *a = (hs_article){.id = string(r, s, 0),
                    .url = string(r, s, 1),
                    .outlet = string(r, s, 2),
                    .title = string(r, s, 3),
                    .published = string(r, s, 5),
                    .published_from = string(r, s, 6),
                    .modified = string(r, s, 7),
                    .language = string(r, s, 8),
                    .status = string(r, s, 9),
                    .kind = (hs_page_kind)word(kinds, s, 14),
                    .kind_confidence = (float)sqlite3_column_double(s, 15),
                    .language_from = string(r, s, 16),
                    .language_confidence = (float)sqlite3_column_double(s, 17)};
  a->byline = list(r, s, 4, &a->byline_count);
  a->text_size = (uint32_t)sqlite3_column_bytes(s, 11);
  a->text = string(r, s, 11);
  r->offsets = hs_offsets_of(r->arena, (hs_str){a->text, a->text_size});
  blocks_column(r, s, 12);
  times_column(r, s, 13);
}

static void actor_row(rebuild *r, sqlite3_stmt *s) {
  static const char *const types[] = {HS_ACTOR_TYPES(X) NULL};
  if (r->actors.count == 0) r->first_actor = sqlite3_column_int64(s, 0);
  hs_actor actor = {.type = (hs_actor_type)word(types, s, 1),
                    .name = string(r, s, 2),
                    .country = string(r, s, 4),
                    .sector = string(r, s, 5),
                    .institution = string(r, s, 8),
                    .number = sqlite3_column_int(s, 9),
                    .closeness = string(r, s, 10),
                    .anonymity = string(r, s, 11)};
  actor.names = names(r, s, 7, &actor.name_count);
  actor.roles = list(r, s, 3, &actor.role_count);
  json_t *mentions = json(s, 6);
  actor.mentions = json_spans(r, mentions, &actor.mention_count);
  json_decref(mentions);
  hs_push(r->arena, r->actors, actor);
}

static void quotation_row(rebuild *r, sqlite3_stmt *s) {
  static const char *const types[] = {HS_QUOTATION_TYPES(X) NULL}, *const forces[] = {HS_FORCES(X) NULL},
                           *const polarities[] = {HS_POLARITIES(X) NULL};
  if (r->quotations.count == 0) r->first_quotation = sqlite3_column_int64(s, 0);
  hs_quotation quotation = {.type = (hs_quotation_type)word(types, s, 1),
                            .speaker = place(r->first_actor, r->actors.count, s, 2),
                            .speaker_confidence = (float)sqlite3_column_double(s, 3),
                            .confidence = (float)sqlite3_column_double(s, 4),
                            .said = {string(r, s, 5), string(r, s, 6), string(r, s, 7)},
                            .speaks_for = place(r->first_actor, r->actors.count, s, 9),
                            .force = (hs_force)word(forces, s, 10),
                            .polarity = (hs_polarity)word(polarities, s, 11),
                            .inside = place(r->first_quotation, r->quotations.count, s, 12),
                            .cue_confidence = (float)sqlite3_column_double(s, 13),
                            .source_confidence = (float)sqlite3_column_double(s, 14),
                            .content_confidence = (float)sqlite3_column_double(s, 15)};
  spans_column(r, &quotation, s, 8);
  hs_push(r->arena, r->quotations, quotation);
}
#undef X

static void via_row(rebuild *r, sqlite3_stmt *s) {
  int i = place(r->first_quotation, r->quotations.count, s, 0);
  if (i == HS_NONE) return;
  hs_quotation *q = &r->quotations.items[i];
  hs_array(hs_via) via = {(hs_via *)q->via, q->via_count, q->via_count};
  hs_push(r->arena, via, ((hs_via){span(r, s, 3), place(r->first_actor, r->actors.count, s, 1), string(r, s, 2)}));
  q->via = via.items, q->via_count = via.count;
}

/* In an order in which what a row names has been read before it. */
static const struct {
  void (*row)(rebuild *r, sqlite3_stmt *s);
  const char *sql;
} TABLES[] = {
    {article_row,
     "SELECT name, url, outlet, title, byline, published, published_from, modified, language, status, model,"
     " text, blocks, times, kind, kind_confidence, language_from, language_confidence FROM article WHERE key = ?"},
    {actor_row, "SELECT key, type, name, roles, country, sector, mentions, names, institution, number, closeness,"
                " anonymity FROM actor WHERE article = ? ORDER BY key"},
    {quotation_row, "SELECT key, type, speaker, speaker_confidence, confidence, said, said_begin, said_until, spans,"
                    " speaks_for, force, polarity, inside, cue_confidence, source_confidence, content_confidence"
                    " FROM quotation WHERE article = ? ORDER BY key"},
    {via_row, "SELECT quotation, actor, kind, start, end FROM via WHERE article = ? ORDER BY quotation, place"},
};

/* Gives 0 or HS_ERROR_RECORD. */
static int read_table(rebuild *r, size_t table, hs_error *error) {
  sqlite3_stmt *s;
  int code = hs_record_prepare(r->record, &s, TABLES[table].sql, error);
  if (code) return code;
  sqlite3_bind_int64(s, 1, r->article);
  while (sqlite3_step(s) == SQLITE_ROW) TABLES[table].row(r, s);
  return sqlite3_finalize(s) ? hs_record_fail(r->record, error) : HS_OK;
}

/* Every quotation has content, as include/hearsay.h promises, unless other hands than ours changed the record. */
static int check_quotations(const rebuild *r, hs_error *error) {
  for (size_t i = 0; i < r->quotations.count; i++)
    if (r->quotations.items[i].content_count == 0)
      return hs_fail(error, HS_ERROR_RECORD, 0,
                     "%s: article \"%s\" has a quotation without content: the record is broken. Read its pages into a "
                     "new one",
                     r->record->path, r->doc->article.id);
  return HS_OK;
}

int hs_record_document(hs_doc **out, const hs_record *record, int64_t article, hs_error *error) {
  *out = NULL;
  hs_doc *doc = hs_doc_new();
  rebuild r = {.record = record, .doc = doc, .arena = doc->arena, .article = article};
  int code = HS_OK;
  for (size_t i = 0; !code && i < sizeof TABLES / sizeof *TABLES; i++) code = read_table(&r, i, error);
  if (!code && !doc->article.text)
    code = hs_fail(error, HS_ERROR_USAGE, 0, "%s: no article has the key %lld", record->path, (long long)article);
  if (!code) code = check_quotations(&r, error);
  if (code) {
    hs_doc_free(doc);
    return code;
  }
  doc->actors = r.actors.items, doc->actor_count = r.actors.count;
  doc->quotations = r.quotations.items, doc->quotation_count = r.quotations.count;
  *out = doc;
  return HS_OK;
}
