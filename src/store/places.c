/* Places in a text that a person tells by words or numbers. */
#include "store/judgement.h"

#include "base/buffer.h"

#include <stdlib.h>

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* S with its white space folded, and for each of its bytes, and its end, where that stands in S. */
typedef struct folded {
  hs_str text;
  uint32_t *from;
} folded;

static folded fold(hs_arena *arena, hs_str s) {
  char *out = hs_arena_alloc(arena, s.size + 1);
  folded f = {{out, 0}, hs_arena_alloc(arena, (s.size + 1) * sizeof *f.from)};
  for (size_t i = 0; i < s.size; i++) {
    bool space = is_space(s.data[i]);
    if (space && (f.text.size == 0 || out[f.text.size - 1] == ' ')) continue;
    f.from[f.text.size] = (uint32_t)i;
    out[f.text.size++] = space ? ' ' : s.data[i];
  }
  f.from[f.text.size] = (uint32_t)s.size;
  return f;
}

static uint32_t distance(uint32_t a, uint32_t b) { return a > b ? a - b : b - a; }

/* The place of PART that begins nearest to NEAR, among those at LEAST or behind. */
static bool find_part(hs_span *out, const folded *f, hs_str part, uint32_t near, uint32_t least) {
  bool found = false;
  for (size_t at = 0; part.size && at + part.size <= f->text.size;) {
    const char *hit = memmem(f->text.data + at, f->text.size - at, part.data, part.size);
    if (!hit) break;
    at = (size_t)(hit - f->text.data);
    hs_span span = {f->from[at], f->from[at + part.size - 1] + 1};
    if (span.start >= least && (!found || distance(span.start, near) < distance(out->start, near)))
      *out = span, found = true;
    at++;
  }
  return found;
}

void hs_places_of_quotation(hs_places out[HS_ROLE_COUNT], hs_arena *arena, const hs_quotation *q) {
  memset(out, 0, HS_ROLE_COUNT * sizeof *out);
  for (size_t i = 0; i < q->source_count; i++) hs_push(arena, out[HS_ROLE_SOURCE], q->sources[i]);
  if (q->cue.end > q->cue.start) hs_push(arena, out[HS_ROLE_CUE], q->cue);
  for (size_t i = 0; i < q->content_count; i++) hs_push(arena, out[HS_ROLE_CONTENT], q->contents[i]);
}

bool hs_places_of_words(hs_places *out, hs_arena *arena, hs_str text, const char *words, uint32_t near) {
  static const char joint[] = " … ";
  folded f = fold(arena, text), w = fold(arena, hs_str_trim(hs_str_of(words)));
  uint32_t least = 0;
  *out = (hs_places){0};
  for (hs_str rest = w.text; rest.size > 0;) {
    const char *end = memmem(rest.data, rest.size, joint, strlen(joint));
    hs_str part = {rest.data, end ? (size_t)(end - rest.data) : rest.size};
    hs_span span;
    if (!find_part(&span, &f, part, least ? least : near, least)) return false;
    hs_push(arena, *out, span);
    least = span.end;
    rest = end ? (hs_str){end + strlen(joint), rest.size - part.size - strlen(joint)} : (hs_str){0};
  }
  return out->count > 0;
}

bool hs_places_of_numbers(hs_places *out, hs_arena *arena, const hs_offsets *text, const char *numbers) {
  uint32_t last = 0;
  *out = (hs_places){0};
  for (const char *at = numbers;; at++) {
    char *end;
    if (!hs_is_digit(*at)) return false;
    unsigned long start = strtoul(at, &end, 10);
    if (*end != '-' || !hs_is_digit(end[1])) return false;
    unsigned long until = strtoul(end + 1, &end, 10);
    if (start >= until || until > text->count || start < last) return false;
    hs_span span = {hs_offsets_bytes(text, (uint32_t)start), hs_offsets_bytes(text, (uint32_t)until)};
    hs_push(arena, *out, span);
    last = (uint32_t)until;
    at = end;
    if (!*at) return true;
    if (*at != ',') return false;
  }
}
