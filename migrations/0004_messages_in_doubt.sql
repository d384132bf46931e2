-- To tell whether a message arrived that was on its way when its replica died.
-- While one is on its way: the highest message number that its replica had seen; if it arrived, its own is higher. NULL where
-- it cannot be looked for.
ALTER TABLE updates ADD COLUMN sending_after BIGINT;
-- The message that was last sent for the update, which whoever looks for another one passes over: its number, negative in
-- groups, which do not count their messages together with private chats.
ALTER TABLE updates ADD COLUMN said BIGINT;
