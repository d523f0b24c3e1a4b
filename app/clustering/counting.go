package clustering

import (
	"context"
	"errors"
	"slices"

	"fonds/app/cluster"
	"fonds/app/i18n"
	"fonds/app/merging"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/query"
	"fonds/widgets"
)

// This file counts the values of a field and finds their groups, on workers.

// state is what stays when the page is made anew.
type state struct {
	of        string // archive
	wanted    string // field that was chosen; "" is the first that has values
	method    cluster.Method
	counted   *counted             // nil: not known yet
	decisions map[string]*decision // by field and group
	problem   string               // why nothing is known, in words
}

// counted is what was found.
type counted struct {
	field  string // "": no field has values
	fields []fieldCount
	values []cluster.Value
	groups map[cluster.Method][]group
}

// group is one of them, and what names it whatever is counted anew.
type group struct {
	cluster.Group
	key string // of the field, and of its values
}

// fieldCount is a field, and how many documents have a value in it.
type fieldCount struct {
	id string
	n  int
}

// documents is how many have a value of the field.
func (c *counted) documents() int {
	if i := slices.IndexFunc(c.fields, func(f fieldCount) bool { return f.id == c.field }); i >= 0 {
		return c.fields[i].n
	}
	return 0
}

// fresh knows nothing of an archive.
func (p *Page) fresh() {
	p.list.SetCount(0, p.row) // its rows are of what is forgotten
	p.found = nil
	p.dropAsking()
	p.state = state{of: p.s.Path(), method: cluster.Folded, decisions: map[string]*decision{}}
	p.done.SetText("", widgets.Plain)
}

// halt ends the counting or planning that goes on.
func (p *Page) halt() {
	p.gen++
	p.again = false
	if p.stop != nil && !p.writing {
		p.stop()
		p.stop = nil
		p.busy.Finish()
	}
}

// begin begins work on a worker, and says what answers it.
func (p *Page) begin(words string, stopped func()) (ctx context.Context, answers func() bool, tell func(done, total int)) {
	p.gen++
	p.s.Flush()
	ctx, cancel := context.WithCancel(context.Background())
	gen := p.gen
	p.stop = cancel
	p.busy.Start(words, 0, stopped)
	return ctx, func() bool { // whether its answer is still wanted
		cancel()
		if gen != p.gen {
			return false
		}
		p.stop = nil
		p.busy.Finish()
		return true
	}, p.s.Tells(ctx, p.busy)
}

// count counts the values of the field, as the archive is now. What was found before stays
// until then; if it is asked for again meanwhile, it is done once more.
func (p *Page) count() {
	if !p.s.Open() {
		return
	}
	if p.stop != nil {
		p.again = true
		return
	}
	p.again = false
	fields, wanted := merging.Fields(p.s.Template().Fields), p.wanted
	ctx, answers, tell := p.begin(i18n.T("clustering.counting"), func() {
		p.halt()
		p.problem = i18n.T("clustering.stopped")
		p.show()
	})
	session.Read(p.s, nil, func(closing context.Context, a *storage.Archive) (*counted, error) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(closing, cancel)()
		return find(ctx, a, fields, wanted, tell)
	}, func(c *counted, err error) {
		if !answers() {
			return
		}
		if p.again {
			p.count()
			return
		}
		p.take(c, err)
	})
}

// find counts which fields have values, and finds the groups of one.
func find(ctx context.Context, a *storage.Archive, fields []template.Field, wanted string, tell func(done, total int)) (*counted, error) {
	now, err := a.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer now.Close()
	c := &counted{groups: map[cluster.Method][]group{}}
	steps := len(fields) + 1 + len(cluster.Methods())
	for i, f := range fields {
		tell(i, steps)
		of := storage.FacetCount{Facet: storage.Facet{Key: query.Field, Name: f.ID}}
		n, err := now.Count(ctx, storage.Query{Search: of.Condition()})
		if err != nil {
			return nil, err
		}
		if n > 0 {
			c.fields = append(c.fields, fieldCount{f.ID, n})
		}
	}
	switch {
	case slices.ContainsFunc(c.fields, func(f fieldCount) bool { return f.id == wanted }):
		c.field = wanted
	case len(c.fields) > 0:
		c.field = c.fields[0].id
	default:
		return c, nil
	}
	if c.values, err = merging.Values(ctx, now, c.field, ""); err != nil {
		return nil, err
	}
	set := cluster.NewSet(c.values)
	for i, m := range cluster.Methods() {
		tell(len(fields)+1+i, steps)
		groups, err := set.Find(ctx, m)
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			c.groups[m] = append(c.groups[m], group{g, c.field + "\x00" + g.Key()})
		}
	}
	return c, nil
}

