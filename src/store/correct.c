/* A person's judgement of a quotation into the record. */
#include "store/inside.h"
#include "store/judgement.h"

#include "annotate/document.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "store/words.h"

#include <time.h>

typedef struct correcting {
  hs_record *record;
  const hs_correction *given;
  hs_arena *arena;
  hs_doc *doc;
  hs_offsets text;
  int64_t article, quotation;      /* the article's key, the quotation's id */
  hs_places before[HS_ROLE_COUNT]; /* what the machine found */
  hs_places places[HS_ROLE_COUNT]; /* what the person says */
  const char *at;
  bool missing; /* it is of a quotation that the machine has not found */
} correcting;

/* ---- what is corrected */

/* The row that SQL finds between two ids: its article's key, its id, and its place. */
static int find(correcting *c, int *count, const char *sql, int64_t from, int64_t to, int *place, hs_error *error) {
  sqlite3_stmt *s;
  int code = hs_record_prepare(c->record, &s, sql, error);
  if (code) return code;
  sqlite3_bind_int64(s, 1, from);
  sqlite3_bind_int64(s, 2, to);
  sqlite3_bind_int(s, 3, HS_OWN_BITS);
  for (*count = 0; sqlite3_step(s) == SQLITE_ROW; ++*count) {
    c->article = sqlite3_column_int64(s, 0), c->quotation = sqlite3_column_int64(s, 1);
    *place = sqlite3_column_int(s, 2);
  }
  return sqlite3_finalize(s) ? hs_record_fail(c->record, error) : HS_OK;
}

/* Finds the quotation, or for one that is missing its article. */
static int find_row(correcting *c, hs_error *error) {
  /* What belongs to an article has an id that begins as the article's does. */
  static const char quotations[] =
      "SELECT q.article, q.id, q.place FROM page JOIN quotation AS q ON q.article = page.key"
      " WHERE page.id BETWEEN ?1 >> ?3 << ?3 AND ?2 | ((1 << ?3) - 1) AND q.id BETWEEN ?1 AND ?2 LIMIT 2";
  static const char articles[] = "SELECT key, id, 0 FROM article WHERE key IN"
                                 " (SELECT key FROM page WHERE id BETWEEN ?1 AND ?2) AND ?3 LIMIT 2";
  int64_t from, to;
  int count, place = 0;
  const char *what = c->missing ? "article" : "quotation", *id = c->given->id;
  if (!id || !hs_id_range(&from, &to, id))
    return hs_fail(error, HS_ERROR_USAGE, 0,
                   "\"%.40s\" is no id: give 4 to 16 hexadecimal digits, the first of them 0 to 7", id ? id : "");
  int code = find(c, &count, c->missing ? articles : quotations, from, to, &place, error);
  if (code) return code;
  if (count == 0) return hs_fail(error, HS_ERROR_USAGE, 0, "the record has no %s whose id begins with %s", what, id);
  if (count > 1) return hs_fail(error, HS_ERROR_USAGE, 0, "more than one %s has an id that begins with %s", what, id);
  code = hs_record_document(&c->doc, c->record, c->article, error);
  if (code) return code;
  c->text = hs_offsets_of(c->arena, (hs_str){c->doc->article.text, c->doc->article.text_size});
  if (!c->missing && (place < 0 || (size_t)place >= c->doc->quotation_count))
    return hs_fail(error, HS_ERROR_RECORD, 0, "%s: the record has the row but not its evidence: it is broken", id);
  if (!c->missing) hs_places_of_quotation(c->before, c->arena, &c->doc->quotations[place]);
  return HS_OK;
}

/* ---- what is said of it */

static int take_places(correcting *c, hs_error *error) {
  const char *const given[] = {c->given->source, c->given->cue, c->given->content};
  const hs_places *content = &c->before[HS_ROLE_CONTENT];
  /* The content first, since the rest stands near it. */
  for (int role = HS_ROLE_COUNT - 1; role >= 0; role--) {
    uint32_t near = content->count ? content->items[0].start : 0;
    if (!given[role] || !*given[role]) continue;
    hs_str text = {c->doc->article.text, c->doc->article.text_size};
    if (!hs_places_of_numbers(&c->places[role], c->arena, &c->text, given[role]) &&
        !hs_places_of_words(&c->places[role], c->arena, text, given[role], near))
      return hs_fail(error, HS_ERROR_USAGE, 0,
                     "%s \"%.60s\" does not stand in article \"%s\": give its words as they stand there, or its place "
                     "as START-END in characters",
                     hs_judged_role_name(role), given[role], c->doc->article.id);
    if (role == HS_ROLE_CONTENT) content = &c->places[role];
    if (role == HS_ROLE_CUE && c->places[role].count > 1)
      return hs_fail(error, HS_ERROR_USAGE, 0, "a cue is one stretch of words, not \"%.60s\"", given[role]);
  }
  return HS_OK;
}

