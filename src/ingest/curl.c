#include "ingest/curl.h"

#include "base/error.h"

#include <dlfcn.h>

/* The names under which Debian and its kin have it: with one library of secure connections, or with the other. */
static void *open_library(void) {
  static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
  void *library = NULL;
  for (size_t i = 0; !library && i < sizeof names / sizeof *names; i++)
    library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  return library;
}

int hs_curl_load(hs_curl *out, hs_error *error) {
  void *library = open_library();
  if (!library)
    return hs_fail(error, HS_ERROR_INPUT, 0,
                   "addresses of the web are read by libcurl, which is not installed (libcurl.so.4): install it, or "
                   "save the page and give the file");
  const char *missing = NULL;
  /* POSIX promises that a function's address goes through a pointer to an object, and C has no word for it. */
#define X(name)                                                                                                        \
  *(void **)(void *)&out->name = dlsym(library, "curl_" #name);                                                        \
  if (!out->name) missing = "curl_" #name;
  HS_CURL_FUNCTIONS(X)
#undef X
  dlclose(library); /* it stays, by RTLD_NODELETE: to be found again costs next to nothing */
  if (missing)
    return hs_fail(error, HS_ERROR_INPUT, 0,
                   "addresses of the web are read by libcurl, and the one installed is too old (it has no %s)",
                   missing);
  return HS_OK;
}
