#include "extract/jsonld.h"

#include "base/buffer.h"

#include <jansson.h>
#include <myhtml/charef.h>
#include <utf8proc.h>

enum {
  NODES = 20000,
  AUTHORS = 32,
  TYPES = 64,
  CLASSES = 3,
  UPDATES = 1000,
  REFERENCE_BYTES = 40,
  LAST_CHARACTER = 0x10FFFF
};

/* Every object of the page's JSON-LD, those that stand further out first. */
typedef struct graph {
  hs_arena *arena;
  hs_array(json_t *) nodes;
} graph;

/* Script text that jansson takes: pages break lines inside strings, and leave comment marks around. */
static json_t *parse(hs_arena *arena, hs_str s) {
  char *copy = hs_arena_copy(arena, s.data, s.size);
  for (size_t i = 0; i < s.size; i++)
    if ((unsigned char)copy[i] < ' ') copy[i] = ' ';
  size_t start = 0, end = s.size;
  while (start < end && copy[start] != '{' && copy[start] != '[') start++;
  while (end > start && copy[end - 1] != '}' && copy[end - 1] != ']') end--;
  return json_loadb(copy + start, end - start, JSON_ALLOW_NUL, NULL);
}

static void add_node(graph *g, json_t *value) {
  if ((json_is_object(value) || json_is_array(value)) && g->nodes.count < NODES) hs_push(g->arena, g->nodes, value);
}

/* Adds what stands in the nodes from FIRST on, level by level. */
static void unfold(graph *g, size_t first) {
  for (size_t i = first; i < g->nodes.count; i++) {
    json_t *node = g->nodes.items[i], *value;
    const char *key;
    size_t k;
    if (json_is_array(node)) json_array_foreach(node, k, value) add_node(g, value);
    else json_object_foreach(node, key, value) add_node(g, value);
  }
}

static hs_str string_of(const json_t *value) {
  if (json_is_array(value)) value = json_array_get(value, 0);
  return json_is_string(value) ? hs_str_trim((hs_str){json_string_value(value), json_string_length(value)})
                               : (hs_str){0};
}

int32_t hs_jsonld_character(hs_str name) {
  size_t offset = 0, unused;
  if (name.size < 2 || name.data[0] != '#') {
    const charef_entry_t *entry = name.size ? myhtml_charef_find(name.data, &offset, name.size, &unused) : NULL;
    return entry && offset == name.size && entry->codepoints_len == 1 ? (int32_t)entry->codepoints[0] : 0;
  }
  bool hex = (name.data[1] | 32) == 'x';
  char *end;
  long c = strtol(name.data + 1 + hex, &end, hex ? 16 : 10);
  return end == name.data + name.size && c > 0 && c <= LAST_CHARACTER && utf8proc_codepoint_valid((int32_t)c)
             ? (int32_t)c
             : 0;
}

/* A copy of S. Pages write HTML references into JSON, where they mean nothing: "O&#039;Dowd". */
static hs_str copied(hs_arena *arena, hs_str s) {
  if (!s.size) return (hs_str){0};
  hs_buffer made = {0};
  utf8proc_uint8_t utf8[4];
  for (size_t at = 0; at < s.size;) {
    const char *mark = memchr(s.data + at, '&', s.size - at);
    size_t plain = mark ? (size_t)(mark - s.data) - at : s.size - at;
    hs_buffer_add(&made, s.data + at, plain);
    if (!mark) break;
    at += plain;
    size_t most = s.size - at < REFERENCE_BYTES ? s.size - at : REFERENCE_BYTES;
    const char *stop = memchr(mark, ';', most);
    int32_t c = stop ? hs_jsonld_character((hs_str){mark + 1, (size_t)(stop - mark) - 1}) : 0;
    if (c) hs_buffer_add(&made, (const char *)utf8, (size_t)utf8proc_encode_char(c, utf8));
    else hs_buffer_char(&made, '&');
    at = c ? (size_t)(stop - s.data) + 1 : at + 1;
  }
  hs_str copy = {hs_arena_copy(arena, made.data, made.size), made.size};
  hs_buffer_free(&made);
  return copy;
}

/* "Article" of "https://schema.org/Article". */
static hs_str bare_type(hs_str type) {
  const char *slash = type.size ? memrchr(type.data, '/', type.size) : NULL;
  return slash ? (hs_str){slash + 1, type.size - (size_t)(slash + 1 - type.data)} : type;
}

/* How much a type tells of an article: 0 most, CLASSES nothing. */
static int class_of_type(hs_str type) {
  type = bare_type(type);
  if (hs_str_ends(type, "Article") || hs_str_ends(type, "Posting") || hs_str_is(type, "Report")) return 0;
  if (hs_str_is(type, "WebPage") || hs_str_is(type, "ItemPage")) return 2;
  return CLASSES;
}

static int class_of(const json_t *node) {
  const json_t *type = json_object_get(node, "@type"), *one;
  int best = CLASSES;
  size_t i;
  if (json_is_string(type)) return class_of_type(string_of(type));
  json_array_foreach(type, i, one) {
    hs_str s = string_of(one);
    int rank = s.size ? class_of_type(s) : CLASSES;
    if (rank < best) best = rank;
  }
  return best;
}

