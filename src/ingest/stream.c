#include "ingest/stream.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum {
  PACKED_BYTES = 1 << 20,
  MEMBER_BYTES = 512 * 1024,  /* of a gzip member that is unpacked at once, the most that is waited for */
  PLAIN_BYTES = 4 << 20,      /* that such a member may unpack to */
  KEPT_BYTES = 64 * 1024,     /* of what was used, to go back into */
  MAGIC_BYTES = 8,            /* of gzip's and zstd's marks the longest, with the size of a dictionary */
  FREE_BYTES = 16 << 20,      /* may come out of however little */
  BACK_BYTES = 64 << 20,      /* that may be read again for nothing */
  DICTIONARY_BYTES = 16 << 20 /* of a dictionary for zstd, the most */
};

static const char gzip_mark[] = "\x1f\x8b\x08", zstd_mark[] = "\x28\xb5\x2f\xfd";
/* A frame to be skipped, that holds the dictionary of the frames behind it, as .warc.zst has it. */
static const char dictionary_mark[] = "\x5d\x2a\x4d\x18";

typedef enum packing { PACKING_UNKNOWN, PACKING_NONE, PACKING_GZIP, PACKING_ZSTD } packing;

struct hs_stream {
  int fd; /* -1: there is a source instead */
  hs_source source;
  const char *why; /* the file could not be read on; NULL if it could */
  char *name;
  packing packing;
  bool ended;          /* nothing more comes out, be it for an error */
  bool file_ended;     /* read() gave its last */
  bool within;         /* inside a gzip member or zstd frame: an end here is an end too early */
  bool broken;         /* told by the next step: what came out before is good */
  uint64_t taken, out; /* bytes in and out so far */
  uint64_t counted;    /* bytes in that stand for no bytes out */
  uint64_t member;     /* the place in the file of the member or frame being read */
  uint64_t member_out; /* bytes that came out of it */
  uint64_t back;       /* bytes read again */
  size_t at, size;     /* what of packed is not used yet */
  z_stream gzip;
  struct libdeflate_decompressor *deflate; /* of members that are here as a whole, which is much faster */
  ZSTD_DStream *zstd;
  char *packed;                /* KEPT_BYTES + PACKED_BYTES */
  char *plain;                 /* PLAIN_BYTES: a gzip member that was unpacked at once, */
  size_t plain_at, plain_size; /* and what of it was not handed out yet */
};

hs_stream *hs_stream_new(int fd, const char *name) {
  hs_stream *s = hs_calloc(1, sizeof *s);
  s->fd = fd;
  s->packed = hs_alloc(KEPT_BYTES + PACKED_BYTES);
  s->name = hs_alloc(strlen(name) + 1);
  strcpy(s->name, name);
  return s;
}

hs_stream *hs_stream_of(hs_source source, const char *name) {
  hs_stream *s = hs_stream_new(-1, name);
  s->source = source;
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
  do got = s->source.read ? s->source.read(s->source.arg, data, size, &s->why) : read(s->fd, data, size);
  while (got < 0 && !s->source.read && errno == EINTR);
  if (got < 0 && !s->source.read) s->why = what_to_do(errno);
  if (got >= 0) s->why = NULL; /* a source tells it beforehand */
  if (got > 0) s->taken += (uint64_t)got;
  if (got <= 0) s->file_ended = true;
  return got;
}

uint64_t hs_stream_place(const hs_stream *s) { return s->taken - (s->size - s->at); }

/* Makes sure that packed holds NEED bytes that are not used yet, unless the file ends or breaks off before. */
static void refill(hs_stream *s, size_t need) {
  while (s->size - s->at < need && !s->file_ended) {
    size_t drop = s->at > KEPT_BYTES ? s->at - KEPT_BYTES : 0;
    memmove(s->packed, s->packed + drop, s->size - drop);
    s->at -= drop;
    s->size -= drop;
    ssize_t got = take(s, s->packed + s->size, KEPT_BYTES + PACKED_BYTES - s->size);
    if (got > 0) s->size += (size_t)got;
  }
}

static bool stands(const hs_stream *s, size_t at, const char *mark) {
  size_t n = strlen(mark);
  return s->size - at >= n && memcmp(s->packed + at, mark, n) == 0;
}

/* Unpacks the dictionary DATA, packed itself, and gives it to the decoder. False if it is broken or too large. */
static bool load_packed(hs_stream *s, const char *data, size_t size) {
  char *plain = hs_alloc(DICTIONARY_BYTES);
  size_t got = ZSTD_decompress(plain, DICTIONARY_BYTES, data, size);
  bool good = !ZSTD_isError(got) && !ZSTD_isError(ZSTD_DCtx_loadDictionary(s->zstd, plain, got));
  free(plain);
  return good;
}

