/* How much was said by whom, through whom, where and when: the counts of a source audit. */
#include "store/said_scan.h"

#include "base/error.h"
#include "base/map.h"

#include <stdio.h>
#include <stdlib.h>

/* What is counted of one name or day. */
typedef struct group {
  hs_label label;
  uint32_t day;
  uint64_t quotations, articles, outlets;
  uint32_t first_day, last_day;
  int64_t last_key, last_article; /* counted last: the rows of one article come together, */
  uint32_t last_outlet;           /* and so do the articles of one outlet */
} group;

typedef struct counting {
  hs_scan scan;
  hs_labels outlets, speakers;
  hs_array(group) groups; /* the first one is that of no name; those of labels follow in their order */
  hs_map places;          /* of groups by their names; by the numbers of days */
  hs_array(uint32_t) links;
  uint32_t *first_link, *end_link; /* of each quotation, by key */
  int64_t last_key;                /* of a quotation */
} counting;

static void count_row(counting *c, size_t place, const hs_scanned *row) {
  group *g = &c->groups.items[place];
  uint32_t outlet = c->outlets.of[hs_label_at(&c->outlets, row->article)];
  if (g->last_key == row->key) return; /* twice in one chain */
  g->quotations++;
  g->articles += g->last_article != row->article;
  g->outlets += outlet && g->last_outlet != outlet;
  g->last_key = row->key, g->last_article = row->article;
  if (outlet) g->last_outlet = outlet;
  if (row->first_day && (!g->first_day || row->first_day < g->first_day)) g->first_day = row->first_day;
  if (row->last_day > g->last_day) g->last_day = row->last_day;
}

/* The group whose name is KEY, made as MADE if there is none. */
static size_t group_of(counting *c, hs_str key, group made) {
  uint32_t *place = hs_map_get(&c->places, key);
  if (place) return *place;
  hs_str kept = {hs_arena_copy(c->scan.arena, key.data, key.size), key.size};
  *hs_map_put(&c->places, c->scan.arena, kept) = (uint32_t)c->groups.count;
  hs_push(c->scan.arena, c->groups, made);
  return c->groups.count - 1;
}

/* ---- what people put right */

/* The field of a quotation that a person corrected; NULL where he says that there is none. */
typedef struct corrected {
  int64_t key;
  const char *value;
} corrected;

typedef hs_array(corrected) corrections;

static int corrected_order(const void *left, const void *right) {
  const corrected *a = left, *b = right;
  return (a->key > b->key) - (a->key < b->key);
}

static int read_corrections(corrections *out, const counting *c, const char *field, hs_error *error) {
  sqlite3_stmt *s;
  int code = hs_record_prepare(c->scan.record, &s,
                               "SELECT quotation, value FROM judgement WHERE field = ?1 AND verdict = 'wrong'", error);
  if (code) return code;
  sqlite3_bind_text(s, 1, field, -1, SQLITE_STATIC);
  while (sqlite3_step(s) == SQLITE_ROW) {
    const char *value = (const char *)sqlite3_column_text(s, 1);
    corrected one = {sqlite3_column_int64(s, 0), value ? hs_arena_string(c->scan.arena, value) : NULL};
    hs_push(c->scan.arena, *out, one);
  }
  if (out->count) qsort(out->items, out->count, sizeof *out->items, corrected_order);
  return sqlite3_finalize(s) ? hs_record_fail(c->scan.record, error) : HS_OK;
}

/* What was put right of the quotation KEY; NULL if nothing was. */
static const corrected *correction_of(const corrections *all, int64_t key) {
  corrected wanted = {.key = key};
  return all->count ? bsearch(&wanted, all->items, all->count, sizeof wanted, corrected_order) : NULL;
}

/* ---- by speaker or outlet */

static void add_groups(counting *c, const hs_labels *labels) {
  for (size_t i = 0; i < labels->names.count; i++)
    hs_push(c->scan.arena, c->groups, ((group){.label = labels->names.items[i]}));
}

/* The names of the groups, each for the first one that bears it, whatever its kind. */
static void place_names(counting *c) {
  for (size_t i = c->groups.count; i-- > 1;)
    *hs_map_put(&c->places, c->scan.arena, hs_str_of(c->groups.items[i].label.name)) = (uint32_t)i;
}

