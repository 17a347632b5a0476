#include "cli/call.h"
#include "cli/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct said_list {
  cli_output *out;
  bool json;
  const char *by; /* what is counted by, or NULL */
  size_t count;
} said_list;

static void write_member(cli_output *out, const char *name, const char *value) {
  cli_output_print(out, ", \"%s\": ", name);
  cli_text_json(out, value);
}

/* The names of VIA, which " > " joins, as an array. */
static void write_via(cli_output *out, const char *via) {
  static const char joint[] = " > ";
  cli_output_print(out, ", \"via\": [");
  for (const char *name = via, *end; name; name = end ? end + strlen(joint) : NULL) {
    end = strstr(name, joint);
    char *copy = end ? strndup(name, (size_t)(end - name)) : strdup(name);
    if (!copy) abort();
    if (name != via) cli_output_print(out, ", ");
    cli_text_json(out, copy);
    free(copy);
  }
  cli_output_print(out, "]");
}

/* {"id": …, "speaker": …, …} on one line; offsets are Unicode characters. */
static void write_json(cli_output *out, const hs_said *said) {
  cli_output_print(out, "{\"id\": \"%s\"", said->id);
  write_member(out, "article", said->article);
  write_member(out, "article_name", said->article_name);
  write_member(out, "outlet", said->outlet);
  write_member(out, "title", said->title);
  write_member(out, "url", said->url);
  write_member(out, "published", said->published);
  write_member(out, "type", said->type);
  write_member(out, "speaker", said->speaker);
  write_member(out, "speaker_type", said->speaker_type);
  write_member(out, "speaks_for", said->speaks_for);
  write_via(out, said->via);
  write_member(out, "cue", said->cue);
  write_member(out, "force", said->force);
  write_member(out, "polarity", said->polarity);
  write_member(out, "source", said->source);
  write_member(out, "content", said->content);
  write_member(out, "said", said->said);
  write_member(out, "said_begin", said->said_begin);
  write_member(out, "said_until", said->said_until);
  cli_output_print(out, ", \"confidence\": %.2f, \"speaker_confidence\": %.2f", (double)said->confidence,
                   (double)said->speaker_confidence);
  cli_output_print(out, ", \"start\": %u, \"end\": %u, \"spans\": %s, \"corrections\": %s}\n", said->start_chars,
                   said->end_chars, said->spans, said->corrections);
}

enum { ID_DIGITS = 10 }; /* of an id: enough for `hearsay show` */

/* Prints lines of their own, INDENT columns in, in ANSI's colour CODE. */
__attribute__((format(printf, 4, 5))) static void write_lines(cli_output *out, int indent, const char *code,
                                                              const char *format, ...) {
  char *text;
  va_list args;
  va_start(args, format);
  if (vasprintf(&text, format, args) < 0) abort();
  va_end(args);
  if (out->style.colour) cli_output_print(out, "\033[%sm", code);
  cli_text_wrap(out, text, indent, 0);
  if (out->style.colour) cli_output_print(out, "\033[0m");
  free(text);
}

/* The day on which it began to be said, or the month or year where nothing nearer is known. */
static const char *day_said(const hs_said *said) {
  size_t size = said->said ? strlen(said->said) : 0;
  bool wide = size >= strlen("2031") && size < strlen("2031-03-04");
  return wide && strncmp(said->said, said->said_begin, size) == 0 ? said->said : said->said_begin;
}

/* Who and when; what; by what word, on whose word, how sure; and where that stands. */
static void write_text(cli_output *out, const hs_said *said) {
  const char *speaker = said->speaker ? said->speaker : said->source ? said->source : "somebody";
  const char *unresolved = said->speaker ? "" : " (speaker unresolved)";
  const char *published = !said->said_begin && said->published ? "published " : "";
  const char *day = said->said_begin ? day_said(said) : said->published ? said->published : "no date";
  double confidence = (double)said->confidence;
  const char *sure = confidence >= 0.8 ? "sure" : confidence >= 0.5 ? "likely" : "unsure";
  write_lines(out, 0, "1;36", "%s%s · %s%.10s", speaker, unresolved, published, day);
  write_lines(out, 2, "0", "%s", said->content);
  write_lines(out, 2, "2", "%s%s%s%s%s%s%s · %s (%.2f)", said->cue ? said->cue : "", said->cue ? " · " : "", said->type,
              said->speaks_for ? " · for " : "", said->speaks_for ? said->speaks_for : "", said->via ? " · via " : "",
              said->via ? said->via : "", sure, confidence);
  write_lines(out, 2, "2", "%s%s%s %u–%u · %.*s", said->outlet ? said->outlet : "", said->outlet ? ", " : "",
              said->article_name, said->start_chars, said->end_chars, ID_DIGITS, said->id);
  if (strcmp(said->corrections, "[]") != 0)
    write_lines(out, 2, "2", "judged by a person: `hearsay show` tells who and what");
}

