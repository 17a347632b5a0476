/* A row of the record with its evidence, for a person and as JSON. */
#include "annotate/document.h"
#include "base/hash.h"
#include "report/article.h"
#include "report/json.h"
#include "report/marks.h"
#include "report/quote.h"
#include "report/row.h"

enum { KEY_COLUMNS = 12 };

typedef struct writer {
  const hs_shown *shown;
  const hs_style *style;
  hs_offsets offsets;
  hs_buffer *out;
  hs_buffer line;
} writer;

static void end_line(writer *w, int first, int rest) { hs_text_end_line(w->out, &w->line, w->style, first, rest); }

static void heading(writer *w, const char *words) {
  hs_buffer_char(w->out, '\n');
  hs_buffer_printf(&w->line, "%c%s", HS_MARK_STRONG, words);
  end_line(w, 0, 0);
}

/* Begins a line "key          …"; hs_text_wrap sets the value's first word behind the key's blanks. */
static void begin_fact(writer *w, const char *key) {
  if (w->style->colour) hs_buffer_printf(w->out, "\x1b[2m%-*s\x1b[0m", KEY_COLUMNS, key);
  else hs_buffer_printf(w->out, "%-*s", KEY_COLUMNS, key);
}

/* Ends a line that begin_fact began: what is wrapped begins at KEY_COLUMNS, whose blanks stand there already. */
static void end_fact(writer *w) {
  hs_buffer value = {0};
  hs_layout layout = {hs_style_width(w->style), KEY_COLUMNS, KEY_COLUMNS, w->style->colour};
  hs_text_wrap(&value, &w->line, &layout);
  hs_buffer_text(w->out, value.data + KEY_COLUMNS);
  hs_buffer_free(&value);
  hs_buffer_clear(&w->line);
}

static void fact(writer *w, const char *key, const char *value) {
  if (!value) return;
  begin_fact(w, key);
  hs_text_string(&w->line, value, HS_FORM_PLAIN);
  end_fact(w);
}

static void list_fact(writer *w, const char *key, const char *const *items, size_t count) {
  if (count == 0) return;
  begin_fact(w, key);
  for (size_t i = 0; i < count; i++) {
    if (i > 0) hs_buffer_text(&w->line, "; ");
    hs_text_string(&w->line, items[i], HS_FORM_PLAIN);
  }
  end_fact(w);
}

static void span_fact(writer *w, const char *key, const hs_span *spans, size_t count) {
  if (count == 0 || spans[0].start == spans[0].end) return;
  begin_fact(w, key);
  for (size_t i = 0; i < count; i++) {
    if (i > 0) hs_buffer_text(&w->line, " … ");
    hs_text_add(&w->line, hs_str_at(w->shown->doc->article.text, spans[i]), HS_FORM_PLAIN);
  }
  end_fact(w);
}

static void via_fact(writer *w, const hs_quotation *quotation) {
  if (quotation->via_count == 0) return;
  begin_fact(w, "via");
  hs_quote_via(&w->line, w->shown->doc, quotation, HS_FORM_PLAIN);
  end_fact(w);
}

static void said_fact(writer *w, const hs_when *said) {
  if (!said->value) return;
  begin_fact(w, "said");
  hs_text_string(&w->line, said->value, HS_FORM_PLAIN);
  if (!said->begin) hs_buffer_text(&w->line, " (the text does not tell which day)");
  end_fact(w);
}

static void quotation_facts(writer *w) {
  const hs_quotation *quotation = &w->shown->doc->quotations[w->shown->index];
  begin_fact(w, "speaker");
  hs_quote_speaker(&w->line, w->shown->doc, quotation, HS_FORM_PLAIN);
  if (quotation->speaker != HS_NONE) {
    hs_buffer_text(&w->line, ", ");
    hs_text_sure(&w->line, (double)quotation->speaker_confidence);
  }
  end_fact(w);
  if (quotation->speaker != HS_NONE) {
    const hs_actor *actor = &w->shown->doc->actors[quotation->speaker];
    list_fact(w, "roles", actor->roles, actor->role_count);
  }
  via_fact(w, quotation);
  said_fact(w, &quotation->said);
  if (quotation->speaks_for != HS_NONE) fact(w, "speaks for", w->shown->doc->actors[quotation->speaks_for].name);
  begin_fact(w, "type");
  hs_quote_kind(&w->line, quotation);
  end_fact(w);
  span_fact(w, "source", quotation->sources, quotation->source_count);
  span_fact(w, "cue", &quotation->cue, 1);
  span_fact(w, "content", quotation->contents, quotation->content_count);
  begin_fact(w, "confidence");
  hs_text_sure(&w->line, (double)quotation->confidence);
  end_fact(w);
}

static bool is_same(const char *a, const char *b) { return hs_str_equal(hs_str_of(a), hs_str_of(b)); }

/* "judged      speaker: Ana Orlo · desk, 2031-03-05T10:00:00Z · she is quoted in the next paragraph"; of fields that
 * were judged together only the last one tells by whom. */
