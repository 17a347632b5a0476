#include "report/judged.h"

#include "annotate/document.h"
#include "base/hash.h"
#include "report/query.h"
#include "report/send.h"

#include <stdlib.h>

/* A quotation as it should be. */
typedef struct quote {
  int64_t id;
  bool judged, rejected;
  hs_places places[HS_ROLE_COUNT];
} quote;

typedef struct judged {
  hs_arena *arena;
  hs_doc *doc;
  hs_offsets text;
  hs_judgements judgements;
  hs_array(quote) quotes;
} judged;

/* ---- what there is */

static void take_quotation(judged *j, int64_t id, const hs_quotation *q) {
  quote taken = {.id = id};
  hs_places_of_quotation(taken.places, j->arena, q);
  hs_push(j->arena, j->quotes, taken);
}

static int take_quotations(judged *j, const hs_record *record, int64_t article, hs_error *error) {
  sqlite3_stmt *s;
  static const char sql[] = "SELECT id FROM quotation WHERE article = ?1 ORDER BY key";
  int code = hs_query_key(&s, hs_record_database(record), sql, article);
  for (size_t i = 0; hs_query_next(s, &code); i++)
    if (i < j->doc->quotation_count) take_quotation(j, sqlite3_column_int64(s, 0), &j->doc->quotations[i]);
  sqlite3_finalize(s);
  return code ? hs_record_fail(record, error) : HS_OK;
}

static int open_article(judged *j, const hs_record *record, int64_t article, hs_error *error) {
  j->arena = hs_arena_new();
  int code = hs_record_document(&j->doc, record, article, error);
  if (code) return code;
  j->text = hs_offsets_of(j->arena, (hs_str){j->doc->article.text, j->doc->article.text_size});
  return hs_judgements_read(&j->judgements, record, article, &j->text, j->arena, error);
}

static void close_article(judged *j) {
  hs_doc_free(j->doc);
  hs_arena_free(j->arena);
}

/* ---- as it should be */

static quote *quote_of(judged *j, const hs_judgement *judgement) {
  for (size_t i = 0; i < j->quotes.count; i++)
    if (j->quotes.items[i].id == judgement->quotation) return &j->quotes.items[i];
  /* The record has it no more, or never had it: it is as it was when it was judged. */
  quote made = {.id = judgement->quotation};
  memcpy(made.places, judgement->before, sizeof made.places);
  hs_push(j->arena, j->quotes, made);
  return &j->quotes.items[j->quotes.count - 1];
}

static void apply(judged *j) {
  for (size_t i = 0; i < j->judgements.count; i++) {
    const hs_judgement *judgement = &j->judgements.items[i];
    quote *q = quote_of(j, judgement);
    q->judged = true;
    if (judgement->field == HS_JUDGED_QUOTATION) q->rejected = hs_judged_wrong(judgement);
    else if (judgement->field <= HS_JUDGED_CONTENT) q->places[judgement->field - HS_JUDGED_SOURCE] = judgement->places;
  }
}

static bool overlap(const hs_places *a, const hs_places *b) {
  for (size_t i = 0; i < a->count; i++)
    for (size_t k = 0; k < b->count; k++)
      if (a->items[i].start < b->items[k].end && b->items[k].start < a->items[i].end) return true;
  return false;
}

/* Is Q the machine's second thought on a cue of which a person judged already? */
static bool is_settled(const judged *j, const quote *q) {
  for (size_t i = 0; i < j->quotes.count && !q->judged; i++)
    if (j->quotes.items[i].judged && overlap(&j->quotes.items[i].places[HS_ROLE_CUE], &q->places[HS_ROLE_CUE]))
      return true;
  return false;
}

static int quote_order(const void *left, const void *right) {
  const hs_places *a = &((const quote *)left)->places[HS_ROLE_CONTENT];
  const hs_places *b = &((const quote *)right)->places[HS_ROLE_CONTENT];
  uint32_t x = a->count ? a->items[0].start : 0, y = b->count ? b->items[0].start : 0;
  return (x > y) - (x < y);
}

