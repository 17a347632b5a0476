/* Lists of archives, as Common Crawl publishes them (warc.paths, packed or not): one path a line. */
#ifndef HS_INGEST_LIST_H
#define HS_INGEST_LIST_H

#include "ingest/lines.h"

typedef struct hs_list {
  hs_lines lines;
  hs_buffer folder, path; /* of the list, with its slash; of the archive at hand */
} hs_list;

/* Opens the list at PATH, NAME in messages. Gives 0 or HS_ERROR_INPUT. */
int hs_list_open(hs_list *list, const char *path, const char *name, hs_error *error);
/*
 * The next archive that READING may want, as *PATH, borrowed until the next call: where the list says, counted from the
 * list's own folder, or else beside the list. Gives 1, 0 at the end, or HS_ERROR_INPUT for one that is not there.
 */
int hs_list_next(hs_list *list, const hs_reading *reading, const char **path, hs_error *error);
/* Frees what LIST holds; {0} is harmless. */
void hs_list_free(hs_list *list);

#endif
