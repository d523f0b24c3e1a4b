package export

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fonds/app/arrange"
	"fonds/app/template"
	"fonds/storage/archive"
	"fonds/storage/dates"
)

// This file says what a document has for the columns of a list: what is in force, else what
// its unit says in a field that lower levels take over, else of its title what is proposed, in brackets.

// roles are the fields of a template that the columns of lists want.
type roles struct {
	ref       string   // reference code
	number    string   // the document's own number
	notes     []string // what stands under Remarks
	retention string
	inherit   map[string]bool
	chinese   bool // codes of units are made as DA/T 13-2022 has them
}

func rolesOf(t *template.Template) roles {
	r := roles{ref: cmp.Or(arrange.CodeField(t), "dcterms:identifier"), number: "dat18:documentNumber", retention: "dat18:retention", inherit: map[string]bool{}}
	for _, f := range t.Fields {
		local := f.ID[strings.LastIndexByte(f.ID, ':')+1:]
		switch {
		case f.Type == "reference":
			r.chinese = true
		case f.Type == "number":
			r.number = f.ID
		case local == "note":
			r.notes = append(r.notes, f.ID)
		case local == "retention":
			r.retention = f.ID
		}
		r.inherit[f.ID] = f.Inherit
		r.chinese = r.chinese || strings.HasPrefix(f.ID, "dat18:")
	}
	for _, f := range []string{"dat18:note", "isadg:note"} { // of another template, which it was described by before
		if !slices.Contains(r.notes, f) {
			r.notes = append(r.notes, f)
		}
	}
	return r
}

// listed is a document as a list looks at it.
type listed struct {
	g           *lister
	d           *archive.Document
	unit        *archive.Unit
	force, open map[string][]*archive.Item // values by field, in their order
}

func (g *lister) look(d *archive.Document, unit *archive.Unit) *listed {
	e := &listed{g, d, unit, map[string][]*archive.Item{}, nil}
	for _, it := range d.Items {
		switch {
		case it.What != archive.AValue:
		case it.InForce():
			e.force[it.Key] = append(e.force[it.Key], it)
		case it.Open():
			if e.open == nil {
				e.open = map[string][]*archive.Item{}
			}
			e.open[it.Key] = append(e.open[it.Key], it)
		}
	}
	return e
}

// own are the values of the document itself; stated is false where it was said that the
// source does not state any.
func own(items []*archive.Item) (out []string, stated bool) {
	slices.SortStableFunc(items, func(a, b *archive.Item) int { return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.ID, b.ID)) })
	for _, it := range items {
		if it.NotStated() {
			return nil, false
		}
		if it.Text != "" {
			out = append(out, it.Text)
		}
	}
	return out, true
}

// values are those of a field; stated is false where the source does not state it.
func (e *listed) values(field string) (out []string, stated bool) {
	if out, stated = own(e.force[field]); len(out) > 0 || !stated {
		return out, stated
	}
	if e.g.roles.inherit[field] {
		if out, _ = e.unit.Inherited(field); len(out) > 0 {
			return out, true
		}
	}
	if field == archive.TitleField { // what a document would be called, marked as what nobody has said yet
		if out, _ = own(e.open[field]); len(out) > 0 {
			return []string{"[" + out[0] + "]"}, true
		}
	}
	return nil, true
}

// said are the values of a field in words.
func (e *listed) said(field string, say func([]string) string) string {
	out, stated := e.values(field)
	if !stated {
		return NotStated(e.g.s.tags[0])
	}
	return say(out)
}

// codes are the reference code and the number of the document.
func (e *listed) codes() (ref, number string) {
	s := e.g.s
	all, stated := e.values(e.g.roles.ref)
	if !stated {
		ref = NotStated(s.tags[0])
	}
	if number = e.said(e.g.roles.number, s.joined); number != "" {
		return cmp.Or(ref, s.joined(all)), number
	}
	refs, numbers := filed(all)
	return cmp.Or(ref, s.joined(refs)), s.joined(numbers)
}

func (e *listed) security() string {
	called := func(field string) string {
		return e.said(field, func(v []string) string { return e.g.s.joined(e.g.called(field, v)) })
	}
	const class = "dat18:security"
	said := called(class)
	if said == "" && !slices.ContainsFunc(e.g.t.Fields, func(f template.Field) bool { return f.ID == class }) {
		return called(AccessField) // a template that has no class
	}
	return said
}

// called are values of a field, of a choice what it is called.
func (g *lister) called(field string, values []string) []string {
	out := slices.Clone(values)
	for _, f := range g.t.Fields {
		for _, c := range f.Choices {
			for i, v := range values {
				if f.ID == field && c.Value == v {
					out[i] = cmp.Or(c.Label[g.s.tags[0]], v)
				}
			}
		}
	}
	return out
}

