/* The files that paths stand for: a file for itself, a folder for the pages in it, sorted, without following links. */
#ifndef HS_INGEST_WALK_H
#define HS_INGEST_WALK_H

#include "hearsay.h"

/* What a file holds: one page, or many in one of these forms. */
typedef enum hs_form {
  HS_FORM_PAGE,
  HS_FORM_MHTML, /* one page in a message */
  HS_FORM_LINES,
  HS_FORM_CONLLU,
  HS_FORM_WARC,
  HS_FORM_WACZ, /* a ZIP of archives */
  HS_FORM_LIST  /* paths of archives */
} hs_form;

typedef struct hs_walk hs_walk;

/* PATHS are borrowed until hs_walk_free. */
hs_walk *hs_walk_new(const char *const *paths, size_t count);
/*
 * The next file: gives 1, *PATH (valid until the next call) and *SIZE (packed; 0 for what is no regular file), or 0 at
 * the end, or HS_ERROR_INPUT for a folder that cannot be read. A path that is no folder is given without being opened;
 * "-" is given as it is.
 */
int hs_walk_next(hs_walk *walk, const char **path, uint64_t *size, hs_error *error);
void hs_walk_free(hs_walk *walk);

/* The length of NAME without folder endings of pages and packing: "a.html.gz" is 1, "a.b" is 3. */
size_t hs_walk_stem(const char *name);
/* The form that the endings of NAME tell, and the kind of a page. False if they are not known. */
bool hs_walk_known(const char *name, hs_form *form, hs_media *media);

#endif
