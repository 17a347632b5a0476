/*
 * bench_generate N [html]: N articles about invented places, with quotations, as JSON Lines on standard output; with
 * "html" each as a page with its furniture. The same N articles on every machine, and article I is the same whatever N.
 */
#include "base/buffer.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct rule {
  const char *name, *ways; /* ways parted by '|'; {name} is one of another rule's ways, {^name} with a capital */
} rule;

static const rule rules[] = {
    {"headline",
     "{^thing} in {town} {will} {do}, {a} says|{office} warns of {trouble} in {town}|{^people} {done} in {town}"},
    {"lead", "{TOWN} — {^people} {done} {when} after {trouble} at the {thing}, {office} said on {day}.|"
             "{TOWN} ({agency}) — The {thing} {will} {do} {when}, {A} said on {day}."},
    {"paragraph",
     "“{^claim},” said {A} on {day}. “{^claim}, and {claim}.”|“{^claim},” {a} said. “{^claim}.”|"
     "{A} told {outlet} that {claim}. {^claim}.|According to {B}, {claim}. {^fact}.|{^fact}. {^fact}. {^fact}.|"
     "{office} said in a statement on {day} that {claim}.|{B} denied that {claim}. “{^claim},” {b} added.|"
     "A spokeswoman for {office} called the plan “{quality} and {quality}”, and said {claim}.|"
     "{C}, who has lived in {town} for {number} years, said: “{^claim}. {^claim}. {^claim}.”|"
     "Two officials, who asked not to be named, said that {claim}. {^fact}.|"
     "{agency} reported that {B} had said {claim}.|{^fact}. {c} said {claim}.|{^fact}, but {fact}. {^fact}.|"
     "{^fact}. {^fact}, and {fact}. {^fact}.|{^fact}, and {fact}. {^fact}. {^fact}.|{^fact}. {^fact}. {^fact}, but "
     "{fact}.|"
     "{^fact}. {^fact}.|{^fact}, but {fact}. {^fact}, and {fact}.|{^fact}. {^fact}, but {fact}."},
    {"claim",
     "the {thing} {will} {do} {when}|{people} in {town} {will} not {do}|we {will} {do} before the {thing} {done}|"
     "nobody told {people} that the {thing} {will} {do}|there {was} {trouble} at the {thing} {when}|"
     "{number} {people} {done}|it {was} {quality} to {do} without {people}"},
    {"fact", "the {thing} {done} {when}|{number} {people} {done} {when}|{office} {done} {when}|"
             "the road to {town} {was} {quality} {when}|{trouble} {was} {quality} for {people} of {town}"},
    {"thing",
     "harbour|dam|bridge|market|school|hospital|railway|ferry|mill|lighthouse|canal|reservoir|quarry|airfield"},
    {"people", "families|fishermen|farmers|teachers|drivers|nurses|residents|dockers|pupils|traders|engineers|guards"},
    {"will", "will|would|must|could|may|should"},
    {"was", "was|is|had been|has been"},
    {"do",
     "close|open again|be rebuilt|move to {town}|need more money|wait for the court|be sold to {office}|stay as it is"},
    {"done",
     "closed|reopened|went on strike|left {town}|asked {office} for help|waited for an answer|crossed the river|"
     "blocked the road to {town}|signed the letter|gathered outside the {thing}"},
    {"when",
     "on {day}|last week|before the winter|after the vote|this year|in the morning|within {number} days|overnight"},
    {"day", "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"},
    {"trouble", "a fire|flooding|a power cut|an inquiry|a dispute over pay|a leak|a collapse|a long delay"},
    {"quality", "unsafe|necessary|too expensive|unfair|impassable|honest|late|a mistake|hard|wise"},
    {"office",
     "The Port Authority of {town}|The Ministry of Works|The {town} Council|The Water Board|The Union of {^people}"},
    {"agency", "Norrpress|Altwire|The Gazetteer Agency"},
    {"outlet", "the {town} Courier|the Evening Ledger|Radio {town}"},
    {"role", "Mayor|Minister|Professor|Captain|Judge|Commissioner|Dr|President"},
    {"titled", "{role} {first}"},
    {"first",
     "Ana|Bruno|Carla|Dario|Elsa|Franz|Greta|Hugo|Ines|Jonas|Katya|Leon|Mira|Nils|Olga|Piet|Rosa|Sven|Tilda|Ugo"},
    {"last", "{head}{tail}"},
    {"town", "{head}{foot}"},
    {"head", "Or|Bel|Kar|Var|Tam|Lin|Mos|Der|Fal|Gren|Hol|Jar|Nor|Pel|Quin|Ros|Sel|Tor|Ul|Wes|Zan|Bran|Cor|Dun|Est"},
    {"tail", "lo|mann|ski|eno|vic|sen|ard|ova|etti|ason|ello|une|idis|oro|inga|aks|ulo|enko|ain|este"},
    {"foot", "burg|vik|mouth|haven|ford|stadt|minster|grad|bridge|wold"},
    {"number", "two|three|seven|12|30|45|120|200|more than 300|1,400"},
};

