#include "cli/call.h"
#include "cli/text.h"

#include <stdio.h>
#include <string.h>

typedef struct said_list {
  cli_output *out;
  bool json;
  size_t count;
} said_list;

static void write_member(cli_output *out, const char *name, const char *value) {
  cli_output_print(out, ", \"%s\": ", name);
  cli_text_json(out, value);
}

/* {"id": …, "speaker": …, …} on one line; offsets are Unicode characters. */
static void write_json(cli_output *out, const hs_said *said) {
  cli_output_print(out, "{\"id\": \"%s\"", said->id);
  write_member(out, "type", said->type);
  write_member(out, "speaker", said->speaker);
  write_member(out, "speaker_type", said->speaker_type);
  cli_output_print(out, ", \"speaker_confidence\": %.2f", (double)said->speaker_confidence);
  write_member(out, "content", said->content);
  write_member(out, "source", said->source);
  write_member(out, "cue", said->cue);
  write_member(out, "via", said->via);
  write_member(out, "said", said->said);
  write_member(out, "said_begin", said->said_begin);
  write_member(out, "said_until", said->said_until);
  cli_output_print(out, ", \"confidence\": %.2f", (double)said->confidence);
  write_member(out, "article", said->article);
  write_member(out, "article_name", said->article_name);
  write_member(out, "title", said->title);
  write_member(out, "outlet", said->outlet);
  write_member(out, "url", said->url);
  write_member(out, "published", said->published);
  cli_output_print(out, ", \"start\": %u, \"end\": %u, \"spans\": %s}\n", said->start_chars, said->end_chars,
                   said->spans ? said->spans : "null");
}

/* Day and speaker; what was said; how and on whose word; where it stands. */
static void write_text(cli_output *out, const hs_said *said) {
  const char *bold = out->style.colour ? "\033[1m" : "", *faint = out->style.colour ? "\033[2m" : "";
  const char *plain = out->style.colour ? "\033[0m" : "";
  const char *speaker = said->speaker ? said->speaker : said->source;
  const char *day = said->said_begin ? said->said_begin : said->published;
  char line[2000];
  snprintf(line, sizeof line, "%s%s%s", speaker ? speaker : "speaker not told",
           said->speaker || !speaker ? "" : " (unresolved)", said->said_begin ? "" : ", day not told");
  cli_output_print(out, "%s%.10s  ", bold, day ? day : "no date");
  cli_text_wrap(out, line, 12, day ? 12 : 9);
  cli_output_print(out, "%s", plain);
  cli_text_wrap(out, said->content, 2, 0);
  snprintf(line, sizeof line, "%s%s%s; %s%s%s; sure %.0f%%", said->cue ? "“" : "", said->cue ? said->cue : "no verb",
           said->cue ? "”" : "", said->type, said->via ? ", via " : "", said->via ? said->via : "",
           (double)said->confidence * 100);
  cli_output_print(out, "%s", faint);
  cli_text_wrap(out, line, 2, 0);
  snprintf(line, sizeof line, "%s%s%s%s%.10s, characters %u to %u; id %s", said->outlet ? said->outlet : "",
           said->outlet ? ": " : "", said->title ? said->title : said->article_name, said->published ? ", " : "",
           said->published ? said->published : "", said->start_chars, said->end_chars, said->id);
  cli_text_wrap(out, line, 2, 0);
  cli_output_print(out, "%s", plain);
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

int cli_cmd_said(cli_call *call) {
  hs_said_filter filter = {.by = call->values[CLI_BY],
                           .via = call->values[CLI_VIA],
                           .about = call->values[CLI_ABOUT],
                           .since = call->values[CLI_SINCE],
                           .until = call->values[CLI_UNTIL],
                           .type = call->values[CLI_TYPE],
                           .limit = (size_t)cli_call_number(call, CLI_LIMIT)};
  hs_record *record;
  int status = cli_call_record(&record, call, HS_RECORD_READ);
  if (status) return status;
  said_list list = {.out = &call->out, .json = call->values[CLI_JSON] != NULL};
  hs_error error;
  cli_interrupt_listen();
  if (hs_record_said(record, &filter, write_row, &list, &error)) status = cli_failure(&error);
  else if (list.count == 0) cli_message("no quotation in %s fits", call->values[CLI_RECORD]);
  hs_record_free(record);
  return status;
}
