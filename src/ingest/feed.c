#include "ingest/feed.h"

#include "base/buffer.h"
#include "base/library.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "ingest/address.h"
#include "ingest/when.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

enum { LOOK_BYTES = 2048, TEXT_BYTES = 8192, LANGUAGE_BYTES = 35, DECLARATION_BYTES = 200 };

#define XML_FUNCTIONS(X)                                                                                               \
  X(CreatePushParserCtxt)                                                                                              \
  X(CtxtUseOptions)                                                                                                    \
  X(FindCharEncodingHandler)                                                                                           \
  X(SwitchToEncoding)                                                                                                  \
  X(ParseChunk)                                                                                                        \
  X(FreeDoc)                                                                                                           \
  X(FreeParserCtxt)                                                                                                    \
  X(GetPredefinedEntity)

/* The functions of libxml2 that are used, each by its name there without "xml". */
typedef struct libxml {
#define X(name) __typeof__(xml##name) *name;
  XML_FUNCTIONS(X)
#undef X
} libxml;

typedef enum place { PLACE_OUTSIDE, PLACE_LINK, PLACE_GUID, PLACE_PUBLISHED, PLACE_UPDATED, PLACE_LANGUAGE } place;

/* A feed of XML that is being read. */
typedef struct reader {
  libxml lib;
  hs_feed *feed;
  hs_arena *arena;
  const char *url;
  bool known; /* its first element is that of a feed */
  int depth, entry_depth;
  const xmlChar *space; /* namespace of the entry at hand */
  hs_entry entry;
  const char *guid;
  place place;
  int place_depth;
  hs_buffer text;
} reader;

static bool is(const xmlChar *name, const char *s) { return name && strcmp((const char *)name, s) == 0; }
static bool holds(const xmlChar *uri, const char *s) { return uri && strstr((const char *)uri, s); }

bool hs_feed_begins(hs_str s) {
  static const char *const roots[] = {"<rss", "<feed", "<rdf:RDF", "<urlset", "<sitemapindex"};
  if (s.size > LOOK_BYTES) s.size = LOOK_BYTES;
  if (hs_str_starts(s, "\xEF\xBB\xBF")) s = (hs_str){s.data + 3, s.size - 3};
  s = hs_str_trim(s);
  if (hs_str_starts(s, "{")) return hs_str_holds_alike(s, "jsonfeed.org");
  if (!hs_str_starts(s, "<")) return false;
  for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
    if (hs_str_holds_alike(s, roots[i]) && !hs_str_holds_alike(s, "<html")) return true;
  return false;
}

static void add_entry(hs_feed *feed, hs_arena *arena, hs_entry entry) {
  if (entry.url && feed->entries.count < HS_LIMIT_ENTRIES) hs_push(arena, feed->entries, entry);
  else if (entry.url) feed->broken = "more entries than are read: the rest was left out";
}

static const char *language_of(hs_arena *arena, hs_str s) {
  s = hs_str_trim(s);
  return s.size && s.size <= LANGUAGE_BYTES ? hs_utf8_repair(arena, s, NULL, NULL).data : NULL;
}

/* ---- XML */

/* Which of an entry's facts the element NAME holds. */
static place place_of(const reader *r, const xmlChar *name, const xmlChar *uri) {
  static const struct {
    const char *name;
    place place;
  } places[] = {{"link", PLACE_LINK},           {"origLink", PLACE_LINK},     {"loc", PLACE_LINK},
                {"guid", PLACE_GUID},           {"pubDate", PLACE_PUBLISHED}, {"date", PLACE_PUBLISHED},
                {"published", PLACE_PUBLISHED}, {"issued", PLACE_PUBLISHED},  {"publication_date", PLACE_PUBLISHED},
                {"updated", PLACE_UPDATED},     {"modified", PLACE_UPDATED},  {"lastmod", PLACE_UPDATED},
                {"language", PLACE_LANGUAGE}};
  bool own =
      r->depth == r->entry_depth + 1 && (uri == r->space || (uri && r->space && is(uri, (const char *)r->space)));
  bool friendly = holds(uri, "purl.org/dc/") || holds(uri, "feedburner") || holds(uri, "sitemap-news");
  if (!own && !friendly) return PLACE_OUTSIDE;
  for (size_t i = 0; i < sizeof places / sizeof *places; i++)
    if (is(name, places[i].name)) return places[i].place;
  return PLACE_OUTSIDE;
}

