-- The parts of a text that Telegram has cut, as they came: from them the whole is put together, also when one of them is
-- edited. They are kept for a few minutes; what the answer shows stands in its article.
CREATE TABLE parts (
    answer_id TEXT NOT NULL REFERENCES answers (answer_id) ON DELETE CASCADE,
    message_id BIGINT NOT NULL,
    -- In seconds since 1970, as Telegram says it.
    written_at BIGINT NOT NULL,
    text TEXT NOT NULL,
    kept_at BIGINT NOT NULL,
    PRIMARY KEY (answer_id, message_id)
);
CREATE INDEX parts_by_message ON parts (message_id);
CREATE INDEX parts_by_age ON parts (kept_at);
ALTER TABLE answers DROP COLUMN part_message;
ALTER TABLE answers DROP COLUMN part_at;
