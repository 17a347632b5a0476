-- A record of version 1 as hearsay 0.1.0 wrote it: every later one has to bring it up to date and read it.
BEGIN;
CREATE TABLE page ( key INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE, name TEXT, url TEXT, media TEXT CHECK (media IN ('html', 'text')), title TEXT, outlet TEXT, published TEXT, date TEXT, language TEXT, charset TEXT, captured TEXT, missing TEXT, archive TEXT, record TEXT, offset INTEGER, size INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE article ( key INTEGER PRIMARY KEY REFERENCES page, id INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, kind_confidence REAL NOT NULL, url TEXT, outlet TEXT, title TEXT, byline TEXT NOT NULL, published TEXT, published_from TEXT, modified TEXT, language TEXT, language_from TEXT, language_confidence REAL NOT NULL, status TEXT, model TEXT NOT NULL, blocks TEXT NOT NULL, times TEXT NOT NULL, text TEXT NOT NULL, searched TEXT) STRICT;
CREATE INDEX article_model ON article (model);
CREATE INDEX article_outlet ON article (outlet);
CREATE TABLE actor ( key INTEGER PRIMARY KEY, id INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES article, place INTEGER NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, names TEXT NOT NULL, roles TEXT NOT NULL, country TEXT, sector TEXT, quotations INTEGER NOT NULL, mentions TEXT NOT NULL, institution TEXT, number INTEGER, closeness TEXT, anonymity TEXT) STRICT;
CREATE INDEX actor_article ON actor (article);
CREATE INDEX actor_speaking ON actor (name, type, article, quotations) WHERE quotations > 0;
CREATE INDEX actor_anonymous ON actor (key) WHERE type = 'anonymous';
CREATE TABLE quotation ( key INTEGER PRIMARY KEY, id INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES article, place INTEGER NOT NULL, type TEXT NOT NULL, speaker INTEGER REFERENCES actor, speaker_confidence REAL NOT NULL, speaks_for INTEGER REFERENCES actor, force TEXT NOT NULL, polarity TEXT NOT NULL, inside INTEGER REFERENCES quotation, confidence REAL NOT NULL, cue_confidence REAL NOT NULL, source_confidence REAL NOT NULL, content_confidence REAL NOT NULL, sure REAL NOT NULL, said TEXT, said_begin TEXT, said_until TEXT, first_day TEXT, last_day TEXT, start INTEGER NOT NULL, end INTEGER NOT NULL, source TEXT, cue TEXT, content TEXT NOT NULL, spans TEXT NOT NULL) STRICT;
CREATE INDEX quotation_article ON quotation (article);
CREATE INDEX quotation_day ON quotation (first_day, sure DESC, id, place, last_day, type, article, force, speaker);
CREATE TABLE via ( article INTEGER NOT NULL REFERENCES article, quotation INTEGER NOT NULL REFERENCES quotation, place INTEGER NOT NULL, actor INTEGER REFERENCES actor, name TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (article, quotation, place)) STRICT, WITHOUT ROWID;
CREATE TABLE correction ( key INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES page, quotation INTEGER NOT NULL, field TEXT NOT NULL, verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'missing')), value TEXT, places TEXT, before TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL, note TEXT) STRICT;
CREATE INDEX correction_article ON correction (article, quotation, field);
CREATE VIEW judgement AS SELECT q.key AS quotation, field, verdict, value, max(c.key) AS correction FROM correction AS c JOIN quotation AS q ON q.article = c.article AND q.id = c.quotation GROUP BY c.article, c.quotation, field;
CREATE VIEW block AS SELECT article.key AS article, b.key AS place, json_extract(b.value, '$[0]') AS kind, json_extract(b.value, '$[1]') AS dropped, json_extract(b.value, '$[2]') AS start, json_extract(b.value, '$[3]') AS end, json_extract(b.value, '$[4]') AS page_start, json_extract(b.value, '$[5]') AS page_end, json_extract(b.value, '$[6]') AS time FROM article, json_each(blocks) AS b;
CREATE VIEW time AS SELECT article.key AS article, t.key AS place, json_extract(t.value, '$[0]') AS start, json_extract(t.value, '$[1]') AS end, json_extract(t.value, '$[2]') AS type, json_extract(t.value, '$[3]') AS value, json_extract(t.value, '$[4]') AS begin, json_extract(t.value, '$[5]') AS until, json_extract(t.value, '$[6]') AS anchor FROM article, json_each(times) AS t;
CREATE VIEW mention AS SELECT article, actor.key AS actor, m.key AS place, json_extract(m.value, '$[0]') AS start, json_extract(m.value, '$[1]') AS end FROM actor, json_each(mentions) AS m;
CREATE VIEW span AS SELECT article, quotation.key AS quotation, r.key AS role, s.key AS place, json_extract(s.value, '$[0]') AS start, json_extract(s.value, '$[1]') AS end FROM quotation, json_each(spans) AS r, json_each(r.value) AS s;
CREATE VIEW article_searched AS SELECT key, title, coalesce(searched, text) AS text FROM article;
CREATE VIRTUAL TABLE article_search USING fts5 (title, text, content = 'article_searched', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIEW quotation_searched AS SELECT key, content, (SELECT names FROM actor WHERE actor.key = speaker) AS speaker, (SELECT group_concat(coalesce((SELECT names FROM actor WHERE actor.key = via.actor), via.name), ' ‖ ') FROM via WHERE via.article = quotation.article AND via.quotation = quotation.key ORDER BY via.place) AS via, (SELECT names FROM actor WHERE actor.key = speaks_for) AS spoken_for FROM quotation;
CREATE VIRTUAL TABLE quotation_search USING fts5 (content, speaker, via, spoken_for, content = 'quotation_searched', content_rowid = 'key', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2 tokenchars ‖');
INSERT INTO article_search (article_search, rank) VALUES ('hashsize', 16777216), ('automerge', 8);
INSERT INTO quotation_search (quotation_search, rank) VALUES ('hashsize', 16777216), ('automerge', 8);
INSERT INTO page VALUES (1, 4197711441084721769, 'dam', 'https://post.example/dam', 'text', 'Dam stays, says mayor', 'The Post', '2031-03-04', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 271, X'28B52FFD600F00050600824D2925A027E9FF73D537820198B17FED97167C91FF17B2EDCB25A9B89D621AF7F0C01070AA4A8401079905A73CC0983EA52CBB6E5DD2FAD6D3C039C8195CAD67464F4EB5103E02283BF4574FE14B89731074BB32E1969B82B7B8D55711073A4DA5B87DD5482924B3DE7EB14F7B4E83691096E84D0106D31869479889318DEB095F31341CBCB23D315AAE6E30CD8170E44BEB5BF8296FA2955A988F80C134E7209EC25F4FDC0E0108003ECBA06523C1300013850FA0379ED0322B09705CCA0C');
INSERT INTO page VALUES (2, 5238327917172214772, 'mill', NULL, 'text', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 97, X'28B52FFD20616D020012461214B0256D924DAE3124699424D1805C505A00F358C443BD8CBC8C7FC045C6059AD9442F99F5D1AFE6E0EABA5CE729C084C418C30B1D1FF39D097CB316CE91112B259DEB02AD3409210200');
INSERT INTO article VALUES (1, 4197711441084721769, 'dam', 'article', 0.5, 'https://post.example/dam', 'The Post', 'Dam stays, says mayor', '["Mara Venn"]', '2031-03-04', 'given', NULL, NULL, NULL, 0.0, NULL, 'rules-1-4e074310', '[["paragraph","byline",0,12,0,12],["paragraph",null,14,85,14,94],["paragraph",null,87,157,96,166],["paragraph",null,159,230,168,239],["paragraph","share bar",232,262,241,271]]', '[[67,73,"DATE","2031-03-03","2031-03-03","2031-03-04","2031-03-04"],[80,83,"DATE","PRESENT_REF",null,null,null]]', 'By Mara Venn

“We will not leave the dam,” said Mayor Béla Tarn on Monday. “Not now.”

Tarn said that the gates would stay closed, the Ostal agency reported.

The Vesta news agency reported that Ana Orlo had said the dam was safe.

Share this article on Facebook', '“We will not leave the dam,” said Mayor Béla Tarn on Monday. “Not now.”

Tarn said that the gates would stay closed, the Ostal agency reported.

The Vesta news agency reported that Ana Orlo had said the dam was safe.');
INSERT INTO article VALUES (2, 5238327917172214772, 'mill', 'article', 0.5, NULL, NULL, NULL, '[]', NULL, NULL, NULL, NULL, NULL, 0.0, NULL, 'rules-1-4e074310', '[["paragraph",null,0,41,0,41],["paragraph",null,43,97,43,97]]', '[]', 'According to officials, the mill is safe.

Ana Orlo told reporters that nothing had been decided.', NULL);
INSERT INTO actor VALUES (1, 4197723971110869019, 1, 0, 'person', 'Béla Tarn', 'Béla Tarn ‖ Mayor Béla Tarn ‖ Tarn', '["Mayor"]', NULL, 'GOV', 2, '[[48,63],[87,91]]', NULL, NULL, NULL, NULL);
INSERT INTO actor VALUES (2, 4197721388759642925, 1, 1, 'person', 'Ana Orlo', 'Ana Orlo', '[]', NULL, NULL, 1, '[[195,203]]', NULL, NULL, NULL, NULL);
INSERT INTO actor VALUES (3, 4197707981970482321, 1, 2, 'organisation', 'Ostal agency', 'Ostal agency ‖ the Ostal agency', '[]', NULL, 'GOV', 1, '[[131,147]]', NULL, NULL, NULL, NULL);
INSERT INTO actor VALUES (4, 4197708354551498558, 1, 3, 'organisation', 'Vesta news agency', 'Vesta news agency ‖ The Vesta news agency', '[]', NULL, 'MED', 1, '[[159,180]]', NULL, NULL, NULL, NULL);
INSERT INTO actor VALUES (5, 5238334855674699258, 2, 0, 'person', 'Ana Orlo', 'Ana Orlo', '[]', NULL, NULL, 1, '[[43,51]]', NULL, NULL, NULL, NULL);
INSERT INTO actor VALUES (6, 5238333255654942037, 2, 1, 'anonymous', 'officials', 'officials', '["officials"]', NULL, 'GOV', 1, '[[13,22]]', NULL, NULL, NULL, NULL);
INSERT INTO quotation VALUES (1, 4197717833847388783, 1, 0, 'direct', 1, 0.9, NULL, 'statement', 'affirmed', NULL, 0.95, 0.95, 0.95, 0.95, 0.9, '2031-03-03', '2031-03-03', '2031-03-04', '2031-03-03', '2031-03-03', 14, 85, 'Mayor Béla Tarn', 'said', '“We will not leave the dam,” … “Not now.”', '{"source":[[48,63]],"cue":[[43,47]],"content":[[14,42],[75,85]]}');
INSERT INTO quotation VALUES (2, 4197721243686175028, 1, 1, 'indirect', 3, 0.9, NULL, 'statement', 'affirmed', NULL, 0.75, 0.75, 0.75, 0.75, 0.75, NULL, NULL, NULL, '2031-03-04', '2031-03-04', 87, 129, 'the Ostal agency', 'reported', 'Tarn said that the gates would stay closed', '{"source":[[131,147]],"cue":[[148,156]],"content":[[87,129]]}');
INSERT INTO quotation VALUES (3, 4197719271002728464, 1, 2, 'indirect', 1, 0.9, NULL, 'statement', 'affirmed', 2, 0.9, 0.9, 0.9, 0.9, 0.9, NULL, NULL, NULL, '2031-03-04', '2031-03-04', 97, 129, 'Tarn', 'said', 'that the gates would stay closed', '{"source":[[87,91]],"cue":[[92,96]],"content":[[97,129]]}');
INSERT INTO quotation VALUES (4, 4197714303056814223, 1, 3, 'indirect', 4, 0.9, NULL, 'statement', 'affirmed', NULL, 0.9, 0.9, 0.9, 0.9, 0.9, NULL, NULL, NULL, '2031-03-04', '2031-03-04', 190, 229, 'The Vesta news agency', 'reported', 'that Ana Orlo had said the dam was safe', '{"source":[[159,180]],"cue":[[181,189]],"content":[[190,229]]}');
INSERT INTO quotation VALUES (5, 4197720185407514352, 1, 4, 'indirect', 2, 0.9, NULL, 'statement', 'affirmed', 4, 0.8, 0.8, 0.8, 0.8, 0.8, NULL, NULL, NULL, '2031-03-04', '2031-03-04', 213, 229, 'Ana Orlo', 'had said', 'the dam was safe', '{"source":[[195,203]],"cue":[[204,212]],"content":[[213,229]]}');
INSERT INTO quotation VALUES (6, 5238323396212431445, 2, 0, 'indirect', 6, 0.9, NULL, 'statement', 'affirmed', NULL, 0.85, 0.85, 0.85, 0.85, 0.85, NULL, NULL, NULL, NULL, NULL, 24, 40, 'officials', 'According to', 'the mill is safe', '{"source":[[13,22]],"cue":[[0,12]],"content":[[24,40]]}');
INSERT INTO quotation VALUES (7, 5238332383274200719, 2, 1, 'indirect', 5, 0.9, NULL, 'statement', 'affirmed', NULL, 0.9, 0.9, 0.9, 0.9, 0.9, NULL, NULL, NULL, NULL, NULL, 67, 96, 'Ana Orlo', 'told', 'that nothing had been decided', '{"source":[[43,51]],"cue":[[52,56]],"content":[[67,96]]}');
INSERT INTO via VALUES (1, 3, 0, 3, 'Ostal agency', 'spokesperson', 131, 147);
INSERT INTO via VALUES (1, 5, 0, 4, 'Vesta news agency', 'agency', 159, 180);
INSERT INTO article_search (rowid, title, text) SELECT key, title, text FROM article_searched ORDER BY key;
INSERT INTO quotation_search (rowid, content, speaker, via, spoken_for) SELECT key, content, speaker, via, spoken_for FROM quotation_searched ORDER BY key;
PRAGMA application_id = 1751474546;
PRAGMA user_version = 1;
COMMIT;
