#include "ingest/fetch.h"

#include "base/error.h"
#include "base/limits.h"
#include "ingest/curl.h"
#include "ingest/http.h"
#include "ingest/local.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { USUAL_TIMEOUT = 60, CONNECT_TIMEOUT = 20, HEADER_BYTES = 256 * 1024, NAP_MS = 50 };

const char hs_fetch_agent[] = "hearsay";

struct hs_fetch {
  hs_curl curl;
  CURL *easy;
  const hs_reading *reading;
  int timeout;
  hs_buffer header, raw, body;
  hs_buffer redirect;
  bool too_large, header_too_large, stopped;
  char refused[INET6_ADDRSTRLEN]; /* the address that was not asked; empty: none */
  char why[CURL_ERROR_SIZE], missing[100];
};

double hs_fetch_clock(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool wants_stop(const hs_fetch *f) {
  const hs_progress unknown = {0};
  return f->reading->progress && f->reading->progress(f->reading->arg, &unknown);
}

int hs_fetch_wait(const hs_fetch *f, double seconds, hs_error *error) {
  double end = hs_fetch_clock() + seconds;
  do {
    if (wants_stop(f)) return hs_fail(error, HS_ERROR_STOPPED, 0, "stopped");
    double left = end - hs_fetch_clock();
    if (left <= 0) break;
    long nap = left * 1000 < NAP_MS ? (long)(left * 1000) + 1 : NAP_MS;
    nanosleep(&(struct timespec){.tv_nsec = nap * 1000000L}, NULL);
  } while (hs_fetch_clock() < end);
  return HS_OK;
}

/* ---- what libcurl asks us */

static size_t take_body(char *data, size_t one, size_t count, void *fetch) {
  hs_fetch *f = fetch;
  size_t size = one * count, room = HS_LIMIT_RECORD_BYTES - f->raw.size;
  hs_buffer_add(&f->raw, data, size < room ? size : room);
  f->too_large = size > room;
  return f->too_large ? 0 : size;
}

static size_t take_header(char *data, size_t one, size_t count, void *fetch) {
  hs_fetch *f = fetch;
  size_t size = one * count;
  if (hs_str_starts((hs_str){data, size}, "HTTP/")) hs_buffer_clear(&f->header);
  f->header_too_large = f->header.size + size > HEADER_BYTES;
  if (f->header_too_large) return 0;
  hs_buffer_add(&f->header, data, size);
  return size;
}

static int ask_whether_to_go_on(void *fetch, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
  (void)a, (void)b, (void)c, (void)d;
  hs_fetch *f = fetch;
  f->stopped = f->stopped || wants_stop(f);
  return f->stopped;
}

/* Opens the socket to the address that is really asked, whatever name led there. */
static curl_socket_t open_socket(void *fetch, curlsocktype purpose, struct curl_sockaddr *to) {
  (void)purpose;
  hs_fetch *f = fetch;
  if (!f->reading->allow_local && hs_local_address(&to->addr)) {
    const void *address = to->family == AF_INET ? (const void *)&((struct sockaddr_in *)&to->addr)->sin_addr
                                                : (const void *)&((struct sockaddr_in6 *)&to->addr)->sin6_addr;
    if (!inet_ntop(to->family, address, f->refused, sizeof f->refused)) f->refused[0] = '?', f->refused[1] = '\0';
    return CURL_SOCKET_BAD;
  }
  return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* ---- one request */

static void set_up(hs_fetch *f) {
  const hs_curl *c = &f->curl;
  CURL *easy = f->easy;
  c->easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  c->easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  c->easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L); /* each step is looked at as the first one is */
  c->easy_setopt(easy, CURLOPT_USERAGENT, "hearsay/" HS_VERSION);
  c->easy_setopt(easy, CURLOPT_TIMEOUT, (long)f->timeout);
  c->easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)(f->timeout < CONNECT_TIMEOUT ? f->timeout : CONNECT_TIMEOUT));
  /* What a server sends behind the length that it told would stand before its next answer. */
  c->easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
  c->easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
  c->easy_setopt(easy, CURLOPT_WRITEDATA, f);
  c->easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
  c->easy_setopt(easy, CURLOPT_HEADERDATA, f);
  c->easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  c->easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, ask_whether_to_go_on);
  c->easy_setopt(easy, CURLOPT_XFERINFODATA, f);
  c->easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  c->easy_setopt(easy, CURLOPT_OPENSOCKETDATA, f);
  c->easy_setopt(easy, CURLOPT_ERRORBUFFER, f->why);
  /* OpenSSL's own way to name whom to trust, which libcurl overrides: a house's proxy may vouch for itself. */
  const char *trusted = getenv("SSL_CERT_FILE");
  if (trusted && trusted[0]) c->easy_setopt(easy, CURLOPT_CAINFO, trusted);
  /* A proxy is a neighbour mostly, and would look names up where nobody sees what they lead to. */
  if (!f->reading->allow_local) c->easy_setopt(easy, CURLOPT_PROXY, "");
}

