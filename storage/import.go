package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path"
	"runtime"
	"time"
	"unicode/utf8"

	"fonds/storage/archive"
	"fonds/storage/words"
)

// A transaction of an import ends after so many documents, or so much text.
const (
	importDocs  = 256
	importBytes = 16 << 20
	// importWait is how long a transaction waits for the next document: longer
	// than readers take for one, shorter than another writer would notice.
	importWait = 50 * time.Millisecond
)

// Imported is what became of one incoming document.
type Imported struct {
	Path        string
	ID          archive.ID // of the document, where it came in
	DuplicateOf archive.ID // of the document that has the same bytes, where one has
	Err         error
	Refused     []error // of its Edits
	In          *archive.Incoming
	Chars       int // code points of its text
}

// Import takes documents from in until it is closed or ctx ends, as one batch of
// actor. Bytes that the archive holds already become another origin of the
// document that has them. done is called for each document, in order, when it
// is durable; what done has seen stays, whatever happens after.
func (a *Archive) Import(ctx context.Context, actor string, in <-chan *archive.Incoming, done func(Imported)) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	return a.ImportPrepared(ctx, actor, a.prepareAll(ctx, in), done)
}

// ImportPrepared is Import of documents that were prepared.
func (a *Archive) ImportPrepared(ctx context.Context, actor string, in <-chan *Prepared, done func(Imported)) error {
	actor = archive.PersonName(actor)
	if err := archive.CheckName(actor); err != nil {
		return err
	}
	batch := a.newID()
	for {
		first, ok := (*Prepared)(nil), false
		select {
		case first, ok = <-in:
		case <-ctx.Done():
		}
		if !ok {
			return ctx.Err()
		}
		var out []Imported
		// Where a context can end, each statement has a goroutine of its own to watch it:
		// it is asked between two documents instead.
		err := a.write(context.WithoutCancel(ctx), func(w *writer) (err error) {
			out, err = w.bringAllIn(actor, batch, first, in, ctx.Done())
			return err
		})
		if err != nil {
			return err
		}
		for _, r := range out {
			done(r)
		}
	}
}

// bringAllIn brings in documents, first and those that follow, until the transaction
// has enough of them, none comes for a while, or it is told to stop.
func (w *writer) bringAllIn(actor string, batch archive.ID, first *Prepared, in <-chan *Prepared, stop <-chan struct{}) (out []Imported, err error) {
	if err := w.known(actor); err != nil {
		return nil, err
	}
	wait := time.NewTimer(importWait)
	defer wait.Stop()
	bytes := 0
	for p, ok := first, true; ok; {
		r, err := w.bringIn(actor, batch, p)
		if err == nil && r.ID != "" {
			r.Refused, err = w.said(actor, batch, r.ID, p.in.Edits)
		}
		if err == nil && len(p.in.Belongs) > 0 {
			err = w.belongs(actor, batch, cmp.Or(r.ID, r.DuplicateOf), p.in.Belongs)
		}
		if err != nil {
			return nil, fmt.Errorf("importing %s: %w", p.in.Path, err)
		}
		out = append(out, r)
		bytes += len(p.in.Text) + len(p.in.Original)
		if len(out) == importDocs || bytes > importBytes {
			break
		}
		wait.Reset(importWait)
		select {
		case p, ok = <-in:
		case <-wait.C:
			ok = false // what is there need not wait for what is not
		case <-stop:
			ok = false
		}
	}
	return out, nil
}

// Prepared is an incoming document with all that can be made of it without the
// file: most of the work of an import, for any goroutine.
type Prepared struct {
	in     *archive.Incoming
	chunks []chunk
	text   string // hex SHA-256 of the text
	recipe string // RFC 8785 JSON, as in the body
	words  []string
	points int // of the text

	body    []byte
	version int // of the body
	read    archive.Body
	err     error
}

