-- Whether the marks of a reply's lines lead to the lines' words in the article. NULL: not chosen.
ALTER TABLE chats ADD COLUMN proof TEXT;
