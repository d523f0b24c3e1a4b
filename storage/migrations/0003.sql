-- Work: whose a document is and by when, in which package, and who is asked something about it.

ALTER TABLE documents ADD COLUMN assignee TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN due      TEXT NOT NULL DEFAULT ''; -- a day, as 2026-11-30
ALTER TABLE documents ADD COLUMN package  TEXT NOT NULL DEFAULT ''; -- the item of the package
ALTER TABLE documents ADD COLUMN asked    TEXT NOT NULL DEFAULT ''; -- names, each between two line ends
UPDATE documents SET asked = (SELECT char(10) || group_concat(who, char(10)) || char(10) FROM (SELECT DISTINCT first AS who
    FROM items WHERE doc = documents.id AND state = 'proposed' AND first <> '' AND first <> by ORDER BY 1))
  WHERE id IN (SELECT doc FROM items WHERE state = 'proposed' AND first <> '' AND first <> by);
CREATE INDEX documents_assignee ON documents(assignee, n) WHERE assignee <> '';
CREATE INDEX documents_package ON documents(package, n) WHERE package <> '';
CREATE INDEX documents_asked ON documents(n) WHERE asked <> '';

-- What waits for a decision, in the order of the queue, with what it is filtered by.

CREATE INDEX items_open ON items(doc, id, what, key, by, at) WHERE state = 'proposed';
