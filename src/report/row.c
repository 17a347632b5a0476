/* One row of the record, found by the beginning of its id, with the places that bear it out. */
#include "report/row.h"

#include "annotate/document.h"
#include "base/error.h"
#include "base/hash.h"
#include "extract/extract.h"
#include "extract/origin.h"
#include "report/query.h"
#include "report/send.h"
#include "store/record.h"

#include <stdlib.h>

typedef struct found {
  hs_row_kind_shown kind;
  int64_t id, article, key; /* the article's id and key */
  int index;
} found;

const char *hs_shown_word(hs_row_kind_shown kind) {
  static const char *const words[] = {"article", "quotation", "actor"};
  return words[kind];
}

/* Gives SQLite's code and in *COUNT 0, 1 or 2 for more than one. */
static int find_row(found *out, int *count, sqlite3 *db, int64_t from, int64_t to) {
  /* What belongs to an article has an id that begins as the article's does. */
  static const char sql[] =
      "WITH near AS (SELECT key, id FROM page WHERE id BETWEEN ?1 >> ?3 << ?3 AND ?2 | ((1 << ?3) - 1))"
      " SELECT 0, id, id, key, 0 FROM near WHERE id BETWEEN ?1 AND ?2"
      " UNION ALL SELECT 1, q.id, near.id, near.key, q.place FROM near JOIN quotation AS q ON q.article = near.key"
      " WHERE q.id BETWEEN ?1 AND ?2"
      " UNION ALL SELECT 2, a.id, near.id, near.key, a.place FROM near JOIN actor AS a ON a.article = near.key"
      " WHERE a.id BETWEEN ?1 AND ?2 LIMIT 2";
  sqlite3_stmt *row;
  int code = hs_query_key(&row, db, sql, from);
  if (!code) code = sqlite3_bind_int64(row, 2, to);
  if (!code) code = sqlite3_bind_int(row, 3, HS_OWN_BITS);
  for (*count = 0; hs_query_next(row, &code); ++*count)
    *out = (found){(hs_row_kind_shown)sqlite3_column_int(row, 0), sqlite3_column_int64(row, 1),
                   sqlite3_column_int64(row, 2), sqlite3_column_int64(row, 3), sqlite3_column_int(row, 4)};
  sqlite3_finalize(row);
  return code;
}

static int find_quotations(hs_shown *shown, sqlite3 *db, int64_t article) {
  sqlite3_stmt *row;
  size_t count = 0;
  int code = hs_query_key(&row, db, "SELECT id FROM quotation WHERE article = ?1 ORDER BY key", article);
  shown->quotations = hs_arena_alloc(shown->arena, (shown->doc->quotation_count + 1) * sizeof *shown->quotations);
  while (hs_query_next(row, &code))
    if (count < shown->doc->quotation_count) shown->quotations[count++] = sqlite3_column_int64(row, 0);
  sqlite3_finalize(row);
  return code;
}

/* The part of SPAN that stands in each kept block. */
static void add_evidence(hs_shown *shown, hs_span span) {
  const hs_article *article = &shown->doc->article;
  for (size_t i = 0; i < article->block_count; i++) {
    const hs_block *block = &article->blocks[i];
    uint32_t start = span.start > block->text.start ? span.start : block->text.start;
    uint32_t end = span.end < block->text.end ? span.end : block->text.end;
    if (!block->kept || start >= end) continue;
    hs_push(shown->arena, shown->evidence, ((hs_evidence){block, {start, end}, block->page, {0}}));
  }
}

static void stretch(hs_span *whole, hs_span part) {
  if (part.start == part.end) return;
  if (part.start < whole->start) whole->start = part.start;
  if (part.end > whole->end) whole->end = part.end;
}

/* From the first to the last of a quotation's spans. */
static hs_span extent(const hs_quotation *quotation) {
  hs_span whole = quotation->contents[0];
  for (size_t i = 0; i < quotation->content_count; i++) stretch(&whole, quotation->contents[i]);
  for (size_t i = 0; i < quotation->source_count; i++) stretch(&whole, quotation->sources[i]);
  stretch(&whole, quotation->cue);
  return whole;
}

static void gather_evidence(hs_shown *shown) {
  const hs_doc *doc = shown->doc;
  if (shown->kind == HS_SHOWN_QUOTATION) add_evidence(shown, extent(&doc->quotations[shown->index]));
  if (shown->kind == HS_SHOWN_ACTOR) {
    const hs_actor *actor = &doc->actors[shown->index];
    for (size_t i = 0; i < actor->mention_count && i < HS_SHOWN_EVIDENCE; i++) add_evidence(shown, actor->mentions[i]);
  }
  for (size_t i = 0; i < doc->quotation_count && shown->kind != HS_SHOWN_QUOTATION; i++)
    if (shown->kind == HS_SHOWN_ARTICLE || doc->quotations[i].speaker == shown->index)
      hs_push(shown->arena, shown->spoken, (int)i);
}

/* The block of the page, extracted again, that is BLOCK; NULL if there is none, since another version made it. */
static const hs_block *same_block(const hs_article *again, const hs_block *block, hs_str text) {
  for (size_t i = 0; i < again->block_count; i++) {
    const hs_block *b = &again->blocks[i];
    if (b->page.start == block->page.start && b->page.end == block->page.end &&
        hs_str_equal(hs_str_at(again->words, b->words), text))
      return b;
  }
  return NULL;
}

/* The very bytes of the page behind each piece of evidence: extraction tells them again, the record does not keep
 * them. */
