-- What is followed: sources, the addresses that they named, hosts that asked to be left alone. Times are RFC 3339, UTC; empty: never.
CREATE TABLE sources (
    name     TEXT    PRIMARY KEY, -- in the config file
    kind     TEXT    NOT NULL,
    address  TEXT    NOT NULL,
    tried    TEXT    NOT NULL,
    success  TEXT    NOT NULL,
    fresh    TEXT    NOT NULL, -- when it last had something new
    next     TEXT    NOT NULL, -- when it is due
    every    INTEGER NOT NULL, -- seconds
    items    INTEGER NOT NULL,
    failed   INTEGER NOT NULL, -- failures since the last success
    error    TEXT    NOT NULL,
    silent   TEXT    NOT NULL, -- since when it is silent though it should not be
    listed   TEXT    NOT NULL, -- when its list was last read
    etag     TEXT    NOT NULL,
    modified TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE visits (
    key      TEXT    PRIMARY KEY, -- the address without what makes no other page
    url      TEXT    NOT NULL,
    source   TEXT    NOT NULL,
    article  TEXT    NOT NULL, -- the id of the article there, or empty
    item     TEXT    NOT NULL, -- JSON: what its source says of it
    sitemap  INTEGER NOT NULL, -- 1: a list itself
    found    TEXT    NOT NULL,
    listed   TEXT    NOT NULL,
    fetched  TEXT    NOT NULL,
    changed  TEXT    NOT NULL,
    due      TEXT    NOT NULL,
    etag     TEXT    NOT NULL,
    modified TEXT    NOT NULL,
    tries    INTEGER NOT NULL,
    error    TEXT    NOT NULL,
    gone     TEXT    NOT NULL -- since when it answers 404 or 410
) STRICT, WITHOUT ROWID;
CREATE INDEX visits_due ON visits (source, due) WHERE due <> '';
CREATE INDEX visits_listed ON visits (source, listed);
CREATE INDEX visits_article ON visits (article) WHERE article <> '';

-- Addresses that a page states for its article: the same text in another form or script, or a translation.
CREATE TABLE alternates (
    article TEXT    NOT NULL,
    key     TEXT    NOT NULL,
    url     TEXT    NOT NULL,
    lang    TEXT    NOT NULL,
    same    INTEGER NOT NULL, -- 0: a translation
    PRIMARY KEY (article, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX alternates_key ON alternates (key) WHERE same;

CREATE TABLE held (host TEXT PRIMARY KEY, until TEXT NOT NULL) STRICT, WITHOUT ROWID;
