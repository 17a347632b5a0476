#include "ingest/ingest.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "ingest/address.h"
#include "ingest/conllu.h"
#include "ingest/filter.h"
#include "ingest/lines.h"
#include "ingest/list.h"
#include "ingest/mhtml.h"
#include "ingest/stream.h"
#include "ingest/wacz.h"
#include "ingest/walk.h"
#include "ingest/warc.h"
#include "ingest/web.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_BYTES = 64 * 1024 };

struct hs_input {
  const hs_reading *reading;
  const hs_memory *memory;
  hs_walk *walk;
  hs_list list;      /* the list of archives that is being read; no stream: none */
  hs_wacz *wacz;     /* the WACZ that is being read; NULL: none */
  hs_web *web;       /* NULL until the first address of the web */
  hs_stream *stream; /* the file of many pages that is being read; NULL: none */
  hs_conllu conllu;  /* JSON Lines too are read by its lines */
  hs_warc warc;
  hs_form form;
  char *stem;      /* names the pages of stream that have no id */
  bool told;       /* stream gave a page or an error */
  hs_error broken; /* to be told by the next call: how the file of the last page ended; code 0: well */
  uint64_t done, total, passed, left_out;
  bool total_known;
};

void hs_capture_free(hs_capture *capture) {
  if (capture) hs_arena_free(capture->arena);
}

/* Adds up the files, so that progress can be told; whoever reads them tells what is wrong with them. */
static void count_bytes(hs_input *input) {
  hs_walk *walk = hs_walk_new(input->reading->paths, input->reading->path_count);
  const char *path;
  uint64_t size;
  hs_form form;
  hs_media media;
  int code;
  input->total_known = true;
  while ((code = hs_walk_next(walk, &path, &size, NULL))) {
    if (code != 1) continue;
    input->total += size;
    bool list = hs_walk_known(path, &form, &media) && form == HS_FORM_LIST;
    if (list || strcmp(path, "-") == 0 || hs_address_is_web(hs_str_of(path))) input->total_known = false;
  }
  hs_walk_free(walk);
}

hs_input *hs_input_open(const hs_reading *reading, const hs_memory *memory) {
  hs_input *input = hs_calloc(1, sizeof *input);
  input->reading = reading, input->memory = memory;
  count_bytes(input);
  input->walk = hs_walk_new(reading->paths, reading->path_count);
  return input;
}

static void close_stream(hs_input *input) {
  if (input->stream) input->done += hs_stream_taken(input->stream);
  input->passed += input->warc.passed, input->left_out += input->warc.left_out;
  hs_conllu_free(&input->conllu);
  hs_warc_free(&input->warc);
  hs_stream_free(input->stream);
  input->stream = NULL;
  free(input->stem);
  input->stem = NULL;
}

/* Reads STREAM into TEXT up to one byte past LIMIT: more than that shows that there is more. */
static int read_page(hs_buffer *text, hs_stream *stream, size_t limit, hs_error *error) {
  for (limit++;;) {
    if (text->size == limit) return 0;
    if (text->capacity - text->size <= FIRST_BYTES) {
      text->capacity = text->capacity ? text->capacity * 2 : 2 * FIRST_BYTES;
      text->data = hs_realloc(text->data, text->capacity);
    }
    size_t room = text->capacity - text->size;
    ssize_t got =
        hs_stream_read(stream, text->data + text->size, room < limit - text->size ? room : limit - text->size, error);
    if (got <= 0) return (int)got;
    text->size += (size_t)got;
  }
}

/* Reads until the first byte that is no blank, which it gives; 0 if there is none near the start. */
static char first_byte(hs_lines *lines) {
  const hs_buffer *text = &lines->text;
  size_t at = 0;
  do
    for (; at < text->size; at++)
      if (!strchr(" \t\r\n\xEF\xBB\xBF", text->data[at]) || !text->data[at]) return text->data[at];
  while (at < FIRST_BYTES && hs_lines_more(lines));
  return 0;
}

