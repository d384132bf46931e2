-- One schema for SQLite and PostgreSQL: only TEXT and BIGINT columns, and no statement that one of them lacks.
-- Every time is in milliseconds since 1970-01-01 UTC.

-- What a chat has chosen. NULL means "not chosen": the default of the running version applies.
CREATE TABLE chats (
    chat_id BIGINT NOT NULL PRIMARY KEY,
    length TEXT,
    figures TEXT,
    participants TEXT,
    digits TEXT,
    auto TEXT,
    language TEXT
);

-- Articles, each once, named by a digest of their contents. An article lives as long as an answer or a page needs it.
CREATE TABLE articles (
    digest TEXT NOT NULL PRIMARY KEY,
    headline TEXT NOT NULL,
    body TEXT NOT NULL,
    url TEXT,
    site TEXT,
    byline TEXT,
    published_date TEXT,
    published_time TEXT,
    published_offset BIGINT,
    language TEXT,
    bytes BIGINT NOT NULL,
    kept_at BIGINT NOT NULL
);
-- Holds the size too: in SQLite the row's end lies behind the whole body.
CREATE INDEX articles_by_age ON articles (kept_at, digest, bytes);

-- Pages read lately: the key of an address, and the article that stood there.
CREATE TABLE pages (
    url_key TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL REFERENCES articles (digest) ON DELETE CASCADE,
    fetched_at BIGINT NOT NULL
);
CREATE INDEX pages_by_article ON pages (digest);
CREATE INDEX pages_by_age ON pages (fetched_at);

-- Answers whose buttons still work.
CREATE TABLE answers (
    answer_id TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL REFERENCES articles (digest) ON DELETE CASCADE,
    chat_id BIGINT,
    person_id BIGINT,
    asked_message BIGINT,
    sent_message BIGINT,
    kept_at BIGINT NOT NULL
);
CREATE INDEX answers_by_article ON answers (digest);
CREATE INDEX answers_by_question ON answers (chat_id, asked_message);
CREATE INDEX answers_by_person ON answers (person_id);
CREATE INDEX answers_by_age ON answers (kept_at);

-- Which article a chat has been told, and where: the same one is answered once a day.
CREATE TABLE seen (
    chat_id BIGINT NOT NULL,
    article_key TEXT NOT NULL,
    message_id BIGINT,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (chat_id, article_key)
);
CREATE INDEX seen_by_age ON seen (answered_at);

-- Updates begun and finished. chat_id is set while the update is being handled and cleared at its end, so that
-- the UNIQUE constraint gives each chat one update at a time.
CREATE TABLE updates (
    update_id BIGINT NOT NULL PRIMARY KEY,
    chat_id BIGINT UNIQUE,
    replica TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    claimed_at BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    sent BIGINT NOT NULL,
    sending BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX updates_by_end ON updates (finished_at);
CREATE INDEX updates_unfinished ON updates (replica) WHERE finished_at IS NULL;

-- Limits: when a bucket is full again. No index holds that time, so that PostgreSQL can change a row in place.
CREATE TABLE limits (
    scope TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    full_at BIGINT NOT NULL,
    PRIMARY KEY (scope, subject_id)
);

-- When a chat was last told something that it is told at most once a minute.
CREATE TABLE notices (
    chat_id BIGINT NOT NULL,
    about TEXT NOT NULL,
    told_at BIGINT NOT NULL,
    PRIMARY KEY (chat_id, about)
);
CREATE INDEX notices_by_age ON notices (told_at);

-- One row, which whoever deletes in bulk locks first: replicas clean up one at a time, and never deadlock.
CREATE TABLE housekeeping (
    id BIGINT NOT NULL PRIMARY KEY,
    swept_at BIGINT NOT NULL
);
INSERT INTO housekeeping (id, swept_at) VALUES (1, 0);