static void judgement_facts(writer *w) {
  for (size_t i = 0; i < w->shown->judgements.count; i++) {
    const hs_judgement *j = &w->shown->judgements.items[i];
    begin_fact(w, i ? "" : "judged");
    hs_buffer_printf(&w->line, "%s: ", hs_judged_field_name((hs_judged_field)j->field));
    hs_text_string(&w->line,
                   j->field == HS_JUDGED_QUOTATION ? j->verdict
                   : j->value                      ? j->value
                                                   : "none",
                   HS_FORM_PLAIN);
    const char *const rest[] = {j->who, j->at, j->note};
    bool goes_on = i + 1 < w->shown->judgements.count && is_same(j->at, j[1].at) && is_same(j->who, j[1].who) &&
                   is_same(j->note, j[1].note);
    for (size_t k = 0; k < 3 && !goes_on; k++) {
      if (!rest[k] || !*rest[k]) continue;
      hs_buffer_text(&w->line, k == 1 ? ", " : " · ");
      hs_text_string(&w->line, rest[k], HS_FORM_PLAIN);
    }
    end_fact(w);
  }
}

static void actor_facts(writer *w) {
  const hs_actor *actor = &w->shown->doc->actors[w->shown->index];
  fact(w, "name", actor->name);
  fact(w, "type", hs_actor_type_name(actor->type));
  list_fact(w, "roles", actor->roles, actor->role_count);
  fact(w, "country", actor->country);
  fact(w, "sector", actor->sector);
}

/* Where the page was captured, and which of its versions it is. */
static void provenance_facts(writer *w) {
  const hs_provenance *from = &w->shown->from;
  if (from->captured) {
    begin_fact(w, "captured");
    hs_text_string(&w->line, from->captured, HS_FORM_PLAIN);
    if (from->versions > 1)
      hs_buffer_printf(&w->line, ", version %d of %d: `hearsay diff` shows what changed", from->version,
                       from->versions);
    end_fact(w);
  }
  if (!from->archive) return;
  begin_fact(w, "archive");
  hs_text_string(&w->line, from->archive, HS_FORM_PLAIN);
  hs_buffer_printf(&w->line, ", at byte %lld", (long long)from->offset);
  if (from->record) hs_buffer_text(&w->line, ", record ");
  hs_text_string(&w->line, from->record, HS_FORM_PLAIN);
  end_fact(w);
}

static void article_facts(writer *w) {
  const hs_article *article = &w->shown->doc->article;
  begin_fact(w, "article");
  hs_text_string(&w->line, article->id, HS_FORM_PLAIN);
  if (w->shown->kind != HS_SHOWN_ARTICLE) hs_buffer_printf(&w->line, " (%s)", w->shown->article);
  end_fact(w);
  fact(w, "title", article->title);
  fact(w, "outlet", article->outlet);
  list_fact(w, "byline", article->byline, article->byline_count);
  if (article->published) {
    begin_fact(w, "published");
    hs_text_string(&w->line, article->published, HS_FORM_PLAIN);
    if (article->published_from) hs_buffer_printf(&w->line, " (%s)", article->published_from);
    end_fact(w);
  }
  fact(w, "modified", article->modified);
  fact(w, "language", article->language);
  fact(w, "url", article->url);
  provenance_facts(w);
  fact(w, "status", article->status);
}

/* The part of TEXT's BLOCK that is shown around SPAN: cut at blanks where the block is long. */
static hs_span around(const char *text, const hs_block *block, hs_span span) {
  hs_span part = block->text;
  if (span.start - part.start > HS_SHOWN_AROUND) {
    part.start = span.start - HS_SHOWN_AROUND;
    while (part.start < span.start && text[part.start] != ' ') part.start++;
  }
  if (part.end - span.end > HS_SHOWN_AROUND) {
    part.end = span.end + HS_SHOWN_AROUND;
    while (part.end > span.end && text[part.end] != ' ') part.end--;
  }
  return part;
}

/* How the evidence of a quotation stands in the page itself, where tags or entities make that differ. */
static void write_bytes(writer *w, const hs_evidence *evidence) {
  if (w->shown->kind != HS_SHOWN_QUOTATION || !evidence->bytes.data) return;
  hs_buffer text = {0}, bytes = {0};
  hs_text_add(&text, hs_str_at(w->shown->doc->article.text, evidence->span), HS_FORM_PLAIN);
  hs_text_add(&bytes, evidence->bytes, HS_FORM_PLAIN);
  if (!hs_str_equal((hs_str){text.data, text.size}, (hs_str){bytes.data, bytes.size})) {
    hs_buffer_printf(&w->line, "%cin the page: %s", HS_MARK_FAINT, bytes.data);
    end_line(w, 2, 2);
  }
  hs_buffer_free(&text);
  hs_buffer_free(&bytes);
}