static hs_capture *capture_of(const hs_buffer *text, hs_media media, const hs_input *input) {
  hs_arena *arena = hs_arena_new();
  hs_capture *c = hs_arena_alloc(arena, sizeof *c);
  c->arena = arena;
  c->page.id = hs_arena_string(arena, input->stem);
  c->name = hs_arena_string(arena, hs_stream_name(input->stream));
  if (input->form == HS_FORM_MHTML) {
    if (text->size > HS_LIMIT_MHTML_BYTES) c->page.missing = "message over 64 MiB: the rest was left out";
    if (hs_mhtml_read(&c->page, arena, (hs_str){text->data, text->size})) return c;
    hs_capture_free(c);
    return NULL;
  }
  c->page.data = hs_arena_copy(arena, text->data, text->size);
  c->page.size = text->size;
  c->page.media = media;
  return c;
}

static int no_page(const hs_input *input, hs_error *error) {
  const char *name = hs_stream_name(input->stream);
  if (input->form == HS_FORM_MHTML)
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: no page in this MHTML: it holds no part of HTML", name);
  if (input->warc.passed)
    return hs_fail(error, HS_ERROR_INPUT, 0,
                   "%s: no page in this archive: none of its %llu records is an answer with one", name,
                   (unsigned long long)input->warc.passed);
  return hs_fail(error, HS_ERROR_INPUT, 0, "%s: empty: there is no page in it", name);
}

/* The whole stream as one page, behind what LINES has read of it already. */
static int read_one(hs_input *input, hs_media media, hs_capture **out, hs_error *error) {
  hs_lines *lines = &input->conllu.lines;
  size_t limit = input->form == HS_FORM_MHTML ? HS_LIMIT_MHTML_BYTES : HS_LIMIT_PAGE_BYTES;
  int code = lines->broken.code ? lines->broken.code : read_page(&lines->text, input->stream, limit, &lines->broken);
  if (lines->text.size) {
    *out = capture_of(&lines->text, media, input);
    if (*out) input->broken = lines->broken;
    code = *out ? 1 : no_page(input, error);
  } else if (code) {
    if (error) *error = lines->broken;
  } else {
    code = no_page(input, error);
  }
  close_stream(input);
  return code;
}

/* The name that pages get from PATH, as UTF-8: a file may have any bytes for a name. */
static char *stem_of(const char *path) {
  if (strcmp(path, "-") == 0) path = "stdin";
  const char *slash = strrchr(path, '/');
  const char *name = slash ? slash + 1 : path;
  hs_arena *arena = hs_arena_new();
  hs_str sound = hs_utf8_repair(arena, (hs_str){name, hs_walk_stem(name)}, NULL, NULL);
  char *stem = hs_alloc(sound.size + 1);
  memcpy(stem, sound.data, sound.size + 1);
  hs_arena_free(arena);
  return stem;
}

/* What the input looks like that no name tells of. */
static hs_form look(hs_input *input) {
  hs_records *records = &input->warc.records;
  hs_lines *lines = &input->conllu.lines;
  if (hs_records_begin(records)) return HS_FORM_WARC;
  lines->text = records->text; /* what was read to see it is the beginning of whatever else it is */
  lines->ended = records->ended || records->severed;
  lines->broken = records->broken;
  *records = (hs_records){0};
  char first = first_byte(lines);
  if (hs_mhtml_begins((hs_str){lines->text.data, lines->text.size})) return HS_FORM_MHTML;
  if (first == '{') return HS_FORM_LINES;
  return (first == '#' || first == '1') && hs_conllu_begins(lines) ? HS_FORM_CONLLU : HS_FORM_PAGE;
}

/* Begins to read STREAM, whose pages are called by NAME. Gives 1 and *OUT for a page, 0 for what holds many, which
 * read_next gives, or HS_ERROR_INPUT. */
static int begin(hs_input *input, hs_stream *stream, const char *name, hs_capture **out, hs_error *error) {
  input->stream = stream;
  input->stem = stem_of(name);
  input->conllu = (hs_conllu){.lines.stream = stream};
  input->warc = (hs_warc){.records.stream = stream, .reading = input->reading};
  if (input->wacz) input->warc.archive = hs_wacz_archive(input->wacz);
  input->told = false;
  hs_media media = HS_MEDIA_UNKNOWN;
  if (strcmp(name, "-") == 0 || !hs_walk_known(name, &input->form, &media)) input->form = look(input);
  bool one = input->form == HS_FORM_PAGE || input->form == HS_FORM_MHTML;
  return one ? read_one(input, media, out, error) : 0;
}

