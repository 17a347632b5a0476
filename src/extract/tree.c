/* The parser is told beforehand what of each token is looked at: most bytes of a page are none of it. */
#include "extract/tree.h"

#include "base/limits.h"

#include <stdlib.h>

enum { FORMATTING = 8 };

static const uint8_t tags[MyHTML_TAG_LAST_ENTRY] = {[MyHTML_TAG_HTML] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_BODY] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_P] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_DIV] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_SECTION] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_ARTICLE] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_MAIN] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_ASIDE] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_NAV] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_HEADER] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_FOOTER] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_FORM] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_UL] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_OL] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_LI] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_DL] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_DT] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_DD] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_TABLE] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_TBODY] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_THEAD] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_TFOOT] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_TR] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_TD] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_TH] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_CAPTION] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_FIGURE] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_FIGCAPTION] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_BLOCKQUOTE] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_PRE] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_H1] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_H2] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_H3] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_H4] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_H5] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_H6] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_HR] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_ADDRESS] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_DETAILS] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_SUMMARY] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_FIELDSET] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_LEGEND] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_CENTER] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_DIALOG] = HS_TAG_ENDS_BLOCK | HS_TAG_WIDE,
                                                    [MyHTML_TAG_MENU] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_HGROUP] = HS_TAG_ENDS_BLOCK,
                                                    [MyHTML_TAG_SCRIPT] = HS_TAG_SILENT | HS_TAG_RAW,
                                                    [MyHTML_TAG_STYLE] = HS_TAG_SILENT | HS_TAG_RAW,
                                                    [MyHTML_TAG_NOSCRIPT] = HS_TAG_SILENT,
                                                    [MyHTML_TAG_TEMPLATE] = HS_TAG_SILENT,
                                                    [MyHTML_TAG_SVG] = HS_TAG_SILENT,
                                                    [MyHTML_TAG_MATH] = HS_TAG_SILENT,
                                                    [MyHTML_TAG_SELECT] = HS_TAG_SILENT,
                                                    [MyHTML_TAG_TEXTAREA] = HS_TAG_SILENT | HS_TAG_RAW,
                                                    [MyHTML_TAG_BUTTON] = HS_TAG_SILENT,
                                                    [MyHTML_TAG_LABEL] = HS_TAG_SILENT,
                                                    [MyHTML_TAG_IFRAME] = HS_TAG_SILENT | HS_TAG_RAW,
                                                    [MyHTML_TAG_OBJECT] = HS_TAG_SILENT,
                                                    [MyHTML_TAG_VIDEO] = HS_TAG_SILENT,
                                                    [MyHTML_TAG_AUDIO] = HS_TAG_SILENT,
                                                    [MyHTML_TAG_CANVAS] = HS_TAG_SILENT,
                                                    [MyHTML_TAG_TITLE] = HS_TAG_SILENT | HS_TAG_RAW,
                                                    [MyHTML_TAG_NOFRAMES] = HS_TAG_SILENT | HS_TAG_RAW,
                                                    [MyHTML_TAG_DATALIST] = HS_TAG_SILENT,
                                                    [MyHTML_TAG_XMP] = HS_TAG_RAW,
                                                    [MyHTML_TAG_NOEMBED] = HS_TAG_RAW};

bool hs_tag_does(myhtml_tag_id_t tag, unsigned what) { return tag < MyHTML_TAG_LAST_ENTRY && (tags[tag] & what); }

hs_str hs_tree_attribute(const myhtml_token_node_t *tag, const char *key) {
  for (const myhtml_token_attr_t *a = tag->attr_first; a; a = a->next)
    if (a->key.data && a->key.data[0] == key[0] && strcmp(a->key.data, key) == 0)
      return (hs_str){a->value.data ? a->value.data : "", a->value.length};
  return (hs_str){0};
}

