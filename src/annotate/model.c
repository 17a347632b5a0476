#include "annotate/annotate.h"
#include "base/array.h"
#include "base/error.h"
#include "base/table.h"

#include <stdio.h>
#include <stdlib.h>

/* To be raised when code, not a table, changes what is found: rows of older records are then out of date. */
enum { RULES_VERSION = 1 };

int hs_model_open(hs_model **out, const char *name, hs_error *error) {
  *out = NULL;
  if (name && strcmp(name, "rules") != 0)
    return hs_fail(error, HS_ERROR_MODEL, 0, "there is no model \"%s\": this version has \"rules\" alone", name);
  hs_model *model = hs_calloc(1, sizeof *model);
  model->extractor = hs_extractor_new();
  model->language = hs_language_new();
  model->rules = hs_rules_new();
  /* The rules are the tables and the code. */
  snprintf(model->version, sizeof model->version, "rules-%d-%s", RULES_VERSION, hs_tables_version);
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
