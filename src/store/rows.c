#include "store/rows.h"

#include "annotate/document.h"
#include "base/array.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"
#include "extract/habits.h"
#include "store/days.h"
#include "store/record.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <zstd.h>

enum {
  PACKING_LEVEL = 1,   /* of zstd: pages are small and many */
  NAMES_OF_ACTOR = 16, /* forms of one name that search finds it by; so no page can blow up the index */
  NAME_BYTES = 200,    /* of one such form; a longer one is no name */
  EXAMPLE_BYTES = 100  /* of a passage that may keep coming back */
};

typedef struct builder {
  hs_rows *rows;
  hs_arena *arena;
  const hs_doc *doc;
  hs_offsets offsets;
  hs_array(hs_insert) inserts;
  hs_value *next, *end; /* of the row that is being filled */
  hs_str *actor_names;  /* all forms, as actor.names */
  hs_buffer scratch;
} builder;

int hs_row_columns(hs_row_kind kind) {
  static const int columns[] = {
#define X(name, table, count) count,
      HS_ROW_KINDS(X)
#undef X
  };
  return columns[kind];
}

/* ---- values, in the order of the table's columns */

static void row(builder *b, hs_row_kind kind) {
  assert(b->next == b->end);
  size_t columns = (size_t)hs_row_columns(kind);
  b->next = hs_arena_alloc(b->arena, columns * sizeof *b->next);
  b->end = b->next + columns;
  hs_push(b->arena, b->inserts, ((hs_insert){kind, b->next}));
}

static void value(builder *b, hs_value v) {
  assert(b->next < b->end);
  *b->next++ = v;
}

static void integer(builder *b, int64_t i) { value(b, (hs_value){.type = SQLITE_INTEGER, .integer = i}); }

static void null(builder *b) { value(b, (hs_value){.type = SQLITE_NULL}); }

static void article_key(builder *b) { value(b, (hs_value){.type = HS_KEY_ARTICLE}); }

static void quotation_key(builder *b, size_t i) {
  value(b, (hs_value){.type = HS_KEY_QUOTATION, .integer = (int64_t)i});
}

/* Of the actor with index I or, for HS_NONE, of none. */
static void actor_key(builder *b, int i) {
  if (i == HS_NONE) null(b);
  else value(b, (hs_value){.type = HS_KEY_ACTOR, .integer = i});
}

/* A share between 0 and 1, to four digits: 0.9 rather than the float next to it. */
static void share(builder *b, float r) {
  value(b, (hs_value){.type = SQLITE_FLOAT, .real = round((double)r * 10000) / 10000});
}

/* S must live as long as the rows. */
static void kept_text(builder *b, hs_str s) {
  if (s.data) value(b, (hs_value){.type = SQLITE_TEXT, .bytes = s});
  else null(b);
}

static hs_str copy(builder *b, hs_str s) {
  return s.data ? (hs_str){hs_arena_copy(b->arena, s.data, s.size), s.size} : s;
}
static void text(builder *b, const char *s) { kept_text(b, copy(b, hs_str_of(s))); }

static void known_text(builder *b, const char *s) { text(b, s ? s : ""); }

/* What was put together in the scratch buffer, which is empty again then. */
static hs_str take_scratch(builder *b) {
  hs_str taken = copy(b, (hs_str){b->scratch.data ? b->scratch.data : "", b->scratch.size});
  hs_buffer_clear(&b->scratch);
  return taken;
}

static void span(builder *b, hs_span s) {
  integer(b, hs_offsets_chars(&b->offsets, s.start));
  integer(b, hs_offsets_chars(&b->offsets, s.end));
}

/* What the scratch buffer holds, as it is. */
static void scratch_text(builder *b) { kept_text(b, take_scratch(b)); }

static void json_span(builder *b, hs_span s) {
  hs_json_int(&b->scratch, hs_offsets_chars(&b->offsets, s.start));
  hs_json_int(&b->scratch, hs_offsets_chars(&b->offsets, s.end));
}

