#include "report/html.h"

#include "report/text.h"

static const char shared[] =
    ":root{color-scheme:light dark;--ink:#1c1c1a;--soft:#6a6862;--line:#dcd9d0;--paper:#fdfcf9;--who:#0b5563}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e8e6df;--soft:#a3a097;--line:#3a3833;--paper:#191816;--who:#7cc4d1}"
    "}"
    "body{margin:3rem auto;padding:0 1.25rem;background:var(--paper);color:var(--ink);"
    "font:1.05rem/1.55 Charter,Georgia,'Noto Serif',serif;overflow-wrap:anywhere}"
    "h1{font-size:1.9rem;line-height:1.2;margin:0}p{margin:0}a{color:inherit}"
    ".facts{color:var(--soft);font:.82rem/1.5 system-ui,'Noto Sans',sans-serif;margin-top:.2rem}"
    "@media print{:root{color-scheme:light;--ink:#000;--soft:#444;--line:#999;--paper:#fff;--who:#000}"
    "body{margin:0;padding:0;max-width:none;font-size:10.5pt}}";

void hs_html_open(hs_buffer *out, hs_buffer *title, const char *rules) {
  hs_buffer_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                      "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
  hs_buffer_add(out, title->data ? title->data : "", title->size);
  hs_buffer_free(title);
  hs_buffer_text(out, "</title>\n<style>");
  hs_buffer_text(out, shared);
  hs_buffer_text(out, rules);
  hs_buffer_text(out, "</style>\n</head>\n<body>\n");
}

void hs_html_close(hs_buffer *out) { hs_buffer_text(out, "</body>\n</html>\n"); }

void hs_html_attribute(hs_buffer *out, const char *key, const char *value) {
  if (!value) return;
  hs_buffer_printf(out, " %s=\"", key);
  hs_text_string(out, value, HS_FORM_HTML);
  hs_buffer_char(out, '"');
}
