-- 1 reviews_and_findings
PRAGMA application_id = 1936880749;
CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE reviews ( key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, source NOT NULL, format TEXT NOT NULL, page_count INTEGER NOT NULL, page_labels TEXT NOT NULL, omissions TEXT NOT NULL, why_none TEXT NOT NULL, paragraphs INTEGER NOT NULL, sections INTEGER NOT NULL, recommendations INTEGER NOT NULL, text TEXT NOT NULL );
CREATE TABLE paragraphs ( review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE, position INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, page INTEGER NOT NULL, role TEXT NOT NULL, number TEXT NOT NULL, level INTEGER NOT NULL, size REAL NOT NULL, bold INTEGER NOT NULL, indent REAL NOT NULL, cells TEXT NOT NULL, PRIMARY KEY (review, position) ) WITHOUT ROWID;
CREATE TABLE facts ( review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE, position INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, origin TEXT NOT NULL, page INTEGER, PRIMARY KEY (review, position) ) WITHOUT ROWID;
CREATE TABLE given_facts ( review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE, field TEXT NOT NULL, value TEXT NOT NULL, origin TEXT NOT NULL, page INTEGER, PRIMARY KEY (review, field) ) WITHOUT ROWID;
CREATE TABLE sections ( key INTEGER PRIMARY KEY, review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE, position INTEGER NOT NULL, heading TEXT NOT NULL, path TEXT NOT NULL, number TEXT NOT NULL, level INTEGER NOT NULL, page INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, UNIQUE (review, position) );
CREATE TABLE recommendations ( key INTEGER PRIMARY KEY, review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE, position INTEGER NOT NULL, id TEXT NOT NULL, refs TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, text TEXT NOT NULL, page INTEGER NOT NULL, last_page INTEGER NOT NULL, heading TEXT NOT NULL, agencies TEXT NOT NULL, lead TEXT NOT NULL, date TEXT NOT NULL, rule TEXT NOT NULL, confidence REAL NOT NULL, UNIQUE (review, id), UNIQUE (review, position) );
CREATE TABLE ready_recommendations ( key INTEGER PRIMARY KEY, review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE, position INTEGER NOT NULL, id TEXT NOT NULL, refs TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, text TEXT NOT NULL, page INTEGER NOT NULL, last_page INTEGER NOT NULL, heading TEXT NOT NULL, agencies TEXT NOT NULL, lead TEXT NOT NULL, date TEXT NOT NULL, rule TEXT NOT NULL, confidence REAL NOT NULL, UNIQUE (review, id), UNIQUE (review, position) );
-- 2 full_text
CREATE VIEW section_texts AS SELECT sections.key AS key, heading, substr(text, start + 1, stop - start) AS text FROM sections JOIN reviews ON reviews.key = sections.review;
CREATE VIRTUAL TABLE section_words USING fts5(heading, text, content='section_texts', content_rowid='key');
CREATE VIRTUAL TABLE recommendation_words USING fts5(text, content='recommendations', content_rowid='key');
-- 3 bookkeeping
CREATE TABLE files (digest TEXT PRIMARY KEY, review_ids TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE cache (key TEXT PRIMARY KEY, value TEXT NOT NULL);
-- 4 corrections
ALTER TABLE recommendations ADD COLUMN correction TEXT NOT NULL DEFAULT '';
CREATE TABLE found_recommendations ( key INTEGER PRIMARY KEY, review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE, position INTEGER NOT NULL, id TEXT NOT NULL, refs TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, text TEXT NOT NULL, page INTEGER NOT NULL, last_page INTEGER NOT NULL, heading TEXT NOT NULL, agencies TEXT NOT NULL, lead TEXT NOT NULL, date TEXT NOT NULL, rule TEXT NOT NULL, confidence REAL NOT NULL, UNIQUE (review, id), UNIQUE (review, position) );
CREATE TABLE corrections ( review_id TEXT NOT NULL, position INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, fits INTEGER NOT NULL, PRIMARY KEY (review_id, position) ) WITHOUT ROWID;
CREATE TABLE skipped (source PRIMARY KEY NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
-- 5 contents_of_files
CREATE TABLE contents ( content TEXT NOT NULL, review_id TEXT NOT NULL, reading TEXT NOT NULL, owner INTEGER NOT NULL, PRIMARY KEY (content, review_id) ) WITHOUT ROWID;
CREATE INDEX contents_by_review ON contents (review_id);
-- 6 vectors
CREATE TABLE vectors ( review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE, encoder TEXT NOT NULL, digest BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (review, encoder, digest) ) WITHOUT ROWID;
-- 7 links
CREATE TABLE links ( first_review TEXT NOT NULL, first_text TEXT NOT NULL, second_review TEXT NOT NULL, second_text TEXT NOT NULL, same INTEGER NOT NULL, PRIMARY KEY (first_review, first_text, second_review, second_text) ) WITHOUT ROWID;
-- 8 pdfs_read_blindly
CREATE TABLE rechecks (review INTEGER PRIMARY KEY REFERENCES reviews(key) ON DELETE CASCADE);
INSERT INTO rechecks SELECT key FROM reviews WHERE format = 'pdf';
-- 9 cases
CREATE TABLE cases ( first_review TEXT NOT NULL, second_review TEXT NOT NULL, same INTEGER NOT NULL, PRIMARY KEY (first_review, second_review) ) WITHOUT ROWID;
-- 10 explanations
CREATE TABLE explanations ( review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE, position INTEGER NOT NULL, id TEXT NOT NULL, shares TEXT NOT NULL, left_out TEXT NOT NULL, PRIMARY KEY (review, position) ) WITHOUT ROWID;
DELETE FROM files;
-- 11 phrase_vectors
CREATE TABLE phrase_vectors ( encoder TEXT NOT NULL, digest BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (encoder, digest) ) WITHOUT ROWID;
-- 12 views_for_other_programs
CREATE VIEW recommendation_view AS SELECT recommendations.id AS recommendation, reviews.id AS review, coalesce((SELECT value FROM given_facts WHERE review = reviews.key AND field = 'subject'), (SELECT value FROM facts WHERE review = reviews.key AND field = 'subject' ORDER BY position)) AS subject, coalesce((SELECT value FROM given_facts WHERE review = reviews.key AND field = 'title'), (SELECT value FROM facts WHERE review = reviews.key AND field = 'title' ORDER BY position)) AS title, coalesce((SELECT value FROM given_facts WHERE review = reviews.key AND field = 'board'), (SELECT value FROM facts WHERE review = reviews.key AND field = 'board' ORDER BY position)) COLLATE NOCASE AS board, coalesce((SELECT value FROM given_facts WHERE review = reviews.key AND field = 'kind'), (SELECT value FROM facts WHERE review = reviews.key AND field = 'kind' ORDER BY position)) AS kind, CAST(coalesce((SELECT value FROM given_facts WHERE review = reviews.key AND field = 'year'), (SELECT value FROM facts WHERE review = reviews.key AND field = 'year' ORDER BY position)) AS INTEGER) AS year, coalesce((SELECT value FROM given_facts WHERE review = reviews.key AND field = 'published'), (SELECT value FROM facts WHERE review = reviews.key AND field = 'published' ORDER BY position)) AS published, json_extract(refs, '$[0]') AS reference, page, json_extract(agencies, '$[0][0]') AS agency, json_extract(agencies, '$[0][1]') AS agency_kind, recommendations.text AS text, date, confidence, correction, source FROM recommendations JOIN reviews ON reviews.key = recommendations.review;
CREATE VIEW theme_view AS SELECT meta.key AS run, names.value AS theme, recommendation_view.* FROM meta JOIN json_each(meta.value, '$.members') AS members JOIN recommendation_view ON recommendation_view.recommendation = members.key LEFT JOIN json_each(meta.value, '$.themes') AS names ON names.key = members.value WHERE meta.key LIKE 'themes run%' OR meta.key LIKE 'codebook run%';
DROP TABLE recommendation_words;
CREATE VIRTUAL TABLE recommendation_words USING fts5(text, content="recommendations", content_rowid="key");
INSERT INTO recommendation_words (recommendation_words) VALUES ('rebuild');
