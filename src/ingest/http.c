#include "ingest/http.h"

#include "base/arena.h"
#include "base/limits.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

enum { MOST_CODINGS = 4, MOST_INTERIM = 8, MOST_BYTES = HS_LIMIT_PAGE_BYTES + 1, STEP_BYTES = 64 * 1024 };

/* Takes the first line off TEXT, without its end. */
static hs_str take_line(hs_str *text) {
  const char *end = text->size ? memchr(text->data, '\n', text->size) : NULL;
  hs_str line = {text->data, end ? (size_t)(end - text->data) : text->size};
  size_t used = line.size + (end != NULL);
  *text = (hs_str){text->data + used, text->size - used};
  if (line.size && line.data[line.size - 1] == '\r') line.size--;
  return line;
}

hs_str hs_http_field(hs_str header, const char *name) {
  size_t n = strlen(name);
  while (header.size) {
    hs_str line = take_line(&header);
    if (line.size > n && line.data[n] == ':' && hs_str_starts_alike(line, name))
      return hs_str_trim((hs_str){line.data + n + 1, line.size - n - 1});
  }
  return (hs_str){"", 0};
}

/* Takes what stands before the next SIGN off LIST, without blanks. */
static hs_str take_part(hs_str *list, char sign) {
  const char *end = list->size ? memchr(list->data, sign, list->size) : NULL;
  hs_str part = {list->data, end ? (size_t)(end - list->data) : list->size};
  size_t used = part.size + (end != NULL);
  *list = (hs_str){list->data + used, list->size - used};
  return hs_str_trim(part);
}

static hs_str without_marks(hs_str s) {
  if (s.size >= 2 && (s.data[0] == '"' || s.data[0] == '\'') && s.data[s.size - 1] == s.data[0])
    s = (hs_str){s.data + 1, s.size - 2};
  return s;
}

hs_media hs_http_media(hs_str type) {
  if (hs_str_alike(type, "text/html") || hs_str_alike(type, "application/xhtml+xml")) return HS_MEDIA_HTML;
  return hs_str_alike(type, "text/plain") ? HS_MEDIA_TEXT : HS_MEDIA_UNKNOWN;
}

/* Where the parameter at the start of S ends: at a semicolon that stands in no quotation marks. */
static size_t parameter_size(hs_str s) {
  bool quoted = false;
  size_t i = 0;
  for (; i < s.size && (quoted || s.data[i] != ';'); i++) quoted = quoted != (s.data[i] == '"');
  return i;
}

hs_str hs_http_parameter(hs_str value, const char *name) {
  size_t n = strlen(name);
  for (size_t used = parameter_size(value); used < value.size; used = parameter_size(value)) {
    value = (hs_str){value.data + used + 1, value.size - used - 1};
    hs_str one = hs_str_trim((hs_str){value.data, parameter_size(value)});
    if (one.size > n && one.data[n] == '=' && hs_str_starts_alike(one, name))
      return without_marks(hs_str_trim((hs_str){one.data + n + 1, one.size - n - 1}));
  }
  return (hs_str){"", 0};
}

void hs_http_type(hs_http *out, hs_str value) {
  out->charset = hs_http_parameter(value, "charset");
  out->type = take_part(&value, ';');
}

/* The status of a line "HTTP/1.1 200 OK", of three digits, the first not 0; 0 if it is none. */
static int status_of(hs_str line) {
  if (!hs_str_starts_alike(line, "HTTP/")) return 0;
  take_part(&line, ' ');
  line = hs_str_trim(line);
  if (line.size < 3 || !hs_is_digit(line.data[0]) || !hs_is_digit(line.data[1]) || !hs_is_digit(line.data[2])) return 0;
  int status = (line.data[0] - '0') * 100 + (line.data[1] - '0') * 10 + (line.data[2] - '0');
  return status < 100 ? 0 : status;
}

bool hs_http_read(hs_http *out, hs_str *header, hs_str response) {
  *out = (hs_http){0};
  hs_str rest = response;
  for (int i = 0; i < MOST_INTERIM; i++) {
    out->status = status_of(take_line(&rest));
    if (!out->status) return false;
    *header = rest;
    while (rest.size && take_line(&rest).size) {
    }
    header->size = (size_t)(rest.data - header->data);
    if (out->status >= 200) break; /* "100 Continue" stands before the answer */
  }
  hs_http_type(out, hs_http_field(*header, "Content-Type"));
  out->body = rest;
  return true;
}

/* The size that a chunk's first line tells; false if it is none. */
static bool chunk_size(hs_str line, size_t *size) {
  size_t i = 0;
  line = hs_str_trim(line);
  for (*size = 0; i < line.size && i < 15; i++) {
    char c = hs_small(line.data[i]);
    if (hs_is_digit(c)) *size = *size * 16 + (size_t)(c - '0');
    else if (c >= 'a' && c <= 'f') *size = *size * 16 + (size_t)(c - 'a' + 10);
    else break;
  }
  return i > 0 && (i == line.size || line.data[i] == ';' || line.data[i] == ' ');
}

