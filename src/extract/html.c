/* HTML → blocks. The tree is walked without recursion; text is gathered until an element ends the block. */
#include "extract/work.h"

#include "base/hash.h"
#include "base/limits.h"
#include "extract/origin.h"
#include "extract/tree.h"

#include <stdlib.h>

enum { ATTRIBUTE_BYTES = 512 };

/* An element that is open while the tree is walked. */
typedef struct frame {
  myhtml_tree_node_t *node;
  uint32_t box;
  uint32_t element;  /* index of elements; of those around blocks only, else NO_ELEMENT */
  uint32_t child;    /* its place among the elements in its parent, from 1 */
  uint32_t children; /* elements in it so far */
  hs_block_kind kind;
  uint8_t level;
  bool link, byline, verbatim, time, ends_block;
} frame;

static const uint32_t NO_ELEMENT = UINT32_MAX;

typedef struct walk {
  hs_work *w;
  hs_tree tree;
  size_t place;       /* behind the last of the tree's places that was gone through */
  hs_buffer text;     /* of all blocks, a newline behind each */
  hs_origins origins; /* of text, in the decoded page */
  uint32_t base;      /* bytes of the source before those that were parsed */
  hs_array(hs_element) elements;
  hs_array(frame) frames;                  /* from the root to the node at hand */
  size_t start;                            /* of the block that is being gathered, in text */
  uint32_t from, to, chars, linked, timed; /* bytes of the parsed text; characters */
  hs_span blank;                           /* bytes that make a blank before the next character; empty: none is due */
  bool byline;
  unsigned breaks; /* <br> since the last character */
} walk;

static const char *reason_of_tag(myhtml_tag_id_t tag) {
  switch (tag) {
  case MyHTML_TAG_NAV: return "navigation";
  case MyHTML_TAG_HEADER: return "page header";
  case MyHTML_TAG_FOOTER: return "page footer";
  case MyHTML_TAG_ASIDE: return "aside";
  case MyHTML_TAG_FORM:
  case MyHTML_TAG_FIELDSET: return "form";
  case MyHTML_TAG_DIALOG: return "dialog";
  default: return NULL;
  }
}

static const char *reason_of_role(hs_str role) {
  if (hs_str_is(role, "navigation") || hs_str_is(role, "menu") || hs_str_is(role, "menubar")) return "navigation";
  if (hs_str_is(role, "banner")) return "page header";
  if (hs_str_is(role, "contentinfo")) return "page footer";
  if (hs_str_is(role, "complementary")) return "aside";
  if (hs_str_is(role, "search")) return "form";
  if (hs_str_is(role, "dialog") || hs_str_is(role, "alertdialog")) return "dialog";
  return NULL;
}

static hs_str attribute(const myhtml_tree_node_t *node, const char *key) {
  return node->token ? hs_tree_attribute(node->token, key) : (hs_str){0};
}

static hs_str copied(hs_work *w, hs_str s) {
  return (hs_str){s.data ? hs_arena_copy(w->arena, s.data, s.size) : NULL, s.size};
}

static void add_meta(hs_work *w, hs_str name, hs_str value) {
  if (!name.size || !value.data) return;
  hs_push(w->arena, w->metas, ((hs_said_meta){copied(w, name), copied(w, value), (uint32_t)w->blocks.count}));
}

/* All text below NODE as it stands, without recursion. */
static hs_str text_below(hs_work *w, myhtml_tree_node_t *top) {
  hs_buffer text = {0};
  for (myhtml_tree_node_t *n = top->child; n && n != top;) {
    size_t size = 0;
    const char *s = n->tag_id == MyHTML_TAG__TEXT ? myhtml_node_text(n, &size) : NULL;
    if (s) hs_buffer_add(&text, s, size);
    if (n->child) {
      n = n->child;
      continue;
    }
    while (n != top && !n->next) n = n->parent;
    if (n != top) n = n->next;
  }
  hs_str copy = {hs_arena_copy(w->arena, text.data, text.size), text.size};
  hs_buffer_free(&text);
  return copy;
}