/* The value of the attribute NAME without namespace; data NULL if there is none. */
static hs_str attribute(const xmlChar **attributes, int count, const char *name) {
  for (int i = 0; i < count; i++) {
    const xmlChar **a = attributes + 5 * i;
    if (is(a[0], name) && !a[2]) return (hs_str){(const char *)a[3], (size_t)(a[4] - a[3])};
  }
  return (hs_str){0};
}

/* Atom's <link rel="alternate" href="…">. */
static void read_link(reader *r, const xmlChar **attributes, int count) {
  hs_str href = attribute(attributes, count, "href"), rel = attribute(attributes, count, "rel");
  if (href.data && (!rel.data || hs_str_is(rel, "alternate")) && !r->entry.url)
    r->entry.url = hs_address_resolve(r->arena, r->url, href);
}

static void begin_element(void *reader_, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int spaces,
                          const xmlChar **space, int count, int defaulted, const xmlChar **attributes) {
  (void)prefix, (void)spaces, (void)space, (void)defaulted;
  reader *r = reader_;
  r->depth++;
  if (r->depth == 1)
    r->known = is(name, "rss") || is(name, "feed") || is(name, "RDF") || is(name, "urlset") || is(name, "sitemapindex");
  if (!r->known) return;
  if (!r->entry_depth) {
    bool sitemap = is(name, "sitemap") && r->depth == 2;
    if (!sitemap && !is(name, "item") && !is(name, "entry") && !(is(name, "url") && r->depth == 2)) return;
    r->entry_depth = r->depth;
    r->space = uri;
    r->entry = (hs_entry){.sitemap = sitemap};
    r->guid = NULL;
    return;
  }
  place p = place_of(r, name, uri);
  if (p == PLACE_OUTSIDE) return;
  if (p == PLACE_LINK) read_link(r, attributes, count);
  if (p == PLACE_GUID && hs_str_is(attribute(attributes, count, "isPermaLink"), "false")) return;
  r->place = p;
  r->place_depth = r->depth;
  hs_buffer_clear(&r->text);
}

static void take_text(void *reader_, const xmlChar *text, int size) {
  reader *r = reader_;
  if (r->place && size > 0 && r->text.size + (size_t)size <= TEXT_BYTES)
    hs_buffer_add(&r->text, (const char *)text, (size_t)size);
}

/* What stands in the element that ends. */
static void end_place(reader *r) {
  hs_str text = hs_str_trim((hs_str){r->text.data ? r->text.data : "", r->text.size});
  switch (r->place) {
  case PLACE_LINK:
    if (text.size && !r->entry.url) r->entry.url = hs_address_resolve(r->arena, r->url, text);
    break;
  case PLACE_GUID:
    if (hs_address_is_web(text)) r->guid = hs_address_resolve(r->arena, NULL, text);
    break;
  case PLACE_PUBLISHED:
    if (!r->entry.published) r->entry.published = hs_when_read(r->arena, text);
    break;
  case PLACE_UPDATED:
    if (!r->entry.updated) r->entry.updated = hs_when_read(r->arena, text);
    break;
  case PLACE_LANGUAGE: r->entry.language = language_of(r->arena, text); break;
  case PLACE_OUTSIDE: break;
  }
  r->place = PLACE_OUTSIDE;
}

static void end_element(void *reader_, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  (void)name, (void)prefix, (void)uri;
  reader *r = reader_;
  if (r->place && r->depth == r->place_depth) end_place(r);
  if (r->entry_depth && r->depth == r->entry_depth) {
    if (!r->entry.url) r->entry.url = r->guid;
    add_entry(r->feed, r->arena, r->entry);
    r->entry_depth = 0;
  }
  r->depth--;
}

/* The five entities of XML, and no other: what a document declares is not heard. */
static xmlEntityPtr find_entity(void *reader_, const xmlChar *name) {
  return ((const reader *)reader_)->lib.GetPredefinedEntity(name);
}