// prepareAll prepares documents on all processors and hands them on in order.
func (a *Archive) prepareAll(ctx context.Context, in <-chan *archive.Incoming) <-chan *Prepared {
	order := make(chan chan *Prepared, runtime.GOMAXPROCS(0))
	go func() {
		defer close(order)
		for {
			var d *archive.Incoming
			var ok bool
			select {
			case d, ok = <-in:
			case <-ctx.Done():
			}
			if !ok {
				return
			}
			p := make(chan *Prepared, 1)
			select {
			case order <- p:
			case <-ctx.Done():
				return
			}
			go func() { p <- a.Prepare(d) }()
		}
	}()
	out := make(chan *Prepared, importDocs) // as many as come in while a transaction is ended
	go func() {
		defer close(out)
		for p := range order {
			select {
			case out <- <-p:
			case <-ctx.Done():
			}
		}
	}()
	return out
}

// Prepare makes of a document all that can be made of it without the file.
// One that makes the program itself fail is refused when it is to come in, and no other.
func (a *Archive) Prepare(in *archive.Incoming) (p *Prepared) {
	p = &Prepared{in: in, chunks: pack(in.Original)}
	defer func() {
		if r := recover(); r != nil {
			p.err = fmt.Errorf("the program failed on it: %v", r)
		}
	}()
	if !utf8.ValidString(in.Text) {
		p.err = fmt.Errorf("its text is no UTF-8")
		return p
	}
	text := archive.NewText(in.Text)
	p.points = text.Len()
	r := archive.NewReading(text, 1, nil)
	for i := 1; i <= passageCount(text.Len()); i++ {
		p.words = append(p.words, words.Tokens(passageWords(r, nil, i)))
	}
	b, err := a.bodyOf(in, text, r)
	if err != nil {
		p.err = err
		return p
	}
	p.text, p.recipe = b.TextSHA, b.RecipeText()
	p.body, p.version, p.read, p.err = b.Written()
	return p
}

// bodyOf is an incoming document with what was seen in its text, as source text 1.
func (a *Archive) bodyOf(in *archive.Incoming, text *archive.Text, r *archive.Reading) (b *archive.ImportBody, err error) {
	b = &archive.ImportBody{TextSHA: textSHA(in.Text), Info: archive.Info{
		Name: path.Base(in.Path), Path: in.Path, Order: in.Order, SHA256: in.SHA256, Size: max(in.Size, int64(len(in.Original))),
		Part: in.Part, Pronom: in.Pronom, Pages: in.Pages, Folded: in.Folded, Modified: in.Modified, Format: in.Format, Encoding: in.Encoding, Confidence: in.Confidence,
		Language: in.Language, Text: 1, Chars: text.Len()}}
	if in.Recipe != nil {
		if b.Recipe, err = archive.Canonical(in.Recipe); err != nil {
			return nil, err
		}
	}
	goes, err := a.goesTo(context.Background())
	if err != nil {
		return nil, err
	}
	for _, pr := range in.Proposals {
		if pr.Start != -1 && outside(pr.Start, pr.End, text) {
			return nil, fmt.Errorf("the rule %s proposes words outside the text", pr.Rule)
		}
		v := archive.ProposalBody{ID: a.newID(), Field: goes(pr.Field, pr.Rule), Value: pr.Value, Detail: pr.Detail, Rule: pr.Rule, Confidence: pr.Confidence}
		if pr.Start != -1 {
			v.Anchor = r.AnchorReading(1, pr.Start, pr.End)
		}
		b.Proposals = append(b.Proposals, v)
	}
	return b, a.observed(in, b, text, r)
}

// observed puts into the body of an import what a machine saw of the text.
func (a *Archive) observed(in *archive.Incoming, b *archive.ImportBody, text *archive.Text, r *archive.Reading) error {
	for _, f := range in.Repairs {
		if outside(f.Start, f.End, text) {
			return fmt.Errorf("the rule %s corrects words outside the text", f.Rule)
		}
		at := r.AnchorReading(1, f.Start, f.End)
		b.Corrections = append(b.Corrections, archive.RepairBody{ID: a.newID(), Start: f.Start, End: f.End, Source: at.Quote, Text: f.Text,
			Before: at.Before, After: at.After, Reason: f.Reason, Recipe: f.Recipe, Detail: f.Detail, Rule: f.Rule, Confidence: f.Confidence})
	}
	for _, f := range in.Furniture {
		if outside(f.Start, f.End, text) || f.Start == f.End {
			return fmt.Errorf("the rule %s sets words aside that are outside the text", f.Rule)
		}
		b.Furniture = append(b.Furniture, archive.FurnitureBody{ID: a.newID(), Kind: f.Kind, Rule: f.Rule, Confidence: f.Confidence,
			Anchor: r.AnchorReading(1, f.Start, f.End)})
	}
	for _, f := range in.Borders {
		if f.At <= 0 || f.At >= text.Len() {
			return fmt.Errorf("the rule %s divides the text outside it", f.Rule)
		}
		b.Splits = append(b.Splits, archive.BorderBody{ID: a.newID(), At: f.At, Or: f.Or, Rule: f.Rule, Confidence: f.Confidence,
			After: r.AnchorReading(1, f.At, f.At).After})
	}
	return nil
}

