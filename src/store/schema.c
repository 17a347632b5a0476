#include "store/schema.h"

#include <stdio.h>

/*
 * Steps go forward only, and one that was ever released is never changed: a new version is a new step.
 *
 * Ids are made from content, so that a page has the same rows whenever and in whatever order it is read; whatever
 * belongs to an article is keyed by it, so that its rows lie side by side in the file.
 */
static const char step_1[] =
    "PRAGMA application_id = 1751474546;"

    "CREATE TABLE page ("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT,"
    "  url TEXT,"
    "  media TEXT CHECK (media IN ('html', 'text')),"
    "  title TEXT,"
    "  outlet TEXT,"
    "  published TEXT,"
    "  date TEXT,"
    "  language TEXT,"
    "  size INTEGER NOT NULL,"
    "  body BLOB NOT NULL"
    ") STRICT;"

    "CREATE TABLE article ("
    "  id INTEGER PRIMARY KEY REFERENCES page,"
    "  name TEXT NOT NULL,"
    "  url TEXT,"
    "  outlet TEXT,"
    "  title TEXT,"
    "  byline TEXT NOT NULL,"
    "  published TEXT,"
    "  published_from TEXT,"
    "  modified TEXT,"
    "  language TEXT,"
    "  status TEXT,"
    "  model TEXT NOT NULL,"
    "  text TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX article_model ON article (model);"
    "CREATE INDEX article_outlet ON article (outlet);"

    "CREATE TABLE block ("
    "  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,"
    "  place INTEGER NOT NULL,"
    "  kind TEXT NOT NULL,"
    "  dropped TEXT,"
    "  start INTEGER NOT NULL,"
    "  end INTEGER NOT NULL,"
    "  page_start INTEGER NOT NULL,"
    "  page_end INTEGER NOT NULL,"
    "  PRIMARY KEY (article, place)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE actor ("
    "  id INTEGER NOT NULL UNIQUE,"
    "  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,"
    "  place INTEGER NOT NULL,"
    "  type TEXT NOT NULL,"
    "  name TEXT NOT NULL,"
    "  names TEXT NOT NULL,"
    "  roles TEXT NOT NULL,"
    "  country TEXT,"
    "  sector TEXT,"
    "  quotations INTEGER NOT NULL,"
    "  PRIMARY KEY (article, id)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX actor_speaking ON actor (name, article, quotations) WHERE quotations > 0;"

    "CREATE TABLE mention ("
    "  article INTEGER NOT NULL,"
    "  actor INTEGER NOT NULL,"
    "  place INTEGER NOT NULL,"
    "  start INTEGER NOT NULL,"
    "  end INTEGER NOT NULL,"
    "  PRIMARY KEY (article, actor, place),"
    "  FOREIGN KEY (article, actor) REFERENCES actor (article, id) ON DELETE CASCADE"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE quotation ("
    "  id INTEGER NOT NULL,"
    "  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,"
    "  place INTEGER NOT NULL,"
    "  type TEXT NOT NULL,"
    "  speaker INTEGER REFERENCES actor (id),"
    "  speaker_confidence REAL NOT NULL,"
    "  confidence REAL NOT NULL,"
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
    "  PRIMARY KEY (article, id)"
    ") STRICT, WITHOUT ROWID;"
    /* With all that a filter and an order ask for, so that only the rows that are shown are read. */
    "CREATE INDEX quotation_id ON quotation (id, first_day, article, place, last_day, type);"
    "CREATE INDEX quotation_speaker ON quotation (speaker);"
    "CREATE INDEX quotation_sure ON quotation (first_day, sure DESC, article);"
    "CREATE INDEX quotation_day ON quotation (first_day, article, place, last_day, type);"

    /* An IN of three words would make SQLite build a table of them for each row. */
    "CREATE TABLE span ("
    "  article INTEGER NOT NULL,"
    "  quotation INTEGER NOT NULL,"
    "  role TEXT NOT NULL CHECK (role = 'source' OR role = 'cue' OR role = 'content'),"
    "  place INTEGER NOT NULL,"
    "  start INTEGER NOT NULL,"
    "  end INTEGER NOT NULL,"
    "  PRIMARY KEY (article, quotation, role, place),"
    "  FOREIGN KEY (article, quotation) REFERENCES quotation (article, id) ON DELETE CASCADE"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE via ("
    "  article INTEGER NOT NULL,"
    "  quotation INTEGER NOT NULL,"
    "  place INTEGER NOT NULL,"
    "  actor INTEGER REFERENCES actor (id),"
    "  name TEXT NOT NULL,"
    "  kind TEXT NOT NULL,"
    "  start INTEGER NOT NULL,"
    "  end INTEGER NOT NULL,"
    "  PRIMARY KEY (article, quotation, place),"
    "  FOREIGN KEY (article, quotation) REFERENCES quotation (article, id) ON DELETE CASCADE"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX via_actor ON via (actor);"

    "CREATE TABLE time ("
    "  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,"
    "  place INTEGER NOT NULL,"
    "  start INTEGER NOT NULL,"
    "  end INTEGER NOT NULL,"
    "  type TEXT NOT NULL,"
    "  value TEXT,"
    "  begin TEXT,"
    "  until TEXT,"
    "  anchor TEXT,"
    "  PRIMARY KEY (article, place)"
    ") STRICT, WITHOUT ROWID;"

    /* Full-text search reads from views and keeps no second copy of the text. The sign between the names of one actor
     * counts as a word, so that no phrase runs from the end of one name into the beginning of the next. */
    "CREATE VIEW article_searched AS SELECT id, title,"
    "  (SELECT group_concat(substr(text, start + 1, end - start), char(10, 10)) FROM block"
    "    WHERE block.article = article.id AND dropped IS NULL AND end > start ORDER BY place) AS text"
    "  FROM article;"
    "CREATE VIRTUAL TABLE article_search USING fts5 (title, text, content = 'article_searched', content_rowid = 'id',"
    "  tokenize = 'unicode61 remove_diacritics 2');"
    "INSERT INTO article_search (article_search, rank) VALUES ('hashsize', 16777216), ('automerge', 8);"

    "CREATE VIEW quotation_searched AS SELECT id, content,"
    "  (SELECT names FROM actor WHERE actor.id = speaker) AS speaker,"
    "  (SELECT group_concat(coalesce((SELECT names FROM actor WHERE actor.id = via.actor), via.name), ' ‖ ') FROM via"
    "    WHERE via.article = quotation.article AND via.quotation = quotation.id ORDER BY via.place) AS via"
    "  FROM quotation;"
    "CREATE VIRTUAL TABLE quotation_search USING fts5 (content, speaker, via, content = 'quotation_searched',"
    "  content_rowid = 'id', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2 tokenchars ‖');"
    "INSERT INTO quotation_search (quotation_search, rank) VALUES ('hashsize', 16777216), ('automerge', 8);";

const char *const hs_schema_steps[] = {step_1};
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
