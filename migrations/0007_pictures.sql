-- The address of the picture that a page gives of itself.
ALTER TABLE articles ADD COLUMN picture TEXT;