static int write_row(void *arg, const hs_said *said) {
  said_list *list = arg;
  if (list->json) {
    write_json(list->out, said);
  } else {
    if (list->count > 0) cli_output_print(list->out, "\n");
    write_text(list->out, said);
  }
  list->count++;
  return list->out->error || cli_interrupted();
}

/* ---- how many */

/* {"by": "speaker", "name": …, …} on one line. */
static void write_count_json(cli_output *out, const char *by, const hs_said_count *count) {
  cli_output_print(out, "{\"by\": \"%s\"", by);
  write_member(out, "name", count->name);
  write_member(out, "kind", count->kind);
  cli_output_print(out, ", \"quotations\": %llu, \"articles\": %llu, \"outlets\": %llu",
                   (unsigned long long)count->quotations, (unsigned long long)count->articles,
                   (unsigned long long)count->outlets);
  write_member(out, "first_day", count->first_day);
  write_member(out, "last_day", count->last_day);
  cli_output_print(out, "}\n");
}

/* What stands where there is no name. */
static const char *nobody(const char *by) {
  return strcmp(by, "speaker") == 0 ? "unresolved" : strcmp(by, "via") == 0 ? "through nobody" : "not known";
}

static int write_count(void *arg, const hs_said_count *count) {
  enum { COLUMNS = 33 };
  said_list *list = arg;
  if (list->json) {
    write_count_json(list->out, list->by, count);
  } else {
    char quotations[32], articles[32], outlets[32], *name;
    if (list->count == 0) cli_output_print(list->out, "quotations  articles  outlets    %s\n", list->by);
    cli_output_print(list->out, "%10s%10s%9s    ", cli_text_count(count->quotations, quotations),
                     cli_text_count(count->articles, articles), cli_text_count(count->outlets, outlets));
    if (asprintf(&name, "%s%s%s%s", count->name ? count->name : nobody(list->by), count->kind ? " (" : "",
                 count->kind ? count->kind : "", count->kind ? ")" : "") < 0)
      abort();
    cli_text_wrap(list->out, name, COLUMNS, COLUMNS);
    free(name);
  }
  list->count++;
  return list->out->error || cli_interrupted();
}

/* ---- the command */

static hs_said_order order_of(const char *word) {
  static const char *const words[] = {[HS_SAID_BY_DAY] = "day",
                                      [HS_SAID_LATEST] = "latest",
                                      [HS_SAID_SUREST] = "sure",
                                      [HS_SAID_BY_SPEAKER] = "speaker",
                                      [HS_SAID_BY_OUTLET] = "outlet"};
  for (size_t i = 0; word && i < sizeof words / sizeof *words; i++)
    if (strcmp(word, words[i]) == 0) return (hs_said_order)i;
  return HS_SAID_BY_DAY;
}

static hs_said_filter filter_of(const cli_call *call) {
  return (hs_said_filter){.by = call->values[CLI_BY],
                          .spoken_for = call->values[CLI_FOR],
                          .via = call->values[CLI_VIA],
                          .about = call->values[CLI_ABOUT],
                          .since = call->values[CLI_SINCE],
                          .until = call->values[CLI_UNTIL],
                          .type = call->values[CLI_TYPE],
                          .force = call->values[CLI_CUE],
                          .speaker = call->values[CLI_SPEAKER],
                          .outlet = call->values[CLI_SAID_OUTLET],
                          .min_confidence = cli_call_share(call, CLI_MIN_CONFIDENCE),
                          .order = order_of(call->values[CLI_SORT]),
                          .limit = (size_t)cli_call_number(call, CLI_LIMIT)};
}

int cli_cmd_said(cli_call *call) {
  hs_said_filter filter = filter_of(call);
  if (filter.since && filter.until && strncmp(filter.since, filter.until, strlen(filter.until)) > 0)
    return cli_call_usage(call, "--since %s is later than --until %s: nothing can fit", filter.since, filter.until);
  if (call->values[CLI_COUNT] && call->values[CLI_SORT])
    return cli_call_usage(call, "--count has an order of its own: leave --sort out");
  hs_record *record;
  int status = cli_call_record(&record, call, HS_RECORD_READ);
  if (status) return status;
  said_list list = {.out = &call->out, .json = call->values[CLI_JSON] != NULL, .by = call->values[CLI_COUNT]};
  hs_error error;
  int code = list.by ? hs_record_count(record, &filter, list.by, write_count, &list, &error)
                     : hs_record_said(record, &filter, write_row, &list, &error);
  if (code) status = cli_failure(&error);
  else if (list.count == 0) cli_message("no quotation in %s fits", call->values[CLI_RECORD]);
  hs_record_free(record);
  return status;
}
