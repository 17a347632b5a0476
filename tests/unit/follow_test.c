/* Following a feed, round by round, with a server in a thread of the test. */
#include "ingest/web.h"

#include "base/buffer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* What the server was asked and what it answers. */
typedef struct server {
  int listener;
  char url[64];
  pthread_t thread;
  atomic_int feeds, first, second, unchanged, entries;
} server;

static void reply(int to, const char *status, const char *type, const char *etag, const char *body) {
  hs_buffer out = {0};
  hs_buffer_printf(&out, "HTTP/1.1 %s\r\nContent-Type: %s\r\nETag: %s\r\nContent-Length: %zu\r\n\r\n%s", status, type,
                   etag, strlen(body), body);
  assert_int_equal(write(to, out.data, out.size), out.size);
  hs_buffer_free(&out);
}

static void answer(server *s, int to, const char *request) {
  static const char page[] = "<html><body><p>Nobody said a word about the dam.</p></body></html>";
  char etag[20];
  if (strncmp(request, "GET /feed ", 10) == 0) {
    s->feeds++;
    snprintf(etag, sizeof etag, "\"%d\"", s->entries);
    if (strstr(request, etag)) s->unchanged++;
    reply(to, strstr(request, etag) ? "304 Same" : "200 OK", "text/xml", etag,
          strstr(request, etag) ? ""
          : s->entries == 1     ? "<rss><item><link>/first</link></item></rss>"
                                : "<rss><item><link>/first</link></item><item><link>/second</link></item></rss>");
    return;
  }
  if (strncmp(request, "GET /first ", 11) == 0) s->first++;
  if (strncmp(request, "GET /second ", 12) == 0) s->second++;
  bool robots = strncmp(request, "GET /robots.txt ", 16) == 0;
  reply(to, robots ? "404 None" : "200 OK", "text/html", "\"p\"", page);
}

static void *serve(void *server_) {
  server *s = server_;
  for (int to; (to = accept(s->listener, NULL, NULL)) >= 0; close(to)) {
    char request[4096];
    size_t size = 0;
    ssize_t got;
    while (size < sizeof request - 1 && (got = read(to, request + size, sizeof request - 1 - size)) > 0) {
      size += (size_t)got;
      request[size] = '\0';
      if (strstr(request, "\r\n\r\n")) break;
    }
    if (size) answer(s, to, request);
  }
  return NULL;
}

static void start(server *s) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof at;
  *s = (server){.listener = socket(AF_INET, SOCK_STREAM, 0), .entries = 1};
  assert_int_equal(bind(s->listener, (struct sockaddr *)&at, sizeof at), 0);
  assert_int_equal(listen(s->listener, 8), 0);
  assert_int_equal(getsockname(s->listener, (struct sockaddr *)&at, &size), 0);
  snprintf(s->url, sizeof s->url, "http://127.0.0.1:%d/feed", ntohs(at.sin_port));
  assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
}

static void stop(server *s) {
  shutdown(s->listener, SHUT_RDWR);
  pthread_join(s->thread, NULL);
  close(s->listener);
}

/* What the record remembers: of the feed what it was told, of pages that they were asked for long ago, or now. */
typedef struct book {
  time_t pages_first, pages_last;
  char feed_etag[20];
} book;

static void recall(void *book_, const char *url, hs_arena *arena, hs_recalled *out) {
  const book *b = book_;
  bool feed = strstr(url, "/feed") != NULL;
  if (feed && b->feed_etag[0]) *out = (hs_recalled){{hs_arena_string(arena, b->feed_etag), NULL}, 1, 1};
  if (!feed && b->pages_last) *out = (hs_recalled){.first = b->pages_first, .last = b->pages_last};
}

/* Goes on to the end of the round; gives how many pages there were, and writes down what is told of the feed. */
static int round_of(hs_web *web, book *b) {
  hs_capture *capture;
  hs_error error;
  int pages = 0, code;
  while ((code = hs_web_next(web, &capture, &error)) == 1) {
    pages += capture->page.data != NULL;
    assert_non_null(capture->visit);
    if (strstr(capture->visit->url, "/feed") && capture->visit->etag)
      snprintf(b->feed_etag, sizeof b->feed_etag, "%s", capture->visit->etag);
    hs_capture_free(capture);
  }
  assert_int_equal(code, HS_INPUT_PAUSE);
  return pages;
}

static void each_round_asks_for_what_is_due(void **state) {
  (void)state;
  server s;
  start(&s);
  book b = {0};
  hs_memory memory = {recall, &b};
  hs_reading reading = {.follow = 1, .delay = -1, .allow_local = true, .timeout = 5};
  hs_web *web;
  assert_int_equal(hs_web_new(&web, &reading, &memory, NULL), HS_OK);
  assert_int_equal(hs_web_add(web, s.url, NULL), 0);
  assert_int_equal(round_of(web, &b), 1);
  assert_string_equal(b.feed_etag, "\"1\"");

  time_t now = time(NULL);
  b.pages_first = now - 10, b.pages_last = now - 5;
  assert_int_equal(round_of(web, &b), 0); /* the feed has not changed, and the page was asked for just now */
  assert_int_equal(s.unchanged, 1);
  assert_int_equal(s.first, 1);

  b.pages_first = now - 3600, b.pages_last = now - 1700;
  assert_int_equal(round_of(web, &b), 0); /* half an hour behind the first time, twice as long is to pass */
  b.pages_last = now - 1900;
  assert_int_equal(round_of(web, &b), 1); /* the feed has not changed, but it is time to look at its page */
  assert_int_equal(s.first, 2);

  s.entries = 2;
  b.pages_first = now - 10, b.pages_last = now - 5;
  assert_int_equal(round_of(web, &b), 0); /* both were asked for just now, says the record */
  b.pages_last = 0;
  s.entries = 3;
  assert_int_equal(round_of(web, &b), 2);
  assert_int_equal(s.second, 1);
  hs_tally tally = {0};
  hs_web_tally(web, &tally);
  assert_int_equal(tally.known, 4);
  hs_web_free(web);
  stop(&s);
}

static int never(void *asked, const hs_progress *progress) {
  (void)progress;
  return ++*(int *)asked > 1;
}

static void waiting_ends_when_progress_says_so(void **state) {
  (void)state;
  server s;
  start(&s);
  int asked = 0;
  hs_reading reading = {.follow = 3600, .delay = -1, .allow_local = true};
  hs_web *web;
  assert_int_equal(hs_web_new(&web, &reading, NULL, NULL), HS_OK);
  hs_capture *capture;
  hs_error error;
  int code;
  assert_int_equal(hs_web_add(web, s.url, NULL), 0);
  while ((code = hs_web_next(web, &capture, &error)) == 1) hs_capture_free(capture);
  assert_int_equal(code, HS_INPUT_PAUSE);
  reading.progress = never, reading.arg = &asked;
  assert_int_equal(hs_web_next(web, &capture, &error), HS_ERROR_STOPPED);
  assert_null(capture);
  hs_web_free(web);
  stop(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_round_asks_for_what_is_due),
      cmocka_unit_test(waiting_ends_when_progress_says_so),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
