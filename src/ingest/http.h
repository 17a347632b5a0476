/* An HTTP response as archives keep it: its header, and its body with all packing undone. */
#ifndef HS_INGEST_HTTP_H
#define HS_INGEST_HTTP_H

#include "base/buffer.h"

typedef struct hs_http {
  int status;
  hs_str type;    /* "text/html", without parameters; empty if there is none */
  hs_str charset; /* of the type's parameters; empty if there is none */
  hs_str body;
  const char *missing; /* what could not be read of the body; NULL: nothing */
} hs_http;

/* The value of the first field NAME among the lines of HEADER; empty if there is none. */
hs_str hs_http_field(hs_str header, const char *name);
/* The parameter NAME of a field's VALUE, as in `text/html; charset="utf-8"`, without its quotation marks; empty if
 * there is none. */
hs_str hs_http_parameter(hs_str value, const char *name);
/* What kind of page TYPE, "text/html", is; unknown for what is neither HTML nor plain text. */
hs_media hs_http_media(hs_str type);
/* Takes a Content-Type apart. */
void hs_http_type(hs_http *out, hs_str value);
/*
 * Reads the header of RESPONSE; body is what stands behind it, as it is there. False if it is no response of HTTP. All
 * in OUT is borrowed from RESPONSE.
 */
bool hs_http_read(hs_http *out, hs_str *header, hs_str response);
/*
 * Undoes the transfer and content encodings that HEADER tells of, into SCRATCH, which body then points into, up to one
 * byte past the limit of a page. A body that does not look as HEADER says stays as it is: many archives keep it
 * unpacked under the header that it came with.
 */
void hs_http_unpack(hs_http *http, hs_str header, hs_buffer *scratch);

#endif
