/* features FILE…: the blocks of HTML pages with their features, one a line: page, text, features; the first line names
 * them. train/blocks.py learns from it which blocks are the article. */
#include "extract/features.h"
#include "extract/extract.h"

#include <stdio.h>
#include <stdlib.h>

static char *read_file(const char *path, size_t *size) {
  FILE *in = fopen(path, "rb");
  if (!in) return NULL;
  fseek(in, 0, SEEK_END);
  *size = (size_t)ftell(in);
  rewind(in);
  char *data = hs_alloc(*size + 1);
  *size = fread(data, 1, *size, in);
  fclose(in);
  return data;
}

static void print_text(hs_str s) {
  for (size_t i = 0; i < s.size; i++) putchar(strchr("\t\n\r", s.data[i]) ? ' ' : s.data[i]);
}

static void print_blocks(const char *path, const hs_article *a, const float *features) {
  for (size_t i = 0; i < a->block_count; i++) {
    const hs_block *b = &a->blocks[i];
    printf("%s\t", path);
    print_text(hs_str_at(a->words, b->words));
    for (int k = 0; k < HS_BLOCK_FEATURE_COUNT; k++)
      printf("\t%g", (double)features[i * HS_BLOCK_FEATURE_COUNT + (size_t)k]);
    putchar('\n');
  }
}

int main(int count, char **paths) {
  hs_extractor *extractor = hs_extractor_new();
  printf("page\ttext");
  for (int k = 0; k < HS_BLOCK_FEATURE_COUNT; k++) printf("\t%s", hs_feature_name(k));
  putchar('\n');
  for (int i = 1; i < count; i++) {
    hs_arena *arena = hs_arena_new();
    hs_article article;
    hs_page page = {.media = HS_MEDIA_HTML};
    const float *features = NULL;
    char *data = read_file(paths[i], &page.size);
    page.data = data;
    hs_extract_seen(&article, &features, extractor, &page, arena, NULL);
    if (features) print_blocks(paths[i], &article, features);
    hs_arena_free(arena);
    free(data);
  }
  hs_extractor_free(extractor);
  return 0;
}
