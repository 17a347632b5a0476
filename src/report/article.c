/* The article as a person reads it. */
#include "annotate/document.h"
#include "report/send.h"
#include "report/text.h"

typedef struct writer {
  const hs_article *article;
  const hs_style *style;
  hs_form form;
  hs_buffer out, line;
} writer;

static void add(writer *w, const char *string) { hs_text_string(&w->line, string, w->form); }

static void end_line(writer *w, int rest) {
  hs_layout layout = {hs_style_width(w->style), 0, rest, w->style->colour};
  if (w->form == HS_FORM_MARKDOWN) layout = (hs_layout){0};
  hs_text_wrap(&w->out, &w->line, &layout);
  hs_buffer_clear(&w->line);
}

static void add_fact(writer *w, const char *before, const char *fact) {
  if (!fact) return;
  if (w->line.size > 0) hs_buffer_text(&w->line, " · ");
  hs_buffer_text(&w->line, before);
  add(w, fact);
}

static void add_byline(writer *w) {
  for (size_t i = 0; i < w->article->byline_count; i++) {
    if (i == 0) add_fact(w, "by ", w->article->byline[i]);
    else {
      hs_buffer_text(&w->line, i + 1 == w->article->byline_count ? " and " : ", ");
      add(w, w->article->byline[i]);
    }
  }
}

static void write_head(writer *w) {
  const hs_article *a = w->article;
  if (a->title) {
    if (w->form == HS_FORM_MARKDOWN) hs_buffer_text(&w->line, "# ");
    else hs_buffer_char(&w->line, HS_MARK_STRONG);
    add(w, a->title);
    end_line(w, 0);
    if (w->form == HS_FORM_MARKDOWN) hs_buffer_char(&w->out, '\n');
  }
  add_fact(w, "", a->outlet);
  add_byline(w);
  add_fact(w, "published ", a->published);
  if (a->published && a->published_from) hs_buffer_printf(&w->line, " (%s)", a->published_from);
  add_fact(w, "modified ", a->modified);
  if (w->line.size > 0) end_line(w, 0);
}

static const char *block_opening(hs_block_kind kind, hs_form form) {
  switch (kind) {
  case HS_BLOCK_TITLE:
  case HS_BLOCK_HEADING: return form == HS_FORM_MARKDOWN ? "## " : "";
  case HS_BLOCK_ITEM: return "- ";
  case HS_BLOCK_QUOTE: return "> ";
  case HS_BLOCK_CAPTION: return form == HS_FORM_MARKDOWN ? "*" : "[";
  default: return "";
  }
}

static void write_block(writer *w, const hs_block *block) {
  hs_str text = hs_str_trim(hs_str_at(w->article->text, block->text));
  const char *opening = block_opening(block->kind, w->form);
  hs_buffer_text(&w->line, opening);
  hs_text_add(&w->line, text, w->form);
  if (block->kind == HS_BLOCK_CAPTION) hs_buffer_text(&w->line, w->form == HS_FORM_MARKDOWN ? "*" : "]");
  end_line(w, (int)strlen(opening));
}

/* The title stands in the head: where the text of a plain page has it too, it is not said twice. */
static bool is_shown(const writer *w, const hs_block *block) {
  if (!block->kept || block->text.start == block->text.end) return false;
  return block->kind != HS_BLOCK_TITLE || !w->article->title;
}

static void write_blocks(writer *w) {
  hs_block_kind before = HS_BLOCK_TITLE;
  for (size_t i = 0; i < w->article->block_count; i++) {
    const hs_block *block = &w->article->blocks[i];
    if (!is_shown(w, block)) continue;
    bool goes_on = block->kind == before && (before == HS_BLOCK_ITEM || before == HS_BLOCK_CELL);
    if (w->out.size > 0 && !goes_on) hs_buffer_char(&w->out, '\n');
    write_block(w, block);
    before = block->kind;
  }
}

int hs_report_article(const hs_doc *doc, const hs_style *style, hs_write *write, void *arg, hs_error *error) {
  writer w = {.article = &doc->article, .style = style};
  w.form = style->format == HS_MARKDOWN ? HS_FORM_MARKDOWN : HS_FORM_PLAIN;
  write_head(&w);
  write_blocks(&w);
  if (doc->article.status) {
    hs_buffer_text(&w.line, "Note: ");
    add(&w, doc->article.status);
    hs_buffer_char(&w.out, '\n');
    end_line(&w, 0);
  }
  hs_buffer_free(&w.line);
  return hs_send(&w.out, write, arg, error);
}
