#include "store/rows.h"

#include "annotate/document.h"
#include "base/array.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"
#include "store/days.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <zstd.h>

enum {
  PACKING_LEVEL = 1,   /* of zstd: pages are small and many */
  OWN_BITS = 44,       /* of an id of something in an article; those before, five digits as shown, are the article's */
  NAMES_OF_ACTOR = 16, /* forms of one name that search finds it by; so no page can blow up the index */
  NAME_BYTES = 200     /* of one such form; a longer one is no name */
};

typedef struct builder {
  hs_rows *rows;
  hs_arena *arena;
  const hs_doc *doc;
  hs_offsets offsets;
  hs_array(hs_insert) inserts;
  hs_array(hs_insert) searches;
  hs_value *next, *end; /* of the row that is being filled */
  int64_t *actor_ids;
  hs_str *actor_names; /* all forms, as actor.names */
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
  if (kind >= HS_ROW_ARTICLE_SEARCH) hs_push(b->arena, b->searches, ((hs_insert){kind, b->next}));
  else hs_push(b->arena, b->inserts, ((hs_insert){kind, b->next}));
}

static void value(builder *b, hs_value v) {
  assert(b->next < b->end);
  *b->next++ = v;
}

static void integer(builder *b, int64_t i) { value(b, (hs_value){.type = SQLITE_INTEGER, .integer = i}); }

/* A share between 0 and 1, to four digits: 0.9 rather than the float next to it. */
static void share(builder *b, float r) {
  value(b, (hs_value){.type = SQLITE_FLOAT, .real = round((double)r * 10000) / 10000});
}

static void null(builder *b) { value(b, (hs_value){.type = SQLITE_NULL}); }

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

static void list(builder *b, const char *const *items, size_t count) {
  hs_json_open(&b->scratch, '[');
  for (size_t i = 0; i < count; i++) hs_json_string(&b->scratch, items[i]);
  hs_json_close(&b->scratch, ']');
  kept_text(b, take_scratch(b));
}

/* ---- ids */

/*
 * The id of what the scratch buffer holds; the COUNT-th time that SEEN meets the same, it differs. It begins as its
 * article's id does, so that in the indexes too the rows of one article lie side by side.
 */
static int64_t take_id(builder *b, hs_map *seen) {
  hs_str content = take_scratch(b);
  uint32_t *times = hs_map_put(seen, b->arena, content);
  uint64_t own = hs_hash(content, (uint64_t)b->rows->id + (*times)++), mask = ((uint64_t)1 << OWN_BITS) - 1;
  return (int64_t)(((uint64_t)b->rows->id & ~mask) | (own & mask));
}

/* A number as four bytes, the lowest first. */
static void id_number(builder *b, uint32_t number) {
  for (int i = 0; i < 32; i += 8) hs_buffer_char(&b->scratch, (char)(number >> i & 0xFF));
}

static void id_spans(builder *b, const hs_span *spans, size_t count) {
  id_number(b, (uint32_t)count);
  for (size_t i = 0; i < count; i++) {
    id_number(b, hs_offsets_chars(&b->offsets, spans[i].start));
    id_number(b, hs_offsets_chars(&b->offsets, spans[i].end));
  }
}

static int64_t quotation_id(builder *b, const hs_quotation *q, hs_map *seen) {
  hs_buffer_char(&b->scratch, 'q');
  id_spans(b, q->contents, q->content_count);
  id_spans(b, q->sources, q->source_count);
  return take_id(b, seen);
}

static int64_t actor_id(builder *b, const hs_actor *a, hs_map *seen) {
  hs_buffer_text(&b->scratch, hs_actor_type_name(a->type));
  hs_buffer_char(&b->scratch, ' ');
  hs_buffer_text(&b->scratch, a->name ? a->name : "");
  return take_id(b, seen);
}

/* ---- the page and its article */

static void page_row(builder *b, const hs_page *page) {
  size_t bound = ZSTD_compressBound(page->size);
  char *packed = hs_alloc(bound);
  size_t size = ZSTD_compress(packed, bound, page->data, page->size, PACKING_LEVEL);
  row(b, HS_ROW_PAGE);
  integer(b, b->rows->id);
  text(b, page->id);
  text(b, page->url);
  text(b, page->media == HS_MEDIA_HTML ? "html" : page->media == HS_MEDIA_TEXT ? "text" : NULL);
  text(b, page->title);
  text(b, page->outlet);
  text(b, page->published);
  text(b, page->date);
  text(b, page->language);
  integer(b, (int64_t)page->size);
  if (ZSTD_isError(size)) null(b); /* zstd cannot fail with this room; the record would refuse the row */
  else value(b, (hs_value){.type = SQLITE_BLOB, .bytes = copy(b, (hs_str){packed, size})});
  free(packed);
}

