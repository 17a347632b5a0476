/*
 * An article with its quotations marked, as HTML. Beside each block stand notes, one for each quotation that has a
 * piece in it; the pieces and the note of one quotation share a class, counted anew in each block, so that one set of
 * rules brings out together whatever belongs together when a reader points at it or moves to it by keyboard.
 */
#include "annotate/document.h"
#include "base/hash.h"
#include "report/annotated.h"
#include "report/article.h"
#include "report/html.h"
#include "report/marks.h"
#include "report/quote.h"
#include "report/send.h"

#include <stdlib.h>

enum { TOGETHER = 40 }; /* quotations of one block that are brought out; the notes of all can be read */

static const char rules[] =
    ":root{--q:60 130 80;--s:20 110 150;--c:170 110 20;--v:140 70 160;--hot:rgb(240 200 60/.34)}"
    "@media(prefers-color-scheme:dark){:root{--q:120 190 130;--s:110 190 220;--c:225 175 90;--v:205 150 220;"
    "--hot:rgb(200 160 40/.34)}}"
    "body{max-width:58rem;line-height:1.75}"
    "article+article{margin-top:4rem;padding-top:3rem;border-top:1px solid var(--line)}"
    ".b{display:grid;grid-template-columns:minmax(0,38rem) minmax(0,1fr);gap:0 2.2rem;margin:1.1rem 0}"
    "h2,h3{font-size:1.2rem;line-height:1.3;margin:1rem 0 0}blockquote,.item{margin:0 0 0 1.4rem}"
    ".item{display:list-item}.caption{font-style:italic;color:var(--soft)}"
    /* the marks: each has an underline of its own kind, so that none is told by its colour alone */
    ".m{--glow:transparent;--show:none;background:var(--glow);border-radius:.15em;"
    "text-decoration:underline 1.5px;text-underline-offset:.22em;-webkit-box-decoration-break:clone;"
    "box-decoration-break:clone}"
    ".m .m{text-underline-offset:.42em}.m .m .m{text-underline-offset:.6em}"
    ".q{background:linear-gradient(var(--glow),var(--glow)),rgb(var(--q)/.1);text-decoration-color:rgb(var(--q)/.75);"
    "text-decoration-thickness:1px}"
    ".s{font-weight:600;color:rgb(var(--s));text-decoration-style:double;text-decoration-thickness:1px}"
    ".c{color:rgb(var(--c));text-decoration-style:dotted;text-decoration-thickness:2px}"
    ".v{color:rgb(var(--v));text-decoration-style:dashed}"
    ".m:focus{outline:2px solid rgb(var(--s));outline-offset:2px}"
    ".m[data-n]::before{display:none;font:600 .62em/1 system-ui,'Noto Sans',sans-serif;vertical-align:.55em;"
    "margin:0 .15em 0 .05em;color:var(--soft);unicode-bidi:isolate}"
    ".q.f::before{display:inline-block;content:attr(data-n)}"
    ".legend{margin-bottom:2rem}.legend .m{margin-right:.7em}"
    /* the notes */
    ".notes{list-style:none;margin:.25rem 0 0;padding:0;font:.82rem/1.4 system-ui,'Noto Sans',sans-serif;"
    "align-self:start;position:sticky;top:1rem}"
    ".b:hover .notes,.b:focus-within .notes{z-index:1}"
    ".n{--glow:transparent;--show:none;position:relative;margin:0 0 .55rem;padding:.1rem .4rem .15rem 1.9em;"
    "background:var(--glow);border-radius:.3em;color:var(--soft)}"
    ".n b{position:absolute;left:.3em;min-width:1.3em;text-align:right;font-weight:600;white-space:nowrap}"
    ".n .who{color:var(--ink);font-weight:600}.n span{display:block}.n "
    ".bar{display:inline-block}.n>.sure{display:inline-block;white-space:nowrap;margin-left:.3em}"
    ".bar{width:2.2em;height:.4em;margin-right:.4em;border-radius:.2em;vertical-align:.08em;"
    "background:linear-gradient(to right,var(--soft) calc(var(--p)*1%),var(--line) 0)}"
    ".more{display:var(--show);position:absolute;z-index:1;top:100%;left:0;right:0;padding:.2rem .4rem .35rem 1.9em;"
    "background:linear-gradient(var(--glow),var(--glow)),var(--paper);border-radius:0 0 .3em .3em;"
    "box-shadow:0 .5em .6em -.4em rgb(0 0 0/.3)}"
    "@media(max-width:52rem){.b{grid-template-columns:minmax(0,1fr)}.notes{position:static;padding-left:.4rem;"
    "border-left:2px solid var(--line);margin:.5rem 0 0 .2rem}.more{position:static;padding:0;box-shadow:none;"
    "background:none}}"
    "@media print{:root{--q:0 0 0;--s:0 0 0;--c:0 0 0;--v:0 0 0;--hot:transparent}"
    ".b{grid-template-columns:minmax(0,1fr) 5cm;gap:0 6mm;margin:.5em 0}"
    ".m[data-n]::before{display:inline-block}.q::before{content:'Q' attr(data-n)}.q.f::before{content:'Q' attr(data-n)}"
    ".s::before{content:'S' attr(data-n)}.c::before{content:'C' attr(data-n)}.v::before{content:'V' attr(data-n)}"
    ".notes{position:static;font-size:8pt;padding:0;border:0;margin:0}.n{break-inside:avoid;padding-right:0}"
    ".more{display:inline;position:static;padding:0;background:none;box-shadow:none}.n span,.n>.sure{display:inline}"
    ".n .bar,.more .sure{display:none}.n>.sure{margin:0}.n>span::before,.more>span::before{content:'\\a0· '}"
    "h1,h2,h3{break-after:avoid}.hint{display:none}}";

