/*
 * hearsay.h: read the news and keep the record: who said what, when, and on whose word.
 *
 * The manual of the C library, the easy part first:
 *
 *   1. Errors            every function that can fail says why in an hs_error
 *   2. The model         what the annotators know; open once, share everywhere
 *   3. Documents         a page in, an article with its annotations out
 *   4. Walking           plain arrays of sentences, quotations, times, actors, events
 *   5. Many pages        files, folders and archives through any number of threads
 *   6. The record        one SQLite file that holds it all
 *   7. Reports           what a person reads
 *
 * Conventions, for all of it:
 *   - A function `int hs_thing_verb(...)` gives 0 or a negative code of hs_code; on failure *out is NULL.
 *   - `hs_thing **out` is the caller's, to be freed with hs_thing_free; freeing NULL is harmless.
 *   - A `const` pointer is borrowed: from a document until hs_doc_free, from a record until the callback returns.
 *   - Offsets are bytes, end exclusive, unless a name ends in _chars (Unicode characters, as JSON and SQL count).
 *   - Strings are UTF-8 and end in NUL; a string that is not known is NULL, never "".
 *   - Threads: an hs_model may be used by any number of threads at once; any other object by one at a time. There is
 *     no global state.
 *   - Out of memory ends the process with a message; the record on disk survives that as it survives any kill.
 */
#ifndef HEARSAY_H
#define HEARSAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define HS_API __attribute__((visibility("default")))
#else
#define HS_API
#endif

/* The library's version as it was compiled, "0.1.0". Never NULL. */
HS_API const char *hs_version(void);
/* The version of SQLite that keeps the record, "3.40.1". Never NULL. */
HS_API const char *hs_sqlite_version(void);

/* ---------------------------------------------------------------- 1. Errors */

typedef enum hs_code {
  HS_OK = 0,
  HS_ERROR_INPUT = -1,  /* one input cannot be read: others may still be */
  HS_ERROR_USAGE = -2,  /* the call's arguments make no sense */
  HS_ERROR_RECORD = -3, /* the record cannot be used */
  HS_ERROR_MODEL = -4,  /* the model cannot be used */
  HS_ERROR_STOPPED = -5 /* the caller's own function asked to stop */
} hs_code;

/* Filled in on failure, untouched on success. May be passed as NULL by a caller that does not want to know. */
typedef struct hs_error {
  int code;          /* an hs_code */
  size_t position;   /* the byte or line of the input that the message speaks of; 0 if none */
  char message[400]; /* one line that names the input and says what to do */
} hs_error;

/* A stretch of bytes [start, end) in a text. */
typedef struct hs_span {
  uint32_t start, end;
} hs_span;

/* Where a function sends what it writes. Gives 0, or anything else to stop with HS_ERROR_STOPPED. */
typedef int hs_write(void *arg, const char *data, size_t size);

/* ---------------------------------------------------------------- 2. The model */

/* How far a page is taken; each depth includes the ones before it. */
typedef enum hs_depth { HS_EXTRACT, HS_PARSE, HS_ANNOTATE } hs_depth;

typedef struct hs_model hs_model;

/*
 * Opens the model NAME: "small" or "large", of which each is a file that is looked for where hearsay is installed and
 * in the sources it was built from; the path of such a file; or "rules", the tables of data/ alone, compiled into the
 * library. NULL is what the environment variable HS_MODEL names, else "small", else, where there is no such file,
 * "rules". The model is read-only from then on, and outlives its documents. Errors: HS_ERROR_MODEL.
 */
HS_API int hs_model_open(hs_model **out, const char *name, hs_error *error);
/* The same for documents that are taken no further than DEPTH: opens sooner, since the rest stays closed. */
HS_API int hs_model_open_to(hs_model **out, const char *name, hs_depth depth, hs_error *error);
/* Names the model and the state of its rules, as in "small-9e107d9d-1-4f1c09a2" or, without a file, "rules-1-4f1c09a2":
 * rows of a record made by another one are out of date. Of a model that was opened to HS_ANNOTATE. Borrowed from it. */
HS_API const char *hs_model_version(const hs_model *model);
/* What is in the model NAME, or in the file NAME.quotations of a finder of attributions, for a person: version, file,
 * data, licences, scores, layers, sections. Errors: HS_ERROR_MODEL, HS_ERROR_STOPPED. */
