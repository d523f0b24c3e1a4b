package cataloguing

import (
	"strings"

	"fonds/app/catalogue"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file lists what would change, what would not, and which rows and documents have
// no counterpart.

// The filters of the list.
const (
	filterChanges   = "changes"
	filterSame      = "same"
	filterUnmatched = "unmatched"
	filterWithout   = "without"
)

// row is a line of the list, by the filter that it was listed by: a change of a document,
// an outcome of a row, or a document without one.
type row struct {
	by          string
	doc, change int
}

// change is the change of a line, and its document.
func (p *Page) change(r row) (*catalogue.Doc, *catalogue.Change) {
	d := &p.survey.Docs[r.doc]
	return d, &d.Changes[r.change]
}

func keyOf(d *catalogue.Doc, c *catalogue.Change) changeKey { return changeKey{d.ID, c.Field} }

// counts are how many lines each filter has, and how many changes are to be taken, in how
// many documents, how many of them as proposals.
type counts struct{ changes, same, unmatched, without, take, docs, proposed int }

func (p *Page) count() (n counts) {
	if p.survey == nil {
		return n
	}
	for i := range p.survey.Docs {
		d, took := &p.survey.Docs[i], false
		for k := range d.Changes {
			c := &d.Changes[k]
			switch {
			case !c.Does():
				n.same++
				continue
			case !p.out[keyOf(d, c)]:
				n.take++
				took = true
				if c.Reviews {
					n.proposed++
				}
			}
			n.changes++
		}
		if took {
			n.docs++
		}
	}
	for _, o := range p.survey.Rows {
		if o.Doc < 0 {
			n.unmatched++
		}
	}
	n.without = len(p.survey.Without)
	return n
}

// showList lists what the filter says, of which there are n.
func (p *Page) showList(n counts) {
	p.rows = p.rows[:0]
	if p.survey != nil {
		p.rows = p.lines()
	}
	var all []widgets.Choice
	for _, f := range []struct {
		id string
		n  int
	}{{filterChanges, n.changes}, {filterSame, n.same}, {filterUnmatched, n.unmatched}, {filterWithout, n.without}} {
		all = append(all, widgets.Choice{ID: f.id, Title: i18n.T("catalogue.filter."+f.id, "n", i18n.Number(int64(f.n)))})
	}
	p.filter.SetChoices(all, p.shows)
	hint := i18n.T("catalogue.hint.open")
	if p.shows == filterChanges {
		hint = i18n.T("catalogue.hint.list")
	}
	p.hint.SetText(hint, widgets.Plain)
	p.list.SetCount(len(p.rows), p.line)
	if p.list.Selected() < 0 && len(p.rows) > 0 {
		p.list.SetSelected(0)
		p.list.EnsureVisible(0)
	}
	p.list.Hidden, p.nothing.Hidden = len(p.rows) == 0, len(p.rows) > 0
	switch {
	case p.survey == nil && p.stop != nil:
		p.nothing.Set(i18n.T("catalogue.comparing"), "", "", nil)
	case p.table != nil && p.plan.Match.Column < 0:
		p.nothing.Set(i18n.T("catalogue.nomatch"), i18n.T("catalogue.nomatch.means"), i18n.T("catalogue.nomatch.do"), p.askMatch)
	default:
		p.nothing.Set(i18n.T("catalogue.empty."+p.shows), i18n.T("catalogue.empty."+p.shows+".means"), "", nil)
	}
	p.showDetail()
}

func (p *Page) lines() (out []row) {
	switch p.shows {
	case filterUnmatched:
		for i, o := range p.survey.Rows {
			if o.Doc < 0 {
				out = append(out, row{p.shows, i, -1})
			}
		}
	case filterWithout:
		for i := range p.survey.Without {
			out = append(out, row{p.shows, i, -1})
		}
	default:
		for i := range p.survey.Docs {
			for k := range p.survey.Docs[i].Changes {
				if p.survey.Docs[i].Changes[k].Does() == (p.shows == filterChanges) {
					out = append(out, row{p.shows, i, k})
				}
			}
		}
	}
	return out
}

// line says a line of the list: field and document, old and new; or what has no
// counterpart, and why.
func (p *Page) line(i int) widgets.Row {
	r := p.rows[i]
	switch r.by {
	case filterUnmatched:
		o := p.survey.Rows[r.doc]
		cells := &p.table.Rows[o.Row]
		title := cells.Cell(p.plan.Match.Column)
		if title == "" {
			title = i18n.T("catalogue.norow", "words", strings.Join(strings.Fields(strings.Join(cells.Cells, " ")), " "))
		}
		return widgets.Row{Title: session.OneLine(title), Sub: i18n.T("catalogue.why." + o.Why), Badge: i18n.T("catalogue.row", "n", cells.N), Known: true}
	case filterWithout:
		d := &p.survey.Without[r.doc]
		return widgets.Row{Title: session.OneLine(d.Title), Sub: session.OneLine(d.Path), Known: true}
	}
	d, c := p.change(r)
	f := p.s.Field(c.Field)
	row := widgets.Row{Title: session.OneLine(f.LabelWords() + "  " + d.Path), Known: true}
	row.Sub = session.OneLine(i18n.T("catalogue.change", "old", listed(c.Old), "new", listed(c.New)))
	switch why := p.refused[keyOf(d, c)]; {
	case why != nil:
		row.Badge, row.Sub = "⚠", session.Words(why)+" · "+row.Sub
	case c.Waits:
		row.Sub = i18n.T("catalogue.waits") + " · " + row.Sub
	case c.Same:
		row.Sub = session.OneLine(listed(c.Old))
	case p.out[keyOf(d, c)]:
		row.Sub = i18n.T("catalogue.leftout") + " · " + row.Sub
	default:
		row.Badge = "✓"
	}
	return row
}

// listed is values on one line, a dash for none.
func listed(values []string) string {
	if len(values) == 0 {
		return "–"
	}
	return i18n.List(valueWords(values))
}

// chosen is the line that the keyboard is on.
func (p *Page) chosen() (r row, ok bool) {
	at := p.list.Selected()
	if p.survey == nil || at < 0 || at >= len(p.rows) {
		return r, false
	}
	return p.rows[at], true
}

// leaveOut leaves the change out that the keyboard is on, or takes it in again.
func (p *Page) leaveOut() {
	r, ok := p.chosen()
	if !ok || p.shows != filterChanges || p.writing || p.on.Focused() == p.columns {
		return
	}
	d, c := p.change(r)
	key := keyOf(d, c)
	if p.out[key] {
		delete(p.out, key)
	} else {
		p.out[key] = true
	}
	delete(p.refused, key)
	p.list.RefreshRow(p.list.Selected())
	p.showDo(p.count())
	widgets.Relay(p.content)
}

// docOf is the document of a line, "" where it has none.
func (p *Page) docOf(r row) archive.ID {
	switch r.by {
	case filterUnmatched:
		if of := p.survey.Rows[r.doc].Of; len(of) > 0 {
			return of[0]
		}
		return ""
	case filterWithout:
		return p.survey.Without[r.doc].ID
	}
	return p.survey.Docs[r.doc].ID
}

// open opens the document of the line on the desk.
func (p *Page) open() {
	if r, ok := p.chosen(); ok {
		if id := p.docOf(r); id != "" {
			p.OnDesk(id)
		}
	}
}

// showDetail shows in full what the line says in short.
func (p *Page) showDetail() {
	r, ok := p.chosen()
	words := ""
	var sides []widgets.DiffSide
	switch {
	case !ok:
	case r.by == filterUnmatched:
		cells := &p.table.Rows[p.survey.Rows[r.doc].Row]
		var text []string
		for i := range p.table.Head {
			if c := cells.Cell(i); c != "" {
				text = append(text, p.headWords(i)+"  "+c)
			}
		}
		words = i18n.T("catalogue.row", "n", cells.N) + " · " + i18n.T("catalogue.why."+p.survey.Rows[r.doc].Why)
		sides = []widgets.DiffSide{{Caption: i18n.T("catalogue.side.row"), Text: inFull(text)}}
	case r.by == filterWithout:
		words = session.OneLine(p.survey.Without[r.doc].Path)
	default:
		d, c := p.change(r)
		f := p.s.Field(c.Field)
		words = session.OneLine(i18n.T("catalogue.about", "field", f.LabelWords(), "title", d.Title, "n", p.table.Rows[d.Row].N, "how", i18n.T("catalogue.how."+d.How)))
		sides = comparison(c)
		if len(c.Open) > 0 {
			sides = append(sides, widgets.DiffSide{Caption: i18n.T("catalogue.side.open"), Text: inFull(c.Open)})
		}
	}
	p.about.SetText(words, widgets.Plain)
	p.detail.SetSides(sides...)
	widgets.Relay(p.content)
}

// comparison sets what is in force against what would be, with what differs marked.
func comparison(c *catalogue.Change) []widgets.DiffSide {
	none := i18n.T("catalogue.side.none")
	old := widgets.DiffSide{Caption: i18n.T("catalogue.side.old"), Text: inFull(c.Old), None: none, Gone: true}
	now := widgets.DiffSide{Caption: i18n.T("catalogue.side.new"), Text: inFull(c.New), None: none}
	if old.Text != "" && now.Text != "" && c.Does() {
		old.Changed, now.Changed = session.Changed(old.Text, now.Text, 0)
	}
	return []widgets.DiffSide{old, now}
}

// mostInFull is how many code points of a side are shown: more than anybody reads here.
const mostInFull = 4000

// valueWords are the words of values.
func valueWords(values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = session.ValueWords(v)
	}
	return out
}

// inFull is values under each other, cut where they are very long.
func inFull(values []string) string {
	text := strings.Join(valueWords(values), "\n")
	if len(text) > mostInFull {
		if r := []rune(text); len(r) > mostInFull {
			text = string(r[:mostInFull]) + "…"
		}
	}
	return text
}
