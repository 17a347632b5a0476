/* Whatever the bytes: their repair is valid, stays as it is when repaired again, and its offsets lead there and back.
 */
#include "base/utf8.h"
#include "fuzz.h"

static void check_steps(hs_str from, hs_str to, const hs_step *steps, size_t count) {
  require(count > 0 && steps[0].from == 0 && steps[0].to == 0, "the first step is {0, 0}");
  for (size_t i = 0; i < count; i++) {
    hs_step end = i + 1 < count ? steps[i + 1] : (hs_step){(uint32_t)from.size + 1, (uint32_t)to.size + 3};
    require(steps[i].from < end.from && steps[i].to < end.to, "steps are in order");
    size_t alike = i + 1 < count ? end.to - steps[i].to - 3 : to.size - steps[i].to;
    require(steps[i].from + alike <= from.size && steps[i].to + alike <= to.size, "steps are inside the texts");
    require(hs_str_equal((hs_str){from.data + steps[i].from, alike}, (hs_str){to.data + steps[i].to, alike}),
            "texts run alike from a step on");
  }
}

static void check_offsets(hs_arena *arena, hs_str text) {
  hs_offsets offsets = hs_offsets_of(arena, text);
  uint32_t chars = 0;
  for (size_t at = 0, size; at < text.size; at += size, chars++) {
    int32_t point = hs_utf8_at(text, at, &size);
    require(point > 0 && point <= 0x10FFFF, "a character is a code point");
    require(hs_utf8_before(text, at + size) == at, "the way back is the way forth");
    require(hs_offsets_chars(&offsets, (uint32_t)at) == chars, "bytes to characters");
    require(hs_offsets_bytes(&offsets, chars) == at, "characters to bytes");
  }
  require(offsets.count == chars, "the number of characters");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hs_arena *arena = hs_arena_new();
  hs_str bytes = {(const char *)data, size};
  hs_step *steps;
  size_t count;
  hs_str repaired = hs_utf8_repair(arena, bytes, &steps, &count);
  require(hs_utf8_valid(repaired) == repaired.size, "what was repaired is valid");
  require(hs_str_equal(hs_utf8_repair(arena, repaired, NULL, NULL), repaired), "a repair repairs nothing twice");
  if (hs_utf8_valid(bytes) == size) require(hs_str_equal(bytes, repaired), "what is valid is kept");
  check_steps(bytes, repaired, steps, count);
  check_offsets(arena, repaired);
  hs_arena_free(arena);
  return 0;
}