static int count_speakers(counting *c, hs_error *error) {
  int code = hs_scan_speakers(&c->speakers, &c->scan, error);
  if (code) return code;
  add_groups(c, &c->speakers);
  corrections right = {0};
  code = read_corrections(&right, c, "speaker", error);
  if (right.count) place_names(c);
  for (size_t i = 0; !code && i < c->scan.rows.count; i++) {
    const hs_scanned *row = &c->scan.rows.items[i];
    const corrected *found = correction_of(&right, row->key);
    size_t place =
        found && found->value ? group_of(c, hs_str_of(found->value), (group){.label.name = found->value}) : 0;
    count_row(c, found ? place : c->speakers.of[hs_label_at(&c->speakers, row->speaker)], row);
  }
  return code;
}

/* Adds what the row that S stands at tells of quotations by one actor, or by nobody: how many, in which article, from
 * when to when. MARKED is the group that each outlet was counted in last, plus one. */
static void add_spoken(counting *c, size_t place, uint32_t *marked, sqlite3_stmt *s) {
  group *g = &c->groups.items[place];
  int64_t article = sqlite3_column_int64(s, 1);
  uint32_t outlet = c->outlets.of[hs_label_at(&c->outlets, article)];
  uint32_t first = hs_day_number_of((const char *)sqlite3_column_text(s, 2));
  uint32_t last = hs_day_number_of((const char *)sqlite3_column_text(s, 3));
  g->quotations += (uint64_t)sqlite3_column_int64(s, 0);
  g->articles += g->last_article != article;
  g->last_article = article;
  g->outlets += outlet && marked[outlet] != place + 1;
  marked[outlet] = (uint32_t)place + 1;
  if (first && (!g->first_day || first < g->first_day)) g->first_day = first;
  if (last > g->last_day) g->last_day = last;
}

/* The group of the name and kind that S has: the last one or, since they come in order, a new one. */
static size_t next_group(counting *c, sqlite3_stmt *s) {
  const char *name = (const char *)sqlite3_column_text(s, 4), *kind = (const char *)sqlite3_column_text(s, 5);
  const hs_label *last = &c->groups.items[c->groups.count - 1].label;
  if (!name) return 0;
  if (!last->name || strcmp(last->name, name) != 0 || strcmp(last->kind, kind) != 0) {
    hs_label label = {hs_arena_string(c->scan.arena, name), hs_arena_string(c->scan.arena, kind)};
    hs_push(c->scan.arena, c->groups, ((group){.label = label}));
  }
  return c->groups.count - 1;
}

/* Of everything: from what actors tell of their quotations. */
static int count_all_speakers(counting *c, bool versions, hs_error *error) {
#define OLDER "article NOT IN (SELECT key FROM page WHERE newer IS NOT NULL)"
  static const char *const questions[][2] = {
      {"SELECT quotations, article, first_said, last_said, name, type FROM actor WHERE quotations > 0"
       " ORDER BY name, type, article",
       "SELECT quotations, article, first_said, last_said, name, type FROM actor WHERE quotations > 0 AND " OLDER
       " ORDER BY name, type, article"},
      {"SELECT 1, article, first_day, last_day, NULL, NULL FROM quotation WHERE speaker IS NULL ORDER BY article",
       "SELECT 1, article, first_day, last_day, NULL, NULL FROM quotation WHERE speaker IS NULL AND " OLDER
       " ORDER BY article"}};
#undef OLDER
  uint32_t *marked = hs_arena_alloc(c->scan.arena, (c->outlets.names.count + 1) * sizeof *marked);
  int code = HS_OK;
  for (size_t i = 0; !code && i < sizeof questions / sizeof *questions; i++) {
    sqlite3_stmt *s;
    code = hs_record_prepare(c->scan.record, &s, questions[i][versions], error);
    if (code) return code;
    while (sqlite3_step(s) == SQLITE_ROW) add_spoken(c, next_group(c, s), marked, s);
    if (sqlite3_finalize(s)) code = hs_record_fail(c->scan.record, error);
  }
  return code;
}

static int count_outlets(counting *c, hs_error *error) {
  (void)error;
  add_groups(c, &c->outlets);
  for (size_t i = 0; i < c->scan.rows.count; i++) {
    const hs_scanned *row = &c->scan.rows.items[i];
    count_row(c, c->outlets.of[hs_label_at(&c->outlets, row->article)], row);
  }
  return HS_OK;
}

