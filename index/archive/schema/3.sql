-- What was taken down: no text is left of it, and it is not taken in again.
CREATE TABLE tombstones (
    id     TEXT    PRIMARY KEY,
    seq    INTEGER NOT NULL, -- of its removal
    at     TEXT    NOT NULL, -- RFC 3339, UTC
    reason TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
