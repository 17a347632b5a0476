#include "ingest/web.h"

#include "base/array.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/utf8.h"
#include "ingest/address.h"
#include "ingest/feed.h"
#include "ingest/filter.h"
#include "ingest/hosts.h"
#include "ingest/http.h"
#include "ingest/walk.h"
#include "ingest/when.h"

#include <stdlib.h>

enum {
  DAY_SECONDS = 24 * 60 * 60,
  MOST_STEPS = 10,   /* from address to address that point on */
  MOST_SITEMAPS = 3, /* that name each other, one below the other */
  SOONEST = 15 * 60, /* seconds until a page that is known is asked for again because a feed still names it */
  FIELD_BYTES = 2000 /* of a validator */
};

enum { NO_FEED = UINT32_MAX };

/* An address to be asked for in this round. */
typedef struct target {
  const char *url;
  const char *day; /* of publication, as the feed tells; NULL */
  const char *updated;
  uint32_t host;
  uint32_t feed;  /* that named it, index into feeds; NO_FEED for what the user gave */
  uint8_t depth;  /* how many feeds lead to it */
  bool feed_only; /* a sitemap is expected */
  bool done;
} target;

/* A feed whose entries are asked for; its own visit is told behind them, unless one failed or is a feed itself. */
typedef struct open_feed {
  size_t left; /* entries not done yet */
  bool failed;
  hs_visit visit;
} open_feed;

/* A feed as it was read last, for a round in which it has not changed. */
typedef struct kept_feed {
  const char *url;
  hs_arena *arena;
  hs_feed feed;
} kept_feed;

struct hs_web {
  const hs_reading *reading;
  const hs_memory *memory;
  hs_fetch *fetch;
  hs_hosts *hosts;
  hs_arena *arena; /* of the whole run */
  hs_array(const char *) given;
  hs_array(kept_feed) kept;
  hs_arena *round;
  hs_array(target) targets;
  hs_array(open_feed) feeds;
  hs_array(uint32_t) finished; /* feeds that are to be told */
  size_t told;
  size_t first; /* all targets before it are done */
  hs_map seen;
  double begun;
  bool pause_told;
  uint64_t known, left_out;
};

int hs_web_new(hs_web **out, const hs_reading *reading, const hs_memory *memory, hs_error *error) {
  *out = NULL;
  hs_fetch *fetch;
  int code = hs_fetch_new(&fetch, reading, error);
  if (code) return code;
  hs_web *w = *out = hs_calloc(1, sizeof *w);
  *w = (hs_web){.reading = reading, .memory = memory, .fetch = fetch, .arena = hs_arena_new()};
  w->hosts = hs_hosts_new(reading, w->fetch);
  return HS_OK;
}

/* Puts T into the queue unless its address was there before in this round. Gives whether it did. */
static bool put(hs_web *w, target t) {
  uint32_t *times = hs_map_put(&w->seen, w->round, hs_str_of(t.url));
  if ((*times)++) return false;
  t.host = hs_hosts_find(w->hosts, t.url);
  hs_push(w->round, w->targets, t);
  return true;
}

static void begin_round(hs_web *w) {
  w->round = hs_arena_new();
  w->begun = hs_fetch_clock();
  w->first = 0;
  w->targets.items = NULL, w->targets.count = w->targets.capacity = 0;
  w->feeds.items = NULL, w->feeds.count = w->feeds.capacity = 0;
  w->finished.items = NULL, w->finished.count = w->finished.capacity = w->told = 0;
  w->seen = (hs_map){0};
  for (size_t i = 0; i < w->given.count; i++) put(w, (target){.url = w->given.items[i], .feed = NO_FEED});
}

int hs_web_add(hs_web *w, const char *address, hs_error *error) {
  hs_form form;
  hs_media media;
  const char *url = hs_address_resolve(w->arena, NULL, hs_str_of(address));
  if (!url)
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: no address that can be asked for: give http or https, no password",
                   address);
  const char *name =
      hs_arena_copy(w->arena, hs_address_bare(hs_str_of(url)).data, hs_address_bare(hs_str_of(url)).size);
  if (strchr(name, '/') && hs_walk_known(name, &form, &media) && form != HS_FORM_PAGE)
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: a file of many pages: download it, then give the file", url);
  hs_push(w->arena, w->given, url);
  return HS_OK;
}

/* ---- what is known of an address from earlier */

static hs_recalled recall(const hs_web *w, const char *url) {
  hs_recalled r = {0};
  if (w->memory) w->memory->recall(w->memory->arg, url, w->round, &r);
  return r;
}

/* A page that a feed names still: it is asked for again when the feed says that it changed, and else in ever longer
 * times, twice as long behind its first time as the time before. */