/* ---- by day or link */

static int count_days(counting *c, hs_error *error) {
  corrections right = {0};
  int code = read_corrections(&right, c, "said", error);
  for (size_t i = 0; !code && i < c->scan.rows.count; i++) {
    const hs_scanned *row = &c->scan.rows.items[i];
    const corrected *found = correction_of(&right, row->key);
    uint32_t day = row->first_day;
    hs_day first, last;
    if (found) day = found->value && hs_days_of(found->value, &first, &last) ? hs_day_number_of(first.text) : 0;
    hs_str key = {(const char *)&day, sizeof day};
    count_row(c, day ? group_of(c, key, (group){.day = day}) : 0, row);
  }
  return code;
}

static uint32_t link_group(counting *c, sqlite3_stmt *s) {
  hs_label label = {(const char *)sqlite3_column_text(s, 1), (const char *)sqlite3_column_text(s, 2)};
  char key[512];
  int size = snprintf(key, sizeof key, "%s\n%s", label.kind ? label.kind : "", label.name ? label.name : "");
  hs_str cut = {key, (size_t)size < sizeof key ? (size_t)size : sizeof key - 1};
  for (size_t i = 0; i < cut.size; i++) key[i] = hs_small(key[i]); /* "Tass" and "TASS" are one */
  if (hs_map_get(&c->places, cut)) return (uint32_t)group_of(c, cut, (group){0});
  label = (hs_label){hs_arena_string(c->scan.arena, label.name), hs_arena_string(c->scan.arena, label.kind)};
  return (uint32_t)group_of(c, cut, (group){.label = label});
}

/* Takes the links of all chains, which stand together in their table. */
static int read_links(counting *c, hs_error *error) {
  sqlite3_stmt *s;
  for (size_t i = 0; i < c->scan.rows.count; i++)
    if (c->scan.rows.items[i].key > c->last_key) c->last_key = c->scan.rows.items[i].key;
  if (c->last_key > UINT32_MAX) c->last_key = 0;
  c->first_link = hs_arena_alloc(c->scan.arena, ((size_t)c->last_key + 1) * sizeof *c->first_link);
  c->end_link = hs_arena_alloc(c->scan.arena, ((size_t)c->last_key + 1) * sizeof *c->end_link);
  int code =
      hs_record_prepare(c->scan.record, &s, "SELECT quotation, name, kind FROM via ORDER BY article, quotation", error);
  if (code) return code;
  while (sqlite3_step(s) == SQLITE_ROW) {
    int64_t key = sqlite3_column_int64(s, 0);
    if (key <= 0 || key > c->last_key) continue;
    if (!c->end_link[key]) c->first_link[key] = (uint32_t)c->links.count;
    hs_push(c->scan.arena, c->links, link_group(c, s));
    c->end_link[key] = (uint32_t)c->links.count;
  }
  return sqlite3_finalize(s) ? hs_record_fail(c->scan.record, error) : HS_OK;
}

/* The group of the link NAME, whatever its kind. */
static size_t named_group(counting *c, hs_str name) {
  for (size_t i = 1; i < c->groups.count; i++)
    if (hs_str_alike(name, c->groups.items[i].label.name)) return i;
  hs_push(c->scan.arena, c->groups, ((group){.label.name = hs_arena_copy(c->scan.arena, name.data, name.size)}));
  return c->groups.count - 1;
}

/* Counts the chain that a person gave, its names joined by " > ". */
static void count_chain(counting *c, const char *chain, const hs_scanned *row) {
  static const char joint[] = " > ";
  if (!chain) count_row(c, 0, row);
  while (chain) {
    const char *end = strstr(chain, joint);
    count_row(c, named_group(c, (hs_str){chain, end ? (size_t)(end - chain) : strlen(chain)}), row);
    chain = end ? end + strlen(joint) : NULL;
  }
}

