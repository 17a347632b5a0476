/* Whatever the bytes, read as an archive, packed or not: it ends, each record stands inside the file, and the records
 * are the same however much is read at once. */
#include "ingest/warc.h"

#include "base/hash.h"
#include "fuzz.h"

/* Hashes all pages of the file, which is read STEP bytes at once. */
static uint64_t read_all(const uint8_t *data, size_t size, size_t step, size_t *broken) {
  hs_stream *stream = hs_stream_new(file_of(data, size), "fuzz");
  hs_warc warc = {.records = {.stream = stream, .step = step}};
  hs_capture *capture;
  hs_error error = {0};
  uint64_t hash = 0;
  int code;
  *broken = 0;
  while ((code = hs_warc_next(&warc, &capture, &error))) {
    if (code == 1) {
      const hs_page *page = &capture->page;
      /* An empty page is one too: its body was packed. */
      require(page->offset < size && page->data && page->url, "a page stands in the file");
      hash = hs_hash((hs_str){page->data, page->size}, hash + page->offset);
      hash = hs_hash(hs_str_of(page->url), hash);
      hs_capture_free(capture);
    } else {
      require(code == HS_ERROR_INPUT && strncmp(error.message, "fuzz: ", 6) == 0, "an error names the input");
      require(error.position <= size, "an error stands in the file");
      require(++*broken <= size + 1, "no more is broken than there are bytes");
    }
  }
  hs_warc_free(&warc);
  hs_stream_free(stream);
  return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  size_t broken, broken_again;
  uint64_t hash = read_all(data, size, 0, &broken);
  uint64_t again = read_all(data, size, 7, &broken_again);
  bool zstd = size >= 4 && (memcmp(data, "\x28\xb5\x2f\xfd", 4) == 0 || memcmp(data + 1, "\x2a\x4d\x18", 3) == 0);
  /* What zstd gives before it finds a frame broken depends on how much it is asked for. */
  if (!zstd || !broken) require(hash == again && broken == broken_again, "the same records whatever is read at once");
  return 0;
}