static bool too_soon(const target *t, const hs_recalled *r, time_t now) {
  if (!r->last) return false;
  time_t updated = hs_when_seconds(t->updated);
  if (updated > r->last) return false;
  time_t rest = r->last - r->first;
  return now - r->last < (rest > SOONEST ? rest : SOONEST);
}

/* ---- captures */

static const char *kept(hs_arena *arena, hs_str s) {
  if (!s.size || s.size > FIELD_BYTES) return NULL;
  return hs_utf8_repair(arena, s, NULL, NULL).data;
}

static hs_visit visit_of(hs_arena *arena, const char *url, hs_str header, time_t now) {
  return (hs_visit){.url = hs_arena_string(arena, url),
                    .etag = kept(arena, hs_http_field(header, "ETag")),
                    .last_modified = kept(arena, hs_http_field(header, "Last-Modified")),
                    .at = hs_when_write(arena, now)};
}

static hs_visit *copy_visit(hs_arena *arena, const hs_visit *visit) {
  hs_visit *copy = hs_arena_alloc(arena, sizeof *copy);
  *copy = (hs_visit){hs_arena_string(arena, visit->url), hs_arena_string(arena, visit->etag),
                     hs_arena_string(arena, visit->last_modified), hs_arena_string(arena, visit->at)};
  return copy;
}

static hs_capture *capture_new(const char *url) {
  hs_arena *arena = hs_arena_new();
  hs_capture *c = hs_arena_alloc(arena, sizeof *c);
  *c = (hs_capture){.arena = arena, .name = hs_arena_string(arena, url)};
  return c;
}

static hs_capture *page_capture(const target *t, const char *url, const hs_answer *answer, const hs_http *type,
                                time_t now) {
  hs_capture *c = capture_new(url);
  hs_arena *arena = c->arena;
  const char *day = hs_when_seconds(t->day) < now + DAY_SECONDS ? t->day : NULL; /* a feed's clock may run ahead */
  c->visit = hs_arena_alloc(arena, sizeof *c->visit);
  *c->visit = visit_of(arena, url, answer->missing ? (hs_str){"", 0} : answer->header, now); /* to be had whole once */
  c->language = kept(arena, hs_http_field(answer->header, "Content-Language"));
  c->day = hs_arena_string(arena, day);
  c->page = (hs_page){.data = hs_arena_copy(arena, answer->body.data, answer->body.size),
                      .size = answer->body.size,
                      .media = hs_http_media(type->type),
                      .id = hs_address_name(arena, hs_str_of(url)),
                      .url = hs_arena_string(arena, url),
                      .date = day && strlen(day) >= 10 ? hs_arena_copy(arena, day, 10) : NULL,
                      .charset = kept(arena, type->charset),
                      .captured = c->visit->at,
                      .missing = hs_arena_string(arena, answer->missing)};
  return c;
}

/* ---- feeds */

static bool is_feed(const hs_http *type, hs_str body) {
  bool page = hs_str_alike(type->type, "text/html") || hs_str_alike(type->type, "application/xhtml+xml") ||
              hs_str_alike(type->type, "text/plain");
  bool marked = hs_str_ends(type->type, "xml") || hs_str_ends(type->type, "json");
  return hs_feed_begins(body) || (marked && !page);
}

static bool wants_entry(hs_web *w, const target *t, const hs_entry *e, time_t now) {
  hs_facts facts = {.day = e->published, .url = e->url, .language = e->language};
  if (!e->sitemap && !hs_filter_takes(w->reading, &facts)) {
    w->left_out++;
    return false;
  }
  hs_recalled r = recall(w, e->url);
  if (e->sitemap || !too_soon(t, &r, now)) return true;
  w->known++;
  return false;
}

/* Queues what FEED, found at URL, names. */
static void queue_entries(hs_web *w, const target *from, const hs_feed *feed, hs_visit visit, time_t now) {
  open_feed open = {.visit = visit, .failed = feed->broken != NULL};
  uint32_t index = (uint32_t)w->feeds.count;
  for (size_t i = 0; i < feed->entries.count; i++) {
    const hs_entry *e = &feed->entries.items[i];
    target t = {.url = hs_arena_string(w->round, e->url),
                .day = hs_arena_string(w->round, e->published),
                .updated = hs_arena_string(w->round, e->updated),
                .feed = index,
                .feed_only = e->sitemap,
                .depth = (uint8_t)(from->depth + 1)};
    if (strcmp(e->url, visit.url) == 0 || (e->sitemap && t.depth > MOST_SITEMAPS)) continue;
    open.failed = open.failed || e->sitemap;
    if (wants_entry(w, &t, e, now) && put(w, t)) open.left++;
  }
  hs_push(w->round, w->feeds, open);
  if (!open.left && !open.failed) hs_push(w->round, w->finished, index);
}