static void json_spans(builder *b, const hs_span *spans, size_t count) {
  hs_json_open(&b->scratch, '[');
  for (size_t i = 0; i < count; i++) {
    hs_json_open(&b->scratch, '[');
    json_span(b, spans[i]);
    hs_json_close(&b->scratch, ']');
  }
  hs_json_close(&b->scratch, ']');
}

static void list(builder *b, const char *const *items, size_t count) {
  hs_json_open(&b->scratch, '[');
  for (size_t i = 0; i < count; i++) hs_json_string(&b->scratch, items[i]);
  hs_json_close(&b->scratch, ']');
  scratch_text(b);
}

/* ---- ids */

/*
 * The id of CONTENT in the article with the id ARTICLE; the COUNT-th time that it has the same, it differs. It begins
 * as its article's id does, so that one index, of pages, finds both.
 */
static int64_t own_id(int64_t article, hs_str content, uint32_t count) {
  uint64_t own = hs_hash(content, (uint64_t)article + count), mask = ((uint64_t)1 << HS_OWN_BITS) - 1;
  return (int64_t)(((uint64_t)article & ~mask) | (own & mask));
}

/* The id of what the scratch buffer holds, which SEEN counts. */
static int64_t take_id(builder *b, hs_map *seen) {
  hs_str content = take_scratch(b);
  uint32_t *times = hs_map_put(seen, b->arena, content);
  return own_id(b->rows->id, content, (*times)++);
}

/* A number as four bytes, the lowest first. */
static void id_number(hs_buffer *out, uint32_t number) {
  for (int i = 0; i < 32; i += 8) hs_buffer_char(out, (char)(number >> i & 0xFF));
}

static void id_spans(hs_buffer *out, const hs_offsets *offsets, const hs_span *spans, size_t count) {
  id_number(out, (uint32_t)count);
  for (size_t i = 0; i < count; i++) {
    id_number(out, hs_offsets_chars(offsets, spans[i].start));
    id_number(out, hs_offsets_chars(offsets, spans[i].end));
  }
}

static int64_t quotation_id(builder *b, const hs_quotation *q, hs_map *seen) {
  hs_buffer_char(&b->scratch, 'q');
  id_spans(&b->scratch, &b->offsets, q->contents, q->content_count);
  id_spans(&b->scratch, &b->offsets, q->sources, q->source_count);
  return take_id(b, seen);
}

int64_t hs_quotation_id(int64_t article, const hs_offsets *text, const hs_span *contents, size_t content_count,
                        const hs_span *sources, size_t source_count) {
  hs_buffer content = {0};
  hs_buffer_char(&content, 'q');
  id_spans(&content, text, contents, content_count);
  id_spans(&content, text, sources, source_count);
  int64_t id = own_id(article, (hs_str){content.data, content.size}, 0);
  hs_buffer_free(&content);
  return id;
}

static int64_t actor_id(builder *b, const hs_actor *a, hs_map *seen) {
  hs_buffer_text(&b->scratch, hs_actor_type_name(a->type));
  hs_buffer_char(&b->scratch, ' ');
  hs_buffer_text(&b->scratch, a->name ? a->name : "");
  return take_id(b, seen);
}

/* ---- the page and its article */

static void visit_row(builder *b, const hs_visit *visit) {
  row(b, HS_ROW_VISIT);
  text(b, visit->url);
  text(b, visit->at);
  text(b, visit->at);
  text(b, visit->etag);
  text(b, visit->last_modified);
}