HS_API int hs_model_describe(const char *name, hs_write *write, void *arg, hs_error *error);
HS_API void hs_model_free(hs_model *model);

/* ---------------------------------------------------------------- 3. Documents */

/* CoNLL-U holds no page but words, for HS_PARSE alone. */
typedef enum hs_media { HS_MEDIA_UNKNOWN, HS_MEDIA_HTML, HS_MEDIA_TEXT, HS_MEDIA_CONLLU } hs_media;

/* A page: bytes as captured, with what the caller knows of them. All of it is borrowed; unknown strings are NULL. */
typedef struct hs_page {
  const char *data; /* any bytes; NULL only if size is 0 */
  size_t size;
  hs_media media; /* unknown: HTML or text, looked up in the bytes */
  const char *id; /* the caller's own name for the page */
  const char *url;
  const char *title;
  const char *outlet;
  const char *published; /* ISO 8601 date or time */
  const char *date;      /* ISO 8601 date, taken for published where neither that nor the page tells */
  const char *language;  /* BCP 47 */
  const char *charset;   /* what the server called it, "windows-1252"; the bytes themselves come first */
  const char *captured;  /* ISO 8601 time; nothing in the page is dated later */
  const char *missing;   /* what of it was lost before it came here, NULL if nothing; becomes hs_article.status */
  const char *archive;   /* the file of the archive that it came from, without folder */
  const char *record;    /* the id of its record there, "urn:uuid:…" */
  uint64_t offset;       /* of that record in the archive, in bytes (docs/record.md) */
} hs_page;

typedef struct hs_doc hs_doc;

/*
 * Takes PAGE to DEPTH. The document keeps no pointer into the page. Bytes that are no UTF-8 are decoded or repaired; a
 * page over a limit (docs/limits.md) gives what could be read, and hs_article.status says so. Errors: HS_ERROR_INPUT
 * for a page with no text at all or one that is no text (an image, a program), HS_ERROR_USAGE for a DEPTH that MODEL
 * was not opened to. Follows no link and reads no file.
 */
HS_API int hs_doc_read(hs_doc **out, const hs_model *model, const hs_page *page, hs_depth depth, hs_error *error);
HS_API void hs_doc_free(hs_doc *doc);

/* ---------------------------------------------------------------- 4. Walking */

/* X(C name, word in tables and JSON) */
#define HS_BLOCK_KINDS(X)                                                                                              \
  X(TITLE, "title")                                                                                                    \
  X(PARAGRAPH, "paragraph")                                                                                            \
  X(HEADING, "heading")                                                                                                \
  X(ITEM, "item")                                                                                                      \
  X(QUOTE, "quote")                                                                                                    \
  X(CAPTION, "caption")                                                                                                \
  X(CELL, "cell")                                                                                                      \
  X(OTHER, "other")

typedef enum hs_block_kind {
#define X(name, word) HS_BLOCK_##name,
  HS_BLOCK_KINDS(X)
#undef X
} hs_block_kind;
/* The kind as a word, "paragraph". */
HS_API const char *hs_block_kind_name(hs_block_kind kind);

/* A block of a page, in page order. */
typedef struct hs_block {
  hs_block_kind kind;
  bool kept;          /* part of the article, or dropped as furniture */
  const char *reason; /* why it was dropped ("share bar", "donation plea", "repeats an earlier block"), NULL if kept */
  const char *spared; /* why it would have been dropped, had its score not outweighed that; NULL for all else */
  hs_span page;       /* its bytes in the page as captured */
  hs_span text;       /* its bytes in hs_article.text; empty for what was dropped from an HTML page */
  hs_span words;      /* its bytes in hs_article.words, whether it was kept or not */
  const char *time;   /* ISO 8601: when the entry of a live blog was written that it is part of; NULL for all else */
  uint32_t element;   /* the element that it is the text of: index into hs_article.elements; 0 in plain text */
  float score;        /* 0 to 1: how much its text, its element and what stands around it read like an article */
} hs_block;

/* An element of an HTML page. The first one is <html>. */
typedef struct hs_element {
  const char *name; /* "p" */
  uint32_t parent;  /* index into hs_article.elements, lower than its own; of the first one its own */
  uint32_t child;   /* its place among the elements in its parent, from 1 */
} hs_element;

/* A stretch of hs_article.words, up to where the next one begins: each OUT bytes of it came from IN bytes of the page,
 * the first of them from those at PAGE. */
