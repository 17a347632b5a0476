#include "ingest/lines.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "ingest/bulk.h"

#include <jansson.h>
#include <stdlib.h>

enum { READ_BYTES = 256 * 1024 };

bool hs_lines_more(hs_lines *l) {
  if (l->ended) return false;
  if (l->at) {
    memmove(l->text.data, l->text.data + l->at, l->text.size - l->at);
    l->text.size -= l->at;
    l->at = 0;
  }
  if (l->text.capacity - l->text.size <= READ_BYTES) {
    l->text.capacity = (l->text.size + READ_BYTES) * 2;
    l->text.data = hs_realloc(l->text.data, l->text.capacity);
  }
  ssize_t got = hs_stream_read(l->stream, l->text.data + l->text.size, READ_BYTES, &l->broken);
  if (got <= 0) l->ended = true;
  else l->text.size += (size_t)got;
  return got > 0;
}

/* Drops everything up to the next newline. */
static void skip_line(hs_lines *l) {
  do {
    const char *start = l->text.data + l->at;
    const char *newline = memchr(start, '\n', l->text.size - l->at);
    l->at = newline ? (size_t)(newline - l->text.data) + 1 : l->text.size;
    if (newline) return;
  } while (hs_lines_more(l));
}

static int too_long(const hs_lines *l, hs_error *error) {
  return hs_fail(error, HS_ERROR_INPUT, l->line, "%s:%u: the line is over %d MiB: skipped", hs_stream_name(l->stream),
                 l->line, HS_LIMIT_LINE_BYTES >> 20);
}

static hs_str without_mark(hs_str line) {
  return hs_str_starts(line, "\xEF\xBB\xBF") ? (hs_str){line.data + 3, line.size - 3} : line;
}

/* Tells how the stream ended: 0, or once HS_ERROR_INPUT. */
static int end_of(hs_lines *l, hs_error *error) {
  l->at = l->text.size;
  if (!l->broken.code) return 0;
  if (error) *error = l->broken;
  l->broken.code = HS_OK;
  return HS_ERROR_INPUT;
}

int hs_lines_line(hs_lines *l, hs_str *line, hs_error *error) {
  size_t seen = 0;
  if (!l->text.data) hs_lines_more(l); /* until then there is nothing to point into */
  for (;;) {
    const char *start = l->text.data + l->at;
    size_t size = l->text.size - l->at;
    const char *newline = size > seen ? memchr(start + seen, '\n', size - seen) : NULL;
    if (newline || (l->ended && size && !l->broken.code)) { /* what a broken file ends in is no whole line */
      *line = (hs_str){start, newline ? (size_t)(newline - start) : size};
      l->at += line->size + (newline != NULL);
      l->line++;
      if (l->line == 1) *line = without_mark(*line);
      return line->size > HS_LIMIT_LINE_BYTES ? too_long(l, error) : 1;
    }
    if (l->ended) return end_of(l, error);
    if (size > HS_LIMIT_LINE_BYTES) {
      l->line++;
      skip_line(l);
      return too_long(l, error);
    }
    seen = size;
    hs_lines_more(l);
  }
}

/* A line that is being read: its object and the string that was taken out of it. */
typedef struct row {
  json_t *object;
  hs_bulk bulk;
} row;

/* The member NAME of the line; no data if it is no string. */
static hs_str member(const row *r, const char *name) {
  const json_t *value = json_object_get(r->object, name);
  if (!json_is_string(value)) return (hs_str){0};
  bool taken = r->bulk.key.data && hs_str_is(r->bulk.key, name);
  return taken ? r->bulk.value : (hs_str){json_string_value(value), json_string_length(value)};
}

static const char *field(hs_arena *arena, const row *r, const char *name) {
  hs_str value = member(r, name);
  return value.size ? hs_arena_copy(arena, value.data, value.size) : NULL;
}

static const char *id_field(hs_arena *arena, const row *r) {
  const json_t *value = json_object_get(r->object, "id");
  if (json_is_integer(value)) return hs_arena_printf(arena, "%lld", (long long)json_integer_value(value));
  return field(arena, r, "id");
}

/* Text and HTML over the page limit are cut one byte behind it, so that extraction sees that there was more. */
static bool page_bytes(hs_page *page, hs_arena *arena, const row *r) {
  hs_str value = member(r, "text");
  page->media = HS_MEDIA_TEXT;
  if (!value.data) {
    value = member(r, "html");
    page->media = HS_MEDIA_HTML;
  }
  if (!value.data) return false;
  page->size = value.size > HS_LIMIT_PAGE_BYTES ? HS_LIMIT_PAGE_BYTES + 1 : value.size;
  page->data = value.data == r->bulk.value.data ? value.data : hs_arena_copy(arena, value.data, page->size);
  return true;
}

static int fill(hs_capture *c, const hs_lines *l, const row *r, const char *stem, hs_error *error) {
  const char *name = hs_stream_name(l->stream);
  if (!json_is_object(r->object)) return hs_fail(error, HS_ERROR_INPUT, l->line, "%s:%u: not an object", name, l->line);
  if (!page_bytes(&c->page, c->arena, r))
    return hs_fail(error, HS_ERROR_INPUT, l->line,
                   "%s:%u: neither \"text\" nor \"html\" in this line: give one of them", name, l->line);
  c->page.id = id_field(c->arena, r);
  c->page.url = field(c->arena, r, "url");
  c->page.title = field(c->arena, r, "title");
  c->page.outlet = field(c->arena, r, "outlet");
  c->page.published = field(c->arena, r, "published");
  c->page.language = field(c->arena, r, "language");
  c->name = hs_arena_printf(c->arena, "%s:%u", name, l->line);
  if (!c->page.id) c->page.id = hs_arena_printf(c->arena, "%s:%u", stem, l->line);
  return 1;
}

/* Broken UTF-8 in a line is repaired first: jansson takes none. */
static int page_of(const hs_lines *l, hs_str line, const char *stem, hs_capture **out, hs_error *error) {
  hs_arena *arena = hs_arena_new();
  hs_capture *c = hs_arena_alloc(arena, sizeof *c);
  json_error_t why;
  c->arena = arena;
  if (hs_utf8_valid(line) != line.size) line = hs_utf8_repair(arena, line, NULL, NULL);
  row r = {.bulk = hs_bulk_take(arena, line)};
  r.object = json_loadb(r.bulk.rest.data, r.bulk.rest.size, JSON_ALLOW_NUL, &why);
  int code = r.object ? fill(c, l, &r, stem, error)
                      : hs_fail(error, HS_ERROR_INPUT, l->line, "%s:%u: no JSON: %s", hs_stream_name(l->stream),
                                l->line, why.text);
  json_decref(r.object);
  if (code == 1) *out = c;
  else hs_capture_free(c);
  return code;
}

int hs_lines_next(hs_lines *l, const char *stem, hs_capture **out, hs_error *error) {
  *out = NULL;
  hs_str line;
  int code;
  while ((code = hs_lines_line(l, &line, error)) == 1) {
    line = hs_str_trim(line);
    if (line.size) return page_of(l, line, stem, out, error);
  }
  return code;
}

void hs_lines_free(hs_lines *l) {
  hs_buffer_free(&l->text);
  *l = (hs_lines){0};
}
