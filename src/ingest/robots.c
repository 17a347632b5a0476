#include "ingest/robots.h"

#include "base/limits.h"

enum { MOST_RULES = 5000, LONGEST_RULE = 2000, LONGEST_DELAY = 60 };

static hs_str take_line(hs_str *text) {
  size_t n = 0;
  while (n < text->size && text->data[n] != '\n' && text->data[n] != '\r') n++;
  hs_str line = {text->data, n};
  *text = (hs_str){text->data + n + (n < text->size), text->size - n - (n < text->size)};
  const char *comment = n ? memchr(line.data, '#', n) : NULL;
  if (comment) line.size = (size_t)(comment - line.data);
  return hs_str_trim(line);
}

/* Cuts "Disallow: /x" at its colon. */
static bool cut_line(hs_str line, hs_str *key, hs_str *value) {
  const char *colon = line.size ? memchr(line.data, ':', line.size) : NULL;
  if (!colon) return false;
  *key = hs_str_trim((hs_str){line.data, (size_t)(colon - line.data)});
  *value = hs_str_trim((hs_str){colon + 1, line.size - (size_t)(colon + 1 - line.data)});
  return true;
}

/* Does VALUE of a line "User-agent:" mean AGENT? Its name counts, not what stands behind it. */
static bool means(hs_str value, const char *agent) {
  size_t n = strlen(agent);
  if (value.size > n && (hs_is_letter(value.data[n]) || value.data[n] == '-' || value.data[n] == '_')) return false;
  return hs_str_starts_alike(value, agent);
}

static int seconds(hs_str s) {
  int n = 0;
  for (size_t i = 0; i < s.size && hs_is_digit(s.data[i]) && n <= LONGEST_DELAY; i++) n = n * 10 + (s.data[i] - '0');
  return n < LONGEST_DELAY ? n : LONGEST_DELAY;
}

/* Adds the groups for AGENT, or those for "*". Gives whether there was one. */
static bool read_groups(hs_robots *out, hs_arena *arena, hs_str text, const char *agent) {
  bool mine = false, heads = false, any = false;
  hs_str key, value;
  while (text.size) {
    if (!cut_line(take_line(&text), &key, &value)) continue;
    if (hs_str_alike(key, "User-agent")) {
      mine = (heads && mine) || means(value, agent);
      heads = true;
      any = any || mine;
      continue;
    }
    bool allow = hs_str_alike(key, "Allow"), deny = hs_str_alike(key, "Disallow");
    bool delay = hs_str_alike(key, "Crawl-delay");
    if (allow || deny || delay) heads = false;
    if (mine && delay) out->delay = seconds(value);
    if (!mine || !(allow || deny) || !value.size || value.size > LONGEST_RULE || out->rules.count == MOST_RULES)
      continue;
    hs_push(arena, out->rules, ((hs_robots_rule){{hs_arena_copy(arena, value.data, value.size), value.size}, allow}));
  }
  return any;
}

void hs_robots_read(hs_robots *out, hs_arena *arena, hs_str text, const char *agent) {
  *out = (hs_robots){0};
  if (text.size > HS_LIMIT_ROBOTS_BYTES) text.size = HS_LIMIT_ROBOTS_BYTES;
  if (hs_str_starts(text, "\xEF\xBB\xBF")) text = (hs_str){text.data + 3, text.size - 3};
  if (!read_groups(out, arena, text, agent)) read_groups(out, arena, text, "*");
}

/* Does RULE fit the beginning of PATH? Goes back to the last "*" only, so that time is bounded. */
static bool fits(hs_str rule, hs_str path) {
  bool to_end = rule.size && rule.data[rule.size - 1] == '$';
  if (to_end) rule.size--;
  size_t r = 0, p = 0, star = rule.size, mark = 0;
  for (;;) {
    if (r < rule.size && rule.data[r] == '*') {
      star = r++;
      mark = p;
    } else if (r == rule.size && (!to_end || p == path.size)) {
      return true;
    } else if (r < rule.size && p < path.size && rule.data[r] == path.data[p]) {
      r++, p++;
    } else {
      if (star == rule.size || mark >= path.size) return false;
      r = star + 1;
      p = ++mark;
    }
  }
}

bool hs_robots_allow(const hs_robots *robots, hs_str path) {
  size_t longest = 0;
  bool allow = true;
  if (hs_str_is(path, "/robots.txt")) return true;
  for (size_t i = 0; i < robots->rules.count; i++) {
    const hs_robots_rule *rule = &robots->rules.items[i];
    bool better = rule->path.size > longest || (rule->path.size == longest && rule->allow);
    if (!better || !fits(rule->path, path)) continue;
    longest = rule->path.size;
    allow = rule->allow;
  }
  return allow;
}