static void write_gold(hs_doc_writer *w, judged *j) {
  const hs_article *a = &j->doc->article;
  char day[11] = "";
  if (a->published) strncat(day, a->published, sizeof day - 1);
  hs_json_open(&w->json, '{');
  hs_doc_write_field(w, "id", a->id);
  hs_doc_write_field(w, "publisher", a->outlet);
  hs_doc_write_field(w, "published", a->published ? day : NULL);
  hs_doc_write_field(w, "title", a->title);
  hs_json_key(&w->json, "text");
  hs_json_str(&w->json, (hs_str){a->text, a->text_size});
  hs_json_key(&w->json, "quotes");
  hs_json_open(&w->json, '[');
  for (size_t i = 0; i < j->quotes.count; i++) {
    const quote *q = &j->quotes.items[i];
    if (q->rejected || is_settled(j, q) || q->places[HS_ROLE_CONTENT].count == 0) continue;
    static const char *const keys[] = {
        [HS_ROLE_SOURCE] = "sources", [HS_ROLE_CUE] = "cue", [HS_ROLE_CONTENT] = "contents"};
    static const hs_judged_role order[] = {HS_ROLE_CUE, HS_ROLE_SOURCE, HS_ROLE_CONTENT};
    hs_json_open(&w->json, '{');
    for (size_t k = 0; k < HS_ROLE_COUNT; k++)
      hs_doc_write_spans(w, keys[order[k]], q->places[order[k]].items, q->places[order[k]].count);
    hs_json_close(&w->json, '}');
  }
  hs_json_close(&w->json, ']');
  hs_json_close(&w->json, '}');
  hs_buffer_char(&w->json, '\n');
}

int hs_judged_gold(const hs_record *record, int64_t article, hs_write *write, void *arg, hs_error *error) {
  judged j = {0};
  int code = open_article(&j, record, article, error);
  if (!code) code = take_quotations(&j, record, article, error);
  if (!code) {
    apply(&j);
    if (j.quotes.count) qsort(j.quotes.items, j.quotes.count, sizeof *j.quotes.items, quote_order);
    hs_doc_writer w = hs_doc_writer_of(j.doc, j.arena);
    write_gold(&w, &j);
    code = hs_send(&w.json, write, arg, error);
  }
  close_article(&j);
  return code;
}

/* ---- what was judged */

static void write_places(hs_doc_writer *w, const char *key, const hs_places *places) {
  if (places->count) hs_doc_write_spans(w, key, places->items, places->count);
  else hs_doc_write_field(w, key, NULL);
}

static bool is_missing(const hs_judgement *judgement) { return strcmp(judgement->verdict, "missing") == 0; }

/* One line for what was judged at once; gives the number of rows that it tells. */
static size_t write_correction(hs_doc_writer *w, const judged *j, size_t at, const char *article) {
  const hs_judgement *first = &j->judgements.items[at], *one = first;
  bool missing = first->field == HS_JUDGED_QUOTATION && is_missing(first);
  char id[17];
  hs_id_write(id, first->quotation);
  hs_json_open(&w->json, '{');
  hs_doc_write_field(w, "id", missing ? article : id);
  for (; one < j->judgements.items + j->judgements.count && one->quotation == first->quotation; one++) {
    if (one > first &&
        (one->field <= one[-1].field || strcmp(one->at, first->at) != 0 || strcmp(one->who, first->who) != 0))
      break;
    if (one->field == HS_JUDGED_FIELD_COUNT) continue;
    const char *name = hs_judged_field_name((hs_judged_field)one->field);
    if (one->field == HS_JUDGED_QUOTATION) hs_doc_write_field(w, "verdict", one->verdict);
    else if (one->field <= HS_JUDGED_CONTENT) write_places(w, name, &one->places);
    else hs_doc_write_field(w, name, one->value);
  }
  hs_doc_write_field(w, "who", first->who);
  hs_doc_write_field(w, "at", first->at);
  if (first->note) hs_doc_write_field(w, "note", first->note);
  hs_json_close(&w->json, '}');
  hs_buffer_char(&w->json, '\n');
  return (size_t)(one - first);
}

int hs_judged_corrections(const hs_record *record, int64_t article, hs_write *write, void *arg, hs_error *error) {
  judged j = {0};
  sqlite3_stmt *s = NULL;
  int code = open_article(&j, record, article, error);
  if (!code && hs_query(&s, hs_record_database(record), "SELECT printf('%016x', id) FROM page WHERE key = ?1", NULL))
    code = hs_record_fail(record, error);
  if (!code) {
    sqlite3_bind_int64(s, 1, article);
    const char *id = sqlite3_step(s) == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : NULL;
    hs_doc_writer w = hs_doc_writer_of(j.doc, j.arena);
    for (size_t at = 0; at < j.judgements.count;) at += write_correction(&w, &j, at, id);
    code = hs_send(&w.json, write, arg, error);
  }
  sqlite3_finalize(s);
  close_article(&j);
  return code;
}
