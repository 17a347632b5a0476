/* A correction as a line of JSON: docs/json.md tells its fields. */
#include "store/inside.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

#include <jansson.h>
#include <string.h>

/* A string as it is; null as ""; places, one or a list of {"start", "end"}, as "118-140,150-160". */
static bool take_value(const char **out, json_t *value, hs_arena *arena) {
  *out = json_is_null(value) ? "" : json_string_value(value);
  if (*out) return true;
  hs_buffer places = {0};
  bool sound = json_is_array(value) || json_is_object(value);
  for (size_t i = 0; sound && i < (json_is_array(value) ? json_array_size(value) : 1); i++) {
    const json_t *place = json_is_array(value) ? json_array_get(value, i) : value;
    const json_t *start = json_object_get(place, "start"), *end = json_object_get(place, "end");
    sound = json_is_integer(start) && json_is_integer(end);
    hs_buffer_printf(&places, "%s%lld-%lld", i ? "," : "", json_integer_value(start), json_integer_value(end));
  }
  *out = hs_arena_string(arena, places.data ? places.data : "");
  hs_buffer_free(&places);
  return sound;
}

typedef struct field {
  const char *key, **value;
} field;

/* Sets the COUNT fields from OBJECT. A field that there is not is an error: a judgement misspelled would be lost. */
static int take_fields(const field *fields, size_t count, json_t *object, hs_arena *arena, hs_error *error) {
  const char *key;
  json_t *value;
  json_object_foreach(object, key, value) {
    size_t i = 0;
    while (i < count && strcmp(fields[i].key, key) != 0) i++;
    if (i == count) return hs_fail(error, HS_ERROR_INPUT, 0, "\"%.40s\" is no field of a correction", key);
    if (!take_value(fields[i].value, value, arena))
      return hs_fail(error, HS_ERROR_INPUT, 0, "\"%s\" is neither words nor places", key);
  }
  return HS_OK;
}

int hs_record_correct_json(hs_record *record, const char *line, size_t size, const char *who, bool *stored,
                           hs_error *error) {
  json_error_t why;
  json_t *object = json_loadb(line, size, 0, &why);
  if (!json_is_object(object)) {
    json_decref(object);
    return hs_fail(error, HS_ERROR_INPUT, 0, "this is no object of JSON%s%.80s", object ? "" : ": ",
                   object ? "" : why.text);
  }
  hs_arena *arena = hs_arena_new();
  hs_correction correction = {0};
  const field fields[] = {{"id", &correction.id},
                          {"verdict", &correction.verdict},
                          {"source", &correction.source},
                          {"cue", &correction.cue},
                          {"content", &correction.content},
                          {"speaker", &correction.speaker},
                          {"speaks_for", &correction.speaks_for},
                          {"via", &correction.via},
                          {"said", &correction.said},
                          {"type", &correction.type},
                          {"force", &correction.force},
                          {"who", &correction.who},
                          {"at", &correction.at},
                          {"note", &correction.note}};
  int code = take_fields(fields, sizeof fields / sizeof *fields, object, arena, error);
  if (!correction.who) correction.who = who;
  if (!code) code = hs_record_correct(record, &correction, stored, error);
  hs_arena_free(arena);
  json_decref(object);
  return code;
}
