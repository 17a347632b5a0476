#include "ingest/conllu.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/utf8.h"

enum { COLUMNS = 10, COLUMN_FORM = 1, COLUMN_MISC = 9, PAGE_BYTES = 64 * 1024, LOOK_BYTES = 64 * 1024 };

/* The number at the start of S, 1 to 999,999,999, with what is left of S; 0 if there is none. */
static uint32_t take_number(hs_str *s) {
  uint32_t number = 0;
  size_t size = 0;
  while (size < s->size && size < 9 && hs_is_digit(s->data[size]))
    number = number * 10 + (uint32_t)(s->data[size++] - '0');
  *s = (hs_str){s->data + size, s->size - size};
  return number;
}

/* A word, a range or an empty word, in its place? */
static const char *read_id(hs_conllu_row *row, hs_conllu_place *place) {
  hs_str rest = row->id;
  uint32_t first = take_number(&rest), second = 0;
  char sign = rest.size ? rest.data[0] : '\0';
  if (sign) {
    rest = (hs_str){rest.data + 1, rest.size - 1};
    second = take_number(&rest);
  }
  if (rest.size || (sign && sign != '-' && sign != '.') || (sign && !second))
    return "the first column is no number of a word";
  if (sign == '.') {
    row->kind = HS_CONLLU_EMPTY;
    return first == place->words && second == ++place->empties ? NULL : "an empty word out of its place";
  }
  if (first != place->words + 1) return "words are numbered from 1, one by one";
  row->kind = sign ? HS_CONLLU_RANGE : HS_CONLLU_WORD;
  if (sign && (second < first || place->range_end > place->words)) return "a range of words that cannot be";
  if (sign) place->range_end = row->words = second;
  else place->words = row->words = first, place->empties = 0;
  return NULL;
}

/* Cuts LINE at its tabs; gives how many columns there are, COLUMNS + 1 for more. */
static size_t cut_columns(hs_str line, hs_str columns[COLUMNS]) {
  for (size_t i = 0; i < COLUMNS; i++) {
    const char *tab = line.size ? memchr(line.data, '\t', line.size) : NULL;
    columns[i] = (hs_str){line.data, tab ? (size_t)(tab - line.data) : line.size};
    if (!tab) return i + 1;
    line = (hs_str){tab + 1, line.size - columns[i].size - 1};
  }
  return COLUMNS + 1;
}

static const char *end_sentence(hs_conllu_place *place) {
  bool open = place->range_end > place->words;
  *place = (hs_conllu_place){0};
  return open ? "the sentence ends inside a range of words" : NULL;
}

const char *hs_conllu_row_read(hs_conllu_row *out, hs_str line, hs_conllu_place *place) {
  hs_str columns[COLUMNS];
  if (line.size && line.data[line.size - 1] == '\r') line.size--;
  *out = (hs_conllu_row){.line = line, .words = place->words};
  if (line.size == 0) return end_sentence(place);
  if (hs_utf8_valid(line) != line.size) return "no UTF-8";
  if (memchr(line.data, '\r', line.size)) return "a carriage return inside the line";
  out->kind = HS_CONLLU_COMMENT;
  if (line.data[0] == '#') return NULL;
  if (cut_columns(line, columns) != COLUMNS) return "not ten columns with tabs between";
  out->id = columns[0], out->form = columns[COLUMN_FORM], out->misc = columns[COLUMN_MISC];
  return out->form.size ? read_id(out, place) : "the second column, the form, is empty";
}

bool hs_conllu_misc_next(hs_str *misc, hs_str *item) {
  if (misc->size == 0) return false;
  const char *end = memchr(misc->data, '|', misc->size);
  *item = (hs_str){misc->data, end ? (size_t)(end - misc->data) : misc->size};
  size_t used = item->size + (end != NULL);
  *misc = (hs_str){misc->data + used, misc->size - used};
  return true;
}

/* The line of LINES's text that begins at AT, as far as it was read. */
static hs_str line_at(const hs_lines *lines, size_t at) {
  const char *start = lines->text.data + at, *end = memchr(start, '\n', lines->text.size - at);
  return (hs_str){start, end ? (size_t)(end - start) : lines->text.size - at};
}

