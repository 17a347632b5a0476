/* Authors' names out of a byline: "By Ana Orlo and Ben Tal, Staff Writers". */
#include "extract/work.h"

#include <utf8proc.h>

enum { NAME_BYTES = 80, NAME_WORDS = 5, NAMES = 16, LINE_BYTES = 120, SMALL_WORD = 3 };

static bool has_word_break(hs_str s, size_t at) { return at == 0 || s.data[at - 1] == ' '; }

/* Bytes of what stands between two names at AT of S: a comma, "and", a bar; 0 if nothing does. */
static size_t joint_at(const hs_work *w, hs_str s, size_t at) {
  static const char *const marks[] = {",", ";", "|", "&", "/", "\xE2\x80\xA2", "\xC2\xB7", " - ", " \xE2\x80\x93 ",
                                      "\n"};
  hs_str rest = {s.data + at, s.size - at};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (hs_str_starts(rest, marks[i])) return strlen(marks[i]);
  if (!has_word_break(s, at)) return 0;
  hs_folded f;
  hs_fold(&f, (hs_str){rest.data, rest.size < 8 ? rest.size : 8});
  const hs_phrase *p = hs_phrases_at(w->head, hs_folded_str(&f), 0, HS_HEAD_AND);
  return p && p->text.size < rest.size && rest.data[p->text.size] == ' ' ? p->text.size : 0;
}

static hs_str trimmed(hs_str s) {
  s = hs_str_trim(s);
  while (s.size && strchr(".:*-()\"'", s.data[s.size - 1])) s.size--;
  while (s.size && strchr(".:*-()\"'@", s.data[0])) s.data++, s.size--;
  return hs_str_trim(s);
}

/* Takes "by" and its like off the front. */
static hs_str without_by(const hs_work *w, hs_str s, bool *found) {
  hs_folded f;
  s = hs_str_trim(s);
  hs_fold(&f, (hs_str){s.data, s.size < 40 ? s.size : 40});
  const hs_phrase *p = hs_phrases_at(w->head, hs_folded_str(&f), 0, HS_HEAD_BY);
  if (!p || p->text.size >= s.size) return s;
  size_t n = p->text.size;
  if (s.data[n] != ' ' && s.data[n] != ':' && s.data[n - 1] != ':') return s;
  *found = true;
  return trimmed((hs_str){s.data + n, s.size - n});
}

/* Every word has a capital or is as short as "de" and "van". */
static bool is_written_as_name(hs_str s) {
  for (size_t at = 0, n; at < s.size;) {
    const char *blank = memchr(s.data + at, ' ', s.size - at);
    size_t end = blank ? (size_t)(blank - s.data) : s.size;
    if (end - at > SMALL_WORD && utf8proc_islower(hs_utf8_at(s, at, &n))) return false;
    at = end + 1;
  }
  return true;
}

/* Could S be a person's name? TRUSTED: the page says in so many words that it is an author. */
static bool is_name(const hs_work *w, hs_str s, bool trusted) {
  size_t words = 1, n;
  if (s.size < 2 || s.size > NAME_BYTES || memchr(s.data, ':', s.size) || memchr(s.data, '@', s.size)) return false;
  if (memmem(s.data, s.size, "www.", 4)) return false;
  for (size_t i = 0; i < s.size; i++) {
    if (s.data[i] >= '0' && s.data[i] <= '9') return false;
    words += s.data[i] == ' ';
  }
  hs_folded f;
  hs_fold(&f, s);
  const hs_phrase *role = hs_phrases_at(w->head, hs_folded_str(&f), 0, HS_HEAD_ROLE);
  if (role && (role->text.size == f.size || !trusted)) return false;
  if (w->out->outlet) {
    hs_folded outlet;
    hs_fold(&outlet, hs_str_of(w->out->outlet));
    if (outlet.size == f.size && memcmp(outlet.data, f.data, f.size) == 0) return false;
  }
  if (words > NAME_WORDS) return false;
  if (!trusted && !is_written_as_name(s)) return false;
  return trusted || (words >= 2 && utf8proc_isupper(hs_utf8_at(s, 0, &n)));
}