typedef struct hs_origin {
  uint32_t words, page;
  uint32_t in, out; /* not 0 */
} hs_origin;

/* X(C name, word in tables and JSON) */
#define HS_PAGE_KINDS(X)                                                                                               \
  X(ARTICLE, "article")                                                                                                \
  X(LIVE, "live")                                                                                                      \
  X(INDEX, "index")                                                                                                    \
  X(VIDEO, "video")                                                                                                    \
  X(PAYWALL, "paywall")                                                                                                \
  X(ERROR, "error")                                                                                                    \
  X(EMPTY, "empty")

/* What kind of page a page is: an article, a live blog, a list of articles, a video with little text, the part of an
 * article before a paywall, a message that there is no page, next to nothing. */
typedef enum hs_page_kind {
#define X(name, word) HS_PAGE_##name,
  HS_PAGE_KINDS(X)
#undef X
      HS_PAGE_KIND_COUNT
} hs_page_kind;
/* The kind as a word, "article". */
HS_API const char *hs_page_kind_name(hs_page_kind kind);

/*
 * What extraction found. The text of an HTML page is its kept blocks, a blank line between; the text of a plain page is
 * the page as it came, dropped blocks included, so that offsets are those of the file.
 */
typedef struct hs_article {
  const char *id; /* the page's id, else 16 hexadecimal digits made from its content */
  hs_page_kind kind;
  float kind_confidence; /* 0 to 1 */
  const char *url, *outlet, *title;
  const char *const *byline; /* names, in order */
  size_t byline_count;
  const char *published;      /* ISO 8601, as precise as the page is; NULL rather than a guess */
  const char *published_from; /* what said so: "given", "json-ld", "meta", "time", "url", "text" */
  const char *modified;       /* ISO 8601 */
  const char *language;       /* BCP 47; NULL if neither the text nor the page tells */
  const char *language_from;  /* what said so: "given", "meta" or, against both or without them, "text" */
  float language_confidence;  /* 0 to 1: how sure the text itself is of it */
  const char *text;
  uint32_t text_size;
  const hs_block *blocks;
  size_t block_count;
  const char *words; /* the text of every block, the dropped ones too */
  uint32_t words_size;
  const hs_origin *origins; /* where WORDS came from, in order */
  size_t origin_count;
  const hs_element *elements; /* those that hold blocks and those around them; none of plain text */
  size_t element_count;
  const char *status; /* NULL if all was read, else what was not: "page over 16 MiB: the rest was left out" */
} hs_article;
/* Never NULL. */
HS_API const hs_article *hs_doc_article(const hs_doc *doc);

/* The bytes of the page that the bytes TEXT of hs_article.text came from: from the first one's to the last one's, with
 * tags, entities and white space as they stand between. */
HS_API hs_span hs_article_origin(const hs_article *article, hs_span text);
/* Writes the path of BLOCK's element as a CSS selector, "body > main:nth-child(2) > p:nth-child(4)", to OUT, which has
 * room for SIZE bytes, the last one NUL. Gives the bytes that the whole path takes, 0 in plain text. */
HS_API size_t hs_block_path(const hs_article *article, const hs_block *block, char *out, size_t size);

/* An index that points at nothing: the speaker of a quotation whose text does not tell, the head of a root. */
#define HS_NONE (-1)

/*
 * A word, number or mark as UAX #29 and the rules of docs/annotation.md cut it, with its analysis as Universal
 * Dependencies 2 names it. The model "rules" has no analysis, and HS_ANNOTATE asks for none: the strings are NULL, the
 * heads HS_NONE.
 */
typedef struct hs_token {
  hs_span span;
  int head;                                   /* index into hs_doc_tokens; HS_NONE for the root of its sentence */
  const char *upos, *xpos, *feats, *relation; /* "VERB", "VBD", "Tense=Past|VerbForm=Fin" or "_", "nsubj:pass" */
  const char *lemma;
} hs_token;

typedef struct hs_sentence {
  hs_span span;
  uint32_t first, end; /* its tokens, [first, end) of hs_doc_tokens */
} hs_sentence;

/* A name in the text. */
typedef struct hs_name {
  hs_span span;
  uint32_t first, end; /* its tokens, [first, end) of hs_doc_tokens */
  const char *type;    /* "PER", "ORG", "LOC", "NORP", "PROD", "EVT" */
} hs_name;

