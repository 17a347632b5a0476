/* The record from the inside: the SQLite file behind hs_record, for the writer and for reports. */
#ifndef HS_STORE_RECORD_H
#define HS_STORE_RECORD_H

#include "base/arena.h"
#include "base/utf8.h"
#include "hearsay.h"

#include <sqlite3.h>

/* Of an id of something in an article these bits are its own; those before, five digits as shown, are the article's. */
enum { HS_OWN_BITS = 44 };

/* The id of a quotation with these spans (bytes) in the article with the id ARTICLE, as the record makes it. */
int64_t hs_quotation_id(int64_t article, const hs_offsets *text, const hs_span *contents, size_t content_count,
                        const hs_span *sources, size_t source_count);

/* The connection, for reports that ask questions of their own. Borrowed. */
sqlite3 *hs_record_database(const hs_record *record);
/* Puts together the document that ARTICLE (an article's key) was stored from: article, blocks, quotations, actors,
 * times, offsets in bytes; sentences and tokens are not kept. */
int hs_record_document(hs_doc **out, const hs_record *record, int64_t article, hs_error *error);
/* Fills OUT with the page of the article KEY as it was given to the record, in ARENA. Errors: HS_ERROR_RECORD. */
int hs_record_page(hs_page *out, hs_arena *arena, const hs_record *record, int64_t key, hs_error *error);
/* Fills ERROR from what SQLite says, with what to do. */
int hs_record_fail(const hs_record *record, hs_error *error);

#endif
