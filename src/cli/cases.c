#include "cli/cases.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 64 << 20 };

/* A line without its line feed. */
typedef struct line {
  size_t start, end, next; /* NEXT is where the next line starts */
  size_t number;
} line;

static int fail(hs_error *error, const char *path, size_t number, const char *format, ...) {
  char what[200];
  va_list args;
  va_start(args, format);
  vsnprintf(what, sizeof what, format, args);
  va_end(args);
  error->code = HS_ERROR_INPUT;
  error->position = number;
  if (number) snprintf(error->message, sizeof error->message, "%.150s:%zu: %s", path, number, what);
  else snprintf(error->message, sizeof error->message, "%.150s: %s", path, what);
  return HS_ERROR_INPUT;
}

/* Moves LINE, all zero before the first, to the next one; false at the end. */
static bool next_line(const cli_cases *file, line *at) {
  if (at->next >= file->size) return false;
  at->start = at->next;
  const char *end = memchr(file->text + at->start, '\n', file->size - at->start);
  at->end = end ? (size_t)(end - file->text) : file->size;
  at->next = at->end + (end != NULL);
  at->number++;
  return true;
}

static bool begins(const cli_cases *file, const line *at, const char *with) {
  size_t length = strlen(with);
  return at->end - at->start >= length && memcmp(file->text + at->start, with, length) == 0;
}

static bool is_blank(const cli_cases *file, const line *at) {
  for (size_t i = at->start; i < at->end; i++)
    if (!strchr(" \t\r", file->text[i])) return false;
  return true;
}

/* The string of LINE behind its first SKIP bytes. */
static const char *cut(const cli_cases *file, const line *at, size_t skip) {
  file->cut[at->end] = '\0';
  return file->cut + at->start + skip;
}

/* Reads `key: value` into NOW. */
static int read_key(const cli_cases *file, const line *at, cli_case *now, hs_error *error) {
  hs_page *page = &now->page;
  const struct {
    const char *key, **to;
  } keys[] = {
      {"date: ", &page->date},     {"published: ", &page->published}, {"url: ", &page->url}, {"title: ", &page->title},
      {"outlet: ", &page->outlet}, {"language: ", &page->language},   {"id: ", &page->id},   {"cue: ", &now->cue},
      {"show: ", &now->show}};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (begins(file, at, keys[i].key)) {
      *keys[i].to = cut(file, at, strlen(keys[i].key));
      return HS_OK;
    }
  const char *media = begins(file, at, "media: ") ? cut(file, at, strlen("media: ")) : "";
  if (strcmp(media, "html") == 0) page->media = HS_MEDIA_HTML;
  else if (strcmp(media, "text") != 0)
    return fail(
        error, file->path, at->number,
        "under the title stand lines `key: value` (date, published, media html or text, url, title, outlet, language, "
        "id, cue, show), then a blank line");
  return HS_OK;
}

/* Reads the keys up to the blank line. */
static int read_keys(const cli_cases *file, line *at, cli_case *now, hs_error *error) {
  while (next_line(file, at) && !is_blank(file, at)) {
    int code = read_key(file, at, now, error);
    if (code) return code;
  }
  return HS_OK;
}

/* Reads the text up to the line `--`, without the blank lines at its ends. */
static int read_text(const cli_cases *file, line *at, cli_case *now, hs_error *error) {
  size_t start = 0, end = 0;
  while (next_line(file, at) && !begins(file, at, "== ")) {
    if (begins(file, at, "--") && at->end - at->start == 2) {
      now->page.data = file->text + start;
      now->page.size = end - start;
      return HS_OK;
    }
    if (is_blank(file, at)) continue;
    if (end == 0) start = at->start;
    end = at->end;
  }
  return fail(error, file->path, now->line, "no line `--` ends the text of this case");
}

/* Reads what is expected, up to the next title, a comment behind a blank line, or the end; AT is then the next title.
 */
