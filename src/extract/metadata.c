/* What a page says of itself: title, outlet, address, language, authors, days of publication and of change. */
#include "extract/work.h"

#include "extract/date.h"
#include "extract/jsonld.h"

enum { LINE_BYTES = 160, NEAR_BLOCKS = 3, TITLE_BYTES = 400, TITLE_LEAST = 16, OUTLET_LEAST = 5 };

/* Fields of data/metadata.tsv. */
enum { PUBLISHED, MODIFIED, AUTHOR, TITLE, OUTLET, URL, LANGUAGE, FIELDS };

const hs_phrases *hs_metadata_new(hs_arena *arena) {
  static const char *const kinds[] = {"published", "modified", "author", "title", "outlet", "url", "language", NULL};
  static const char *const effects[] = {NULL};
  return hs_phrases_new(arena, "metadata", kinds, effects);
}

/* The field and rank of a meta's name; false if the table has none. */
static bool field_of(const hs_work *w, hs_str name, int *field, int *rank) {
  hs_folded f;
  hs_fold(&f, name);
  hs_str s = hs_folded_str(&f);
  const hs_phrase *p = s.size ? hs_phrases_at(w->names, s, 0, (1U << FIELDS) - 1) : NULL;
  if (!p || p->text.size != s.size) return false;
  *field = __builtin_ctz(p->kind);
  *rank = p->effect;
  return true;
}

/* The value with the lowest rank of each field. */
static void best_of(const hs_work *w, hs_str best[FIELDS]) {
  int ranks[FIELDS], field, rank;
  for (int i = 0; i < FIELDS; i++) best[i] = (hs_str){0};
  for (size_t i = 0; i < w->metas.count; i++) {
    hs_str value = hs_str_trim(w->metas.items[i].value);
    if (!value.size || !field_of(w, w->metas.items[i].name, &field, &rank)) continue;
    if (best[field].data && ranks[field] <= rank) continue;
    best[field] = value;
    ranks[field] = rank;
  }
}

bool hs_metadata_same(hs_str a, hs_str b) {
  hs_folded x, y;
  if (!a.size || !b.size) return false;
  hs_fold(&x, a);
  hs_fold(&y, b);
  return hs_str_equal(hs_phrases_bare(hs_folded_str(&x)), hs_phrases_bare(hs_folded_str(&y)));
}

static size_t words_in(hs_str s) {
  size_t n = s.size != 0;
  for (size_t i = 0; i < s.size; i++) n += s.data[i] == ' ';
  return n;
}

/* Is NAME, without its blanks, in the host of URL: "The Veldt Courier" in "https://www.theveldtcourier.example/"? */
static bool in_host(hs_str name, const char *url) {
  char letters[64];
  size_t n = 0;
  const char *host = url ? strstr(url, "://") : NULL;
  if (!host || name.size >= sizeof letters) return false;
  host += 3;
  for (size_t i = 0; i < name.size; i++)
    if (name.data[i] != ' ' && name.data[i] != '.') letters[n++] = name.data[i];
  letters[n] = '\0';
  return n > 2 && hs_str_holds_alike((hs_str){host, strcspn(host, "/")}, letters);
}

/* Is TAIL, behind a separator and HEAD, the name of the outlet? A bar hardly ever parts anything else. */
static bool is_outlet(const hs_work *w, hs_str head, hs_str tail, bool bar) {
  if (hs_metadata_same(tail, hs_str_of(w->out->outlet)) || in_host(tail, w->out->url)) return true;
  return bar && !w->out->outlet && words_in(tail) < words_in(head) && words_in(head) > 2;
}

/* What stands between a title and the outlet's name, or between that and its motto. */
static const char *const marks[] = {" | ",        " - ",  " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xBB ",
                                    " \xC2\xAB ", " :: ", " \xE2\x80\xA2 ", " \xC2\xB7 ",     " / "};
enum { MARKS = sizeof marks / sizeof *marks };