static void add_name(hs_work *w, hs_str s) {
  for (size_t i = 0; i < w->byline.count; i++)
    if (hs_str_is(s, w->byline.items[i])) return;
  if (w->byline.count < NAMES) hs_push(w->arena, w->byline, hs_arena_copy(w->arena, s.data, s.size));
}

/* S with a comma for each tag and address in it: neither names anybody, and the slashes of both would part names. */
static hs_str without_markup(hs_work *w, hs_str s) {
  if (!memchr(s.data, '<', s.size) && !memmem(s.data, s.size, "://", 3)) return s;
  char *copy = hs_arena_alloc(w->arena, s.size + 1);
  size_t n = 0;
  for (size_t at = 0; at < s.size; at++) {
    hs_str rest = {s.data + at, s.size - at};
    bool tag = *rest.data == '<', address = hs_str_starts(rest, "http://") || hs_str_starts(rest, "https://");
    while (tag && at + 1 < s.size && s.data[at] != '>') at++;
    while (address && at + 1 < s.size && !strchr(" ,;|", s.data[at + 1])) at++;
    copy[n++] = tag || address ? ',' : s.data[at];
  }
  return (hs_str){copy, n};
}

bool hs_byline_add(hs_work *w, hs_str s, bool trusted) {
  bool found = false;
  size_t before = w->byline.count, from = 0;
  s = without_by(w, without_markup(w, s), &found);
  for (size_t at = 0; at <= s.size;) {
    size_t joint = at < s.size ? joint_at(w, s, at) : 1;
    if (!joint) {
      at++;
      continue;
    }
    hs_str name = trimmed(without_by(w, (hs_str){s.data + from, at - from}, &found));
    if (is_name(w, name, trusted)) add_name(w, name);
    at += joint;
    from = at;
  }
  return w->byline.count > before;
}

bool hs_byline_line(hs_work *w, hs_str s) {
  bool found = false;
  if (s.size > LINE_BYTES) return false;
  hs_str rest = without_by(w, s, &found);
  return found && rest.size && !strchr(".!?", s.data[s.size - 1]) && hs_byline_add(w, rest, false);
}

bool hs_byline_opens(const hs_work *w, hs_str s) {
  bool found = false;
  if (s.size > LINE_BYTES) return false;
  hs_str rest = without_by(w, s, &found);
  for (size_t i = 0; i < w->byline.count; i++)
    if (hs_str_starts_alike(rest, w->byline.items[i])) return true;
  size_t at = 0;
  while (at < rest.size && !joint_at(w, rest, at)) at++;
  return found && is_name(w, trimmed((hs_str){rest.data, at}), false);
}

bool hs_byline_credits(const hs_work *w, hs_str s) {
  hs_folded f;
  if (s.size > LINE_BYTES) return false;
  hs_fold(&f, s);
  hs_str line = hs_folded_str(&f);
  const char *slash = memrchr(line.data, '/', line.size);
  if (slash) line = (hs_str){slash + 1, line.size - (size_t)(slash + 1 - line.data)};
  line = hs_phrases_bare(line);
  const hs_phrase *p = line.size ? hs_phrases_at(w->agencies, line, 0, 1) : NULL;
  return p && p->text.size == line.size;
}

const hs_phrases *hs_agencies_new(hs_arena *arena) {
  static const char *const kinds[] = {"agency",       "outlet",    "agency word", "outlet word",
                                      "station word", "name word", NULL};
  static const char *const effects[] = {NULL};
  return hs_phrases_new(arena, "agencies", kinds, effects);
}

bool hs_byline_role(const hs_work *w, hs_str s) {
  hs_folded f;
  if (s.size > LINE_BYTES) return false;
  hs_fold(&f, s);
  hs_str line = hs_phrases_bare(hs_folded_str(&f));
  const hs_phrase *p = line.size ? hs_phrases_at(w->head, line, 0, HS_HEAD_ROLE) : NULL;
  return p && (p->text.size == line.size || line.data[p->text.size] == ',');
}
