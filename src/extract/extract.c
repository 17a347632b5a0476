#include "extract/extract.h"

#include "base/calendar.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/limits.h"
#include "extract/compose.h"
#include "extract/tongue.h"
#include "extract/work.h"

#include <stdlib.h>

enum { SNIFF_BYTES = 16 * 1024 };

/* How sure a text must be of its language where nobody says, and where the page says another. */
static const float LIKELY = 0.5F, SURE = 0.8F;
/* Plain text comes without what surrounds an article, so that little tells what it is. */
static const float TEXT_IS_ARTICLE = 0.5F;

struct hs_extractor {
  hs_arena *arena;
  const hs_phrases *furniture, *head, *names, *kinds, *agencies;
  const hs_scorer *scorer;
  const hs_tongues *tongues;
};

hs_extractor *hs_extractor_new(void) {
  hs_extractor *x = hs_calloc(1, sizeof *x);
  x->arena = hs_arena_new();
  x->furniture = hs_furniture_new(x->arena);
  x->head = hs_head_new(x->arena);
  x->names = hs_metadata_new(x->arena);
  x->kinds = hs_kinds_new(x->arena);
  x->agencies = hs_agencies_new(x->arena);
  x->scorer = hs_scorer_new(x->arena);
  x->tongues = hs_tongues_new(x->arena);
  return x;
}

void hs_extractor_free(hs_extractor *x) {
  if (!x) return;
  hs_arena_free(x->arena);
  free(x);
}

static const char *content_id(hs_arena *arena, const hs_page *page) {
  hs_str parts[] = {hs_str_of(page->url), {page->data ? page->data : "", page->size}};
  char id[17];
  hs_id_write(id, hs_content_id(parts, 2));
  return hs_arena_string(arena, id);
}

/* Is a page of unknown kind HTML? Its first bytes that are no blank open a tag or a comment, or a known tag stands
 * near the start. */
static bool looks_html(hs_str s) {
  static const char *const tags[] = {"<!doctype", "<html", "<head", "<body", "<!--", "<meta", "<title", "<?xml"};
  if (hs_str_starts(s, "\xEF\xBB\xBF")) s = (hs_str){s.data + 3, s.size - 3};
  s = hs_str_trim(s);
  for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
    if (hs_str_starts_alike(s, tags[i])) return true;
  return false;
}

