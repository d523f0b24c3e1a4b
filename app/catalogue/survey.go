package catalogue

import (
	"context"
	"slices"

	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// Survey is what taking a catalogue would change.
type Survey struct {
	Rows    []Outcome // one for each row, in their order
	Docs    []Doc     // the documents that have a row, in the order of their import
	Without []Brief   // those that have none, in that order
}

// Doc is a document and its row.
type Doc struct {
	ID      archive.ID
	Title   string
	Path    string
	Row     int // index in Table.Rows
	How     string
	Changes []Change // by field, in the order of the columns
}

// Change is a field of a document beside what the row has for it. A field whose cells are
// empty has none.
type Change struct {
	Field   string
	Old     []string     // in force; "" is that the source does not state it, here as in all that follow
	New     []string     // what would be
	Seen    []archive.ID // the values in force, as edits name what was seen
	Open    []string     // what is proposed there by now
	Same    bool         // New is Old
	Waits   bool         // somebody has proposed just that already, and it waits for a decision
	Reviews bool         // it would be proposed, not set
}

// Does says whether there is something to be done.
func (c *Change) Does() bool { return !c.Same && !c.Waits }

// page is how many documents are read at once.
const page = 500

// Look finds the documents of the rows and compares, all as the archive is at one moment.
// fields are those of its template. progress is told how many of the documents were read;
// it may be nil.
func Look(ctx context.Context, a *storage.Archive, t *Table, p Plan, fields []template.Field, progress func(done, total int)) (*Survey, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	now, err := a.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer now.Close()
	self, err := now.Self(ctx)
	if err != nil {
		return nil, err
	}
	total, err := now.Count(ctx, storage.Query{})
	if err != nil {
		return nil, err
	}
	x := newIndex(t, p.Match)
	if p.Match.Column >= 0 {
		err = x.fill(ctx, now, func(done int) { progress(done, total) })
	}
	if err != nil {
		return nil, err
	}
	outcomes, rows := x.match()
	s := &Survey{Rows: outcomes}
	have := x.inOrder(rows)
	for i, n := range have {
		d, row := x.docs[n], rows[n]
		s.Docs = append(s.Docs, Doc{ID: d.ID, Title: d.Title, Path: d.Path, Row: row, How: outcomes[row].How})
		outcomes[row].Doc = i
	}
	for n, d := range x.docs {
		if _, has := rows[n]; !has {
			s.Without = append(s.Without, Brief{d.ID, d.Title, d.Path})
		}
	}
	return s, s.compare(ctx, now, t, p, fields, self.Rules())
}

// fill reads every document that was not removed.
func (x *index) fill(ctx context.Context, a *storage.Archive, progress func(done int)) error {
	var some []storage.Summary
	flush := func() error {
		values := map[archive.ID][]string{}
		if x.field != "" {
			docs, err := a.Described(ctx, idsOf(some), archive.AValue)
			if err != nil {
				return err
			}
			for _, d := range docs {
				for _, it := range d.Items {
					if it.Key == x.field && (it.InForce() || it.Open()) && !it.NotStated() {
						values[d.ID] = append(values[d.ID], it.Text)
					}
				}
			}
		}
		for _, d := range some {
			x.take(d, values[d.ID])
		}
		some = some[:0]
		progress(len(x.docs))
		return nil
	}
	err := a.Each(ctx, storage.Query{}, func(d storage.Summary) error {
		if some = append(some, d); len(some) == page {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	return err
}

func idsOf(docs []storage.Summary) []archive.ID {
	out := make([]archive.ID, len(docs))
	for i, d := range docs {
		out[i] = d.ID
	}
	return out
}

// compare says of each document what its row would change.
func (s *Survey) compare(ctx context.Context, a *storage.Archive, t *Table, p Plan, fields []template.Field, rules *archive.Rules) error {
	byID := map[string]*template.Field{}
	for i := range fields {
		byID[fields[i].ID] = &fields[i]
	}
	for from := 0; from < len(s.Docs); from += page {
		some := s.Docs[from:min(from+page, len(s.Docs))]
		ids := make([]archive.ID, len(some))
		at := map[archive.ID]*Doc{}
		for i := range some {
			ids[i], at[some[i].ID] = some[i].ID, &some[i]
		}
		docs, err := a.Described(ctx, ids, archive.AValue, archive.ARemoval)
		if err != nil {
			return err
		}
		for _, d := range docs {
			doc := at[d.ID]
			doc.Changes = changes(d, &t.Rows[doc.Row], p, byID, rules)
		}
	}
	return ctx.Err()
}

// changes puts a row beside its document.
func changes(d *archive.Document, row *Row, p Plan, fields map[string]*template.Field, rules *archive.Rules) []Change {
	var out []Change
	for _, col := range p.Columns {
		values := col.values(row.Cell(col.At))
		if len(values) == 0 {
			continue
		}
		f := fields[col.Field]
		if f == nil {
			f = &template.Field{ID: col.Field, Repeatable: true}
		}
		i := slices.IndexFunc(out, func(c Change) bool { return c.Field == col.Field })
		if i < 0 {
			now := d.Values(col.Field)
			c := Change{Field: col.Field, Seen: []archive.ID{}, Reviews: rules.Reviews(archive.AValue, col.Field)}
			for _, it := range now {
				c.Old, c.Seen = append(c.Old, it.Text), append(c.Seen, it.ID)
			}
			if col.Beside && f.Repeatable {
				c.New = slices.Clone(c.Old)
			}
			out, i = append(out, c), len(out)
		}
		out[i].add(f, values)
	}
	for i := range out {
		out[i].settle(d)
	}
	return out
}

// add brings values in; a field that holds one value takes the first. That the source
// states none stands alone: beside a value it says nothing, and gives way to one.
func (c *Change) add(f *template.Field, values []string) {
	for _, v := range values {
		v = f.ValueOf(v)
		if slices.Equal(c.New, []string{""}) {
			c.New = nil
		}
		if len(c.New) > 0 && (v == "" || !f.Repeatable) {
			return
		}
		// What says the same stays as it stands there.
		if at := slices.IndexFunc(c.Old, func(old string) bool { return alike(f, old, v) }); at >= 0 {
			v = c.Old[at]
		}
		if !slices.ContainsFunc(c.New, func(n string) bool { return alike(f, n, v) }) {
			c.New = append(c.New, v)
		}
	}
}

// alike says whether two values of a field are the same: dates by their day, reference
// codes as they are matched, all others word for word.
func alike(f *template.Field, a, b string) bool {
	switch {
	case a == b:
		return true
	case a == "" || b == "":
		return false
	case f.Type == "date":
		return sameDay(a, b)
	case f.ID == identifier:
		return code(a) == code(b)
	}
	return false
}

// settle says whether there is something to be done.
func (c *Change) settle(d *archive.Document) {
	c.Same = slices.Equal(c.Old, c.New)
	var people []string
	for _, it := range d.Of(archive.AValue) {
		if it.Key == c.Field && it.Open() {
			c.Open = append(c.Open, it.Text)
			if it.By != "" {
				people = append(people, it.Text)
			}
		}
	}
	if c.Same || !c.Reviews {
		return
	}
	var added []string
	for _, v := range c.New {
		if !slices.Contains(c.Old, v) {
			added = append(added, v)
		}
	}
	slices.Sort(added)
	slices.Sort(people)
	c.Waits = len(added) > 0 && slices.Equal(added, people)
	if len(added) == 0 { // only what is there goes, or is put into another order
		c.Waits = c.removals(d)
	}
}

// removals says whether it is proposed of each value that would go that it goes.
func (c *Change) removals(d *archive.Document) bool {
	gone := 0
	for i, v := range c.Old {
		if slices.Contains(c.New, v) {
			continue
		}
		gone++
		if !slices.ContainsFunc(d.Of(archive.ARemoval), func(it *archive.Item) bool { return it.Open() && slices.Contains(it.Replaces, c.Seen[i]) }) {
			return false
		}
	}
	return gone > 0
}

// Edits are the changes of which take (nil: all) says yes, given by their indices in Docs
// and in Changes, in the order of the documents: for storage.ApplyMany, as one batch. Each
// is refused where the field has changed since.
func (s *Survey) Edits(take func(doc, change int) bool) []*archive.Edit {
	var out []*archive.Edit
	for i := range s.Docs {
		for k := range s.Docs[i].Changes {
			c := &s.Docs[i].Changes[k]
			if !c.Does() || take != nil && !take(i, k) {
				continue
			}
			e := &archive.Edit{Do: "field.set", Doc: string(s.Docs[i].ID), Field: c.Field, Seen: &c.Seen}
			for _, v := range c.New {
				e.Values = append(e.Values, archive.ValueOf(v))
			}
			out = append(out, e)
		}
	}
	return out
}

// Count counts what is to be done: documents with a change, and changes.
func (s *Survey) Count() (docs, changes int) {
	for i := range s.Docs {
		n := 0
		for k := range s.Docs[i].Changes {
			if s.Docs[i].Changes[k].Does() {
				n++
			}
		}
		if n > 0 {
			docs++
		}
		changes += n
	}
	return docs, changes
}