func outside(start, end int, text *archive.Text) bool {
	return start < 0 || end < start || end > text.Len()
}

// bringIn makes an import operation of a prepared document.
func (w *writer) bringIn(actor string, batch archive.ID, p *Prepared) (Imported, error) {
	r := Imported{Path: p.in.Path, In: p.in, Chars: p.points}
	if p.err != nil {
		r.Err = p.err
		return r, nil
	}
	err := w.tx.QueryRowContext(w.ctx, "SELECT id FROM documents WHERE sha256=? ORDER BY n LIMIT 1", p.in.SHA256).Scan(&r.DuplicateOf)
	if err == nil {
		return r, w.origin(actor, batch, r.DuplicateOf, p.in)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return r, err
	}
	if err := w.putBlob(p.in.SHA256, int64(len(p.in.Original)), p.chunks); err != nil {
		return r, err
	}
	r.ID, err = w.takeIn(actor, batch, w.a.newID(), p)
	return r, err
}

// takeIn makes a document of what was prepared; its original is there.
func (w *writer) takeIn(actor string, batch, id archive.ID, p *Prepared) (archive.ID, error) {
	h := &held{Document: &archive.Document{ID: id}}
	w.hold(id, h)
	defer delete(w.docs, id)
	if _, err := w.appendRead("document.import", p.version, actor, id, batch, p.body, p.read); err != nil {
		return id, err
	}
	n, err := w.nextNumber()
	if err != nil {
		return id, err
	}
	if _, err := w.tx.ExecContext(w.ctx, "INSERT INTO texts(id, doc, n, sha256, recipe, text) VALUES(?,?,?,?,?,?)",
		n, id, 1, p.text, p.recipe, bytesOf(p.in.Text)); err != nil {
		return id, err
	}
	if err := w.saveItems(id, h.changes); err != nil {
		return id, err
	}
	if err := w.saveDocument(h); err != nil {
		return id, err
	}
	if err := w.roomFor(h.n); err != nil {
		return id, err
	}
	if err := w.putNew(h.n<<16, words.Tokens(fieldWords(h.Document))); err != nil {
		return id, err
	}
	for i, words := range p.words {
		if err := w.putNew(h.n<<16|int64(i+1), words); err != nil {
			return id, err
		}
	}
	return id, nil
}

// said does what a document that has just come in says of itself. What a rule
// refuses is left out and given back.
func (w *writer) said(actor string, batch, id archive.ID, edits []*archive.Edit) (refused []error, err error) {
	for _, e := range edits {
		mine := *e
		mine.Doc = string(id)
		if _, err := w.edit(actor, batch, &mine); refusal(err) {
			refused = append(refused, err)
		} else if err != nil {
			return refused, err
		}
	}
	return refused, nil
}

// origin notes that the bytes of a document were found in another place; the
// same place again is no news.
func (w *writer) origin(actor string, batch, id archive.ID, in *archive.Incoming) error {
	h, err := w.doc(id)
	if err != nil {
		return err
	}
	if h.Info.Path == in.Path {
		return nil
	}
	for _, it := range h.Of(archive.AnOrigin) {
		if it.Key == in.Path {
			return nil
		}
	}
	return w.make("document.origin", actor, id, batch, archive.OriginBody{ID: w.a.newID(), Path: in.Path, Modified: in.Modified})
}
