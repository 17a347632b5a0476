/* The parts of reading from the web that no server is needed for. */
#include "ingest/address.h"
#include "ingest/feed.h"
#include "ingest/local.h"
#include "ingest/robots.h"
#include "ingest/web.h"
#include "ingest/when.h"

#include "base/buffer.h"
#include "base/limits.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static bool is_local(const char *text) {
  struct sockaddr_in v4 = {.sin_family = AF_INET};
  struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
  if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) return hs_local_address((struct sockaddr *)&v4);
  assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
  return hs_local_address((struct sockaddr *)&v6);
}

static void addresses_of_the_outside_are_told_from_others(void **state) {
  (void)state;
  static const char *const outside[] = {"8.8.8.8",         "1.1.1.1",         "172.15.255.255", "172.32.0.1",
                                        "100.63.0.1",      "100.128.0.1",     "192.167.1.1",    "223.255.255.255",
                                        "2606:4700::1111", "2a00:1450::2003", "::ffff:8.8.8.8", "64:ff9b::808:808",
                                        "2002:808:808::1", "2001:4860::8888", "2001:200::1"};
  static const char *const local[] = {"0.0.0.0",
                                      "10.255.0.1",
                                      "100.64.0.1",
                                      "127.0.0.1",
                                      "127.255.1.2",
                                      "169.254.169.254",
                                      "172.16.0.1",
                                      "172.31.255.255",
                                      "192.168.1.1",
                                      "198.19.0.1",
                                      "224.0.0.1",
                                      "255.255.255.255",
                                      "::",
                                      "::1",
                                      "fe80::1",
                                      "fec0::1",
                                      "fd00::1",
                                      "ff02::1",
                                      "::ffff:10.0.0.1",
                                      "64:ff9b::a00:1",
                                      "2002:a00:1::1",
                                      "2001:db8::1",
                                      "2001:0:4136:e378::",
                                      "::127.0.0.1",
                                      "100::1"};
  for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
    if (is_local(outside[i])) fail_msg("%s is of the outside", outside[i]);
  for (size_t i = 0; i < sizeof local / sizeof *local; i++)
    if (!is_local(local[i])) fail_msg("%s is local", local[i]);
  struct sockaddr other = {.sa_family = AF_UNIX};
  assert_true(hs_local_address(&other));
}

static void addresses_are_made_whole(void **state) {
  (void)state;
  static const char *const cases[][2] = {{"/a", "http://h.example/a"},
                                         {"a", "http://h.example/x/a"},
                                         {"../a", "http://h.example/a"},
                                         {"?b=2", "http://h.example/x/y?b=2"},
                                         {"#z", "http://h.example/x/y?q=1"},
                                         {"//o.example/", "http://o.example/"},
                                         {" HTTPS://O.example:443/a b ", "https://O.example/a%20b"},
                                         {"http://o.example:80/#f", "http://o.example/"},
                                         {"javascript:x", NULL},
                                         {"mailto:a@b", NULL},
                                         {"ftp://o.example/", NULL},
                                         {"http://u@o.example/", NULL},
                                         {"http://u:p@o.example/", NULL},
                                         {"", NULL}};
  hs_arena *arena = hs_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *got = hs_address_resolve(arena, "http://h.example/x/y?q=1", hs_str_of(cases[i][0]));
    if (!got != !cases[i][1] || (got && strcmp(got, cases[i][1]) != 0))
      fail_msg("\"%s\" gave %s, not %s", cases[i][0], got, cases[i][1]);
  }
  assert_null(hs_address_resolve(arena, NULL, hs_str_of("a")));
  hs_arena_free(arena);
}

static void times_are_read(void **state) {
  (void)state;
  static const char *const cases[][2] = {{"Wed, 12 Mar 2031 08:00:00 GMT", "2031-03-12T08:00:00Z"},
                                         {"Wed, 12 Mar 2031 08:00:00 +0100", "2031-03-12T07:00:00Z"},
                                         {"12 Mar 31 08:00 EST", "2031-03-12T13:00:00Z"},
                                         {"2031-03-12", "2031-03-12"},
                                         {"2031-03-12T08:00:00.5+01:00", "2031-03-12T08:00:00.5+01:00"},
                                         {"2031-02-30", NULL},
                                         {"2031-03-12Tx", NULL},
                                         {"2031-03-12T08:61", NULL},
                                         {"Tue, 12 Mar 2024108:00:00 GMT", NULL},
                                         {"yesterday", NULL}};
  hs_arena *arena = hs_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *got = hs_when_read(arena, hs_str_of(cases[i][0]));
    if (!got != !cases[i][1] || (got && strcmp(got, cases[i][1]) != 0))
      fail_msg("\"%s\" gave %s, not %s", cases[i][0], got, cases[i][1]);
  }
  assert_int_equal(hs_when_seconds("2031-03-12T08:00:00+01:00"), hs_when_seconds("2031-03-12T07:00:00Z"));
  assert_string_equal(hs_when_write(arena, hs_when_seconds("2031-03-12T07:01:02Z")), "2031-03-12T07:01:02Z");
  hs_arena_free(arena);
}