static void page_row(builder *b, const hs_page *page) {
  size_t bound = ZSTD_compressBound(page->size);
  char *packed = hs_alloc(bound);
  size_t size = ZSTD_compress(packed, bound, page->data, page->size, PACKING_LEVEL);
  row(b, HS_ROW_PAGE);
  article_key(b);
  integer(b, b->rows->id);
  text(b, page->id);
  text(b, page->url);
  text(b, page->media == HS_MEDIA_HTML ? "html" : page->media == HS_MEDIA_TEXT ? "text" : NULL);
  text(b, page->title);
  text(b, page->outlet);
  text(b, page->published);
  text(b, page->date);
  text(b, page->language);
  text(b, page->charset);
  text(b, page->captured);
  text(b, page->missing);
  text(b, page->archive);
  text(b, page->record);
  if (page->archive) integer(b, (int64_t)page->offset);
  else null(b);
  integer(b, (int64_t)page->size);
  if (ZSTD_isError(size)) null(b); /* zstd cannot fail with this room; the record would refuse the row */
  else value(b, (hs_value){.type = SQLITE_BLOB, .bytes = copy(b, (hs_str){packed, size})});
  null(b); /* no newer version yet */
  free(packed);
}

static void blocks_text(builder *b) {
  const hs_article *a = &b->doc->article;
  hs_json_open(&b->scratch, '[');
  for (size_t i = 0; i < a->block_count; i++) {
    const hs_block *block = &a->blocks[i];
    hs_json_open(&b->scratch, '[');
    hs_json_string(&b->scratch, hs_block_kind_name(block->kind));
    hs_json_string(&b->scratch, block->kept ? NULL : block->reason ? block->reason : "");
    json_span(b, block->text);
    hs_json_int(&b->scratch, block->page.start);
    hs_json_int(&b->scratch, block->page.end);
    if (block->time) hs_json_string(&b->scratch, block->time);
    hs_json_close(&b->scratch, ']');
  }
  hs_json_close(&b->scratch, ']');
  scratch_text(b);
}

static void times_text(builder *b) {
  hs_json_open(&b->scratch, '[');
  for (size_t i = 0; i < b->doc->time_count; i++) {
    const hs_time *t = &b->doc->times[i];
    const char *const words[] = {t->type ? t->type : "", t->when.value, t->when.begin, t->when.until, t->anchor};
    hs_json_open(&b->scratch, '[');
    json_span(b, t->span);
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) hs_json_string(&b->scratch, words[k]);
    hs_json_close(&b->scratch, ']');
  }
  hs_json_close(&b->scratch, ']');
  scratch_text(b);
}

/* The text without what was dropped from it, if anything was. */
static hs_str searched_text(builder *b) {
  const hs_article *a = &b->doc->article;
  bool dropped = false;
  for (size_t i = 0; i < a->block_count; i++) {
    hs_str block = hs_str_at(a->text, a->blocks[i].text);
    if (!a->blocks[i].kept) dropped = dropped || block.size > 0;
    else if (b->scratch.size) hs_buffer_text(&b->scratch, "\n\n");
    if (a->blocks[i].kept) hs_buffer_add(&b->scratch, block.data, block.size);
  }
  hs_str kept = dropped ? take_scratch(b) : (hs_str){0};
  hs_buffer_clear(&b->scratch);
  return kept;
}

/* Made from what two versions of one article have in common, whatever the habits of its outlet were when it came; 0 for
 * a page that has no versions. */
static int64_t content_of(const builder *b) {
  if (!b->rows->url.data || !b->rows->captured.data) return 0;
  const hs_article *a = &b->doc->article;
  hs_array(hs_str) parts = {0};
  hs_push(b->arena, parts, hs_str_of(a->title));
  if (!a->words) hs_push(b->arena, parts, ((hs_str){a->text, a->text_size}));
  for (size_t i = 0; a->words && i < a->block_count; i++)
    if (hs_habits_kept(&a->blocks[i])) hs_push(b->arena, parts, hs_str_at(a->words, a->blocks[i].words));
  return hs_content_id(parts.items, parts.count);
}

