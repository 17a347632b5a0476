/* WACZ (specs.webrecorder.net/wacz): a ZIP file with WARC archives in its folder archive/. */
#ifndef HS_INGEST_WACZ_H
#define HS_INGEST_WACZ_H

#include "ingest/stream.h"

typedef struct hs_wacz hs_wacz;

/* Opens the file PATH. Gives 0 or HS_ERROR_INPUT for one that is no ZIP or has no archive in it. */
int hs_wacz_open(hs_wacz **out, const char *path, hs_error *error);
/*
 * Opens the next archive in it as *OUT, the caller's to free before WACZ, which calls itself
 * "PATH/archive/data.warc.gz". Gives 1, 0 at the end, or HS_ERROR_INPUT for one that cannot be opened; the next call
 * goes on behind it.
 */
int hs_wacz_next(hs_wacz *wacz, hs_stream **out, hs_error *error);
/* What the record calls the archive that was opened last, "news.wacz/archive/data.warc.gz". Borrowed until the next. */
const char *hs_wacz_archive(const hs_wacz *wacz);
/* NULL is harmless. */
void hs_wacz_free(hs_wacz *wacz);

#endif