/* What stands between the tags of the script NODE, in the page as it was decoded; nothing where tags stand in it. */
static hs_str script_text(const walk *k, myhtml_tree_node_t *node) {
  myhtml_position_t tag = myhtml_node_element_position(node);
  size_t before = k->base + tag.begin + tag.length;
  hs_str rest = {k->w->source.text.data + before, k->w->source.text.size - before};
  if (before >= k->w->source.text.size || myhtml_node_namespace(node) != MyHTML_NAMESPACE_HTML) return (hs_str){0};
  const char *end = rest.data;
  while ((end = memchr(end, '<', (size_t)(rest.data + rest.size - end))) &&
         !hs_str_starts_alike((hs_str){end, (size_t)(rest.data + rest.size - end)}, "</script"))
    end++;
  return (hs_str){rest.data, end ? (size_t)(end - rest.data) : rest.size};
}

/* What NODE says of the page rather than to the reader. */
static void read_meta(walk *k, myhtml_tree_node_t *node) {
  hs_work *w = k->w;
  if (node->tag_id == MyHTML_TAG_META) {
    hs_str value = attribute(node, "content");
    add_meta(w, attribute(node, "property"), value);
    add_meta(w, attribute(node, "name"), value);
    add_meta(w, attribute(node, "itemprop"), value);
  } else if (node->tag_id == MyHTML_TAG_LINK && hs_str_is(attribute(node, "rel"), "canonical")) {
    add_meta(w, hs_str_of("canonical"), attribute(node, "href"));
  } else if (node->tag_id == MyHTML_TAG_TITLE && node->parent && node->parent->tag_id == MyHTML_TAG_HEAD) {
    add_meta(w, hs_str_of("<title>"), text_below(w, node));
  } else if (node->tag_id == MyHTML_TAG_HTML) {
    add_meta(w, hs_str_of("<lang>"), attribute(node, "lang"));
  } else if (node->tag_id == MyHTML_TAG_TIME) {
    hs_str item = attribute(node, "itemprop"), value = attribute(node, "datetime");
    add_meta(w, hs_str_of(hs_str_is(item, "dateModified") ? "<time modified>" : "<time>"), value);
  } else if (node->tag_id == MyHTML_TAG_SCRIPT && hs_str_holds_alike(attribute(node, "type"), "ld+json")) {
    hs_push(w->arena, w->scripts, script_text(k, node));
  }
}

/* Where the block stands in the page, without the blanks around it. */
static hs_span page_span(const walk *k) {
  const hs_decoded *d = &k->w->source;
  uint32_t from = k->from + k->base, to = k->to + k->base;
  if (to > d->text.size) to = (uint32_t)d->text.size;
  return (hs_span){hs_charset_origin(d, from), hs_charset_end(d, to)};
}

static void end_block(walk *k) {
  hs_work *w = k->w;
  frame *f = &k->frames.items[k->frames.count - 1];
  if (k->text.size > k->start) {
    if (w->blocks.count < HS_LIMIT_BLOCKS) {
      hs_span page = page_span(k);
      hs_span text = {(uint32_t)k->start, (uint32_t)k->text.size};
      hs_push(w->arena, w->blocks,
              ((hs_block){.kind = f->kind,
                          .kept = true,
                          .page = page,
                          .text = text,
                          .words = text,
                          .element = f->element == NO_ELEMENT ? 0 : f->element}));
      hs_push(w->arena, w->pieces,
              ((hs_piece){f->box, k->chars, k->linked, f->level, k->byline, k->timed == k->chars}));
      hs_buffer_char(&k->text, '\n');
    } else {
      k->text.size = k->start;
    }
  }
  k->start = k->text.size;
  k->chars = k->linked = k->timed = k->to = 0;
  k->blank = (hs_span){0};
  k->byline = false;
  k->breaks = 0;
}

/* Bytes that are white space: a blank is due, which is put down to the first of them. */
static void owe_blank(walk *k, uint32_t from, uint32_t size) {
  if (k->blank.start == k->blank.end) k->blank = (hs_span){from, from + size};
}

/* A newline inside a block: <br>, or a line of <pre>. A second one in a row ends the block. */
static void break_line(walk *k, uint32_t from, uint32_t size) {
  owe_blank(k, from, size);
  if (++k->breaks == 2) end_block(k);
}

