-- Format 5: what each document has, so that a million of them can be asked for it and counted (storage/has.go). The
-- column is filled by the rebuild that belongs to this step.

ALTER TABLE documents ADD COLUMN has INTEGER NOT NULL DEFAULT 0;
CREATE INDEX documents_date ON documents(date, n) WHERE date <> '';
