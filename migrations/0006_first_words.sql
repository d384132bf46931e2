-- The name of the message that says to somebody who called the bot as a guest that a page is being read, until it says the rest.
ALTER TABLE updates ADD COLUMN first_word TEXT;
