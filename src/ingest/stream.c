#include "ingest/stream.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { PACKED_BYTES = 128 * 1024, MAGIC_BYTES = 4, FREE_BYTES = 16 << 20 };

typedef enum packing { PACKING_UNKNOWN, PACKING_NONE, PACKING_GZIP, PACKING_ZSTD } packing;

struct hs_stream {
  int fd;
  char *name;
  packing packing;
  bool ended;          /* nothing more comes out, be it for an error */
  bool file_ended;     /* read() gave its last */
  bool within;         /* inside a gzip member or zstd frame: an end here is an end too early */
  uint64_t taken, out; /* bytes in and out so far */
  size_t at, size;     /* what of packed is not used yet */
  z_stream gzip;
  ZSTD_DStream *zstd;
  char packed[PACKED_BYTES];
};

hs_stream *hs_stream_new(int fd, const char *name) {
  hs_stream *s = hs_calloc(1, sizeof *s);
  s->fd = fd;
  s->name = hs_alloc(strlen(name) + 1);
  strcpy(s->name, name);
  return s;
}

static const char *what_to_do(int code) {
  switch (code) {
  case ENOENT: return "no such file: check the name";
  case EACCES:
  case EPERM: return "no permission to read it: change its mode or read as another user";
  case EISDIR: return "a folder where a file was expected";
  case ENOTDIR: return "a part of the path is no folder: check the name";
  case EMFILE:
  case ENFILE: return "too many open files: raise the limit with ulimit -n";
  case ELOOP: return "a symbolic link that leads round in a circle";
  default: return strerror(code);
  }
}

int hs_stream_open(hs_stream **out, const char *path, const char *name, hs_error *error) {
  *out = NULL;
  int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return hs_fail(error, HS_ERROR_INPUT, 0, "%s: %s", name, what_to_do(errno));
  *out = hs_stream_new(fd, name);
  return HS_OK;
}

static ssize_t fail(hs_stream *s, hs_error *error, const char *why) {
  s->ended = true;
  return hs_fail(error, HS_ERROR_INPUT, 0, "%s: %s", s->name, why);
}

/* read() that goes on after a signal. */
static ssize_t take(hs_stream *s, char *data, size_t size) {
  ssize_t got;
  do got = read(s->fd, data, size);
  while (got < 0 && errno == EINTR);
  if (got > 0) s->taken += (uint64_t)got;
  if (got <= 0) s->file_ended = true;
  return got;
}

/* Makes sure that packed holds something, unless the file is at its end. Gives 0 or HS_ERROR_INPUT. */
static ssize_t refill(hs_stream *s, hs_error *error) {
  if (s->at < s->size || s->file_ended) return 0;
  ssize_t got = take(s, s->packed, sizeof s->packed);
  if (got < 0) return fail(s, error, what_to_do(errno));
  s->at = 0;
  s->size = (size_t)got;
  return 0;
}

/* Reads until the first bytes can tell how the file is packed. */
static ssize_t look(hs_stream *s, hs_error *error) {
  while (s->size < MAGIC_BYTES && !s->file_ended) {
    ssize_t got = take(s, s->packed + s->size, sizeof s->packed - s->size);
    if (got < 0) return fail(s, error, what_to_do(errno));
    s->size += (size_t)got;
  }
  s->packing = PACKING_NONE;
  if (s->size >= 2 && memcmp(s->packed, "\x1f\x8b", 2) == 0) s->packing = PACKING_GZIP;
  if (s->size >= 4 && memcmp(s->packed, "\x28\xb5\x2f\xfd", 4) == 0) s->packing = PACKING_ZSTD;
  if (s->packing == PACKING_GZIP && inflateInit2(&s->gzip, 15 + 16) != Z_OK) abort();
  if (s->packing == PACKING_ZSTD && !(s->zstd = ZSTD_createDStream())) abort();
  return 0;
}

static ssize_t read_plain(hs_stream *s, char *data, size_t size, hs_error *error) {
  if (s->at < s->size) {
    size_t n = s->size - s->at < size ? s->size - s->at : size;
    memcpy(data, s->packed + s->at, n);
    s->at += n;
    return (ssize_t)n;
  }
  ssize_t got = s->file_ended ? 0 : take(s, data, size);
  return got < 0 ? fail(s, error, what_to_do(errno)) : got;
}

static const char broken_message[] = "the packed data is broken: what stands before was read; pack the file again";

/* One step of inflate from packed to DATA. Gives the bytes made or HS_ERROR_INPUT. */
static ssize_t step_gzip(hs_stream *s, char *data, size_t size, hs_error *error) {
  s->gzip.next_in = (unsigned char *)s->packed + s->at;
  s->gzip.avail_in = (unsigned)(s->size - s->at);
  s->gzip.next_out = (unsigned char *)data;
  s->gzip.avail_out = size < 1 << 30 ? (unsigned)size : 1U << 30;
  unsigned room = s->gzip.avail_out;
  int code = inflate(&s->gzip, Z_NO_FLUSH);
  s->at = s->size - s->gzip.avail_in;
  s->within = code != Z_STREAM_END;
  if (code == Z_STREAM_END) inflateReset(&s->gzip);
  else if (code != Z_OK && code != Z_BUF_ERROR) return fail(s, error, broken_message);
  return (ssize_t)(room - s->gzip.avail_out);
}

static ssize_t step_zstd(hs_stream *s, char *data, size_t size, hs_error *error) {
  ZSTD_inBuffer in = {s->packed, s->size, s->at};
  ZSTD_outBuffer out = {data, size, 0};
  size_t code = ZSTD_decompressStream(s->zstd, &out, &in);
  s->at = in.pos;
  if (ZSTD_isError(code)) return fail(s, error, broken_message);
  s->within = code != 0;
  return (ssize_t)out.pos;
}

static ssize_t read_packed(hs_stream *s, char *data, size_t size, hs_error *error) {
  for (;;) {
    if (refill(s, error)) return HS_ERROR_INPUT;
    bool nothing_left = s->at == s->size;
    if (nothing_left && !s->within) return 0;
    ssize_t made = s->packing == PACKING_GZIP ? step_gzip(s, data, size, error) : step_zstd(s, data, size, error);
    if (made != 0) return made;
    if (nothing_left)
      return fail(s, error, "the packed data ends too early: what is there was read; copy or pack the file again");
  }
}

ssize_t hs_stream_read(hs_stream *s, char *data, size_t size, hs_error *error) {
  if (s->ended || size == 0) return 0;
  if (s->packing == PACKING_UNKNOWN && look(s, error)) return HS_ERROR_INPUT;
  ssize_t got = s->packing == PACKING_NONE ? read_plain(s, data, size, error) : read_packed(s, data, size, error);
  if (got == 0) s->ended = true;
  if (got <= 0) return got;
  s->out += (uint64_t)got;
  if (s->packing != PACKING_NONE && s->out > FREE_BYTES && s->out / HS_LIMIT_INFLATION > s->taken)
    return fail(s, error,
                "unpacks to more than 200 times its size: refused from there on; unpack it by hand if it is "
                "meant so");
  return got;
}

uint64_t hs_stream_taken(const hs_stream *s) { return s->taken; }

const char *hs_stream_name(const hs_stream *s) { return s->name; }

void hs_stream_free(hs_stream *s) {
  if (!s) return;
  if (s->packing == PACKING_GZIP) inflateEnd(&s->gzip);
  ZSTD_freeDStream(s->zstd);
  if (s->fd != STDIN_FILENO) close(s->fd);
  free(s->name);
  free(s);
}
