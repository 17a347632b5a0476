/*
 * libcurl, loaded when an address of the web is read: it brings some thirty libraries with it, and every other call of
 * the program would wait for them.
 */
#ifndef HS_INGEST_CURL_H
#define HS_INGEST_CURL_H

#include "hearsay.h"

#include <curl/curl.h>

#define HS_CURL_FUNCTIONS(X)                                                                                           \
  X(easy_init)                                                                                                         \
  X(easy_setopt)                                                                                                       \
  X(easy_perform)                                                                                                      \
  X(easy_getinfo)                                                                                                      \
  X(easy_strerror)                                                                                                     \
  X(easy_cleanup)                                                                                                      \
  X(slist_append)                                                                                                      \
  X(slist_free_all)                                                                                                    \
  X(url)                                                                                                               \
  X(url_set)                                                                                                           \
  X(url_get)                                                                                                           \
  X(url_cleanup)                                                                                                       \
  X(free)                                                                                                              \
  X(getdate)

/* The functions of libcurl that are used, each by its name there without "curl_". */
typedef struct hs_curl {
#define X(name) __typeof__(curl_##name) *name;
  HS_CURL_FUNCTIONS(X)
#undef X
} hs_curl;

/* Loads the library, once in the life of the process, and finds its functions. Gives 0, or HS_ERROR_INPUT where there
 * is none. */
int hs_curl_load(hs_curl *out, hs_error *error);

#endif