static void article_row(builder *b) {
  const hs_article *a = &b->doc->article;
  row(b, HS_ROW_ARTICLE);
  integer(b, b->rows->id);
  known_text(b, a->id);
  text(b, a->url);
  text(b, a->outlet);
  text(b, a->title);
  list(b, a->byline, a->byline_count);
  text(b, a->published);
  text(b, a->published_from);
  text(b, a->modified);
  text(b, a->language);
  text(b, a->status);
  known_text(b, b->doc->model);
  kept_text(b, b->offsets.text);
}

static void block_rows(builder *b) {
  const hs_article *a = &b->doc->article;
  for (size_t i = 0; i < a->block_count; i++) {
    const hs_block *block = &a->blocks[i];
    row(b, HS_ROW_BLOCK);
    integer(b, b->rows->id);
    integer(b, (int64_t)i);
    text(b, hs_block_kind_name(block->kind));
    if (block->kept) null(b);
    else known_text(b, block->reason);
    span(b, block->text);
    integer(b, block->page.start);
    integer(b, block->page.end);
  }
}

/* As the view article_searched gives it. */
static void article_search_row(builder *b) {
  const hs_article *a = &b->doc->article;
  for (size_t i = 0; i < a->block_count; i++) {
    hs_str block = hs_str_at(a->text, a->blocks[i].text);
    if (!a->blocks[i].kept || !block.size) continue;
    if (b->scratch.size) hs_buffer_text(&b->scratch, "\n\n");
    hs_buffer_add(&b->scratch, block.data, block.size);
  }
  row(b, HS_ROW_ARTICLE_SEARCH);
  integer(b, b->rows->id);
  text(b, a->title);
  kept_text(b, take_scratch(b));
}

/* ---- actors */

static const char NAME_SIGN[] = " ‖ ";

