#include "report/send.h"

#include "base/error.h"

int hs_send(hs_buffer *buffer, hs_write *write, void *arg, hs_error *error) {
  int stopped = buffer->size ? write(arg, buffer->data, buffer->size) : 0;
  hs_buffer_free(buffer);
  return stopped ? hs_fail(error, HS_ERROR_STOPPED, 0, "stopped: what was written was not taken") : HS_OK;
}
