-- Format 6: the earliest and the latest day that a document's date can mean, year*10000+month*100+day (storage/dated.go);
-- 9223372036854775807 and -9223372036854775808 where there is no date, or none that is read. The columns are filled by
-- the rebuild that belongs to this step.

ALTER TABLE documents ADD COLUMN earliest INTEGER NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE documents ADD COLUMN latest   INTEGER NOT NULL DEFAULT -9223372036854775808;
DROP INDEX documents_date;
CREATE INDEX documents_date ON documents(earliest, latest DESC, n) WHERE date <> '';
CREATE INDEX documents_long ON documents(earliest, latest, n) WHERE date <> '' AND latest - earliest > 10000;

-- In which unit of the arrangement each document lies, and where among the documents of it.

ALTER TABLE documents ADD COLUMN unit TEXT NOT NULL DEFAULT ''; -- the item of the unit
ALTER TABLE documents ADD COLUMN rank TEXT NOT NULL DEFAULT '';
CREATE INDEX documents_unit ON documents(unit, n) WHERE unit <> '';
