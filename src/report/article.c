#include "report/article.h"

#include "annotate/document.h"
#include "report/send.h"

static hs_form form_of(const hs_style *style) {
  return style->format == HS_MARKDOWN ? HS_FORM_MARKDOWN : HS_FORM_PLAIN;
}

static void write_line(hs_buffer *out, hs_buffer *line, const hs_style *style, int rest) {
  hs_layout layout = {hs_style_width(style), 0, rest, style->colour};
  if (style->format == HS_MARKDOWN) layout = (hs_layout){0};
  hs_text_wrap(out, line, &layout);
  hs_buffer_clear(line);
}

static void add_fact(hs_buffer *line, const char *before, const char *fact, hs_form form) {
  if (!fact) return;
  if (line->size > 0) hs_buffer_text(line, " · ");
  hs_buffer_text(line, before);
  hs_text_string(line, fact, form);
}

static void add_byline(hs_buffer *line, const hs_article *article, hs_form form) {
  for (size_t i = 0; i < article->byline_count; i++) {
    if (i == 0) add_fact(line, "by ", article->byline[i], form);
    else {
      hs_buffer_text(line, i + 1 == article->byline_count ? " and " : ", ");
      hs_text_string(line, article->byline[i], form);
    }
  }
}

void hs_article_facts(hs_buffer *line, const hs_article *article, hs_form form) {
  add_fact(line, "", article->outlet, form);
  add_byline(line, article, form);
  add_fact(line, "published ", article->published, form);
  if (article->published && article->published_from) hs_buffer_printf(line, " (%s)", article->published_from);
  add_fact(line, "modified ", article->modified, form);
}

void hs_article_head(hs_buffer *out, const hs_article *article, const hs_style *style, bool with_title) {
  hs_form form = form_of(style);
  hs_buffer line = {0};
  if (with_title && article->title) {
    if (form == HS_FORM_MARKDOWN) hs_buffer_text(&line, "# ");
    else hs_buffer_char(&line, HS_MARK_STRONG);
    hs_text_string(&line, article->title, form);
    write_line(out, &line, style, 0);
    if (form == HS_FORM_MARKDOWN) hs_buffer_char(out, '\n');
  }
  hs_article_facts(&line, article, form);
  if (line.size > 0) write_line(out, &line, style, 0);
  hs_buffer_free(&line);
}

const char *hs_block_opening(hs_block_kind kind, hs_form form) {
  switch (kind) {
  case HS_BLOCK_TITLE:
  case HS_BLOCK_HEADING: return form == HS_FORM_MARKDOWN ? "## " : "";
  case HS_BLOCK_ITEM: return "- ";
  case HS_BLOCK_QUOTE: return "> ";
  case HS_BLOCK_CAPTION: return form == HS_FORM_MARKDOWN ? "*" : "(";
  default: return "";
  }
}

const char *hs_block_closing(hs_block_kind kind, hs_form form) {
  if (kind != HS_BLOCK_CAPTION) return "";
  return form == HS_FORM_MARKDOWN ? "*" : ")";
}

void hs_text_sure(hs_buffer *out, double confidence) {
  hs_buffer_text(out, confidence >= 0.8 ? "sure" : confidence >= 0.5 ? "likely" : "unsure");
  int hundredths = (int)(confidence * 100 + 0.5);
  hs_buffer_printf(out, " (%d.%02d)", hundredths / 100, hundredths % 100);
}

bool hs_article_has_title(const hs_article *article) {
  for (size_t i = 0; i < article->block_count; i++) {
    const hs_block *block = &article->blocks[i];
    if (block->kind == HS_BLOCK_TITLE && block->kept && block->text.end > block->text.start) return true;
  }
  return false;
}

/* The title stands in the head: where the text of a plain page has it too, it is not said twice. */
static bool is_shown(const hs_article *article, const hs_block *block) {
  if (!block->kept || block->text.start == block->text.end) return false;
  return block->kind != HS_BLOCK_TITLE || !article->title;
}

static void write_blocks(hs_buffer *out, const hs_article *article, const hs_style *style) {
  hs_form form = form_of(style);
  hs_block_kind before = HS_BLOCK_TITLE;
  hs_buffer line = {0};
  for (size_t i = 0; i < article->block_count; i++) {
    const hs_block *block = &article->blocks[i];
    if (!is_shown(article, block)) continue;
    bool goes_on = block->kind == before && (before == HS_BLOCK_ITEM || before == HS_BLOCK_CELL);
    if (out->size > 0 && !goes_on) hs_buffer_char(out, '\n');
    const char *opening = hs_block_opening(block->kind, form);
    hs_buffer_text(&line, opening);
    hs_text_add(&line, hs_str_trim(hs_str_at(article->text, block->text)), form);
    hs_buffer_text(&line, hs_block_closing(block->kind, form));
    write_line(out, &line, style, (int)strlen(opening));
    before = block->kind;
  }
  hs_buffer_free(&line);
}

int hs_report_article(const hs_doc *doc, const hs_style *style, hs_write *write, void *arg, hs_error *error) {
  hs_buffer out = {0}, line = {0};
  hs_article_head(&out, &doc->article, style, true);
  write_blocks(&out, &doc->article, style);
  if (doc->article.status) {
    hs_buffer_text(&line, "Note: ");
    hs_text_string(&line, doc->article.status, form_of(style));
    hs_buffer_char(&out, '\n');
    write_line(&out, &line, style, 0);
    hs_buffer_free(&line);
  }
  return hs_send(&out, write, arg, error);
}