/* Of an outlet's NAME with a motto, "All the news - The Courier", the longest part that stands in its host and is no
 * abbreviation; else all of it. */
static hs_str without_motto(const hs_work *w, hs_str name) {
  hs_str best = {0};
  for (size_t start = 0, end; start < name.size && name.size <= TITLE_BYTES; start = end) {
    size_t behind = name.size;
    end = name.size;
    for (size_t i = 0; i < MARKS; i++) {
      const char *mark = memmem(name.data + start, name.size - start, marks[i], strlen(marks[i]));
      if (mark && (size_t)(mark - name.data) < end) end = (size_t)(mark - name.data), behind = end + strlen(marks[i]);
    }
    hs_str part = {name.data + start, end - start};
    if (part.size >= OUTLET_LEAST && part.size > best.size && in_host(part, w->out->url)) best = part;
    end = behind;
  }
  return best.size ? hs_str_trim(best) : name;
}

/* TITLE without what stands behind its last separator, if that is the outlet's name or TITLE begins with a heading. */
static hs_str without_outlet(const hs_work *w, hs_str title, hs_str heading) {
  for (size_t i = 0; i < MARKS; i++) {
    size_t n = strlen(marks[i]);
    for (size_t at = title.size; at-- > 1;) {
      if (at + n > title.size || memcmp(title.data + at, marks[i], n) != 0) continue;
      hs_str head = {title.data, at}, tail = {title.data + at + n, title.size - at - n};
      if (is_outlet(w, head, tail, i == 0) || hs_metadata_same(head, heading)) return hs_str_trim(head);
    }
  }
  return title;
}

static size_t first_kept(const hs_work *w) {
  size_t i = 0;
  while (i < w->blocks.count && !w->blocks.items[i].kept) i++;
  return i;
}

/* The h1 that TITLES name, else the one h1 that stands nearest before the article's first block; count if there is
 * none. */
static size_t main_heading(const hs_work *w, const hs_str *titles, size_t count) {
  size_t first = first_kept(w), found = w->blocks.count;
  for (size_t i = 0; i < w->blocks.count; i++) {
    if (w->pieces.items[i].level != 1) continue;
    for (size_t k = 0; k < count; k++)
      if (hs_metadata_same(hs_work_block(w, i), titles[k]) ||
          hs_metadata_same(hs_work_block(w, i), without_outlet(w, titles[k], hs_work_block(w, i))))
        return i;
    const hs_box *box = &w->boxes.items[w->pieces.items[i].box];
    if (i <= first + NEAR_BLOCKS && (!box->reason || found == w->blocks.count)) found = i;
  }
  return found;
}

/* Letters and digits of S alone, folded. */
static void fold_letters(hs_folded *out, hs_str s) {
  size_t n = 0;
  hs_fold(out, s);
  for (size_t i = 0; i < out->size; i++) {
    char c = out->data[i];
    if ((unsigned char)c >= 0x80 || hs_is_letter(c) || (c >= '0' && c <= '9')) out->data[n++] = c;
  }
  out->size = n;
}

/* Do the letters of S end with those of TAIL, which are many enough for a title? */
static bool ends_alike(hs_str s, hs_str tail) {
  hs_folded a, b;
  if (tail.size < TITLE_LEAST || tail.size > s.size + TITLE_LEAST) return false;
  fold_letters(&a, s);
  fold_letters(&b, tail);
  return a.whole && b.whole && b.size >= TITLE_LEAST && b.size <= a.size &&
         memcmp(a.data + a.size - b.size, b.data, b.size) == 0;
}

/*
 * Pages that give searchers one title in a hidden h1 show their readers another in a lower heading, mostly behind a
 * kicker. Such a heading is known by ending with a title that the page says of itself, which then goes into TITLE, or
 * by ending one. Gives its block; count if there is none.
 */