static void article_rows(builder *b) {
  const hs_article *a = &b->doc->article;
  row(b, HS_ROW_ARTICLE);
  article_key(b);
  integer(b, b->rows->id);
  known_text(b, a->id);
  text(b, hs_page_kind_name(a->kind));
  share(b, a->kind_confidence);
  text(b, a->url);
  text(b, a->outlet);
  text(b, a->title);
  list(b, a->byline, a->byline_count);
  text(b, a->published);
  text(b, a->published_from);
  text(b, a->modified);
  text(b, a->language);
  text(b, a->language_from);
  share(b, a->language_confidence);
  text(b, a->status);
  known_text(b, b->doc->model);
  blocks_text(b);
  times_text(b);
  hs_str searched = searched_text(b);
  kept_text(b, b->offsets.text);
  kept_text(b, searched);
  if (b->rows->content) integer(b, b->rows->content);
  else null(b);
  row(b, HS_ROW_ARTICLE_SEARCH);
  article_key(b);
  text(b, a->title);
  kept_text(b, searched.data ? searched : b->offsets.text);
}

/* ---- actors */

static const char NAME_SIGN[] = " ‖ ";

/* The forms of A's name, the fullest first, each once. */
static hs_str names_of(builder *b, const hs_actor *a) {
  hs_str forms[NAMES_OF_ACTOR] = {hs_str_of(a->name ? a->name : "")};
  int count = 1;
  for (size_t i = 0; i < a->name_count && count < NAMES_OF_ACTOR; i++) {
    hs_str form = hs_str_of(a->names[i]);
    bool known = form.size == 0 || form.size > NAME_BYTES;
    for (int k = 0; k < count && !known; k++) known = hs_str_equal(forms[k], form);
    if (!known) forms[count++] = form;
  }
  for (int k = 0; k < count; k++) {
    if (k) hs_buffer_text(&b->scratch, NAME_SIGN);
    hs_buffer_add(&b->scratch, forms[k].data, forms[k].size);
  }
  return take_scratch(b);
}

/* The days on which Q was said or, where the text does not tell, its article was published. */
static void find_days(const builder *b, const hs_quotation *q, hs_day *first, hs_day *last) {
  hs_day until, rest;
  if (!hs_days_of(q->said.begin, first, last)) hs_days_of(b->doc->article.published, first, last);
  else if (hs_days_of(q->said.until, &until, &rest)) *last = hs_day_before(until);
}

/* How many quotations an actor speaks, from when to when. */
typedef struct spoken {
  int64_t count;
  hs_day first, last;
} spoken;

static spoken *count_spoken(const builder *b) {
  spoken *all = hs_arena_alloc(b->arena, (b->doc->actor_count + 1) * sizeof *all);
  hs_day first, last;
  for (size_t i = 0; i < b->doc->quotation_count; i++) {
    const hs_quotation *q = &b->doc->quotations[i];
    if (q->speaker == HS_NONE) continue;
    spoken *s = &all[q->speaker];
    find_days(b, q, &first, &last);
    if (first.text[0] && (!s->first.text[0] || strcmp(first.text, s->first.text) < 0)) s->first = first;
    if (strcmp(last.text, s->last.text) > 0) s->last = last;
    s->count++;
  }
  return all;
}

static void day_columns(builder *b, hs_day first, hs_day last) {
  text(b, first.text[0] ? first.text : NULL);
  text(b, last.text[0] ? last.text : NULL);
}

