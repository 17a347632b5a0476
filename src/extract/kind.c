/* What kind of page a page is, and how sure that is: by what it says of itself, its title, its text and its links. */
#include "extract/work.h"

enum {
  WITHIN_BYTES = 300, /* of a block in which a phrase counts */
  TITLE_LINK = 25,    /* characters of a link that may be the title of an article */
  TEASER_BODY = 200,  /* characters */
  SHORT_BODY = 600,
  LONG_BODY = 2500,
  MANY_LINKS = 12,
  ENTRIES = 4, /* with a time of their own that make a live blog */
  GOOD_CHARS = 80,
  KEY_BYTES = 40, /* by which the text of an entry is known, KEY_LEAST of a headline */
  KEY_LEAST = 8,
  CLOCK_BYTES = 6 /* behind a time of day: " Uhr", " GMT" */
};

enum { TITLE = 1, TEXT = 2, TYPE = 4 };

const hs_phrases *hs_kinds_new(hs_arena *arena) {
  static const char *const where[] = {"title", "text", "type", NULL};
  static const char *const kinds[] = {
#define X(name, word) word,
      HS_PAGE_KINDS(X) NULL
#undef X
  };
  return hs_phrases_new(arena, "pagekinds", where, kinds);
}

/* "14:32", "9.05 Uhr": the time of the entry below, on the day DAY. NULL if S is none. */
static const char *clock_line(hs_arena *arena, hs_str s, const char *day) {
  size_t n = 0, digits = 0;
  while (n < s.size && n < 2 && hs_is_digit(s.data[n])) n++;
  if (!n || n + 2 >= s.size || !strchr(":.h", s.data[n])) return NULL;
  while (digits < 2 && hs_is_digit(s.data[n + 1 + digits])) digits++;
  if (digits < 2 || s.size > n + 3 + CLOCK_BYTES || (s.size > n + 3 && s.data[n + 3] != ' ')) return NULL;
  bool hour = n == 1 || s.data[0] < '2' || (s.data[0] == '2' && s.data[1] < '4');
  if (!hour || s.data[n + 1] > '5') return NULL;
  return hs_arena_printf(arena, "%.10s%s%.*s:%.2s", day, n == 1 ? "T0" : "T", (int)n, s.data, s.data + n + 1);
}

/* The folded headline HEADING, or the beginning of any other text; empty if it is too short to be known by. */
static hs_str key_of(hs_folded *f, hs_str s, bool heading) {
  hs_fold(f, s);
  hs_str key = hs_phrases_bare(hs_folded_str(f));
  if (!heading && key.size > KEY_BYTES) key.size = KEY_BYTES;
  return key.size < (heading ? KEY_LEAST : KEY_BYTES) ? (hs_str){0} : key;
}

/* Where JSON-LD tells entries of a live blog with their times: by headline and by the beginning of their text, to their
 * number from 1. */
static hs_map map_updates(const hs_work *w) {
  hs_map map = {0};
  hs_folded f;
  for (size_t i = 0; i < w->ld.updates.count; i++) {
    hs_str texts[] = {w->ld.updates.items[i].headline, w->ld.updates.items[i].body};
    for (size_t k = 0; k < 2; k++) {
      hs_str key = key_of(&f, texts[k], k == 0);
      if (!key.size) continue;
      uint32_t *number = hs_map_put(&map, w->arena, (hs_str){hs_arena_copy(w->arena, key.data, key.size), key.size});
      if (!*number) *number = (uint32_t)i + 1;
    }
  }
  return map;
}

/* The time of the entry that block I begins, as JSON-LD tells it; NULL if it begins none. */
static const char *update_time(const hs_work *w, const hs_map *updates, size_t i) {
  hs_folded f;
  if (!updates->count) return NULL;
  hs_str key = key_of(&f, hs_work_block(w, i), w->blocks.items[i].kind == HS_BLOCK_HEADING);
  const uint32_t *number = key.size ? hs_map_get(updates, key) : NULL;
  return number ? hs_date_machine(w->arena, w->head, w->ld.updates.items[*number - 1].published) : NULL;
}