func (e *listed) notes() string {
	var out []string
	for _, f := range e.g.roles.notes {
		if v, _ := e.values(f); len(v) > 0 {
			out = append(out, v...)
		}
	}
	return strings.Join(out, "\n")
}

// pages is how many pages the document says that it has; 0: it says none.
func (e *listed) pages() int {
	extent, _ := e.values("dcterms:extent")
	format, _ := e.values("dcterms:format")
	n, _ := strconv.Atoi(pagesOf(strings.Join(append(slices.Clone(extent), format...), join)))
	return n
}

// counted is a number in a cell, nothing for 0.
func counted(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// during is the time that a date can mean; known is false where it is none, or is open, or
// could be two.
type during struct {
	from, to string // as a list says the ends
	first    dates.Day
	last     dates.Day
	known    bool
}

// span reads a date.
func (g *lister) span(text string) during {
	if s, read := g.spans[text]; read {
		return s
	}
	var s during
	if r, err := dates.Read(text, dates.Options{}); err == nil && len(r.Candidates) == 1 && !r.Asked() {
		v := r.Candidates[0].Value
		first, opened := v.Earliest()
		last, closed := v.Latest()
		if opened && closed {
			from, to := g.ends(first, last)
			s = during{from, to, first, last, true}
		}
	}
	if len(g.spans) < 1<<16 {
		g.spans[text] = s
	}
	return s
}

// ends are the first and the last day of a time in words that claim no more than is known:
// of a year or a month the year or the month.
func (g *lister) ends(first, last dates.Day) (from, to string) {
	day, month := "%04d-%02d-%02d", "%04d-%02d"
	if strings.HasPrefix(g.s.tags[0], "zh") && g.Kind != ISADGList { // as DA/T 22 wants it
		day, month = "%04d%02d%02d", "%04d%02d"
	}
	ends := time.Date(int(last.Year), time.Month(last.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	switch {
	case first.Year == last.Year && first.Month == 1 && first.Day == 1 && last.Month == 12 && last.Day == 31:
		from = fmt.Sprintf("%04d", first.Year)
		return from, from
	case first.Year == last.Year && first.Month == last.Month && first.Day == 1 && last.Day == ends:
		from = fmt.Sprintf(month, first.Year, first.Month)
		return from, from
	}
	return fmt.Sprintf(day, first.Year, first.Month, first.Day), fmt.Sprintf(day, last.Year, last.Month, last.Day)
}

// sum is what there is to say of several documents together.
type sum struct {
	docs, pages, unpaged int
	undated              int
	from, to             during
	retention            string // that all say; "\x00" where they differ
}

func (k *sum) add(e *listed) {
	g := e.g
	k.docs++
	if n := e.pages(); n > 0 {
		k.pages += n
	} else {
		k.unpaged++
	}
	all, _ := e.values(archive.DateField)
	dated := false
	for _, text := range all {
		if s := g.span(text); s.known {
			dated = true
			if !k.from.known || s.first.Compare(k.from.first) < 0 {
				k.from = s
			}
			if !k.to.known || s.last.Compare(k.to.last) > 0 {
				k.to = s
			}
		}
	}
	if !dated {
		k.undated++
	}
	term, _ := e.values(g.roles.retention)
	if said := g.s.joined(g.called(g.roles.retention, term)); k.docs == 1 {
		k.retention = said
	} else if said != k.retention {
		k.retention = "\x00"
	}
}

// join takes what another sum has.
func (k *sum) join(o *sum) {
	k.docs, k.pages, k.unpaged, k.undated = k.docs+o.docs, k.pages+o.pages, k.unpaged+o.unpaged, k.undated+o.undated
	if o.from.known && (!k.from.known || o.from.first.Compare(k.from.first) < 0) {
		k.from = o.from
	}
	if o.to.known && (!k.to.known || o.to.last.Compare(k.to.last) > 0) {
		k.to = o.to
	}
}

// dated is from the earliest to the latest.
func (k *sum) dated(g *lister) string {
	if !k.from.known || k.from.from == k.to.to {
		return k.from.from
	}
	return g.say("list.span", "from", k.from.from, "to", k.to.to)
}

// lacks says which documents say no pages, or no date that is one.
func (k *sum) lacks(g *lister) []string {
	var out []string
	if k.unpaged > 0 && k.docs > 0 {
		if k.pages > 0 {
			out = append(out, g.say("list.unpaged.rest", "n", k.unpaged, "pages", k.pages))
		} else {
			out = append(out, g.say("list.unpaged", "n", k.unpaged))
		}
	}
	if k.undated > 0 {
		out = append(out, g.say("list.undated", "n", k.undated))
	}
	return out
}