/* Does extraction ask for the attribute KEY, or the parser itself: of <input>, of <font> and <annotation-xml>? */
static bool is_asked_for(myhtml_tag_id_t tag, hs_str key) {
#define KEY(text)                                                                                                      \
  { text, sizeof text - 1 }
  static const hs_str keys[] = {KEY("class"),  KEY("id"),       KEY("role"),          KEY("itemprop"), KEY("style"),
                                KEY("hidden"), KEY("rel"),      KEY("content"),       KEY("name"),     KEY("property"),
                                KEY("type"),   KEY("datetime"), KEY("lang"),          KEY("color"),    KEY("face"),
                                KEY("size"),   KEY("encoding"), KEY("data-component")};
#undef KEY
  if (hs_str_alike(key, "href")) return tag == MyHTML_TAG_LINK;
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (key.size == keys[i].size && hs_str_starts_alike(key, keys[i].data)) return true;
  return false;
}

/* Unlinks the attributes of TOKEN that nobody asks for, before their text is made. */
static void leave_out_attributes(const hs_tree *t, myhtml_token_node_t *token) {
  myhtml_token_attr_t *a = token->attr_first;
  token->attr_first = token->attr_last = NULL;
  for (myhtml_token_attr_t *next; a; a = next) {
    next = a->next;
    if (!is_asked_for(token->tag_id, (hs_str){t->html.data + a->raw_key_begin, a->raw_key_length})) continue;
    a->prev = token->attr_last;
    a->next = NULL;
    if (a->prev) a->prev->next = a;
    else token->attr_first = a;
    token->attr_last = a;
  }
}

/* Called for each token before its text is made, with its place in the page. */
static void *before_token(myhtml_tree_t *tree, myhtml_token_node_t *token, void *unused) {
  (void)unused; /* what is handed to this callback does not arrive: context does */
  hs_tree *t = tree->context;
  const unsigned raw = MyHTML_TOKEN_TYPE_SCRIPT | MyHTML_TOKEN_TYPE_RAWTEXT | MyHTML_TOKEN_TYPE_RCDATA;
  bool unread = token->tag_id == MyHTML_TAG__COMMENT;
  if (token->tag_id == MyHTML_TAG__TEXT) unread = t->unread && ((unsigned)token->type & raw);
  t->hidden = unread ? token->raw_length : 0;
  token->raw_length -= t->hidden;
  if (token->attr_first && token->tag_id != MyHTML_TAG__DOCTYPE) leave_out_attributes(t, token);
  return NULL;
}

/* Is what TOKEN opens an element whose text nobody asks for? */
static bool opens_unread(const myhtml_token_node_t *token) {
  if (!hs_tag_does(token->tag_id, HS_TAG_SILENT) || !hs_tag_does(token->tag_id, HS_TAG_RAW)) return false;
  if (token->tag_id != MyHTML_TAG_SCRIPT) return token->tag_id != MyHTML_TAG_TITLE;
  return !hs_str_holds_alike(hs_tree_attribute(token, "type"), "ld+json");
}

/* Does TOKEN stand in <noscript>? A browser that runs scripts takes all up to its end for text, as if there were no
 * tags. */
static bool is_in_noscript(hs_tree *t, const myhtml_token_node_t *token) {
  bool own = token->tag_id == MyHTML_TAG_NOSCRIPT, closes = token->type & MyHTML_TOKEN_TYPE_CLOSE, in = t->noscript;
  if (own) t->noscript = !closes;
  return in && !(own && closes) && token->tag_id != MyHTML_TAG__END_OF_FILE;
}

/* What becomes a comment leaves nothing in the tree but what stands in it. */
static void *leave_out(myhtml_token_node_t *token) {
  token->tag_id = MyHTML_TAG__COMMENT;
  token->type &= ~(unsigned)MyHTML_TOKEN_TYPE_CLOSE;
  return NULL;
}

/*
 * Called for each token before it goes into the tree; notes where text stands. The standard's tree is built in time
 * that grows with depth times length, so an element that would stand too deep becomes a comment: what is in it stands
 * where it would have stood.
 */
