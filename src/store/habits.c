/* What the record learns of outlets' habits. */
#include "extract/habits.h"

#include "base/hash.h"
#include "store/inside.h"
#include "store/page.h"
#include "store/schema.h"

#include <stdlib.h>
#include <string.h>

int hs_record_habits(hs_habits **out, const hs_record *record, hs_error *error) {
  sqlite3_stmt *s;
  *out = NULL;
  int code =
      hs_record_prepare(record, &s, "SELECT outlet, hash, count, at FROM passage WHERE hash = 0 OR count >= ?", error);
  if (code) return code;
  sqlite3_bind_int(s, 1, HS_HABIT_PAGES);
  hs_habits *habits = hs_habits_new();
  while (sqlite3_step(s) == SQLITE_ROW)
    hs_habits_set(habits, (const char *)sqlite3_column_text(s, 0), sqlite3_column_int64(s, 1),
                  (uint64_t)sqlite3_column_int64(s, 2), (uint64_t)sqlite3_column_int64(s, 3));
  if (sqlite3_finalize(s)) {
    hs_habits_free(habits);
    return hs_record_fail(record, error);
  }
  *out = habits;
  return HS_OK;
}

/* ---- learning */

/* More than what is ever on its way from its turn to the record: two of each page in the pool and in two batches. */
enum { RECENT = 8192, SLOTS = 2 * RECENT };

/* Pages' ids and hashes of addresses, none of them 0, by open addressing; a new set begins when this one is full. */
typedef struct recent {
  uint64_t slots[SLOTS];
  size_t count;
} recent;

struct hs_learner {
  hs_record *reader;
  sqlite3_stmt *passages, *page, *address;
  hs_habits *habits; /* those of the outlets that were met */
  uint64_t counted;  /* pages whose passages were */
  recent now, before;
};

static int prepare(hs_learner *l, hs_error *error) {
  static const char passages[] = "SELECT hash, count, at FROM passage WHERE outlet = ?1"
                                 " AND (hash = 0 OR count >= ?2 OR at > ?3)";
  int number = 0;
  int code = hs_record_prepare(l->reader, &l->passages, passages, error);
  if (!code) code = hs_record_prepare(l->reader, &l->page, "SELECT 1 FROM page WHERE id = ?", error);
  if (!code)
    code = hs_record_prepare(l->reader, &l->address,
                             "SELECT 1 FROM page WHERE url = ? AND captured IS NOT NULL LIMIT 1", error);
  static const char counted[] = "SELECT coalesce((SELECT count FROM passage WHERE outlet = '' AND hash = 0), 0)";
  if (!code && hs_schema_number(l->reader->db, counted, &number)) code = hs_record_fail(l->reader, error);
  l->counted = (uint64_t)number;
  return code;
}

int hs_learner_open(hs_learner **out, const hs_record *record, hs_error *error) {
  hs_learner *l = hs_calloc(1, sizeof *l);
  l->habits = hs_habits_new();
  int code = hs_record_open(&l->reader, record->path, HS_RECORD_READ, error);
  if (!code) code = prepare(l, error);
  *out = code ? NULL : l;
  if (code) hs_learner_free(l);
  return code;
}

void hs_learner_free(hs_learner *l) {
  if (!l) return;
  sqlite3_finalize(l->passages);
  sqlite3_finalize(l->page);
  sqlite3_finalize(l->address);
  hs_record_free(l->reader);
  hs_habits_free(l->habits);
  free(l);
}

/* What was counted of OUTLET before this reading. The writer may not have come to forgetting yet. */
static void load(hs_learner *l, const char *outlet) {
  if (hs_habits_has(l->habits, outlet, 0)) return;
  hs_habits_set(l->habits, outlet, 0, 0, 0);
  uint64_t rounds = l->counted / HS_HABITS_EVERY;
  sqlite3_stmt *s = l->passages;
  sqlite3_bind_text(s, 1, outlet, -1, SQLITE_STATIC);
  sqlite3_bind_int(s, 2, HS_HABIT_PAGES);
  sqlite3_bind_int64(s, 3, rounds ? (int64_t)(rounds - 1) * HS_HABITS_EVERY : 0);
  while (sqlite3_step(s) == SQLITE_ROW)
    hs_habits_set(l->habits, outlet, sqlite3_column_int64(s, 0), (uint64_t)sqlite3_column_int64(s, 1),
                  (uint64_t)sqlite3_column_int64(s, 2));
  sqlite3_reset(s);
}

static bool gives_a_row(sqlite3_stmt *s) {
  bool found = sqlite3_step(s) == SQLITE_ROW;
  sqlite3_reset(s);
  return found;
}

/* Is the page with the id ID in the record? */
static bool has_page(const hs_learner *l, int64_t id) {
  sqlite3_bind_int64(l->page, 1, id);
  return gives_a_row(l->page);
}

/* The slot of KEY, or the empty one where it belongs. */
static uint64_t *slot_of(recent *r, uint64_t key) {
  uint64_t *slot = &r->slots[key % SLOTS];
  while (*slot && *slot != key) slot = slot == &r->slots[SLOTS - 1] ? r->slots : slot + 1;
  return slot;
}

/* Was KEY noted a moment ago? Notes it. */
static bool note(hs_learner *l, uint64_t key) {
  if (l->now.count == RECENT) {
    l->before = l->now;
    memset(&l->now, 0, sizeof l->now);
  }
  uint64_t *slot = slot_of(&l->now, key);
  bool found = *slot || *slot_of(&l->before, key);
  l->now.count += !*slot;
  *slot = key;
  return found;
}

/* Was the page of JOB, or an earlier version of it, read a moment ago, or is the version in the record? Notes it. */
static bool came_before(hs_learner *l, const hs_page_job *job) {
  const hs_page *page = &job->capture->page;
  uint64_t address = page->url && page->captured ? hs_hash(hs_str_of(page->url), 0) | 1 : 0;
  bool found = note(l, (uint64_t)job->id);
  if (address && note(l, address)) found = true;
  if (found || !address) return found;
  sqlite3_bind_text(l->address, 1, page->url, -1, SQLITE_STATIC);
  return gives_a_row(l->address);
}

bool hs_learner_learn(hs_learner *l, hs_page_job *job, hs_doc *doc, hs_turn *turn) {
  hs_article *a = &doc->article;
  hs_passage passages[HS_PASSAGES];
  const char *outlet = hs_habits_outlet(a, doc->arena);
  size_t count = hs_habits_passages(a, passages);
  job->id = hs_page_id(&job->capture->page);
  hs_turn_wait(turn, job->number);
  job->known = has_page(l, job->id);
  if (job->known) return false;
  bool counts = !came_before(l, job) && outlet;
  if (!outlet) return true;
  load(l, outlet);
  hs_habits_drop(l->habits, a, doc->arena);
  if (!counts) return true;
  hs_habits_count(l->habits, outlet, passages, count, ++l->counted);
  if (l->counted % HS_HABITS_EVERY == 0) hs_habits_forget(l->habits, l->counted - HS_HABITS_EVERY);
  return true;
}