/* Arrays in text order, empty below HS_PARSE. Only kept blocks are analysed. COUNT must not be NULL. */
HS_API const hs_token *hs_doc_tokens(const hs_doc *doc, size_t *count);
HS_API const hs_sentence *hs_doc_sentences(const hs_doc *doc, size_t *count);
HS_API const hs_name *hs_doc_names(const hs_doc *doc, size_t *count);

/* X(C name, word in tables and JSON) */
#define HS_ACTOR_TYPES(X)                                                                                              \
  X(PERSON, "person")                                                                                                  \
  X(ORGANISATION, "organisation")                                                                                      \
  X(COUNTRY, "country")                                                                                                \
  X(GROUP, "group")                                                                                                    \
  X(ANONYMOUS, "anonymous")

typedef enum hs_actor_type {
#define X(name, word) HS_ACTOR_##name,
  HS_ACTOR_TYPES(X)
#undef X
} hs_actor_type;
HS_API const char *hs_actor_type_name(hs_actor_type type);

/* A person, organisation, country or group of the article, or an anonymous source as it is described. */
typedef struct hs_actor {
  hs_actor_type type;
  const char *name; /* the fullest form in the article */
  const char *const *names;
  size_t name_count; /* all forms of the name that the article uses, the fullest first, each once */
  const char *const *roles;
  size_t role_count;
  const char *institution; /* where the office or the work is, if the text tells: "water ministry" */
  const char *country;     /* ISO 3166-1 alpha-3, if the words themselves tell */
  const char *sector;      /* PLOVER's, if the words themselves tell */
  /* Of those without a name: how many, 0 if the text does not tell; how near they are to what they tell of ("familiar
   * with the talks"); why they have none ("on condition of anonymity"). NULL if the text does not tell. */
  int number;
  const char *closeness, *anonymity;
  const hs_span *mentions; /* names, pronouns and descriptions, in text order */
  size_t mention_count;
} hs_actor;
HS_API const hs_actor *hs_doc_actors(const hs_doc *doc, size_t *count);

/* X(C name, word in tables and JSON) */
#define HS_QUOTATION_TYPES(X)                                                                                          \
  X(DIRECT, "direct")                                                                                                  \
  X(INDIRECT, "indirect")                                                                                              \
  X(MIXED, "mixed")

typedef enum hs_quotation_type {
#define X(name, word) HS_QUOTATION_##name,
  HS_QUOTATION_TYPES(X)
#undef X
} hs_quotation_type;
HS_API const char *hs_quotation_type_name(hs_quotation_type type);

/* What the cue makes of the content, X(C name, word in tables and JSON). */
#define HS_FORCES(X)                                                                                                   \
  X(STATEMENT, "statement")                                                                                            \
  X(CLAIM, "claim")                                                                                                    \
  X(FINDING, "finding")                                                                                                \
  X(ACCUSATION, "accusation")                                                                                          \
  X(PRAISE, "praise")                                                                                                  \
  X(SUPPORT, "support")                                                                                                \
  X(PROMISE, "promise")                                                                                                \
  X(WARNING, "warning")                                                                                                \
  X(DENIAL, "denial")                                                                                                  \
  X(ADMISSION, "admission")                                                                                            \
  X(QUESTION, "question")                                                                                              \
  X(ORDER, "order")                                                                                                    \
  X(BELIEF, "belief")                                                                                                  \
  X(PLAN, "plan")

typedef enum hs_force {
#define X(name, word) HS_FORCE_##name,
  HS_FORCES(X)
#undef X
} hs_force;
HS_API const char *hs_force_name(hs_force force);

/*
 * Where the speaker stands to the content, X(C name, word in tables and JSON): it is so or shall be; it is not so or
 * shall not be; nothing is said of that ("asked whether", "declined to confirm").
 */
#define HS_POLARITIES(X)                                                                                               \
  X(AFFIRMED, "affirmed")                                                                                              \
  X(DENIED, "denied")                                                                                                  \
  X(OPEN, "open")

typedef enum hs_polarity {
#define X(name, word) HS_POLARITY_##name,
  HS_POLARITIES(X)
#undef X
} hs_polarity;
HS_API const char *hs_polarity_name(hs_polarity polarity);

/* One link of the chain that relayed a quotation, the outermost first. */
typedef struct hs_via {
  hs_span span;
  int actor; /* index into hs_doc_actors, or HS_NONE */
  /* "outlet", "agency", "spokesperson", "official", "person", "anonymous", "document", "post", "broadcast", "court",
   * "body": docs/attribution.md tells which is which */
  const char *kind;
} hs_via;

