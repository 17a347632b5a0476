/* Reports of a record: a small one made by hand, its brief in every form, its rows, its exports. */
#include "annotate/document.h"
#include "base/array.h"
#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
/* cmocka wants the first three above first */
#include <cmocka.h>

static int collect(void *arg, const char *data, size_t size) {
  hs_buffer_add(arg, data, size);
  return 0;
}

/* What a made-up article says; spans are found by their words. */
typedef struct line {
  const char *source, *cue, *content, *speaker, *role, *via, *said;
  float confidence;
} line;

typedef struct story {
  const char *name, *title, *outlet, *url, *published, *text;
  line lines[3];
  size_t count;
} story;

static const story stories[] = {
    {"harbour-1",
     "Dockers <walk> out",
     "The Lind Post",
     "https://post.example/a?b=1&c=\"2\"",
     "2031-03-03",
     "Dockers walked out on Monday.\n\n“We will not go back,” said Ana Orlo, head of the dockers' union.\n\n"
     "The port plans no talks, Agency North quoted spokesman Ivo Rask as saying.",
     {{"Ana Orlo", "said", "“We will not go back,”", "Ana Orlo", "head of the dockers' union", NULL, "2031-03-03",
       0.9F},
      {"spokesman Ivo Rask", "saying", "The port plans no talks", "Ivo Rask", "spokesman", "Agency North", NULL, 0.6F}},
     2},
    {"harbour-2",
     "Talks \x1b[31mtomorrow",
     NULL,
     NULL,
     "2031-03-04",
     "=cmd() is what the screen said.\n\nThere will be talks, officials said.",
     {{"officials", "said", "There will be talks", NULL, NULL, NULL, NULL, 0.4F},
      {NULL, NULL, "=cmd() is what the screen said", "Ana Orlo", NULL, NULL, "2031-W10", 0.85F}},
     2},
    {"sport",
     "Lind win",
     "The Lind Post",
     NULL,
     NULL,
     "“We won,” said Mia Holm.",
     {{"Mia Holm", "said", "“We won,”", "Mia Holm", NULL, NULL, "2031-02", 0.95F}},
     1},
    {"fog",
     NULL,
     NULL,
     NULL,
     NULL,
     "“It is foggy,” said Tor Lund.",
     {{"Tor Lund", "said", "“It is foggy,”", "Tor Lund", NULL, NULL, NULL, 0.5F}},
     1},
};
enum { STORIES = sizeof stories / sizeof *stories };

static hs_span place(const char *text, const char *words) {
  const char *at = words ? strstr(text, words) : NULL;
  if (!at) return (hs_span){0, 0};
  return (hs_span){(uint32_t)(at - text), (uint32_t)(at - text + (long)strlen(words))};
}

static hs_span *one_span(hs_arena *arena, hs_span span) {
  hs_span *copy = hs_arena_alloc(arena, sizeof span);
  *copy = span;
  return copy;
}

static int actor_of(hs_doc *doc, const char *name, const char *role) {
  if (!name) return HS_NONE;
  hs_actor *actor = &doc->actors[doc->actor_count];
  hs_span mention = place(doc->article.text, name);
  actor->name = name;
  actor->mentions = one_span(doc->arena, mention);
  actor->mention_count = mention.end > 0;
  if (role) {
    const char **roles = hs_arena_alloc(doc->arena, sizeof *roles);
    *roles = role;
    actor->roles = roles, actor->role_count = 1;
  }
  return (int)doc->actor_count++;
}

static void add_line(hs_doc *doc, const line *l) {
  const char *text = doc->article.text;
  hs_quotation *q = &doc->quotations[doc->quotation_count++];
  q->contents = one_span(doc->arena, place(text, l->content)), q->content_count = 1;
  q->sources = one_span(doc->arena, place(text, l->source)), q->source_count = l->source != NULL;
  q->cue = place(text, l->cue);
  q->speaker = actor_of(doc, l->speaker, l->role);
  q->speaks_for = q->inside = HS_NONE;
  q->speaker_confidence = 0.9F, q->confidence = l->confidence;
  if (l->said && strlen(l->said) == 7) q->said = (hs_when){l->said, "2031-02-01", "2031-03-01"};
  else if (l->said) q->said = (hs_when){l->said, "2031-03-03", "2031-03-04"};
  if (!l->via) return;
  hs_via *via = hs_arena_alloc(doc->arena, sizeof *via);
  *via = (hs_via){place(text, l->via), HS_NONE, "agency"};
  q->via = via, q->via_count = 1;
}

