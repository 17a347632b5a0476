#include "ingest/warc.h"

#include "base/calendar.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "ingest/address.h"
#include "ingest/filter.h"
#include "ingest/http.h"

#include <stdio.h>

enum { FIELD_BYTES = 4096, DATE_BYTES = 40, NAME_BYTES = 200 };

/* The field NAME without the angle brackets that WARC 1.0 puts around addresses and ids. */
static hs_str field(const hs_record_found *record, const char *name) {
  hs_str s = hs_http_field(record->header, name);
  if (s.size >= 2 && s.data[0] == '<' && s.data[s.size - 1] == '>') s = (hs_str){s.data + 1, s.size - 2};
  return s;
}

static const char *kept(hs_arena *arena, hs_str s) {
  if (!s.size) return NULL;
  return hs_utf8_repair(arena, (hs_str){s.data, s.size < FIELD_BYTES ? s.size : FIELD_BYTES}, NULL, NULL).data;
}

/* An address of the web, and none of those that stand there for machines alone. */
static bool is_page_address(hs_str address) {
  if (!hs_address_is_web(address)) return false;
  return !hs_str_ends(hs_address_bare(address), "/robots.txt");
}

/* The page in RECORD as it was sent, with its kind and charset; false if there is none. */
static bool open_page(hs_http *page, hs_str *header, const hs_record_found *record) {
  hs_str type = hs_http_field(record->header, "WARC-Type");
  *header = (hs_str){"", 0};
  if (!is_page_address(field(record, "WARC-Target-URI"))) return false;
  if (hs_str_alike(type, "response")) {
    if (!hs_http_read(page, header, record->block) || page->status != 200) return false;
    if (!page->type.size) hs_http_type(page, hs_http_field(record->header, "WARC-Identified-Payload-Type"));
  } else if (hs_str_alike(type, "resource") || hs_str_alike(type, "conversion")) {
    *page = (hs_http){.body = record->block};
    hs_http_type(page, hs_http_field(record->header, "Content-Type"));
  } else {
    return false;
  }
  return hs_http_media(page->type) != HS_MEDIA_UNKNOWN && page->body.size;
}

static const char *missing(hs_arena *arena, const hs_http *page, const hs_record_found *record) {
  hs_str cut = hs_http_field(record->header, "WARC-Truncated");
  if (record->length > record->block.size)
    return hs_arena_printf(arena, "record over %d MiB: the rest was left out", HS_LIMIT_RECORD_BYTES >> 20);
  if (cut.size) return hs_arena_printf(arena, "cut when it was archived: %s", kept(arena, cut));
  return page->missing;
}

static const char *file_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

/* Is the page in RECORD wanted, as far as its address and time tell? */
static bool is_wanted(const hs_warc *warc, const hs_record_found *record) {
  const hs_reading *r = warc->reading;
  if (!r || !(r->since || r->until || r->outlet)) return true;
  char url[FIELD_BYTES], day[DATE_BYTES];
  hs_str address = field(record, "WARC-Target-URI"), when = field(record, "WARC-Date");
  if (address.size >= sizeof url || when.size >= sizeof day) return true;
  snprintf(url, sizeof url, "%.*s", (int)address.size, address.data);
  snprintf(day, sizeof day, "%.*s", (int)when.size, when.data);
  hs_facts facts = {.day = when.size ? day : NULL, .url = url};
  return hs_filter_takes(r, &facts);
}

static hs_capture *capture_of(const hs_warc *warc, const hs_http *http, hs_str header, const hs_record_found *record) {
  hs_arena *arena = hs_arena_new();
  hs_capture *c = hs_arena_alloc(arena, sizeof *c);
  const char *file = hs_stream_name(warc->records.stream);
  hs_str address = field(record, "WARC-Target-URI"), when = field(record, "WARC-Date");
  hs_date day;
  *c = (hs_capture){.arena = arena, .language = kept(arena, hs_http_field(header, "Content-Language"))};
  c->page = (hs_page){.data = hs_arena_copy(arena, http->body.data, http->body.size),
                      .size = http->body.size,
                      .media = hs_http_media(http->type),
                      .id = hs_address_name(arena, address),
                      .url = kept(arena, address),
                      .charset = kept(arena, http->charset),
                      .captured = when.size < DATE_BYTES ? kept(arena, when) : NULL,
                      .missing = missing(arena, http, record),
                      .archive = kept(arena, hs_str_of(warc->archive ? warc->archive : file_name(file))),
                      .record = kept(arena, field(record, "WARC-Record-ID")),
                      .offset = record->offset};
  if (c->page.captured && !hs_date_read(&day, c->page.captured)) c->page.captured = NULL;
  bool told = address.size && address.size <= NAME_BYTES;
  c->name = hs_arena_printf(arena, "%s: at byte %llu%s%s", file, (unsigned long long)record->offset, told ? ": " : "",
                            told ? c->page.url : "");
  return c;
}

int hs_warc_next(hs_warc *warc, hs_capture **out, hs_error *error) {
  *out = NULL;
  hs_record_found record;
  int code;
  while ((code = hs_records_next(&warc->records, &record, error)) == 1) {
    hs_http page;
    hs_str header;
    if (!open_page(&page, &header, &record)) {
      warc->passed++;
      continue;
    }
    if (!is_wanted(warc, &record)) {
      warc->left_out++;
      continue;
    }
    hs_buffer_clear(&warc->body);
    hs_http_unpack(&page, header, &warc->body);
    if (page.body.size > HS_LIMIT_PAGE_BYTES) page.body.size = HS_LIMIT_PAGE_BYTES + 1;
    *out = capture_of(warc, &page, header, &record);
    return 1;
  }
  return code;
}

void hs_warc_free(hs_warc *warc) {
  hs_records_free(&warc->records);
  hs_buffer_free(&warc->body);
  warc->passed = warc->left_out = 0;
}
