/* The brief in a terminal. */
#include "report/article.h"
#include "report/brief.h"

typedef struct writer {
  hs_buffer *out;
  const hs_style *style;
  hs_buffer line;
} writer;

static void end_line(writer *w, int first, int rest) {
  if (w->line.size > 0) hs_text_end_line(w->out, &w->line, w->style, first, rest);
}

/* On whose word, how sure, where: what belongs together stays on one line. */
static void write_facts(writer *w, const hs_statement *s) {
  hs_buffer_char(&w->line, HS_MARK_FAINT);
  hs_brief_word(&w->line, s, HS_FORM_PLAIN);
  hs_buffer_text(&w->line, " · ");
  size_t group = w->line.size;
  hs_text_sure(&w->line, s->confidence);
  hs_text_glue(&w->line, group);
  hs_buffer_text(&w->line, " · ");
  hs_brief_when(&w->line, s);
  group = w->line.size;
  hs_text_string(&w->line, s->article_name, HS_FORM_PLAIN);
  hs_buffer_printf(&w->line, " %u–%u · %.*s", s->start, s->end, HS_BRIEF_ID, s->id);
  hs_text_glue(&w->line, group);
  end_line(w, 4, 4);
}

static void write_statement(writer *w, const hs_statement *s) {
  hs_buffer_char(&w->line, HS_MARK_SOURCE);
  hs_brief_who(&w->line, s, HS_FORM_PLAIN);
  hs_buffer_char(&w->line, HS_MARK_PLAIN);
  hs_brief_said(&w->line, s, HS_FORM_PLAIN);
  end_line(w, 2, 4);
  write_facts(w, s);
}

static void write_day(writer *w, const hs_brief_day *day) {
  hs_buffer_char(w->out, '\n');
  hs_buffer_char(&w->line, HS_MARK_STRONG);
  hs_brief_day_name(&w->line, day);
  end_line(w, 0, 0);
  for (size_t i = 0; i < day->statements.count; i++) {
    hs_buffer_char(w->out, '\n');
    write_statement(w, &day->statements.items[i]);
  }
  hs_brief_more(&w->line, day);
  if (w->line.size > 0) hs_buffer_char(w->out, '\n');
  end_line(w, 2, 4);
}

/* A number stays with what it counts. */
static void glue_numbers(hs_buffer *line) {
  for (size_t i = 1; i < line->size; i++)
    if (line->data[i] == ' ' && line->data[i - 1] >= '0' && line->data[i - 1] <= '9') line->data[i] = HS_GLUE;
}

void hs_brief_text(hs_buffer *out, const hs_brief *brief, const hs_style *style) {
  writer w = {.out = out, .style = style};
  hs_buffer_char(&w.line, HS_MARK_STRONG);
  hs_brief_heading(&w.line, brief, HS_FORM_PLAIN);
  end_line(&w, 0, 0);
  hs_brief_counts(&w.line, brief);
  glue_numbers(&w.line);
  end_line(&w, 0, 0);
  hs_brief_before(&w.line, brief);
  end_line(&w, 0, 0);
  for (size_t i = 0; i < brief->days.count; i++) write_day(&w, &brief->days.items[i]);
  if (brief->days.count > 0) {
    hs_buffer_char(out, '\n');
    hs_buffer_text(&w.line, "Each entry ends with its article, the characters there, and its id, for ");
    size_t group = w.line.size;
    hs_buffer_text(&w.line, "hearsay show -d REC ID");
    hs_text_glue(&w.line, group);
    end_line(&w, 0, 0);
  }
  hs_buffer_free(&w.line);
}