static void say_nothing(void *reader_, xmlErrorPtr error) { (void)reader_, (void)error; }

/* Its structures change with the number in its name, so that is the one that this was built with. */
static const char *load(libxml *out) {
  static const char *const names[] = {LIBXML_VERSION < 21400 ? "libxml2.so.2" : "libxml2.so.16", NULL};
  static const char *const symbols[] = {
#define X(name) "xml" #name,
      XML_FUNCTIONS(X)
#undef X
  };
  return hs_library_load(out, symbols, sizeof symbols / sizeof *symbols, names);
}

static bool read_xml(reader *r, hs_str body, hs_str charset) {
  xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                       .startElementNs = begin_element,
                       .endElementNs = end_element,
                       .characters = take_text,
                       .cdataBlock = take_text,
                       .getEntity = find_entity,
                       .serror = say_nothing};
  char name[40];
  snprintf(name, sizeof name, "%.*s", (int)(charset.size < sizeof name ? charset.size : 0), charset.data);
  xmlParserCtxtPtr parser = r->lib.CreatePushParserCtxt(&sax, r, NULL, 0, NULL);
  if (!parser) return false;
  r->lib.CtxtUseOptions(parser, XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET);
  bool told = hs_str_holds_alike((hs_str){body.data, body.size < DECLARATION_BYTES ? body.size : DECLARATION_BYTES},
                                 "encoding=");
  xmlCharEncodingHandlerPtr encoding = *name && !told ? r->lib.FindCharEncodingHandler(name) : NULL;
  if (encoding) r->lib.SwitchToEncoding(parser, encoding);
  int code = r->lib.ParseChunk(parser, body.data, (int)body.size, 1);
  if (code && !parser->wellFormed) r->feed->broken = "its XML is broken";
  if (parser->myDoc) r->lib.FreeDoc(parser->myDoc); /* made for declarations, although nobody asked for a tree */
  parser->myDoc = NULL;
  r->lib.FreeParserCtxt(parser);
  hs_buffer_free(&r->text);
  return r->known;
}

/* ---- JSON */

static const char *json_when(hs_arena *arena, const json_t *item, const char *name) {
  const json_t *value = json_object_get(item, name);
  return json_is_string(value) ? hs_when_read(arena, (hs_str){json_string_value(value), json_string_length(value)})
                               : NULL;
}

static bool read_json(hs_feed *feed, hs_arena *arena, hs_str body, const char *url) {
  json_t *json = json_loadb(body.data, body.size, 0, NULL), *item;
  const char *version = json_string_value(json_object_get(json, "version"));
  bool known = version && strstr(version, "jsonfeed.org/");
  size_t i;
  json_array_foreach(known ? json_object_get(json, "items") : NULL, i, item) {
    const json_t *link = json_object_get(item, "url"), *language = json_object_get(item, "language");
    if (!json_is_string(link)) link = json_object_get(item, "external_url");
    if (!json_is_string(link)) continue;
    hs_entry entry = {.url =
                          hs_address_resolve(arena, url, (hs_str){json_string_value(link), json_string_length(link)}),
                      .published = json_when(arena, item, "date_published"),
                      .updated = json_when(arena, item, "date_modified")};
    if (json_is_string(language))
      entry.language = language_of(arena, (hs_str){json_string_value(language), json_string_length(language)});
    add_entry(feed, arena, entry);
  }
  json_decref(json);
  return known;
}

bool hs_feed_read(hs_feed *out, hs_arena *arena, hs_str body, const char *url, hs_str charset) {
  *out = (hs_feed){0};
  hs_str start = hs_str_trim(body);
  if (hs_str_starts(start, "\xEF\xBB\xBF")) start = (hs_str){start.data + 3, start.size - 3};
  if (hs_str_starts(start, "{")) return read_json(out, arena, start, url);
  reader r = {.feed = out, .arena = arena, .url = url};
  const char *missing = load(&r.lib);
  if (missing) {
    out->broken = "libxml2, which reads feeds, is not installed or too old";
    return true;
  }
  return start.size && read_xml(&r, start, charset);
}