/* Each block gets the time that was told last before it, or by JSON-LD of it. */
static void time_blocks(hs_work *w) {
  hs_map updates = map_updates(w);
  size_t next = 0;
  const char *time = NULL;
  for (size_t i = 0; i < w->blocks.count; i++) {
    for (; next < w->metas.count && w->metas.items[next].block <= i; next++) {
      if (!hs_str_is(w->metas.items[next].name, "<time>")) continue;
      const char *when = hs_date_machine(w->arena, w->head, w->metas.items[next].value);
      if (when) time = when;
    }
    const char *clock = w->out->published && w->pieces.items[i].chars <= CLOCK_BYTES + 5
                            ? clock_line(w->arena, hs_work_block(w, i), w->out->published)
                            : NULL;
    if (clock && (!time || strncmp(time, clock, strlen(clock)) != 0)) time = clock;
    const char *told = update_time(w, &updates, i);
    if (told && (!time || strcmp(time, told) != 0)) time = told;
    w->blocks.items[i].time = time;
  }
}

/* What speaks for a kind. */
typedef struct signs {
  bool title[HS_PAGE_KIND_COUNT], text[HS_PAGE_KIND_COUNT], type[HS_PAGE_KIND_COUNT];
  uint32_t body;       /* characters of kept paragraphs that read like an article */
  uint32_t kept;       /* of all that was kept */
  uint32_t paragraphs; /* of body */
  uint32_t links;      /* links that may be titles of articles, in the whole page */
  uint32_t linked;     /* their characters */
  uint32_t entries;    /* kept blocks with a time of their own before them */
} signs;

static void look_for(const hs_work *w, hs_str s, unsigned where, bool found[HS_PAGE_KIND_COUNT]) {
  hs_folded f;
  hs_fold(&f, s);
  hs_str folded = hs_folded_str(&f);
  for (size_t at = 0; at < folded.size; at = hs_phrases_next(folded, at)) {
    const hs_phrase *p = hs_phrases_at(w->kinds, folded, at, where);
    if (p && p->effect >= 0) found[p->effect] = true;
  }
}

static void look_at_block(const hs_work *w, size_t i, signs *s) {
  const hs_block *b = &w->blocks.items[i];
  const hs_piece *p = &w->pieces.items[i];
  hs_str text = hs_work_block(w, i);
  if (text.size <= WITHIN_BYTES) look_for(w, text, TEXT, s->text);
  if (p->chars >= TITLE_LINK && (p->chars - p->linked) * 10 <= p->chars) s->links++, s->linked += p->chars;
  if (!b->kept) return;
  s->kept += p->chars;
  if (b->kind == HS_BLOCK_HEADING || p->chars < GOOD_CHARS || p->linked * 2 > p->chars) return;
  s->body += p->chars;
  s->paragraphs++;
}

static signs read_signs(const hs_work *w) {
  signs s = {0};
  if (w->out->title) look_for(w, hs_str_of(w->out->title), TITLE, s.title);
  for (size_t i = 0; i < w->metas.count; i++) {
    if (hs_str_is(w->metas.items[i].name, "<title>")) look_for(w, w->metas.items[i].value, TITLE, s.title);
    if (hs_str_is(w->metas.items[i].name, "og:type")) look_for(w, w->metas.items[i].value, TYPE, s.type);
  }
  for (size_t i = 0; i < w->ld.types.count; i++) look_for(w, w->ld.types.items[i], TYPE, s.type);
  for (size_t i = 0; i < w->blocks.count; i++) look_at_block(w, i, &s);
  const char *before = NULL;
  for (size_t i = 0; i < w->blocks.count; i++) {
    const hs_block *b = &w->blocks.items[i];
    if (!b->kept || !b->time || w->pieces.items[i].chars < GOOD_CHARS) continue;
    s.entries += b->time != before;
    before = b->time;
  }
  return s;
}