// take shows what was counted.
func (p *Page) take(c *counted, err error) {
	first, other, had := p.counted == nil, false, len(p.groups()) > 0
	switch {
	case errors.Is(err, context.Canceled):
		p.problem = i18n.T("clustering.stopped")
	case err != nil:
		p.problem = "⚠ " + session.Words(err)
	default:
		p.problem = ""
		if p.after >= 0 && p.after != len(c.values) {
			p.done.SetText("", widgets.Plain) // it was undone, say
		}
		p.after = len(c.values)
		was := ""
		if g := p.group(); g != nil {
			was = g.key
		}
		if first || p.counted.field != c.field {
			was, other = "", true
		}
		if first && len(c.groups[p.method]) == 0 {
			for _, m := range cluster.Methods() {
				if len(c.groups[m]) > 0 {
					p.method = m
					break
				}
			}
		}
		p.counted = c
		p.list.SetCount(len(p.groups()), p.row)
		p.list.SetSelected(p.placeOf(was))
		p.list.EnsureVisible(p.list.Selected())
	}
	p.show()
	// The keyboard goes where there is something to do: to groups that were not there
	// before, away from where they are no more.
	came, gone := !had && len(p.groups()) > 0, had && len(p.groups()) == 0
	switch f := p.on.Focused(); {
	case !p.shown() || p.asking != nil || p.on.Overlays().Top() != nil: // something is being asked
	case other, came, f == nil, gone && (f == p.list || f == p.values || f == p.docs || f == p.into):
		p.Focus()
	}
}

// placeOf is where a group is listed, by its key; where it is no more, the place that it
// had, and the first one at first.
func (p *Page) placeOf(key string) int {
	if i := slices.IndexFunc(p.groups(), func(g group) bool { return g.key == key }); i >= 0 {
		return i
	}
	if key == "" {
		return min(0, len(p.groups())-1)
	}
	return min(p.list.Selected(), len(p.groups())-1)
}

// askField asks for another field.
func (p *Page) askField() {
	if p.counted == nil || p.asking != nil || p.writing {
		return
	}
	var choices []widgets.Choice
	for _, c := range p.counted.fields {
		f := p.s.Field(c.id)
		choices = append(choices, widgets.Choice{ID: c.id, Title: f.LabelWords(), Sub: i18n.N("status.documents", c.n), Also: c.id})
	}
	c := widgets.NewChooser(i18n.T("clustering.field.ask"), i18n.T("catalogue.nochoice"), choices)
	c.Covers, c.Start, c.OnPick = session.Covers, p.counted.field, func(id string) {
		if p.counted == nil || id == p.counted.field {
			return
		}
		p.halt()
		p.wanted = id
		p.done.SetText("", widgets.Plain)
		p.count()
		p.show()
	}
	c.Show(p.on)
}

// Kept is what a person has chosen on the page, for the next one that is made: in other
// colours, in another language.
type Kept struct {
	state
	row     int
	said    string
	looking bool
}

// Kept gives it and ends what goes on, but a merge; Restore takes it over.
func (p *Page) Kept() Kept {
	k := Kept{p.state, p.list.Selected(), p.done.Text(), p.stop != nil}
	p.halt()
	return k
}

// Restore is described at Kept.
func (p *Page) Restore(k Kept) {
	if k.of != p.s.Path() || k.of == "" {
		return
	}
	p.fresh()
	p.state = k.state
	p.done.SetText(k.said, widgets.Plain)
	p.list.SetCount(len(p.groups()), p.row)
	p.list.SetSelected(k.row)
	p.show()
	if k.looking {
		p.count()
	}
}
