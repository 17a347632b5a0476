#include "store/schema.h"

#include <stdio.h>

/*
 * Steps go forward only, and one that was ever released is never changed: a new version is a new step.
 *
 * Every row has a key, a small number in order of arrival, so that what is new goes to the end of its table and costs
 * the same however large the record is; tables name each other by keys. Ids are made from content, the same in every
 * record; an index finds pages by them, and what belongs to a page by its page. What is only ever read together with
 * its row, and mostly not at all, stands in it as JSON; views show it as rows.
 */
static const char step_1[] =
    "PRAGMA application_id = 1751474546;"

    "CREATE TABLE page ("
    "  key INTEGER PRIMARY KEY,"
    "  id INTEGER NOT NULL UNIQUE,"
    "  name TEXT,"
    "  url TEXT,"
    "  media TEXT CHECK (media IN ('html', 'text')),"
    "  title TEXT,"
    "  outlet TEXT,"
    "  published TEXT,"
    "  date TEXT,"
    "  language TEXT,"
    "  charset TEXT,"
    "  captured TEXT,"
    "  missing TEXT,"
    "  archive TEXT,"
    "  record TEXT,"
    "  offset INTEGER,"
    "  size INTEGER NOT NULL,"
    "  body BLOB NOT NULL"
    ") STRICT;"

    "CREATE TABLE article ("
    "  key INTEGER PRIMARY KEY REFERENCES page,"
    "  id INTEGER NOT NULL,"
    "  name TEXT NOT NULL,"
    "  kind TEXT NOT NULL,"
    "  kind_confidence REAL NOT NULL,"
    "  url TEXT,"
    "  outlet TEXT,"
    "  title TEXT,"
    "  byline TEXT NOT NULL,"
    "  published TEXT,"
    "  published_from TEXT,"
    "  modified TEXT,"
    "  language TEXT,"
    "  language_from TEXT,"
    "  language_confidence REAL NOT NULL,"
    "  status TEXT,"
    "  model TEXT NOT NULL,"
    "  blocks TEXT NOT NULL,"
    "  times TEXT NOT NULL,"
    "  text TEXT NOT NULL,"
    "  searched TEXT"
    ") STRICT;"
    "CREATE INDEX article_model ON article (model);"
    "CREATE INDEX article_outlet ON article (outlet);"

    "CREATE TABLE actor ("
    "  key INTEGER PRIMARY KEY,"
    "  id INTEGER NOT NULL,"
    "  article INTEGER NOT NULL REFERENCES article,"
    "  place INTEGER NOT NULL,"
    "  type TEXT NOT NULL,"
    "  name TEXT NOT NULL,"
    "  names TEXT NOT NULL,"
    "  roles TEXT NOT NULL,"
    "  country TEXT,"
    "  sector TEXT,"
    "  quotations INTEGER NOT NULL,"
    "  mentions TEXT NOT NULL,"
    "  institution TEXT,"
    "  number INTEGER,"
    "  closeness TEXT,"
    "  anonymity TEXT"
    ") STRICT;"
    "CREATE INDEX actor_article ON actor (article);"
    "CREATE INDEX actor_speaking ON actor (name, type, article, quotations) WHERE quotations > 0;"
    "CREATE INDEX actor_anonymous ON actor (key) WHERE type = 'anonymous';"

    "CREATE TABLE quotation ("
    "  key INTEGER PRIMARY KEY,"
    "  id INTEGER NOT NULL,"
    "  article INTEGER NOT NULL REFERENCES article,"
    "  place INTEGER NOT NULL,"
    "  type TEXT NOT NULL,"
    "  speaker INTEGER REFERENCES actor,"
    "  speaker_confidence REAL NOT NULL,"
    "  speaks_for INTEGER REFERENCES actor,"
    "  force TEXT NOT NULL,"
    "  polarity TEXT NOT NULL,"
    "  inside INTEGER REFERENCES quotation,"
    "  confidence REAL NOT NULL,"
    "  cue_confidence REAL NOT NULL,"
    "  source_confidence REAL NOT NULL,"
    "  content_confidence REAL NOT NULL,"
    "  sure REAL NOT NULL,"
    "  said TEXT,"
    "  said_begin TEXT,"
    "  said_until TEXT,"
    "  first_day TEXT,"
    "  last_day TEXT,"
    "  start INTEGER NOT NULL,"
    "  end INTEGER NOT NULL,"
    "  source TEXT,"
    "  cue TEXT,"
    "  content TEXT NOT NULL,"
    "  spans TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX quotation_article ON quotation (article);"
    /* With all that a filter and an order ask for, so that only the rows that are shown are read. */
    "CREATE INDEX quotation_day ON quotation (first_day, sure DESC, id, place, last_day, type, article, force, "
    "speaker);"

    "CREATE TABLE via ("
    "  article INTEGER NOT NULL REFERENCES article,"
    "  quotation INTEGER NOT NULL REFERENCES quotation,"
    "  place INTEGER NOT NULL,"
    "  actor INTEGER REFERENCES actor,"
    "  name TEXT NOT NULL,"
    "  kind TEXT NOT NULL,"
    "  start INTEGER NOT NULL,"
    "  end INTEGER NOT NULL,"
    "  PRIMARY KEY (article, quotation, place)"
    ") STRICT, WITHOUT ROWID;"

    /* Beside the machine's rows, and named by an id, since those rows come and go. */
    "CREATE TABLE correction ("
    "  key INTEGER PRIMARY KEY,"
    "  article INTEGER NOT NULL REFERENCES page,"
    "  quotation INTEGER NOT NULL,"
    "  field TEXT NOT NULL,"
    "  verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'missing')),"
    "  value TEXT,"
    "  places TEXT,"
    "  before TEXT NOT NULL,"
    "  who TEXT NOT NULL,"
    "  at TEXT NOT NULL,"
    "  note TEXT"
    ") STRICT;"
    "CREATE INDEX correction_article ON correction (article, quotation, field);"

    "CREATE VIEW judgement AS SELECT q.key AS quotation, field, verdict, value, max(c.key) AS correction"
    "  FROM correction AS c JOIN quotation AS q ON q.article = c.article AND q.id = c.quotation"
    "  GROUP BY c.article, c.quotation, field;"

    "CREATE VIEW block AS SELECT article.key AS article, b.key AS place,"
    "  json_extract(b.value, '$[0]') AS kind, json_extract(b.value, '$[1]') AS dropped,"
    "  json_extract(b.value, '$[2]') AS start, json_extract(b.value, '$[3]') AS end,"
    "  json_extract(b.value, '$[4]') AS page_start, json_extract(b.value, '$[5]') AS page_end,"
    "  json_extract(b.value, '$[6]') AS time"
    "  FROM article, json_each(blocks) AS b;"

    "CREATE VIEW time AS SELECT article.key AS article, t.key AS place,"
    "  json_extract(t.value, '$[0]') AS start, json_extract(t.value, '$[1]') AS end,"
    "  json_extract(t.value, '$[2]') AS type, json_extract(t.value, '$[3]') AS value,"
    "  json_extract(t.value, '$[4]') AS begin, json_extract(t.value, '$[5]') AS until,"
    "  json_extract(t.value, '$[6]') AS anchor"
    "  FROM article, json_each(times) AS t;"

    "CREATE VIEW mention AS SELECT article, actor.key AS actor, m.key AS place,"
    "  json_extract(m.value, '$[0]') AS start, json_extract(m.value, '$[1]') AS end"
    "  FROM actor, json_each(mentions) AS m;"

    "CREATE VIEW span AS SELECT article, quotation.key AS quotation, r.key AS role, s.key AS place,"
    "  json_extract(s.value, '$[0]') AS start, json_extract(s.value, '$[1]') AS end"
    "  FROM quotation, json_each(spans) AS r, json_each(r.value) AS s;"

    /* Full-text search reads from views and keeps no second copy of the text. The sign between the names of one actor
     * counts as a word, so that no phrase runs from the end of one name into the beginning of the next. */
    "CREATE VIEW article_searched AS SELECT key, title, coalesce(searched, text) AS text FROM article;"
    "CREATE VIRTUAL TABLE article_search USING fts5 (title, text, content = 'article_searched', content_rowid = 'key',"
    "  tokenize = 'unicode61 remove_diacritics 2');"
    "INSERT INTO article_search (article_search, rank) VALUES ('hashsize', 16777216), ('automerge', 8);"

    "CREATE VIEW quotation_searched AS SELECT key, content,"
    "  (SELECT names FROM actor WHERE actor.key = speaker) AS speaker,"
    "  (SELECT group_concat(coalesce((SELECT names FROM actor WHERE actor.key = via.actor), via.name), ' ‖ ') FROM via"
    "    WHERE via.article = quotation.article AND via.quotation = quotation.key ORDER BY via.place) AS via,"
    "  (SELECT names FROM actor WHERE actor.key = speaks_for) AS spoken_for"
    "  FROM quotation;"
    "CREATE VIRTUAL TABLE quotation_search USING fts5 (content, speaker, via, spoken_for, content = "
    "'quotation_searched',"
    "  content_rowid = 'key', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2 tokenchars ‖');"
    "INSERT INTO quotation_search (quotation_search, rank) VALUES ('hashsize', 16777216), ('automerge', 8);";

