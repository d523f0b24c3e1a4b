package export

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"fonds/storage"
	"fonds/storage/archive"
)

// Doc is a document as every format gets it: what the set has of it, with what is
// masked masked. A closed one has its id and Closed, and nothing else.
type Doc struct {
	*Document
	N          int             // its place in the export, from 1
	Text       string          // the reading text, or the source text where that was chosen; valid UTF-8
	SourceText string          // as the recipe made it of the original
	Recipe     json.RawMessage // how
	History    []Operation     // the oldest first
	Closed     *Closure        // it may not be read
	Masked     int             // how many places in it were masked

	whole    bool     // its original may be given out with it
	reading  bool     // Text is the reading text
	lang     string   // in which tables say that a value is not stated
	required []string // fields that it ought to have
}

// Placed is a mark at its place in Doc.Text.
type Placed struct {
	*Mark
	From, To int // [From,To) of Doc.Text, code points
}

// Placed lists the marks at their places in Text, by beginning, the longer first;
// empty ones too.
func (d *Doc) Placed() []Placed {
	out := make([]Placed, 0, len(d.Marks))
	for i := range d.Marks {
		m := &d.Marks[i]
		p := Placed{m, m.Start, m.End}
		if d.reading {
			p.From, p.To = m.Reading.Start, m.Reading.End
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b Placed) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// Fixed is a correction at its place in Doc.Text.
type Fixed struct {
	*Correction
	From, To int // [From,To) of Doc.Text, code points
}

// Fixed lists the corrections in force at their places in Text, by beginning: over
// the new words in a reading text, over the old in a source text.
func (d *Doc) Fixed() []Fixed {
	var out []Fixed
	for i := range d.Corrections {
		c := &d.Corrections[i]
		switch {
		case c.State != string(archive.Accepted):
		case !d.reading:
			out = append(out, Fixed{c, c.Start, c.End})
		case c.Reading != nil:
			out = append(out, Fixed{c, c.Reading.Start, c.Reading.End})
		}
	}
	slices.SortStableFunc(out, func(a, b Fixed) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID)) })
	return out
}

// Values lists the values of a field that are in the set, in their order; that the
// source states none is no value.
func (d *Doc) Values(field string) []string {
	var out []string
	for _, v := range d.Fields {
		if v.Field == field && !v.NotStated {
			out = append(out, v.Value)
		}
	}
	return out
}

// URN is the address by which other files name the document.
func (d *Doc) URN() string { return "urn:uuid:" + string(d.ID) }

// doc makes of a document what the formats get; nil where it is left out.
func (j *job) doc(n int, whole *storage.Whole) (*Doc, error) {
	d := whole.Document
	units, err := j.units()
	if err != nil {
		return nil, err
	}
	j.dated = j.dated || len(standing(d, units, AvailableField)) > 0 // also what is only proposed: Closed hears it
	if c := Closed(d, units, j.o.Day); c != nil {
		j.closed = true
		if j.o.Closed == LeaveOut {
			return nil, nil
		}
		return &Doc{Document: &Document{ID: d.ID}, N: n, Closed: c}, nil
	}
	return j.open(n, whole)
}

// open makes of a document, which may be read, what the formats get.
func (j *job) open(n int, whole *storage.Whole) (*Doc, error) {
	d := whole.Document
	d, cut, err := d.Without(j.o.Aside == LeaveOut)
	if err != nil {
		return nil, err
	}
	view, err := View(d, j.o.Set == All)
	if err != nil {
		return nil, err
	}
	view.Elsewhere = nil
	if place := whole.Document.Placed(); place != nil {
		if j.inUnits == nil {
			j.inUnits = map[archive.ID]bool{}
		}
		j.inUnits[archive.ID(place.Key)] = true
	}
	if err := j.compute(view, whole.Document); err != nil {
		return nil, err
	}
	if len(cut) > 0 {
		whole := whole.Document
		view.Approval, view.Sample, view.Status, view.Aside = approval(whole), sample(whole), string(whole.Status()), len(cut)
	}
	r, err := d.Reading()
	if err != nil {
		return nil, err
	}
	var required []string
	if j.required != nil {
		required = j.required(whole.Document)
	}
	out := &Doc{Document: view, N: n, SourceText: r.Source().String(), History: make([]Operation, 0, len(whole.History)), Recipe: whole.Recipe, reading: j.o.Text == Reading, lang: j.o.Language, required: required}
	out.Text = out.SourceText
	if out.reading {
		out.Text = r.Text().String()
	}
	view.Undecoded = Undecoded(out.Recipe)
	for _, e := range whole.History {
		o := Log(e)
		o.cut(cut)
		out.History = append(out.History, o)
	}
	if j.mask != nil {
		if err := j.mask.doc(out, d, r); err != nil {
			return nil, fmt.Errorf("masking: %w", err)
		}
	}
	all, err := j.allOf(whole.Document)
	if err != nil {
		return nil, err
	}
	if out.whole = all && out.Masked == 0; out.whole {
		j.whole = append(j.whole, d.ID)
	}
	return out, nil
}

// allOf says whether the original of a document may be given out with it: that of a
// part is that of its whole, and that of a whole holds the words of its parts, of
// which one may be closed or out of sight.
func (j *job) allOf(d *archive.Document) (bool, error) {
	if d.Info.Part != nil {
		return false, nil
	}
	for _, it := range d.Parts() {
		part, err := j.a.Document(j.ctx, archive.ID(it.Text))
		if errors.Is(err, archive.ErrNotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		units, err := j.units()
		if err != nil {
			return false, err
		}
		j.dated = j.dated || len(standing(part, units, AvailableField)) > 0
		if part.Info == nil || part.Status() == archive.Removed || Closed(part, units, j.o.Day) != nil {
			j.closed = true
			return false, nil
		}
	}
	return true, nil
}

// ready is a document that is ready to be written, or why it is not; doc is nil
// where it is left out.
type ready struct {
	at  int // in job.docs
	doc *Doc
	err error
}

// How much is read at once: documents, and code points of their texts.
const (
	batchDocs  = 64
	batchChars = 1 << 20
)

// read makes the documents ready, in their order, while others are written; it ends
// with the first error, or with the export.
func (j *job) read(ctx context.Context) <-chan ready {
	out := make(chan ready, batchDocs)
	go func() {
		defer close(out)
		for at := 0; at < len(j.docs); {
			end, chars := at, 0
			for end < len(j.docs) && end-at < batchDocs && (end == at || chars+j.docs[end].Chars <= batchChars) {
				chars += j.docs[end].Chars
				end++
			}
			if !j.readBatch(ctx, at, end, out) {
				return
			}
			at = end
		}
	}()
	return out
}

// readBatch makes the documents [at,end) ready, and says whether to go on.
func (j *job) readBatch(ctx context.Context, at, end int, out chan<- ready) bool {
	ids := make([]archive.ID, 0, end-at)
	for _, s := range j.docs[at:end] {
		ids = append(ids, s.ID)
	}
	wholes, err := j.a.Wholes(ctx, ids, j.history)
	if err == nil && len(wholes) != len(ids) {
		err = fmt.Errorf("%d documents of the list are not in the archive: verify it", len(ids)-len(wholes))
	}
	if err != nil {
		wholes = nil
	}
	put := func(r ready) bool {
		select {
		case out <- r:
			return r.err == nil
		case <-ctx.Done():
			return false
		}
	}
	for i := range wholes {
		d, err := j.doc(at+i+1, &wholes[i])
		if !put(ready{at + i, d, err}) {
			return false
		}
	}
	return err == nil || put(ready{at: at, err: err})
}
