/* The last step of every report: what was put together goes to the caller's function. */
#ifndef HS_REPORT_SEND_H
#define HS_REPORT_SEND_H

#include "base/buffer.h"

/* Hands all of BUFFER to WRITE and frees it. Errors: HS_ERROR_STOPPED if WRITE asked to stop. */
int hs_send(hs_buffer *buffer, hs_write *write, void *arg, hs_error *error);

#endif