static void set_blocks(hs_doc *doc) {
  hs_array(hs_block) blocks = {0};
  for (const char *at = doc->article.text; at; at = strstr(at, "\n\n") ? strstr(at, "\n\n") + 2 : NULL) {
    const char *end = strstr(at, "\n\n");
    uint32_t start = (uint32_t)(at - doc->article.text);
    hs_span span = {start, start + (uint32_t)(end ? (size_t)(end - at) : strlen(at))};
    hs_push(doc->arena, blocks, ((hs_block){.kind = HS_BLOCK_PARAGRAPH, .kept = true, .page = span, .text = span}));
  }
  doc->article.blocks = blocks.items, doc->article.block_count = blocks.count;
}

static hs_doc *doc_of(const story *s) {
  hs_doc *doc = hs_doc_new();
  doc->article = (hs_article){.id = s->name,
                              .title = s->title,
                              .outlet = s->outlet,
                              .url = s->url,
                              .published = s->published,
                              .published_from = s->published ? "given" : NULL,
                              .text = s->text,
                              .text_size = (uint32_t)strlen(s->text)};
  doc->quotations = hs_arena_alloc(doc->arena, 3 * sizeof *doc->quotations);
  doc->actors = hs_arena_alloc(doc->arena, 3 * sizeof *doc->actors);
  set_blocks(doc);
  for (size_t i = 0; i < s->count; i++) add_line(doc, &s->lines[i]);
  return doc;
}

typedef struct room {
  char path[64];
  hs_record *record;
} room;

/* An empty record, in a file of its own. */
static int make_empty(void **state) {
  room *r = hs_calloc(1, sizeof *r);
  snprintf(r->path, sizeof r->path, "/tmp/hearsay-brief-%ld.db", (long)getpid());
  unlink(r->path);
  *state = r;
  return hs_record_open(&r->record, r->path, HS_RECORD_WRITE, NULL);
}

static int add_story(room *r, const story *s) {
  hs_doc *doc = doc_of(s);
  hs_page page = {.id = s->name, .data = s->text, .size = strlen(s->text)};
  int code = hs_record_add(r->record, &page, doc, NULL, NULL);
  hs_doc_free(doc);
  return code;
}

static int reopen(room *r) {
  hs_record_free(r->record);
  return hs_record_open(&r->record, r->path, HS_RECORD_READ, NULL);
}

static int make_record(void **state) {
  if (make_empty(state)) return -1;
  for (size_t i = 0; i < STORIES; i++)
    if (add_story(*state, &stories[i])) return -1;
  return reopen(*state);
}

/* 70 days, an article a day, the first day with 30 more. */
static int make_long_record(void **state) {
  static const char *const texts[] = {"“Go,” said Ana Orlo of the dockers.",
                                      "“Go,” said Ana Orlo on the dockers' quay."};
  if (make_empty(state)) return -1;
  for (int i = 0; i < 100; i++) {
    char name[16], day[16];
    snprintf(name, sizeof name, "dock-%d", i);
    int place = i < 70 ? i : 69;
    snprintf(day, sizeof day, "2031-%02d-%02d", place / 28 + 1, place % 28 + 1);
    line said = {"Ana Orlo", "said", "“Go,”", "Ana Orlo", NULL, NULL, NULL, (float)(i + 1) / 120};
    story s = {name, NULL, NULL, NULL, day, texts[i == 5], {said}, 1};
    if (add_story(*state, &s)) return -1;
  }
  return reopen(*state);
}

static int delete_record(void **state) {
  room *r = *state;
  char path[80];
  hs_record_free(r->record);
  for (size_t i = 0; i < 3; i++) {
    snprintf(path, sizeof path, "%s%s", r->path, ((const char *const[]){"", "-wal", "-shm"})[i]);
    unlink(path);
  }
  free(r);
  return 0;
}

/* The id of the first quotation whose content holds WORDS, into ID. */
typedef struct wanted {
  const char *words;
  char id[17], article[17];
} wanted;

static int pick(void *arg, const hs_said *said) {
  wanted *w = arg;
  if (!strstr(said->content, w->words)) return 0;
  strcpy(w->id, said->id);
  strcpy(w->article, said->article);
  return 1;
}

static wanted find(const room *r, const char *words) {
  wanted w = {.words = words};
  hs_said_filter filter = {0};
  hs_record_said(r->record, &filter, pick, &w, NULL);
  assert_int_equal(strlen(w.id), 16);
  return w;
}

static char *brief(const room *r, const char *words, hs_style style) {
  hs_buffer out = {0};
  hs_error error = {0};
  int code = hs_report_brief(r->record, words, &style, collect, &out, &error);
  if (code) print_message("%s\n", error.message);
  assert_int_equal(code, HS_OK);
  return out.data;
}

/* Ids change with what they are made from: their digits become x. */
static void hide_ids(char *text) {
  static const char hex[] = "0123456789abcdef";
  for (char *at = text; *at; at++) {
    size_t digits = strspn(at, hex);
    if (digits == 10 || digits == 16) memset(at, 'x', digits);
    if (digits > 1) at += digits - 1;
  }
}

