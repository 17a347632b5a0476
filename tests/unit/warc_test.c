#include "base/buffer.h"
#include "base/limits.h"
#include "ingest/http.h"
#include "ingest/warc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

/* An archive that is being made in memory, and what was read from it. */
typedef struct archive {
  hs_buffer bytes;
  hs_buffer seen; /* "name@offset " for a page, "!offset " for an error */
  uint64_t passed;
} archive;

static void add(archive *a, const char *type, const char *address, const char *content, size_t size, long long length) {
  hs_buffer_printf(&a->bytes, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Length: %lld\r\n\r\n", type,
                   address, length);
  hs_buffer_add(&a->bytes, content, size);
  hs_buffer_text(&a->bytes, "\r\n\r\n");
}

static void add_page(archive *a, const char *name, long long more) {
  hs_buffer content = {0}, address = {0};
  hs_buffer_printf(&address, "https://news.example/%s", name);
  hs_buffer_printf(&content, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nThe page %s.", name);
  add(a, "response", address.data, content.data, content.size, (long long)content.size + more);
  hs_buffer_free(&address);
  hs_buffer_free(&content);
}

static void read_by(archive *a, size_t step) {
  int fd = memfd_create("archive", MFD_CLOEXEC);
  assert_int_equal(write(fd, a->bytes.data, a->bytes.size), a->bytes.size);
  lseek(fd, 0, SEEK_SET);
  hs_stream *stream = hs_stream_new(fd, "a.warc");
  hs_warc warc = {.records = {.stream = stream, .step = step}};
  hs_capture *capture;
  hs_error error;
  int code;
  hs_buffer_clear(&a->seen);
  hs_buffer_text(&a->seen, "");
  while ((code = hs_warc_next(&warc, &capture, &error))) {
    if (code == 1) hs_buffer_printf(&a->seen, "%s@%llu ", capture->page.id, (unsigned long long)capture->page.offset);
    else hs_buffer_printf(&a->seen, "!%zu ", error.position);
    if (code == 1) hs_capture_free(capture);
  }
  a->passed = warc.passed;
  hs_warc_free(&warc);
  hs_stream_free(stream);
}

static void check(archive *a, const char *expected) {
  for (size_t step = 0; step < 300; step = step * 3 + 1) {
    read_by(a, step);
    assert_string_equal(a->seen.data, expected);
  }
}

static void empty(archive *a) {
  hs_buffer_free(&a->bytes);
  hs_buffer_free(&a->seen);
}

/* That is all that there is to see of A, whatever is read at once; A is emptied. */
__attribute__((format(printf, 2, 3))) static void check_all(archive *a, const char *format, ...) {
  char expected[200];
  va_list values;
  va_start(values, format);
  assert_true(vsnprintf(expected, sizeof expected, format, values) < (int)sizeof expected);
  va_end(values);
  check(a, expected);
  empty(a);
}

static void pages_come_with_their_places(void **state) {
  (void)state;
  archive a = {0};
  add(&a, "warcinfo", "", "software: x", 11, 11);
  size_t first = a.bytes.size;
  add_page(&a, "one.html", 0);
  size_t second = a.bytes.size;
  add(&a, "request", "https://news.example/two", "GET /two", 8, 8);
  size_t third = a.bytes.size;
  add_page(&a, "two", 0);
  check_all(&a, "one@%zu two@%zu ", first, third);
  assert_int_equal(a.passed, 2);
  assert_true(second < third);
}

/* Each kind of breakage costs its own record alone. */
static void broken_records_cost_nothing_else(void **state) {
  (void)state;
  static const long long wrong[] = {-3, 9, 200, 1LL << 40, INT64_MAX - 1000, -10000};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    archive a = {0};
    add_page(&a, "one", 0);
    size_t at = a.bytes.size;
    add_page(&a, "broken", wrong[i]);
    size_t second = a.bytes.size;
    add_page(&a, "two", 0);
    size_t third = a.bytes.size;
    add_page(&a, "three", 0);
    check_all(&a, "one@0 !%zu two@%zu three@%zu ", at, second, third);
  }
}

