-- People and rules: what was decided on an item, and by whom.

ALTER TABLE items ADD COLUMN decision TEXT;                     -- JSON
ALTER TABLE items ADD COLUMN amends   TEXT NOT NULL DEFAULT ''; -- the proposal that this one amends
ALTER TABLE items ADD COLUMN first    TEXT NOT NULL DEFAULT ''; -- author of what was amended first


-- What kinds of operations the log holds, so that opening need not walk through it.

CREATE TABLE kinds(
  kind    TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY(kind, version)
) STRICT, WITHOUT ROWID;
INSERT INTO kinds SELECT DISTINCT kind, version FROM log;

-- The search index lies in parts, so that one document's words can be taken out of the file in a moment.

CREATE TABLE parts(
  n     INTEGER PRIMARY KEY, -- 0 is search itself, 1 is search_1 …
  first INTEGER NOT NULL     -- documents.n of the first document in it
) STRICT;
INSERT INTO parts VALUES(0, 0);

-- What is destroyed, and what of it may still lie between the rows of the file.

CREATE INDEX log_destroyed ON log(subject) WHERE kind = 'document.destroy';

CREATE TABLE erasing(        -- outside the log
  doc  TEXT PRIMARY KEY,
  part INTEGER NOT NULL      -- of the index, where its words were
) STRICT, WITHOUT ROWID;