/* ---- pieces */

typedef struct writer {
  hs_buffer *out;
  const hs_doc *doc;
  char id[17];    /* of the article, for what must be called by a name of its own in the page */
  uint32_t block; /* its number, from 1 */
  struct place {
    uint32_t block, index; /* the last block that has a note of the quotation, and which one there */
  } * places;
  hs_array(uint32_t) notes; /* the quotations of the block */
  hs_arena *arena;
} writer;

static const char *class_of(hs_mark mark) {
  return mark == HS_MARK_SOURCE ? "s" : mark == HS_MARK_CUE ? "c" : mark == HS_MARK_VIA ? "v" : "q";
}

/* The number of the quotation's note in this block, from 1. */
static uint32_t note_of(writer *w, uint32_t number) {
  struct place *place = &w->places[number - 1];
  if (place->block != w->block) {
    hs_push(w->arena, w->notes, number);
    *place = (struct place){w->block, (uint32_t)w->notes.count};
  }
  return place->index;
}

static void open_piece(hs_buffer *out, const hs_piece *piece, bool begins, void *writer_) {
  writer *w = writer_;
  bool first = begins && piece->first;
  uint32_t note = note_of(w, piece->number);
  hs_buffer_printf(out, "<span class=\"m %s%s", class_of(piece->mark), first ? " f" : "");
  if (note <= TOGETHER) hs_buffer_printf(out, " x%u", note);
  hs_buffer_char(out, '"');
  if (begins) hs_buffer_printf(out, " data-n=\"%u\"", piece->number);
  if (first) hs_buffer_printf(out, " tabindex=\"0\" aria-describedby=\"n%s-%u\"", w->id, piece->number);
  hs_buffer_char(out, '>');
}

static void close_piece(hs_buffer *out, const hs_piece *piece, bool ends, const hs_piece *outer, void *writer_) {
  (void)piece, (void)ends, (void)outer, (void)writer_;
  hs_buffer_text(out, "</span>");
}

static const hs_marker marker = {HS_FORM_HTML, open_piece, close_piece};

/* ---- notes */

static void write_sure(hs_buffer *out, const char *what, double confidence) {
  hs_buffer_printf(out, "<span class=\"sure\">%s<span class=\"bar\" style=\"--p:%d\" aria-hidden=\"true\"></span>",
                   what, (int)(confidence * 100 + 0.5));
  hs_text_sure(out, confidence);
  hs_buffer_text(out, "</span>");
}

