package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"fonds/storage/archive"
	"fonds/storage/pages"
)

// Columns of the tables as their rows lie on the pages. A column that is the
// rowid is Null there.
var (
	rowid  = pages.Column{Is: pages.Null}
	aText  = pages.Column{Is: pages.Text}
	anInt  = pages.Column{Is: pages.Int}
	anID   = pages.Column{Is: pages.Text, Bytes: []int64{36}}
	subj   = pages.Column{Is: pages.Text, Bytes: []int64{0, 36}}
	aHash  = pages.Column{Is: pages.Blob, Bytes: []int64{32}}
	aHex   = pages.Column{Is: pages.Text, Bytes: []int64{64}}
	aBlob  = pages.Column{Is: pages.Blob}
	orText = pages.Column{Is: pages.Text | pages.Null}
	orBlob = pages.Column{Is: pages.Blob | pages.Null}
)

// truth are the tables that a recovery looks at: those that nothing else can be
// made from, and of the derived ones those that tell what was lost.
var truth = []pages.Shape{
	{Name: "log", Carve: true, Columns: []pages.Column{rowid, anID, aText, anInt, anID, anInt, anInt, aText, aText, subj, subj,
		aHash, aHash, aHash, orBlob, orBlob}},
	{Name: "bodies", Carve: true, Columns: []pages.Column{rowid, aBlob, aText}},
	{Name: "blobs", Carve: true, Columns: []pages.Column{rowid, aHex, anInt}},
	{Name: "chunks", Carve: true, Columns: []pages.Column{rowid, anInt, {Is: pages.Blob, Most: chunkSize}}},
	{Name: "texts", Carve: true, Columns: []pages.Column{rowid, anID, anInt, aHex, aText, aBlob}},
	{Name: "drafts", Index: true, Columns: []pages.Column{subj, aText, aText, aText, anInt}},
	{Name: "documents", Least: 11, Columns: []pages.Column{rowid, anID, aText, aText, aHex, aText, aText, aText, anInt, anInt, aText,
		aText, aText, subj, aText, anInt, anInt, anInt, subj, aText}},
	{Name: "items", Index: true, Least: 20, Columns: []pages.Column{aText, subj, aText, aText, aText, aText, anInt, aText, anInt, aText,
		aText, aText, {Is: pages.Float | pages.Int}, aText, orText, aText, aText, aText, aText, orText, orText, aText, aText}},
	{Name: "outcomes", Columns: []pages.Column{rowid, aText, orText, orText}},
	{Name: "log_subject", Index: true, Columns: []pages.Column{subj, anInt, anID, anInt, anInt}},
	{Name: "log_chain", Index: true, Columns: []pages.Column{anID, anInt, anInt}},
	{Name: "log_destroyed", Index: true, Columns: []pages.Column{anID, anInt}},
	{Name: "items_doc", Index: true, Columns: []pages.Column{anID, anID}},
	{Name: "sqlite_autoindex_documents_1", Index: true, Columns: []pages.Column{anID, anInt}},
}

// salvage is a recovery on its way: it fills the tables of truth of a new archive.
type salvage struct {
	ctx    context.Context
	tx     *sql.Tx
	survey *pages.Survey
	o      *RecoverOptions
	actor  string
	found  *os.File // what was read of the lost, JSON Lines

	path string // of the new archive, for now

	docs   map[archive.ID]*missing
	strays []strayImport
	past   *archive.Losses // of earlier recoveries
	last   int64           // the greatest number of a row that the log once had
	remade int
	lost   archive.RecoverBody
}

