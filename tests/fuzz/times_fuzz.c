/* Whatever the text, published on whatever day, which is the first line: times stand in the text, in order, and the
 * days that they mean are those of the calendar. */
#include "annotate/annotate.h"
#include "base/calendar.h"
#include "fuzz.h"

static void check_day(const char *s, bool first) {
  hs_date day;
  require(hs_date_read(&day, s) && (first || !s[10]), "a day is one of the calendar");
}

static void check_time(const hs_time *t, uint32_t behind, uint32_t size) {
  require(behind <= t->span.start && t->span.start < t->span.end && t->span.end <= size, "times are in order");
  require(t->type && t->when.value && *t->when.value, "a time has type and value");
  require(!t->when.begin == !t->when.until, "what begins ends");
  if (t->anchor) check_day(t->anchor, false);
  if (!t->when.begin) return;
  check_day(t->when.begin, false);
  check_day(t->when.until, false);
  require(strcmp(t->when.begin, t->when.until) < 0, "and ends later");
  if (strlen(t->when.value) >= 10 && t->when.value[5] != 'W') check_day(t->when.value, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static hs_model *model;
  if (!model) require(hs_model_open(&model, "rules", NULL) == HS_OK, "the rules can be opened");
  const char *text = (const char *)data, *end = size ? memchr(text, '\n', size) : NULL;
  if (!end) return 0;
  hs_arena *arena = hs_arena_new();
  const char *day = end > text && *text ? hs_arena_copy(arena, text, (size_t)(end - text)) : NULL;
  hs_page page = {.data = end + 1, .size = size - (size_t)(end + 1 - text), .media = HS_MEDIA_TEXT, .published = day};
  hs_doc *doc;
  if (hs_doc_read(&doc, model, &page, HS_PARSE, NULL) == HS_OK) {
    hs_annotate_times(doc, model->rules);
    for (size_t i = 0; i < doc->time_count; i++)
      check_time(&doc->times[i], i ? doc->times[i - 1].span.end : 0, doc->article.text_size);
    hs_doc_free(doc);
  }
  hs_arena_free(arena);
  return 0;
}
