/* The brief as one JSON object: docs/json.md tells every field. */
#include "report/brief.h"

static void field(hs_buffer *out, const char *key, const char *value) {
  hs_json_key(out, key);
  hs_json_string(out, value);
}

static void count_field(hs_buffer *out, const char *key, uint64_t value) {
  hs_json_key(out, key);
  hs_json_int(out, (int64_t)value);
}

static void write_statement(hs_buffer *out, const hs_statement *s) {
  hs_json_open(out, '{');
  field(out, "id", s->id);
  field(out, "type", s->type);
  field(out, "speaker", s->speaker);
  field(out, "speaker_type", s->speaker_type);
  field(out, "role", s->role);
  field(out, "source", s->source);
  field(out, "cue", s->cue);
  field(out, "content", s->content);
  field(out, "via", s->via);
  field(out, "said", s->said);
  hs_json_key(out, "confidence");
  hs_json_share(out, s->confidence);
  hs_json_key(out, "article");
  hs_json_open(out, '{');
  field(out, "id", s->article);
  field(out, "name", s->article_name);
  field(out, "title", s->title);
  field(out, "outlet", s->outlet);
  field(out, "url", s->url);
  hs_json_close(out, '}');
  count_field(out, "start", s->start);
  count_field(out, "end", s->end);
  hs_json_close(out, '}');
}

static void write_day(hs_buffer *out, const hs_brief_day *day) {
  hs_json_open(out, '{');
  field(out, "day", day->day);
  count_field(out, "quotations", day->count);
  hs_json_key(out, "statements");
  hs_json_open(out, '[');
  for (size_t i = 0; i < day->statements.count; i++) write_statement(out, &day->statements.items[i]);
  hs_json_close(out, ']');
  hs_json_close(out, '}');
}

void hs_brief_json(hs_buffer *out, const hs_brief *brief) {
  hs_json_open(out, '{');
  field(out, "story", brief->story);
  field(out, "since", brief->since);
  field(out, "until", brief->until);
  count_field(out, "articles", brief->articles);
  count_field(out, "quotations", brief->quotations);
  count_field(out, "outlets", brief->outlets);
  count_field(out, "speakers", brief->speakers);
  count_field(out, "quotations_before", brief->quotations_before);
  hs_json_key(out, "days");
  hs_json_open(out, '[');
  for (size_t i = 0; i < brief->days.count; i++) write_day(out, &brief->days.items[i]);
  hs_json_close(out, ']');
  hs_json_close(out, '}');
  hs_buffer_char(out, '\n');
}
