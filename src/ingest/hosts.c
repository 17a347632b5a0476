#include "ingest/hosts.h"

#include "base/array.h"
#include "base/error.h"
#include "base/map.h"
#include "ingest/address.h"
#include "ingest/http.h"
#include "ingest/robots.h"

#include <stdlib.h>

enum { USUAL_DELAY = 1, LONGEST_PEACE = 300, ROBOTS_DAY = 24 * 60 * 60, MOST_STEPS = 5 };

typedef struct host {
  const char *origin; /* "https://post.example" */
  double next;        /* when it may be asked again */
  hs_arena *arena;    /* of robots; NULL: not asked for yet */
  hs_robots robots;
  double robots_at;
  char *unreachable; /* why nothing can be had of it in this round; NULL: it can */
} host;

struct hs_hosts {
  const hs_reading *reading;
  hs_fetch *fetch;
  hs_arena *arena;
  hs_map numbers;
  hs_array(host) hosts;
};

hs_hosts *hs_hosts_new(const hs_reading *reading, hs_fetch *fetch) {
  hs_hosts *h = hs_calloc(1, sizeof *h);
  *h = (hs_hosts){.reading = reading, .fetch = fetch, .arena = hs_arena_new()};
  return h;
}

uint32_t hs_hosts_find(hs_hosts *h, const char *url) {
  hs_str origin = hs_address_origin(url);
  uint32_t *number = hs_map_get(&h->numbers, origin);
  if (number) return *number;
  const char *copy = hs_arena_copy(h->arena, origin.data, origin.size);
  hs_push(h->arena, h->hosts, ((host){.origin = copy}));
  *hs_map_put(&h->numbers, h->arena, (hs_str){copy, origin.size}) = (uint32_t)h->hosts.count - 1;
  return (uint32_t)h->hosts.count - 1;
}

double hs_hosts_rest(const hs_hosts *h, uint32_t i) {
  const host *at = &h->hosts.items[i];
  return at->unreachable ? 0 : at->next - hs_fetch_clock();
}

/* Takes the rules of HOST from ANSWER: no file, no rules; a server in trouble is left alone. */
static int take_robots(host *at, const hs_answer *answer, hs_error *error) {
  at->arena = hs_arena_new();
  at->robots_at = hs_fetch_clock();
  at->robots = (hs_robots){0};
  if (answer->status >= 500 || answer->status == 429)
    return hs_fail(error, HS_ERROR_INPUT, 0, "its robots.txt cannot be had (status %d): left alone, try again later",
                   answer->status);
  if (answer->status == 200) hs_robots_read(&at->robots, at->arena, answer->body, hs_fetch_agent);
  return HS_OK;
}

static int fetch_robots(hs_hosts *h, host *at, hs_error *error) {
  hs_buffer url = {0};
  hs_answer answer = {0};
  hs_arena *arena = hs_arena_new();
  hs_buffer_printf(&url, "%s/robots.txt", at->origin);
  int code = HS_OK;
  for (int i = 0; !code && i <= MOST_STEPS; i++) {
    code = hs_fetch_get(h->fetch, &answer, url.data, NULL, error);
    const char *next =
        !code && answer.redirect ? hs_address_resolve(arena, url.data, hs_str_of(answer.redirect)) : NULL;
    if (!next) break;
    hs_buffer_clear(&url);
    hs_buffer_text(&url, next);
  }
  if (!code) code = take_robots(at, &answer, error);
  hs_arena_free(arena);
  hs_buffer_free(&url);
  return code;
}

/* Without the address that it begins with: what is told of each page has the page's own. */
static char *reason_of(const char *message) {
  const char *behind = strstr(message, ": ");
  if (hs_address_is_web(hs_str_of(message)) && behind) message = behind + 2;
  char *copy = hs_alloc(strlen(message) + 1);
  return strcpy(copy, message);
}

int hs_hosts_enter(hs_hosts *h, uint32_t i, const char *url, bool wait, hs_error *error) {
  host *at = &h->hosts.items[i];
  hs_error why;
  double rest = hs_hosts_rest(h, i);
  int code = wait && rest > 0 ? hs_fetch_wait(h->fetch, rest, error) : HS_OK;
  if (code) return code;
  if (!at->unreachable && !at->arena) {
    code = fetch_robots(h, at, &why);
    if (code == HS_ERROR_STOPPED) return hs_fail(error, code, 0, "stopped");
    if (code) at->unreachable = reason_of(why.message);
  }
  if (at->unreachable) return hs_fail(error, HS_ERROR_INPUT, 0, "%s: %s", url, at->unreachable);
  hs_str origin = hs_address_origin(url), path = hs_str_of(url + origin.size);
  if (path.size && !hs_robots_allow(&at->robots, path))
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: the robots.txt of its host does not allow it: not asked for", url);
  return HS_OK;
}

/* Seconds that the server asks to be left in peace. */
static double peace(const hs_answer *answer) {
  if (!answer || (answer->status != 429 && answer->status != 503)) return 0;
  hs_str after = hs_http_field(answer->header, "Retry-After");
  int seconds = 0;
  for (size_t i = 0; i < after.size && hs_is_digit(after.data[i]) && seconds <= LONGEST_PEACE; i++)
    seconds = seconds * 10 + (after.data[i] - '0');
  return seconds < LONGEST_PEACE ? seconds : LONGEST_PEACE;
}

void hs_hosts_leave(hs_hosts *h, uint32_t i, const hs_answer *answer) {
  host *at = &h->hosts.items[i];
  int usual = h->reading->delay ? h->reading->delay : USUAL_DELAY;
  double delay = usual < 0 ? 0 : usual;
  if (delay > 0 && at->robots.delay > delay) delay = at->robots.delay;
  if (peace(answer) > delay) delay = peace(answer);
  at->next = hs_fetch_clock() + delay;
}

static void forget_robots(host *at) {
  if (at->arena) hs_arena_free(at->arena);
  at->arena = NULL;
  at->robots = (hs_robots){0};
}

void hs_hosts_forget(hs_hosts *h) {
  for (size_t i = 0; i < h->hosts.count; i++) {
    host *at = &h->hosts.items[i];
    if (at->unreachable || hs_fetch_clock() - at->robots_at > ROBOTS_DAY) forget_robots(at);
    free(at->unreachable);
    at->unreachable = NULL;
  }
}

void hs_hosts_free(hs_hosts *h) {
  if (!h) return;
  hs_hosts_forget(h);
  for (size_t i = 0; i < h->hosts.count; i++) forget_robots(&h->hosts.items[i]);
  hs_arena_free(h->arena);
  free(h);
}
