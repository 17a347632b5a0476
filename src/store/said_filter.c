#include "store/said_filter.h"

#include "base/error.h"
#include "base/utf8.h"
#include "store/words.h"

#include <stdlib.h>

enum {
  LONGEST_WORDS = 1000, /* bytes that a name or words to look for may have */
  MANY = 5000           /* hits of a search; from there on it is quicker to walk the days than to look each one up */
};

/* Adds "COLUMN : (words)" to the full-text query: as one phrase, or every word anywhere. Quoted, so that no word is
 * taken for an operator. */
static void add_words(hs_buffer *match, const char *column, hs_str words, bool phrase) {
  if (match->size) hs_buffer_text(match, " AND ");
  hs_buffer_printf(match, "%s : (\"", column);
  for (size_t i = 0; i < words.size; i++) {
    char c = words.data[i];
    if (c == '"') hs_buffer_text(match, "\"\"");
    else if (c == ' ' && !phrase) hs_buffer_text(match, "\" \"");
    else hs_buffer_char(match, c);
  }
  hs_buffer_text(match, "\")");
}

static int check_length(const char *words, hs_error *error) {
  if (!words || strlen(words) <= LONGEST_WORDS) return HS_OK;
  return hs_fail(error, HS_ERROR_USAGE, 0, "\"%.40s…\" is too long to look for: %d bytes at most", words,
                 LONGEST_WORDS);
}

static void add_filter_words(hs_buffer *match, const char *column, const char *words, bool phrase) {
  if (!words) return;
  hs_arena *arena = hs_arena_new();
  add_words(match, column, hs_utf8_repair(arena, hs_str_of(words), NULL, NULL), phrase);
  hs_arena_free(arena);
}

static int check_words(const hs_said_filter *f, hs_error *error) {
  static const char *const speakers[] = {"named", "anonymous", "unresolved", NULL};
  int code = hs_word_check_kinds(f->type, f->force, error);
  if (!code) code = hs_word_check(f->speaker, speakers, "kind of speaker", error);
  return code ? code : check_length(f->outlet, error);
}

static int check_article(const char *article, int64_t *id, hs_error *error) {
  if (!article) return HS_OK;
  if (strlen(article) == 16 && strspn(article, "0123456789abcdefABCDEF") == 16) {
    *id = (int64_t)strtoull(article, NULL, 16);
    return HS_OK;
  }
  return hs_fail(error, HS_ERROR_USAGE, 0, "\"%s\" is no article's id: that is 16 hexadecimal digits", article);
}

/* Does the search find many quotations? Asks no more than it has to. Gives 0 or HS_ERROR_RECORD. */
static int count_hits(bool *many, const hs_record *record, const char *match, hs_error *error) {
  static const char sql[] = "SELECT count(*) FROM"
                            " (SELECT 1 FROM quotation_search WHERE quotation_search MATCH ?1 LIMIT ?2)";
  sqlite3_stmt *count;
  int code = hs_record_prepare(record, &count, sql, error);
  if (code) return code;
  sqlite3_bind_text(count, 1, match, -1, SQLITE_STATIC);
  sqlite3_bind_int(count, 2, MANY);
  *many = sqlite3_step(count) == SQLITE_ROW && sqlite3_column_int(count, 0) == MANY;
  return sqlite3_finalize(count) ? hs_record_fail(record, error) : HS_OK;
}

/* Sets what makes questions dearer and most records have not. */
static int look_at_record(hs_said_condition *c, const hs_record *record, hs_error *error) {
  static const char sql[] = "SELECT EXISTS (SELECT 1 FROM correction),"
                            " EXISTS (SELECT 1 FROM page WHERE newer IS NOT NULL)";
  sqlite3_stmt *s;
  int code = hs_record_prepare(record, &s, sql, error);
  if (code) return code;
  if (sqlite3_step(s) == SQLITE_ROW) c->corrected = sqlite3_column_int(s, 0), c->versions = sqlite3_column_int(s, 1);
  return sqlite3_finalize(s) ? hs_record_fail(record, error) : HS_OK;
}

/* Adds that the machine's row fits as MACHINE says, or, where a person put FIELD right, its value as PERSON says. */
static void add_either(hs_said_condition *c, const char *field, const char *machine, const char *person) {
  static const char judged[] = "(SELECT quotation FROM judgement WHERE verdict = 'wrong' AND field";
  if (!c->corrected) hs_buffer_printf(&c->where, " AND %s", machine);
  else
    hs_buffer_printf(&c->where, " AND (%s AND key NOT IN %s = '%s') OR key IN %s = '%s' AND %s))", machine, judged,
                     field, judged, field, person);
}

static void add_speaker(hs_said_condition *c, const char *kind) {
  static const char anonymous[] = "speaker IN (SELECT key FROM actor WHERE type = 'anonymous')",
                    named[] = "speaker NOT IN (SELECT key FROM actor WHERE type = 'anonymous')";
  if (strcmp(kind, "unresolved") == 0) add_either(c, "speaker", "speaker IS NULL", "value IS NULL");
  else if (strcmp(kind, "named") == 0) add_either(c, "speaker", named, "value IS NOT NULL");
  else add_either(c, "speaker", anonymous, "false");
}

