-- A body is packed with zstd where that makes it smaller: then body is empty. «kelisim show ID» reads it.
ALTER TABLE versions ADD COLUMN packed BLOB; -- a frame of zstd; data/1.dict is its dictionary