typedef struct article {
  uint64_t state; /* of the random numbers */
  rule facts[8];  /* what stays the same all through the article: three people, their last names, the town */
  size_t fact_count;
} article;

/* xorshift64: the same numbers everywhere. */
static uint64_t roll(article *a, uint64_t below) {
  a->state ^= a->state << 13;
  a->state ^= a->state >> 7;
  a->state ^= a->state << 17;
  return (a->state >> 11) % below;
}

static const char *ways_of(const article *a, hs_str name) {
  for (size_t i = 0; i < a->fact_count; i++)
    if (hs_str_is(name, a->facts[i].name)) return a->facts[i].ways;
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
    if (hs_str_is(name, rules[i].name)) return rules[i].ways;
  fprintf(stderr, "generate: there is no rule {%.*s}\n", (int)name.size, name.data);
  exit(1);
}

static hs_str choose(article *a, const char *ways) {
  uint64_t count = 1;
  for (const char *c = ways; *c; c++) count += *c == '|';
  for (uint64_t skip = roll(a, count); skip; skip--) ways = strchr(ways, '|') + 1;
  return (hs_str){ways, strcspn(ways, "|")};
}

/* The rules lead downwards only, so that this ends. */
static void expand(hs_buffer *out, article *a, hs_str name) {
  bool capital = hs_str_starts(name, "^");
  if (capital) name.data++, name.size--;
  size_t start = out->size;
  hs_str way = choose(a, ways_of(a, name));
  for (size_t i = 0; i < way.size;) {
    const char *rest = way.data + i;
    if (*rest == '{') {
      size_t size = strcspn(rest, "}");
      expand(out, a, (hs_str){rest + 1, size - 1});
      i += size + 1;
    } else {
      hs_buffer_char(out, *rest);
      i++;
    }
  }
  if (capital) out->data[start] = (char)toupper((unsigned char)out->data[start]);
}

static char *expanded(article *a, const char *name) {
  hs_buffer text = {0};
  expand(&text, a, hs_str_of(name));
  return text.data;
}

static void settle(article *a, const char *name, char *way) { a->facts[a->fact_count++] = (rule){name, way}; }

static void begin(article *a, uint64_t number) {
  *a = (article){.state = (number + 1) * 0x9E3779B97F4A7C15u};
  for (int i = 0; i < 4; i++) roll(a, 2);
  static const char *const full[] = {"A", "B", "C"}, *const last[] = {"a", "b", "c"};
  for (int i = 0; i < 3; i++) {
    hs_buffer person = {0};
    char *name = expanded(a, "last");
    expand(&person, a, hs_str_of(i == 2 ? "first" : "titled"));
    hs_buffer_printf(&person, " %s", name);
    settle(a, full[i], person.data);
    settle(a, last[i], name);
  }
  char *town = expanded(a, "town"), *upper = strdup(town);
  for (char *c = upper; *c; c++) *c = (char)toupper((unsigned char)*c);
  settle(a, "town", town);
  settle(a, "TOWN", upper);
}