static size_t shown_heading(const hs_work *w, const hs_str *titles, size_t count, hs_str *title) {
  size_t last = first_kept(w) + NEAR_BLOCKS, n = w->blocks.count;
  for (int pass = 0; pass < 2; pass++) {
    for (size_t i = 0; i < n && i <= last; i++) {
      if (w->pieces.items[i].level < 2) continue;
      hs_str heading = hs_work_block(w, i);
      for (size_t k = 0; k < count; k++) {
        if (!(pass ? ends_alike(titles[k], heading) : ends_alike(heading, titles[k]))) continue;
        *title = pass ? heading : titles[k];
        return i;
      }
    }
  }
  return n;
}

static const char *kept_string(hs_work *w, hs_str s) {
  s = hs_str_trim(s);
  if (!s.size || s.size > TITLE_BYTES) return NULL;
  hs_buffer folded = {0};
  for (size_t i = 0; i < s.size; i++) {
    bool blank = strchr(" \t\n\r\f", s.data[i]) != NULL;
    if (blank && folded.size && folded.data[folded.size - 1] == ' ') continue;
    hs_buffer_char(&folded, blank ? ' ' : s.data[i]);
  }
  const char *copy = hs_arena_copy(w->arena, folded.data, folded.size);
  hs_buffer_free(&folded);
  return copy;
}

static hs_str meta_named(const hs_work *w, const char *name) {
  for (size_t i = 0; i < w->metas.count; i++)
    if (hs_str_is(w->metas.items[i].name, name)) return hs_str_trim(w->metas.items[i].value);
  return (hs_str){0};
}

/* Is META what is left of H1 where a quotation mark ended the attribute? */
static bool is_cut_off(hs_str meta, hs_str h1) {
  if (!meta.size || meta.size >= h1.size || memcmp(h1.data, meta.data, meta.size) != 0) return false;
  hs_str rest = hs_str_trim((hs_str){h1.data + meta.size, h1.size - meta.size});
  return rest.size && rest.data[0] == '"';
}

/* Is H1 what searchers are shown, in <title>, while the page gives those who share it another title, META, twice? */
static bool is_for_searchers(const hs_work *w, hs_str h1, hs_str meta) {
  bool shared = meta.size && hs_metadata_same(meta, meta_named(w, "twitter:title")) && !is_cut_off(meta, h1);
  return shared && h1.size && hs_metadata_same(without_outlet(w, meta_named(w, "<title>"), h1), h1);
}

/* Is H1 only a part of what JSON-LD, <title> and the page's best meta all give as the title, with no outlet's name? */
static bool is_part_of_title(const hs_work *w, const hs_jsonld *ld, hs_str h1, hs_str meta) {
  return !hs_metadata_same(h1, ld->headline) && hs_metadata_same(ld->headline, meta) &&
         hs_metadata_same(ld->headline, meta_named(w, "<title>")) &&
         without_outlet(w, ld->headline, (hs_str){0}).size == ld->headline.size;
}

/* Does the heading stand in a bar or menu of the page, while JSON-LD has another headline, not just one with a kicker?
 */
static bool is_in_furniture(const hs_work *w, const hs_jsonld *ld, size_t heading) {
  if (heading == w->blocks.count || !w->boxes.items[w->pieces.items[heading].box].reason) return false;
  return ld->headline.size && !ends_alike(ld->headline, hs_work_block(w, heading));
}