static bool read_expected(const cli_cases *file, line *at, cli_case *now) {
  now->expected = (hs_span){(uint32_t)at->next, (uint32_t)at->next};
  bool blank = false, inside = true, empty = true;
  while (next_line(file, at)) {
    if (begins(file, at, "== ")) return true;
    if (blank && begins(file, at, "# ")) inside = false;
    blank = is_blank(file, at);
    if (blank || !inside) continue;
    if (empty) now->expected.start = (uint32_t)at->start;
    now->expected.end = (uint32_t)at->next;
    empty = false;
  }
  return false;
}

static int read_case(cli_cases *file, line *at, bool *more, hs_error *error) {
  file->cases = realloc(file->cases, (file->count + 1) * sizeof *file->cases);
  if (!file->cases) abort();
  if (file->text[at->end - 1] == '\r')
    return fail(error, file->path, at->number,
                "this line ends in a carriage return: save the file with line feeds alone");
  cli_case *now = &file->cases[file->count++];
  *now = (cli_case){.title = cut(file, at, strlen("== ")), .line = at->number, .page = {.media = HS_MEDIA_TEXT}};
  int code = read_keys(file, at, now, error);
  if (!code) code = read_text(file, at, now, error);
  if (!code) *more = read_expected(file, at, now);
  return code;
}

static int read_cases(cli_cases *file, hs_error *error) {
  line at = {0};
  bool more = false;
  while (!more && next_line(file, &at)) {
    more = begins(file, &at, "== ");
    if (!more && !is_blank(file, &at) && !begins(file, &at, "#"))
      return fail(error, file->path, at.number, "a case begins with a line `== title`, a comment with #");
  }
  if (!more) return fail(error, file->path, 0, "no case in this file: one begins with a line `== title`");
  while (more) {
    int code = read_case(file, &at, &more, error);
    if (code) return code;
  }
  return HS_OK;
}

static int read_file(cli_cases *file, hs_error *error) {
  FILE *in = fopen(file->path, "rb");
  if (!in) return fail(error, file->path, 0, "%s", strerror(errno));
  file->text = malloc(MOST_BYTES + 1);
  if (!file->text) abort();
  file->size = fread(file->text, 1, MOST_BYTES + 1, in);
  int number = ferror(in) ? errno : 0;
  fclose(in);
  if (number) return fail(error, file->path, 0, "%s", strerror(number));
  if (file->size > MOST_BYTES) return fail(error, file->path, 0, "more than %d MiB of cases", MOST_BYTES >> 20);
  file->text = realloc(file->text, file->size + 1);
  file->cut = malloc(file->size + 1);
  if (!file->text || !file->cut) abort();
  memcpy(file->cut, file->text, file->size);
  file->cut[file->size] = '\0';
  return HS_OK;
}

/* The folder of the file says which stage its cases look at. */
static int find_stage(cli_cases *file, hs_error *error) {
  static const char *const stages[] = {"sentences", "parse", "quotations", "article", "times", "actors"};
  char *real = realpath(file->path, NULL);
  char *slash = real ? strrchr(real, '/') : NULL;
  if (slash) *slash = '\0';
  const char *folder = slash && strrchr(real, '/') ? strrchr(real, '/') + 1 : "/";
  int code = HS_ERROR_INPUT;
  for (int i = 0; i < 6; i++)
    if (strcmp(stages[i], folder) == 0) {
      file->stage = (cli_stage)i;
      code = HS_OK;
    }
  if (code)
    fail(error, file->path, 0,
         "its folder, \"%.40s\", is no stage: cases stand in sentences, parse, quotations, actors, article or times",
         folder);
  free(real);
  return code;
}

int cli_cases_read(cli_cases *out, const char *path, hs_error *error) {
  *out = (cli_cases){.path = path};
  int code = read_file(out, error);
  if (!code) code = find_stage(out, error);
  return code ? code : read_cases(out, error);
}

void cli_cases_free(cli_cases *cases) {
  free(cases->text);
  free(cases->cut);
  free(cases->cases);
}
