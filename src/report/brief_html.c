/* The brief as one page of HTML: no script, nothing fetched, fit to print. */
#include "report/article.h"
#include "report/brief.h"
#include "report/html.h"

static const char rules[] =
    "body{max-width:44rem}b{color:var(--who)}article{margin:1.3rem 0}code{font-size:.95em}"
    "h2{font-size:1.05rem;margin:2.6rem 0 .4rem;padding-bottom:.3rem;border-bottom:1px solid var(--line)}"
    "@media print{article{break-inside:avoid}h2{break-after:avoid}}";

static void write_place(hs_buffer *out, const hs_statement *s) {
  bool link = hs_is_link(s->url);
  if (link) {
    hs_buffer_text(out, "<a rel=\"noreferrer nofollow\" href=\"");
    hs_text_string(out, s->url, HS_FORM_HTML);
    hs_buffer_text(out, "\">");
  }
  hs_text_string(out, s->title ? s->title : s->article_name, HS_FORM_HTML);
  if (link) hs_buffer_text(out, "</a>");
  if (s->title) {
    hs_buffer_text(out, ", ");
    hs_text_string(out, s->article_name, HS_FORM_HTML);
  }
  hs_buffer_printf(out, " %u–%u · <code>%.*s</code>", s->start, s->end, HS_BRIEF_ID, s->id);
}

static void write_statement(hs_buffer *out, const hs_statement *s) {
  hs_buffer_printf(out, "<article id=\"q-%s\">\n<p><b>", s->id);
  hs_brief_who(out, s, HS_FORM_HTML);
  hs_buffer_text(out, "</b>");
  hs_brief_said(out, s, HS_FORM_HTML);
  hs_buffer_text(out, "</p>\n<p class=\"facts\">");
  hs_brief_word(out, s, HS_FORM_HTML);
  hs_buffer_text(out, " · ");
  hs_text_sure(out, s->confidence);
  hs_buffer_text(out, " · ");
  hs_brief_when(out, s);
  write_place(out, s);
  hs_buffer_text(out, "</p>\n</article>\n");
}

static void write_day(hs_buffer *out, const hs_brief_day *day) {
  hs_buffer_text(out, "<section>\n<h2>");
  hs_brief_day_name(out, day);
  hs_buffer_text(out, "</h2>\n");
  for (size_t i = 0; i < day->statements.count; i++) write_statement(out, &day->statements.items[i]);
  if (day->count > day->statements.count) {
    hs_buffer_text(out, "<p class=\"facts\">");
    hs_brief_more(out, day);
    hs_buffer_text(out, "</p>\n");
  }
  hs_buffer_text(out, "</section>\n");
}

void hs_brief_html(hs_buffer *out, const hs_brief *brief) {
  hs_buffer title = {0};
  hs_brief_heading(&title, brief, HS_FORM_HTML);
  hs_html_open(out, &title, rules);
  hs_buffer_text(out, "<h1>");
  hs_brief_heading(out, brief, HS_FORM_HTML);
  hs_buffer_text(out, "</h1>\n<p class=\"facts\">");
  hs_brief_counts(out, brief);
  hs_buffer_text(out, "</p>\n");
  if (brief->quotations_before > 0) {
    hs_buffer_text(out, "<p class=\"facts\">");
    hs_brief_before(out, brief);
    hs_buffer_text(out, "</p>\n");
  }
  for (size_t i = 0; i < brief->days.count; i++) write_day(out, &brief->days.items[i]);
  hs_html_close(out);
}
