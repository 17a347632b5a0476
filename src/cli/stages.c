#include "cli/stages.h"

#include <string.h>

/* The size of the white space at AT, no-break spaces included; 0 for anything else. */
static size_t space_size(const char *at, size_t size) {
  if (strchr(" \t\r\n\v\f", *at)) return 1; /* NUL too */
  if (size >= 2 && memcmp(at, "\xC2\xA0", 2) == 0) return 2;
  return size >= 3 && memcmp(at, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

/* Writes the text of SPAN with its white space folded. */
static void write_span(FILE *out, const hs_doc *doc, hs_span span) {
  const char *text = hs_doc_article(doc)->text;
  bool owed = false, begun = false;
  for (uint32_t i = span.start; i < span.end;) {
    size_t space = space_size(text + i, span.end - i);
    if (space > 0) {
      owed = begun;
      i += (uint32_t)space;
      continue;
    }
    if (owed) putc(' ', out);
    putc(text[i++], out);
    owed = false;
    begun = true;
  }
}

static void write_spans(FILE *out, const hs_doc *doc, const char *key, const hs_span *spans, size_t count) {
  for (size_t i = 0; i < count; i++) {
    fprintf(out, "  %s: ", key);
    write_span(out, doc, spans[i]);
    putc('\n', out);
  }
}

static void write_sentences(FILE *out, const hs_doc *doc, const cli_case *now) {
  (void)now;
  size_t count, token_count;
  const hs_sentence *sentences = hs_doc_sentences(doc, &count);
  const hs_token *tokens = hs_doc_tokens(doc, &token_count);
  for (size_t i = 0; i < count; i++)
    for (uint32_t t = sentences[i].first; t < sentences[i].end; t++) {
      write_span(out, doc, tokens[t].span);
      putc(t + 1 < sentences[i].end ? ' ' : '\n', out);
    }
}

/* "Orlo PROPN nsubj left": a word, its class, its relation, its head; then the names of the sentence. */
static void write_parse(FILE *out, const hs_doc *doc, const cli_case *now) {
  (void)now;
  size_t count, token_count, name_count, name = 0;
  const hs_sentence *sentences = hs_doc_sentences(doc, &count);
  const hs_token *tokens = hs_doc_tokens(doc, &token_count);
  const hs_name *names = hs_doc_names(doc, &name_count);
  for (size_t i = 0; i < count; i++) {
    const hs_sentence *s = &sentences[i];
    if (i) putc('\n', out);
    for (const hs_token *t = tokens + s->first; t < tokens + s->end; t++) {
      write_span(out, doc, t->span);
      fprintf(out, " %s %s", t->upos ? t->upos : "_", t->relation ? t->relation : "_");
      if (t->head != HS_NONE) putc(' ', out), write_span(out, doc, tokens[t->head].span);
      putc('\n', out);
    }
    for (; name < name_count && names[name].first < s->end; name++) {
      fprintf(out, "name %s: ", names[name].type);
      write_span(out, doc, names[name].span);
      putc('\n', out);
    }
  }
}

static void write_speaker(FILE *out, const hs_doc *doc, int speaker) {
  size_t count;
  const hs_actor *actors = hs_doc_actors(doc, &count);
  if (speaker == HS_NONE) fputs("  speaker: unresolved\n", out);
  else fprintf(out, "  speaker: %s (%s)\n", actors[speaker].name, hs_actor_type_name(actors[speaker].type));
}

static void write_via(FILE *out, const hs_doc *doc, const hs_via *via) {
  size_t count;
  const hs_actor *actors = hs_doc_actors(doc, &count);
  fputs("  via: ", out);
  if (via->actor == HS_NONE) write_span(out, doc, via->span);
  else fputs(actors[via->actor].name, out);
  fprintf(out, " (%s)\n", via->kind);
}

/* Is the line KEY to be shown: is it among the words of SHOW, or SHOW NULL? */
static bool shows(const char *show, const char *key) {
  size_t size = strlen(key);
  for (const char *at = show; at && (at = strstr(at, key)); at += size)
    if ((at == show || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0')) return true;
  return !show;
}

/* Does the cue of Q hold WORD? */
static bool has_cue(const hs_doc *doc, const hs_quotation *q, const char *word) {
  size_t size = strlen(word);
  const char *text = hs_doc_article(doc)->text;
  for (uint32_t at = q->cue.start; at + size <= q->cue.end; at++)
    if (memcmp(text + at, word, size) == 0) return true;
  return false;
}

static void write_stance(FILE *out, const hs_quotation *q, const char *show) {
  bool force = show ? shows(show, "force") : q->force != HS_FORCE_STATEMENT;
  bool polarity = show ? shows(show, "polarity") : q->polarity != HS_POLARITY_AFFIRMED;
  if (force) fprintf(out, "  force: %s\n", hs_force_name(q->force));
  if (polarity) fprintf(out, "  polarity: %s\n", hs_polarity_name(q->polarity));
}

static void write_quotation(FILE *out, const hs_doc *doc, const hs_quotation *all, const hs_quotation *q,
                            const char *show) {
  size_t actor_count;
  const hs_actor *actors = hs_doc_actors(doc, &actor_count);
  fprintf(out, "quotation %s\n", hs_quotation_type_name(q->type));
  if (shows(show, "content")) write_spans(out, doc, "content", q->contents, q->content_count);
  if (shows(show, "cue")) write_spans(out, doc, "cue", &q->cue, q->cue.end > q->cue.start);
  if (shows(show, "source")) write_spans(out, doc, "source", q->sources, q->source_count);
  if (shows(show, "speaker")) write_speaker(out, doc, q->speaker);
  if (shows(show, "speaks-for") && q->speaks_for != HS_NONE)
    fprintf(out, "  speaks for: %s\n", actors[q->speaks_for].name);
  for (size_t i = 0; i < q->via_count && shows(show, "via"); i++) write_via(out, doc, &q->via[i]);
  write_stance(out, q, show);
  if (shows(show, "inside") && q->inside != HS_NONE) write_spans(out, doc, "inside", &all[q->inside].cue, 1);
  if (shows(show, "said") && q->said.value) fprintf(out, "  said: %s\n", q->said.value);
}

static void write_quotations(FILE *out, const hs_doc *doc, const cli_case *now) {
  size_t count, shown = 0;
  const hs_quotation *quotations = hs_doc_quotations(doc, &count);
  for (size_t i = 0; i < count; i++) {
    if (now->cue && !has_cue(doc, &quotations[i], now->cue)) continue;
    write_quotation(out, doc, quotations, &quotations[i], now->show);
    shown++;
  }
  if (!shown) fputs("no quotation\n", out);
}

static void write_block(FILE *out, const hs_doc *doc, const hs_block *block) {
  if (block->kept)
    fprintf(out, "%s%s%s", hs_block_kind_name(block->kind), block->time ? " at " : "", block->time ? block->time : "");
  else fprintf(out, "dropped %s", block->reason);
  if (block->text.end > block->text.start) {
    fputs(": ", out);
    write_span(out, doc, block->text);
  }
  putc('\n', out);
}

static void write_fact(FILE *out, const char *key, const char *value) {
  if (value) fprintf(out, "%s: %s\n", key, value);
}

static void write_article(FILE *out, const hs_doc *doc, const cli_case *now) {
  (void)now;
  const hs_article *article = hs_doc_article(doc);
  if (article->kind != HS_PAGE_ARTICLE) write_fact(out, "kind", hs_page_kind_name(article->kind));
  write_fact(out, "title", article->title);
  write_fact(out, "outlet", article->outlet);
  for (size_t i = 0; i < article->byline_count; i++) write_fact(out, "byline", article->byline[i]);
  if (article->published) fprintf(out, "published: %s (%s)\n", article->published, article->published_from);
  write_fact(out, "modified", article->modified);
  write_fact(out, "language", article->language);
  for (size_t i = 0; i < article->block_count; i++) write_block(out, doc, &article->blocks[i]);
  write_fact(out, "status", article->status);
}

static void write_times(FILE *out, const hs_doc *doc, const cli_case *now) {
  (void)now;
  size_t count;
  const hs_time *times = hs_doc_times(doc, &count);
  for (size_t i = 0; i < count; i++) {
    write_span(out, doc, times[i].span);
    fprintf(out, ": %s %s\n", times[i].type, times[i].when.value ? times[i].when.value : "unknown");
  }
}

static void write_list(FILE *out, const char *key, const char *const *items, size_t count) {
  for (size_t i = 0; i < count; i++) fprintf(out, "%s%s", i ? ", " : key, items[i]);
  if (count) putc('\n', out);
}

/* "person: Ana Orlo" and what the text tells of her, her mentions last. */
static void write_actors(FILE *out, const hs_doc *doc, const cli_case *now) {
  (void)now;
  size_t count;
  const hs_actor *actors = hs_doc_actors(doc, &count);
  if (count == 0) fputs("no actor\n", out);
  for (size_t k = 0; k < count; k++) {
    const hs_actor *a = &actors[k];
    fprintf(out, "%s: %s\n", hs_actor_type_name(a->type), a->name);
    if (a->name_count > 1) write_list(out, "  also: ", a->names + 1, a->name_count - 1);
    write_list(out, "  roles: ", a->roles, a->role_count);
    write_fact(out, "  institution", a->institution);
    write_fact(out, "  country", a->country);
    if (a->number) fprintf(out, "  number: %d\n", a->number);
    write_fact(out, "  closeness", a->closeness);
    write_fact(out, "  anonymity", a->anonymity);
    for (size_t i = 0; i < a->mention_count; i++) {
      fputs(i ? " | " : "  mentions: ", out);
      write_span(out, doc, a->mentions[i]);
    }
    if (a->mention_count) putc('\n', out);
  }
}

void cli_stage_write(FILE *out, cli_stage stage, const hs_model *model, const cli_case *now) {
  static const struct {
    hs_depth depth;
    void (*write)(FILE *out, const hs_doc *doc, const cli_case *now);
  } stages[] = {[CLI_SENTENCES] = {HS_PARSE, write_sentences},      [CLI_PARSE] = {HS_PARSE, write_parse},
                [CLI_QUOTATIONS] = {HS_ANNOTATE, write_quotations}, [CLI_ARTICLE] = {HS_EXTRACT, write_article},
                [CLI_TIMES] = {HS_ANNOTATE, write_times},           [CLI_ACTORS] = {HS_ANNOTATE, write_actors}};
  hs_doc *doc;
  hs_error error;
  if (hs_doc_read(&doc, model, &now->page, stages[stage].depth, &error)) fprintf(out, "error: %s\n", error.message);
  else stages[stage].write(out, doc, now);
  hs_doc_free(doc);
}