static void *after_token(myhtml_tree_t *tree, myhtml_token_node_t *token, void *unused) {
  (void)unused;
  hs_tree *t = tree->context;
  token->raw_length += t->hidden;
  if (token->tag_id != MyHTML_TAG__TEXT) t->unread = opens_unread(token);
  if (is_in_noscript(t, token)) return leave_out(token);
  if (token->tag_id == MyHTML_TAG__TEXT) {
    hs_span place = {(uint32_t)token->raw_begin, (uint32_t)(token->raw_begin + token->raw_length)};
    if (place.end > t->html.size) place.end = (uint32_t)t->html.size;
    hs_push(t->arena, t->places, place);
  }
  bool deep = tree->open_elements && tree->open_elements->length > HS_LIMIT_TREE_DEPTH;
  bool many = tree->active_formatting && tree->active_formatting->length > FORMATTING;
  if (!deep && !many) return NULL;
  if (token->tag_id == MyHTML_TAG__TEXT || token->tag_id == MyHTML_TAG__END_OF_FILE ||
      hs_tag_does(token->tag_id, HS_TAG_RAW) || token->tag_id == MyHTML_TAG__COMMENT ||
      (token->type & MyHTML_TOKEN_TYPE_CLOSE))
    return NULL;
  t->deep = t->deep || deep;
  return leave_out(token);
}

static bool ends_name(char c) {
  return c == ' ' || c == '>' || c == '/' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* How many of the N bytes at NAME, behind which a tag closes, end the comment or the CDATA that it stands in, if any.
 */
static size_t ends_around(const char *name, size_t n) {
  static const char *const ends[] = {"--", "--!", "]]"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (hs_str_ends((hs_str){name, n}, ends[i])) return strlen(ends[i]);
  return 0;
}

/*
 * A tag's name at AT. One that the standard does not know is overwritten, all such of one length alike: the parser
 * keeps unknown names in a list, which a page of many would make it search through each time.
 */
static void mask_unknown(char *at, const char *end) {
  char *name = at < end && *at == '/' ? at + 1 : at;
  size_t n = 0;
  if (name == end || !hs_is_letter(*name)) return;
  while (name + n < end && !ends_name(name[n])) n++;
  if (!myhtml_tag_static_search(name, n)) memset(name, 'x', n - ends_around(name, n));
}

/* Readies SIZE bytes of HTML for the parser; gives how many there are before tag number HS_LIMIT_TAGS. */
static size_t prepare(char *html, size_t size) {
  size_t count = 0;
  char *end = html + size;
  for (char *at = html; (at = memchr(at, '<', (size_t)(end - at))); at++) {
    if (++count > HS_LIMIT_TAGS) return (size_t)(at - html);
    mask_unknown(at + 1, end);
  }
  return size;
}

myhtml_tree_node_t *hs_tree_parse(hs_tree *t, hs_arena *arena, hs_str html) {
  myhtml_t *parser = myhtml_create();
  myhtml_tree_t *tree = myhtml_tree_create();
  if (!parser || !tree || myhtml_init(parser, MyHTML_OPTIONS_PARSE_MODE_SINGLE, 1, 0) || myhtml_tree_init(tree, parser))
    abort(); /* out of memory, as everywhere */
  char *copy = hs_arena_copy(arena, html.data, html.size);
  size_t within = prepare(copy, html.size);
  *t = (hs_tree){.arena = arena, .html = {copy, within}, .tree = tree, .too_many_tags = within < html.size};
  tree->context = t;
  myhtml_callback_before_token_done_set(tree, before_token, NULL);
  myhtml_callback_after_token_done_set(tree, after_token, NULL);
  return myhtml_parse(tree, MyENCODING_UTF_8, copy, within) == 0 ? myhtml_tree_get_document(tree) : NULL;
}

void hs_tree_free(hs_tree *t) {
  myhtml_t *parser = t->tree->myhtml;
  myhtml_tree_destroy(t->tree);
  myhtml_destroy(parser);
}
