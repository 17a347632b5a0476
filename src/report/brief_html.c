/* The brief as one page of HTML: no script, nothing fetched, fit to print. */
#include "report/article.h"
#include "report/brief.h"

static const char style_sheet[] =
    ":root{color-scheme:light dark;--ink:#1c1c1a;--soft:#6a6862;--line:#dcd9d0;--paper:#fdfcf9;--who:#0b5563}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e8e6df;--soft:#a3a097;--line:#3a3833;--paper:#191816;--who:#7cc4d1}"
    "}"
    "body{max-width:44rem;margin:3rem auto;padding:0 1.25rem;background:var(--paper);color:var(--ink);"
    "font:1.05rem/1.55 Charter,Georgia,'Noto Serif',serif;overflow-wrap:anywhere}"
    "h1{font-size:1.9rem;line-height:1.2;margin:0}"
    "h2{font-size:1.05rem;margin:2.6rem 0 .4rem;padding-bottom:.3rem;border-bottom:1px solid var(--line)}"
    "article{margin:1.3rem 0}p{margin:0}b{color:var(--who)}"
    ".facts,.more{color:var(--soft);font:.82rem/1.5 system-ui,'Noto Sans',sans-serif;margin-top:.2rem}"
    "a{color:inherit}code{font-size:.95em}"
    "@media print{:root{--ink:#000;--soft:#444;--line:#999;--paper:#fff;--who:#000}body{margin:0;max-width:none;"
    "font-size:10.5pt}article{break-inside:avoid}h2{break-after:avoid}}";

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
    hs_buffer_text(out, "<p class=\"more\">");
    hs_brief_more(out, day);
    hs_buffer_text(out, "</p>\n");
  }
  hs_buffer_text(out, "</section>\n");
}

void hs_brief_html(hs_buffer *out, const hs_brief *brief) {
  hs_buffer_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                      "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
                      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
  hs_brief_heading(out, brief, HS_FORM_HTML);
  hs_buffer_printf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<h1>", style_sheet);
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
  hs_buffer_text(out, "</body>\n</html>\n");
}