/* What the text tells of the speaker: "person, Foreign Minister; spokeswoman, Palace, on condition of anonymity" */
static void write_speaker(writer *w, const hs_actor *actor) {
  const char *institution = actor->institution; /* unless a role names it */
  hs_buffer_printf(w->out, "<span>%s", hs_actor_type_name(actor->type));
  for (size_t i = 0; i < actor->role_count; i++) {
    hs_buffer_text(w->out, i > 0 ? "; " : ", ");
    hs_text_string(w->out, actor->roles[i], HS_FORM_HTML);
    if (institution && hs_str_holds_alike(hs_str_of(actor->roles[i]), institution)) institution = NULL;
  }
  const char *const more[] = {institution, actor->closeness, actor->anonymity};
  for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
    if (!more[i]) continue;
    hs_buffer_text(w->out, ", ");
    hs_text_string(w->out, more[i], HS_FORM_HTML);
  }
  hs_buffer_text(w->out, "</span>");
}

/* What a reader sees who points at the quotation; the chain stands before it. */
static void write_more(writer *w, const hs_quotation *quotation) {
  hs_quotation rest = *quotation;
  rest.via_count = 0;
  hs_buffer_text(w->out, "<div class=\"more\">");
  if (quotation->speaker != HS_NONE) write_speaker(w, &w->doc->actors[quotation->speaker]);
  hs_buffer_text(w->out, "<span>");
  hs_quote_facts(w->out, w->doc, &rest, HS_FORM_HTML);
  hs_buffer_text(w->out, "</span>");
  write_sure(w->out, "quotation ", (double)quotation->confidence);
  if (quotation->speaker != HS_NONE) write_sure(w->out, "speaker ", (double)quotation->speaker_confidence);
  hs_buffer_text(w->out, "</div>");
}

static void write_note(writer *w, uint32_t number, bool named) {
  const hs_quotation *quotation = &w->doc->quotations[number - 1];
  uint32_t note = w->places[number - 1].index;
  hs_buffer_text(w->out, "<li class=\"n");
  if (note <= TOGETHER) hs_buffer_printf(w->out, " x%u", note);
  hs_buffer_char(w->out, '"');
  if (named) hs_buffer_printf(w->out, " id=\"n%s-%u\"", w->id, number);
  hs_buffer_printf(w->out, "><b>%u</b><bdi class=\"who\">", number);
  if (quotation->speaker == HS_NONE) hs_buffer_text(w->out, "speaker unresolved");
  else hs_text_string(w->out, w->doc->actors[quotation->speaker].name, HS_FORM_HTML);
  hs_buffer_text(w->out, "</bdi> ");
  write_sure(w->out, "", (double)hs_quotation_sure(quotation));
  if (quotation->via_count > 0) {
    hs_buffer_text(w->out, "<span>via <bdi>");
    hs_quote_via(w->out, w->doc, quotation, HS_FORM_HTML);
    hs_buffer_text(w->out, "</bdi></span>");
  }
  write_more(w, quotation);
  hs_buffer_text(w->out, "</li>\n");
}

static int number_order(const void *left, const void *right) {
  const uint32_t *a = left, *b = right;
  return (*a > *b) - (*a < *b);
}

/* Those of the block, in the order of their numbers. The one that its quotation begins beside has the name by which a
 * reader's screen reader finds it. */
static void write_notes(writer *w, hs_span block) {
  if (w->notes.count == 0) return;
  qsort(w->notes.items, w->notes.count, sizeof *w->notes.items, number_order);
  hs_buffer_text(w->out, "<ol class=\"notes\">\n");
  for (size_t i = 0; i < w->notes.count; i++) {
    uint32_t number = w->notes.items[i], start = w->doc->quotations[number - 1].contents[0].start;
    write_note(w, number, start >= block.start && start < block.end);
  }
  hs_buffer_text(w->out, "</ol>\n");
  w->notes.count = 0;
}

/* ---- the article */