static void write_evidence(writer *w, const hs_evidence *evidence, hs_marking *marking) {
  const char *text = w->shown->doc->article.text;
  const hs_block *block = evidence->block;
  hs_span part = around(text, block, evidence->span);
  hs_buffer_printf(&w->line, "%c%s, characters %u–%u, bytes %u–%u of the page", HS_MARK_FAINT,
                   hs_block_kind_name(block->kind), hs_offsets_chars(&w->offsets, evidence->span.start),
                   hs_offsets_chars(&w->offsets, evidence->span.end), evidence->page.start, evidence->page.end);
  end_line(w, 0, 0);
  if (part.start > block->text.start) hs_buffer_text(&w->line, "… ");
  hs_marks_write(&w->line, marking, text, part);
  if (part.end < block->text.end) hs_buffer_text(&w->line, " …");
  end_line(w, 2, 2);
  write_bytes(w, evidence);
}

static hs_marked pieces_of(const hs_shown *shown) {
  hs_marked pieces = {0};
  if (shown->kind == HS_SHOWN_QUOTATION) hs_marked_add(&pieces, shown->arena, &shown->doc->quotations[shown->index], 1);
  for (size_t i = 0; i < shown->evidence.count && shown->kind == HS_SHOWN_ACTOR; i++)
    hs_push(shown->arena, pieces, ((hs_piece){.span = shown->evidence.items[i].span, .mark = HS_MARK_SOURCE}));
  hs_marked_sort(&pieces);
  return pieces;
}

static void evidence(writer *w) {
  const hs_shown *shown = w->shown;
  hs_marked pieces = pieces_of(shown);
  const hs_marker *marker = w->style->colour ? &hs_marker_colour : &hs_marker_brackets;
  heading(w, "Evidence");
  for (size_t i = 0; i < shown->evidence.count; i++) {
    hs_marking marking = {.pieces = &pieces, .marker = marker};
    if (i > 0) hs_buffer_char(w->out, '\n');
    write_evidence(w, &shown->evidence.items[i], &marking);
  }
  if (shown->kind != HS_SHOWN_QUOTATION) return;
  hs_buffer_char(w->out, '\n');
  hs_marks_legend(&w->line, w->style->colour);
  end_line(w, 0, 0);
}

static void blocks(writer *w) {
  const hs_article *article = &w->shown->doc->article;
  heading(w, "Blocks of the page, in bytes");
  for (size_t i = 0; i < article->block_count && i < HS_SHOWN_QUOTATIONS; i++) {
    const hs_block *block = &article->blocks[i];
    hs_buffer_printf(&w->line, "%u–%u %s", block->page.start, block->page.end, hs_block_kind_name(block->kind));
    if (!block->kept) {
      hs_buffer_text(&w->line, ", dropped: ");
      hs_text_string(&w->line, block->reason, HS_FORM_PLAIN);
    }
    if (block->text.end > block->text.start) {
      hs_buffer_text(&w->line, ": ");
      hs_text_cut(&w->line, hs_str_trim(hs_str_at(article->text, block->text)), 60, HS_FORM_PLAIN);
    }
    end_line(w, 0, 4);
  }
  if (article->block_count <= HS_SHOWN_QUOTATIONS) return;
  hs_buffer_printf(&w->line, "and %zu more", article->block_count - HS_SHOWN_QUOTATIONS);
  end_line(w, 0, 4);
}

static void spoken(writer *w) {
  const hs_shown *shown = w->shown;
  const hs_doc *doc = shown->doc;
  heading(w, "Quotations");
  for (size_t i = 0; i < shown->spoken.count && i < HS_SHOWN_QUOTATIONS; i++) {
    const hs_quotation *quotation = &doc->quotations[shown->spoken.items[i]];
    char id[17];
    hs_id_write(id, shown->quotations[shown->spoken.items[i]]);
    hs_buffer_printf(&w->line, "%s ", id);
    if (quotation->speaker != HS_NONE) hs_text_string(&w->line, doc->actors[quotation->speaker].name, HS_FORM_PLAIN);
    else hs_buffer_text(&w->line, "unresolved");
    hs_buffer_text(&w->line, ": ");
    hs_text_cut(&w->line, hs_str_at(doc->article.text, quotation->contents[0]), 160, HS_FORM_PLAIN);
    end_line(w, 0, 4);
  }
  if (shown->spoken.count <= HS_SHOWN_QUOTATIONS) return;
  hs_buffer_printf(&w->line, "and %zu more", shown->spoken.count - HS_SHOWN_QUOTATIONS);
  end_line(w, 0, 4);
}

void hs_shown_text(hs_buffer *out, const hs_shown *shown, const hs_style *style) {
  const hs_article *article = &shown->doc->article;
  writer w = {.shown = shown, .style = style, .out = out};
  w.offsets = hs_offsets_of(shown->arena, (hs_str){article->text, article->text_size});
  hs_buffer_printf(&w.line, "%c%s %s", HS_MARK_STRONG, hs_shown_word(shown->kind), shown->id);
  end_line(&w, 0, 0);
  if (shown->kind == HS_SHOWN_QUOTATION) quotation_facts(&w), judgement_facts(&w);
  if (shown->kind == HS_SHOWN_ACTOR) actor_facts(&w);
  article_facts(&w);
  if (shown->spoken.count > 0) spoken(&w);
  if (shown->kind == HS_SHOWN_ARTICLE) blocks(&w);
  else evidence(&w);
  hs_buffer_free(&w.line);
}