static int count_links(counting *c, hs_error *error) {
  corrections right = {0};
  int code = read_links(c, error);
  if (!code) code = read_corrections(&right, c, "via", error);
  for (size_t i = 0; !code && i < c->scan.rows.count; i++) {
    const hs_scanned *row = &c->scan.rows.items[i];
    const corrected *found = correction_of(&right, row->key);
    int64_t key = row->key > 0 && row->key <= c->last_key ? row->key : 0;
    if (found) count_chain(c, found->value, row);
    else if (c->first_link[key] == c->end_link[key]) count_row(c, 0, row);
    for (uint32_t k = c->first_link[key]; !found && k < c->end_link[key]; k++) count_row(c, c->links.items[k], row);
  }
  return code;
}

/* ---- what comes out */

static bool is_nameless(const group *g) { return !g->label.name && !g->day; }

/* Days in their order, all else by how much it is; what is not known last. */
static int group_order(const void *left, const void *right) {
  const group *a = left, *b = right;
  if (is_nameless(a) != is_nameless(b)) return is_nameless(a) ? 1 : -1;
  if (a->day != b->day) return a->day < b->day ? -1 : 1;
  if (a->quotations != b->quotations) return a->quotations > b->quotations ? -1 : 1;
  int order = a->label.name && b->label.name ? strcmp(a->label.name, b->label.name) : 0;
  return order || !a->label.kind || !b->label.kind ? order : strcmp(a->label.kind, b->label.kind);
}

static const char *write_day(char out[16], uint32_t day) {
  if (day == 0) return NULL;
  strcpy(out, "0000-00-00");
  for (int i = 9; i >= 0; i--) {
    if (out[i] == '-') continue;
    out[i] = (char)('0' + day % 10);
    day /= 10;
  }
  return out;
}

static int hand_on(const counting *c, size_t limit, int (*row)(void *arg, const hs_said_count *count), void *arg,
                   hs_error *error) {
  size_t told = 0;
  for (size_t i = 0; i < c->groups.count && (limit == 0 || told < limit); i++) {
    const group *g = &c->groups.items[i];
    char day[16], first[16], last[16];
    if (g->quotations == 0) continue;
    hs_said_count count = {.name = g->day ? write_day(day, g->day) : g->label.name,
                           .kind = g->label.kind,
                           .quotations = g->quotations,
                           .articles = g->articles,
                           .outlets = g->outlets,
                           .first_day = write_day(first, g->first_day),
                           .last_day = write_day(last, g->last_day)};
    told++;
    if (row(arg, &count)) return hs_fail(error, HS_ERROR_STOPPED, 0, "stopped");
  }
  return HS_OK;
}

typedef int count_by(counting *c, hs_error *error);

static count_by *count_of(const char *by) {
  static const struct {
    const char *by;
    count_by *count;
  } ways[] = {{"speaker", count_speakers}, {"via", count_links}, {"outlet", count_outlets}, {"day", count_days}};
  for (size_t i = 0; by && i < sizeof ways / sizeof *ways; i++)
    if (strcmp(ways[i].by, by) == 0) return ways[i].count;
  return NULL;
}

int hs_record_count(const hs_record *record, const hs_said_filter *filter, const char *by,
                    int (*row)(void *arg, const hs_said_count *count), void *arg, hs_error *error) {
  count_by *count = count_of(by);
  if (!count)
    return hs_fail(error, HS_ERROR_USAGE, 0, "cannot count by \"%.40s\": there are speaker, via, outlet, day",
                   by ? by : "");
  hs_said_condition condition;
  counting c = {.scan = {.arena = hs_arena_new(), .record = record}};
  hs_push(c.scan.arena, c.groups, (group){0});
  int code = hs_said_condition_of(&condition, record, filter, error);
  bool all = count == count_speakers && condition.whole;
  if (!code) code = hs_scan_outlets(&c.outlets, &c.scan, error);
  if (!code && all) code = count_all_speakers(&c, condition.versions, error);
  if (!code && !all) code = hs_scan_rows(&c.scan, &condition, error);
  if (!code && !all) {
    hs_scan_sort(&c.scan, &c.outlets, HS_SCAN_ARTICLES);
    code = count(&c, error);
  }
  if (!code) {
    qsort(c.groups.items, c.groups.count, sizeof *c.groups.items, group_order);
    code = hand_on(&c, filter->limit, row, arg, error);
  }
  hs_said_condition_free(&condition);
  hs_arena_free(c.scan.arena);
  return code;
}
