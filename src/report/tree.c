#include "report/tree.h"

#include "annotate/document.h"
#include "report/text.h"

#include <stdlib.h>

enum { STEP = 3, WIDEST_TREE = 48, LONGEST_WORD = 60 };

#define RESET "\x1b[0m"
#define BOLD "\x1b[1m"
#define FAINT "\x1b[2m"
#define CLASS "\x1b[33m"
#define RELATION "\x1b[36m"
#define NAME "\x1b[32m"

/* A sentence as it is drawn; words are counted from its start. */
typedef struct drawing {
  const hs_doc *doc;
  const hs_token *tokens; /* of the sentence */
  uint32_t first;         /* of the document's tokens */
  int count;
  int *head;         /* from which a word is drawn to hang; -1: from none */
  int *depth;        /* below the root, as it is drawn */
  int *left, *right; /* the outermost words that hang from a word, itself if none does */
  size_t name;       /* of the document's names, the first one that is not drawn to its end */
  bool colour;
  hs_buffer *out;
} drawing;

static int true_head(const drawing *d, int word) {
  int head = d->tokens[word].head;
  return head == HS_NONE ? -1 : head - (int)d->first;
}

static bool is_below(const drawing *d, int word, int above) {
  while (word >= 0 && word != above) word = true_head(d, word);
  return word == above;
}

/* Does all that stands between WORD and HEAD hang below HEAD? */
static bool runs_free(const drawing *d, int word, int head) {
  if (true_head(d, head) < 0) return true;
  int step = word < head ? 1 : -1;
  for (int between = word + step; between != head; between += step)
    if (!is_below(d, between, head)) return false;
  return true;
}

static void find_heads(drawing *d) {
  for (int i = 0; i < d->count; i++) {
    int head = true_head(d, i);
    while (head >= 0 && !runs_free(d, i, head)) head = true_head(d, head);
    d->head[i] = head;
    d->depth[i] = -1;
    d->left[i] = d->right[i] = i;
  }
  for (int i = 0; i < d->count; i++) {
    int steps = 0, known = i;
    for (; known >= 0 && d->depth[known] < 0; known = d->head[known]) steps++;
    int depth = steps + (known >= 0 ? d->depth[known] : -1);
    for (int at = i; at != known; at = d->head[at]) d->depth[at] = depth--;
    int head = d->head[i];
    if (head < 0) continue;
    if (i < d->left[head]) d->left[head] = i;
    if (i > d->right[head]) d->right[head] = i;
  }
}

static void set_colour(drawing *d, const char *code) {
  if (d->colour) hs_buffer_text(d->out, code);
}

static void add_blanks(hs_buffer *out, int count) { hs_buffer_printf(out, "%*s", count > 0 ? count : 0, ""); }

/* The rails left of WORD; gives their columns. PATH has room for the words above it. */
static int draw_rails(drawing *d, int word, int *path) {
  int depth = d->depth[word];
  for (int at = word, level = depth; level >= 0; at = d->head[at], level--) path[level] = at;
  set_colour(d, FAINT);
  for (int level = 0; level < depth; level++) {
    int head = path[level];
    bool outermost = word == d->left[head] || word == d->right[head];
    if (level == depth - 1) hs_buffer_text(d->out, !outermost ? "├─ " : word < head ? "┌─ " : "└─ ");
    else hs_buffer_text(d->out, d->left[head] < word && word < d->right[head] ? "│  " : "   ");
  }
  set_colour(d, RESET);
  return depth * STEP;
}

/* The word, cut if it is very long; gives its columns. */
static int draw_word(drawing *d, int word) {
  size_t before = d->out->size;
  hs_str form = hs_str_at(d->doc->article.text, d->tokens[word].span);
  hs_text_cut(d->out, form, LONGEST_WORD, HS_FORM_PLAIN);
  return hs_text_width((hs_str){d->out->data + before, d->out->size - before});
}