static int find_bytes(hs_shown *shown, const hs_record *record, int64_t key, hs_error *error) {
  const char *text = shown->doc->article.text;
  hs_page page;
  hs_article again;
  int code = hs_record_page(&page, shown->arena, record, key, error);
  if (code) return code;
  hs_extractor *extractor = hs_extractor_new();
  bool extracted = hs_extract(&again, extractor, &page, shown->arena, NULL) == HS_OK;
  for (size_t i = 0; i < shown->evidence.count && extracted; i++) {
    hs_evidence *e = &shown->evidence.items[i];
    const hs_block *block = same_block(&again, e->block, hs_str_at(text, e->block->text));
    if (!block) continue;
    uint32_t from = block->words.start + (e->span.start - e->block->text.start);
    e->page = hs_origin_of_words(&again, (hs_span){from, from + (e->span.end - e->span.start)});
    hs_str bytes = hs_str_at(page.data, e->page);
    if (hs_utf8_valid(bytes) == bytes.size) e->bytes = bytes;
  }
  hs_extractor_free(extractor);
  return HS_OK;
}

static int gather_judgements(hs_shown *shown, const hs_record *record, const found *row, hs_error *error) {
  hs_offsets text = hs_offsets_of(shown->arena, (hs_str){shown->doc->article.text, shown->doc->article.text_size});
  hs_judgements all;
  int code = hs_judgements_read(&all, record, row->key, &text, shown->arena, error);
  for (size_t i = 0; !code && i < all.count; i++)
    if (all.items[i].quotation == row->id && all.items[i].field < HS_JUDGED_FIELD_COUNT)
      hs_push(shown->arena, shown->judgements, all.items[i]);
  return code;
}

static int find_provenance(hs_shown *shown, sqlite3 *db, int64_t key) {
  static const char sql[] =
      "SELECT captured, archive, record, offset,"
      " (SELECT count(*) FROM page AS p WHERE p.url = page.url AND (p.captured, p.key) <= (page.captured, page.key)),"
      " (SELECT count(*) FROM page AS p WHERE p.url = page.url AND p.captured IS NOT NULL) FROM page WHERE key = ?1";
  sqlite3_stmt *row;
  int code = hs_query_key(&row, db, sql, key);
  if (hs_query_next(row, &code)) {
    const char *texts[3];
    for (int i = 0; i < 3; i++) texts[i] = hs_arena_string(shown->arena, (const char *)sqlite3_column_text(row, i));
    shown->from = (hs_provenance){texts[0],
                                  texts[1],
                                  texts[2],
                                  sqlite3_column_int64(row, 3),
                                  sqlite3_column_int(row, 4),
                                  sqlite3_column_int(row, 5)};
  }
  sqlite3_finalize(row);
  return code;
}

static int gather(hs_shown *shown, const hs_record *record, const found *row, hs_error *error) {
  shown->kind = row->kind;
  shown->index = row->index;
  hs_id_write(shown->id, row->id);
  hs_id_write(shown->article, row->article);
  int code = hs_record_document(&shown->doc, record, row->key, error);
  if (code) return code;
  if (find_quotations(shown, hs_record_database(record), row->key) ||
      find_provenance(shown, hs_record_database(record), row->key))
    return hs_record_fail(record, error);
  size_t count = row->kind == HS_SHOWN_QUOTATION ? shown->doc->quotation_count : shown->doc->actor_count;
  if (row->kind != HS_SHOWN_ARTICLE && (row->index < 0 || (size_t)row->index >= count))
    return hs_fail(error, HS_ERROR_RECORD, 0, "%s: the record has the row but not its evidence: it is broken",
                   shown->id);
  gather_evidence(shown);
  code = shown->kind == HS_SHOWN_QUOTATION ? gather_judgements(shown, record, row, error) : HS_OK;
  if (code) return code;
  return shown->evidence.count ? find_bytes(shown, record, row->key, error) : HS_OK;
}

/* The one row whose id begins with ID. */
static int locate(found *row, const hs_record *record, const char *id, hs_error *error) {
  int64_t from, to;
  int count;
  if (!hs_id_range(&from, &to, id))
    return hs_fail(error, HS_ERROR_USAGE, 0,
                   "\"%.40s\" is no id: give 4 to 16 hexadecimal digits, the first of them 0 to 7", id);
  if (find_row(row, &count, hs_record_database(record), from, to)) return hs_record_fail(record, error);
  if (count == 0) return hs_fail(error, HS_ERROR_USAGE, 0, "the record has no row whose id begins with %s", id);
  if (count > 1) return hs_fail(error, HS_ERROR_USAGE, 0, "more than one id begins with %s: give more digits", id);
  return HS_OK;
}

int hs_row_article(int64_t *key, const hs_record *record, const char *id, hs_error *error) {
  found row = {0};
  int code = locate(&row, record, id, error);
  *key = row.key;
  return code;
}

int hs_report_row(const hs_record *record, const char *id, const hs_style *style, hs_write *write, void *arg,
                  hs_error *error) {
  found row = {0};
  int code = locate(&row, record, id, error);
  if (code) return code;
  hs_shown shown = {.arena = hs_arena_new()};
  hs_buffer out = {0};
  code = gather(&shown, record, &row, error);
  if (!code) {
    if (style->format == HS_JSON) hs_shown_json(&out, &shown);
    else hs_shown_text(&out, &shown, style);
    code = hs_send(&out, write, arg, error);
  }
  hs_doc_free(shown.doc);
  hs_arena_free(shown.arena);
  return code;
}

int hs_report_page(const hs_record *record, const char *id, hs_write *write, void *arg, hs_error *error) {
  found row = {0};
  hs_page page;
  int code = locate(&row, record, id, error);
  if (code) return code;
  hs_arena *arena = hs_arena_new();
  code = hs_record_page(&page, arena, record, row.key, error);
  if (!code && page.size && write(arg, page.data, page.size)) code = hs_fail(error, HS_ERROR_STOPPED, 0, "stopped");
  hs_arena_free(arena);
  return code;
}
