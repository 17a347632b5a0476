#include "annotate/annotate.h"
#include "base/array.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/table.h"

#include <stdio.h>
#include <stdlib.h>

/* To be raised when code, not a table, changes what is found: rows of older records are then out of date. */
enum { RULES_VERSION = 1 };

/* The rules are the tables and the code: eight digits of the tables' hash say which. */
static void name_version(char version[32]) {
  hs_arena *arena = hs_arena_new();
  hs_array(hs_str) parts = {0};
  for (const hs_table *t = hs_tables; t->name; t++) {
    hs_push(arena, parts, hs_str_of(t->name));
    hs_push(arena, parts, t->text);
  }
  char id[17];
  hs_id_write(id, hs_content_id(parts.items, parts.count));
  hs_arena_free(arena);
  snprintf(version, 32, "rules-%d-%.8s", RULES_VERSION, id);
}

int hs_model_open(hs_model **out, const char *name, hs_error *error) {
  *out = NULL;
  if (name && strcmp(name, "rules") != 0)
    return hs_fail(error, HS_ERROR_MODEL, 0, "there is no model \"%s\": this version has \"rules\" alone", name);
  hs_model *model = hs_calloc(1, sizeof *model);
  model->extractor = hs_extractor_new();
  model->language = hs_language_new();
  model->rules = hs_rules_new();
  name_version(model->version);
  *out = model;
  return HS_OK;
}

const char *hs_model_version(const hs_model *model) { return model->version; }

void hs_model_free(hs_model *model) {
  if (!model) return;
  hs_extractor_free(model->extractor);
  hs_language_free(model->language);
  hs_rules_free(model->rules);
  free(model);
}