/* A time as TIMEX3 values it and the days it means, [begin, until). NULLs where the text does not tell. */
typedef struct hs_when {
  const char *value;         /* "2024-11-18", "XXXX-WXX-1" */
  const char *begin, *until; /* ISO 8601 dates */
} hs_when;

/* One attribution: who (sources) by what word (cue) said what (contents). */
typedef struct hs_quotation {
  hs_quotation_type type;
  hs_span cue; /* empty where there is no word nor mark for it */
  const hs_span *sources;
  size_t source_count;
  const hs_span *contents; /* at least one */
  size_t content_count;
  int speaker; /* index into hs_doc_actors, or HS_NONE: unresolved */
  float speaker_confidence;
  int speaks_for; /* index into hs_doc_actors of the one whose spokesperson the speaker is, or HS_NONE */
  hs_force force;
  hs_polarity polarity;
  int inside; /* index of the quotation in whose content this one stands, or HS_NONE */
  const hs_via *via;
  size_t via_count;
  hs_when said;
  float confidence; /* 0 to 1: that this is an attribution with these spans */
  float cue_confidence, source_confidence,
      content_confidence; /* of each alone; that of no source, that there is none */
} hs_quotation;
/* In the order of their first content. */
HS_API const hs_quotation *hs_doc_quotations(const hs_doc *doc, size_t *count);

/* A time expression (TIMEX3). */
typedef struct hs_time {
  hs_span span;
  const char *type; /* "DATE", "TIME", "DURATION", "SET" */
  hs_when when;
  const char *anchor; /* the date that it was counted from, NULL if it needs none */
} hs_time;
HS_API const hs_time *hs_doc_times(const hs_doc *doc, size_t *count);

/* A political event (PLOVER 2021). No rule of this version codes events yet: the array is empty. */
typedef struct hs_event {
  hs_span span;
  const char *event, *mode;
  const int *actors, *recipients; /* indices into hs_doc_actors */
  size_t actor_count, recipient_count;
  hs_when date;
} hs_event;
HS_API const hs_event *hs_doc_events(const hs_doc *doc, size_t *count);

/*
 * The document as one JSON object on one line (docs/json.md), offsets in Unicode characters. Written at once to WRITE.
 * Errors: HS_ERROR_STOPPED.
 */
HS_API int hs_doc_json(const hs_doc *doc, hs_write *write, void *arg, hs_error *error);

/* ---------------------------------------------------------------- 5. Many pages */

typedef struct hs_progress {
  uint64_t documents, bytes, bytes_total; /* bytes_total is 0 while it is not known (standard input) */
} hs_progress;

/* Passages that keep coming back on one outlet, learned by a record while pages were read into it. */
typedef struct hs_habits hs_habits;

/* What to read and how. Zero is the default of every field but paths. */
typedef struct hs_reading {
  /* Files, folders (recursive, sorted, links not followed), "-" for standard input, and addresses of the web (http and
   * https) of pages, feeds and sitemaps, which come behind all files. */
  const char *const *paths;
  size_t path_count;
  hs_depth depth;
  bool textless;    /* a page with blocks of which none is text of an article is no error: its status says so */
  int threads;      /* 0: one a core */
  const char *date; /* publication date of pages that have none, ISO 8601 */
  /* Only pages of these days, both included (ISO 8601, also "2031" or "2031-03"): of the day published where that comes
   * with the page, else of the day captured, else of the day published that the page itself tells. */
  const char *since, *until;
  const char *outlet;      /* only pages of the outlet of this name, or at this domain */
  const char *language;    /* only pages in this language (BCP 47) */
  const char *reject;      /* no pages of these kinds: words of HS_PAGE_KINDS with commas between */
  const hs_habits *habits; /* such passages are dropped; may be NULL; hs_record_read takes its own record's */
  float min_confidence;    /* quotations are left out that are less sure, themselves or in who their speaker is */
  int follow;              /* seconds after which the addresses are asked again, until progress says to stop; 0: once */
  int delay;               /* seconds between two requests to one host; 0: 1; negative: none */
  int timeout;             /* seconds that a request may take; 0: 60 */
  bool allow_local; /* ask addresses of this machine and its neighbours too, and go by the environment's proxies */
  int (*progress)(void *arg, const hs_progress *progress); /* called after each page by the calling thread, and with
                                                              zeros while a server is waited for; may be NULL; gives 0
                                                              to go on */
  void *arg;                                               /* for progress */
} hs_reading;

