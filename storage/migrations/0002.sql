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
