#include "ingest/filter.h"

#include "base/calendar.h"
#include "ingest/address.h"

#include <stdio.h>

enum { HEAD_BYTES = 4096, TAG_BYTES = 16, STAMP_DIGITS = 14, ARCHIVE_DAYS = 2 };

/* Compares two days as far as both are told: "2031-03" is neither before nor behind "2031-03-12". */
static int compare_days(const char *a, const char *b) {
  size_t n = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
  return strncmp(a, b, n < 10 ? n : 10);
}

static bool in_days(const hs_reading *r, const char *day) {
  if (!day) return true;
  return (!r->since || compare_days(day, r->since) >= 0) && (!r->until || compare_days(day, r->until) <= 0);
}

/* Is HOST the domain DOMAIN or one below it? */
static bool is_at(hs_str host, const char *domain) {
  size_t n = strlen(domain);
  if (host.size < n || !hs_str_alike((hs_str){host.data + host.size - n, n}, domain)) return false;
  return host.size == n || host.data[host.size - n - 1] == '.';
}

static bool is_outlet(const hs_reading *r, const char *url, const char *outlet) {
  if (!r->outlet || (!url && !outlet)) return true;
  if (outlet && hs_str_alike(hs_str_of(outlet), r->outlet)) return true;
  if (url && is_at(hs_address_host(url), r->outlet)) return true;
  bool domain = strchr(r->outlet, '.') && !strchr(r->outlet, ' ');
  return !outlet && !domain; /* a name is known only when the page was read */
}

/* "de" takes "de-AT" and "de_AT"; "de-AT" takes "de". */
static bool is_language(const hs_reading *r, const char *language) {
  if (!r->language || !language) return true;
  size_t a = strcspn(r->language, "-_"), b = strcspn(language, "-_");
  for (size_t i = 0; a == b && i < a; i++)
    if (hs_small(r->language[i]) != hs_small(language[i])) return false;
  return a == b;
}

bool hs_filter_takes(const hs_reading *r, const hs_facts *facts) {
  return in_days(r, facts->day) && is_outlet(r, facts->url, facts->outlet) && is_language(r, facts->language);
}

/* Copies the value of the attribute lang of <html> in the first bytes of PAGE to OUT; false if there is none. */
static bool html_language(char out[TAG_BYTES], const hs_page *page) {
  hs_str head = {page->data, page->size < HEAD_BYTES ? page->size : HEAD_BYTES};
  for (; head.size > 6 && !hs_str_starts_alike(head, "<html"); head.data++, head.size--) {
  }
  const char *end = head.size > 6 ? memchr(head.data, '>', head.size) : NULL;
  if (!end) return false;
  head.size = (size_t)(end - head.data);
  for (; head.size > 6; head.data++, head.size--) {
    if (!strchr(" \t\r\n:", head.data[0]) || !hs_str_starts_alike((hs_str){head.data + 1, head.size - 1}, "lang="))
      continue;
    hs_str value = {head.data + 6, head.size - 6};
    if (strchr("\"'", value.data[0])) value = (hs_str){value.data + 1, value.size - 1};
    size_t n = 0;
    while (n < value.size && n < TAG_BYTES - 1 && (hs_is_letter(value.data[n]) || strchr("-_", value.data[n]))) n++;
    snprintf(out, TAG_BYTES, "%.*s", (int)n, value.data);
    return n > 0;
  }
  return false;
}

/* The day that is known before the page is read. */
static const char *day_of(const hs_capture *c) {
  return c->day ? c->day : c->page.published ? c->page.published : c->page.captured;
}

bool hs_filter_takes_page(const hs_reading *r, const hs_capture *c) {
  char tag[TAG_BYTES];
  const char *language = c->page.language;
  if (r->language && !language && html_language(tag, &c->page)) language = tag;
  hs_facts facts = {day_of(c), c->page.url, c->page.outlet, language ? language : c->language};
  return hs_filter_takes(r, &facts);
}

/* Is KIND one of the words of LIST, "index,error"? */
static bool is_rejected(const char *list, const char *kind) {
  size_t n = strlen(kind);
  for (const char *at = list; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
    if (strncmp(at, kind, n) == 0 && (at[n] == '\0' || at[n] == ',')) return true;
  return false;
}

bool hs_filter_takes_article(const hs_reading *r, const hs_capture *c, const hs_article *a) {
  if (is_rejected(r->reject, hs_page_kind_name(a->kind))) return false;
  const char *day = day_of(c);
  hs_facts facts = {day ? day : a->published, c->page.url ? c->page.url : a->url, a->outlet ? a->outlet : "",
                    a->language};
  return hs_filter_takes(r, &facts);
}

bool hs_filter_takes_archive(const hs_reading *r, const char *name) {
  size_t digits = 0;
  for (; *name && digits < STAMP_DIGITS; name++) digits = hs_is_digit(*name) ? digits + 1 : 0;
  char day[32];
  hs_date first;
  if (digits < STAMP_DIGITS) return true;
  name -= STAMP_DIGITS;
  snprintf(day, sizeof day, "%.4s-%.2s-%.2s", name, name + 4, name + 6);
  if (!hs_date_read(&first, day)) return true;
  if (r->until && compare_days(day, r->until) > 0) return false;
  hs_date last = hs_day_date(hs_day_number(first) + ARCHIVE_DAYS);
  snprintf(day, sizeof day, "%04d-%02d-%02d", last.year, last.month, last.day);
  return !r->since || compare_days(day, r->since) >= 0;
}