static void garbage_is_passed_over(void **state) {
  (void)state;
  archive a = {0};
  hs_buffer_text(&a.bytes, "WARC/1.0 is what this is not\r\n\r\n");
  size_t first = a.bytes.size;
  add_page(&a, "one", 0);
  hs_buffer_text(&a.bytes, "\r\n\r\n\r\n\r\n\r\n\r\n");
  size_t second = a.bytes.size;
  add_page(&a, "two", 0);
  size_t end = a.bytes.size;
  hs_buffer_text(&a.bytes, "WARC/1.1\r\nWARC-Type: response\r\n");
  check_all(&a, "!0 one@%zu two@%zu !%zu ", first, second, end);
}

/* A record longer than is kept in memory, with a length that runs over the next ones. */
static void a_long_record_that_is_wrong_is_gone_back_into(void **state) {
  (void)state;
  archive a = {0};
  add_page(&a, "broken", HS_LIMIT_RECORD_BYTES + 1000000);
  size_t second = a.bytes.size;
  add_page(&a, "two", 0);
  char *filler = calloc(1, HS_LIMIT_RECORD_BYTES + 2000000);
  memset(filler, 'x', HS_LIMIT_RECORD_BYTES + 2000000);
  size_t long_one = a.bytes.size;
  add(&a, "resource", "https://news.example/image", filler, HS_LIMIT_RECORD_BYTES + 2000000,
      HS_LIMIT_RECORD_BYTES + 2000000);
  size_t last = a.bytes.size;
  add_page(&a, "last", 0);
  hs_buffer expected = {0};
  hs_buffer_printf(&expected, "!0 two@%zu last@%zu ", second, last);
  read_by(&a, 0);
  assert_string_equal(a.seen.data, expected.data);
  assert_int_equal(a.passed, 1);
  assert_true(long_one < last);
  free(filler);
  hs_buffer_free(&expected);
  empty(&a);
}

static void http_headers(void **state) {
  (void)state;
  hs_http http;
  hs_str header;
  assert_false(hs_http_read(&http, &header, hs_str_of("")));
  assert_false(hs_http_read(&http, &header, hs_str_of("GET / HTTP/1.1\r\n\r\n")));
  assert_true(hs_http_read(&http, &header, hs_str_of("HTTP/2 404\nContent-Type: text/html\n\nGone")));
  assert_int_equal(http.status, 404);
  assert_true(hs_str_is(http.body, "Gone"));
  assert_true(hs_http_read(&http, &header,
                           hs_str_of("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"
                                     "content-type: Text/HTML; q=1; Charset=\"windows-1252\"\r\n\r\nbody")));
  assert_int_equal(http.status, 200);
  assert_true(hs_str_is(http.type, "Text/HTML") && hs_str_is(http.charset, "windows-1252"));
  assert_true(hs_http_read(&http, &header, hs_str_of("HTTP/1.1 200 OK\r\nX: y")));
  assert_int_equal(http.body.size, 0);
}

static void check_body(const char *response, const char *body, bool whole) {
  hs_http http;
  hs_str header;
  hs_buffer scratch = {0};
  assert_true(hs_http_read(&http, &header, hs_str_of(response)));
  hs_http_unpack(&http, header, &scratch);
  assert_true(hs_str_is(http.body, body));
  assert_int_equal(http.missing == NULL, whole);
  hs_buffer_free(&scratch);
}

static void http_bodies(void **state) {
  (void)state;
#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
  check_body(CHUNKED "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", "abcde", true);
  check_body(CHUNKED "3\r\nabc\r\nFFFFFFFFFFFFFFFFFF\r\nde", "abc", false);
  check_body(CHUNKED "3\r\nabc\r\n9\r\nde", "abcde", false);
  check_body(CHUNKED "<p>not chunked at all</p>", "<p>not chunked at all</p>", true);
#define PACKED(name) "HTTP/1.1 200 OK\r\nContent-Encoding: " name "\r\n\r\n"
  check_body(PACKED("gzip") "<p>not packed</p>", "<p>not packed</p>", true);
  check_body(PACKED("br") "", "", true);
  check_body(PACKED("unheard-of") "as it is", "as it is", true);
  check_body(PACKED("br, br, br, br, br, br") "\x0b\x02\x80hello\x03", "hello", true);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pages_come_with_their_places),
      cmocka_unit_test(broken_records_cost_nothing_else),
      cmocka_unit_test(garbage_is_passed_over),
      cmocka_unit_test(a_long_record_that_is_wrong_is_gone_back_into),
      cmocka_unit_test(http_headers),
      cmocka_unit_test(http_bodies),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
