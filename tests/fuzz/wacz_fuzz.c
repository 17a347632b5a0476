/* Whatever the bytes, opened as a WACZ: each archive in it is read to its end or to an error that names it. */
#include "fuzz.h"
#include "ingest/wacz.h"

static void read_stream(hs_stream *stream, const char *path) {
  static char bytes[64 * 1024];
  hs_error error;
  ssize_t got;
  while ((got = hs_stream_read(stream, bytes, sizeof bytes, &error)) > 0) {
  }
  require(strncmp(hs_stream_name(stream), path, strlen(path)) == 0, "an archive is named by its file");
  require(got == 0 || strncmp(error.message, path, strlen(path)) == 0, "an error names the file");
  hs_stream_free(stream);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  int fd = file_of(data, size);
  char path[40];
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  hs_wacz *wacz;
  hs_error error;
  hs_stream *stream;
  size_t told = 0;
  int code = hs_wacz_open(&wacz, path, &error);
  require(!code == (wacz != NULL), "opened or not");
  if (code) require(strncmp(error.message, path, strlen(path)) == 0, "an error names the file");
  while (wacz && (code = hs_wacz_next(wacz, &stream, &error))) {
    require((code == 1) == (stream != NULL), "an archive or an error");
    require(++told <= size, "no more archives than bytes");
    if (code == 1) read_stream(stream, path);
  }
  hs_wacz_free(wacz);
  close(fd);
  return 0;
}
