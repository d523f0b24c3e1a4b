package export

import (
	"cmp"
	"encoding/json"
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

	reading bool // Text is the reading text
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

// Values lists the values of a field that are in the set, in their order.
func (d *Doc) Values(field string) []string {
	var out []string
	for _, v := range d.Fields {
		if v.Field == field {
			out = append(out, v.Value)
		}
	}
	return out
}

// URN is the address by which other files name the document.
func (d *Doc) URN() string { return "urn:uuid:" + string(d.ID) }

// doc reads a document for the formats.
func (j *job) doc(n int, s storage.Summary) (*Doc, error) {
	d, err := j.a.Document(j.ctx, s.ID)
	if err != nil {
		return nil, err
	}
	if c := Closed(d, j.o.Day); c != nil {
		if j.o.Closed == LeaveOut {
			return nil, nil
		}
		return &Doc{Document: &Document{ID: s.ID}, N: n, Closed: c}, nil
	}
	return j.read(n, d)
}

// read reads a document, which may be read, for the formats.
func (j *job) read(n int, d *archive.Document) (*Doc, error) {
	view, err := View(d, j.o.Set == All)
	if err != nil {
		return nil, err
	}
	r, err := d.Reading()
	if err != nil {
		return nil, err
	}
	out := &Doc{Document: view, N: n, SourceText: r.Source().String(), History: []Operation{}, reading: j.o.Text == Reading}
	out.Text = out.SourceText
	if out.reading {
		out.Text = r.Text().String()
	}
	if out.Recipe, err = j.a.Recipe(j.ctx, d.ID, d.Info.Text); err != nil {
		return nil, err
	}
	view.Undecoded = Undecoded(out.Recipe)
	if j.history {
		history, err := j.a.History(j.ctx, d.ID, 0)
		if err != nil {
			return nil, err
		}
		for i := len(history) - 1; i >= 0; i-- {
			out.History = append(out.History, Log(history[i]))
		}
	}
	if j.mask == nil {
		j.whole = append(j.whole, d.ID)
	} else {
		if err := j.mask.doc(out, d, r); err != nil {
			return nil, fmt.Errorf("masking: %w", err)
		}
		if out.Masked == 0 {
			j.whole = append(j.whole, d.ID)
		}
	}
	return out, nil
}