int hs_fetch_new(hs_fetch **out, const hs_reading *reading, hs_error *error) {
  *out = NULL;
  hs_curl curl;
  int code = hs_curl_load(&curl, error);
  if (code) return code;
  hs_fetch *f = *out = hs_calloc(1, sizeof *f);
  f->curl = curl;
  f->easy = curl.easy_init();
  if (!f->easy) abort();
  f->reading = reading;
  f->timeout = reading->timeout > 0 ? reading->timeout : USUAL_TIMEOUT;
  set_up(f);
  return HS_OK;
}

static struct curl_slist *add_field(const hs_curl *curl, struct curl_slist *fields, const char *name,
                                    const char *value) {
  hs_buffer line = {0};
  hs_buffer_printf(&line, "%s: %s", name, value);
  fields = curl->slist_append(fields, line.data);
  hs_buffer_free(&line);
  return fields;
}

static struct curl_slist *fields_of(const hs_curl *c, const hs_validators *have) {
  struct curl_slist *fields = add_field(c, NULL, "Accept-Encoding", "gzip, deflate, br");
  fields = add_field(c, fields, "Accept", "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5");
  if (have && have->etag) fields = add_field(c, fields, "If-None-Match", have->etag);
  if (have && have->last_modified) fields = add_field(c, fields, "If-Modified-Since", have->last_modified);
  return fields;
}

/* What is wrong with a secure connection, in plain words. libcurl tells it in the words of the one or the other of the
 * libraries that it uses for them, whose numbers differ. */
static const char *insecure(const hs_fetch *f, CURLcode code) {
  static const struct {
    const char *holds, *means;
  } words[] = {{"not yet valid", "the server's certificate is not valid yet"},
               {"expir", "the server's certificate has expired"},
               {"match", "the server's certificate is for another name"},
               {"certificate", "nobody known vouches for the server's certificate"}};
  for (size_t i = 0; code == CURLE_PEER_FAILED_VERIFICATION && i < sizeof words / sizeof *words; i++)
    if (strstr(f->why, words[i].holds)) return words[i].means;
  return "the server broke it off or does not offer one";
}

/* What a failure is, and what to do about it. */
static int tell(const hs_fetch *f, CURLcode code, const char *url, hs_error *error) {
  if (f->refused[0])
    return hs_fail(error, HS_ERROR_INPUT, 0,
                   "%s: leads to %s, an address of this machine or its neighbours: give --allow-local to reach it", url,
                   f->refused);
  if (f->header_too_large)
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: the header of the answer is over 256 KiB: not read", url);
  switch (code) {
  case CURLE_COULDNT_RESOLVE_HOST:
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: no such host: check the name, and whether the net is there", url);
  case CURLE_COULDNT_CONNECT:
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: the server does not answer: try again later", url);
  case CURLE_OPERATION_TIMEDOUT:
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: no answer within %d s: try again later, or give it more --timeout",
                   url, f->timeout);
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_PEER_FAILED_VERIFICATION:
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: no secure connection: %s (%s): not read", url, insecure(f, code),
                   f->why[0] ? f->why : f->curl.easy_strerror(code));
  default:
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: cannot be fetched (%s)", url,
                   f->why[0] ? f->why : f->curl.easy_strerror(code));
  }
}

