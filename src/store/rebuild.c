/* A document put together again from its rows. */
#include "store/inside.h"

#include "annotate/document.h"
#include "base/array.h"
#include "base/error.h"
#include "base/map.h"
#include "base/utf8.h"

#include <jansson.h>
#include <string.h>

typedef hs_array(hs_span) span_array;

/* What a quotation points at. */
typedef struct parts {
  span_array sources, contents;
  hs_array(hs_via) via;
} parts;

typedef struct rebuild {
  const hs_record *record;
  hs_doc *doc;
  hs_arena *arena;
  int64_t article;
  hs_offsets offsets;
  hs_array(hs_block) blocks;
  hs_array(hs_actor) actors;
  hs_array(span_array) mentions; /* of each actor */
  hs_array(hs_quotation) quotations;
  hs_array(parts) parts; /* of each quotation */
  hs_array(hs_time) times;
  hs_map actor_places, quotation_places; /* the eight bytes of an id → its place in the array */
} rebuild;

/* ---- columns */

static const char *string(const rebuild *r, sqlite3_stmt *s, int column) {
  return hs_arena_string(r->arena, (const char *)sqlite3_column_text(s, column));
}

static hs_span span(const rebuild *r, sqlite3_stmt *s, int column) {
  uint32_t start = hs_offsets_bytes(&r->offsets, (uint32_t)sqlite3_column_int64(s, column));
  uint32_t end = hs_offsets_bytes(&r->offsets, (uint32_t)sqlite3_column_int64(s, column + 1));
  return (hs_span){start, end < start ? start : end};
}

/* The strings of a JSON array. */
static const char *const *list(const rebuild *r, sqlite3_stmt *s, int column, size_t *count) {
  hs_array(const char *) items = {0};
  json_t *array = json_loads((const char *)sqlite3_column_text(s, column), 0, NULL), *item;
  size_t i;
  json_array_foreach(array, i, item) {
    if (json_is_string(item)) hs_push(r->arena, items, hs_arena_string(r->arena, json_string_value(item)));
  }
  json_decref(array);
  *count = items.count;
  return items.items;
}

/* The id in column 0 stands at PLACE from now on. */
static void remember(rebuild *r, hs_map *map, sqlite3_stmt *s, size_t place) {
  int64_t id = sqlite3_column_int64(s, 0);
  *hs_map_put(map, r->arena, (hs_str){hs_arena_copy(r->arena, (const char *)&id, sizeof id), sizeof id}) =
      (uint32_t)place;
}

/* The place of the row whose id COLUMN holds, HS_NONE where there is none. */
static int place(const hs_map *map, sqlite3_stmt *s, int column) {
  int64_t id = sqlite3_column_int64(s, column);
  const uint32_t *found = hs_map_get(map, (hs_str){(const char *)&id, sizeof id});
  return found ? (int)*found : HS_NONE;
}

/* The place of the word in COLUMN among WORDS, 0 for one that is not there. */
static int word(const char *const *words, sqlite3_stmt *s, int column) {
  const char *text = (const char *)sqlite3_column_text(s, column);
  for (int i = 0; text && words[i]; i++)
    if (strcmp(words[i], text) == 0) return i;
  return 0;
}

/* ---- rows */

static void article_row(rebuild *r, sqlite3_stmt *s) {
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
                    .status = string(r, s, 9)};
  a->byline = list(r, s, 4, &a->byline_count);
  a->text_size = (uint32_t)sqlite3_column_bytes(s, 11);
  a->text = string(r, s, 11);
  r->offsets = hs_offsets_of(r->arena, (hs_str){a->text, a->text_size});
}

#define X(name, word) word,
static void block_row(rebuild *r, sqlite3_stmt *s) {
  static const char *const kinds[] = {HS_BLOCK_KINDS(X) NULL};
  const char *dropped = string(r, s, 1);
  hs_block block = {.kind = (hs_block_kind)word(kinds, s, 0), .kept = !dropped, .reason = dropped};
  block.text = span(r, s, 2);
  block.page = (hs_span){(uint32_t)sqlite3_column_int64(s, 4), (uint32_t)sqlite3_column_int64(s, 5)};
  hs_push(r->arena, r->blocks, block);
}

static void actor_row(rebuild *r, sqlite3_stmt *s) {
  static const char *const types[] = {HS_ACTOR_TYPES(X) NULL};
  remember(r, &r->actor_places, s, r->actors.count);
  hs_actor actor = {.type = (hs_actor_type)word(types, s, 1),
                    .name = string(r, s, 2),
                    .country = string(r, s, 4),
                    .sector = string(r, s, 5)};
  actor.roles = list(r, s, 3, &actor.role_count);
  hs_push(r->arena, r->actors, actor);
  hs_push(r->arena, r->mentions, ((span_array){0}));
}