static bool is_blank(const char *s, size_t left, size_t *size) {
  *size = 1;
  if (s[0] == ' ' || s[0] == '\n' || s[0] == '\t' || s[0] == '\r' || s[0] == '\f' || !s[0]) return true;
  if (left >= 2 && s[0] == '\xC2' && s[1] == '\xA0') return *size = 2, true;
  return false;
}

/* Adds SIZE bytes of text, which came from IN bytes of the parsed text at FROM. If IN is 1, each of them came from one,
 * in order. */
static void add_bytes(walk *k, const char *s, uint32_t size, uint32_t from, uint32_t in) {
  const frame *f = &k->frames.items[k->frames.count - 1];
  uint32_t chars = 0;
  hs_origins_add(&k->origins, k->w->arena, (uint32_t)k->text.size, in == 1 ? 1 : size, from + k->base, in);
  hs_buffer_add(&k->text, s, size);
  for (uint32_t i = 0; i < size; i++) chars += (s[i] & 0xC0) != 0x80;
  k->chars += chars;
  k->linked += f->link ? chars : 0;
  k->timed += f->time ? chars : 0;
}

/* Adds what is no white space, behind the blank that is due. */
static void add_visible(walk *k, const char *s, uint32_t size, uint32_t from, uint32_t in) {
  uint32_t to = from + (in == 1 ? size : in);
  if (k->text.size == k->start) k->from = from;
  else if (k->blank.start < k->blank.end) add_bytes(k, " ", 1, k->blank.start, k->blank.end - k->blank.start);
  k->blank = (hs_span){0};
  k->breaks = 0;
  add_bytes(k, s, size, from, in);
  k->byline = k->byline || k->frames.items[k->frames.count - 1].byline;
  if (from < k->from) k->from = from; /* text in a table that the standard moves before it */
  if (to > k->to) k->to = to;
}

/* Adds what stands at byte AT of a node's text, S, white space folded to one blank; gives its bytes. Soft hyphens tell
 * where a word may be broken, and would break it for whoever searches. */
static size_t add_next(walk *k, hs_beside *beside, hs_str s, size_t at) {
  uint32_t from, in;
  size_t n = hs_beside_run(beside, at, &from);
  if (n) {
    add_visible(k, s.data + at, (uint32_t)n, from, 1);
    return n;
  }
  uint32_t out = hs_beside_next(beside, at, &from, &in);
  if (s.data[at] == '\xC2' && s.size - at >= 2 && s.data[at + 1] == '\xAD') {
    if (out == 1) hs_beside_next(beside, at + out, &from, &in);
    return 2;
  }
  if (!is_blank(s.data + at, s.size - at, &n)) {
    add_visible(k, s.data + at, out, from, in);
    return out;
  }
  if (n > out) hs_beside_next(beside, at + out, &(uint32_t){0}, &in), in++;
  if (s.data[at] == '\n' && k->frames.items[k->frames.count - 1].verbatim) break_line(k, from, in);
  else owe_blank(k, from, in);
  return n;
}

static void add_text(walk *k, myhtml_tree_node_t *node) {
  size_t size = 0;
  const char *s = myhtml_node_text(node, &size);
  if (!s) return;
  bool literal = node->parent && hs_tag_does(node->parent->tag_id, HS_TAG_RAW);
  const hs_span *places = k->tree.places.items;
  hs_beside beside = {k->tree.html, {s, size}, literal, places + k->place, places + k->tree.places.count, {0}, false};
  hs_beside_start(&beside, places, (uint32_t)myhtml_node_raw_position(node).begin);
  for (size_t at = 0; at < size;) at += add_next(k, &beside, beside.text, at);
  k->place = (size_t)(beside.next - places);
}

