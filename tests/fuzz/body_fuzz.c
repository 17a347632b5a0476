/* Whatever the bytes, read as a response of HTTP: what is told of it stands in it, its body unpacks to no more than a
 * page and to the same twice; and what a server packs and cuts into chunks comes out as it went in. */
#include "base/limits.h"
#include "fuzz.h"
#include "ingest/http.h"

#include <zlib.h>
#include <zstd.h>

static bool within(hs_str part, hs_str all) {
  return !part.size || (part.data >= all.data && part.data + part.size <= all.data + all.size);
}

/* False if RESPONSE is none. BODY owns what http->body points into, unless that is RESPONSE. */
static bool unpack(hs_http *http, hs_str response, hs_buffer *body) {
  hs_str header;
  if (!hs_http_read(http, &header, response)) return false;
  require(within(header, response) && within(http->body, response), "header and body stand in the response");
  require(within(http->type, header) && within(http->charset, header), "type and charset stand in the header");
  hs_http_unpack(http, header, body);
  require(within(http->body, response) || within(http->body, (hs_str){body->data, body->size}), "a body is borrowed");
  size_t most = response.size > HS_LIMIT_PAGE_BYTES ? response.size : HS_LIMIT_PAGE_BYTES + 1;
  require(http->status >= 100 && http->status <= 999 && http->body.size <= most, "status and body are within limits");
  return true;
}

static void check_way_back(hs_str text, bool zstd, size_t step) {
  char *packed = malloc(text.size * 2 + 1024);
  uLongf size = text.size * 2 + 1024;
  if (zstd) size = ZSTD_compress(packed, size, text.data, text.size, 1);
  else require(compress2((Bytef *)packed, &size, (const Bytef *)text.data, text.size, 1) == Z_OK, "zlib packs");
  hs_buffer response = {0}, body = {0};
  hs_buffer_printf(&response, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: %s\r\n\r\n",
                   zstd ? "zstd" : "deflate");
  for (size_t at = 0, n; at < size; at += n) {
    n = size - at < step ? size - at : step;
    hs_buffer_printf(&response, "%zx;x=y\r\n", n);
    hs_buffer_add(&response, packed + at, n);
    hs_buffer_text(&response, "\r\n");
  }
  hs_buffer_text(&response, "0\r\n\r\n");
  hs_http http;
  require(unpack(&http, (hs_str){response.data, response.size}, &body), "it is a response");
  require(!http.missing && hs_str_equal(http.body, text), "what was packed comes out as it went in");
  free(packed);
  hs_buffer_free(&response);
  hs_buffer_free(&body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hs_str bytes = {(const char *)data, size};
  hs_http once, twice;
  hs_buffer bodies[2] = {0};
  bool known = unpack(&once, bytes, &bodies[0]);
  require(unpack(&twice, bytes, &bodies[1]) == known, "the same bytes, the same answer");
  require(!known || (hs_str_equal(once.body, twice.body) && !once.missing == !twice.missing), "and the same body");
  if (size) check_way_back(bytes, data[0] % 2, 1 + data[size - 1]);
  hs_buffer_free(&bodies[0]);
  hs_buffer_free(&bodies[1]);
  return 0;
}
