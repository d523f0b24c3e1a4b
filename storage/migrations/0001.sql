-- Truth: the log, its bodies, the originals and the source texts.

CREATE TABLE replicas(      -- the copies of this archive that have written, and where each lies
  id    TEXT PRIMARY KEY,
  place TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE log(           -- one row an operation; never updated
  n          INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL,
  version    INTEGER NOT NULL,
  replica    TEXT NOT NULL,
  seq        INTEGER NOT NULL,
  clock      INTEGER NOT NULL, -- milliseconds since 1970 << 16 | counter
  actor      TEXT NOT NULL,
  layer      TEXT NOT NULL,
  batch      TEXT NOT NULL,
  subject    TEXT NOT NULL,    -- document, or '' for the archive itself
  prev       BLOB NOT NULL,
  commitment BLOB NOT NULL,    -- SHA-256(salt || body)
  hash       BLOB NOT NULL,    -- SHA-256(header || prev || commitment)
  key        BLOB,             -- of the signature; empty for now
  signature  BLOB
) STRICT;
CREATE UNIQUE INDEX log_chain ON log(replica, seq);
CREATE INDEX log_subject ON log(subject, clock, replica, seq);
CREATE INDEX log_actor ON log(actor, clock);
CREATE INDEX log_batch ON log(batch);

CREATE TABLE bodies(        -- beside the chain, so that a document can be destroyed lawfully
  n    INTEGER PRIMARY KEY,
  salt BLOB NOT NULL,
  body TEXT NOT NULL        -- RFC 8785 JSON
) STRICT;

CREATE TABLE blobs(         -- originals, named by their SHA-256 (lower case hex)
  id     INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  size   INTEGER NOT NULL
) STRICT;

CREATE TABLE chunks(        -- id: blob << 20 | number; 1 MiB of the original each
  id     INTEGER PRIMARY KEY,
  packed INTEGER NOT NULL,  -- 0: as it is, 1: zlib (RFC 1950)
  data   BLOB NOT NULL
) STRICT;

CREATE TABLE texts(         -- source texts; immutable
  id     INTEGER PRIMARY KEY,
  doc    TEXT NOT NULL,
  n      INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  recipe TEXT NOT NULL,
  text   BLOB NOT NULL      -- UTF-8, lines end in \n
) STRICT;
CREATE UNIQUE INDEX texts_doc ON texts(doc, n);

-- Derived: all that follows can be made again from the log.

CREATE TABLE outcomes(
  n         INTEGER PRIMARY KEY,
  outcome   TEXT NOT NULL,  -- applied, conflict
  effect    TEXT,           -- what it changed, before and after, JSON; NULL where the body says it all
  undone_by TEXT            -- the operation that took it back, while it is taken back
) STRICT;

CREATE TABLE documents(
  n         INTEGER PRIMARY KEY, -- order of import
  id        TEXT NOT NULL UNIQUE,
  name      TEXT NOT NULL,
  path      TEXT NOT NULL,
  sha256    TEXT NOT NULL,
  title     TEXT NOT NULL,
  date      TEXT NOT NULL,
  status    TEXT NOT NULL,
  proposals INTEGER NOT NULL,
  chars     INTEGER NOT NULL,   -- code points of the source text
  info      TEXT NOT NULL       -- everything known of it, JSON
) STRICT;
CREATE INDEX documents_path ON documents(path);
CREATE INDEX documents_sha ON documents(sha256);
CREATE INDEX documents_open ON documents(n) WHERE proposals > 0;
CREATE INDEX documents_status ON documents(status, n);

CREATE TABLE items(         -- values, tags, marks, corrections, notes … (doc '': people, keys, settings)
  id         TEXT PRIMARY KEY,
  doc        TEXT NOT NULL,
  what       TEXT NOT NULL,
  state      TEXT NOT NULL,
  key        TEXT NOT NULL,
  text       TEXT NOT NULL,
  pos        INTEGER NOT NULL,
  by         TEXT NOT NULL,
  at         INTEGER NOT NULL,
  rev        TEXT NOT NULL,
  rev_by     TEXT NOT NULL,
  rule       TEXT NOT NULL,
  confidence REAL NOT NULL,
  detail     TEXT NOT NULL,
  anchor     TEXT,          -- JSON
  confirmed  TEXT NOT NULL,
  source     TEXT NOT NULL,
  reason     TEXT NOT NULL,
  recipe     TEXT NOT NULL,
  replaces   TEXT           -- JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX items_doc ON items(doc, id);
CREATE INDEX items_tag ON items(key, doc) WHERE what = 'tag' AND state = 'accepted';

CREATE TABLE passages(      -- id: documents.n << 16 | number of the passage; 0: fields, tags, notes
  id   INTEGER PRIMARY KEY,
  hash BLOB NOT NULL        -- of the words indexed, 8 bytes
) STRICT;

CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1,
  tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* P* S* C*'");

-- Outside the log: what is being typed.

CREATE TABLE drafts(
  doc   TEXT NOT NULL,
  slot  TEXT NOT NULL,
  actor TEXT NOT NULL,
  text  TEXT NOT NULL,
  at    INTEGER NOT NULL,   -- milliseconds since 1970
  PRIMARY KEY(doc, slot, actor)
) STRICT, WITHOUT ROWID;