static bool is_home(const char *url) {
  const char *host = url ? strstr(url, "://") : NULL;
  return host && strcspn(host + 3, "/") + strspn(host + 3 + strcspn(host + 3, "/"), "/") == strlen(host + 3);
}

/* How much speaks for an article, 0 to 1. */
static float article_sure(const hs_work *w, const signs *s) {
  float sure = 0.2F;
  if (s->type[HS_PAGE_ARTICLE]) sure += 0.25F;
  if (w->out->published) sure += 0.15F;
  if (w->out->title) sure += 0.1F;
  if (s->paragraphs >= 3) sure += 0.15F;
  if (s->body >= SHORT_BODY) sure += 0.14F;
  return sure;
}

/* How much speaks for a list of links to articles, 0 to 1. */
static float index_sure(const hs_work *w, const signs *s) {
  if (is_home(w->out->url) && s->body < LONG_BODY) return 0.95F;
  bool told = s->type[HS_PAGE_INDEX], little = s->body < TEASER_BODY;
  if (s->links < MANY_LINKS || s->linked < 2 * s->body || (s->type[HS_PAGE_ARTICLE] && s->body)) return 0;
  if (w->out->published || (s->body >= SHORT_BODY && !told)) return 0;
  return 0.55F + (told ? 0.2F : 0) + (little ? 0.2F : 0);
}

/* Fills how much speaks for each kind. */
static void weigh(const hs_work *w, const signs *s, float sure[HS_PAGE_KIND_COUNT]) {
  bool little = s->body < SHORT_BODY, half = s->body < LONG_BODY;
  bool asks = s->text[HS_PAGE_PAYWALL];
  sure[HS_PAGE_ARTICLE] = article_sure(w, s);
  sure[HS_PAGE_INDEX] = index_sure(w, s);
  if (s->title[HS_PAGE_ERROR] && half) sure[HS_PAGE_ERROR] = little ? 0.95F : 0.6F;
  else if (s->text[HS_PAGE_ERROR] && little) sure[HS_PAGE_ERROR] = 0.8F;
  if (s->type[HS_PAGE_LIVE]) sure[HS_PAGE_LIVE] = s->entries ? 0.99F : 0.9F;
  else if (s->entries >= ENTRIES) sure[HS_PAGE_LIVE] = s->title[HS_PAGE_LIVE] ? 0.95F : 0.6F;
  if (half && (asks || w->ld.closed)) sure[HS_PAGE_PAYWALL] = asks && w->ld.closed ? 0.95F : little ? 0.8F : 0.5F;
  if (s->type[HS_PAGE_VIDEO] && !s->type[HS_PAGE_ARTICLE] && half) sure[HS_PAGE_VIDEO] = little ? 0.9F : 0.6F;
  if (s->kept < GOOD_CHARS && sure[HS_PAGE_ERROR] < 0.5F) sure[HS_PAGE_EMPTY] = 0.9F;
  if (little && sure[HS_PAGE_ARTICLE] > 0.5F) sure[HS_PAGE_ARTICLE] = 0.5F;
}

void hs_kind_tell(hs_work *w) {
  float sure[HS_PAGE_KIND_COUNT] = {0};
  time_blocks(w);
  signs s = read_signs(w);
  weigh(w, &s, sure);
  w->out->kind = HS_PAGE_ARTICLE;
  for (int i = 0; i < HS_PAGE_KIND_COUNT; i++)
    if (sure[i] > sure[w->out->kind]) w->out->kind = (hs_page_kind)i;
  w->out->kind_confidence = sure[w->out->kind];
  for (size_t i = 0; i < w->blocks.count && w->out->kind != HS_PAGE_LIVE; i++) w->blocks.items[i].time = NULL;
}
