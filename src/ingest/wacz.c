#include "ingest/wacz.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/library.h"
#include "ingest/walk.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#define ZIP_FUNCTIONS(X)                                                                                               \
  X(open)                                                                                                              \
  X(discard)                                                                                                           \
  X(get_num_entries)                                                                                                   \
  X(get_name)                                                                                                          \
  X(stat_index)                                                                                                        \
  X(fopen_index)                                                                                                       \
  X(fread)                                                                                                             \
  X(fclose)                                                                                                            \
  X(strerror)                                                                                                          \
  X(error_init_with_code)                                                                                              \
  X(error_strerror)                                                                                                    \
  X(error_fini)

/* The functions of libzip that are used, each by its name there without "zip_". */
typedef struct libzip {
#define X(name) __typeof__(zip_##name) *name;
  ZIP_FUNCTIONS(X)
#undef X
} libzip;

struct hs_wacz {
  libzip lib;
  zip_t *zip;
  char *path;
  hs_buffer name; /* of the archive that was opened last: path, slash, its own */
  zip_int64_t at, count;
};

/* An archive that is being read. */
typedef struct entry {
  const hs_wacz *wacz;
  zip_file_t *file;
  uint64_t in, out; /* its size in the ZIP, and what came out of it so far */
} entry;

static bool is_archive(const char *name) {
  hs_form form;
  hs_media media;
  return name && hs_walk_known(name, &form, &media) && form == HS_FORM_WARC;
}

static int load(libzip *out, const char *path, hs_error *error) {
  static const char *const names[] = {"libzip.so.4", "libzip.so.5", NULL};
  static const char *const symbols[] = {
#define X(name) "zip_" #name,
      ZIP_FUNCTIONS(X)
#undef X
  };
  const char *missing = hs_library_load(out, symbols, sizeof symbols / sizeof *symbols, names);
  if (!missing) return HS_OK;
  return hs_fail(error, HS_ERROR_INPUT, 0,
                 "%s: WACZ files are read by libzip, which is not installed or too old (no %s): install it, or unpack "
                 "the file",
                 path, missing);
}

int hs_wacz_open(hs_wacz **out, const char *path, hs_error *error) {
  *out = NULL;
  int code;
  libzip lib;
  if (load(&lib, path, error)) return HS_ERROR_INPUT;
  zip_t *zip = lib.open(path, ZIP_RDONLY, &code);
  if (!zip) {
    zip_error_t why;
    lib.error_init_with_code(&why, code);
    hs_fail(error, HS_ERROR_INPUT, 0, "%s: no WACZ that can be read (%s): see whether it is whole", path,
            lib.error_strerror(&why));
    lib.error_fini(&why);
    return HS_ERROR_INPUT;
  }
  hs_wacz *w = hs_calloc(1, sizeof *w);
  *w = (hs_wacz){.lib = lib, .zip = zip, .path = hs_alloc(strlen(path) + 1), .count = lib.get_num_entries(zip, 0)};
  strcpy(w->path, path);
  for (zip_int64_t i = 0; i < w->count; i++) {
    if (!is_archive(lib.get_name(zip, (zip_uint64_t)i, ZIP_FL_ENC_GUESS))) continue;
    *out = w;
    return HS_OK;
  }
  hs_wacz_free(w);
  return hs_fail(error, HS_ERROR_INPUT, 0, "%s: no archive in this WACZ: it holds no .warc, .warc.gz or .warc.zst",
                 path);
}

static ssize_t read_entry(void *entry_, char *data, size_t size, const char **why) {
  entry *e = entry_;
  zip_int64_t got = e->wacz->lib.fread(e->file, data, size);
  *why = "this part of the WACZ is broken: what stands before was read; copy it again";
  if (got > 0) e->out += (uint64_t)got;
  if (!hs_stream_is_bomb(e->out, e->in)) return (ssize_t)got;
  *why = hs_stream_bomb;
  return -1;
}

static void close_entry(void *entry_) {
  entry *e = entry_;
  e->wacz->lib.fclose(e->file);
  free(e);
}

int hs_wacz_next(hs_wacz *w, hs_stream **out, hs_error *error) {
  *out = NULL;
  for (; w->at < w->count; w->at++) {
    zip_uint64_t i = (zip_uint64_t)w->at;
    const char *name = w->lib.get_name(w->zip, i, ZIP_FL_ENC_GUESS);
    if (!is_archive(name)) continue;
    w->at++;
    zip_stat_t stat;
    zip_file_t *file = w->lib.stat_index(w->zip, i, 0, &stat) ? NULL : w->lib.fopen_index(w->zip, i, 0);
    if (!file)
      return hs_fail(error, HS_ERROR_INPUT, 0, "%s/%s: cannot be unpacked (%s)", w->path, name,
                     w->lib.strerror(w->zip));
    entry *e = hs_calloc(1, sizeof *e);
    *e = (entry){.wacz = w, .file = file, .in = stat.valid & ZIP_STAT_COMP_SIZE ? stat.comp_size : 0};
    hs_buffer_clear(&w->name);
    hs_buffer_printf(&w->name, "%s/%s", w->path, name);
    *out = hs_stream_of((hs_source){read_entry, close_entry, e}, w->name.data);
    return 1;
  }
  return 0;
}

const char *hs_wacz_archive(const hs_wacz *w) {
  const char *slash = strrchr(w->path, '/');
  return w->name.data + (slash ? slash + 1 - w->path : 0);
}

void hs_wacz_free(hs_wacz *w) {
  if (!w) return;
  hs_buffer_free(&w->name);
  w->lib.discard(w->zip);
  free(w->path);
  free(w);
}