static void fill_title(hs_work *w, const hs_jsonld *ld, const hs_str best[FIELDS], size_t *heading) {
  hs_str title = meta_named(w, "<title>");
  hs_str titles[] = {ld->headline, best[TITLE], title};
  *heading = main_heading(w, titles, 3);
  hs_str h1 = *heading < w->blocks.count ? hs_work_block(w, *heading) : (hs_str){0};
  hs_str from_meta = without_outlet(w, best[TITLE].size ? best[TITLE] : title, h1);
  hs_str meta_title = without_outlet(w, best[TITLE], h1);
  bool outvoted = !hs_metadata_same(h1, ld->headline) && hs_metadata_same(ld->headline, meta_title);
  if (outvoted || is_part_of_title(w, ld, h1, best[TITLE]) || is_in_furniture(w, ld, *heading)) h1 = (hs_str){0};
  hs_str said[] = {meta_title, ld->headline};
  hs_str seen = h1;
  size_t shown = shown_heading(w, said, 2, &seen);
  if (shown < w->blocks.count) *heading = shown;
  if (shown < w->blocks.count) h1 = seen;
  else if (is_for_searchers(w, h1, best[TITLE])) h1 = meta_title;
  hs_str chosen = h1.size ? h1 : ld->headline.size ? ld->headline : from_meta;
  if (!w->out->title) w->out->title = kept_string(w, chosen);
}

static void fill_language(hs_work *w, hs_str said) {
  char code[36];
  size_t n = 0, letters = 0;
  while (n < said.size && n < sizeof code - 1 && said.data[n] != ',' && said.data[n] != ' ') {
    char c = said.data[n] == '_' ? '-' : said.data[n];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && c != '-' && !(c >= '0' && c <= '9')) return;
    if (letter && letters == n) letters++;
    code[n++] = c;
  }
  bool ends_well = letters == n || (letters < n && code[letters] == '-');
  if (letters >= 2 && letters <= 3 && ends_well && !w->out->language)
    w->out->language = hs_arena_copy(w->arena, code, n), w->out->language_from = "meta";
}

static void fill_url(hs_work *w, hs_str said) {
  bool absolute = hs_str_starts(said, "http://") || hs_str_starts(said, "https://");
  if (!w->out->url && absolute && !memchr(said.data, ' ', said.size))
    w->out->url = hs_arena_copy(w->arena, said.data, said.size);
}

static void publish(hs_work *w, const char *when, const char *from) {
  if (w->out->published || !when) return;
  w->out->published = when;
  w->out->published_from = from;
}

/* The <time> elements near the article's head; all of them, where those of the page agree. */
static const char *time_element(hs_work *w, const char *name, size_t heading) {
  size_t first = first_kept(w), from = heading < first ? heading : first;
  const char *only = NULL;
  bool agree = true;
  for (size_t i = 0; i < w->metas.count; i++) {
    const hs_said_meta *m = &w->metas.items[i];
    if (!hs_str_is(m->name, name)) continue;
    const char *when = hs_date_machine(w->arena, w->head, m->value);
    if (!when) continue;
    if (m->block + NEAR_BLOCKS >= from && m->block <= first + NEAR_BLOCKS) return when;
    agree = agree && (!only || strncmp(only, when, 10) == 0);
    only = when;
  }
  return agree ? only : NULL;
}

bool hs_metadata_date_line(hs_work *w, hs_str s) {
  hs_folded f;
  hs_date_found found;
  size_t at = 0, covered = 0;
  bool any = false;
  if (s.size > LINE_BYTES) return false;
  hs_fold(&f, s);
  const char *published = NULL, *modified = NULL;
  bool labelled = false;
  while (hs_date_line(&found, w->arena, w->head, hs_folded_str(&f), &at)) {
    covered += found.end - found.from;
    labelled = labelled || found.labelled;
    any = true;
    if (found.updated && !modified) modified = found.day;
    if (!found.updated && !published) published = found.day;
  }
  if (!any || !(labelled || covered * 2 >= f.size)) return false;
  publish(w, published, "text");
  if (!w->out->modified) w->out->modified = modified;
  return true;
}

/* The date line that a person reads near the head of an HTML page. */
static void visible_date(hs_work *w, size_t heading) {
  size_t first = first_kept(w), from = heading < first ? heading : first;
  from = from > NEAR_BLOCKS ? from - NEAR_BLOCKS : 0;
  for (size_t i = from; i < w->blocks.count && i <= first + NEAR_BLOCKS && !w->out->published; i++)
    if (hs_metadata_date_line(w, hs_work_block(w, i)) && w->blocks.items[i].kept) hs_work_drop(w, i, "date line");
}

