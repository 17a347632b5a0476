#include "ingest/mhtml.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "ingest/address.h"
#include "ingest/http.h"
#include "ingest/when.h"

enum { HEADER_BYTES = 64 * 1024, LOOK_BYTES = 4096, MOST_NESTED = 8, VALUE_BYTES = 4096 };

/* Takes the header off MESSAGE: its fields, each on one line. */
static hs_str take_header(hs_arena *arena, hs_str *message) {
  size_t most = message->size < HEADER_BYTES ? message->size : HEADER_BYTES, size = 0, at = 0;
  char *header = hs_arena_alloc(arena, most + 1);
  while (at < most) {
    const char *line = message->data + at, *end = memchr(line, '\n', most - at);
    size_t length = end ? (size_t)(end - line) : most - at;
    at += length + (end != NULL);
    if (length && line[length - 1] == '\r') length--;
    if (!length) break;
    bool goes_on = size && (line[0] == ' ' || line[0] == '\t');
    if (goes_on) header[size - 1] = ' ';
    memcpy(header + size, line, length);
    size += length;
    header[size++] = '\n';
  }
  *message = (hs_str){message->data + at, message->size - at};
  return (hs_str){header, size};
}

bool hs_mhtml_begins(hs_str s) {
  if (s.size > LOOK_BYTES) s.size = LOOK_BYTES;
  if (!s.size || !hs_is_letter(s.data[0])) return false;
  return hs_str_holds_alike(s, "\nMIME-Version:") && hs_str_holds_alike(s, "multipart/related");
}

/* Takes the next part between lines of BOUNDARY off BODY; false behind the last. */
static bool take_part(hs_str *body, hs_str boundary, hs_str *part) {
  const char *start = NULL;
  while (body->size) {
    const char *line = body->data, *end = memchr(line, '\n', body->size);
    size_t length = end ? (size_t)(end - line) : body->size;
    hs_str s = {line, length};
    bool marks =
        s.size >= boundary.size + 2 && hs_str_starts(s, "--") && memcmp(s.data + 2, boundary.data, boundary.size) == 0;
    if (marks && start) break;
    *body = (hs_str){line + length + (end != NULL), body->size - length - (end != NULL)};
    if (marks && hs_str_starts((hs_str){s.data + 2 + boundary.size, s.size - 2 - boundary.size}, "--")) return false;
    if (marks) start = body->data;
  }
  if (!start) return false;
  *part = (hs_str){start, (size_t)(body->data - start)};
  return true;
}

static int hex(char c) {
  if (hs_is_digit(c)) return c - '0';
  c = hs_small(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static hs_str from_quoted_printable(hs_arena *arena, hs_str s) {
  char *out = hs_arena_alloc(arena, s.size + 1);
  size_t size = 0;
  for (size_t i = 0; i < s.size; i++) {
    if (s.data[i] != '=') {
      out[size++] = s.data[i];
      continue;
    }
    size_t end = i + 1;
    while (end < s.size && strchr(" \t\r", s.data[end]) && s.data[end]) end++;
    if (end < s.size && s.data[end] == '\n') {
      i = end;
    } else if (i + 2 < s.size && hex(s.data[i + 1]) >= 0 && hex(s.data[i + 2]) >= 0) {
      out[size++] = (char)(hex(s.data[i + 1]) << 4 | hex(s.data[i + 2]));
      i += 2;
    } else {
      out[size++] = '='; /* stands for itself, against the standard */
    }
  }
  return (hs_str){out, size};
}

static int digit64(char c) {
  if (hs_is_capital(c)) return c - 'A';
  if (hs_is_small(c)) return c - 'a' + 26;
  if (hs_is_digit(c)) return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static hs_str from_base64(hs_arena *arena, hs_str s) {
  char *out = hs_arena_alloc(arena, s.size + 1);
  size_t size = 0;
  unsigned bits = 0, count = 0;
  for (size_t i = 0; i < s.size && s.data[i] != '='; i++) {
    int digit = digit64(s.data[i]);
    if (digit < 0) continue;
    bits = (bits << 6 | (unsigned)digit) & 0xFFFF;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out[size++] = (char)(bits >> count & 0xFF);
  }
  return (hs_str){out, size};
}

static const char *kept(hs_arena *arena, hs_str s) {
  if (!s.size || s.size > VALUE_BYTES) return NULL;
  return hs_utf8_repair(arena, s, NULL, NULL).data;
}

/* Fills PAGE from the part with HEADER and BODY; false if it is neither HTML nor text. */
static bool read_part(hs_page *page, hs_arena *arena, hs_str header, hs_str body, const hs_http *type) {
  page->media = hs_http_media(type->type);
  if (page->media == HS_MEDIA_UNKNOWN) return false;
  hs_str encoding = hs_http_field(header, "Content-Transfer-Encoding");
  if (hs_str_alike(encoding, "quoted-printable")) body = from_quoted_printable(arena, body);
  else if (hs_str_alike(encoding, "base64")) body = from_base64(arena, body);
  else body.data = hs_arena_copy(arena, body.data, body.size);
  if (body.size > HS_LIMIT_PAGE_BYTES) body.size = HS_LIMIT_PAGE_BYTES + 1;
  hs_str place = hs_http_field(header, "Content-Location");
  page->data = body.data, page->size = body.size;
  page->charset = kept(arena, type->charset);
  if (!page->url && hs_address_is_web(place)) page->url = kept(arena, place);
  return true;
}

bool hs_mhtml_read(hs_page *page, hs_arena *arena, hs_str message) {
  hs_str header = take_header(arena, &message), part;
  hs_str place = hs_http_field(header, "Snapshot-Content-Location");
  if (hs_address_is_web(place)) page->url = kept(arena, place);
  page->captured = hs_when_read(arena, hs_http_field(header, "Date"));
  hs_http type;
  for (int depth = 0; depth < MOST_NESTED; depth++) {
    hs_http_type(&type, hs_http_field(header, "Content-Type"));
    if (read_part(page, arena, header, message, &type)) return true;
    hs_str boundary = hs_http_parameter(hs_http_field(header, "Content-Type"), "boundary");
    if (!hs_str_starts_alike(type.type, "multipart/") || !boundary.size) return false;
    bool found = false;
    while (!found && take_part(&message, boundary, &part)) {
      hs_str rest = part;
      hs_str inner = take_header(arena, &rest);
      hs_http_type(&type, hs_http_field(inner, "Content-Type"));
      found = hs_http_media(type.type) == HS_MEDIA_HTML || hs_str_starts_alike(type.type, "multipart/");
      if (found) header = inner, message = rest;
    }
    if (!found) return false;
  }
  return false;
}
