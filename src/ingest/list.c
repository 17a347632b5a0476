#include "ingest/list.h"

#include "base/error.h"
#include "ingest/filter.h"

#include <unistd.h>

enum { PATH_BYTES = 4000 };

int hs_list_open(hs_list *list, const char *path, const char *name, hs_error *error) {
  *list = (hs_list){0};
  if (hs_stream_open(&list->lines.stream, path, name, error)) return HS_ERROR_INPUT;
  const char *slash = strrchr(path, '/');
  if (slash) hs_buffer_add(&list->folder, path, (size_t)(slash + 1 - path));
  return HS_OK;
}

/* Makes list->path of NAME in the list's folder; gives whether there is such a file. */
static bool is_there(hs_list *list, hs_str name) {
  hs_buffer_clear(&list->path);
  if (!hs_str_starts(name, "/") && list->folder.size) hs_buffer_add(&list->path, list->folder.data, list->folder.size);
  hs_buffer_add(&list->path, name.data, name.size);
  return access(list->path.data, F_OK) == 0;
}

static hs_str base_of(hs_str path) {
  const char *slash = memrchr(path.data, '/', path.size);
  return slash ? (hs_str){slash + 1, path.size - (size_t)(slash + 1 - path.data)} : path;
}

static int find(hs_list *list, hs_str line, hs_error *error) {
  const char *name = hs_stream_name(list->lines.stream);
  if (line.size > PATH_BYTES || memchr(line.data, '\0', line.size))
    return hs_fail(error, HS_ERROR_INPUT, list->lines.line, "%s:%u: no path of an archive", name, list->lines.line);
  if (is_there(list, line) || is_there(list, base_of(line))) return 1;
  return hs_fail(error, HS_ERROR_INPUT, list->lines.line,
                 "%s:%u: %.*s: not there: put the archives beside the list, or into folders as it names them", name,
                 list->lines.line, (int)line.size, line.data);
}

int hs_list_next(hs_list *list, const hs_reading *reading, const char **path, hs_error *error) {
  hs_str line;
  int code;
  while ((code = hs_lines_line(&list->lines, &line, error)) == 1) {
    line = hs_str_trim(line);
    if (!line.size) continue;
    hs_buffer_clear(&list->path);
    hs_buffer_add(&list->path, line.data, line.size);
    if (!hs_filter_takes_archive(reading, list->path.data)) continue;
    code = find(list, line, error);
    *path = list->path.data;
    return code;
  }
  return code;
}

void hs_list_free(hs_list *list) {
  hs_stream_free(list->lines.stream);
  hs_lines_free(&list->lines);
  hs_buffer_free(&list->folder);
  hs_buffer_free(&list->path);
  *list = (hs_list){0};
}
