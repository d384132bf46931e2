-- A text that Telegram has cut into several messages: the last message that an answer's text came from, and when that
-- one was written (seconds since 1970) if another part may follow it. No text is kept for it.
ALTER TABLE answers ADD COLUMN part_message BIGINT;
ALTER TABLE answers ADD COLUMN part_at BIGINT;