/* Where the feed at URL is kept for rounds to come. */
static kept_feed *keep(hs_web *w, const char *url) {
  for (size_t i = 0; i < w->kept.count; i++)
    if (strcmp(w->kept.items[i].url, url) == 0) return &w->kept.items[i];
  hs_push(w->arena, w->kept, ((kept_feed){.url = hs_arena_string(w->arena, url)}));
  return &w->kept.items[w->kept.count - 1];
}

/* Reads the feed and queues what it names. Gives 0, or HS_ERROR_INPUT for what is none or broken. */
static int take_feed(hs_web *w, const target *from, const char *url, const hs_answer *answer, const hs_http *type,
                     time_t now, hs_error *error) {
  hs_feed feed;
  hs_arena *arena = hs_arena_new();
  bool known = hs_feed_read(&feed, arena, answer->body, url, type->charset);
  if (answer->missing) feed.broken = hs_arena_string(arena, answer->missing);
  hs_map_put(&w->seen, w->round, hs_str_of(hs_arena_string(w->round, url)));
  if (known) queue_entries(w, from, &feed, visit_of(w->round, url, answer->header, now), now);
  int code = HS_OK;
  if (!known)
    code = hs_fail(error, HS_ERROR_INPUT, 0, "%s: neither a page nor a feed: %.*s", url, (int)type->type.size,
                   type->type.data);
  else if (feed.broken) code = hs_fail(error, HS_ERROR_INPUT, 0, "%s: a feed read in part: %s", url, feed.broken);
  if (!w->reading->follow || code || from->depth) {
    hs_arena_free(arena);
    return code;
  }
  kept_feed *kept = keep(w, url);
  if (kept->arena) hs_arena_free(kept->arena);
  kept->arena = arena;
  kept->feed = feed;
  return HS_OK;
}

/* The feed at URL is as it was: what it names may have changed. */
static void take_kept(hs_web *w, const target *from, const hs_visit *visit, time_t now) {
  for (size_t i = 0; i < w->kept.count; i++)
    if (strcmp(w->kept.items[i].url, visit->url) == 0)
      queue_entries(w, from, &w->kept.items[i].feed, *copy_visit(w->round, visit), now);
}

/* Notes that the target at INDEX is done. */
static void settle(hs_web *w, uint32_t index, bool failed) {
  target *t = &w->targets.items[index];
  t->done = true;
  while (w->first < w->targets.count && w->targets.items[w->first].done) w->first++;
  if (t->feed == NO_FEED) return;
  open_feed *feed = &w->feeds.items[t->feed];
  feed->failed = feed->failed || failed;
  if (--feed->left == 0 && !feed->failed) hs_push(w->round, w->finished, t->feed);
}

/* The visit of a feed all of whose entries are done well; NULL if there is none. */
static hs_capture *finished_feed(hs_web *w) {
  if (w->told == w->finished.count) return NULL;
  const open_feed *feed = &w->feeds.items[w->finished.items[w->told++]];
  hs_capture *c = capture_new(feed->visit.url);
  c->visit = copy_visit(c->arena, &feed->visit);
  return c;
}

/* ---- one address */

static int refuse_status(const char *url, int status, hs_error *error) {
  const char *what = status == 404 || status == 410   ? "there is no such page"
                     : status == 401 || status == 403 ? "the server does not let us see it"
                     : status == 429                  ? "the server asks to be left alone: try again later"
                     : status >= 500                  ? "the server is in trouble: try again later"
                                                      : "no page";
  return hs_fail(error, HS_ERROR_INPUT, 0, "%s: %s (status %d)", url, what, status);
}

/* The page that its server says is as it was. */
static hs_capture *unchanged(const char *url, const hs_recalled *r, time_t now) {
  hs_capture *c = capture_new(url);
  hs_visit visit = {url, r->have.etag, r->have.last_modified, hs_when_write(c->arena, now)};
  c->unchanged = true;
  c->visit = copy_visit(c->arena, &visit);
  return c;
}

/* The address that the last one of CHAIN, COUNT long, points on to, as the next one of it. Gives 0, KNOWN for one that
 * this round has or will have anyway, or an error. */
enum { KNOWN = 1 };
static int point_on(hs_web *w, const char **chain, int count, const char *to, hs_error *error) {
  const char *next = hs_address_resolve(w->round, chain[count - 1], hs_str_of(to));
  if (!next)
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: points on to what is no address of the web: not followed", chain[0]);
  for (int i = 0; i < count; i++)
    if (strcmp(chain[i], next) == 0)
      return hs_fail(error, HS_ERROR_INPUT, 0, "%s: points on in a circle: given up", chain[0]);
  if (count > MOST_STEPS)
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: points on more than %d times: given up", chain[0], MOST_STEPS);
  chain[count] = next;
  return (*hs_map_put(&w->seen, w->round, hs_str_of(next)))++ ? KNOWN : 0;
}