static void actor_rows(builder *b) {
  const spoken *said = count_spoken(b);
  hs_map seen = {0};
  b->actor_names = hs_arena_alloc(b->arena, (b->doc->actor_count + 1) * sizeof *b->actor_names);
  for (size_t i = 0; i < b->doc->actor_count; i++) {
    const hs_actor *a = &b->doc->actors[i];
    b->actor_names[i] = names_of(b, a);
    row(b, HS_ROW_ACTOR);
    actor_key(b, (int)i);
    integer(b, actor_id(b, a, &seen));
    article_key(b);
    integer(b, (int64_t)i);
    text(b, hs_actor_type_name(a->type));
    known_text(b, a->name);
    kept_text(b, b->actor_names[i]);
    list(b, a->roles, a->role_count);
    text(b, a->country);
    text(b, a->sector);
    integer(b, said[i].count);
    json_spans(b, a->mentions, a->mention_count);
    scratch_text(b);
    text(b, a->institution);
    if (a->number) integer(b, a->number);
    else null(b);
    text(b, a->closeness);
    text(b, a->anonymity);
    day_columns(b, said[i].first, said[i].last);
  }
}

/* ---- quotations */

/* The spans as they stand in the text; nothing for none. */
static hs_str joined(builder *b, const hs_span *spans, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (i) hs_buffer_text(&b->scratch, " … ");
    hs_str part = hs_str_at(b->doc->article.text, spans[i]);
    hs_buffer_add(&b->scratch, part.data, part.size);
  }
  return count ? take_scratch(b) : (hs_str){0};
}

static void spans_text(builder *b, const hs_quotation *q) {
  hs_json_open(&b->scratch, '{');
  hs_json_key(&b->scratch, "source");
  json_spans(b, q->sources, q->source_count);
  hs_json_key(&b->scratch, "cue");
  json_spans(b, &q->cue, q->cue.end > q->cue.start);
  hs_json_key(&b->scratch, "content");
  json_spans(b, q->contents, q->content_count);
  hs_json_close(&b->scratch, '}');
  scratch_text(b);
}

static void quotation_row(builder *b, const hs_quotation *q, size_t i, hs_map *seen, hs_str content) {
  row(b, HS_ROW_QUOTATION);
  quotation_key(b, i);
  integer(b, quotation_id(b, q, seen));
  article_key(b);
  integer(b, (int64_t)i);
  text(b, hs_quotation_type_name(q->type));
  actor_key(b, q->speaker);
  share(b, q->speaker_confidence);
  actor_key(b, q->speaks_for);
  text(b, hs_force_name(q->force));
  text(b, hs_polarity_name(q->polarity));
  if (q->inside == HS_NONE) null(b);
  else quotation_key(b, (size_t)q->inside);
  share(b, q->confidence);
  share(b, q->cue_confidence);
  share(b, q->source_confidence);
  share(b, q->content_confidence);
  share(b, hs_quotation_sure(q));
  text(b, q->said.value);
  text(b, q->said.begin);
  text(b, q->said.until);
  hs_day first, last;
  find_days(b, q, &first, &last);
  day_columns(b, first, last);
  span(b, (hs_span){q->contents[0].start, q->contents[q->content_count - 1].end});
  kept_text(b, joined(b, q->sources, q->source_count));
  kept_text(b, joined(b, &q->cue, q->cue.end > q->cue.start));
  kept_text(b, content);
  spans_text(b, q);
}

static hs_str via_name(builder *b, const hs_via *v) {
  if (v->actor == HS_NONE) return copy(b, hs_str_at(b->doc->article.text, v->span));
  return copy(b, hs_str_of(b->doc->actors[v->actor].name));
}

static void via_rows(builder *b, const hs_quotation *q, size_t quotation) {
  for (size_t i = 0; i < q->via_count; i++) {
    row(b, HS_ROW_VIA);
    article_key(b);
    quotation_key(b, quotation);
    integer(b, (int64_t)i);
    actor_key(b, q->via[i].actor);
    kept_text(b, via_name(b, &q->via[i]));
    known_text(b, q->via[i].kind);
    span(b, q->via[i].span);
  }
}