// run does everything but what is derived.
func (s *salvage) run() error {
	// For the time of the recovery. want: the commitments of which bodies are looked
	// for; gone: documents of which nothing may come back; imports: those that came
	// in; docrows: what the list called them; seen: operations of which an index
	// speaks and the log does not; mentioned: documents that one speaks of; pieces and named: where chunks lie, and what blobs
	// are called.
	if err := s.do(`CREATE TEMP TABLE want(commitment BLOB PRIMARY KEY, n INTEGER) WITHOUT ROWID;
		CREATE TEMP TABLE gone(doc TEXT PRIMARY KEY, known INTEGER) WITHOUT ROWID;
		CREATE TEMP TABLE imports(doc TEXT, n INTEGER, text TEXT, sha TEXT, recipe TEXT, name TEXT, path TEXT, PRIMARY KEY(doc, n)) WITHOUT ROWID;
		CREATE INDEX temp.imports_text ON imports(text); CREATE INDEX temp.imports_sha ON imports(sha);
		CREATE TEMP TABLE docrows(id TEXT PRIMARY KEY, name TEXT, path TEXT, sha TEXT, title TEXT) WITHOUT ROWID; CREATE INDEX temp.docrows_sha ON docrows(sha);
		CREATE TEMP TABLE seen(replica TEXT, seq INTEGER, n INTEGER, subject TEXT, sure INTEGER, PRIMARY KEY(replica, seq)) WITHOUT ROWID;
		CREATE TEMP TABLE mentioned(doc TEXT PRIMARY KEY) WITHOUT ROWID;
		CREATE TEMP TABLE pieces(id INTEGER, turn INTEGER, place INTEGER, PRIMARY KEY(id, turn)) WITHOUT ROWID;
		CREATE TEMP TABLE named(id INTEGER, sha TEXT, size INTEGER, old INTEGER, PRIMARY KEY(id, sha)) WITHOUT ROWID; CREATE INDEX temp.named_sha ON named(sha)`); err != nil {
		return err
	}
	for i, step := range []func() error{s.log, s.bodies, s.listed, s.originals, s.texts, s.remake, s.places, s.mentions, s.items, s.outcomes,
		s.drafts, s.reckon, s.seal} {
		s.o.Progress("tables", i, 13)
		if err := s.ctx.Err(); err != nil {
			return err
		}
		if err := step(); err != nil {
			return err
		}
	}
	return s.do(`DROP TABLE temp.want; DROP TABLE temp.gone; DROP TABLE temp.imports; DROP TABLE temp.docrows; DROP TABLE temp.seen; DROP TABLE temp.mentioned;
		DROP TABLE temp.pieces; DROP TABLE temp.named`)
}

func (s *salvage) do(query string, args ...any) error {
	_, err := s.tx.Exec(query, args...)
	return err
}

// rows gives what may be rows of a table, the best first.
func (s *salvage) rows(table string, yield func(r *pages.Row) error) error {
	return s.survey.Rows(table, func(r *pages.Row) error {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		return yield(r)
	})
}

// wordsAt reads columns of text; ok is false where one is lost or is no UTF-8.
func wordsAt(r *pages.Row, columns ...int) (out []string, ok bool) {
	for _, c := range columns {
		t, err := r.Text(c)
		if err != nil || !utf8.ValidString(t) {
			return nil, false
		}
		out = append(out, t)
	}
	return out, true
}

// fresh says whether a row of a derived table may be believed to have counted.
func (s *salvage) fresh(r *pages.Row) bool { return r.Where != pages.Old }

// isID says whether an id can be one.
func isID(id string) bool { return archive.CheckID(archive.ID(id)) == nil }

// tell writes down what was read of something lost.
func (s *salvage) tell(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return nil // no JSON: it was noise
	}
	_, err = fmt.Fprintf(s.found, "%s\n", b)
	return err
}