/* Opens PATH. As begin. */
static int open_path(hs_input *input, const char *path, hs_capture **out, hs_error *error) {
  const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
  hs_form form;
  hs_media media;
  if (hs_address_is_web(hs_str_of(path))) {
    hs_error why;
    if (!input->web && hs_web_new(&input->web, input->reading, input->memory, &why))
      return hs_fail(error, why.code, 0, "%s: %s", path, why.message);
    return hs_web_add(input->web, path, error);
  }
  if (hs_walk_known(path, &form, &media) && form == HS_FORM_WACZ) return hs_wacz_open(&input->wacz, path, error);
  if (hs_walk_known(path, &form, &media) && form == HS_FORM_LIST) {
    if (!input->list.lines.stream) return hs_list_open(&input->list, path, name, error);
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: a list in a list of archives: give it by itself", path);
  }
  hs_stream *stream;
  return hs_stream_open(&stream, path, name, error) ? HS_ERROR_INPUT : begin(input, stream, path, out, error);
}

static int read_next(hs_input *input, hs_capture **out, hs_error *error) {
  switch (input->form) {
  case HS_FORM_WARC: return hs_warc_next(&input->warc, out, error);
  case HS_FORM_CONLLU: return hs_conllu_next(&input->conllu, input->stem, out, error);
  default: return hs_lines_next(&input->conllu.lines, input->stem, out, error);
  }
}

/* Goes on with the file that is being read. Gives 0 when it is done. */
static int go_on(hs_input *input, hs_capture **out, hs_error *error) {
  int code = read_next(input, out, error);
  if (!code && !input->told && !input->warc.left_out) code = no_page(input, error);
  input->told = true;
  if (!code) close_stream(input);
  return code;
}

/* Opens what comes next: of a WACZ, of a list, of the paths. Gives 1 and *OUT for a page, HS_OPENED for what holds
 * many, 0 at the end, or HS_ERROR_INPUT. */
enum { HS_OPENED = 3 };
static int open_next(hs_input *input, hs_capture **out, hs_error *error) {
  const char *path;
  uint64_t size;
  int code;
  if (input->wacz) {
    hs_stream *stream;
    code = hs_wacz_next(input->wacz, &stream, error);
    if (code == 1) code = begin(input, stream, hs_stream_name(stream), out, error);
    else if (!code) hs_wacz_free(input->wacz), input->wacz = NULL;
    return code ? code : HS_OPENED;
  }
  if (input->list.lines.stream) {
    code = hs_list_next(&input->list, input->reading, &path, error);
    if (code == 1) code = open_path(input, path, out, error);
    else if (!code) hs_list_free(&input->list);
    return code ? code : HS_OPENED;
  }
  code = hs_walk_next(input->walk, &path, &size, error);
  if (!code && input->web) code = hs_web_next(input->web, out, error);
  else if (code == 1 && !(code = open_path(input, path, out, error))) code = HS_OPENED;
  return code;
}

static int next_page(hs_input *input, hs_capture **out, hs_error *error) {
  int code;
  if (input->broken.code) {
    if (error) *error = input->broken;
    input->broken.code = HS_OK;
    return HS_ERROR_INPUT;
  }
  do {
    code = input->stream ? go_on(input, out, error) : HS_OPENED;
    if (!code || (code == HS_OPENED && !input->stream)) code = open_next(input, out, error);
  } while (code == HS_OPENED);
  return code;
}

int hs_input_next(hs_input *input, hs_capture **out, hs_error *error) {
  int code;
  for (;;) {
    *out = NULL;
    code = next_page(input, out, error);
    if (code != 1 || !(*out)->page.data || hs_filter_takes_page(input->reading, *out)) return code;
    hs_capture_free(*out);
    input->left_out++;
  }
}

void hs_input_tally(const hs_input *input, hs_tally *tally) {
  tally->passed += input->passed + input->warc.passed;
  tally->left_out += input->left_out + input->warc.left_out;
  if (input->web) hs_web_tally(input->web, tally);
}

void hs_input_progress(const hs_input *input, hs_progress *progress) {
  progress->bytes = input->done + (input->stream ? hs_stream_taken(input->stream) : 0);
  progress->bytes_total = input->total_known ? input->total : 0;
}

void hs_input_free(hs_input *input) {
  if (!input) return;
  close_stream(input);
  hs_wacz_free(input->wacz);
  hs_list_free(&input->list);
  hs_walk_free(input->walk);
  hs_web_free(input->web);
  free(input);
}
