package storage

import (
	"context"
	"database/sql"
	"fmt"

	"fonds/storage/archive"
	"fonds/storage/words"
)

// Rebuild makes everything that is derived (outcomes, documents, items, index,
// kinds) anew from the log, its bodies and the texts: in one transaction, so that
// an error, or the end of ctx, changes nothing. Documents are numbered in the
// total order of their imports. progress may be nil; what it is told of is
// "operations".
func (a *Archive) Rebuild(ctx context.Context, progress Progress) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.w == nil {
		return a.fixed()
	}
	if err := a.here(ctx); err != nil {
		return err
	}
	tx, err := a.w.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return explain(a.path, err)
	}
	defer tx.Rollback() // nothing, once it is committed
	if err := rebuild(ctx, tx, progress); err != nil {
		return explain(a.path, fmt.Errorf("making the tables of the archive anew: %w", err))
	}
	if err := tx.Commit(); err != nil {
		return explain(a.path, fmt.Errorf("writing to the file: %w", err))
	}
	return nil
}

// rebuildCache is how much of the file stays in memory while it is rebuilt, in
// KiB: items and outcomes are written in another order than they lie in.
const rebuildCache = 256 << 10

// rebuild is Rebuild within a transaction of the caller's. It reads log, bodies
// and texts, changes the numbers of texts where they are not in order, and leaves
// blobs alone; but of a destroyed document it destroys what has come from another
// copy. An operation without a body takes no effect (archive.Lost, or
// archive.Destroyed where its document was); a document without its text is
// found by its fields only.
func rebuild(ctx context.Context, tx *sql.Tx, progress Progress) (err error) {
	if progress == nil {
		progress = func(string, int, int) {}
	}
	var before int
	if err := tx.QueryRow("PRAGMA cache_size").Scan(&before); err != nil {
		return err
	}
	if _, err := tx.Exec(fmt.Sprintf("PRAGMA cache_size=%d", -rebuildCache)); err != nil {
		return err
	}
	defer tx.Exec(fmt.Sprintf("PRAGMA cache_size=%d", before))
	if _, err := tx.ExecContext(ctx, `DELETE FROM outcomes; DELETE FROM documents; DELETE FROM items; DELETE FROM passages;
		DELETE FROM kinds; INSERT INTO kinds SELECT DISTINCT kind, version FROM log`); err != nil {
		return err
	}
	if err := destroyArrived(ctx, tx); err != nil {
		return err
	}
	numbers, err := renumber(ctx, tx)
	if err != nil {
		return err
	}
	parts, err := layParts(ctx, tx)
	if err != nil {
		return err
	}
	r, err := newReplay(ctx, tx)
	if err != nil {
		return err
	}
	b := &rebuilder{ctx: ctx, tx: tx, replay: r, numbers: numbers, parts: parts, progress: progress}
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM log").Scan(&b.total); err != nil {
		return err
	}
	return b.run()
}

// rebuilder is a rebuild on its way. One goroutine reads and writes the file,
// another lets the operations take effect.
type rebuilder struct {
	ctx      context.Context
	tx       *sql.Tx
	replay   *replay
	numbers  map[archive.ID]int64 // of the documents
	parts    []part               // of the index
	progress Progress
	total    int
	done     int

	outcome, undone, item, document, passage *sql.Stmt
	search                                   []*sql.Stmt // by part
}

// piece is operations of one document, in their order.
type piece struct {
	doc   archive.ID
	rows  []int64 // log.n
	ops   []*archive.Op
	last  bool           // of that document
	texts map[int]string // the source texts by their numbers, with the last
}

// made is what became of a piece, as rows.
type made struct {
	ops      int
	outcomes [][]any // n, outcome, effect
	undone   [][]any // undone_by, id
	items    [][]any
	document []any // with its number first
	passages []string
	first    int64 // passages' first id
	err      error
}

// pieceLen is how many operations a piece has at most.
const pieceLen = 500