/* Reads the dictionary that the file begins with. Gives 0 or HS_ERROR_INPUT. */
static ssize_t load_dictionary(hs_stream *s, hs_error *error) {
  size_t size = 0, have = 0;
  for (int i = 0; i < 4; i++) size |= (size_t)(unsigned char)s->packed[s->at + 4 + (size_t)i] << 8 * i;
  s->at += 8;
  if (size > DICTIONARY_BYTES) return fail(s, error, "its dictionary is over 16 MiB: unpack it by hand");
  char *data = hs_alloc(size + 1);
  for (refill(s, 1); have < size && s->at < s->size; refill(s, 1)) {
    size_t n = s->size - s->at < size - have ? s->size - s->at : size - have;
    memcpy(data + have, s->packed + s->at, n);
    s->at += n;
    have += n;
  }
  bool packed = have > 4 && memcmp(data, zstd_mark, 4) == 0;
  bool good = have == size &&
              (packed ? load_packed(s, data, size) : !ZSTD_isError(ZSTD_DCtx_loadDictionary(s->zstd, data, size)));
  free(data);
  return good ? 0 : fail(s, error, "its dictionary is broken: copy the file again");
}

/* Reads until the first bytes can tell how the file is packed. */
static ssize_t look(hs_stream *s, hs_error *error) {
  refill(s, MAGIC_BYTES);
  bool dictionary = s->size >= MAGIC_BYTES && stands(s, 0, dictionary_mark);
  s->packing = PACKING_NONE;
  if (s->size >= 2 && memcmp(s->packed, gzip_mark, 2) == 0) s->packing = PACKING_GZIP;
  if (stands(s, 0, zstd_mark) || dictionary) s->packing = PACKING_ZSTD;
  if (s->packing == PACKING_GZIP) {
    if (inflateInit2(&s->gzip, 15 + 16) != Z_OK || !(s->deflate = libdeflate_alloc_decompressor())) abort();
    s->plain = hs_alloc(PLAIN_BYTES);
  }
  if (s->packing == PACKING_ZSTD && !(s->zstd = ZSTD_createDStream())) abort();
  return dictionary ? load_dictionary(s, error) : 0;
}

static ssize_t read_plain(hs_stream *s, char *data, size_t size, hs_error *error) {
  if (s->at < s->size) {
    size_t n = s->size - s->at < size ? s->size - s->at : size;
    memcpy(data, s->packed + s->at, n);
    s->at += n;
    return (ssize_t)n;
  }
  ssize_t got = s->file_ended ? 0 : take(s, data, size);
  return s->why ? fail(s, error, s->why) : got;
}

static const char broken_message[] = "the packed data is broken: what stands before was read; pack the file again";

/* Unpacks the gzip member that begins here, if packed holds all of it and it is whole; else it is left to inflate. */
static bool unpack_member(hs_stream *s) {
  size_t used;
  refill(s, MEMBER_BYTES);
  if (libdeflate_gzip_decompress_ex(s->deflate, s->packed + s->at, s->size - s->at, s->plain, PLAIN_BYTES, &used,
                                    &s->plain_size))
    s->plain_size = used = 0;
  s->at += used;
  s->plain_at = 0;
  return used > 0;
}

static ssize_t hand_out(hs_stream *s, char *data, size_t size) {
  size_t n = s->plain_size - s->plain_at < size ? s->plain_size - s->plain_at : size;
  memcpy(data, s->plain + s->plain_at, n);
  s->plain_at += n;
  return (ssize_t)n;
}

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
  size_t made = room - s->gzip.avail_out;
  if (code == Z_STREAM_END) inflateReset(&s->gzip);
  else s->broken = code != Z_OK && code != Z_BUF_ERROR;
  return s->broken && !made ? fail(s, error, broken_message) : (ssize_t)made;
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
    if (s->plain_at < s->plain_size) return hand_out(s, data, size);
    if (s->broken) return fail(s, error, broken_message);
    refill(s, 1);
    bool nothing_left = s->at == s->size;
    if (nothing_left && s->why) return fail(s, error, s->why);
    if (nothing_left && !s->within) return 0;
    if (!s->within) s->member = hs_stream_place(s), s->member_out = 0;
    if (!s->within && s->packing == PACKING_GZIP && unpack_member(s)) continue;
    ssize_t made = s->packing == PACKING_GZIP ? step_gzip(s, data, size, error) : step_zstd(s, data, size, error);
    if (made != 0) return made;
    if (nothing_left)
      return fail(s, error, "the packed data ends too early: what is there was read; copy or pack the file again");
  }
}