static void end(article *a) {
  for (size_t i = 0; i < a->fact_count; i++) free((char *)a->facts[i].ways);
}

static void add_text(hs_buffer *out, article *a) {
  expand(out, a, hs_str_of("lead"));
  for (uint64_t left = 10 + roll(a, 8); left; left--) {
    hs_buffer_text(out, "\n\n");
    expand(out, a, hs_str_of("paragraph"));
  }
}

/* What stands around an article: a script, menus, share links, other headlines, a foot. */
static void add_page(hs_buffer *out, article *a, const char *title, const char *day) {
  hs_buffer_printf(out, "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s | Courier</title>",
                   title);
  hs_buffer_printf(out, "<meta property=\"article:published_time\" content=\"%s\"><script>", day);
  for (int i = 0; i < 400; i++) hs_buffer_printf(out, "var m%d={\"slot\":\"%llx\"};", i, (unsigned long long)a->state);
  hs_buffer_text(out, "</script></head><body><nav><ul>");
  for (int i = 0; i < 60; i++) {
    char *word = expanded(a, "^thing");
    hs_buffer_printf(out, "<li class=\"menu-item\"><a href=\"/section/%d\">%s</a></li>", i, word);
    free(word);
  }
  hs_buffer_printf(out, "</ul></nav><main><article><h1>%s</h1><div class=\"share\"><a href=\"#\">Share</a></div><p>",
                   title);
  expand(out, a, hs_str_of("lead"));
  for (uint64_t left = 10 + roll(a, 8); left; left--) {
    hs_buffer_text(out, "</p>\n<p class=\"body-text\">");
    expand(out, a, hs_str_of("paragraph"));
  }
  hs_buffer_text(out, "</p></article></main><aside><h2>Read also</h2><ul>");
  for (int i = 0; i < 30; i++) {
    hs_buffer_printf(out, "<li><div class=\"card\"><a href=\"/story/%d\">", i);
    expand(out, a, hs_str_of("headline"));
    hs_buffer_text(out, "</a></div></li>");
  }
  hs_buffer_text(out, "</ul></aside><footer><p>All rights reserved.</p></footer></body></html>");
}

static void write_article(unsigned number, bool html) {
  article a;
  begin(&a, number);
  hs_buffer line = {0}, body = {0};
  char *title = expanded(&a, "headline");
  char text[96];
  hs_json_open(&line, '{');
  snprintf(text, sizeof text, "bench-%u", number);
  hs_json_key(&line, "id"), hs_json_string(&line, text);
  snprintf(text, sizeof text, "https://courier.example/story/%u", number);
  hs_json_key(&line, "url"), hs_json_string(&line, text);
  snprintf(text, sizeof text, "20%02u-%02u-%02u", 31 + number / 336 % 20, 1 + number / 28 % 12, 1 + number % 28);
  if (html) add_page(&body, &a, title, text);
  else {
    hs_json_key(&line, "title"), hs_json_string(&line, title);
    hs_json_key(&line, "published"), hs_json_string(&line, text);
    add_text(&body, &a);
  }
  hs_json_key(&line, html ? "html" : "text"), hs_json_str(&line, (hs_str){body.data, body.size});
  hs_json_close(&line, '}');
  puts(line.data);
  free(title);
  hs_buffer_free(&line);
  hs_buffer_free(&body);
  end(&a);
}

int main(int argc, char **argv) {
  unsigned count = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
  if (count == 0) {
    fprintf(stderr, "usage: bench_generate N [html]\n");
    return 2;
  }
  for (unsigned i = 0; i < count; i++) write_article(i, argc > 2 && strcmp(argv[2], "html") == 0);
  return fflush(stdout) == 0 ? 0 : 1;
}