/* Tells what of an answer that broke off was not had. False if nothing of it can be used. */
static bool use_part(hs_fetch *f, CURLcode code, hs_answer *out) {
  if (!f->raw.size || f->header_too_large || out->status != 200) return false;
  if (f->too_large)
    snprintf(f->missing, sizeof f->missing, "answer over %d MiB: the rest was left out", HS_LIMIT_RECORD_BYTES >> 20);
  else if (code == CURLE_OPERATION_TIMEDOUT)
    snprintf(f->missing, sizeof f->missing, "the server took over %d s: the rest was left out", f->timeout);
  else snprintf(f->missing, sizeof f->missing, "the connection ended before the page did");
  out->missing = f->missing;
  return true;
}

/* Undoes what the server packed. libcurl has joined the chunks already. */
static void unpack(hs_fetch *f, hs_answer *out) {
  hs_buffer coding = {0};
  hs_str packing = hs_http_field(out->header, "Content-Encoding");
  hs_buffer_printf(&coding, "Content-Encoding: %.*s\n", (int)packing.size, packing.data);
  hs_http http = {.body = {f->raw.data ? f->raw.data : "", f->raw.size}};
  if (packing.size) hs_http_unpack(&http, (hs_str){coding.data, coding.size}, &f->body);
  if (http.missing && !out->missing) out->missing = http.missing;
  out->body = http.body;
  if (out->body.size > HS_LIMIT_PAGE_BYTES) out->body.size = HS_LIMIT_PAGE_BYTES + 1;
  hs_buffer_free(&coding);
}

static void start(hs_fetch *f, const char *url, struct curl_slist *fields) {
  hs_buffer_clear(&f->header);
  hs_buffer_clear(&f->raw);
  hs_buffer_clear(&f->body);
  f->too_large = f->header_too_large = f->stopped = false;
  f->refused[0] = f->why[0] = '\0';
  f->curl.easy_setopt(f->easy, CURLOPT_URL, url);
  f->curl.easy_setopt(f->easy, CURLOPT_HTTPHEADER, fields);
}

int hs_fetch_get(hs_fetch *f, hs_answer *out, const char *url, const hs_validators *have, hs_error *error) {
  *out = (hs_answer){0};
  struct curl_slist *fields = fields_of(&f->curl, have);
  start(f, url, fields);
  CURLcode code = f->curl.easy_perform(f->easy);
  f->curl.easy_setopt(f->easy, CURLOPT_HTTPHEADER, NULL);
  f->curl.slist_free_all(fields);
  if (f->stopped) return hs_fail(error, HS_ERROR_STOPPED, 0, "stopped");
  long status = 0;
  char *redirect = NULL;
  f->curl.easy_getinfo(f->easy, CURLINFO_RESPONSE_CODE, &status);
  f->curl.easy_getinfo(f->easy, CURLINFO_REDIRECT_URL, &redirect);
  out->status = (int)status;
  out->header = (hs_str){f->header.data ? f->header.data : "", f->header.size};
  if (redirect) {
    hs_buffer_clear(&f->redirect);
    hs_buffer_text(&f->redirect, redirect);
    out->redirect = f->redirect.data;
  } else if (code && !use_part(f, code, out)) {
    return tell(f, code, url, error);
  }
  unpack(f, out);
  return HS_OK;
}

void hs_fetch_free(hs_fetch *f) {
  if (!f) return;
  f->curl.easy_cleanup(f->easy);
  hs_buffer_free(&f->header);
  hs_buffer_free(&f->raw);
  hs_buffer_free(&f->body);
  hs_buffer_free(&f->redirect);
  free(f);
}