static void brief_reads_day_by_day(void **state) {
  char *text = brief(*state, NULL, (hs_style){.width = 72});
  hide_ids(text);
  assert_string_equal(text, "What the record tells\n"
                            "1 February to 4 March 2031 · 4 articles, 6 quotations, 1 outlet,\n"
                            "4 speakers\n"
                            "\n"
                            "February 2031\n"
                            "\n"
                            "  Mia Holm said: “We won,”\n"
                            "    on the word of The Lind Post · sure (0.90) · said 2031-02 ·\n"
                            "    sport 0–9 · xxxxxxxxxx\n"
                            "\n"
                            "Monday 3 March 2031\n"
                            "\n"
                            "  Ana Orlo, head of the dockers' union, said: “We will not go back,”\n"
                            "    on the word of The Lind Post · sure (0.90) ·\n"
                            "    harbour-1 31–53 · xxxxxxxxxx\n"
                            "\n"
                            "  Ivo Rask, spokesman, saying: The port plans no talks\n"
                            "    on the word of Agency North, in The Lind Post · likely (0.60) · day\n"
                            "    as published · harbour-1 98–121 · xxxxxxxxxx\n"
                            "\n"
                            "  Ana Orlo: =cmd() is what the screen said\n"
                            "    outlet not known · sure (0.85) · said 2031-W10 ·\n"
                            "    harbour-2 0–30 · xxxxxxxxxx\n"
                            "\n"
                            "Tuesday 4 March 2031\n"
                            "\n"
                            "  officials (speaker unresolved) said There will be talks\n"
                            "    outlet not known · unsure (0.40) · day as published ·\n"
                            "    harbour-2 33–52 · xxxxxxxxxx\n"
                            "\n"
                            "Day not known\n"
                            "\n"
                            "  Tor Lund said: “It is foggy,”\n"
                            "    outlet not known · likely (0.50) · fog 0–14 · xxxxxxxxxx\n"
                            "\n"
                            "Each entry ends with its article, the characters there, and its id, for\n"
                            "hearsay show -d REC ID\n");
  free(text);
}

static void brief_of_a_story_has_its_articles_alone(void **state) {
  char *text = brief(*state, "TALKS \"agency", (hs_style){.width = 72});
  assert_non_null(strstr(text, "1 article, 2 quotations, 1 outlet, 2 speakers"));
  assert_non_null(strstr(text, "TALKS \"agency\n"));
  assert_null(strstr(text, "harbour-2"));
  free(text);
  text = brief(*state, "nowhere", (hs_style){0});
  assert_string_equal(text, "nowhere\nNo article of the record holds these words.\n");
  free(text);
}

static void brief_is_escaped_where_it_goes(void **state) {
  char *text = brief(*state, "*talks* <b>", (hs_style){.format = HS_MARKDOWN});
  assert_string_equal(text, "# \\*talks\\* \\<b\\>\n\nNo article of the record holds these words.\n");
  free(text);
  text = brief(*state, NULL, (hs_style){.format = HS_MARKDOWN});
  hide_ids(text);
  assert_non_null(strstr(text, "- **Ana Orlo**, head of the dockers' union, said: “We will not go back,”\\\n"
                               "  on the word of The Lind Post · sure (0.90) · "
                               "[harbour-1](<https://post.example/a?b=1&c=\"2\">) 31–53 · `xxxxxxxxxx`\n"));
  free(text);
  text = brief(*state, NULL, (hs_style){.format = HS_HTML});
  assert_non_null(strstr(text, "href=\"https://post.example/a?b=1&amp;c=&quot;2&quot;\">Dockers &lt;walk&gt; out</a>"));
  assert_non_null(strstr(text, "Talks �[31mtomorrow"));
  assert_null(strstr(text, "<script"));
  assert_null(strstr(text, "\x1b"));
  free(text);
}

static void long_record_is_told_in_part(void **state) {
  char *all = brief(*state, NULL, (hs_style){.width = 100}),
       *story_of = brief(*state, "dockers", (hs_style){.width = 100});
  assert_non_null(strstr(all, "1 January to 14 March 2031 · 100 articles, 100 quotations, 0 outlets, 1 speaker\n"
                              "10 quotations before 11 January 2031: hearsay said -d REC --until 2031-01-10\n\n"
                              "Saturday 11 January 2031\n"));
  assert_non_null(strstr(all, "  27 more on this day: hearsay said -d REC --since 2031-03-14 --until 2031-03-14\n"));
  assert_non_null(strstr(all, "sure (0.83) · day as published · dock-99 0–5"));
  assert_null(strstr(all, "dock-69"));
  assert_string_equal(strchr(all, '\n'), strchr(story_of, '\n'));
  free(all);
  free(story_of);
  all = brief(*state, "quay", (hs_style){.width = 100});
  assert_non_null(
      strstr(all, "6 January 2031 · 1 article, 1 quotation, 0 outlets, 1 speaker\n\nMonday 6 January 2031\n"));
  free(all);
}