/* Is what is given of the words that there are? */
static int check_words(const hs_correction *g, hs_error *error) {
  static const char *const verdicts[] = {"right", "wrong", "missing", NULL};
  hs_day first, last;
  int code = hs_word_check(g->verdict, verdicts, "verdict", error);
  if (!code) code = hs_word_check_kinds(g->type, g->force, error);
  return code || !g->said || !*g->said ? code : hs_word_check_days(g->said, &first, &last, error);
}

static int check(const correcting *c, hs_error *error) {
  const hs_correction *g = c->given;
  int code = check_words(g, error);
  if (code) return code;
  bool anything = g->verdict || g->source || g->cue || g->content || g->speaker || g->speaks_for || g->via || g->said ||
                  g->type || g->force;
  if (!anything)
    return hs_fail(error, HS_ERROR_USAGE, 0,
                   "%s: nothing is judged: say whether it is right or what should stand there",
                   g->id ? g->id : "a correction");
  if (c->missing && (!g->content || !*g->content))
    return hs_fail(error, HS_ERROR_USAGE, 0, "a missing quotation needs its content");
  if (g->content && !*g->content)
    return hs_fail(error, HS_ERROR_USAGE, 0, "a quotation without content is none: say that it is wrong");
  return HS_OK;
}

/* ---- into the record */

static void write_places(hs_buffer *out, const correcting *c, const hs_places *places) {
  hs_json_open(out, '[');
  for (size_t i = 0; i < places->count; i++) {
    hs_json_open(out, '[');
    hs_json_int(out, hs_offsets_chars(&c->text, places->items[i].start));
    hs_json_int(out, hs_offsets_chars(&c->text, places->items[i].end));
    hs_json_close(out, ']');
  }
  hs_json_close(out, ']');
}

static void bind_buffer(sqlite3_stmt *s, int at, hs_buffer *buffer) {
  if (buffer->size) sqlite3_bind_text64(s, at, buffer->data, buffer->size, SQLITE_TRANSIENT, SQLITE_UTF8);
  else sqlite3_bind_null(s, at);
  hs_buffer_free(buffer);
}

static void write_before(hs_buffer *out, const correcting *c) {
  hs_json_open(out, '{');
  for (int role = 0; role < HS_ROLE_COUNT; role++) {
    hs_json_key(out, hs_judged_role_name(role));
    write_places(out, c, c->missing ? &c->places[role] : &c->before[role]);
  }
  hs_json_close(out, '}');
}

/* VALUE: what it should be; NULL: no more than the verdict is said. */
static int insert(const correcting *c, sqlite3_stmt *s, hs_judged_field field, const char *verdict, const char *value) {
  int role = field >= HS_JUDGED_SOURCE && field <= HS_JUDGED_CONTENT ? (int)field - HS_JUDGED_SOURCE : HS_ROLE_COUNT;
  hs_buffer words = {0}, places = {0}, before = {0};
  for (size_t i = 0; role < HS_ROLE_COUNT && i < c->places[role].count; i++) {
    hs_str part = hs_str_at(c->doc->article.text, c->places[role].items[i]);
    hs_buffer_text(&words, i ? " … " : "");
    hs_buffer_add(&words, part.data, part.size);
  }
  if (role == HS_ROLE_COUNT && value) hs_buffer_text(&words, value);
  if (role < HS_ROLE_COUNT) write_places(&places, c, &c->places[role]);
  write_before(&before, c);
  sqlite3_bind_int64(s, 1, c->article);
  sqlite3_bind_int64(s, 2, c->quotation);
  sqlite3_bind_text(s, 3, hs_judged_field_name(field), -1, SQLITE_STATIC);
  sqlite3_bind_text(s, 4, verdict, -1, SQLITE_STATIC);
  bind_buffer(s, 5, &words);
  bind_buffer(s, 6, &places);
  bind_buffer(s, 7, &before);
  sqlite3_bind_text(s, 8, c->given->who ? c->given->who : "", -1, SQLITE_STATIC);
  sqlite3_bind_text(s, 9, c->at, -1, SQLITE_STATIC);
  sqlite3_bind_text(s, 10, c->given->note, -1, SQLITE_STATIC);
  sqlite3_bind_int(s, 11, c->given->at != NULL);
  sqlite3_step(s);
  return sqlite3_reset(s);
}