/* "PER" beside the first word of a name, a rail beside its others. */
static void draw_name(drawing *d, int word) {
  const hs_analysis *found = &d->doc->analysis;
  uint32_t token = d->first + (uint32_t)word;
  while (d->name < found->name_count && found->names[d->name].end <= token) d->name++;
  if (d->name == found->name_count || found->names[d->name].first > token) return;
  const hs_name *name = &found->names[d->name];
  bool alone = name->end == name->first + 1;
  set_colour(d, NAME);
  hs_buffer_text(d->out, alone ? "  ╶ " : token == name->first ? "  ┐ " : token + 1 == name->end ? "  ┘" : "  │");
  if (token == name->first) hs_buffer_text(d->out, name->type);
  set_colour(d, RESET);
}

/* The class and the relation of a word, "obj of said" where the drawing does not show the head; gives their columns. */
static void draw_analysis(drawing *d, int word) {
  const hs_token *token = &d->tokens[word];
  int head = true_head(d, word);
  set_colour(d, CLASS);
  hs_buffer_printf(d->out, "  %-5s ", token->upos);
  set_colour(d, RELATION);
  size_t before = d->out->size;
  hs_buffer_text(d->out, token->relation);
  if (head != d->head[word]) {
    hs_buffer_text(d->out, " of ");
    hs_text_cut(d->out, hs_str_at(d->doc->article.text, d->tokens[head].span), LONGEST_WORD, HS_FORM_PLAIN);
  }
  add_blanks(d->out, 12 - hs_text_width((hs_str){d->out->data + before, d->out->size - before}));
  set_colour(d, RESET);
  draw_name(d, word);
}

/* The columns that the widest of the words and their rails take, but for outliers. */
static int tree_width(const drawing *d) {
  int widest = 0;
  for (int i = 0; i < d->count; i++) {
    int width = d->depth[i] * STEP + hs_text_width(hs_str_at(d->doc->article.text, d->tokens[i].span));
    if (width > widest && width <= WIDEST_TREE) widest = width;
  }
  return widest;
}

static void draw_words(drawing *d) {
  int *path = hs_alloc((size_t)d->count * sizeof *path);
  int width = tree_width(d);
  for (int i = 0; i < d->count; i++) {
    const hs_token *token = &d->tokens[i];
    int columns = draw_rails(d, i, path);
    bool strong = token->relation && d->head[i] < 0;
    if (strong) set_colour(d, BOLD);
    columns += draw_word(d, i);
    if (strong) set_colour(d, RESET);
    if (token->relation) {
      add_blanks(d->out, width - columns);
      draw_analysis(d, i);
    }
    while (d->out->data[d->out->size - 1] == ' ') d->out->size--;
    hs_buffer_char(d->out, '\n');
  }
  free(path);
}

static void draw_text(hs_buffer *out, const hs_doc *doc, const hs_sentence *sentence, const hs_style *style) {
  hs_buffer prose = {0};
  hs_buffer_char(&prose, HS_MARK_STRONG);
  hs_text_add(&prose, hs_str_at(doc->article.text, sentence->span), HS_FORM_PLAIN);
  hs_text_wrap(out, &prose, &(hs_layout){.width = hs_style_width(style), .colour = style->colour});
  hs_buffer_free(&prose);
}

void hs_tree_draw(hs_buffer *out, const hs_doc *doc, size_t index, const hs_style *style) {
  const hs_sentence *sentence = &doc->analysis.sentences[index];
  size_t count = sentence->end - sentence->first;
  int *room = hs_alloc(4 * count * sizeof *room);
  drawing d = {.doc = doc,
               .tokens = doc->analysis.tokens + sentence->first,
               .first = sentence->first,
               .count = (int)count,
               .head = room,
               .depth = room + count,
               .left = room + 2 * count,
               .right = room + 3 * count,
               .colour = style->colour,
               .out = out};
  find_heads(&d);
  draw_text(out, doc, sentence, style);
  hs_buffer_char(out, '\n');
  draw_words(&d);
  free(room);
}