static void mention_row(rebuild *r, sqlite3_stmt *s) {
  int i = place(&r->actor_places, s, 0);
  if (i == HS_NONE) return;
  hs_push(r->arena, r->mentions.items[i], span(r, s, 1));
  r->actors.items[i].mentions = r->mentions.items[i].items;
  r->actors.items[i].mention_count = r->mentions.items[i].count;
}

static void quotation_row(rebuild *r, sqlite3_stmt *s) {
  static const char *const types[] = {HS_QUOTATION_TYPES(X) NULL};
  remember(r, &r->quotation_places, s, r->quotations.count);
  hs_quotation quotation = {.type = (hs_quotation_type)word(types, s, 1),
                            .speaker = place(&r->actor_places, s, 2),
                            .speaker_confidence = (float)sqlite3_column_double(s, 3),
                            .confidence = (float)sqlite3_column_double(s, 4),
                            .said = {string(r, s, 5), string(r, s, 6), string(r, s, 7)}};
  hs_push(r->arena, r->quotations, quotation);
  hs_push(r->arena, r->parts, ((parts){0}));
}

static void span_row(rebuild *r, sqlite3_stmt *s) {
  int i = place(&r->quotation_places, s, 0);
  if (i == HS_NONE) return;
  const char *role = (const char *)sqlite3_column_text(s, 1);
  hs_quotation *q = &r->quotations.items[i];
  parts *p = &r->parts.items[i];
  if (strcmp(role, "cue") == 0) q->cue = span(r, s, 2);
  else if (strcmp(role, "source") == 0) hs_push(r->arena, p->sources, span(r, s, 2));
  else hs_push(r->arena, p->contents, span(r, s, 2));
  q->sources = p->sources.items, q->source_count = p->sources.count;
  q->contents = p->contents.items, q->content_count = p->contents.count;
}

static void via_row(rebuild *r, sqlite3_stmt *s) {
  int i = place(&r->quotation_places, s, 0);
  if (i == HS_NONE) return;
  parts *p = &r->parts.items[i];
  hs_push(r->arena, p->via, ((hs_via){span(r, s, 3), place(&r->actor_places, s, 1), string(r, s, 2)}));
  r->quotations.items[i].via = p->via.items;
  r->quotations.items[i].via_count = p->via.count;
}

static void time_row(rebuild *r, sqlite3_stmt *s) {
  hs_time time = {.span = span(r, s, 0),
                  .type = string(r, s, 2),
                  .when = {string(r, s, 3), string(r, s, 4), string(r, s, 5)},
                  .anchor = string(r, s, 6)};
  hs_push(r->arena, r->times, time);
}
#undef X

/* In an order in which what a row names has been read before it. */
static const struct {
  void (*row)(rebuild *r, sqlite3_stmt *s);
  const char *sql;
} TABLES[] = {
    {article_row,
     "SELECT name, url, outlet, title, byline, published, published_from, modified, language, status, model,"
     " text FROM article WHERE id = ?"},
    {block_row, "SELECT kind, dropped, start, end, page_start, page_end FROM block WHERE article = ? ORDER BY place"},
    {actor_row, "SELECT id, type, name, roles, country, sector FROM actor WHERE article = ? ORDER BY place"},
    {mention_row, "SELECT actor, start, end FROM mention WHERE article = ? ORDER BY actor, place"},
    {quotation_row, "SELECT id, type, speaker, speaker_confidence, confidence, said, said_begin, said_until"
                    " FROM quotation WHERE article = ? ORDER BY place"},
    {span_row, "SELECT quotation, role, start, end FROM span WHERE article = ? ORDER BY quotation, role, place"},
    {via_row, "SELECT quotation, actor, kind, start, end FROM via WHERE article = ? ORDER BY quotation, place"},
    {time_row, "SELECT start, end, type, value, begin, until, anchor FROM time WHERE article = ? ORDER BY place"},
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
                     "%s: article %016llx has a quotation without content: the record is broken. Read its pages into a "
                     "new one",
                     r->record->path, (unsigned long long)r->article);
  return HS_OK;
}

int hs_record_document(hs_doc **out, const hs_record *record, int64_t article, hs_error *error) {
  *out = NULL;
  hs_doc *doc = hs_doc_new();
  rebuild r = {.record = record, .doc = doc, .arena = doc->arena, .article = article};
  int code = HS_OK;
  for (size_t i = 0; !code && i < sizeof TABLES / sizeof *TABLES; i++) code = read_table(&r, i, error);
  if (!code && !doc->article.text)
    code = hs_fail(error, HS_ERROR_USAGE, 0, "%s: no article %016llx", record->path, (unsigned long long)article);
  if (!code) code = check_quotations(&r, error);
  if (code) {
    hs_doc_free(doc);
    return code;
  }
  doc->article.blocks = r.blocks.items, doc->article.block_count = r.blocks.count;
  doc->actors = r.actors.items, doc->actor_count = r.actors.count;
  doc->quotations = r.quotations.items, doc->quotation_count = r.quotations.count;
  doc->times = r.times.items, doc->time_count = r.times.count;
  *out = doc;
  return HS_OK;
}
