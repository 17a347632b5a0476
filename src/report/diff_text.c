/* What changed between two versions, for a person: quotations first, then sentences. */
#include "base/hash.h"
#include "report/align.h"
#include "report/diff.h"
#include "report/quote.h"

enum { INDENT = 4 };

typedef struct writer {
  const hs_diff *diff;
  const hs_style *style;
  hs_buffer *out;
  hs_buffer line;
} writer;

static void end_line(writer *w, int first, int rest) { hs_text_end_line(w->out, &w->line, w->style, first, rest); }

static void add_span(writer *w, const hs_edition *v, hs_span span) {
  hs_text_add(&w->line, hs_str_at(v->doc->article.text, span), HS_FORM_PLAIN);
}

/* The text between two tokens: from the end of I to the start of the next. */
static hs_span between(const hs_edition *v, size_t i) {
  const hs_token *t = v->doc->analysis.tokens;
  return (hs_span){t[i].span.end, t[i + 1].span.start};
}

/* The form of each token of SPAN as a number. */
static uint64_t *forms_of(const hs_edition *v, hs_arena *arena, size_t first, size_t end) {
  uint64_t *forms = hs_arena_alloc(arena, (end - first + 1) * sizeof *forms);
  for (size_t i = first; i < end; i++)
    forms[i - first] = hs_hash(hs_str_at(v->doc->article.text, v->doc->analysis.tokens[i].span), 0);
  return forms;
}

/* A run of words that went, "[-…-]", or came, "{+…+}". */
static void add_run(writer *w, const hs_edition *v, size_t first, size_t end, bool went) {
  if (first == end) return;
  const hs_token *t = v->doc->analysis.tokens;
  hs_buffer_printf(&w->line, "%c%s", went ? HS_MARK_FAINT : HS_MARK_STRONG, went ? "[-" : "{+");
  add_span(w, v, (hs_span){t[first].span.start, t[end - 1].span.end});
  hs_buffer_printf(&w->line, "%s%c", went ? "-]" : "+}", HS_MARK_PLAIN);
}

/* B with the words that went from A and came in B marked. */
static void add_reworded(writer *w, hs_span a_span, hs_span b_span) {
  const hs_edition *a = &w->diff->before, *b = &w->diff->after;
  size_t a_first, a_end, b_first, b_end;
  hs_diff_tokens(a, a_span, &a_first, &a_end);
  hs_diff_tokens(b, b_span, &b_first, &b_end);
  hs_arena *arena = hs_arena_new();
  const int32_t *pairs = hs_align(arena, forms_of(a, arena, a_first, a_end), a_end - a_first,
                                  forms_of(b, arena, b_first, b_end), b_end - b_first);
  size_t i = a_first, j = b_first;
  while (i < a_end || j < b_end) {
    size_t went = i, came = j;
    while (i < a_end && pairs[i - a_first] == HS_UNPAIRED) i++;
    size_t next = i < a_end ? b_first + (size_t)pairs[i - a_first] : b_end;
    j = next;
    add_run(w, a, went, i, true);
    add_run(w, b, came, j, false);
    if ((went < i || came < j) && i < a_end && i > a_first && between(a, i - 1).start < between(a, i - 1).end)
      hs_buffer_char(&w->line, ' ');
    if (i == a_end) break;
    add_span(w, b, b->doc->analysis.tokens[j].span);
    if (j + 1 < b_end && between(b, j).start < between(b, j).end) hs_buffer_char(&w->line, ' ');
    i++, j++;
  }
  hs_arena_free(arena);
}

static void add_contents(writer *w, const hs_edition *v, const hs_quotation *q) {
  for (size_t i = 0; i < q->content_count; i++) {
    if (i) hs_buffer_text(&w->line, " … ");
    add_span(w, v, q->contents[i]);
  }
}

static hs_span whole(const hs_quotation *q) {
  return (hs_span){q->contents[0].start, q->contents[q->content_count - 1].end};
}

static void begin_change(writer *w, hs_change_kind kind) {
  hs_buffer_printf(&w->line, "%c%c%c ", HS_MARK_STRONG,
                   kind == HS_CHANGE_REMOVED ? '-'
                   : kind == HS_CHANGE_ADDED ? '+'
                                             : '~',
                   HS_MARK_PLAIN);
}

static void add_speaker(writer *w, const hs_change *c) {
  const hs_doc *a = w->diff->before.doc, *b = w->diff->after.doc;
  hs_buffer old = {0}, new = {0};
  if (c->before != HS_NONE) hs_quote_speaker(&old, a, &a->quotations[c->before], HS_FORM_PLAIN);
  if (c->after != HS_NONE) hs_quote_speaker(&new, b, &b->quotations[c->after], HS_FORM_PLAIN);
  hs_buffer_char(&w->line, HS_MARK_SOURCE);
  if (old.size && new.size && strcmp(old.data, new.data) != 0)
    hs_buffer_printf(&w->line, "[-%s-] {+%s+}", old.data, new.data);
  else hs_buffer_text(&w->line, new.size ? new.data : old.data);
  hs_buffer_printf(&w->line, "%c: ", HS_MARK_PLAIN);
  hs_buffer_free(&old);
  hs_buffer_free(&new);
}

