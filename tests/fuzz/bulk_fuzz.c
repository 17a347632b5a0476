/* Whatever the bytes, what is taken out of an object is what jansson reads there, and leaves the rest as it was. */
#include "base/utf8.h"
#include "fuzz.h"
#include "ingest/bulk.h"

#include <jansson.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hs_arena *arena = hs_arena_new();
  hs_str object = hs_utf8_repair(arena, (hs_str){(const char *)data, size}, NULL, NULL);
  hs_bulk bulk = hs_bulk_take(arena, object);
  require(hs_utf8_valid(bulk.rest) == bulk.rest.size, "the rest is UTF-8");
  json_t *whole = json_loadb(object.data, object.size, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
  json_t *rest = json_loadb(bulk.rest.data, bulk.rest.size, JSON_ALLOW_NUL, NULL);
  require(!whole || rest, "what was JSON still is");
  bool plain = bulk.key.data && !memchr(bulk.key.data, '\\', bulk.key.size);
  json_t *value = plain && whole ? json_object_getn(whole, bulk.key.data, bulk.key.size) : NULL;
  if (json_is_string(value)) {
    hs_str read = {json_string_value(value), json_string_length(value)};
    require(hs_str_equal(read, bulk.value), "the string is the one that jansson reads");
    json_string_setn(value, "", 0);
    require(json_equal(whole, rest), "the rest is the same but for the string");
  }
  json_decref(whole);
  json_decref(rest);
  hs_arena_free(arena);
  return 0;
}