static void fill_dates(hs_work *w, const hs_jsonld *ld, const hs_str best[FIELDS], size_t heading) {
  publish(w, hs_date_machine(w->arena, w->head, ld->published), "json-ld");
  publish(w, hs_date_machine(w->arena, w->head, best[PUBLISHED]), "meta");
  publish(w, time_element(w, "<time>", heading), "time");
  if (w->out->url && !w->out->published) publish(w, hs_date_url(w->arena, hs_str_of(w->out->url)), "url");
  if (!w->out->published) visible_date(w, heading);
  const char *modified = hs_date_machine(w->arena, w->head, ld->modified);
  if (!modified) modified = hs_date_machine(w->arena, w->head, best[MODIFIED]);
  if (!modified) modified = time_element(w, "<time modified>", heading);
  if (modified) w->out->modified = modified;
}

/* Metas of the lowest rank that name authors. */
static void meta_authors(hs_work *w) {
  int field, rank, lowest = 1000;
  for (int pass = 0; pass < 2; pass++) {
    for (size_t i = 0; i < w->metas.count; i++) {
      if (!field_of(w, w->metas.items[i].name, &field, &rank) || field != AUTHOR) continue;
      if (pass == 0 && rank < lowest && w->metas.items[i].value.size) lowest = rank;
      if (pass == 1 && rank == lowest) hs_byline_add(w, w->metas.items[i].value, false);
    }
  }
}

static void fill_byline(hs_work *w, const hs_jsonld *ld) {
  for (size_t i = 0; i < ld->authors.count; i++) hs_byline_add(w, ld->authors.items[i], true);
  if (!w->byline.count) meta_authors(w);
  size_t first = first_kept(w);
  for (size_t i = 0; i < w->blocks.count && i <= first + NEAR_BLOCKS; i++) {
    hs_str s = hs_work_block(w, i);
    bool line = w->byline.count == 0 && (w->pieces.items[i].byline ? hs_byline_add(w, s, false) : hs_byline_line(w, s));
    if (line) hs_work_drop(w, i, "byline");
  }
}

/* The h1 is the title, wherever it stands, and every heading or paragraph that says the same. */
static void mark_title(hs_work *w, size_t heading) {
  hs_folded folded, title = {0};
  if (w->out->title) hs_fold(&title, hs_str_of(w->out->title));
  hs_str bare = hs_phrases_bare(hs_folded_str(&title));
  for (size_t i = 0; i < w->blocks.count; i++) {
    bool may = w->pieces.items[i].level || w->blocks.items[i].kind == HS_BLOCK_PARAGRAPH;
    bool is_title = i == heading;
    if (!is_title && may && w->out->title && w->pieces.items[i].chars <= TITLE_BYTES) {
      hs_fold(&folded, hs_work_block(w, i));
      is_title = hs_str_equal(hs_phrases_bare(hs_folded_str(&folded)), bare);
    }
    if (!is_title) continue;
    w->blocks.items[i].kind = HS_BLOCK_TITLE;
    hs_work_drop(w, i, "title");
  }
}

void hs_metadata_read(hs_work *w) {
  w->ld = hs_jsonld_read(w->arena, w->scripts.items, w->scripts.count);
  hs_str best[FIELDS];
  size_t heading;
  best_of(w, best);
  fill_url(w, best[URL].size ? best[URL] : w->ld.url);
  hs_str outlet = hs_outlet_name(best[OUTLET]);
  if (!outlet.size) outlet = hs_outlet_name(w->ld.outlet);
  if (!w->out->outlet) w->out->outlet = kept_string(w, without_motto(w, outlet));
  fill_title(w, &w->ld, best, &heading);
  fill_language(w, best[LANGUAGE].size ? best[LANGUAGE] : w->ld.language);
  fill_dates(w, &w->ld, best, heading);
  fill_byline(w, &w->ld);
  mark_title(w, heading);
}
