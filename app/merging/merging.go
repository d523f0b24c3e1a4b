// Package merging says what becomes of the documents of an archive when values of a field
// are made one: which have them, what each would have then, and the edits that do it.
//
// It may use storage, the groups of cluster and the fields of template. It must never
// write, nor know a screen.
package merging

import (
	"context"
	"slices"
	"strings"

	"fonds/app/cluster"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
)

// first are the fields of names and terms, in which it is worth looking first.
var first = []string{"dcterms:creator", "dcterms:contributor", "dcterms:publisher", "dcterms:subject", "dcterms:coverage"}

// Fields are those of a template whose values can be merged: names and terms first, then
// those that hold several values. Two dates or codes that look alike are two, and what is
// chosen from a list is spelt one way.
func Fields(all []template.Field) (out []template.Field) {
	rank := func(f template.Field) int {
		switch at := slices.Index(first, f.ID); {
		case at >= 0:
			return at
		case f.Repeatable && f.Type == "text":
			return len(first)
		}
		return len(first) + 1
	}
	for _, f := range all {
		if !slices.Contains([]string{"date", "choice", "language", "reference", "number"}, f.Type) {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b template.Field) int { return rank(a) - rank(b) })
	return out
}

// Values counts the values of a field that documents of a query have.
func Values(ctx context.Context, a *storage.Archive, field, search string) ([]cluster.Value, error) {
	found, err := a.Facet(ctx, storage.Query{Search: search}, storage.Facet{Key: query.Field, Name: field}, 0)
	if err != nil {
		return nil, err
	}
	out := make([]cluster.Value, len(found))
	for i, n := range found {
		out[i] = cluster.Value{Text: n.Value, N: n.N}
	}
	return out, nil
}

// Merge is values that become one.
type Merge struct {
	From []string // without Into
	Into string
}

// Of is a group made one by what is proposed for it.
func Of(g *cluster.Group) Merge {
	m := Merge{Into: g.Into}
	for _, v := range g.Values {
		if v.Text != g.Into {
			m.From = append(m.From, v.Text)
		}
	}
	return m
}

// Plan is what some merges would change.
type Plan struct {
	Field    string
	Docs     []Doc // in the order of their import
	Values   int   // that go
	Into     int   // that they become
	Approved int   // documents of Docs whose approval would no longer hold
	Proposed int   // of which it would be proposed
	Waiting  int   // of which just that is proposed already, and which are not in Docs
}

// Doc is a document and what would change in it.
type Doc struct {
	ID       archive.ID
	Title    string
	Path     string
	Status   archive.Status
	Old, New []string     // the values of the field
	Seen     []archive.ID // those in force
	values   []archive.ValueIn
}

// page is how many documents are read at once.
const page = 500

