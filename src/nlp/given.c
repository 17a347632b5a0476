#include "nlp/given.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/limits.h"

typedef hs_array(hs_conllu_row) row_list;

static int read_rows(row_list *out, hs_str text, hs_arena *arena, hs_error *error) {
  hs_conllu_place place = {0};
  unsigned number = 1;
  for (size_t at = 0; at < text.size; number++) {
    const char *start = text.data + at, *end = memchr(start, '\n', text.size - at);
    hs_str line = {start, end ? (size_t)(end - start) : text.size - at};
    hs_conllu_row row;
    const char *why = hs_conllu_row_read(&row, line, &place);
    if (why) return hs_fail(error, HS_ERROR_INPUT, number, "line %u: %s", number, why);
    hs_push(arena, *out, row);
    at += line.size + (end != NULL);
  }
  hs_conllu_row last = {.kind = HS_CONLLU_BLANK};
  const char *why = hs_conllu_row_read(&last, (hs_str){"", 0}, &place);
  if (why) return hs_fail(error, HS_ERROR_INPUT, number, "line %u: %s", number, why);
  if (out->count && out->items[out->count - 1].kind != HS_CONLLU_BLANK) hs_push(arena, *out, last);
  return HS_OK;
}

static bool is_glued(hs_str misc) {
  hs_str item;
  while (hs_conllu_misc_next(&misc, &item))
    if (hs_str_is(item, "SpaceAfter=No")) return true;
  return false;
}

/* Words into text, tokens and sentences. */
typedef struct builder {
  hs_arena *arena;
  hs_buffer text;
  hs_array(hs_token) tokens;
  hs_array(hs_sentence) sentences;
  const hs_conllu_row *range; /* the one that the word at hand is of, or NULL */
  size_t range_at;            /* where its words begin in text */
} builder;

static void add_word(builder *b, const hs_conllu_row *row) {
  uint32_t start = (uint32_t)b->text.size;
  hs_buffer_add(&b->text, row->form.data, row->form.size);
  hs_push(b->arena, b->tokens, ((hs_token){.span = {start, (uint32_t)b->text.size}, .head = HS_NONE}));
  hs_str misc = row->misc;
  if (b->range) { /* written together as long as that gives the form of their range */
    hs_str so_far = {b->text.data + b->range_at, b->text.size - b->range_at}, whole = b->range->form;
    bool last = row->words == b->range->words;
    if (!last && so_far.size < whole.size && memcmp(so_far.data, whole.data, so_far.size) == 0) return;
    if (last) misc = b->range->misc, b->range = NULL;
  }
  if (!is_glued(misc)) hs_buffer_char(&b->text, ' ');
}

static void end_sentence(builder *b) {
  uint32_t first = b->sentences.count ? b->sentences.items[b->sentences.count - 1].end : 0;
  uint32_t end = (uint32_t)b->tokens.count;
  if (end == first) return;
  if (b->text.data[b->text.size - 1] == ' ') b->text.size--;
  hs_buffer_char(&b->text, '\n');
  hs_span span = {b->tokens.items[first].span.start, b->tokens.items[end - 1].span.end};
  hs_push(b->arena, b->sentences, ((hs_sentence){span, first, end}));
}

static void build(builder *b, const row_list *rows) {
  for (size_t i = 0; i < rows->count; i++) {
    const hs_conllu_row *row = &rows->items[i];
    if (row->kind == HS_CONLLU_WORD) add_word(b, row);
    if (row->kind == HS_CONLLU_RANGE) b->range = row, b->range_at = b->text.size;
    if (row->kind == HS_CONLLU_BLANK) end_sentence(b);
  }
}

/* The whole text is one block. */
static void fill_article(hs_article *article, const hs_page *page, hs_str text, hs_arena *arena) {
  char id[17];
  hs_id_write(id, hs_content_id(&(hs_str){page->data, page->size}, 1));
  hs_block *block = hs_arena_alloc(arena, sizeof *block);
  *block = (hs_block){
      .kind = HS_BLOCK_PARAGRAPH, .kept = true, .page = {0, (uint32_t)page->size}, .text = {0, (uint32_t)text.size}};
  *article = (hs_article){.id = hs_arena_string(arena, page->id ? page->id : id),
                          .text = text.data,
                          .text_size = (uint32_t)text.size,
                          .blocks = block,
                          .block_count = 1};
}

int hs_given_read(hs_given *out, hs_article *article, hs_analysis *analysis, const hs_parser *parser,
                  const hs_page *page, hs_arena *arena, hs_error *error) {
  if (page->size > HS_LIMIT_LINE_BYTES)
    return hs_fail(error, HS_ERROR_INPUT, 0, "over %d MiB: give it in parts", HS_LIMIT_LINE_BYTES >> 20);
  row_list rows = {0};
  hs_str copy = {hs_arena_copy(arena, page->data, page->size), page->size};
  int code = read_rows(&rows, copy, arena, error);
  if (code) return code;
  builder b = {.arena = arena};
  build(&b, &rows);
  hs_str text = {hs_arena_copy(arena, b.text.data, b.text.size), b.text.size};
  hs_buffer_free(&b.text);
  *out = (hs_given){rows.items, rows.count};
  fill_article(article, page, text, arena);
  *analysis = (hs_analysis){.tokens = b.tokens.items,
                            .classes = hs_arena_alloc(arena, b.tokens.count * sizeof(uint32_t)),
                            .token_count = b.tokens.count,
                            .sentences = b.sentences.items,
                            .sentence_count = b.sentences.count};
  if (parser) hs_analyse_words(analysis, parser, text.data, arena);
  return HS_OK;
}