/* Asks for *URL and for what it points on to. Gives 0 and *ANSWER with *URL where it came from, KNOWN, or an error. */
static int follow(hs_web *w, hs_answer *answer, const char **url, hs_recalled *recalled, hs_error *error) {
  const char *chain[MOST_STEPS + 2] = {*url};
  for (int count = 1;; count++) {
    *url = chain[count - 1];
    uint32_t host = hs_hosts_find(w->hosts, *url);
    int code = hs_hosts_enter(w->hosts, host, *url, host != hs_hosts_find(w->hosts, chain[0]), error);
    *recalled = recall(w, *url);
    if (!code) code = hs_fetch_get(w->fetch, answer, *url, &recalled->have, error);
    hs_hosts_leave(w->hosts, host, code ? NULL : answer);
    if (code || !answer->redirect) return code;
    code = point_on(w, chain, count, answer->redirect, error);
    if (code) return code;
  }
}

/* Asks for the target at INDEX. Gives 1 and *OUT, 0 for a feed or a page that was had already, or an error. */
static int ask(hs_web *w, uint32_t index, hs_capture **out, hs_error *error) {
  target t = w->targets.items[index];
  const char *url = t.url;
  hs_answer answer;
  hs_recalled recalled;
  hs_http type = {0};
  int code = follow(w, &answer, &url, &recalled, error);
  if (code) return code == KNOWN ? 0 : code;
  time_t now = time(NULL);
  if (answer.status == 304 && (recalled.have.etag || recalled.have.last_modified)) {
    *out = unchanged(url, &recalled, now);
    take_kept(w, &t, (*out)->visit, now);
    return 1;
  }
  if (answer.status != 200) return refuse_status(url, answer.status, error);
  hs_http_type(&type, hs_http_field(answer.header, "Content-Type"));
  bool feed = is_feed(&type, answer.body);
  if (feed && (t.depth == 0 || t.feed_only)) return take_feed(w, &t, url, &answer, &type, now, error);
  if (feed || t.feed_only)
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: %s", url, feed ? "a feed where a page was expected" : "no sitemap");
  if (!answer.body.size) return hs_fail(error, HS_ERROR_INPUT, 0, "%s: empty: there is no page in it", url);
  if (type.type.size && !hs_str_starts_alike(type.type, "text/") && !hs_str_alike(type.type, "application/xhtml+xml"))
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: %.*s, not a page of text", url, (int)type.type.size, type.type.data);
  *out = page_capture(&t, url, &answer, &type, now);
  return 1;
}

/* The first target whose host may be asked now; else *WAIT is how long until the first may be. */
static bool choose(const hs_web *w, uint32_t *index, double *wait) {
  *wait = -1;
  for (size_t i = w->first; i < w->targets.count; i++) {
    const target *t = &w->targets.items[i];
    if (t->done) continue;
    double rest = hs_hosts_rest(w->hosts, t->host);
    *index = (uint32_t)i;
    if (rest <= 0) return true;
    if (*wait < 0 || rest < *wait) *wait = rest;
  }
  return false;
}

static int end_round(hs_web *w, hs_error *error) {
  if (!w->reading->follow) return 0;
  if (!w->pause_told) {
    w->pause_told = true;
    return HS_INPUT_PAUSE;
  }
  w->pause_told = false;
  double wait = w->begun + w->reading->follow - hs_fetch_clock();
  int code = hs_fetch_wait(w->fetch, wait, error);
  hs_arena_free(w->round);
  w->round = NULL;
  hs_hosts_forget(w->hosts);
  return code ? code : 1;
}

int hs_web_next(hs_web *w, hs_capture **out, hs_error *error) {
  for (;;) {
    if (!w->round) begin_round(w);
    *out = finished_feed(w);
    if (*out) return 1;
    uint32_t index;
    double wait;
    if (choose(w, &index, &wait)) {
      int code = ask(w, index, out, error);
      if (code == HS_ERROR_STOPPED) return code;
      settle(w, index, code < 0);
      if (code) return code;
    } else {
      int code = wait >= 0 ? hs_fetch_wait(w->fetch, wait, error) : end_round(w, error);
      if (wait >= 0 ? code != 0 : code != 1) return code;
    }
  }
}

void hs_web_tally(const hs_web *w, hs_tally *tally) {
  tally->known += w->known;
  tally->left_out += w->left_out;
}

void hs_web_free(hs_web *w) {
  if (!w) return;
  hs_hosts_free(w->hosts);
  hs_fetch_free(w->fetch);
  if (w->round) hs_arena_free(w->round);
  for (size_t i = 0; i < w->kept.count; i++) hs_arena_free(w->kept.items[i].arena);
  hs_arena_free(w->arena);
  free(w);
}
