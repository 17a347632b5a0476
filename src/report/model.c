/* What is in a model, for a person. */
#include "annotate/document.h"
#include "base/table.h"
#include "report/send.h"
#include "report/text.h"

#include <jansson.h>

/* "  words   value" */
static void add_line(hs_buffer *out, int indent, const char *key, const char *value) {
  size_t before = out->size;
  hs_buffer_printf(out, "%*s", indent, "");
  hs_text_string(out, key, HS_FORM_PLAIN);
  int width = hs_text_width((hs_str){out->data + before, out->size - before});
  hs_buffer_printf(out, "%*s", width < 24 ? 24 - width : 2, "");
  hs_text_string(out, value, HS_FORM_PLAIN);
  hs_buffer_char(out, '\n');
}

/* A JSON value on one line. */
static void add_value(hs_buffer *out, int indent, const char *key, const json_t *value) {
  char *text = json_is_string(value) ? NULL : json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
  add_line(out, indent, key, text ? text : json_string_value(value));
  free(text);
}

/* The maker's words about the model: an object, whose values may be objects or lists themselves. */
static void add_about(hs_buffer *out, hs_str about) {
  json_t *root = about.data ? json_loadb(about.data, about.size, 0, NULL) : NULL, *value, *inner;
  const char *key, *name;
  size_t i;
  json_object_foreach(root, key, value) {
    if (!json_is_object(value) && !json_is_array(value)) {
      add_value(out, 0, key, value);
      continue;
    }
    hs_text_string(out, key, HS_FORM_PLAIN);
    hs_buffer_char(out, '\n');
    json_object_foreach(value, name, inner) add_value(out, 2, name, inner);
    json_array_foreach(value, i, inner) {
      hs_buffer_text(out, "  ");
      char *text = json_is_string(inner) ? NULL : json_dumps(inner, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
      hs_text_string(out, text ? text : json_string_value(inner), HS_FORM_PLAIN);
      hs_buffer_char(out, '\n');
      free(text);
    }
  }
  json_decref(root);
}

static void add_layers(hs_buffer *out, const char *title, hs_str lines) {
  if (lines.size) hs_buffer_printf(out, "\n%s\n", title);
  while (lines.size) {
    const char *end = memchr(lines.data, '\n', lines.size);
    hs_str line = {lines.data, end ? (size_t)(end - lines.data) : lines.size};
    size_t used = line.size + (end != NULL);
    lines = (hs_str){lines.data + used, lines.size - used};
    hs_buffer_text(out, "  ");
    hs_text_add(out, line, HS_FORM_PLAIN);
    hs_buffer_char(out, '\n');
  }
}

static void add_sections(hs_buffer *out, const hs_weights *weights) {
  size_t count, bytes = 0, parameters = 0, tensors = 0;
  const hs_section *sections = hs_weights_sections(weights, &count);
  hs_buffer_text(out, "\nsections\n");
  for (const hs_section *s = sections; s < sections + count; s++) {
    char what[64];
    int size = snprintf(what, sizeof what, "%-8s %10zu bytes", hs_section_kind_name(s->kind), s->size);
    if (s->kind != HS_SECTION_TEXT) snprintf(what + size, sizeof what - (size_t)size, "  %u x %u", s->rows, s->columns);
    hs_buffer_printf(out, "  %-24s%s\n", s->name, what);
    bytes += s->size;
    parameters += (size_t)s->rows * s->columns;
    tensors += s->kind != HS_SECTION_TEXT;
  }
  hs_buffer_printf(out, "\n%zu parameters in %zu tensors, %zu bytes in %zu sections\n", parameters, tensors, bytes,
                   count);
}

static void add_file(hs_buffer *out, const hs_weights *weights) {
  char checksum[24];
  snprintf(checksum, sizeof checksum, "%016llx", (unsigned long long)hs_weights_checksum(weights));
  add_line(out, 0, "file", hs_weights_path(weights));
  add_line(out, 0, "checksum", checksum);
  add_about(out, hs_weights_text(weights, "about"));
  add_layers(out, "layers", hs_weights_text(weights, "network"));
  add_layers(out, "layers, for each cue", hs_weights_text(weights, "pairs"));
  add_sections(out, weights);
}

static int describe_model(hs_buffer *out, const char *name, hs_error *error) {
  hs_model *model;
  int code = hs_model_open(&model, name, error);
  if (code) return code;
  add_line(out, 0, "model", model->version);
  add_line(out, 0, "tables of data/", hs_tables_version);
  if (model->parser) add_file(out, hs_parser_weights(model->parser));
  if (model->finder) {
    hs_buffer_char(out, '\n');
    add_file(out, hs_finder_weights(model->finder));
  }
  hs_model_free(model);
  return HS_OK;
}

static int describe_finder(hs_buffer *out, const char *path, hs_error *error) {
  hs_finder *finder;
  int code = hs_finder_open(&finder, path, NULL, error);
  if (code) return code;
  add_file(out, hs_finder_weights(finder));
  hs_finder_free(finder);
  return HS_OK;
}

int hs_model_describe(const char *name, hs_write *write, void *arg, hs_error *error) {
  hs_buffer out = {0};
  int code = name && hs_str_ends(hs_str_of(name), ".quotations") ? describe_finder(&out, name, error)
                                                                 : describe_model(&out, name, error);
  if (!code) return hs_send(&out, write, arg, error);
  hs_buffer_free(&out);
  return code;
}