static bool allows(const char *file, const char *path) {
  hs_arena *arena = hs_arena_new();
  hs_robots robots;
  hs_robots_read(&robots, arena, hs_str_of(file), "hearsay");
  bool allowed = hs_robots_allow(&robots, hs_str_of(path));
  hs_arena_free(arena);
  return allowed;
}

static void robots_are_understood(void **state) {
  (void)state;
  assert_true(allows("", "/a"));
  assert_false(allows("User-agent: *\nDisallow: /", "/a"));
  assert_true(allows("User-agent: *\nDisallow:", "/a"));
  assert_true(allows("User-agent: *\nDisallow: /\nUser-agent: hearsay/1.0\nDisallow: /b", "/a"));
  assert_true(allows("User-agent: hearsayer\nDisallow: /", "/a"));
  assert_false(allows("user-agent : a\nUSER-AGENT: hearsay\n\ndisallow : /a # not this", "/ab"));
  assert_true(allows("User-agent: *\nDisallow: /a\nAllow: /a", "/a"));
  assert_false(allows("User-agent: *\nDisallow: /a*b$", "/axxb"));
  assert_true(allows("User-agent: *\nDisallow: /a*b$", "/axxbc"));
  assert_false(allows("User-agent: *\nDisallow: *.pdf", "/x/y.pdf?z"));
  assert_false(allows("User-agent: *\rDisallow: /a\r", "/a"));
}

static void robots_bytes_and_hostile_rules(void **state) {
  (void)state;
  hs_buffer file = {0};
  hs_buffer_text(&file, "User-agent: *\nDisallow: /first\n");
  while (file.size < HS_LIMIT_ROBOTS_BYTES) hs_buffer_text(&file, "# nothing\n");
  hs_buffer_text(&file, "Disallow: /last\n");
  assert_false(allows(file.data, "/first"));
  assert_true(allows(file.data, "/last"));
  hs_buffer_clear(&file);
  hs_buffer_text(&file, "User-agent: *\nDisallow: /");
  for (int i = 0; i < 900; i++) hs_buffer_text(&file, "*a");
  hs_buffer_text(&file, "b\n");
  char path[4000];
  memset(path, 'a', sizeof path);
  path[0] = '/', path[sizeof path - 1] = '\0';
  assert_true(allows(file.data, path));
  hs_buffer_free(&file);
}

static void entries(void **state) {
  (void)state;
  hs_buffer body = {0};
  hs_feed feed;
  hs_arena *arena = hs_arena_new();
  hs_buffer_text(&body, "<rss><channel>");
  for (int i = 0; i <= HS_LIMIT_ENTRIES; i++) hs_buffer_printf(&body, "<item><link>/%d</link></item>", i);
  hs_buffer_text(&body, "</channel></rss>");
  assert_true(hs_feed_read(&feed, arena, (hs_str){body.data, body.size}, "https://post.example/", hs_str_of("")));
  assert_int_equal(feed.entries.count, HS_LIMIT_ENTRIES);
  assert_non_null(strstr(feed.broken, "more entries"));
  hs_arena_free(arena);
  hs_buffer_free(&body);
}

static bool no_library;

void *__real_dlopen(const char *name, int mode);
void *__wrap_dlopen(const char *name, int mode);
void *__wrap_dlopen(const char *name, int mode) { return no_library ? NULL : __real_dlopen(name, mode); }

static void without_libcurl_it_says_so(void **state) {
  (void)state;
  hs_web *web;
  hs_error error;
  hs_reading reading = {0};
  hs_arena *arena = hs_arena_new();
  no_library = true;
  assert_int_equal(hs_web_new(&web, &reading, NULL, &error), HS_ERROR_INPUT);
  assert_null(web);
  assert_non_null(strstr(error.message, "libcurl, which is not installed"));
  assert_null(hs_address_resolve(arena, NULL, hs_str_of("http://h.example/")));
  assert_null(hs_when_read(arena, hs_str_of("Wed, 12 Mar 2031 08:00:00 GMT")));
  assert_string_equal(hs_when_read(arena, hs_str_of("2031-03-12")), "2031-03-12");
  no_library = false;
  assert_int_equal(hs_web_new(&web, &reading, NULL, &error), HS_OK);
  hs_web_free(web);
  hs_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(addresses_of_the_outside_are_told_from_others),
      cmocka_unit_test(addresses_are_made_whole),
      cmocka_unit_test(times_are_read),
      cmocka_unit_test(robots_are_understood),
      cmocka_unit_test(robots_bytes_and_hostile_rules),
      cmocka_unit_test(entries),
      cmocka_unit_test(without_libcurl_it_says_so),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