static const char *element_of(const hs_article *article, hs_block_kind kind) {
  if (kind == HS_BLOCK_TITLE) return hs_article_has_title(article) ? "h1" : "h2";
  return kind == HS_BLOCK_HEADING ? "h2" : kind == HS_BLOCK_QUOTE ? "blockquote" : "p";
}

static void write_block(writer *w, const hs_block *block, hs_marking *marking) {
  const char *element = element_of(&w->doc->article, block->kind);
  w->block++;
  hs_buffer_printf(w->out, "<div class=\"b\"><%s class=\"%s\" dir=\"auto\">", element, hs_block_kind_name(block->kind));
  hs_marks_write(w->out, marking, w->doc->article.text, block->text);
  hs_buffer_printf(w->out, "</%s>\n", element);
  write_notes(w, block->text);
  hs_buffer_text(w->out, "</div>\n");
}

static void write_head(writer *w) {
  const hs_article *article = &w->doc->article;
  if (article->title && !hs_article_has_title(article)) {
    hs_buffer_text(w->out, "<h1 dir=\"auto\">");
    hs_text_string(w->out, article->title, HS_FORM_HTML);
    hs_buffer_text(w->out, "</h1>\n");
  }
  hs_buffer facts = {0};
  hs_article_facts(&facts, article, HS_FORM_HTML);
  if (facts.size > 0) hs_buffer_printf(w->out, "<p class=\"facts\" dir=\"auto\">%s</p>\n", facts.data);
  hs_buffer_free(&facts);
}

static void write_legend(hs_buffer *out) {
  hs_buffer_text(out, "<p class=\"facts legend\">In the text: ");
  for (hs_mark mark = HS_MARK_SOURCE; mark <= HS_MARK_CONTENT; mark++)
    hs_buffer_printf(out, "<span class=\"m %s\" data-n=\"\">%s</span> ", class_of(mark), hs_mark_word(mark));
  hs_buffer_text(out,
                 "<span class=\"hint\">Point at a quotation, or go to the next with the Tab key: what belongs to it "
                 "is brought out, and all that is known of it shown.</span></p>\n");
}

void hs_annotated_html(hs_buffer *out, const hs_doc *doc) {
  hs_arena *arena = hs_arena_new();
  writer w = {.out = out, .doc = doc, .arena = arena};
  hs_str parts[] = {
      hs_str_of(doc->article.id), hs_str_of(doc->article.url), {doc->article.text, doc->article.text_size}};
  hs_id_write(w.id, hs_content_id(parts, 3));
  w.places = hs_arena_alloc(arena, (doc->quotation_count + 1) * sizeof *w.places);
  hs_marked pieces = hs_marked_of(doc, arena);
  hs_marking marking = {.pieces = &pieces, .marker = &marker, .arg = &w};
  hs_buffer_text(out, "<article");
  hs_html_attribute(out, "lang", doc->article.language);
  hs_buffer_text(out, ">\n");
  write_head(&w);
  for (size_t i = 0; i < doc->article.block_count; i++) {
    const hs_block *block = &doc->article.blocks[i];
    if (block->kept && block->text.end > block->text.start) write_block(&w, block, &marking);
  }
  hs_buffer_text(out, "</article>\n");
  hs_arena_free(arena);
}

/* ---- the page around articles */

int hs_report_marks_open(const char *title, hs_write *write, void *arg, hs_error *error) {
  hs_buffer out = {0}, heading = {0}, css = {0};
  hs_text_string(&heading, title ? title : "Who said what", HS_FORM_HTML);
  hs_buffer_text(&css, rules);
  for (int i = 1; i <= TOGETHER; i++)
    hs_buffer_printf(&css, ".b:has(.x%d:is(:hover,:focus)) .x%d{--glow:var(--hot);--show:block}", i, i);
  hs_html_open(&out, &heading, css.data);
  write_legend(&out);
  hs_buffer_free(&css);
  return hs_send(&out, write, arg, error);
}

int hs_report_marks_close(hs_write *write, void *arg, hs_error *error) {
  hs_buffer out = {0};
  hs_html_close(&out);
  return hs_send(&out, write, arg, error);
}
