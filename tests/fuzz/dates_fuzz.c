/* Whatever the line: the days and times that are read in it, as pages, addresses and feeds write them, are those of the
 * calendar and the clock, and are read again as they were written. */
#include "base/calendar.h"
#include "extract/date.h"
#include "fuzz.h"
#include "ingest/when.h"

static void check_form(const char *iso) {
  hs_date day;
  int hour = 0, minute = 0, second = 0;
  require(hs_date_read(&day, iso), "a day is one of the calendar");
  bool timed = !iso[10] || sscanf(iso + 11, "%2d:%2d:%2d", &hour, &minute, &second) >= 2;
  require(timed && hour < 24 && minute < 60 && second <= 60, "a time is one of the clock");
}

static void check_machine(hs_arena *arena, const hs_phrases *head, const char *iso) {
  if (!iso) return;
  check_form(iso);
  const char *again = hs_date_machine(arena, head, hs_str_of(iso));
  require(again && strcmp(again, iso) == 0, "what was read is read again");
}

static void check_when(hs_arena *arena, const char *iso) {
  if (!iso) return;
  check_form(iso);
  time_t when = hs_when_seconds(iso);
  require(when >= 0 && hs_when_seconds(hs_when_write(arena, when)) == when, "a second is written and read again");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hs_arena *arena = hs_arena_new();
  static const hs_phrases *head; /* made once: it is read-only */
  static hs_arena *kept;
  if (!head) head = hs_head_new(kept = hs_arena_new());
  hs_str line = {(const char *)data, size};
  check_machine(arena, head, hs_date_machine(arena, head, line));
  check_machine(arena, head, hs_date_url(arena, line));
  check_when(arena, hs_when_read(arena, line));
  hs_folded f;
  hs_fold(&f, line);
  hs_date_found found;
  for (size_t at = 0, before = 0; hs_date_line(&found, arena, head, hs_folded_str(&f), &at); before = at) {
    require(before <= found.from && found.from < found.end && found.end <= f.size, "a day stands in the line");
    require(at == found.end && (found.labelled || !found.updated), "and the next one behind it");
    check_machine(arena, head, found.day);
  }
  hs_arena_free(arena);
  return 0;
}
