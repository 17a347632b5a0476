#include "ingest/curl.h"

#include "base/error.h"
#include "base/library.h"

int hs_curl_load(hs_curl *out, hs_error *error) {
  /* The names under which Debian and its kin have it: with one library of secure connections, or with the other. */
  static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", NULL};
  static const char *const symbols[] = {
#define X(name) "curl_" #name,
      HS_CURL_FUNCTIONS(X)
#undef X
  };
  const char *missing = hs_library_load(out, symbols, sizeof symbols / sizeof *symbols, names);
  if (missing == names[0])
    return hs_fail(error, HS_ERROR_INPUT, 0,
                   "addresses of the web are read by libcurl, which is not installed (%s): install it, or save the "
                   "page and give the file",
                   missing);
  if (missing)
    return hs_fail(error, HS_ERROR_INPUT, 0,
                   "addresses of the web are read by libcurl, and the one installed is too old (it has no %s)",
                   missing);
  return HS_OK;
}