/* The object that VALUE is or, by its "@id" or as an address itself, points at. */
static const json_t *resolved(const graph *g, const json_t *value) {
  hs_str id = string_of(json_is_string(value) ? value : json_object_get(value, "@id"));
  if (!id.size || json_object_get(value, "name")) return value;
  for (size_t i = 0; i < g->nodes.count; i++) {
    const json_t *node = g->nodes.items[i];
    if (json_object_get(node, "name") && hs_str_equal(string_of(json_object_get(node, "@id")), id)) return node;
  }
  return value;
}

static hs_str name_of(const graph *g, const json_t *value) {
  if (json_is_array(value)) value = json_array_get(value, 0);
  const json_t *node = resolved(g, value);
  return string_of(json_is_string(node) ? node : json_object_get(node, "name"));
}

static void add_author(const graph *g, hs_jsonld *out, const json_t *value) {
  if (out->authors.count == AUTHORS) return;
  const json_t *names = json_is_object(value) ? json_object_get(resolved(g, value), "name") : NULL, *one;
  size_t i;
  if (json_is_array(names)) {
    json_array_foreach(names, i, one) if (out->authors.count < AUTHORS && json_is_string(one))
        hs_push(g->arena, out->authors, copied(g->arena, string_of(one)));
    return;
  }
  hs_str name = name_of(g, value);
  if (name.size) hs_push(g->arena, out->authors, copied(g->arena, name));
}

static void read_authors(const graph *g, hs_jsonld *out, const json_t *node) {
  const json_t *author = json_object_get(node, "author"), *one;
  size_t i;
  if (!author) author = json_object_get(node, "creator");
  if (!json_is_array(author)) {
    add_author(g, out, author);
    return;
  }
  json_array_foreach(author, i, one) {
    if (i == AUTHORS) break; /* each may be looked for in all nodes */
    add_author(g, out, one);
  }
}

static void fill(hs_arena *arena, hs_str *field, hs_str value) {
  if (!field->data && value.size) *field = copied(arena, value);
}

static void read_article(const graph *g, hs_jsonld *out, const json_t *node) {
  fill(g->arena, &out->headline, string_of(json_object_get(node, "headline")));
  fill(g->arena, &out->published, string_of(json_object_get(node, "datePublished")));
  fill(g->arena, &out->modified, string_of(json_object_get(node, "dateModified")));
  fill(g->arena, &out->outlet, name_of(g, json_object_get(node, "publisher")));
  fill(g->arena, &out->url, string_of(json_object_get(node, "url")));
  fill(g->arena, &out->language, string_of(json_object_get(node, "inLanguage")));
  fill(g->arena, &out->body, string_of(json_object_get(node, "articleBody")));
  if (!out->authors.count) read_authors(g, out, node);
}

static void add_type(const graph *g, hs_jsonld *out, const json_t *value) {
  hs_str type = bare_type(string_of(value));
  if (type.size && out->types.count < TYPES) hs_push(g->arena, out->types, copied(g->arena, type));
}

static void add_update(const graph *g, hs_jsonld *out, const json_t *value) {
  hs_update u = {.published = copied(g->arena, string_of(json_object_get(value, "datePublished")))};
  if (!u.published.size || out->updates.count == UPDATES) return;
  u.headline = copied(g->arena, string_of(json_object_get(value, "headline")));
  u.body = copied(g->arena, string_of(json_object_get(value, "articleBody")));
  hs_push(g->arena, out->updates, u);
}

/* What kind of page it is, said by any of its objects, and the entries of a live blog. */
static void read_kind(const graph *g, hs_jsonld *out, const json_t *node) {
  const json_t *type = json_object_get(node, "@type"), *one, *open = json_object_get(node, "isAccessibleForFree");
  size_t i;
  if (json_is_array(type)) json_array_foreach(type, i, one) add_type(g, out, one);
  else add_type(g, out, type);
  const json_t *updates = json_object_get(node, "liveBlogUpdate");
  if (json_is_array(updates)) json_array_foreach(updates, i, one) add_update(g, out, one);
  else add_update(g, out, updates);
  if (json_is_false(open) || hs_str_alike(string_of(open), "false")) out->closed = true;
}

/* The first article is the page's; what it does not say, the page may. */
static void read_graph(const graph *g, hs_jsonld *out) {
  for (size_t i = 0; i < g->nodes.count; i++)
    if (json_is_object(g->nodes.items[i])) read_kind(g, out, g->nodes.items[i]);
  for (int rank = 0; rank < CLASSES; rank++) {
    for (size_t i = 0; i < g->nodes.count; i++) {
      if (!json_is_object(g->nodes.items[i]) || class_of(g->nodes.items[i]) != rank) continue;
      read_article(g, out, g->nodes.items[i]);
      break;
    }
  }
}

hs_jsonld hs_jsonld_read(hs_arena *arena, const hs_str *scripts, size_t count) {
  graph g = {.arena = arena};
  hs_jsonld out = {0};
  hs_array(json_t *) roots = {0};
  for (size_t i = 0; i < count; i++) {
    json_t *root = parse(arena, scripts[i]);
    if (!root) continue;
    hs_push(arena, roots, root);
    add_node(&g, root);
  }
  unfold(&g, 0);
  read_graph(&g, &out);
  for (size_t i = 0; i < roots.count; i++) json_decref(roots.items[i]);
  return out;
}