/* When addresses of the web were asked for, and what their servers said that a later question may refer to. */
static const char step_2[] = "CREATE TABLE visit ("
                             "  url TEXT PRIMARY KEY,"
                             "  first TEXT NOT NULL,"
                             "  last TEXT NOT NULL,"
                             "  etag TEXT,"
                             "  last_modified TEXT"
                             ") STRICT, WITHOUT ROWID;"
                             /* What was captured at one address, as often as it changed. */
                             "ALTER TABLE page ADD COLUMN newer INTEGER REFERENCES page;"
                             "CREATE INDEX page_url ON page (url, captured) WHERE captured IS NOT NULL;"
                             "CREATE INDEX page_newer ON page (key) WHERE newer IS NOT NULL;"
                             "CREATE VIEW version AS SELECT url,"
                             "  row_number() OVER (PARTITION BY url ORDER BY captured, key) AS place,"
                             "  key AS article, captured, newer FROM page"
                             "  WHERE url IS NOT NULL AND captured IS NOT NULL;";

/* The row of an outlet with the hash 0 counts its pages. */
static const char step_3[] = "CREATE TABLE passage ("
                             "  outlet TEXT NOT NULL,"
                             "  hash INTEGER NOT NULL,"
                             "  first TEXT,"
                             "  last TEXT,"
                             "  count INTEGER NOT NULL,"
                             "  page INTEGER NOT NULL,"
                             "  example TEXT NOT NULL,"
                             "  PRIMARY KEY (outlet, hash)"
                             ") STRICT, WITHOUT ROWID;";

