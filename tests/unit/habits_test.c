/* What is counted of an outlet's passages, what is dropped for it, and what is forgotten. */
#include "extract/habits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const char WORDS[] = "The council voted to close the old bridge on Monday, after two inspections of it.\n\n"
                            "The mayor said that nobody could wait any longer for another long report.\n\n"
                            "This paper is made by eleven people and a dog. Number 12.";

static hs_article article_of(hs_block blocks[3]) {
  uint32_t at = 0;
  for (int i = 0; i < 3; i++) {
    const char *end = strstr(WORDS + at, "\n\n");
    uint32_t stop = end ? (uint32_t)(end - WORDS) : (uint32_t)strlen(WORDS);
    blocks[i] = (hs_block){.kind = HS_BLOCK_PARAGRAPH, .kept = true, .page = {at, stop}, .words = {at, stop}};
    at = stop + 2;
  }
  return (hs_article){.outlet = "The Post", .blocks = blocks, .block_count = 3, .words = WORDS};
}

static void what_stood_in_three_pages_goes(void **state) {
  (void)state;
  hs_arena *arena = hs_arena_new();
  hs_habits *habits = hs_habits_new();
  hs_passage passages[HS_PASSAGES];
  for (uint64_t page = 1; page <= 4; page++) {
    hs_block blocks[3];
    hs_article a = article_of(blocks);
    size_t count = hs_habits_passages(&a, passages);
    assert_int_equal(count, 3);
    hs_habits_drop(habits, &a, arena);
    assert_int_equal(a.blocks[2].kept, page < 4);
    assert_int_equal(hs_habits_passages(&a, passages), 3); /* the one that went still counts */
    hs_habits_count(habits, "The Post", passages + 2, 1, page);
  }
  hs_block blocks[3];
  hs_article a = article_of(blocks);
  hs_habits_drop_again(&blocks[1].page, 1, &a, arena);
  assert_true(a.blocks[0].kept && !a.blocks[1].kept && a.blocks[2].kept);
  hs_habits_free(habits);
  hs_arena_free(arena);
}

static void what_is_rare_and_old_is_forgotten(void **state) {
  (void)state;
  hs_habits *habits = hs_habits_new();
  for (int64_t hash = 1; hash <= 1000; hash++)
    hs_habits_set(habits, "The Post", hash, (uint64_t)(hash % 4), (uint64_t)hash);
  hs_habits_set(habits, "The Post", 0, 1, 1);
  hs_habits_forget(habits, 500);
  assert_true(hs_habits_has(habits, "The Post", 0));
  for (int64_t hash = 1; hash <= 1000; hash++)
    assert_int_equal(hs_habits_has(habits, "The Post", hash), hash > 500 || hash % 4 == 3);
  assert_false(hs_habits_has(habits, "The Veldt Courier", 1000));
  hs_habits_free(habits);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_stood_in_three_pages_goes),
      cmocka_unit_test(what_is_rare_and_old_is_forgotten),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