/* The forms of A's name, the fullest first, each once. */
static hs_str names_of(builder *b, const hs_actor *a) {
  hs_str forms[NAMES_OF_ACTOR] = {hs_str_of(a->name ? a->name : "")};
  int count = 1;
  for (size_t i = 0; i < a->mention_count && count < NAMES_OF_ACTOR; i++) {
    hs_str form = hs_str_at(b->doc->article.text, a->mentions[i]);
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

/* How many quotations each actor speaks. */
static int64_t *count_spoken(const builder *b) {
  int64_t *spoken = hs_arena_alloc(b->arena, (b->doc->actor_count + 1) * sizeof *spoken);
  for (size_t i = 0; i < b->doc->quotation_count; i++)
    if (b->doc->quotations[i].speaker != HS_NONE) spoken[b->doc->quotations[i].speaker]++;
  return spoken;
}

static void actor_rows(builder *b) {
  const int64_t *spoken = count_spoken(b);
  hs_map seen = {0};
  b->actor_ids = hs_arena_alloc(b->arena, (b->doc->actor_count + 1) * sizeof *b->actor_ids);
  b->actor_names = hs_arena_alloc(b->arena, (b->doc->actor_count + 1) * sizeof *b->actor_names);
  for (size_t i = 0; i < b->doc->actor_count; i++) {
    const hs_actor *a = &b->doc->actors[i];
    b->actor_ids[i] = actor_id(b, a, &seen);
    b->actor_names[i] = names_of(b, a);
    row(b, HS_ROW_ACTOR);
    integer(b, b->actor_ids[i]);
    integer(b, b->rows->id);
    integer(b, (int64_t)i);
    text(b, hs_actor_type_name(a->type));
    known_text(b, a->name);
    kept_text(b, b->actor_names[i]);
    list(b, a->roles, a->role_count);
    text(b, a->country);
    text(b, a->sector);
    integer(b, spoken[i]);
  }
}

static void mention_rows(builder *b) {
  for (size_t i = 0; i < b->doc->actor_count; i++)
    for (size_t k = 0; k < b->doc->actors[i].mention_count; k++) {
      row(b, HS_ROW_MENTION);
      integer(b, b->rows->id);
      integer(b, b->actor_ids[i]);
      integer(b, (int64_t)k);
      span(b, b->doc->actors[i].mentions[k]);
    }
}

/* The actor with index I or, for HS_NONE, nothing. */
static void actor_column(builder *b, int i) {
  if (i == HS_NONE) null(b);
  else integer(b, b->actor_ids[i]);
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

/* The days on which Q was said or, where the text does not tell, its article was published. */
static void day_columns(builder *b, const hs_quotation *q) {
  hs_day first, last, until, rest;
  if (hs_days_of(q->said.begin, &first, &last)) {
    if (hs_days_of(q->said.until, &until, &rest)) last = hs_day_before(until);
  } else {
    hs_days_of(b->doc->article.published, &first, &last);
  }
  text(b, first.text[0] ? first.text : NULL);
  text(b, last.text[0] ? last.text : NULL);
}

static void quotation_row(builder *b, const hs_quotation *q, int64_t id, size_t place, hs_str content) {
  row(b, HS_ROW_QUOTATION);
  integer(b, id);
  integer(b, b->rows->id);
  integer(b, (int64_t)place);
  text(b, hs_quotation_type_name(q->type));
  actor_column(b, q->speaker);
  share(b, q->speaker_confidence);
  share(b, q->confidence);
  bool doubted = q->speaker != HS_NONE && q->speaker_confidence < q->confidence;
  share(b, doubted ? q->speaker_confidence : q->confidence);
  text(b, q->said.value);
  text(b, q->said.begin);
  text(b, q->said.until);
  day_columns(b, q);
  span(b, (hs_span){q->contents[0].start, q->contents[q->content_count - 1].end});
  kept_text(b, joined(b, q->sources, q->source_count));
  kept_text(b, joined(b, &q->cue, q->cue.end > q->cue.start));
  kept_text(b, content);
}

static void span_rows(builder *b, int64_t id, const char *role, const hs_span *spans, size_t count) {
  for (size_t i = 0; i < count; i++) {
    row(b, HS_ROW_SPAN);
    integer(b, b->rows->id);
    integer(b, id);
    text(b, role);
    integer(b, (int64_t)i);
    span(b, spans[i]);
  }
}

static hs_str via_name(builder *b, const hs_via *v) {
  if (v->actor == HS_NONE) return copy(b, hs_str_at(b->doc->article.text, v->span));
  return copy(b, hs_str_of(b->doc->actors[v->actor].name));
}

static void via_rows(builder *b, const hs_quotation *q, int64_t id) {
  for (size_t i = 0; i < q->via_count; i++) {
    row(b, HS_ROW_VIA);
    integer(b, b->rows->id);
    integer(b, id);
    integer(b, (int64_t)i);
    actor_column(b, q->via[i].actor);
    kept_text(b, via_name(b, &q->via[i]));
    known_text(b, q->via[i].kind);
    span(b, q->via[i].span);
  }
}

/* As the view quotation_searched gives it. */
static void quotation_search_row(builder *b, const hs_quotation *q, int64_t id, hs_str content) {
  for (size_t i = 0; i < q->via_count; i++) {
    if (i) hs_buffer_text(&b->scratch, NAME_SIGN);
    hs_str names = q->via[i].actor == HS_NONE ? via_name(b, &q->via[i]) : b->actor_names[q->via[i].actor];
    hs_buffer_add(&b->scratch, names.data, names.size);
  }
  hs_str via = q->via_count ? take_scratch(b) : (hs_str){0};
  row(b, HS_ROW_QUOTATION_SEARCH);
  integer(b, id);
  kept_text(b, content);
  kept_text(b, q->speaker == HS_NONE ? (hs_str){0} : b->actor_names[q->speaker]);
  kept_text(b, via);
}

static void quotation_rows(builder *b) {
  hs_map seen = {0};
  for (size_t i = 0; i < b->doc->quotation_count; i++) {
    const hs_quotation *q = &b->doc->quotations[i];
    int64_t id = quotation_id(b, q, &seen);
    hs_str content = joined(b, q->contents, q->content_count);
    quotation_row(b, q, id, i, content);
    span_rows(b, id, "source", q->sources, q->source_count);
    span_rows(b, id, "cue", &q->cue, q->cue.end > q->cue.start);
    span_rows(b, id, "content", q->contents, q->content_count);
    via_rows(b, q, id);
    quotation_search_row(b, q, id, content);
  }
}

static void time_rows(builder *b) {
  for (size_t i = 0; i < b->doc->time_count; i++) {
    const hs_time *t = &b->doc->times[i];
    row(b, HS_ROW_TIME);
    integer(b, b->rows->id);
    integer(b, (int64_t)i);
    span(b, t->span);
    known_text(b, t->type);
    text(b, t->when.value);
    text(b, t->when.begin);
    text(b, t->when.until);
    text(b, t->anchor);
  }
}

hs_rows *hs_rows_new(const hs_page *page, const hs_doc *doc) {
  hs_rows *rows = hs_calloc(1, sizeof *rows);
  rows->arena = hs_arena_new();
  hs_str parts[] = {hs_str_of(page->id), hs_str_of(page->url), {page->data ? page->data : "", page->size}};
  rows->id = hs_content_id(parts, 3);
  rows->name = hs_arena_string(rows->arena, doc->article.id ? doc->article.id : "");
  builder b = {.rows = rows, .arena = rows->arena, .doc = doc};
  b.offsets = hs_offsets_of(b.arena, copy(&b, (hs_str){doc->article.text, doc->article.text_size}));
  page_row(&b, page);
  article_row(&b);
  block_rows(&b);
  actor_rows(&b);
  mention_rows(&b);
  quotation_rows(&b);
  time_rows(&b);
  article_search_row(&b);
  rows->inserts = b.inserts.items, rows->insert_count = b.inserts.count;
  rows->searches = b.searches.items, rows->search_count = b.searches.count;
  hs_buffer_free(&b.scratch);
  return rows;
}

void hs_rows_free(hs_rows *rows) {
  if (!rows) return;
  hs_arena_free(rows->arena);
  free(rows);
}