const char hs_stream_bomb[] =
    "unpacks to more than 200 times its size: refused from there on; unpack it by hand if it is meant so";

bool hs_stream_is_bomb(uint64_t out, uint64_t in) { return out > FREE_BYTES && out / HS_LIMIT_INFLATION > in; }

ssize_t hs_stream_read(hs_stream *s, char *data, size_t size, hs_error *error) {
  if (s->ended || size == 0) return 0;
  if (s->packing == PACKING_UNKNOWN && look(s, error)) return HS_ERROR_INPUT;
  ssize_t got = s->packing == PACKING_NONE ? read_plain(s, data, size, error) : read_packed(s, data, size, error);
  if (got == 0) s->ended = true;
  if (got <= 0) return got;
  s->out += (uint64_t)got;
  s->member_out += (uint64_t)got;
  if (s->packing != PACKING_NONE &&
      (hs_stream_is_bomb(s->out, s->taken - s->counted) || hs_stream_is_bomb(s->member_out, s->taken - s->member)))
    return fail(s, error, hs_stream_bomb);
  return got;
}

/* As if the file began at the byte that comes next. */
static void start_afresh(hs_stream *s) {
  s->ended = s->broken = s->within = false;
  s->out = s->plain_at = s->plain_size = 0;
  s->counted = s->member = hs_stream_place(s);
  if (s->packing == PACKING_GZIP) inflateReset(&s->gzip);
  else ZSTD_DCtx_reset(s->zstd, ZSTD_reset_session_only);
}

/* Goes back to behind the beginning of the member being read, as far as it is still there. */
static void go_back(hs_stream *s) {
  uint64_t behind = hs_stream_place(s) - s->member;
  if (behind == 0) {
    if (s->at < s->size) s->at++;
    return;
  }
  size_t back = behind > s->at ? s->at : (size_t)behind - 1;
  if (s->back + back > BACK_BYTES + s->taken) return;
  s->back += back;
  s->at -= back;
}

bool hs_stream_resume(hs_stream *s) {
  if (!hs_stream_packed(s)) return false;
  const char *mark = s->packing == PACKING_GZIP ? gzip_mark : zstd_mark;
  size_t n = strlen(mark);
  go_back(s);
  for (refill(s, n); s->size - s->at >= n; refill(s, n)) {
    const char *found = memchr(s->packed + s->at, mark[0], s->size - s->at);
    s->at = found ? (size_t)(found - s->packed) : s->size;
    if (stands(s, s->at, mark)) {
      start_afresh(s);
      return true;
    }
    if (s->size - s->at >= n) s->at++;
  }
  s->ended = true;
  return false;
}

bool hs_stream_seek(hs_stream *s, uint64_t place) {
  uint64_t back = hs_stream_place(s) - place;
  if (s->packing != PACKING_NONE || s->back + back > BACK_BYTES + s->taken) return false;
  if (lseek(s->fd, -(off_t)(s->taken - place), SEEK_CUR) < 0) return false;
  s->back += back;
  s->taken = place;
  s->at = s->size = 0;
  s->ended = s->file_ended = false;
  return true;
}

bool hs_stream_left(const hs_stream *s, uint64_t *left) {
  struct stat file;
  if (s->packing != PACKING_NONE || fstat(s->fd, &file) || !S_ISREG(file.st_mode)) return false;
  off_t now = lseek(s->fd, 0, SEEK_CUR);
  *left = (now >= 0 && file.st_size > now ? (uint64_t)(file.st_size - now) : 0) + (s->size - s->at);
  return now >= 0;
}

bool hs_stream_packed(const hs_stream *s) { return s->packing == PACKING_GZIP || s->packing == PACKING_ZSTD; }

uint64_t hs_stream_member(const hs_stream *s) { return s->member; }

uint64_t hs_stream_taken(const hs_stream *s) { return s->taken; }

const char *hs_stream_name(const hs_stream *s) { return s->name; }

void hs_stream_free(hs_stream *s) {
  if (!s) return;
  if (s->packing == PACKING_GZIP) inflateEnd(&s->gzip);
  libdeflate_free_decompressor(s->deflate);
  ZSTD_freeDStream(s->zstd);
  free(s->plain);
  free(s->packed);
  if (s->source.close) s->source.close(s->source.arg);
  else if (s->fd != STDIN_FILENO) close(s->fd);
  free(s->name);
  free(s);
}