/* As the view quotation_searched gives it. */
static void quotation_search_row(builder *b, const hs_quotation *q, size_t i, hs_str content) {
  for (size_t k = 0; k < q->via_count; k++) {
    if (k) hs_buffer_text(&b->scratch, NAME_SIGN);
    hs_str names = q->via[k].actor == HS_NONE ? via_name(b, &q->via[k]) : b->actor_names[q->via[k].actor];
    hs_buffer_add(&b->scratch, names.data, names.size);
  }
  hs_str via = q->via_count ? take_scratch(b) : (hs_str){0};
  row(b, HS_ROW_QUOTATION_SEARCH);
  quotation_key(b, i);
  kept_text(b, content);
  kept_text(b, q->speaker == HS_NONE ? (hs_str){0} : b->actor_names[q->speaker]);
  kept_text(b, via);
  kept_text(b, q->speaks_for == HS_NONE ? (hs_str){0} : b->actor_names[q->speaks_for]);
}

static void quotation_rows(builder *b) {
  hs_map seen = {0};
  for (size_t i = 0; i < b->doc->quotation_count; i++) {
    const hs_quotation *q = &b->doc->quotations[i];
    hs_str content = joined(b, q->contents, q->content_count);
    quotation_row(b, q, i, &seen, content);
    via_rows(b, q, i);
    quotation_search_row(b, q, i, content);
  }
}

/* ---- passages that may keep coming back */

static void passage_row(builder *b, const char *outlet, int64_t hash, const char *day, hs_str example) {
  row(b, HS_ROW_PASSAGE);
  text(b, outlet);
  integer(b, hash);
  text(b, day);
  text(b, day);
  integer(b, 1);
  value(b, (hs_value){.type = HS_KEY_COUNTED});
  kept_text(b, copy(b, example));
}

/* The outlet has a row of its own, which counts its pages. */
static void passage_rows(builder *b, const hs_page *page) {
  hs_passage passages[HS_PASSAGES];
  const hs_article *a = &b->doc->article;
  const char *outlet = hs_habits_outlet(a, b->arena), *when = a->published ? a->published : page->captured;
  if (!outlet) return;
  const char *day = when ? hs_arena_printf(b->arena, "%.10s", when) : NULL;
  size_t count = hs_habits_passages(a, passages);
  passage_row(b, outlet, 0, day, (hs_str){"", 0});
  for (size_t i = 0; i < count; i++) {
    hs_str s = passages[i].text;
    while (s.size > EXAMPLE_BYTES) s.size = hs_utf8_before(s, s.size);
    passage_row(b, outlet, passages[i].hash, day, s);
  }
}

static void doc_rows(builder *b, const hs_page *page) {
  const hs_doc *doc = b->doc;
  hs_rows *rows = b->rows;
  rows->name = hs_arena_string(rows->arena, doc->article.id ? doc->article.id : "");
  b->offsets = hs_offsets_of(b->arena, copy(b, (hs_str){doc->article.text, doc->article.text_size}));
  rows->url = copy(b, hs_str_of(page->url)), rows->captured = copy(b, hs_str_of(page->captured));
  rows->content = content_of(b);
  page_row(b, page);
  article_rows(b);
  actor_rows(b);
  quotation_rows(b);
  passage_rows(b, page);
  rows->actor_count = doc->actor_count, rows->quotation_count = doc->quotation_count;
}

hs_rows *hs_rows_new(int64_t id, const hs_page *page, const hs_doc *doc, const hs_visit *visit) {
  hs_rows *rows = hs_calloc(1, sizeof *rows);
  rows->id = id;
  rows->arena = hs_arena_new();
  rows->name = "";
  builder b = {.rows = rows, .arena = rows->arena, .doc = doc};
  if (visit) visit_row(&b, visit);
  if (doc) doc_rows(&b, page);
  rows->inserts = b.inserts.items, rows->insert_count = b.inserts.count;
  hs_buffer_free(&b.scratch);
  return rows;
}

void hs_rows_free(hs_rows *rows) {
  if (!rows) return;
  hs_arena_free(rows->arena);
  free(rows);
}
