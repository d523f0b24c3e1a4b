-- Format 6: in which unit of the arrangement each document lies, and where among the documents of it.

ALTER TABLE documents ADD COLUMN unit TEXT NOT NULL DEFAULT ''; -- the item of the unit
ALTER TABLE documents ADD COLUMN rank TEXT NOT NULL DEFAULT '';
CREATE INDEX documents_unit ON documents(unit, n) WHERE unit <> '';
