#include "ingest/walk.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
  const char *ending;
  hs_form form;
  hs_media media;
} endings[] = {{".txt", HS_FORM_PAGE, HS_MEDIA_TEXT},       {".md", HS_FORM_PAGE, HS_MEDIA_TEXT},
               {".html", HS_FORM_PAGE, HS_MEDIA_HTML},      {".htm", HS_FORM_PAGE, HS_MEDIA_HTML},
               {".jsonl", HS_FORM_LINES, HS_MEDIA_UNKNOWN}, {".conllu", HS_FORM_CONLLU, HS_MEDIA_UNKNOWN},
               {".warc", HS_FORM_WARC, HS_MEDIA_UNKNOWN},   {".wacz", HS_FORM_WACZ, HS_MEDIA_UNKNOWN},
               {".mhtml", HS_FORM_MHTML, HS_MEDIA_HTML},    {".mht", HS_FORM_MHTML, HS_MEDIA_HTML},
               {".paths", HS_FORM_LIST, HS_MEDIA_UNKNOWN}};
static const char *const packings[] = {".gz", ".zst"};

/* A folder that is being walked through: its entries, sorted, as NUL-terminated names in one buffer. */
typedef struct level {
  char **names;
  size_t count, at;
  size_t path_size; /* of the folder's own path, with the slash */
  dev_t device;
  ino_t inode;
} level;

struct hs_walk {
  const char *const *paths;
  size_t count, at;
  hs_buffer path;
  level levels[HS_LIMIT_FOLDER_DEPTH];
  size_t depth;
  bool given; /* something was given or told for the path at hand */
};

hs_walk *hs_walk_new(const char *const *paths, size_t count) {
  hs_walk *w = hs_calloc(1, sizeof *w);
  w->paths = paths;
  w->count = count;
  return w;
}

static size_t without(const char *name, size_t size, const char *ending) {
  size_t n = strlen(ending);
  return size > n && hs_str_starts_alike((hs_str){name + size - n, n}, ending) ? size - n : size;
}

bool hs_walk_known(const char *name, hs_form *form, hs_media *media) {
  size_t size = strlen(name);
  for (size_t i = 0; i < sizeof packings / sizeof *packings; i++) size = without(name, size, packings[i]);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    if (without(name, size, endings[i].ending) == size) continue;
    *form = endings[i].form;
    *media = endings[i].media;
    return true;
  }
  return false;
}

size_t hs_walk_stem(const char *name) {
  size_t size = strlen(name);
  for (size_t i = 0; i < sizeof packings / sizeof *packings; i++) size = without(name, size, packings[i]);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    size_t shorter = without(name, size, endings[i].ending);
    if (shorter < size) return shorter;
  }
  return strlen(name);
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static int fail(hs_walk *w, hs_error *error, const char *why) {
  w->given = true;
  return hs_fail(error, HS_ERROR_INPUT, 0, "%s: %s", w->path.data, why);
}

static const char *why_no_folder(int code) {
  if (code == EACCES || code == EPERM)
    return "no permission to read this folder: change its mode or read as another user";
  if (code == ENOENT) return "this folder is gone";
  return strerror(code);
}

static void read_names(level *l, DIR *folder) {
  size_t capacity = 0;
  for (struct dirent *e; (e = readdir(folder));) {
    if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
    if (l->count == capacity) {
      capacity = capacity ? capacity * 2 : 64;
      l->names = hs_realloc(l->names, capacity * sizeof *l->names);
    }
    char *name = hs_alloc(strlen(e->d_name) + 1);
    strcpy(name, e->d_name);
    l->names[l->count++] = name;
  }
  if (l->count) qsort(l->names, l->count, sizeof *l->names, by_bytes);
}

/* Goes into the folder that w->path names. Gives 0 or HS_ERROR_INPUT. */
static int enter(hs_walk *w, const struct stat *s, hs_error *error) {
  for (size_t i = 0; i < w->depth; i++)
    if (w->levels[i].device == s->st_dev && w->levels[i].inode == s->st_ino)
      return fail(w, error, "this folder stands inside itself: not entered again");
  if (w->depth == HS_LIMIT_FOLDER_DEPTH) return fail(w, error, "folders stand too deep: name this one by itself");
  DIR *folder = opendir(w->path.data);
  if (!folder) return fail(w, error, why_no_folder(errno));
  level *l = &w->levels[w->depth++];
  *l = (level){.device = s->st_dev, .inode = s->st_ino};
  read_names(l, folder);
  closedir(folder);
  if (w->path.data[w->path.size - 1] != '/') hs_buffer_char(&w->path, '/');
  l->path_size = w->path.size;
  return 0;
}

static void leave(hs_walk *w) {
  level *l = &w->levels[--w->depth];
  for (size_t i = 0; i < l->count; i++) free(l->names[i]);
  free(l->names);
}

static uint64_t size_of(const struct stat *s) { return S_ISREG(s->st_mode) ? (uint64_t)s->st_size : 0; }

/* The next entry of the innermost folder. As hs_walk_next, but HS_OK for an entry that is nothing to read. */
static int next_entry(hs_walk *w, const char **path, uint64_t *size, hs_error *error) {
  level *l = &w->levels[w->depth - 1];
  w->path.size = l->path_size;
  const char *name = l->names[l->at++];
  hs_buffer_text(&w->path, name);
  struct stat s;
  hs_form form;
  hs_media media;
  bool known = hs_walk_known(name, &form, &media) && form != HS_FORM_CONLLU && form != HS_FORM_LIST;
  if (lstat(w->path.data, &s) != 0) {
    if (!known) return 0;
    s = (struct stat){.st_mode = S_IFREG}; /* vanished or hidden: whoever opens it tells */
  }
  if (S_ISDIR(s.st_mode)) return enter(w, &s, error);
  if (!known || !S_ISREG(s.st_mode)) return 0;
  w->given = true;
  *path = w->path.data;
  *size = size_of(&s);
  return 1;
}

/* The next path of the caller's. As next_entry. */
static int next_path(hs_walk *w, const char **path, uint64_t *size, hs_error *error) {
  const char *given = w->paths[w->at++];
  hs_buffer_clear(&w->path);
  hs_buffer_text(&w->path, given);
  w->given = false;
  struct stat s = {0};
  bool there = strcmp(given, "-") != 0 && stat(given, &s) == 0;
  if (there && S_ISDIR(s.st_mode)) return enter(w, &s, error);
  w->given = true;
  *path = w->path.data;
  *size = size_of(&s);
  return 1;
}

int hs_walk_next(hs_walk *w, const char **path, uint64_t *size, hs_error *error) {
  int code = 0;
  while (!code) {
    if (!w->depth) {
      if (w->at == w->count) return 0;
      code = next_path(w, path, size, error);
      continue;
    }
    level *l = &w->levels[w->depth - 1];
    if (l->at < l->count) {
      code = next_entry(w, path, size, error);
      continue;
    }
    w->path.size = l->path_size;
    leave(w);
    if (!w->depth && !w->given) {
      w->path.data[w->path.size] = '\0';
      code = fail(w, error,
                  "no page in this folder: pages end in .txt .md .html .htm .mhtml .jsonl .warc .wacz, packed ones in "
                  ".gz .zst");
    }
  }
  return code;
}

void hs_walk_free(hs_walk *w) {
  if (!w) return;
  while (w->depth) leave(w);
  hs_buffer_free(&w->path);
  free(w);
}
