/*
 * A document as the rows that the record keeps of it. Made on any thread, with all that costs time: ids, offsets in
 * characters, the packed page. What is left to the one writer is to hand the values to SQLite.
 */
#ifndef HS_STORE_ROWS_H
#define HS_STORE_ROWS_H

#include "base/arena.h"
#include "base/str.h"
#include "ingest/ingest.h"

#include <sqlite3.h>

/* X(C name, table with the columns that are given, number of columns), in the order in which rows must be written */
#define HS_ROW_KINDS(X)                                                                                                \
  X(VISIT, "visit", 5)                                                                                                 \
  X(PAGE, "page", 19)                                                                                                  \
  X(ARTICLE, "article", 22)                                                                                            \
  X(ARTICLE_SEARCH, "article_search (rowid, title, text)", 3)                                                          \
  X(ACTOR, "actor", 18)                                                                                                \
  X(QUOTATION, "quotation", 27)                                                                                        \
  X(VIA, "via", 8)                                                                                                     \
  X(QUOTATION_SEARCH, "quotation_search (rowid, content, speaker, via, spoken_for)", 5)                                \
  X(PASSAGE, "passage", 7)

typedef enum hs_row_kind {
#define X(name, table, columns) HS_ROW_##name,
  HS_ROW_KINDS(X)
#undef X
      HS_ROW_KIND_COUNT
} hs_row_kind;

/*
 * A value of a row: type SQLITE_NULL, SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT, SQLITE_BLOB or, for a key, which only
 * the writer knows, one of these: the document's article, or its actor or quotation with the index INTEGER; or the
 * number of the page among those whose passages are counted.
 */
enum { HS_KEY_ARTICLE = 16, HS_KEY_ACTOR, HS_KEY_QUOTATION, HS_KEY_COUNTED };

typedef struct hs_value {
  int type;
  union {
    int64_t integer;
    double real;
    hs_str bytes;
  };
} hs_value;

typedef struct hs_insert {
  hs_row_kind kind;
  const hs_value *values; /* as many as the kind has columns */
} hs_insert;

/* What became of a document in the record. */
typedef enum hs_rows_state { HS_ROWS_ADDED, HS_ROWS_KNOWN, HS_ROWS_VISITED, HS_ROWS_REFUSED } hs_rows_state;

typedef struct hs_rows {
  hs_arena *arena; /* holds all of it */
  int64_t id;      /* of the page and of its article */
  int64_t key;     /* of the same; 0: it gets one when it is written */
  const char *name;
  bool known;           /* the page is in the record: there is nothing to write but the visit */
  hs_str url, captured; /* by which versions are told, data NULL where they are not known, */
  int64_t content;      /* and what is made from title and text, habits of the outlet included */
  hs_insert *inserts;   /* the visit, if there is one, the page, the article and what is found in it */
  size_t insert_count, actor_count, quotation_count;
  hs_rows_state state;
  const char *refusal; /* why the record refused it */
} hs_rows;

/* The number of columns of KIND. */
int hs_row_columns(hs_row_kind kind);

/* The rows of DOC, which was read from PAGE, of which ID is the id, and of VISIT (NULL: none), which brought it; points
 * into none of them. Of the visit alone if DOC is NULL. Never NULL; to be freed with hs_rows_free. */
hs_rows *hs_rows_new(int64_t id, const hs_page *page, const hs_doc *doc, const hs_visit *visit);
void hs_rows_free(hs_rows *rows);

#endif