/* Gives SQLite's code. */
static int insert_all(const correcting *c, sqlite3_stmt *s) {
  const hs_correction *g = c->given;
  const char *const values[] = {[HS_JUDGED_SOURCE] = g->source,
                                [HS_JUDGED_CUE] = g->cue,
                                [HS_JUDGED_CONTENT] = g->content,
                                [HS_JUDGED_SPEAKER] = g->speaker,
                                [HS_JUDGED_SPEAKS_FOR] = g->speaks_for,
                                [HS_JUDGED_VIA] = g->via,
                                [HS_JUDGED_SAID] = g->said,
                                [HS_JUDGED_TYPE] = g->type,
                                [HS_JUDGED_FORCE] = g->force};
  int code = g->verdict ? insert(c, s, HS_JUDGED_QUOTATION, g->verdict, NULL) : SQLITE_OK;
  for (hs_judged_field field = HS_JUDGED_SOURCE; !code && field < HS_JUDGED_FIELD_COUNT; field++)
    if (values[field]) code = insert(c, s, field, "wrong", values[field]);
  return code;
}

static int store(correcting *c, bool *stored, hs_error *error) {
  /* Without a time what was judged last must be the same: who thinks better of it twice is back at the beginning. */
  static const char sql[] =
      "INSERT INTO correction (article, quotation, field, verdict, value, places, before, who, at, note)"
      " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE NOT EXISTS (SELECT 1 FROM correction"
      " WHERE article = ?1 AND quotation = ?2 AND field = ?3 AND verdict = ?4 AND value IS ?5 AND places IS ?6"
      " AND who = ?8 AND note IS ?10 AND CASE WHEN ?11 THEN at = ?9 ELSE key = (SELECT max(key) FROM correction"
      " WHERE article = ?1 AND quotation = ?2 AND field = ?3 AND who = ?8) END)";
  sqlite3_stmt *s;
  sqlite3 *db = c->record->db;
  int code = hs_record_prepare(c->record, &s, sql, error), before = sqlite3_total_changes(db);
  if (code) return code;
  code = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  if (!code) code = insert_all(c, s);
  if (!code) code = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
  if (code) hs_record_fail(c->record, error);
  if (!sqlite3_get_autocommit(db)) sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_finalize(s);
  if (stored) *stored = !code && sqlite3_total_changes(db) > before;
  return code ? HS_ERROR_RECORD : HS_OK;
}

/* "2031-03-04T10:00:00Z" */
static const char *now(hs_arena *arena) {
  time_t seconds = time(NULL);
  struct tm t;
  gmtime_r(&seconds, &t);
  return hs_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour,
                         t.tm_min, t.tm_sec);
}

int hs_record_correct(hs_record *record, const hs_correction *correction, bool *stored, hs_error *error) {
  if (!record->find_page) return hs_fail(error, HS_ERROR_USAGE, 0, "%s: opened for reading only", record->path);
  correcting c = {.record = record, .given = correction, .arena = hs_arena_new()};
  c.missing = correction->verdict && strcmp(correction->verdict, "missing") == 0;
  c.at = correction->at ? correction->at : now(c.arena);
  int code = hs_record_commit(record, error);
  if (!code) code = check(&c, error);
  if (!code) code = find_row(&c, error);
  if (!code) code = take_places(&c, error);
  if (!code && c.missing)
    c.quotation =
        hs_quotation_id(c.quotation, &c.text, c.places[HS_ROLE_CONTENT].items, c.places[HS_ROLE_CONTENT].count,
                        c.places[HS_ROLE_SOURCE].items, c.places[HS_ROLE_SOURCE].count);
  if (!code) code = store(&c, stored, error);
  hs_doc_free(c.doc);
  hs_arena_free(c.arena);
  return code;
}
