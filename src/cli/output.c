#include "cli/output.h"

#include "cli/message.h"
#include "cli/terminal.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(const cli_output *out, const char *what, int number) {
  cli_message("cannot %s %s: %s", what, out->path ? out->path : "standard output", strerror(number));
  return CLI_EXIT_UNUSABLE;
}

/* The permissions that a new file gets, or those of the file that is replaced. */
static mode_t mode_of(const char *path) {
  struct stat status;
  if (stat(path, &status) == 0) return status.st_mode & 07777;
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

static int open_temporary(cli_output *out) {
  if (asprintf(&out->temporary, "%s.XXXXXX", out->path) < 0) abort();
  int descriptor = mkstemp(out->temporary);
  out->file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
  if (!out->file) return errno;
  (void)fchmod(descriptor, mode_of(out->path)); /* a file system without modes is no hindrance */
  return 0;
}

static int open_path(cli_output *out, const char *path) {
  struct stat status;
  char *real = realpath(path, NULL); /* a symbolic link stays, what it points at is replaced */
  out->path = real ? real : strdup(path);
  if (!out->path) abort();
  if (stat(out->path, &status) != 0 || S_ISREG(status.st_mode)) return open_temporary(out);
  out->file = fopen(out->path, "w");
  return out->file ? 0 : errno;
}

int cli_output_open(cli_output *out, const char *path) {
  *out = (cli_output){.file = stdout};
  if (path && strcmp(path, "-") != 0) {
    int number = open_path(out, path);
    if (number) return fail(out, "write", number);
  }
  int descriptor = fileno(out->file);
  out->terminal = isatty(descriptor);
  out->style = (hs_style){.width = cli_terminal_width(descriptor), .colour = cli_terminal_colour(descriptor)};
  if (!out->terminal) setvbuf(out->file, NULL, _IOFBF, 1 << 16);
  return 0;
}

int cli_output_write(void *arg, const char *data, size_t size) {
  cli_output *out = arg;
  if (fwrite(data, 1, size, out->file) != size && !out->error) out->error = errno;
  return out->error || cli_interrupted();
}

int cli_output_print(cli_output *out, const char *format, ...) {
  va_list args;
  va_start(args, format);
  if (vfprintf(out->file, format, args) < 0 && !out->error) out->error = errno;
  va_end(args);
  return out->error || cli_interrupted();
}

/* Brings all that was written to where it goes. */
static int flush(cli_output *out) {
  if (fflush(out->file) != 0 && !out->error) out->error = errno;
  if (out->temporary && fsync(fileno(out->file)) != 0 && !out->error) out->error = errno;
  if (out->file != stdout && fclose(out->file) != 0 && !out->error) out->error = errno;
  return out->error;
}

int cli_output_close(cli_output *out, int status) {
  if (out->file && flush(out)) status = fail(out, "write", out->error);
  bool whole = status == CLI_EXIT_DONE || status == CLI_EXIT_SOME_FAILED;
  if (out->file && out->temporary) {
    if (whole && rename(out->temporary, out->path) != 0) {
      status = fail(out, "replace", errno);
      whole = false;
    }
    if (!whole) unlink(out->temporary);
  }
  free(out->temporary);
  free(out->path);
  return status;
}
