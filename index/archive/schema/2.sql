-- What a file states that could not be used, and how it was read: provenance that no engine sees.
ALTER TABLE versions ADD COLUMN dated TEXT NOT NULL DEFAULT ''; -- the date as typed, where published is empty because of it
ALTER TABLE versions ADD COLUMN how   TEXT NOT NULL DEFAULT ''; -- «CSV, windows-1251 (guessed)»; empty where nothing was to choose