func (b *rebuilder) run() error {
	for _, s := range []struct {
		stmt  **sql.Stmt
		query string
	}{
		{&b.outcome, "INSERT INTO outcomes(n, outcome, effect) VALUES(?,?,?)"},
		{&b.undone, "UPDATE outcomes SET undone_by=? WHERE n=(SELECT n FROM log WHERE id=?)"},
		{&b.item, "INSERT" + intoItems},
		{&b.document, intoDocuments + " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
		{&b.passage, "INSERT INTO passages(id, hash) VALUES(?,?)"},
	} {
		var err error
		if *s.stmt, err = b.tx.Prepare(s.query); err != nil {
			return err
		}
		defer (*s.stmt).Close()
	}
	for _, p := range b.parts {
		stmt, err := b.tx.Prepare("INSERT INTO " + p.table() + "(rowid, words) VALUES(?,?)")
		if err != nil {
			return err
		}
		defer stmt.Close()
		b.search = append(b.search, stmt)
	}
	log, err := b.tx.QueryContext(b.ctx, "SELECT "+replayColumns+replayOrder)
	if err != nil {
		return err
	}
	defer log.Close()
	const ahead = 4
	todo, ready := make(chan *piece, ahead), make(chan *made, ahead)
	go func() {
		defer close(ready)
		for p := range todo {
			ready <- b.make(p)
		}
	}()
	under := 0 // pieces on their way
	take := func() error {
		under--
		m := <-ready
		if err := b.ctx.Err(); err != nil {
			return err
		}
		return b.write(m)
	}
	read := func() error {
		defer close(todo)
		return b.pieces(log, func(p *piece) error {
			if under == ahead {
				if err := take(); err != nil {
					return err
				}
			}
			todo <- p
			under++
			return nil
		})
	}
	err = read()
	for under > 0 {
		if e := take(); err == nil {
			err = e
		}
	}
	return err
}

// replayColumns are what letting an operation take effect needs of it.
const replayColumns = "l.n, l.id, l.kind, l.version, l.replica, l.seq, l.clock, l.actor, l.subject, b.body FROM log l LEFT JOIN bodies b ON b.n=l.n"

func scanReplay(log *sql.Rows) (n int64, op *archive.Op, err error) {
	op = &archive.Op{}
	var body sql.NullString
	err = log.Scan(&n, &op.ID, &op.Kind, &op.Version, &op.Replica, &op.Seq, &op.Clock, &op.Actor, &op.Subject, &body)
	if body.Valid {
		op.Body = []byte(body.String)
	}
	return n, op, err
}

// pieces cuts the log into pieces.
func (b *rebuilder) pieces(log *sql.Rows, each func(*piece) error) error {
	var p *piece
	hand := func(last bool) error {
		if p == nil {
			return nil
		}
		if p.last = last; last && p.doc != "" {
			var err error
			if p.texts, err = b.textsOf(p.doc); err != nil {
				return err
			}
		}
		full := p
		p = nil
		return each(full)
	}
	for log.Next() {
		n, op, err := scanReplay(log)
		if err != nil {
			return err
		}
		if p != nil && (p.doc != op.Subject || len(p.ops) == pieceLen) {
			if err := hand(p.doc != op.Subject); err != nil {
				return err
			}
		}
		if p == nil {
			p = &piece{doc: op.Subject}
		}
		p.rows, p.ops = append(p.rows, n), append(p.ops, op)
	}
	if err := log.Err(); err != nil {
		return err
	}
	return hand(true)
}

func (b *rebuilder) textsOf(doc archive.ID) (map[int]string, error) {
	rows, err := b.tx.Query("SELECT n, CAST(text AS TEXT) FROM texts WHERE doc=?", doc)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	texts := map[int]string{}
	for rows.Next() {
		var n int
		var text string
		if err := rows.Scan(&n, &text); err != nil {
			return nil, err
		}
		texts[n] = text
	}
	return texts, rows.Err()
}

// make lets the operations of a piece take effect.
func (b *rebuilder) make(p *piece) *made {
	m := &made{ops: len(p.ops)}
	m.err = b.fill(m, p)
	return m
}

func (b *rebuilder) fill(m *made, p *piece) error {
	r := b.replay
	if r.doc == nil || r.doc.ID != p.doc {
		r.begin(p.doc)
	}
	for i, op := range p.ops {
		outcome, changes, err := r.apply(op)
		if err != nil {
			return err
		}
		effect, err := effectOf(op.Kind, changes)
		if err != nil {
			return err
		}
		m.outcomes = append(m.outcomes, []any{p.rows[i], string(outcome), effect})
	}
	if !p.last {
		return nil
	}
	for op, by := range r.doc.undone {
		m.undone = append(m.undone, []any{string(by), string(op)})
	}
	for _, it := range r.doc.Items {
		row, err := itemRow(p.doc, it)
		if err != nil {
			return err
		}
		m.items = append(m.items, row)
	}
	if r.doc.Info == nil {
		return nil
	}
	row, err := docRow(r.doc.Document)
	if err != nil {
		return err
	}
	n := b.numbers[p.doc]
	m.document, m.first = append([]any{n}, row...), n<<16
	m.passages = []string{words.Tokens(fieldWords(r.doc.Document))}
	text, there := p.texts[r.doc.Info.Text]
	if !there {
		return nil
	}
	reading := archive.NewReading(archive.NewText(text), r.doc.Info.Text, r.doc.Items)
	parts := r.doc.Parts()
	for i := 1; i <= passageCount(reading.Source().Len()); i++ {
		m.passages = append(m.passages, words.Tokens(passageWords(reading, parts, i)))
	}
	return nil
}

// write writes down what became of a piece.
func (b *rebuilder) write(m *made) error {
	if m.err != nil {
		return m.err
	}
	for _, w := range []struct {
		stmt *sql.Stmt
		rows [][]any
	}{{b.outcome, m.outcomes}, {b.undone, m.undone}, {b.item, m.items}} {
		for _, row := range w.rows {
			if _, err := w.stmt.Exec(row...); err != nil {
				return err
			}
		}
	}
	if m.document != nil {
		if _, err := b.document.Exec(m.document...); err != nil {
			return err
		}
	}
	for i, words := range m.passages {
		id := m.first | int64(i)
		if _, err := b.passage.Exec(id, wordsHash(words)); err != nil {
			return err
		}
		if _, err := b.search[partOf(b.parts, id>>16).n].Exec(id, words); err != nil {
			return err
		}
	}
	before := b.done
	if b.done += m.ops; b.done/1000 != before/1000 || b.done == b.total {
		b.progress("operations", b.done, b.total)
	}
	return nil
}