/* Called in input order, by the calling thread. Either DOC, with the page it was read from, or ERROR, which names the
 * input, is not NULL. Gives 0 to go on. */
typedef int hs_each(void *arg, const hs_doc *doc, const hs_page *page, const hs_error *error);

/*
 * Reads every page of READING and hands each to EACH. One page's failure never stops the others. The result is the same
 * on any number of threads. A page that does not tell its day or language is not left out for it. Errors:
 * HS_ERROR_STOPPED if EACH or progress asked to, HS_ERROR_USAGE for no paths.
 */
HS_API int hs_pages_read(const hs_model *model, const hs_reading *reading, hs_each *each, void *arg, hs_error *error);

/* ---------------------------------------------------------------- 6. The record */

typedef struct hs_record hs_record;

typedef enum hs_access { HS_RECORD_READ, HS_RECORD_WRITE } hs_access;

/*
 * Opens the record at PATH; for writing it is made if there is none, and brought up to date if an older hearsay wrote
 * it. One writer at a time; readers are not held up by it. Errors: HS_ERROR_RECORD for a file that is missing, no
 * record, broken, from a newer hearsay, or held by another writer.
 */
HS_API int hs_record_open(hs_record **out, const char *path, hs_access access, hs_error *error);
HS_API void hs_record_free(hs_record *record);

/* What a reading did to the record. */
typedef struct hs_tally {
  uint64_t added, known, failed; /* pages: new or annotated anew, already there, not readable */
  uint64_t passed;               /* records of archives that hold no page: requests, images, answers other than 200 */
  uint64_t unchanged;            /* pages that their server says are as they were */
  uint64_t left_out;             /* pages that since, until, outlet or language leaves out */
  uint64_t quotations;           /* in the pages added */
} hs_tally;

/*
 * Adds a page and the document that hs_doc_read made of it at HS_ANNOTATE. The same page again changes nothing and
 * sets *ADDED (may be NULL) to false. Committed in batches and by hs_record_commit or hs_record_free.
 */
HS_API int hs_record_add(hs_record *record, const hs_page *page, const hs_doc *doc, bool *added, hs_error *error);
HS_API int hs_record_commit(hs_record *record, hs_error *error);

/* What the record has learned so far: passages at the beginning or end of articles that stand in three of them or more,
 * and in one in five of all of their outlet. To be freed with hs_habits_free. Errors: HS_ERROR_RECORD. */
HS_API int hs_record_habits(hs_habits **out, const hs_record *record, hs_error *error);
HS_API void hs_habits_free(hs_habits *habits);

/* Reads every page of READING into the record: at HS_EXTRACT the pages and their articles, without quotations, actors
 * and times, which hs_record_again adds; at any other depth all of it. FAILED (may be NULL) is called for each input
 * that could not be read. The record holds whole batches at any moment, whatever ends the process. If progress asks to
 * stop, the pages that came before are committed and counted in TALLY, and the error is HS_ERROR_STOPPED. */
HS_API int hs_record_read(hs_record *record, const hs_model *model, const hs_reading *reading,
                          void (*failed)(void *arg, const hs_error *error), void *arg, hs_tally *tally,
                          hs_error *error);
/* Annotates, from the pages kept, every article that another version of the model or rules made, or none. Of READING
 * only threads and progress count. */
HS_API int hs_record_again(hs_record *record, const hs_model *model, const hs_reading *reading, hs_tally *tally,
                           hs_error *error);

/* The order of quotations; by day in all of them where nothing else decides, then by article and place. */
typedef enum hs_said_order {
  HS_SAID_BY_DAY,
  HS_SAID_LATEST, /* the latest day first */
  HS_SAID_SUREST, /* the surest first */
  HS_SAID_BY_SPEAKER,
  HS_SAID_BY_OUTLET
} hs_said_order;