/* The kind of a block in NODE, given the kind that its parent's blocks have. */
static hs_block_kind kind_of(myhtml_tag_id_t tag, myhtml_tag_id_t parent, hs_block_kind around) {
  switch (tag) {
  case MyHTML_TAG_H1:
  case MyHTML_TAG_H2:
  case MyHTML_TAG_H3:
  case MyHTML_TAG_H4:
  case MyHTML_TAG_H5:
  case MyHTML_TAG_H6: return parent == MyHTML_TAG_FIGCAPTION ? around : HS_BLOCK_HEADING;
  case MyHTML_TAG_LI:
  case MyHTML_TAG_DT:
  case MyHTML_TAG_DD: return HS_BLOCK_ITEM;
  case MyHTML_TAG_BLOCKQUOTE: return HS_BLOCK_QUOTE;
  case MyHTML_TAG_FIGURE:
  case MyHTML_TAG_FIGCAPTION:
  case MyHTML_TAG_CAPTION: return HS_BLOCK_CAPTION;
  case MyHTML_TAG_TD:
  case MyHTML_TAG_TH: return HS_BLOCK_CELL;
  case MyHTML_TAG_P: return around == HS_BLOCK_CELL || around == HS_BLOCK_OTHER ? HS_BLOCK_PARAGRAPH : around;
  case MyHTML_TAG_ARTICLE:
  case MyHTML_TAG_MAIN:
  case MyHTML_TAG_BODY: return HS_BLOCK_PARAGRAPH;
  default: return around;
  }
}

static uint8_t level_of(myhtml_tag_id_t tag) {
  return tag >= MyHTML_TAG_H1 && tag <= MyHTML_TAG_H6 ? (uint8_t)(tag - MyHTML_TAG_H1 + 1) : 0;
}

static const char *reason_of_style(myhtml_tree_node_t *node) {
  if (attribute(node, "hidden").data) return "hidden";
  hs_str style = attribute(node, "style");
  if (hs_str_holds_alike(style, "display:none") || hs_str_holds_alike(style, "display: none")) return "hidden";
  return NULL;
}

/* Is the element hidden by a class, and not shown again on wider screens, "hidden md:block"? */
static bool is_hidden_by_class(hs_str s) {
  bool hidden = false;
  for (size_t at = 0, end; at < s.size; at = end + 1) {
    const char *blank = memchr(s.data + at, ' ', s.size - at);
    end = blank ? (size_t)(blank - s.data) : s.size;
    hs_str word = {s.data + at, end - at};
    if (memchr(word.data, ':', word.size)) return false;
    hidden = hidden || hs_str_is(word, "hidden");
  }
  return hidden;
}

/* The header of an article holds its title and lead; only the page's own is furniture. */
static bool stands_in_article(const hs_work *w, uint32_t box) {
  for (; box; box = w->boxes.items[box].parent)
    if (w->boxes.items[box].article) return true;
  return false;
}

/* hs_furniture_class of VALUE, once for each value: pages repeat them. */
static const hs_phrase *class_of(hs_work *w, hs_str value) {
  if (!value.size) return NULL;
  uint32_t *index = hs_map_put(&w->classes, w->arena, value);
  if (!*index) {
    hs_push(w->arena, w->class_phrases, hs_furniture_class(w->furniture, value));
    *index = (uint32_t)w->class_phrases.count;
  }
  return w->class_phrases.items[*index - 1];
}

/* Makes the box of an element that ends blocks, of the kind KIND; its own marks say what it is for. */
static uint32_t open_box(hs_work *w, myhtml_tree_node_t *node, uint32_t parent, hs_block_kind kind, bool *byline) {
  hs_box box = {
      .parent = parent, .reason = reason_of_tag(node->tag_id), .wide = hs_tag_does(node->tag_id, HS_TAG_WIDE)};
  hs_str role = attribute(node, "role"), item = attribute(node, "itemprop");
  box.element = node->tag_id == MyHTML_TAG_ARTICLE;
  box.article =
      box.element || node->tag_id == MyHTML_TAG_MAIN || hs_str_is(role, "main") || hs_str_is(item, "articleBody");
  if (node->tag_id == MyHTML_TAG_HEADER && stands_in_article(w, parent)) box.reason = NULL;
  if (node->tag_id == MyHTML_TAG_FOOTER && kind == HS_BLOCK_QUOTE) box.reason = NULL; /* who is quoted */
  if (!box.reason) box.reason = reason_of_role(role);
  if (!box.reason) box.reason = reason_of_style(node);
  if (!box.reason && is_hidden_by_class(attribute(node, "class"))) box.reason = "hidden";
  if (hs_str_is(item, "author")) *byline = true;
  hs_str marks[] = {attribute(node, "class"), attribute(node, "id"), attribute(node, "data-component")};
  for (size_t i = 0; i < sizeof marks / sizeof *marks && !box.reason; i++) {
    if (marks[i].size > ATTRIBUTE_BYTES) marks[i].size = ATTRIBUTE_BYTES;
    const hs_phrase *p = class_of(w, marks[i]);
    if (!p) continue;
    if (p->effect == HS_DROPS_KEEP) box.article = true;
    else if (p->effect == HS_DROPS_BYLINE) *byline = true;
    else box.reason = p->note;
  }
  if (box.reason) box.reason = hs_arena_string(w->arena, box.reason);
  hs_push(w->arena, w->boxes, box);
  return (uint32_t)w->boxes.count - 1;
}