/* The row of the outlet '' counts all pages of outlets, and gives the number at which a passage stood last. */
static const char step_4[] = "ALTER TABLE passage RENAME COLUMN page TO at;"
                             "INSERT INTO passage SELECT '', 0, NULL, NULL, max(key), max(key), '' FROM page"
                             "  HAVING max(key) IS NOT NULL;"
                             /* By which versions are told. */
                             "ALTER TABLE article ADD COLUMN content INTEGER;"
                             /* So that what all speakers said is counted without a look at quotations. */
                             "ALTER TABLE actor ADD COLUMN first_said TEXT;"
                             "ALTER TABLE actor ADD COLUMN last_said TEXT;"
                             "UPDATE actor SET (first_said, last_said) = (SELECT min(q.first_day), max(q.last_day)"
                             "  FROM quotation AS q WHERE q.article = actor.article AND q.speaker = actor.key)"
                             "  WHERE quotations > 0;"
                             "DROP INDEX actor_speaking;"
                             "CREATE INDEX actor_speaking ON actor (name, type, article, quotations, first_said, "
                             "last_said) WHERE quotations > 0;"
                             "CREATE INDEX quotation_unresolved ON quotation (article, first_day, last_day, "
                             "speaker) WHERE speaker IS NULL;";

const char *const hs_schema_steps[] = {step_1, step_2, step_3, step_4};
const int hs_schema_version = sizeof hs_schema_steps / sizeof *hs_schema_steps;

int hs_schema_number(sqlite3 *db, const char *sql, int *number) {
  sqlite3_stmt *statement;
  int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
  if (code) return code;
  if (sqlite3_step(statement) == SQLITE_ROW) *number = sqlite3_column_int(statement, 0);
  return sqlite3_finalize(statement);
}

/* Runs step VERSION, unless another writer did so in the meantime. */
static int run_step(sqlite3 *db, const char *const *steps, int version) {
  char set_version[64];
  snprintf(set_version, sizeof set_version, "PRAGMA user_version = %d", version + 1);
  int code = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), now = 0;
  if (code) return code;
  code = hs_schema_number(db, "PRAGMA user_version", &now);
  if (!code && now == version) {
    code = sqlite3_exec(db, steps[version], NULL, NULL, NULL);
    if (!code) code = sqlite3_exec(db, set_version, NULL, NULL, NULL);
  }
  if (!code) code = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
  if (code && !sqlite3_get_autocommit(db)) sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
  return code;
}

int hs_schema_migrate(sqlite3 *db, const char *const *steps, int count) {
  int version = 0;
  int code = hs_schema_number(db, "PRAGMA user_version", &version);
  for (; !code && version < count; version++) code = run_step(db, steps, version);
  return code;
}