/* Which quotations; a field that is NULL or 0 does not narrow. Names and words match without case and accents. */
typedef struct hs_said_filter {
  const char *by;            /* any name of the speaker holds these words in a row */
  const char *spoken_for;    /* any name of the one whose spokesperson the speaker is does */
  const char *via;           /* any link of the chain does */
  const char *about;         /* the content holds these words (SQLite FTS5's query syntax is not seen) */
  const char *since, *until; /* said, or else published, on these days or between (ISO 8601, both included) */
  const char *type;          /* "direct", "indirect" or "mixed" */
  const char *force;         /* what the cue makes of it: the words of HS_FORCES */
  const char *speaker;       /* "named", "anonymous" or "unresolved" */
  const char *outlet;        /* the outlet's name holds these words in a row */
  const char *article;       /* of this article: its id as hs_said.article; NULL: of the latest version of each page */
  float min_confidence;      /* as sure as this or surer, themselves and in who their speaker is */
  hs_said_order order;
  size_t limit; /* 0: all */
} hs_said_filter;

/* One quotation of the record with its evidence. Ids are 16 hexadecimal digits made from content. */
typedef struct hs_said {
  const char *id, *article;                  /* ids */
  const char *type, *speaker, *speaker_type; /* speaker NULL: unresolved */
  float speaker_confidence, confidence;
  const char *source, *cue, *content; /* as they stand in the text; parts joined by " … " */
  const char *via;                    /* names, outermost first, joined by " > " */
  const char *speaks_for;             /* the name of the one whose spokesperson the speaker is; NULL: none */
  const char *force, *polarity;       /* the words of HS_FORCES and HS_POLARITIES */
  const char *said, *said_begin, *said_until;
  const char *article_name, *title, *outlet, *url, *published;
  const char *corrections; /* JSON: what people judged of it, in order; what they corrected stands corrected above, but
                            * for places: [{"field", "verdict", "value", "who", "at", "note"}] */
  const char *spans; /* JSON: {"sources": [{"start","end"}], "cue": …, "contents": […]}, in characters of the text */
  uint32_t start_chars, end_chars; /* from its first content's start to its last one's end */
} hs_said;

/* Hands each quotation that FILTER lets through to ROW, in its order. Row gives 0 to go on. */
HS_API int hs_record_said(const hs_record *record, const hs_said_filter *filter,
                          int (*row)(void *arg, const hs_said *said), void *arg, hs_error *error);

/*
 * A person's judgement of a quotation. Strings that are NULL judge nothing. A value is what should stand there, "" that
 * nothing should: a speaker of whom the text does not tell. Sources, cues and contents are told by their words as they
 * stand in the text, parts joined by " … ", of which the place nearest to the quotation is meant, or by places in
 * characters, as "118-140,150-160".
 */
typedef struct hs_correction {
  const char *id;      /* the quotation's, or that of its article for one that is missing; a beginning will do */
  const char *verdict; /* of it as a whole: "right", "wrong" (it is none), or "missing" (the record lacks it) */
  const char *source, *cue, *content;
  const char *speaker, *speaks_for, *via, *said, *type, *force; /* as in hs_said */
  const char *who, *at, *note;                                  /* who judged, when (ISO 8601; NULL: now), and why */
} hs_correction;

/* Stores CORRECTION beside the row that it speaks of; the last one on a field counts. It stays when the article is
 * annotated again. What WHO judged the same at that time or, where none is given, last is not stored again; *STORED
 * (may be NULL): was anything? Errors: HS_ERROR_USAGE for one that makes no sense. */
HS_API int hs_record_correct(hs_record *record, const hs_correction *correction, bool *stored, hs_error *error);
/* The same of a line of JSON with these fields (docs/json.md); WHO holds where it has none. Errors also:
 * HS_ERROR_INPUT for what is no such line. */
HS_API int hs_record_correct_json(hs_record *record, const char *line, size_t size, const char *who, bool *stored,
                                  hs_error *error);

/* How much was said by a speaker, through a link of the chain, in an outlet, on a day. */
typedef struct hs_said_count {
  const char *name; /* the speaker's, link's or outlet's, or the day; NULL: unresolved, through nobody, not known */
  const char *kind; /* of a speaker or link; else NULL */
  uint64_t quotations, articles, outlets;
  const char *first_day, *last_day; /* on which they were said, or else published; NULL: not known */
} hs_said_count;

/* Counts the quotations that FILTER lets through by "speaker", "via", "outlet" or "day": days in their order, else the
 * most first, what is not known last. FILTER's limit is one of counts; its order does not matter. */
HS_API int hs_record_count(const hs_record *record, const hs_said_filter *filter, const char *by,
                           int (*row)(void *arg, const hs_said_count *count), void *arg, hs_error *error);

/* ---------------------------------------------------------------- 7. Reports */