static void write_quotation(writer *w, const hs_change *c) {
  const hs_diff *d = w->diff;
  begin_change(w, c->kind);
  add_speaker(w, c);
  if (c->kind == HS_CHANGE_REMOVED) add_contents(w, &d->before, &d->before.doc->quotations[c->before]);
  else if (c->kind == HS_CHANGE_ADDED) add_contents(w, &d->after, &d->after.doc->quotations[c->after]);
  else add_reworded(w, whole(&d->before.doc->quotations[c->before]), whole(&d->after.doc->quotations[c->after]));
  end_line(w, 2, INDENT);
}

static void write_sentence(writer *w, const hs_change *c) {
  const hs_sentence *a = w->diff->before.doc->analysis.sentences, *b = w->diff->after.doc->analysis.sentences;
  begin_change(w, c->kind);
  if (c->kind == HS_CHANGE_REMOVED) add_span(w, &w->diff->before, a[c->before].span);
  else if (c->kind == HS_CHANGE_ADDED) add_span(w, &w->diff->after, b[c->after].span);
  else add_reworded(w, a[c->before].span, b[c->after].span);
  end_line(w, 2, INDENT);
}

/* What is said of changes of a KIND: two articles are no versions of one. */
static const char *count_word(const writer *w, hs_change_kind kind) {
  if (w->diff->url || kind == HS_CHANGE_REWORDED) return hs_change_word(kind);
  return kind == HS_CHANGE_REMOVED ? "only in the first" : "only in the second";
}

/* "Quotations: 1 removed, 2 reworded, 5 as before" */
static void write_heading(writer *w, const char *what, const hs_changes *changes, size_t same) {
  size_t counts[HS_CHANGE_REWORDED + 1] = {0};
  for (size_t i = 0; i < changes->count; i++) counts[changes->items[i].kind]++;
  hs_buffer_char(w->out, '\n');
  hs_buffer_printf(&w->line, "%c%s%c: ", HS_MARK_STRONG, what, HS_MARK_PLAIN);
  for (hs_change_kind kind = HS_CHANGE_REMOVED; kind <= HS_CHANGE_REWORDED; kind++)
    if (counts[kind]) hs_buffer_printf(&w->line, "%zu %s, ", counts[kind], count_word(w, kind));
  hs_buffer_printf(&w->line, "%zu %s", same, w->diff->url ? "as before" : "in both");
  end_line(w, 0, 0);
}

static void write_fact(writer *w, const char *what, const char *before, const char *after) {
  if (before == after || (before && after && strcmp(before, after) == 0)) return;
  begin_change(w, HS_CHANGE_REWORDED);
  hs_buffer_printf(&w->line, "%s: ", what);
  if (before) hs_buffer_text(&w->line, "[-");
  hs_text_string(&w->line, before, HS_FORM_PLAIN);
  if (before) hs_buffer_text(&w->line, "-] ");
  if (after) hs_buffer_text(&w->line, "{+");
  hs_text_string(&w->line, after, HS_FORM_PLAIN);
  if (after) hs_buffer_text(&w->line, "+}");
  end_line(w, 2, INDENT);
}

static void add_version(writer *w, const hs_edition *v) {
  const hs_article *a = &v->doc->article;
  if (w->diff->url && v->captured) {
    hs_text_string(&w->line, v->captured, HS_FORM_PLAIN);
  } else {
    hs_text_string(&w->line, a->outlet, HS_FORM_PLAIN);
    hs_buffer_text(&w->line, a->outlet ? ", " : "");
    hs_text_string(&w->line, a->id, HS_FORM_PLAIN);
  }
  hs_buffer_printf(&w->line, " (%.10s)", v->id);
}

void hs_diff_text(hs_buffer *out, const hs_diff *d, const hs_style *style) {
  writer w = {.diff = d, .style = style, .out = out};
  const hs_article *a = &d->before.doc->article, *b = &d->after.doc->article;
  if (d->url) {
    hs_buffer_char(&w.line, HS_MARK_STRONG);
    hs_text_string(&w.line, d->url, HS_FORM_PLAIN);
    end_line(&w, 0, 0);
  }
  add_version(&w, &d->before);
  hs_buffer_text(&w.line, " → ");
  add_version(&w, &d->after);
  end_line(&w, 0, 0);
  write_fact(&w, "title", a->title, b->title);
  write_fact(&w, "published", a->published, b->published);
  write_fact(&w, "modified", a->modified, b->modified);
  write_heading(&w, "Quotations", &d->quotations, d->same_quotations);
  for (size_t i = 0; i < d->quotations.count; i++) write_quotation(&w, &d->quotations.items[i]);
  write_heading(&w, "Sentences", &d->sentences, d->same_sentences);
  for (size_t i = 0; i < d->sentences.count; i++) write_sentence(&w, &d->sentences.items[i]);
  hs_buffer_free(&w.line);
}