static bool begins_sentence(hs_str line) {
  hs_str columns[COLUMNS];
  return cut_columns(line, columns) == COLUMNS &&
         (hs_str_is(columns[0], "1") || hs_str_is(columns[0], "0.1") || hs_str_starts(columns[0], "1-"));
}

bool hs_conllu_begins(hs_lines *lines) {
  size_t at = hs_str_starts((hs_str){lines->text.data, lines->text.size}, "\xEF\xBB\xBF") ? 3 : 0;
  for (;;) {
    hs_str line = line_at(lines, at);
    bool whole = at + line.size < lines->text.size;
    if (!whole && at + line.size < LOOK_BYTES && hs_lines_more(lines)) continue;
    if (begins_sentence(line)) return true;
    bool goes_on = line.size == 0 || line.data[0] == '#' || hs_str_is(line, "\r");
    if (!whole || !goes_on) return false;
    at += line.size + 1;
  }
}

static hs_capture *capture_of(hs_conllu *c, const char *stem) {
  hs_arena *arena = hs_arena_new();
  hs_capture *capture = hs_arena_alloc(arena, sizeof *capture);
  *capture = (hs_capture){.arena = arena, .name = hs_arena_string(arena, hs_stream_name(c->lines.stream))};
  capture->page = (hs_page){.data = hs_arena_copy(arena, c->sentences.data, c->sentences.size),
                            .size = c->sentences.size,
                            .media = HS_MEDIA_CONLLU,
                            .id = hs_arena_string(arena, stem)};
  hs_buffer_clear(&c->sentences);
  return capture;
}

static int wrong(const hs_conllu *c, const char *why, hs_error *error) {
  return hs_fail(error, HS_ERROR_INPUT, c->lines.line, "%s:%u: %s: its sentence is passed over",
                 hs_stream_name(c->lines.stream), c->lines.line, why);
}

/* Adds the next sentence. Gives 1, 0 at the end, or HS_ERROR_INPUT for a sentence that was passed over. */
static int add_sentence(hs_conllu *c, hs_error *error) {
  size_t start = c->sentences.size;
  hs_conllu_place place = {0};
  hs_conllu_row row = {.kind = HS_CONLLU_COMMENT};
  hs_str line;
  int code, broken = 0;
  while ((code = hs_lines_line(&c->lines, &line, broken ? NULL : error))) {
    const char *why = code == 1 && !broken ? hs_conllu_row_read(&row, line, &place) : NULL;
    if (code == 1 && !why && c->sentences.size - start + line.size > HS_LIMIT_CONLLU_BYTES) why = "over 16 MiB";
    if (why) broken = wrong(c, why, error);
    else if (code < 0) broken = code;
    if (broken) c->sentences.size = start;
    if (code == 1 && (line.size == 0 || hs_str_is(line, "\r"))) break;
    if (broken) continue;
    hs_buffer_add(&c->sentences, row.line.data, row.line.size);
    hs_buffer_char(&c->sentences, '\n');
  }
  if (!broken && !code && end_sentence(&place)) broken = wrong(c, "the file ends inside a range of words", error);
  if (broken) c->sentences.size = start;
  if (broken || c->sentences.size == start) return broken ? broken : code;
  hs_buffer_char(&c->sentences, '\n');
  return 1;
}

int hs_conllu_next(hs_conllu *c, const char *stem, hs_capture **out, hs_error *error) {
  *out = NULL;
  int code = c->broken.code;
  while (!code && c->sentences.size < PAGE_BYTES) {
    int added = add_sentence(c, &c->broken);
    if (added == 0) break;
    if (added < 0) code = added;
  }
  if (c->sentences.size) {
    *out = capture_of(c, stem);
    return 1;
  }
  if (code && error) *error = c->broken;
  c->broken.code = HS_OK;
  return code;
}

void hs_conllu_free(hs_conllu *c) {
  hs_lines_free(&c->lines);
  hs_buffer_free(&c->sentences);
}
