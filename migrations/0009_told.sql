-- What a chat was told lately: of each article an account that holds no text, digests that only the bot can make, to tell what is new in
-- the next one on the same story, and for the list of the day.
CREATE TABLE told (
    chat_id BIGINT NOT NULL,
    article_key TEXT NOT NULL,
    person_id BIGINT,
    asked_message BIGINT,
    -- NULL where its number is not known, as after the chat became a supergroup.
    message_id BIGINT,
    -- The answer, for its headline: it may be gone before.
    answer_id TEXT,
    account TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    told_at BIGINT NOT NULL,
    PRIMARY KEY (chat_id, article_key)
);
CREATE INDEX told_by_person ON told (person_id);
-- Holds the size too: the row's end lies behind the whole account.
CREATE INDEX told_by_age ON told (told_at, bytes);