// Look says what merges of values of a field would change in the documents of a query, as
// the archive is at one moment. The values of the merges' From are to be apart; what one
// becomes is not merged once more. progress (nil: nobody) is told how many of the documents
// that can have the values were read.
func Look(ctx context.Context, a *storage.Archive, field, search string, merges []Merge, progress func(done, total int)) (*Plan, error) {
	p := &Plan{Field: field}
	into, targets := map[string]string{}, map[string]bool{}
	for _, m := range merges {
		for _, v := range m.From {
			if v != m.Into && v != "" && strings.TrimSpace(m.Into) != "" {
				into[v] = m.Into
				targets[m.Into] = true
			}
		}
	}
	p.Values, p.Into = len(into), len(targets)
	if len(into) == 0 {
		return p, ctx.Err()
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
	l := &looking{ctx: ctx, a: now, p: p, into: into, reviews: self.Rules().Reviews(archive.AValue, field)}
	ns, err := now.Numbers(ctx, storage.Query{Search: storage.Narrowed(search, l.having())})
	if err != nil {
		return nil, err
	}
	for at := 0; at < len(ns); at += page {
		end := min(at+page, len(ns))
		if err := l.read(ns[at:end]); err != nil {
			return nil, err
		}
		if progress != nil {
			progress(end, len(ns))
		}
	}
	return p, ctx.Err()
}

// looking is one Look.
type looking struct {
	ctx     context.Context
	a       *storage.Archive
	p       *Plan
	into    map[string]string
	reviews bool
}

// mostAsked is how many values are asked for one by one.
const mostAsked = 50

// having is the condition of the documents that have one of the values, or, where these
// are many or hold quotation marks, any value of the field.
func (l *looking) having() string {
	of := storage.FacetCount{Facet: storage.Facet{Key: query.Field, Name: l.p.Field}}
	var all []string
	for v := range l.into {
		if len(l.into) > mostAsked || strings.ContainsAny(v, `"“”＂`) {
			return of.Condition()
		}
		of.Value = v
		all = append(all, of.Condition())
		of.Value = ""
	}
	slices.Sort(all)
	return "(" + strings.Join(all, " OR ") + ")"
}

// read reads the documents of some numbers.
func (l *looking) read(ns []int64) error {
	some, err := l.a.Summaries(l.ctx, ns)
	if err != nil {
		return err
	}
	ids := make([]archive.ID, len(some))
	for i, d := range some {
		ids[i] = d.ID
	}
	docs, err := l.a.Described(l.ctx, ids, archive.AValue, archive.ARemoval)
	if err != nil {
		return err
	}
	at := 0
	for _, d := range docs { // in the order of ids, one that is gone left out
		for some[at].ID != d.ID {
			at++
		}
		if err := l.take(d, &some[at]); err != nil {
			return err
		}
	}
	return l.ctx.Err()
}

// take notes what would change in a document.
func (l *looking) take(d *archive.Document, s *storage.Summary) error {
	now := d.Values(l.p.Field)
	kept := merged(now, l.into)
	if len(kept) == 0 {
		return nil
	}
	doc := Doc{ID: d.ID, Title: s.Title, Path: s.Path, Status: s.Status, Seen: []archive.ID{}}
	for _, it := range now {
		doc.Old, doc.Seen = append(doc.Old, it.Text), append(doc.Seen, it.ID)
	}
	var read func(*archive.Anchor) (*archive.RangeIn, error)
	for _, k := range kept {
		doc.New = append(doc.New, k.text)
		v := archive.ValueIn{Value: k.text, Detail: k.item.Detail}
		if k.text != k.item.Text && k.item.Anchor != nil { // one that stays keeps all that it has
			if read == nil {
				read = l.evidence(d)
			}
			var err error
			if v.Evidence, err = read(k.item.Anchor); err != nil {
				return err
			}
		}
		doc.values = append(doc.values, v)
	}
	switch {
	case l.reviews && waits(d, l.p.Field, &doc):
		l.p.Waiting++
		return nil
	case l.reviews:
		l.p.Proposed++
	case s.Status == archive.Approved:
		l.p.Approved++
	}
	l.p.Docs = append(l.p.Docs, doc)
	return nil
}

// kept is a value that a field has afterwards: an item, and what it says then.
type kept struct {
	item *archive.Item
	text string
}

// merged are the values of a field with some made into others, none where nothing
// changes. All others stay, in their order. What is there already keeps its place; else
// the first of those that become it gives its own.
func merged(now []*archive.Item, into map[string]string) (out []kept) {
	there := map[string]bool{}
	changes := false
	for _, it := range now {
		if _, goes := into[it.Text]; !goes {
			there[it.Text] = true
		} else {
			changes = true
		}
	}
	if !changes {
		return nil
	}
	for _, it := range now {
		to, goes := into[it.Text]
		switch {
		case !goes:
			out = append(out, kept{it, it.Text})
		case !there[to]:
			there[to] = true
			out = append(out, kept{it, to})
		}
	}
	return out
}

// evidence says of the anchors of a document where in its text they lie, so that a value
// that is spelt otherwise still shows where it was read. One of an earlier text shows
// nothing.
func (l *looking) evidence(d *archive.Document) func(*archive.Anchor) (*archive.RangeIn, error) {
	var r *archive.Reading
	return func(a *archive.Anchor) (*archive.RangeIn, error) {
		switch {
		case a.Text != d.Info.Text || a.Start == a.End:
			return nil, nil
		case a.Start.In == "" && a.End.In == "":
			return &archive.RangeIn{Start: a.Start.At, End: a.End.At, In: "source"}, nil
		}
		if r == nil { // it begins or ends in a correction, which few do
			whole, err := l.a.Document(l.ctx, d.ID)
			if err != nil {
				return nil, err
			}
			if r, err = whole.Reading(); err != nil {
				return nil, err
			}
		}
		if p := r.Place(a); p.End > p.Start {
			return &archive.RangeIn{Start: p.Start, End: p.End, In: "reading"}, nil
		}
		return nil, nil
	}
}

// waits says whether people have proposed just that already.
func waits(d *archive.Document, field string, doc *Doc) bool {
	var open, added []string
	for _, it := range d.Of(archive.AValue) {
		if it.Key == field && it.Open() && it.By != "" {
			open = append(open, it.Text)
		}
	}
	for _, v := range doc.New {
		if !slices.Contains(doc.Old, v) {
			added = append(added, v)
		}
	}
	if len(added) > 0 {
		slices.Sort(added)
		slices.Sort(open)
		return slices.Equal(added, open)
	}
	for i, v := range doc.Old { // only what is there twice goes
		if !slices.Contains(doc.New, v) && d.Removing(doc.Seen[i]) == nil {
			return false
		}
	}
	return true
}

// Edits do what the plan says, one for each document in its order: for storage.ApplyMany,
// as one batch. Each is refused where the field has changed since.
func (p *Plan) Edits() []*archive.Edit {
	out := make([]*archive.Edit, len(p.Docs))
	for i := range p.Docs {
		d := &p.Docs[i]
		out[i] = &archive.Edit{Do: "field.set", Doc: string(d.ID), Field: p.Field, Values: d.values, Seen: &d.Seen}
	}
	return out
}