static bool names_author(hs_work *w, myhtml_tree_node_t *node) {
  if (hs_str_is(attribute(node, "rel"), "author") || hs_str_is(attribute(node, "itemprop"), "author")) return true;
  hs_str class = attribute(node, "class");
  const hs_phrase *p = class.size <= ATTRIBUTE_BYTES ? class_of(w, class) : NULL;
  return p && p->effect == HS_DROPS_BYLINE;
}

/* The name of an element; one that the parser does not know has it from the page. */
static const char *name_of(const walk *k, myhtml_tree_node_t *node) {
  size_t size;
  if (node->tag_id < MyHTML_TAG_LAST_ENTRY)
    return hs_arena_string(k->w->arena, myhtml_tag_name_by_id(node->tree, node->tag_id, &size));
  myhtml_position_t at = myhtml_node_raw_position(node);
  if (at.begin + at.length > k->tree.html.size || !at.length) return "*";
  char *name = hs_arena_copy(k->w->arena, k->w->source.text.data + k->base + at.begin, at.length);
  for (char *c = name; *c; c++) *c = hs_small(*c);
  return hs_utf8_valid((hs_str){name, at.length}) == at.length ? name : "*";
}

static uint32_t add_element(walk *k, const frame *f, uint32_t parent) {
  uint32_t index = (uint32_t)k->elements.count;
  hs_push(k->w->arena, k->elements, ((hs_element){name_of(k, f->node), index ? parent : 0, f->child}));
  return index;
}

/* Notes the element of F, which is about to be opened, and those around it that have not been noted yet. */
static uint32_t open_element(walk *k, const frame *f) {
  size_t i = k->frames.count;
  while (i > 1 && k->frames.items[i - 1].element == NO_ELEMENT) i--;
  uint32_t parent = i > 1 ? k->frames.items[i - 1].element : 0;
  for (i = i > 1 ? i : 1; i < k->frames.count; i++)
    parent = k->frames.items[i].element = add_element(k, &k->frames.items[i], parent);
  return add_element(k, f, parent);
}

/* Does NODE tell how a word is read, above it, without the brackets that make it readable behind it? */
static bool is_bare_reading(const myhtml_tree_node_t *node) {
  const myhtml_tree_node_t *before = node->tag_id == MyHTML_TAG_RT ? node->prev : NULL;
  while (before && before->tag_id == MyHTML_TAG__TEXT) before = before->prev;
  return node->tag_id == MyHTML_TAG_RT && !(before && before->tag_id == MyHTML_TAG_RP);
}

