#include "annotate/annotate.h"
#include "base/array.h"
#include "base/error.h"
#include "base/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* To be raised when code, not a table, changes what is found: rows of older records are then out of date. */
enum { RULES_VERSION = 6 };

enum { PLACES = 3 };

/* Where the model NAME may stand: beside the program as it was installed, in the sources that the library was built
 * from, where the library was to be installed. */
static void list_places(const char *places[PLACES], const char *name, hs_arena *arena) {
  char program[4096];
  ssize_t size = readlink("/proc/self/exe", program, sizeof program);
  while (size > 0 && program[size - 1] != '/') size--;
  places[0] = hs_arena_printf(arena, "%.*s../share/hearsay/%s.model", size > 0 ? (int)size : 0, program, name);
  places[1] = hs_arena_printf(arena, HS_SOURCE_MODELS "/%s.model", name);
  places[2] = hs_arena_printf(arena, HS_DATA_DIR "/%s.model", name);
}

static bool is_known(const char *name) { return strcmp(name, "small") == 0 || strcmp(name, "large") == 0; }

/* The file of the model NAME, in ARENA; NULL if there is none. */
static const char *find_file(const char *name, hs_arena *arena, hs_error *error) {
  const char *places[PLACES];
  if (hs_str_ends(hs_str_of(name), ".quotations")) {
    hs_fail(error, HS_ERROR_MODEL, 0, "%s: a finder of attributions is no model: name the .model that it stands beside",
            name);
    return NULL;
  }
  if (!is_known(name)) {
    if (strchr(name, '/') || hs_str_ends(hs_str_of(name), ".model") || access(name, F_OK) == 0) return name;
    hs_fail(error, HS_ERROR_MODEL, 0, "there is no model \"%s\": there are small, large and rules, or name a FILE",
            name);
    return NULL;
  }
  list_places(places, name, arena);
  for (int i = 0; i < PLACES; i++)
    if (access(places[i], F_OK) == 0) return places[i];
  hs_fail(error, HS_ERROR_MODEL, 0, "there is no model \"%s\": looked for %s, %s and %s", name, places[0], places[1],
          places[2]);
  return NULL;
}

/* "small" of share/hearsay/small.model */
static hs_str stem_of(const char *path) {
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
  return (hs_str){name, dot && dot > name ? (size_t)(dot - name) : strlen(name)};
}

/* The rules are the tables and the code; what a parser finds hangs on both. */
static void write_version(hs_model *model, const char *path) {
  size_t size = sizeof model->version;
  if (!path) {
    snprintf(model->version, size, "rules-%d-%s", RULES_VERSION, hs_tables_version);
    return;
  }
  hs_str stem = stem_of(path);
  uint64_t checksum = hs_weights_checksum(hs_parser_weights(model->parser));
  if (model->finder) checksum ^= hs_weights_checksum(hs_finder_weights(model->finder));
  snprintf(model->version, size, "%.*s-%08x-%d-%s", stem.size < 24 ? (int)stem.size : 24, stem.data,
           (unsigned)(checksum >> 32), RULES_VERSION, hs_tables_version);
}

/* The finder of attributions that stands beside PARSER, which is that of the file PATH: small.quotations beside
 * small.model; NULL if there is none. */
static int open_finder(hs_finder **out, const char *path, const hs_parser *parser, hs_error *error) {
  hs_arena *arena = hs_arena_new();
  size_t stem = strlen(path) - (hs_str_ends(hs_str_of(path), ".model") ? strlen(".model") : 0);
  const char *file = hs_arena_printf(arena, "%.*s.quotations", (int)stem, path);
  *out = NULL;
  int code = access(file, F_OK) == 0 ? hs_finder_open(out, file, parser, error) : HS_OK;
  hs_arena_free(arena);
  return code;
}

/* The model with the parser of the file PATH, NULL for rules alone, and what else DEPTH needs. */
static int open_model(hs_model **out, const char *path, hs_depth depth, hs_error *error) {
  hs_parser *parser = NULL;
  hs_finder *finder = NULL;
  int code = path && depth >= HS_PARSE ? hs_parser_open(&parser, path, error) : HS_OK;
  if (!code && path && depth >= HS_ANNOTATE) code = open_finder(&finder, path, parser, error);
  if (code) {
    hs_parser_free(parser);
    return code;
  }
  hs_model *model = hs_calloc(1, sizeof *model);
  model->depth = depth;
  model->extractor = hs_extractor_new();
  if (depth >= HS_PARSE) model->language = hs_language_new();
  model->parser = parser;
  model->finder = finder;
  if (depth >= HS_ANNOTATE) model->rules = hs_rules_new();
  write_version(model, parser ? path : NULL);
  *out = model;
  return HS_OK;
}

int hs_model_open_to(hs_model **out, const char *name, hs_depth depth, hs_error *error) {
  *out = NULL;
  if (!name) name = getenv("HS_MODEL");
  if (name && strcmp(name, "rules") == 0) return open_model(out, NULL, depth, error);
  bool asked = name && *name;
  hs_arena *arena = hs_arena_new();
  const char *path = find_file(asked ? name : "small", arena, error);
  int code = path || !asked ? open_model(out, path, depth, error) : HS_ERROR_MODEL;
  hs_arena_free(arena);
  return code;
}

int hs_model_open(hs_model **out, const char *name, hs_error *error) {
  return hs_model_open_to(out, name, HS_ANNOTATE, error);
}

const char *hs_model_version(const hs_model *model) { return model->version; }

void hs_model_free(hs_model *model) {
  if (!model) return;
  hs_extractor_free(model->extractor);
  hs_language_free(model->language);
  hs_finder_free(model->finder); /* borrows the parser's words */
  hs_parser_free(model->parser);
  hs_rules_free(model->rules);
  free(model);
}