/* What a page that is no text is, by its first bytes; NULL for text. */
static const char *binary_kind(hs_str s) {
  static const struct {
    const char *magic;
    size_t size;
    const char *kind;
  } kinds[] = {
      {"\x89PNG", 4, "a PNG image"},
      {"\xFF\xD8\xFF", 3, "a JPEG image"},
      {"GIF8", 4, "a GIF image"},
      {"%PDF-", 5,
       "a PDF, which tells where letters stand and not how they are read: convert it first, as with pdftotext"},
      {"bplist00", 8, "a Safari web archive: save the page as HTML instead"},
      {"PK\x03\x04", 4, "a ZIP archive"},
      {"\x7F"
       "ELF",
       4, "a program"},
      {"\x1F\x8B", 2, "packed with gzip"},
      {"\x28\xB5\x2F\xFD", 4, "packed with zstd"},
      {"SQLite format 3", 15, "an SQLite database"}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (s.size >= kinds[i].size && memcmp(s.data, kinds[i].magic, kinds[i].size) == 0) return kinds[i].kind;
  return NULL;
}

/* More than one in ten characters near the start is a control or could not be decoded: no text in any charset. */
static bool reads_binary(hs_str text) {
  static const bool control[256] = {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1,
                                    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1};
  const char *end = text.data + (text.size < SNIFF_BYTES ? text.size : SNIFF_BYTES);
  size_t strange = 0, chars = 0;
  for (const char *c = text.data; c < end; c++) strange += control[(unsigned char)*c];
  for (const char *c = text.data; (c = memchr(c, 0xEF, (size_t)(end - c))); c++)
    strange += end - c > 2 && memcmp(c, "\xEF\xBF\xBD", 3) == 0;
  for (const char *c = text.data; strange && c < end; c++) chars += (*c & 0xC0) != 0x80;
  return strange * 10 > chars;
}

hs_str hs_compose(hs_block *blocks, size_t count, const char *words, hs_arena *arena) {
  hs_buffer text = {0};
  for (size_t i = 0; i < count; i++) {
    hs_block *b = &blocks[i];
    if (b->kept && text.size) hs_buffer_text(&text, "\n\n");
    uint32_t start = (uint32_t)text.size;
    if (b->kept) hs_buffer_add(&text, words + b->words.start, b->words.end - b->words.start);
    b->text = (hs_span){start, (uint32_t)text.size};
  }
  hs_str made = {hs_arena_copy(arena, text.data, text.size), text.size};
  hs_buffer_free(&text);
  return made;
}

/* Blocks that a page did not have as HTML: they are weighed as those of plain text. */
static void weigh_told(hs_work *w) {
  hs_furniture_drop(w);
  hs_furniture_drop_repeats(w);
  hs_score_blocks(w);
  for (size_t i = 0; i < w->blocks.count; i++)
    hs_push(w->arena, w->pieces, ((hs_piece){.chars = (uint32_t)hs_work_block(w, i).size}));
}

static void extract_html(hs_work *w) {
  hs_html_split(w);
  hs_body_choose(w);
  hs_metadata_read(w);
  hs_teaser_drop(w);
  hs_head_tidy(w);
  hs_furniture_drop(w);
  hs_furniture_drop_repeats(w);
  hs_body_tidy(w);
  hs_score_blocks(w);
  hs_score_decide(w);
  w->told = hs_told_take(w);
  if (w->told) weigh_told(w);
  hs_kind_tell(w);
  if (!w->told) w->text = hs_compose(w->blocks.items, w->blocks.count, w->out->words, w->arena);
}

static void extract_text(hs_work *w) {
  w->source.text.data = hs_arena_copy(w->arena, w->source.text.data, w->source.text.size); /* it outlives the page */
  w->text = w->source.text;
  hs_text_split(w);
  hs_furniture_drop(w);
  hs_furniture_drop_repeats(w);
  hs_text_head(w);
  hs_score_blocks(w);
  w->out->kind_confidence = TEXT_IS_ARTICLE;
}

static const char *status_of(const hs_work *w) {
  hs_arena *arena = w->arena;
  if (w->page->size > HS_LIMIT_PAGE_BYTES)
    return hs_arena_printf(arena, "page over %d MiB: the rest was left out", HS_LIMIT_PAGE_BYTES >> 20);
  if (w->too_many_tags) return hs_arena_printf(arena, "page over %d tags: the rest was left out", HS_LIMIT_TAGS);
  if (w->blocks.count >= HS_LIMIT_BLOCKS)
    return hs_arena_printf(arena, "page over %d blocks: the rest was left out", HS_LIMIT_BLOCKS);
  if (w->cut) return hs_arena_printf(arena, "elements over %d deep: read as if they stood there", HS_LIMIT_TREE_DEPTH);
  if (!w->page->missing && w->mended)
    return hs_arena_printf(arena, "%zu characters were encoded twice: read as they were meant", w->mended);
  if (w->told) return "the text stands in the page's JSON-LD alone: read there";
  return hs_arena_string(arena, w->page->missing);
}

static bool has_text(const hs_work *w) {
  for (size_t i = 0; i < w->blocks.count; i++)
    if (w->blocks.items[i].kept) return true;
  return false;
}

/* What the caller says of the page comes before what the page says. */
static void fill_given(hs_article *out, const hs_page *page, hs_arena *arena) {
  *out = (hs_article){.id = page->id ? hs_arena_string(arena, page->id) : content_id(arena, page),
                      .url = hs_arena_string(arena, page->url),
                      .title = hs_arena_string(arena, page->title),
                      .outlet = hs_arena_string(arena, page->outlet),
                      .published = hs_arena_string(arena, page->published),
                      .published_from = page->published ? "given" : NULL,
                      .language = hs_arena_string(arena, page->language),
                      .language_from = page->language ? "given" : NULL};
}

/* Nothing in a page is later than its capture, which may be told by a clock of another zone. */
static bool is_later(const char *day, const char *captured) {
  hs_date a, b;
  return day && captured && hs_date_read(&a, day) && hs_date_read(&b, captured) &&
         hs_day_number(a) > hs_day_number(b) + 1;
}

static void finish(hs_work *w) {
  hs_article *out = w->out;
  if (is_later(out->modified, w->page->captured)) out->modified = NULL;
  if (is_later(out->published, w->page->captured)) out->published = out->published_from = NULL;
  if (!out->published && w->page->date) {
    out->published = hs_arena_string(w->arena, w->page->date);
    out->published_from = "given";
  }
  out->text = w->text.data;
  out->text_size = (uint32_t)w->text.size;
  out->blocks = w->blocks.items;
  out->block_count = w->blocks.count;
  out->byline = w->byline.items;
  out->byline_count = w->byline.count;
  out->status = status_of(w);
}

/* What the text is in stands above what is said of it, where both are clear and differ. */
static void tell_language(hs_work *w, const hs_tongues *tongues) {
  hs_article *out = w->out;
  hs_hearing *hearing = hs_hearing_new(w->arena, tongues);
  for (size_t i = 0; i < w->blocks.count; i++)
    if (w->blocks.items[i].kept) hs_hearing_add(hearing, hs_str_at(out->text, w->blocks.items[i].text));
  const char *heard = hs_hearing_tell(hearing, out->language, &out->language_confidence, w->arena);
  if (!heard || heard == out->language) return;
  if (out->language_confidence < (out->language ? SURE : LIKELY)) {
    out->language_confidence = 0;
    return;
  }
  out->language = heard;
  out->language_from = "text";
}

int hs_extract_seen(hs_article *out, const float **features, const hs_extractor *x, const hs_page *page,
                    hs_arena *arena, hs_error *error) {
  hs_work w = {.furniture = x->furniture,
               .head = x->head,
               .names = x->names,
               .kinds = x->kinds,
               .agencies = x->agencies,
               .scorer = x->scorer,
               .page = page,
               .arena = arena,
               .out = out};
  hs_str bytes = {page->data ? page->data : "", page->size > HS_LIMIT_PAGE_BYTES ? HS_LIMIT_PAGE_BYTES : page->size};
  fill_given(out, page, arena);
  if (!bytes.size) return hs_fail(error, HS_ERROR_INPUT, 0, "empty: there is no page to read");
  const char *kind = binary_kind(bytes);
  if (kind) {
    const char *advice = strchr(kind, ':') ? "" : ", not a page of text: give HTML or plain text";
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s%s", kind, advice);
  }
  bool binary = hs_charset_is_binary(bytes);
  if (!binary) w.source = hs_charset_decode(arena, bytes, page->media != HS_MEDIA_TEXT, page->charset);
  if (binary || reads_binary(w.source.text))
    return hs_fail(error, HS_ERROR_INPUT, 0, "binary data, not a page of text: give HTML or plain text");
  w.mended = hs_charset_mend(arena, &w.source);
  bool html = page->media == HS_MEDIA_HTML || (page->media == HS_MEDIA_UNKNOWN && looks_html(w.source.text));
  if (html) extract_html(&w);
  else extract_text(&w);
  finish(&w);
  *features = w.features;
  tell_language(&w, x->tongues);
  if (!has_text(&w))
    return hs_fail(error, HS_ERROR_INPUT, 0, "no article text in this page%s%s", out->status ? "; " : "",
                   out->status ? out->status : "");
  return HS_OK;
}

int hs_extract(hs_article *out, const hs_extractor *x, const hs_page *page, hs_arena *arena, hs_error *error) {
  const float *features;
  return hs_extract_seen(out, &features, x, page, arena, error);
}
