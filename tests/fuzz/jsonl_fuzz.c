/* Whatever the bytes, read as JSON Lines, packed or not: each line gives a page, an error or nothing, and it ends. */
#include "fuzz.h"
#include "ingest/lines.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hs_stream *stream = hs_stream_new(file_of(data, size), "fuzz");
  hs_lines lines = {.stream = stream};
  hs_capture *capture;
  hs_error error = {0};
  size_t told = 0;
  int code;
  while ((code = hs_lines_next(&lines, "fuzz", &capture, &error))) {
    require(code == 1 || (code == HS_ERROR_INPUT && strncmp(error.message, "fuzz", 4) == 0),
            "an error names the input");
    if (code == 1)
      require(capture->page.id && (capture->page.data || !capture->page.size), "a page has an id and bytes");
    if (code == 1) hs_capture_free(capture);
    require(++told <= lines.line + 1, "a line gives one page or error");
  }
  require(hs_stream_taken(stream) <= size, "no more is taken than there is");
  hs_lines_free(&lines);
  hs_stream_free(stream);
  return 0;
}
