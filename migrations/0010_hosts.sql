-- The host that an article was read from, where its address is one of another host of the same site.
ALTER TABLE articles ADD COLUMN host TEXT;
