/* What the parts of extraction share while one page is worked on. */
#ifndef HS_EXTRACT_WORK_H
#define HS_EXTRACT_WORK_H

#include "base/buffer.h"
#include "base/map.h"
#include "extract/charset.h"
#include "extract/date.h"
#include "extract/extract.h"
#include "extract/furniture.h"
#include "extract/jsonld.h"

/* An element of an HTML page that holds blocks, or the whole of a plain page. */
typedef struct hs_box {
  uint32_t parent;    /* index of the box around it; that of the first is itself */
  const char *reason; /* why all that stands in it is no part of the article, NULL if nothing says so */
  bool article;       /* says of itself that it holds the article */
  bool element;       /* an <article> */
  bool wide;          /* may hold many blocks, unlike a paragraph or an item */
  uint32_t good, bad; /* characters in it, boxes inside included, that read like an article, and others */
} hs_box;

/* What is known of a block while it is weighed. */
typedef struct hs_piece {
  uint32_t box;
  uint32_t chars, linked; /* characters, and those of them in links */
  uint8_t level;          /* of a heading, 1 to 6 */
  bool byline;            /* its element says that it names the author */
  bool time;              /* all of it stands in <time> */
} hs_piece;

/* A name and a value that the page says of itself: <meta>, <link>, <time>. */
typedef struct hs_said_meta {
  hs_str name, value;
  uint32_t block; /* how many blocks stand before it */
} hs_said_meta;

/* The trees that score blocks. */
typedef struct hs_scorer hs_scorer;

typedef struct hs_work {
  const hs_phrases *furniture, *head, *names, *kinds, *agencies; /* of data/furniture.tsv, pagehead… */
  const hs_scorer *scorer;
  const hs_page *page;
  hs_arena *arena;
  hs_decoded source;
  hs_str text; /* what the text spans of blocks point into */
  hs_array(hs_block) blocks;
  hs_array(hs_piece) pieces; /* one a block; HTML only */
  hs_array(hs_box) boxes;
  hs_map classes; /* classes and ids of elements, borrowed from the tree, to their place in class_phrases, from 1 */
  hs_array(const hs_phrase *) class_phrases; /* what data/furniture.tsv says of them, NULL for most */
  hs_array(hs_said_meta) metas;
  hs_array(hs_str) scripts; /* JSON-LD, parts of the page as it was decoded, */
  hs_jsonld ld;             /* and what it says */
  hs_array(const char *) byline;
  float *features; /* of each block of an HTML page, HS_BLOCK_FEATURE_COUNT of them (features.h) */
  bool told;       /* the text is that of the JSON-LD */
  bool cut;        /* the tree was too deep */
  bool too_many_tags;
  size_t mended; /* characters that were encoded twice */
  hs_article *out;
} hs_work;

static inline hs_str hs_work_block(const hs_work *work, size_t i) {
  return hs_str_at(work->text.data, work->blocks.items[i].text);
}
static inline void hs_work_drop(hs_work *work, size_t i, const char *reason) {
  work->blocks.items[i].kept = false;
  work->blocks.items[i].reason = reason;
}

/* text.c: splits plain text into blocks: paragraphs, headings, items, quotes. */
void hs_text_split(hs_work *work);
/* text.c: tells title, byline and date from the first blocks of plain text. */
void hs_text_head(hs_work *work);
/* html.c: fills blocks, pieces, boxes, metas and scripts from an HTML page. */
void hs_html_split(hs_work *work);
/* body.c: drops the blocks that stand outside the article. */
void hs_body_choose(hs_work *work);
/* body.c: the reason of the blocks that only their place keeps out of the article. */
extern const char hs_body_outside[];
/* body.c: does S end with a mark that ends sentences, or in a script that has none? */
bool hs_body_ends_sentence(hs_str s);
/* outlet.c: the name in what a page gives as the name of its outlet; empty if there is none. */
hs_str hs_outlet_name(hs_str said);
/* head.c: takes in the lead below the title, drops kickers, bylines and date lines around it. */
void hs_head_tidy(hs_work *work);
/* teaser.c: drops what stands in the body of other articles. */
void hs_teaser_drop(hs_work *work);
/* body.c: drops labels and headings that are left without what they stood for, when all else is dropped. */
void hs_body_tidy(hs_work *work);
/* score.c: gives every block its score. */
void hs_score_blocks(hs_work *work);
/* Drops the blocks of an HTML page that score badly, and keeps those that score well where the rules' reason is open.
 */
void hs_score_decide(hs_work *work);
/* Reads data/blocks.tsv and data/reasons.tsv into ARENA. */
hs_scorer *hs_scorer_new(hs_arena *arena);
/* The number of REASON, which may be NULL, in data/reasons.tsv. */
int hs_scorer_why(const hs_scorer *scorer, const char *reason);
/* told.c: where next to nothing of an HTML page was kept, takes its text and blocks out of its JSON-LD, if that holds
 * the article's body. Gives whether it did. */
bool hs_told_take(hs_work *work);
/* kind.c: tells the kind of an HTML page, and the times of a live blog's entries. */
void hs_kind_tell(hs_work *work);
const hs_phrases *hs_kinds_new(hs_arena *arena);
/* metadata.c: fills what an HTML page says of itself into out, where the caller has not said it. */
void hs_metadata_read(hs_work *work);
const hs_phrases *hs_metadata_new(hs_arena *arena);
/* Are both the same but for case, blanks and the marks around? */
bool hs_metadata_same(hs_str a, hs_str b);
/* Is S a line that tells a day of publication or change? Then it is taken into out, where nothing stands there. */
bool hs_metadata_date_line(hs_work *work, hs_str s);

/* byline.c: adds the names in S to the byline; gives whether there was one. TRUSTED: S is said to be authors. */
bool hs_byline_add(hs_work *work, hs_str s, bool trusted);
/* Is S a line that begins with "by" and holds names? Then they are added. */
bool hs_byline_line(hs_work *work, hs_str s);
/* Does the line S begin with a name of the byline, or with "by" and a name? */
bool hs_byline_opens(const hs_work *work, hs_str s);
/* Is the line S the name of an agency, "dpa", alone or behind a stroke, "Photo: Ben Tal/AFP"? */
bool hs_byline_credits(const hs_work *work, hs_str s);
/* byline.c: reads data/agencies.tsv into ARENA. */
const hs_phrases *hs_agencies_new(hs_arena *arena);
/* Is S what an author is, "Contributing Writer"? */
bool hs_byline_role(const hs_work *work, hs_str s);

#endif
