-- People and rules: what was decided on an item, and by whom.

ALTER TABLE items ADD COLUMN decision TEXT;                     -- JSON
ALTER TABLE items ADD COLUMN amends   TEXT NOT NULL DEFAULT ''; -- the proposal that this one amends
ALTER TABLE items ADD COLUMN first    TEXT NOT NULL DEFAULT ''; -- author of what was amended first