/* Opens NODE. Gives false if what is in it is not to be seen. */
static bool open_node(walk *k, myhtml_tree_node_t *node) {
  hs_work *w = k->w;
  k->frames.items[k->frames.count - 1].children++;
  read_meta(k, node);
  if (hs_tag_does(node->tag_id, HS_TAG_SILENT) || is_bare_reading(node)) return false;
  if (node->tag_id == MyHTML_TAG_BR) {
    myhtml_position_t at = myhtml_node_element_position(node);
    break_line(k, (uint32_t)at.begin, at.length ? (uint32_t)at.length : 1);
  }
  frame f = k->frames.items[k->frames.count - 1];
  f.node = node;
  f.element = NO_ELEMENT;
  f.child = k->frames.items[k->frames.count - 1].children;
  f.children = 0;
  f.ends_block = hs_tag_does(node->tag_id, HS_TAG_ENDS_BLOCK);
  if (f.ends_block) {
    end_block(k);
    f.kind = kind_of(node->tag_id, node->parent->tag_id, f.kind);
    f.level = level_of(node->tag_id) ? level_of(node->tag_id) : f.level;
    f.box = open_box(w, node, f.box, f.kind, &f.byline);
    f.element = open_element(k, &f);
  } else if (node->token && node->token->attr_first && !f.byline) {
    f.byline = names_author(w, node);
  }
  f.time = f.time || node->tag_id == MyHTML_TAG_TIME;
  f.link = f.link || node->tag_id == MyHTML_TAG_A;
  f.verbatim = f.verbatim || node->tag_id == MyHTML_TAG_PRE;
  hs_push(w->arena, k->frames, f);
  return true;
}

static void close_node(walk *k) {
  if (k->frames.items[k->frames.count - 1].ends_block) end_block(k);
  k->frames.count--;
}

static void walk_tree(walk *k, myhtml_tree_node_t *document) {
  hs_push(k->w->arena, k->w->boxes, ((hs_box){0}));
  hs_push(k->w->arena, k->frames, ((frame){.node = document, .kind = HS_BLOCK_OTHER, .element = NO_ELEMENT}));
  myhtml_tree_node_t *n = document->child;
  while (n) {
    bool inside = false;
    if (n->tag_id == MyHTML_TAG__TEXT) add_text(k, n);
    else if (n->tag_id != MyHTML_TAG__COMMENT && n->tag_id != MyHTML_TAG__DOCTYPE) inside = open_node(k, n);
    if (inside && n->child) {
      n = n->child;
      continue;
    }
    if (inside) close_node(k);
    while (n && !n->next) {
      n = n->parent;
      if (!n || n == document) return;
      close_node(k);
    }
    if (n) n = n->next;
  }
}

/* A block with its place, for sorting. */
typedef struct placed {
  hs_block block;
  hs_piece piece;
  size_t place;
} placed;

static int by_page(const void *a_, const void *b_) {
  const placed *a = a_, *b = b_;
  if (a->block.page.start != b->block.page.start) return a->block.page.start < b->block.page.start ? -1 : 1;
  return a->place < b->place ? -1 : 1;
}

/* Page order, where the standard's tree has another: it moves text in a table before the table. */
static void sort_blocks(hs_work *w) {
  size_t n = w->blocks.count, i = 1;
  while (i < n && w->blocks.items[i - 1].page.start <= w->blocks.items[i].page.start) i++;
  if (i >= n) return;
  placed *all = hs_arena_alloc(w->arena, n * sizeof *all);
  for (i = 0; i < n; i++) all[i] = (placed){w->blocks.items[i], w->pieces.items[i], i};
  qsort(all, n, sizeof *all, by_page);
  for (i = 0; i < n; i++) {
    w->blocks.items[i] = all[i].block;
    w->pieces.items[i] = all[i].piece;
  }
}

void hs_html_split(hs_work *w) {
  w->classes.seed = hs_hash_seed();
  walk k = {.w = w, .base = hs_str_starts(w->source.text, "\xEF\xBB\xBF") ? 3 : 0};
  hs_str html = {w->source.text.data + k.base, w->source.text.size - k.base};
  myhtml_tree_node_t *document = hs_tree_parse(&k.tree, w->arena, html);
  if (document) walk_tree(&k, document);
  end_block(&k);
  w->cut = k.tree.deep;
  w->too_many_tags = k.tree.too_many_tags;
  hs_tree_free(&k.tree);
  sort_blocks(w);
  w->text = (hs_str){hs_arena_copy(w->arena, k.text.data, k.text.size), k.text.size};
  hs_buffer_free(&k.text);
  hs_origins origins = hs_origins_in_page(&k.origins, w->arena, &w->source, (uint32_t)w->text.size);
  w->out->words = w->text.data, w->out->words_size = (uint32_t)w->text.size;
  w->out->origins = origins.items, w->out->origin_count = origins.count;
  w->out->elements = k.elements.items, w->out->element_count = k.elements.count;
}
