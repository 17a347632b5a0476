/* The brief as Markdown. */
#include "report/article.h"
#include "report/brief.h"

/* An address in the angle brackets of a link: what would end it is percent-encoded. */
static void add_address(hs_buffer *out, const char *url) {
  for (; *url; url++) {
    unsigned char c = (unsigned char)*url;
    if (c <= ' ' || c == 0x7F || strchr("<>\\", c)) hs_buffer_printf(out, "%%%02X", c);
    else hs_buffer_char(out, (char)c);
  }
}

static void write_place(hs_buffer *out, const hs_statement *s) {
  bool link = hs_is_link(s->url);
  if (link) hs_buffer_char(out, '[');
  hs_text_string(out, s->article_name, HS_FORM_MARKDOWN);
  if (link) {
    hs_buffer_text(out, "](<");
    add_address(out, s->url);
    hs_buffer_text(out, ">)");
  }
  hs_buffer_printf(out, " %u–%u · `%.*s`\n", s->start, s->end, HS_BRIEF_ID, s->id);
}

static void write_statement(hs_buffer *out, const hs_statement *s) {
  hs_buffer_text(out, "- **");
  hs_brief_who(out, s, HS_FORM_MARKDOWN);
  hs_buffer_text(out, "**");
  hs_brief_said(out, s, HS_FORM_MARKDOWN);
  hs_buffer_text(out, "\\\n  ");
  hs_brief_word(out, s, HS_FORM_MARKDOWN);
  hs_buffer_text(out, " · ");
  hs_text_sure(out, s->confidence);
  hs_buffer_text(out, " · ");
  hs_brief_when(out, s);
  write_place(out, s);
}

void hs_brief_markdown(hs_buffer *out, const hs_brief *brief) {
  hs_buffer_text(out, "# ");
  hs_brief_heading(out, brief, HS_FORM_MARKDOWN);
  hs_buffer_text(out, "\n\n");
  hs_brief_counts(out, brief);
  hs_buffer_text(out, "\n");
  if (brief->quotations_before > 0) {
    hs_buffer_char(out, '\n');
    hs_brief_before(out, brief);
    hs_buffer_char(out, '\n');
  }
  for (size_t i = 0; i < brief->days.count; i++) {
    const hs_brief_day *day = &brief->days.items[i];
    hs_buffer_text(out, "\n## ");
    hs_brief_day_name(out, day);
    hs_buffer_text(out, "\n\n");
    for (size_t j = 0; j < day->statements.count; j++) write_statement(out, &day->statements.items[j]);
    if (day->count == day->statements.count) continue;
    hs_buffer_char(out, '\n');
    hs_brief_more(out, day);
    hs_buffer_char(out, '\n');
  }
}
