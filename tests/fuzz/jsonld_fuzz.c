/* Whatever the scripts, each of which ends in a zero, read as JSON-LD: what is said is UTF-8, not empty, no longer than
 * the scripts, and the same twice. A million brackets are no harm. */
#include "base/arena.h"
#include "base/utf8.h"
#include "extract/jsonld.h"
#include "fuzz.h"

enum { AUTHORS = 32, TYPES = 64, DEEP = 1000000 };

static void check(hs_str said, hs_str again, size_t most) {
  require(hs_str_equal(said, again) && !said.data == !again.data, "the same is said twice");
  require(!said.data == !said.size && said.size <= most, "what is said is not empty, and was in the scripts");
  require(hs_utf8_valid(said) == said.size, "what is said is UTF-8");
}

static void check_all(const hs_jsonld *a, const hs_jsonld *b, size_t most) {
  const hs_str *one = &a->headline, *two = &b->headline; /* the first of the single strings; language is the last */
  for (; one <= &a->language; one++, two++) check(*one, *two, most);
  require(a->authors.count == b->authors.count && a->authors.count <= AUTHORS, "no more authors than are read");
  require(a->types.count == b->types.count && a->types.count <= TYPES, "no more types than are read");
  for (size_t i = 0; i < a->authors.count; i++) check(a->authors.items[i], b->authors.items[i], most);
  for (size_t i = 0; i < a->types.count; i++) check(a->types.items[i], b->types.items[i], most);
  require(a->closed == b->closed, "the same is said twice");
}

/* A page of brackets alone, once. */
static void check_deep(hs_arena *arena) {
  static char brackets[DEEP];
  if (brackets[0]) return;
  memset(brackets, '[', DEEP);
  require(!hs_jsonld_read(arena, &(hs_str){brackets, DEEP}, 1).headline.data, "brackets say nothing");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hs_arena *arena = hs_arena_new();
  hs_array(hs_str) scripts = {0};
  for (size_t at = 0, n; at < size; at += n + 1) {
    n = strnlen((const char *)data + at, size - at);
    hs_push(arena, scripts, ((hs_str){(const char *)data + at, n}));
  }
  hs_jsonld once = hs_jsonld_read(arena, scripts.items, scripts.count);
  hs_jsonld twice = hs_jsonld_read(arena, scripts.items, scripts.count);
  check_all(&once, &twice, size);
  check_deep(arena);
  hs_arena_free(arena);
  return 0;
}
