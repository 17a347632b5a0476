/* The bytes of a file, unpacked as they come: plain, gzip or zstd, told by the first bytes and not by the name. */
#ifndef HS_INGEST_STREAM_H
#define HS_INGEST_STREAM_H

#include "hearsay.h"

#include <sys/types.h>

typedef struct hs_stream hs_stream;

/* Opens PATH ("-": standard input) for reading. NAME is what its errors call it; copied. */
int hs_stream_open(hs_stream **out, const char *path, const char *name, hs_error *error);
/* Reads FD, which becomes the stream's to close (standard input stays open). */
hs_stream *hs_stream_new(int fd, const char *name);
/*
 * At most SIZE bytes into DATA; gives how many, 0 at the end. HS_ERROR_INPUT once, where the file cannot be read on, is
 * broken or unpacks past HS_LIMIT_INFLATION; from then on it is at its end.
 */
ssize_t hs_stream_read(hs_stream *stream, char *data, size_t size, hs_error *error);
/* The bytes that have been taken from the file, packed as they are there. */
uint64_t hs_stream_taken(const hs_stream *stream);
const char *hs_stream_name(const hs_stream *stream);
void hs_stream_free(hs_stream *stream);

#endif
