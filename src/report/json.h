/* Parts of a document as JSON: docs/json.md tells every field. */
#ifndef HS_REPORT_JSON_H
#define HS_REPORT_JSON_H

#include "base/buffer.h"
#include "base/utf8.h"

/* Writes parts of DOC into JSON, offsets in characters. */
typedef struct hs_doc_writer {
  const hs_doc *doc;
  hs_offsets offsets;
  hs_buffer json; /* to be handed to hs_send, or freed */
} hs_doc_writer;

/* The offsets live in ARENA. */
hs_doc_writer hs_doc_writer_of(const hs_doc *doc, hs_arena *arena);
/* The fields of the article, from "id" to "text". */
void hs_doc_write_article(hs_doc_writer *writer);
/* An element of "quotes", of "actors"; the fields of one of "blocks". */
void hs_doc_write_quote(hs_doc_writer *writer, int index);
void hs_doc_write_actor(hs_doc_writer *writer, int index);
void hs_doc_write_block_fields(hs_doc_writer *writer, int index);
/* A field whose value is a list of spans with their words. */
void hs_doc_write_spans(hs_doc_writer *writer, const char *key, const hs_span *spans, size_t count);
/* A field whose value is STRING or null. */
void hs_doc_write_field(hs_doc_writer *writer, const char *key, const char *string);

/* The document in Citron's annotation format, on one line. Errors: HS_ERROR_STOPPED. */
int hs_doc_citron(const hs_doc *doc, hs_write *write, void *arg, hs_error *error);

#endif