// log takes in every operation whose seal is right.
func (s *salvage) log() error {
	insert := func(n any, op *archive.Op) (bool, error) {
		res, err := s.tx.Exec(`INSERT OR IGNORE INTO log(n, id, kind, version, replica, seq, clock, actor, layer, batch, subject, prev, commitment, hash)
			VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, n, op.ID, op.Kind, op.Version, op.Replica, op.Seq, int64(op.Clock), op.Actor,
			op.Layer, op.Batch, op.Subject, op.Prev[:], op.Commitment[:], op.Hash[:])
		if err != nil {
			return false, err
		}
		rows, err := res.RowsAffected()
		return rows > 0, err
	}
	var aside []*archive.Op // sound, but another one has the number of the row
	err := s.rows("log", func(r *pages.Row) error {
		op, ok := operation(r)
		if !ok {
			return nil
		}
		if in, err := insert(r.ID, op); err != nil || in {
			return err
		}
		var same int
		if err := s.tx.QueryRow("SELECT count(*) FROM log WHERE id=? AND hash=?", op.ID, op.Hash[:]).Scan(&same); err != nil || same > 0 {
			return err
		}
		aside = append(aside, op)
		return nil
	})
	if err != nil {
		return err
	}
	for _, op := range aside {
		if err := s.instead(op); err != nil {
			return err
		}
		if _, err := insert(nil, op); err != nil {
			return err
		}
	}
	return s.known()
}

// instead makes room for an operation that fits the chain where the one that has
// its place does not: of two rows with one place, one was written and never
// counted.
func (s *salvage) instead(op *archive.Op) error {
	links := `(SELECT count(*) FROM log o WHERE o.replica=?1 AND (o.seq=?2+1 AND o.prev=?3 OR o.seq=?2-1 AND o.hash=?4))`
	var mine int
	if err := s.tx.QueryRow("SELECT "+links, op.Replica, op.Seq, op.Hash[:], op.Prev[:]).Scan(&mine); err != nil {
		return err
	}
	_, err := s.tx.Exec(`DELETE FROM log WHERE replica=?1 AND seq=?2 AND (SELECT count(*) FROM log o WHERE o.replica=?1 AND
		(o.seq=?2+1 AND o.prev=log.hash OR o.seq=?2-1 AND o.hash=log.prev)) < ?3`, op.Replica, op.Seq, mine)
	return err
}

// operation is what a row of the log says, if it is as it was sealed.
func operation(r *pages.Row) (*archive.Op, bool) {
	w, ok := wordsAt(r, 1, 2, 4, 7, 8, 9, 10)
	if !ok {
		return nil, false
	}
	op := &archive.Op{ID: archive.ID(w[0]), Kind: w[1], Version: int(r.Int(3)), Replica: archive.ID(w[2]), Seq: r.Int(5),
		Clock: archive.Clock(r.Int(6)), Actor: w[3], Layer: w[4], Batch: archive.ID(w[5]), Subject: archive.ID(w[6])}
	for i, to := range []*archive.Hash{&op.Prev, &op.Commitment, &op.Hash} {
		b, err := r.Bytes(11 + i)
		if err != nil {
			return nil, false
		}
		copy(to[:], b)
	}
	return op, op.CheckSeal(op.Prev) == nil
}

// known notes what there is to look for, now that the log is read.
func (s *salvage) known() error {
	if err := s.do("INSERT INTO gone SELECT DISTINCT subject, 1 FROM log WHERE kind=?", archive.DestroyKind); err != nil {
		return err
	}
	// The operation that destroyed a document may be lost, and its entry in the index
	// be left.
	if err := s.rows("log_destroyed", func(r *pages.Row) error {
		w, ok := wordsAt(r, 0)
		if !ok || r.Where != pages.Live || !isID(w[0]) {
			return nil
		}
		return s.do("INSERT OR IGNORE INTO gone VALUES(?,0)", w[0])
	}); err != nil {
		return err
	}
	if err := s.do(`INSERT OR IGNORE INTO want SELECT commitment, n FROM log WHERE kind=? OR subject NOT IN (SELECT doc FROM gone);
		INSERT INTO kinds SELECT DISTINCT kind, version FROM log`, archive.DestroyKind); err != nil {
		return err
	}
	rows, err := s.tx.Query("SELECT kind, version FROM kinds")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var kind string
		var v int
		if err := rows.Scan(&kind, &v); err != nil {
			return err
		}
		if !archive.KnownKind(kind, v) {
			return fmt.Errorf("a newer Fonds has written it (%s %d): recover it with that one: %w", kind, v, ErrReadOnly)
		}
	}
	return rows.Err()
}

// bodies takes in what operations say: whatever row it stands in, a body is that
// of the operation which committed to it.
func (s *salvage) bodies() error {
	err := s.rows("bodies", func(r *pages.Row) error {
		salt, err := r.Bytes(1)
		body, err2 := r.Bytes(2)
		if err != nil || err2 != nil {
			return nil
		}
		op := archive.Op{Salt: salt, Body: body}
		op.Seal(archive.Hash{})
		var n int64
		switch err := s.tx.QueryRow("SELECT n FROM want WHERE commitment=?", op.Commitment[:]).Scan(&n); err {
		case nil:
			return s.do("INSERT OR IGNORE INTO bodies(n, salt, body) VALUES(?,?,?)", n, salt, string(body))
		case sql.ErrNoRows:
			return s.stray(r, body)
		default:
			return err
		}
	})
	if err != nil {
		return err
	}
	if s.past, err = lossesOf(s.ctx, s.tx); err != nil {
		return err
	}
	return s.imports()
}

// imports notes what came in by operations that say so.
func (s *salvage) imports() error {
	rows, err := s.tx.Query("SELECT kind, subject, body FROM log JOIN bodies USING(n) WHERE kind IN ('document.import', ?) ORDER BY clock, replica, seq", archive.TextKind)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var op archive.Op
		if err := rows.Scan(&op.Kind, &op.Subject, &op.Body); err != nil {
			return err
		}
		b, err := archive.ReadBy(&op)
		if err != nil {
			return err
		}
		if op.Kind == archive.TextKind {
			// A further text is one of a document whose import is there.
			var there int
			if err := s.tx.QueryRow("SELECT count(*) FROM imports WHERE doc=? AND n=1", op.Subject).Scan(&there); err != nil {
				return err
			}
			if there == 0 || b.Info.Text < 2 {
				continue
			}
		}
		if err := s.do("INSERT OR IGNORE INTO imports VALUES(?,?,?,?,?,?,?)", op.Subject, b.Info.Text, b.TextSHA, b.Info.SHA256, b.RecipeText(),
			b.Info.Name, b.Info.Path); err != nil {
			return err
		}
	}
	return rows.Err()
}

// stray keeps the words of a body whose operation is lost; on a page that no
// longer counts they may be of a document that was destroyed.
func (s *salvage) stray(r *pages.Row, body []byte) error {
	erased := 0
	if err := s.tx.QueryRow("SELECT count(*) FROM log WHERE n=? AND subject IN (SELECT doc FROM gone)", r.ID).Scan(&erased); err != nil {
		return err
	}
	if r.Where != pages.Live || erased > 0 || !json.Valid(body) {
		return nil
	}
	s.last = max(s.last, r.ID)
	s.nameStray(body)
	return s.tell(struct {
		Row  int64           `json:"row"`
		Body json.RawMessage `json:"body"`
	}{r.ID, body})
}

// nameStray learns the name of a document from its import, the operation being
// lost.
func (s *salvage) nameStray(body []byte) {
	b, err := archive.ImportOf(&archive.Op{Body: body})
	if err != nil || len(b.TextSHA) != 64 || b.Info.Name == "" {
		return
	}
	s.strays = append(s.strays, strayImport{b.TextSHA, b.Info})
}

// strayImport is the import of a document that is not known yet.
type strayImport struct {
	text string // SHA-256
	info archive.Info
}

// title of a document as an operation gives it: the last field.set of its title.
func titleOf(body []byte) string {
	var b archive.FieldBody
	if json.Unmarshal(body, &b) != nil || b.Field != archive.TitleField || len(b.Values) == 0 {
		return ""
	}
	return strings.TrimSpace(b.Values[0].Value)
}
