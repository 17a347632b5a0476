/*
 * Attributions in tokens: cue, source and contents, found sentence by sentence. quotation.c makes hs_quotation of them.
 */
#ifndef HS_ANNOTATE_ATTRIBUTION_H
#define HS_ANNOTATE_ATTRIBUTION_H

#include "annotate/marks.h"
#include "base/array.h"
#include "nlp/finder.h"

/* How sure it is what the rules find and the finder missed: of such on dev about half is right. */
#define HS_SURE_OF_MISSED 0.5f

typedef struct hs_attribution {
  hs_range cue;                                          /* empty where no word attributes */
  uint32_t verb;                                         /* the cue's reporting verb, or the first token of the cue */
  hs_range source;                                       /* empty where the text names none */
  float confidence, cue_sure, source_sure, content_sure; /* 0 to 1; the rules say the first alone */
  hs_array(hs_range) contents;
} hs_attribution;

/* What finding works on and what it has found. */
struct hs_search {
  const hs_words *words;
  const hs_marks *marks;
  hs_arena *arena;
  hs_array(hs_attribution) found;
  uint32_t *cue_at; /* [words] 1 + index into found of the attribution whose cue holds the token */
  bool transcript;  /* hs_search_is_transcript */
  bool *claimed;    /* [stretches in marks] part of an attribution already */
};

/* Keeps A, which holds at least one content, unless there are too many already: one over HS_LIMIT_QUOTATIONS, which
 * shows that there are more. False if it was left out. */
bool hs_search_keep(hs_search *search, hs_attribution *a);

/* A reporting verb with its auxiliaries, as it stands in the sentence. */
typedef struct hs_verb_group {
  hs_range range;
  bool passive;    /* is, was, been ... and a participle */
  bool infinitive; /* "to say", with nothing before it that a subject could belong to */
  bool finite;     /* has a form or an auxiliary that a subject belongs to */
} hs_verb_group;

/* Reads the group of the cue at I, down to token LOW. False if the word is no verb here ("the report", "his claims").
 */
bool hs_verb_group_read(hs_verb_group *out, const hs_words *words, uint32_t low, uint32_t i);

/* Where the clause that begins at FIRST ends, at most at HIGH: before another attribution, a comma with a participle, a
 * semicolon. With NOUN it is a noun phrase, and every comma and conjunction that begins a clause ends it. */
uint32_t hs_clause_end(const hs_search *search, uint32_t first, uint32_t high, bool noun);

/* The end of sentence SENTENCE without its final stop, at least FIRST. */
uint32_t hs_sentence_high(const hs_words *words, uint32_t sentence);

/* Finds the attributions of DOC that FINDER learned to find. */
void hs_search_learned(hs_search *search, const hs_doc *doc, const hs_finder *finder);
/* Finds the attributions made by the cues of SENTENCE, by the rules. RELAYED: only those in which one party tells what
 * another said in one breath, "Tass quoted her as saying", "is reported by the BBC to have said". */
void hs_search_cues(hs_search *search, uint32_t sentence, bool relayed);
/* Is the text a transcript: paragraphs that open with who speaks and a colon, again and again? */
bool hs_search_is_transcript(const hs_search *search);
/* May RANGE name who speaks, before a colon or behind a dash? */
bool hs_search_is_label(const hs_words *words, hs_range range);
/* Finds what stands in a block of its own: signed behind it, “…” — Ana Orlo, or led in before it, "Orlo wrote:". */
void hs_search_blocks(hs_search *search);
/* Finds what a headline says of whoever stands at its end, ", say police" and "– Orlo". False if there is nobody. */
bool hs_search_headline(hs_search *search, uint32_t sentence);
/* Finds those that need no verb: "according to", headline colon, "Name: words". */
void hs_search_verbless(hs_search *search, uint32_t sentence);

/* Do words follow the closing mark of Q in its sentence: "he added", of which Q is part then? */
bool hs_search_has_words_behind(const hs_search *search, const hs_quoted *q);
/* Adds to A what it says past its own sentence: the quotation that goes on behind "she said." in the same paragraph
 * and over the next ones. */
void hs_search_continue(hs_search *search, hs_attribution *a);
/* Gives a paragraph that is nothing but words in marks to whoever spoke at the end of the paragraph before it. */
void hs_search_adopt(hs_search *search);

#endif
