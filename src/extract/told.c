/* The body of an article that a page holds in its JSON-LD alone, for a script to show. */
#include "base/escape.h"
#include "extract/tree.h"
#include "extract/work.h"

#include <utf8proc.h>

enum { FEWEST_CHARS = 80, REFERENCE_BYTES = 40 };

/* A text that is made of another, character by character. */
typedef struct making {
  hs_arena *arena;
  const hs_decoded *from;
  char *text;
  size_t size;
  hs_array(hs_stretch) stretches;
} making;

/* Bytes [START, END) of the other text became the one character C. */
static void put(making *m, size_t start, size_t end, int32_t c) {
  uint32_t page = hs_charset_origin(m->from, (uint32_t)start);
  size_t in = hs_charset_end(m->from, (uint32_t)end) - page, most = in < UINT16_MAX ? in : UINT16_MAX;
  size_t out = (size_t)utf8proc_encode_char(c ? c : 0xFFFD, (utf8proc_uint8_t *)m->text + m->size);
  const hs_stretch *last = m->stretches.count ? &m->stretches.items[m->stretches.count - 1] : NULL;
  bool goes_on =
      last && last->in == most && last->out == out && page == last->page + (m->size - last->text) / out * most;
  if (!goes_on) hs_push(m->arena, m->stretches, ((hs_stretch){page, (uint32_t)m->size, (uint16_t)most, (uint16_t)out}));
  m->size += out;
}

/* Room for what SIZE bytes become: nothing takes more bytes than what it is made of, but for a line break. */
static making begin(hs_arena *arena, const hs_decoded *from, size_t size) {
  return (making){.arena = arena, .from = from, .text = hs_arena_alloc(arena, size + 1)};
}

static hs_decoded end(making *m) {
  if (!m->stretches.count) hs_push(m->arena, m->stretches, ((hs_stretch){0, 0, 1, 1}));
  return (hs_decoded){{m->text, m->size}, m->stretches.items, m->stretches.count};
}

/* The string of JSON that RAW, a part of FROM's text, means. */
static hs_decoded unescaped(hs_arena *arena, const hs_decoded *from, hs_str raw) {
  making m = begin(arena, from, raw.size);
  size_t before = (size_t)(raw.data - from->text.data), n;
  for (size_t at = 0, start; at < raw.size;) {
    start = at;
    int32_t c = hs_utf8_at(raw, at, &n);
    at += n;
    if (c == '\\') c = hs_escape_read(raw, &at);
    while (at < raw.size && (raw.data[at] & 0xC0) == 0x80) at++; /* behind what is no escape */
    if (at > raw.size) at = raw.size;
    if (c >= 0) put(&m, before + start, before + at, c);
  }
  return end(&m);
}

/* Where the tag ends that begins at AT, and whether text ends there; AT if there is none. */
static size_t tag_at(hs_str s, size_t at, bool *breaks) {
  size_t name = at + 1 + (at + 1 < s.size && s.data[at + 1] == '/'), n = 0;
  while (name + n < s.size && (hs_is_letter(s.data[name + n]) || hs_is_digit(s.data[name + n]))) n++;
  const myhtml_tag_context_t *tag = n ? myhtml_tag_static_search(s.data + name, n) : NULL;
  const char *stop = tag ? memchr(s.data + name, '>', s.size - name) : NULL;
  *breaks = stop && (tag->id == MyHTML_TAG_BR || hs_tag_does(tag->id, HS_TAG_ENDS_BLOCK));
  return stop ? (size_t)(stop - s.data) + 1 : at;
}

/* FROM without the tags and references that pages write into JSON, though nothing says that it is HTML. */
static hs_decoded plain(hs_arena *arena, const hs_decoded *from) {
  hs_str s = from->text;
  making m = begin(arena, from, s.size);
  size_t last = s.size; /* the last bracket that may close a tag */
  bool breaks;
  while (last && s.data[last - 1] != '>') last--;
  for (size_t at = 0, n; at < s.size; at += n) {
    int32_t c = hs_utf8_at(s, at, &n);
    size_t behind = c == '<' && at < last ? tag_at(s, at, &breaks) : at;
    const char *stop =
        c == '&' ? memchr(s.data + at, ';', s.size - at < REFERENCE_BYTES ? s.size - at : REFERENCE_BYTES) : NULL;
    int32_t meant = stop ? hs_jsonld_character((hs_str){s.data + at + 1, (size_t)(stop - s.data) - at - 1}) : 0;
    if (meant) c = meant, n = (size_t)(stop - s.data) - at + 1;
    if (behind > at) n = behind - at;
    if (behind == at || breaks) put(&m, at, at + n, behind > at ? '\n' : c);
  }
  return end(&m);
}

/* The longest string that one of the page's scripts calls the article's body, as it stands there. */
static hs_str longest(const hs_work *w) {
  static const char key[] = "\"articleBody\"";
  hs_str best = {0};
  for (size_t i = 0; i < w->scripts.count; i++) {
    hs_str s = w->scripts.items[i];
    for (size_t at = 0; at < s.size;) {
      const char *found = memmem(s.data + at, s.size - at, key, sizeof key - 1);
      if (!found) break;
      at = (size_t)(found - s.data) + sizeof key - 1;
      while (at < s.size && strchr(" \t\r\n:", s.data[at])) at++;
      if (at >= s.size || s.data[at] != '"') continue;
      hs_str raw = {s.data + at + 1, hs_escape_end(s, at + 1) - at - 1};
      if (raw.size > best.size) best = raw;
      at += raw.size + 1;
    }
  }
  return best;
}

static uint32_t kept_chars(const hs_work *w) {
  uint32_t chars = 0;
  for (size_t i = 0; i < w->blocks.count; i++) chars += w->blocks.items[i].kept ? w->pieces.items[i].chars : 0;
  return chars;
}

bool hs_told_take(hs_work *w) {
  if (w->ld.body.size < FEWEST_CHARS || kept_chars(w) >= FEWEST_CHARS) return false;
  hs_str raw = longest(w);
  if (!raw.size) return false;
  hs_decoded *body = hs_arena_alloc(w->arena, sizeof *body);
  *body = unescaped(w->arena, &w->source, raw);
  w->source = plain(w->arena, body);
  w->text = w->source.text;
  w->blocks.count = w->pieces.count = 0;
  w->out->elements = NULL, w->out->element_count = 0;
  w->features = NULL;
  hs_text_split(w);
  return true;
}
