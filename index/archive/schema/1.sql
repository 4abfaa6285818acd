-- The archive. Open it with any SQLite tool, but write only through kelisim: an engine follows the numbers in changes.

-- An article as it is now.
CREATE TABLE articles (
    id      TEXT    PRIMARY KEY,
    seq     INTEGER NOT NULL UNIQUE, -- of its latest change
    version INTEGER NOT NULL,        -- its latest version
    removed INTEGER NOT NULL,        -- 1: it is gone; its versions are kept
    sha256  TEXT    NOT NULL,        -- of the latest version
    origin  TEXT    NOT NULL         -- the file or address that it may be changed from
) STRICT, WITHOUT ROWID;

-- Each state that an article was read in.
CREATE TABLE versions (
    id        TEXT    NOT NULL,
    number    INTEGER NOT NULL, -- from 1
    url       TEXT    NOT NULL,
    outlet    TEXT    NOT NULL, -- as stated
    lang      TEXT    NOT NULL, -- as stated
    title     TEXT    NOT NULL,
    body      TEXT    NOT NULL, -- NFC, a paragraph a line
    published TEXT    NOT NULL, -- YYYY, YYYY-MM or YYYY-MM-DD, or empty
    path      TEXT    NOT NULL, -- where it was read from, with #line for JSONL
    fetched   TEXT    NOT NULL, -- RFC 3339, UTC
    sha256    TEXT    NOT NULL, -- of url, outlet, lang, title, body and published, each followed by a zero byte
    PRIMARY KEY (id, number)
) STRICT;

-- What happened, in order. A number is never used twice.
CREATE TABLE changes (
    seq     INTEGER PRIMARY KEY,
    id      TEXT    NOT NULL,
    version INTEGER -- NULL: the article was removed
) STRICT;

-- Which archive this is: an engine that followed another one begins anew.
CREATE TABLE identity (id TEXT NOT NULL) STRICT;
INSERT INTO identity VALUES (lower(hex(randomblob(16))));
