-- A record of version 1 as hearsay 0.1.0 wrote it: every later one has to bring it up to date and read it.
BEGIN;
CREATE TABLE page ( id INTEGER PRIMARY KEY, name TEXT, url TEXT, media TEXT CHECK (media IN ('html', 'text')), title TEXT, outlet TEXT, published TEXT, date TEXT, language TEXT, size INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE article ( id INTEGER PRIMARY KEY REFERENCES page, name TEXT NOT NULL, url TEXT, outlet TEXT, title TEXT, byline TEXT NOT NULL, published TEXT, published_from TEXT, modified TEXT, language TEXT, status TEXT, model TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE INDEX article_model ON article (model);
CREATE INDEX article_outlet ON article (outlet);
CREATE TABLE block ( article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, place INTEGER NOT NULL, kind TEXT NOT NULL, dropped TEXT, start INTEGER NOT NULL, end INTEGER NOT NULL, page_start INTEGER NOT NULL, page_end INTEGER NOT NULL, PRIMARY KEY (article, place)) STRICT, WITHOUT ROWID;
CREATE TABLE actor ( id INTEGER NOT NULL UNIQUE, article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, place INTEGER NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, names TEXT NOT NULL, roles TEXT NOT NULL, country TEXT, sector TEXT, quotations INTEGER NOT NULL, PRIMARY KEY (article, id)) STRICT, WITHOUT ROWID;
CREATE INDEX actor_speaking ON actor (name, article, quotations) WHERE quotations > 0;
CREATE TABLE mention ( article INTEGER NOT NULL, actor INTEGER NOT NULL, place INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (article, actor, place), FOREIGN KEY (article, actor) REFERENCES actor (article, id) ON DELETE CASCADE) STRICT, WITHOUT ROWID;
CREATE TABLE quotation ( id INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, place INTEGER NOT NULL, type TEXT NOT NULL, speaker INTEGER REFERENCES actor (id), speaker_confidence REAL NOT NULL, confidence REAL NOT NULL, sure REAL NOT NULL, said TEXT, said_begin TEXT, said_until TEXT, first_day TEXT, last_day TEXT, start INTEGER NOT NULL, end INTEGER NOT NULL, source TEXT, cue TEXT, content TEXT NOT NULL, PRIMARY KEY (article, id)) STRICT, WITHOUT ROWID;
CREATE INDEX quotation_id ON quotation (id, first_day, article, place, last_day, type);
CREATE INDEX quotation_speaker ON quotation (speaker);
CREATE INDEX quotation_sure ON quotation (first_day, sure DESC, article);
CREATE INDEX quotation_day ON quotation (first_day, article, place, last_day, type);
CREATE TABLE span ( article INTEGER NOT NULL, quotation INTEGER NOT NULL, role TEXT NOT NULL CHECK (role = 'source' OR role = 'cue' OR role = 'content'), place INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (article, quotation, role, place), FOREIGN KEY (article, quotation) REFERENCES quotation (article, id) ON DELETE CASCADE) STRICT, WITHOUT ROWID;
CREATE TABLE via ( article INTEGER NOT NULL, quotation INTEGER NOT NULL, place INTEGER NOT NULL, actor INTEGER REFERENCES actor (id), name TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (article, quotation, place), FOREIGN KEY (article, quotation) REFERENCES quotation (article, id) ON DELETE CASCADE) STRICT, WITHOUT ROWID;
CREATE INDEX via_actor ON via (actor);
CREATE TABLE time ( article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, place INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, type TEXT NOT NULL, value TEXT, begin TEXT, until TEXT, anchor TEXT, PRIMARY KEY (article, place)) STRICT, WITHOUT ROWID;
CREATE VIEW article_searched AS SELECT id, title, (SELECT group_concat(substr(text, start + 1, end - start), char(10, 10)) FROM block WHERE block.article = article.id AND dropped IS NULL AND end > start ORDER BY place) AS text FROM article;
CREATE VIRTUAL TABLE article_search USING fts5 (title, text, content = 'article_searched', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIEW quotation_searched AS SELECT id, content, (SELECT names FROM actor WHERE actor.id = speaker) AS speaker, (SELECT group_concat(coalesce((SELECT names FROM actor WHERE actor.id = via.actor), via.name), ' ‖ ') FROM via WHERE via.article = quotation.article AND via.quotation = quotation.id ORDER BY via.place) AS via FROM quotation;
CREATE VIRTUAL TABLE quotation_search USING fts5 (content, speaker, via, content = 'quotation_searched', content_rowid = 'id', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2 tokenchars ‖');
INSERT INTO page VALUES (4197711441084721769, 'dam', 'https://post.example/dam', 'text', 'Dam stays, says mayor', 'The Post', '2031-03-04', NULL, NULL, 271, X'28B52FFD600F00050600824D2925A027E9FF73D537820198B17FED97167C91FF17B2EDCB25A9B89D621AF7F0C01070AA4A8401079905A73CC0983EA52CBB6E5DD2FAD6D3C039C8195CAD67464F4EB5103E02283BF4574FE14B89731074BB32E1969B82B7B8D55711073A4DA5B87DD5482924B3DE7EB14F7B4E83691096E84D0106D31869479889318DEB095F31341CBCB23D315AAE6E30CD8170E44BEB5BF8296FA2955A988F80C134E7209EC25F4FDC0E0108003ECBA06523C1300013850FA0379ED0322B09705CCA0C');
INSERT INTO page VALUES (5238327917172214772, 'mill', NULL, 'text', NULL, NULL, NULL, NULL, NULL, 97, X'28B52FFD20616D020012461214B0256D924DAE3124699424D1805C505A00F358C443BD8CBC8C7FC045C6059AD9442F99F5D1AFE6E0EABA5CE729C084C418C30B1D1FF39D097CB316CE91112B259DEB02AD3409210200');
INSERT INTO article VALUES (4197711441084721769, 'dam', 'https://post.example/dam', 'The Post', 'Dam stays, says mayor', '["Mara Venn"]', '2031-03-04', 'given', NULL, NULL, NULL, 'rules-1-4e074310', 'By Mara Venn

“We will not leave the dam,” said Mayor Béla Tarn on Monday. “Not now.”

Tarn said that the gates would stay closed, the Ostal agency reported.

The Vesta news agency reported that Ana Orlo had said the dam was safe.

Share this article on Facebook');
INSERT INTO article VALUES (5238327917172214772, 'mill', NULL, NULL, NULL, '[]', NULL, NULL, NULL, NULL, NULL, 'rules-1-4e074310', 'According to officials, the mill is safe.

Ana Orlo told reporters that nothing had been decided.');
INSERT INTO block VALUES (4197711441084721769, 0, 'paragraph', 'byline', 0, 12, 0, 12);
INSERT INTO block VALUES (4197711441084721769, 1, 'paragraph', NULL, 14, 85, 14, 94);
INSERT INTO block VALUES (4197711441084721769, 2, 'paragraph', NULL, 87, 157, 96, 166);
INSERT INTO block VALUES (4197711441084721769, 3, 'paragraph', NULL, 159, 230, 168, 239);
INSERT INTO block VALUES (4197711441084721769, 4, 'paragraph', 'share bar', 232, 262, 241, 271);
INSERT INTO block VALUES (5238327917172214772, 0, 'paragraph', NULL, 0, 41, 0, 41);
INSERT INTO block VALUES (5238327917172214772, 1, 'paragraph', NULL, 43, 97, 43, 97);
INSERT INTO actor VALUES (4197707807826323086, 4197711441084721769, 3, 'organisation', 'Vesta news agency', 'Vesta news agency ‖ The Vesta news agency', '[]', NULL, 'MED', 1);
INSERT INTO actor VALUES (4197710748051546104, 4197711441084721769, 2, 'organisation', 'Ostal agency', 'Ostal agency ‖ the Ostal agency', '[]', NULL, 'GOV', 1);
INSERT INTO actor VALUES (4197714194842638757, 4197711441084721769, 0, 'person', 'Béla Tarn', 'Béla Tarn ‖ Mayor Béla Tarn ‖ Tarn', '["Mayor"]', NULL, 'GOV', 2);
INSERT INTO actor VALUES (4197723578142487048, 4197711441084721769, 1, 'person', 'Ana Orlo', 'Ana Orlo', '[]', NULL, NULL, 1);
INSERT INTO actor VALUES (5238320166203194040, 5238327917172214772, 1, 'anonymous', 'officials', 'officials', '["officials"]', NULL, 'GOV', 1);
INSERT INTO actor VALUES (5238320432755478855, 5238327917172214772, 0, 'person', 'Ana Orlo', 'Ana Orlo', '[]', NULL, NULL, 1);
INSERT INTO mention VALUES (4197711441084721769, 4197707807826323086, 0, 159, 180);
INSERT INTO mention VALUES (4197711441084721769, 4197710748051546104, 0, 131, 147);
INSERT INTO mention VALUES (4197711441084721769, 4197714194842638757, 0, 48, 63);
INSERT INTO mention VALUES (4197711441084721769, 4197714194842638757, 1, 87, 91);
INSERT INTO mention VALUES (4197711441084721769, 4197723578142487048, 0, 195, 203);
INSERT INTO mention VALUES (5238327917172214772, 5238320166203194040, 0, 13, 22);
INSERT INTO mention VALUES (5238327917172214772, 5238320432755478855, 0, 43, 51);
INSERT INTO quotation VALUES (4197709019361603024, 4197711441084721769, 3, 'indirect', 4197707807826323086, 0.9, 0.9, 0.9, NULL, NULL, NULL, '2031-03-04', '2031-03-04', 190, 229, 'The Vesta news agency', 'reported', 'that Ana Orlo had said the dam was safe');
INSERT INTO quotation VALUES (4197711316944202336, 4197711441084721769, 0, 'direct', 4197714194842638757, 0.9, 0.95, 0.9, '2031-03-03', '2031-03-03', '2031-03-04', '2031-03-03', '2031-03-03', 14, 85, 'Mayor Béla Tarn', 'said', '“We will not leave the dam,” … “Not now.”');
INSERT INTO quotation VALUES (4197712574807183694, 4197711441084721769, 1, 'indirect', 4197710748051546104, 0.9, 0.75, 0.75, NULL, NULL, NULL, '2031-03-04', '2031-03-04', 87, 129, 'the Ostal agency', 'reported', 'Tarn said that the gates would stay closed');
INSERT INTO quotation VALUES (4197713146137211768, 4197711441084721769, 2, 'indirect', 4197714194842638757, 0.9, 0.9, 0.9, NULL, NULL, NULL, '2031-03-04', '2031-03-04', 97, 156, 'Tarn', 'said', 'that the gates would stay closed, the Ostal agency reported');
INSERT INTO quotation VALUES (4197721911477128633, 4197711441084721769, 4, 'indirect', 4197723578142487048, 0.9, 0.8, 0.8, NULL, NULL, NULL, '2031-03-04', '2031-03-04', 213, 229, 'Ana Orlo', 'had said', 'the dam was safe');
INSERT INTO quotation VALUES (5238324250053729187, 5238327917172214772, 0, 'indirect', 5238320166203194040, 0.9, 0.85, 0.85, NULL, NULL, NULL, NULL, NULL, 24, 40, 'officials', 'According to', 'the mill is safe');
INSERT INTO quotation VALUES (5238335073481936269, 5238327917172214772, 1, 'indirect', 5238320432755478855, 0.9, 0.9, 0.9, NULL, NULL, NULL, NULL, NULL, 67, 96, 'Ana Orlo', 'told', 'that nothing had been decided');
INSERT INTO span VALUES (4197711441084721769, 4197709019361603024, 'content', 0, 190, 229);
INSERT INTO span VALUES (4197711441084721769, 4197709019361603024, 'cue', 0, 181, 189);
INSERT INTO span VALUES (4197711441084721769, 4197709019361603024, 'source', 0, 159, 180);
INSERT INTO span VALUES (4197711441084721769, 4197711316944202336, 'content', 0, 14, 42);
INSERT INTO span VALUES (4197711441084721769, 4197711316944202336, 'content', 1, 75, 85);
INSERT INTO span VALUES (4197711441084721769, 4197711316944202336, 'cue', 0, 43, 47);
INSERT INTO span VALUES (4197711441084721769, 4197711316944202336, 'source', 0, 48, 63);
INSERT INTO span VALUES (4197711441084721769, 4197712574807183694, 'content', 0, 87, 129);
INSERT INTO span VALUES (4197711441084721769, 4197712574807183694, 'cue', 0, 148, 156);
INSERT INTO span VALUES (4197711441084721769, 4197712574807183694, 'source', 0, 131, 147);
INSERT INTO span VALUES (4197711441084721769, 4197713146137211768, 'content', 0, 97, 156);
INSERT INTO span VALUES (4197711441084721769, 4197713146137211768, 'cue', 0, 92, 96);
INSERT INTO span VALUES (4197711441084721769, 4197713146137211768, 'source', 0, 87, 91);
INSERT INTO span VALUES (4197711441084721769, 4197721911477128633, 'content', 0, 213, 229);
INSERT INTO span VALUES (4197711441084721769, 4197721911477128633, 'cue', 0, 204, 212);
INSERT INTO span VALUES (4197711441084721769, 4197721911477128633, 'source', 0, 195, 203);
INSERT INTO span VALUES (5238327917172214772, 5238324250053729187, 'content', 0, 24, 40);
INSERT INTO span VALUES (5238327917172214772, 5238324250053729187, 'cue', 0, 0, 12);
INSERT INTO span VALUES (5238327917172214772, 5238324250053729187, 'source', 0, 13, 22);
INSERT INTO span VALUES (5238327917172214772, 5238335073481936269, 'content', 0, 67, 96);
INSERT INTO span VALUES (5238327917172214772, 5238335073481936269, 'cue', 0, 52, 56);
INSERT INTO span VALUES (5238327917172214772, 5238335073481936269, 'source', 0, 43, 51);
INSERT INTO via VALUES (4197711441084721769, 4197721911477128633, 0, 4197707807826323086, 'Vesta news agency', 'agency', 159, 180);
INSERT INTO time VALUES (4197711441084721769, 0, 67, 73, 'DATE', '2031-03-03', '2031-03-03', '2031-03-04', '2031-03-04');
INSERT INTO time VALUES (4197711441084721769, 1, 80, 83, 'DATE', 'PRESENT_REF', NULL, NULL, NULL);
INSERT INTO article_search (rowid, title, text) SELECT id, title, text FROM article_searched ORDER BY id;
INSERT INTO quotation_search (rowid, content, speaker, via) SELECT id, content, speaker, via FROM quotation_searched ORDER BY id;
PRAGMA application_id = 1751474546;
PRAGMA user_version = 1;
COMMIT;
