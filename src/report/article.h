/* What the reports of one article share. */
#ifndef HS_REPORT_ARTICLE_H
#define HS_REPORT_ARTICLE_H

#include "base/buffer.h"
#include "report/text.h"

#include <stdbool.h>

/* Adds the title (unless it stands in the text as shown) and a line of facts: outlet, byline, dates and what said so.
 */
void hs_article_head(hs_buffer *out, const hs_article *article, const hs_style *style, bool with_title);

/* Adds the line of facts: outlet, byline, dates and what said so. */
void hs_article_facts(hs_buffer *line, const hs_article *article, hs_form form);
/* Does the title stand in the text as shown? */
bool hs_article_has_title(const hs_article *article);

/* What opens a block of KIND in plain text or Markdown, and what closes it. Never NULL. */
const char *hs_block_opening(hs_block_kind kind, hs_form form);
const char *hs_block_closing(hs_block_kind kind, hs_form form);

/* Adds how sure something is in a word and the number: "sure (0.90)". */
void hs_text_sure(hs_buffer *out, double confidence);

#endif
