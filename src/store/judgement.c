#include "store/judgement.h"

#include "store/inside.h"

#include <jansson.h>

static const char *const field_names[] = {
#define X(name, word) word,
    HS_JUDGED_FIELDS(X)
#undef X
};

const char *hs_judged_field_name(hs_judged_field field) { return field_names[field]; }
const char *hs_judged_role_name(int role) { return field_names[HS_JUDGED_SOURCE + role]; }

static int field_of(const char *word) {
  int field = 0;
  while (field < HS_JUDGED_FIELD_COUNT && (!word || strcmp(field_names[field], word) != 0)) field++;
  return field;
}

/* [[start, end], …] in characters; what is not as we write it reads as nothing. */
static hs_places places_of(const json_t *array, const hs_offsets *text, hs_arena *arena) {
  hs_places places = {0};
  for (size_t i = 0; i < json_array_size(array); i++) {
    const json_t *pair = json_array_get(array, i);
    json_int_t start = json_integer_value(json_array_get(pair, 0)), end = json_integer_value(json_array_get(pair, 1));
    if (start < 0 || start >= end || end > text->count) continue;
    hs_push(arena, places, ((hs_span){hs_offsets_bytes(text, (uint32_t)start), hs_offsets_bytes(text, (uint32_t)end)}));
  }
  return places;
}

static json_t *json_column(sqlite3_stmt *s, int column) {
  const char *text = (const char *)sqlite3_column_text(s, column);
  return text ? json_loads(text, 0, NULL) : NULL;
}

static void add_row(hs_judgements *out, sqlite3_stmt *s, const hs_offsets *text, hs_arena *arena) {
  hs_judgement row = {.quotation = sqlite3_column_int64(s, 0),
                      .field = field_of((const char *)sqlite3_column_text(s, 1))};
  const char **const strings[] = {&row.verdict, &row.value, &row.who, &row.at, &row.note};
  for (int i = 0; i < 5; i++) *strings[i] = hs_arena_string(arena, (const char *)sqlite3_column_text(s, 2 + i));
  json_t *places = json_column(s, 7), *before = json_column(s, 8);
  row.places = places_of(places, text, arena);
  for (int i = 0; i < HS_ROLE_COUNT; i++)
    row.before[i] = places_of(json_object_get(before, hs_judged_role_name(i)), text, arena);
  json_decref(places);
  json_decref(before);
  hs_push(arena, *out, row);
}

int hs_judgements_read(hs_judgements *out, const hs_record *record, int64_t article, const hs_offsets *text,
                       hs_arena *arena, hs_error *error) {
  static const char sql[] = "SELECT quotation, field, verdict, value, who, at, note, places, before FROM correction"
                            " WHERE article = ?1 ORDER BY key";
  sqlite3_stmt *s;
  *out = (hs_judgements){0};
  int code = hs_record_prepare(record, &s, sql, error);
  if (code) return code;
  sqlite3_bind_int64(s, 1, article);
  while (sqlite3_step(s) == SQLITE_ROW) add_row(out, s, text, arena);
  return sqlite3_finalize(s) ? hs_record_fail(record, error) : HS_OK;
}

bool hs_judged_wrong(const hs_judgement *j) { return j && j->verdict && strcmp(j->verdict, "wrong") == 0; }