/* Joins the chunks of http->body; leaves it alone if it does not begin with one. */
static void join_chunks(hs_http *http, hs_buffer *out) {
  hs_str rest = http->body;
  size_t size;
  bool first = true, done = false;
  while (!done && rest.size) {
    if (!chunk_size(take_line(&rest), &size)) break;
    first = false;
    done = size == 0;
    size_t have = size < rest.size ? size : rest.size;
    hs_buffer_add(out, rest.data, have);
    if (have < size) break;
    rest = (hs_str){rest.data + have, rest.size - have};
    if (!done) take_line(&rest);
  }
  if (first) return;
  if (!done) http->missing = "the body ends before its last chunk";
  http->body = (hs_str){out->size ? out->data : "", out->size};
}

/* Room for one more step in OUT, up to the limit of a page. */
static size_t make_room(hs_buffer *out) {
  if (out->capacity - out->size < STEP_BYTES) {
    out->capacity = (out->size + STEP_BYTES) * 2;
    out->data = hs_realloc(out->data, out->capacity);
  }
  return MOST_BYTES - out->size < STEP_BYTES ? MOST_BYTES - out->size : STEP_BYTES;
}

/* Each unpacks IN into OUT as far as it goes, and gives whether it came to its end or to the limit. */
static bool inflate_as(hs_str in, hs_buffer *out, int window) {
  z_stream z = {.next_in = (unsigned char *)in.data, .avail_in = (unsigned)in.size};
  int code = Z_OK;
  if (inflateInit2(&z, window) != Z_OK) return false;
  while (code == Z_OK && out->size < MOST_BYTES) {
    size_t room = make_room(out);
    z.next_out = (unsigned char *)out->data + out->size;
    z.avail_out = (unsigned)room;
    code = inflate(&z, Z_NO_FLUSH);
    out->size += room - z.avail_out;
  }
  inflateEnd(&z);
  return code == Z_STREAM_END || code == Z_OK;
}

static bool unpack_gzip(hs_str in, hs_buffer *out) { return inflate_as(in, out, 15 + 16); }

/* With zlib's header, as the standard has it, or without, as many servers do. */
static bool unpack_deflate(hs_str in, hs_buffer *out) {
  bool whole = inflate_as(in, out, 15);
  return whole || out->size ? whole : inflate_as(in, out, -15);
}

static bool unpack_br(hs_str in, hs_buffer *out) {
  BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
  const uint8_t *next = (const uint8_t *)in.data;
  BrotliDecoderResult code = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (state && code == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && out->size < MOST_BYTES) {
    size_t room = make_room(out), left = room;
    uint8_t *to = (uint8_t *)out->data + out->size;
    code = BrotliDecoderDecompressStream(state, &in.size, &next, &left, &to, NULL);
    out->size += room - left;
  }
  BrotliDecoderDestroyInstance(state);
  return code == BROTLI_DECODER_RESULT_SUCCESS || code == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
}

static bool unpack_zstd(hs_str in, hs_buffer *out) {
  ZSTD_DStream *z = ZSTD_createDStream();
  ZSTD_inBuffer from = {in.data, in.size, 0};
  size_t code = 1;
  while (z && code && out->size < MOST_BYTES) {
    size_t room = make_room(out);
    ZSTD_outBuffer to = {out->data, out->size + room, out->size};
    code = ZSTD_decompressStream(z, &to, &from);
    bool stuck = ZSTD_isError(code) || (to.pos == out->size && from.pos == from.size);
    out->size = to.pos;
    if (stuck) break;
  }
  ZSTD_freeDStream(z);
  return code == 0 || out->size == MOST_BYTES;
}

static const struct {
  const char *name;
  bool (*unpack)(hs_str in, hs_buffer *out);
} codings[] = {{"gzip", unpack_gzip},
               {"x-gzip", unpack_gzip},
               {"deflate", unpack_deflate},
               {"br", unpack_br},
               {"zstd", unpack_zstd}};

/* Undoes one coding of http->body; leaves it alone if nothing at all comes out. */
static void undo(hs_http *http, hs_str name, hs_buffer *scratch) {
  for (size_t i = 0; i < sizeof codings / sizeof *codings; i++) {
    if (!hs_str_alike(name, codings[i].name)) continue;
    hs_buffer out = {0};
    bool whole = codings[i].unpack(http->body, &out);
    if (!out.size) {
      hs_buffer_free(&out);
      return;
    }
    if (!whole) http->missing = "the packed body is broken or cut";
    hs_buffer_free(scratch);
    *scratch = out;
    http->body = (hs_str){scratch->data, scratch->size};
    return;
  }
}

void hs_http_unpack(hs_http *http, hs_str header, hs_buffer *scratch) {
  hs_str names[MOST_CODINGS], list = hs_http_field(header, "Content-Encoding");
  size_t count = 0;
  if (hs_str_holds_alike(hs_http_field(header, "Transfer-Encoding"), "chunked")) join_chunks(http, scratch);
  while (list.size && count < MOST_CODINGS) names[count++] = take_part(&list, ',');
  while (count) undo(http, names[--count], scratch);
}