static void row_shows_its_evidence(void **state) {
  const room *r = *state;
  wanted quotation = find(r, "no talks");
  hs_buffer out = {0};
  hs_style style = {.width = 60};
  assert_int_equal(hs_report_row(r->record, quotation.id, &style, collect, &out, NULL), HS_OK);
  hide_ids(out.data);
  assert_string_equal(out.data, "quotation xxxxxxxxxxxxxxxx\n"
                                "speaker     Ivo Rask (person), sure (0.90)\n"
                                "roles       spokesman\n"
                                "via         Agency North (agency)\n"
                                "type        direct\n"
                                "source      spokesman Ivo Rask\n"
                                "cue         saying\n"
                                "content     The port plans no talks\n"
                                "confidence  likely (0.60)\n"
                                "article     harbour-1 (xxxxxxxxxxxxxxxx)\n"
                                "title       Dockers <walk> out\n"
                                "outlet      The Lind Post\n"
                                "published   2031-03-03 (given)\n"
                                "url         https://post.example/a?b=1&c=\"2\"\n"
                                "\n"
                                "Evidence\n"
                                "paragraph, characters 98–171, bytes 102–175 of the page\n"
                                "  [Q1 The port plans no talks], [V1 Agency North] quoted\n"
                                "  [S1 spokesman Ivo Rask] as [C1 saying].\n"
                                "\n"
                                "S source, C cue, V chain, Q content; the number behind the\n"
                                "letter names the quotation\n");
  hs_buffer_free(&out);
}

static void ids_are_looked_up_by_their_beginning(void **state) {
  const room *r = *state;
  hs_buffer out = {0};
  hs_style style = {0};
  hs_error error;
  char id[17];
  strcpy(id, find(r, "We won").id);
  id[10] = '\0';
  assert_int_equal(hs_report_row(r->record, id, &style, collect, &out, &error), HS_OK);
  assert_int_equal(hs_report_row(r->record, "", &style, collect, &out, &error), HS_ERROR_USAGE);
  assert_int_equal(hs_report_row(r->record, "abc", &style, collect, &out, &error), HS_ERROR_USAGE);
  assert_int_equal(hs_report_row(r->record, "0x12", &style, collect, &out, &error), HS_ERROR_USAGE);
  assert_int_equal(hs_report_row(r->record, "ffffffff", &style, collect, &out, &error), HS_ERROR_USAGE);
  assert_int_equal(hs_report_row(r->record, "00000000000000000", &style, collect, &out, &error), HS_ERROR_USAGE);
  hs_buffer_free(&out);
}

static void csv_is_safe_in_a_spreadsheet(void **state) {
  const room *r = *state;
  hs_buffer out = {0};
  hs_error error;
  assert_int_equal(hs_report_export(r->record, "csv", collect, &out, &error), HS_OK);
  hide_ids(out.data);
  assert_non_null(strstr(
      out.data,
      "id,article,article_name,outlet,title,url,published,type,force,polarity,speaker,"
      "speaker_type,roles,speaks_for,via,cue,source,content,said,confidence,speaker_confidence,start,end,judged\r\n"));
  assert_non_null(strstr(
      out.data,
      "xxxxxxxxxxxxxxxx,xxxxxxxxxxxxxxxx,harbour-2,,Talks \x1b[31mtomorrow,,2031-03-04,"
      "direct,statement,affirmed,Ana Orlo,person,,,,,,'=cmd() is what the screen said,2031-W10,0.85,0.90,0,30,\r\n"));
  assert_non_null(strstr(out.data, "\"https://post.example/a?b=1&c=\"\"2\"\"\""));
  hs_buffer_clear(&out);
  assert_int_equal(hs_report_export(r->record, "xls", collect, &out, &error), HS_ERROR_USAGE);
  hs_buffer_free(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(brief_reads_day_by_day),
      cmocka_unit_test(brief_of_a_story_has_its_articles_alone),
      cmocka_unit_test(brief_is_escaped_where_it_goes),
      cmocka_unit_test(row_shows_its_evidence),
      cmocka_unit_test(ids_are_looked_up_by_their_beginning),
      cmocka_unit_test(csv_is_safe_in_a_spreadsheet),
  };
  const struct CMUnitTest long_tests[] = {cmocka_unit_test(long_record_is_told_in_part)};
  return cmocka_run_group_tests(tests, make_record, delete_record) +
         cmocka_run_group_tests(long_tests, make_long_record, delete_record);
}