typedef enum hs_format { HS_TEXT, HS_MARKDOWN, HS_HTML, HS_JSON } hs_format;

/* How a report looks. Zero is plain text, 80 columns, no colour. */
typedef struct hs_style {
  hs_format format;
  int width;   /* columns; 0: 80; negative: lines are not broken, one a paragraph */
  bool colour; /* ANSI colours in text */
} hs_style;

/* The article of DOC as a person reads it: its title, facts and kept blocks (HS_TEXT or HS_MARKDOWN). */
HS_API int hs_report_article(const hs_doc *doc, const hs_style *style, hs_write *write, void *arg, hs_error *error);
/* Every block of DOC's page, kept or dropped, with its reason, score, place in the page and element (HS_TEXT), or all
 * of that and more as one JSON object on one line (HS_JSON, docs/json.md). */
HS_API int hs_report_explain(const hs_doc *doc, const hs_style *style, hs_write *write, void *arg, hs_error *error);
/* The text of DOC with source, cue, content and chain of each quotation marked, in colour or in brackets with letters,
 * and who said it, how sure that is, in the margin or below (HS_TEXT); or as an article of the page that
 * hs_report_marks_open begins (HS_HTML). */
HS_API int hs_report_marks(const hs_doc *doc, const hs_style *style, hs_write *write, void *arg, hs_error *error);
/* The page of HTML around any number of such articles: what comes before the first, and behind the last. TITLE may be
 * NULL. */
HS_API int hs_report_marks_open(const char *title, hs_write *write, void *arg, hs_error *error);
HS_API int hs_report_marks_close(hs_write *write, void *arg, hs_error *error);
/* The sentences of DOC: each drawn as a tree (HS_TEXT) or as one JSON object a line (HS_JSON, docs/json.md). */
HS_API int hs_report_parse(const hs_doc *doc, const hs_style *style, hs_write *write, void *arg, hs_error *error);
/* The tokens of DOC as CoNLL-U. Of a page that was CoNLL-U itself the words, their order and numbers, comments,
 * multiword tokens, empty words and MISC stay, and what hearsay finds takes the place of what stood in the other
 * columns and in NER= of MISC. */
HS_API int hs_report_conllu(const hs_doc *doc, hs_write *write, void *arg, hs_error *error);
/* What the record tells, or those articles of it that hold the words STORY (NULL: all), day by day: who said what, on
 * whose word, how sure. */
HS_API int hs_report_brief(const hs_record *record, const char *story, const hs_style *style, hs_write *write,
                           void *arg, hs_error *error);
/* The row ID (article, quotation or actor; a unique beginning of at least four digits will do) with its evidence in
 * context. Errors: HS_ERROR_USAGE if there is no such row or more than one. */
HS_API int hs_report_row(const hs_record *record, const char *id, const hs_style *style, hs_write *write, void *arg,
                         hs_error *error);
/* The page as it was captured, byte for byte, that ID as above belongs to; of an archive, unpacked. */
HS_API int hs_report_page(const hs_record *record, const char *id, hs_write *write, void *arg, hs_error *error);
/*
 * What changed from version to version of a page, quotations first, then sentences (HS_TEXT or HS_JSON, one object a
 * step): BEFORE is its address in full, or the id of a row as above. With AFTER (may be NULL) what changed between
 * those two, of an address the latest version. *COUNT (may be NULL): the versions there are; if it is one, nothing was
 * written.
 */
HS_API int hs_report_diff(const hs_record *record, const char *before, const char *after, const hs_style *style,
                          hs_write *write, void *arg, size_t *count, hs_error *error);
/* The record as FORMAT: all of it as "jsonl", "csv" or "citron", what people judged as "corrections", and the articles
 * that they corrected as "gold" (docs/export.md). Errors: HS_ERROR_USAGE for another format. */
HS_API int hs_report_export(const hs_record *record, const char *format, hs_write *write, void *arg, hs_error *error);
/* The record as files of one article each, for tools that read folders: "citron" (.json) or "brat" (.txt, .ann and
 * annotation.conf). Hands each file with its name, which has no folder in it, to FILE, which gives 0 to go on. Errors:
 * HS_ERROR_USAGE for another format, HS_ERROR_STOPPED. */
HS_API int hs_report_export_files(const hs_record *record, const char *format,
                                  int (*file)(void *arg, const char *name, const char *data, size_t size), void *arg,
                                  hs_error *error);

#ifdef __cplusplus
}
#endif

#endif
