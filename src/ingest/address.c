#include "ingest/address.h"

#include "base/utf8.h"
#include "ingest/curl.h"

enum { NAME_BYTES = 80, ADDRESS_BYTES = 4096 };

bool hs_address_is_web(hs_str s) { return hs_str_starts_alike(s, "http://") || hs_str_starts_alike(s, "https://"); }

const char *hs_address_resolve(hs_arena *arena, const char *base, hs_str text) {
  text = hs_str_trim(text);
  if (!text.size || text.size > ADDRESS_BYTES || memchr(text.data, '\0', text.size)) return NULL;
  if (text.data[0] == '#') text = (hs_str){"?", 0}; /* the same page; libcurl takes it for the folder */
  const char *s = hs_arena_copy(arena, text.data, text.size), *out = NULL;
  hs_curl curl;
  if ((!base && !hs_address_is_web(text)) || hs_curl_load(&curl, NULL)) return NULL;
  CURLU *url = curl.url();
  char *whole = NULL;
  CURLUcode code = base ? curl.url_set(url, CURLUPART_URL, base, 0) : CURLUE_OK;
  if (!code && *s) code = curl.url_set(url, CURLUPART_URL, s, CURLU_DISALLOW_USER | CURLU_URLENCODE);
  if (!code) code = curl.url_set(url, CURLUPART_FRAGMENT, NULL, 0);
  if (!code) code = curl.url_get(url, CURLUPART_URL, &whole, CURLU_NO_DEFAULT_PORT);
  hs_str made = code ? (hs_str){"", 0} : hs_str_of(whole);
  if (hs_address_is_web(made) && made.size <= ADDRESS_BYTES && hs_utf8_valid(made) == made.size)
    out = hs_arena_copy(arena, made.data, made.size);
  curl.free(whole);
  curl.url_cleanup(url);
  return out;
}

hs_str hs_address_origin(const char *address) {
  const char *host = strstr(address, "://");
  host = host ? host + 3 : address;
  return (hs_str){address, (size_t)(host - address) + strcspn(host, "/?#")};
}

hs_str hs_address_host(const char *address) {
  hs_str host = hs_address_origin(address);
  const char *start = strstr(address, "://");
  if (!start) return (hs_str){"", 0};
  host = (hs_str){start + 3, host.size - (size_t)(start + 3 - address)};
  const char *user = host.size ? memrchr(host.data, '@', host.size) : NULL;
  if (user) host = (hs_str){user + 1, host.size - (size_t)(user + 1 - host.data)};
  const char *port = host.size && host.data[0] != '[' ? memchr(host.data, ':', host.size) : NULL;
  return (hs_str){host.data, port ? (size_t)(port - host.data) : host.size};
}

hs_str hs_address_bare(hs_str address) {
  const char *scheme = address.size ? memmem(address.data, address.size, "://", 3) : NULL;
  if (scheme) address = (hs_str){scheme + 3, address.size - (size_t)(scheme + 3 - address.data)};
  for (size_t i = 0; i < address.size; i++)
    if (strchr("?#", address.data[i])) address.size = i;
  return address;
}

const char *hs_address_name(hs_arena *arena, hs_str address) {
  hs_str s = hs_address_bare(address);
  while (s.size && s.data[s.size - 1] == '/') s.size--;
  const char *slash = s.size ? memrchr(s.data, '/', s.size) : NULL;
  if (slash) s = (hs_str){slash + 1, s.size - (size_t)(slash + 1 - s.data)};
  static const char *const endings[] = {".html", ".htm", ".txt"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (s.size > strlen(endings[i]) && hs_str_ends(s, endings[i])) s.size -= strlen(endings[i]);
  if (!s.size) return NULL;
  return hs_utf8_repair(arena, (hs_str){s.data, s.size < NAME_BYTES ? s.size : NAME_BYTES}, NULL, NULL).data;
}