/* What people say is not in the index of words, so that each name is asked for on its own. */
static void add_names(hs_said_condition *c) {
#define IN_INDEX(column, name)                                                                                         \
  "key IN (SELECT rowid FROM quotation_search WHERE quotation_search MATCH '" column " : (\"' || replace(" name        \
  ", '\"', '\"\"') || '\")')"
  const hs_said_filter *f = c->filter;
  if (f->by) add_either(c, "speaker", IN_INDEX("speaker", ":by"), "holds(value, :by)");
  if (f->spoken_for) add_either(c, "speaks_for", IN_INDEX("spoken_for", ":for"), "holds(value, :for)");
  if (f->via) add_either(c, "via", IN_INDEX("via", ":via"), "holds(value, :via)");
#undef IN_INDEX
}

/* The ends of a month or year that a person gave are its first and last days. */
static void write_where(hs_said_condition *c, bool many) {
  const hs_said_filter *f = c->filter;
  if (f->since)
    add_either(c, "said", "last_day >= :since", "value || substr('0000-12-31', length(value) + 1) >= :since");
  if (f->until)
    add_either(c, "said", "first_day <= :until", "value || substr('0000-01-01', length(value) + 1) <= :until");
  if (f->type) add_either(c, "type", "type = :type", "value = :type");
  if (f->force) add_either(c, "force", "force = :force", "value = :force");
  if (f->speaker) add_speaker(c, f->speaker);
  if (c->corrected) {
    add_names(c);
    hs_buffer_text(&c->where, " AND key NOT IN (SELECT quotation FROM judgement WHERE field = 'quotation'"
                              " AND verdict = 'wrong')");
  }
  if (f->min_confidence > 0) hs_buffer_text(&c->where, " AND sure >= :sure");
  if (f->article) hs_buffer_text(&c->where, " AND article = (SELECT key FROM page WHERE id = :article)");
  else if (c->versions) hs_buffer_text(&c->where, " AND article NOT IN (SELECT key FROM page WHERE newer IS NOT NULL)");
  if (f->outlet)
    hs_buffer_text(&c->where, " AND article IN (SELECT key FROM article WHERE outlet IN"
                              " (SELECT DISTINCT outlet FROM article WHERE holds(outlet, :outlet)))");
  if (c->match.size) /* the plus keeps SQLite from looking up each key */
    hs_buffer_printf(&c->where, " AND %s IN (SELECT rowid FROM quotation_search WHERE quotation_search MATCH :match)",
                     many ? "+key" : "key");
}

int hs_said_condition_of(hs_said_condition *c, const hs_record *record, const hs_said_filter *f, hs_error *error) {
  *c = (hs_said_condition){.filter = f};
  bool many = false;
  hs_day rest;
  int code = look_at_record(c, record, error);
  if (!code) code = check_length(f->by, error);
  if (!code) code = check_length(f->spoken_for, error);
  if (!code) code = check_length(f->via, error);
  if (!code && !c->corrected) {
    add_filter_words(&c->match, "speaker", f->by, true);
    add_filter_words(&c->match, "spoken_for", f->spoken_for, true);
    add_filter_words(&c->match, "via", f->via, true);
  }
  if (!code) code = check_length(f->about, error);
  if (!code) add_filter_words(&c->match, "content", f->about, false);
  if (!code) code = hs_word_check_days(f->since, &c->since, &rest, error);
  if (!code) code = hs_word_check_days(f->until, &rest, &c->until, error);
  if (!code) code = check_words(f, error);
  if (!code) code = check_article(f->article, &c->article, error);
  if (!code && c->match.size) code = count_hits(&many, record, c->match.data, error);
  if (!code) write_where(c, many);
  c->whole = !c->corrected && !f->since && !f->until && !f->type && !f->force && !f->speaker &&
             f->min_confidence <= 0 && !f->article && !f->outlet && !c->match.size;
  return code;
}

void hs_said_condition_free(hs_said_condition *c) {
  hs_buffer_free(&c->where);
  hs_buffer_free(&c->match);
}

static void bind_text(sqlite3_stmt *statement, const char *name, const char *text) {
  int at = sqlite3_bind_parameter_index(statement, name);
  if (at) sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

void hs_said_condition_bind(sqlite3_stmt *statement, const hs_said_condition *c) {
  const hs_said_filter *f = c->filter;
  bind_text(statement, ":match", c->match.data);
  bind_text(statement, ":by", f->by);
  bind_text(statement, ":for", f->spoken_for);
  bind_text(statement, ":via", f->via);
  bind_text(statement, ":since", c->since.text);
  bind_text(statement, ":until", c->until.text);
  bind_text(statement, ":type", f->type);
  bind_text(statement, ":force", f->force);
  bind_text(statement, ":outlet", f->outlet);
  int at = sqlite3_bind_parameter_index(statement, ":article");
  if (at) sqlite3_bind_int64(statement, at, c->article);
  at = sqlite3_bind_parameter_index(statement, ":limit");
  if (at) sqlite3_bind_int64(statement, at, f->limit && f->limit < INT64_MAX ? (int64_t)f->limit : -1);
  at = sqlite3_bind_parameter_index(statement, ":sure"); /* the record has four digits */
  if (at) sqlite3_bind_double(statement, at, (double)f->min_confidence - 0.00005);
}
