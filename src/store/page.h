/* A page as the record keeps it, packed, and taken out again. */
#ifndef HS_STORE_PAGE_H
#define HS_STORE_PAGE_H

#include "base/arena.h"
#include "base/str.h"
#include "hearsay.h"

#include <sqlite3.h>

/* What hs_page_columns reads, in its order. */
#define HS_PAGE_COLUMNS                                                                                                \
  "name, url, media, title, outlet, published, date, language, charset, captured, missing, size, body"

typedef struct hs_packed {
  hs_str body;
  size_t size; /* unpacked, as the record tells */
} hs_packed;

/* The id of PAGE: made from the caller's id, the address and the bytes. */
int64_t hs_page_id(const hs_page *page);
/* Fills OUT, but for its data, and PACKED from the columns FIRST and on of STATEMENT, copied into ARENA. */
void hs_page_columns(hs_page *out, hs_packed *packed, hs_arena *arena, sqlite3_stmt *statement, int first);
/* Unpacks the page's data into ARENA. False if it is broken. */
bool hs_page_unpack(hs_page *page, const hs_packed *packed, hs_arena *arena);

#endif
