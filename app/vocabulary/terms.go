package vocabulary

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/vocab"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file lists the terms of what is shown: the tree, or what the filter finds.

// row is a term of the list.
type row struct {
	term  *archive.Term
	depth int
	by    string // the other name by which it was found
}

// mostFound is how many terms the filter shows.
const mostFound = 500

// open shows the tags, or a list by its id.
func (p *Page) open(section string) {
	if section == p.section {
		return
	}
	if _, there := p.s.List(section); section != ofTags && !there {
		section = ofTags
	}
	p.dropAsking()
	p.section, p.list, p.problem = section, nil, ""
	p.filter.SetText("")
	p.terms.SetSelected(-1)
	p.show()
	p.Focus()
}

// askSection asks which vocabulary is to be shown.
func (p *Page) askSection() {
	choices := []widgets.Choice{{ID: ofTags, Title: i18n.T("vocabulary.tags")}}
	for _, l := range p.s.Lists() {
		choices = append(choices, widgets.Choice{ID: string(l.ID), Title: session.OneLine(l.Name), Badge: i18n.Number(int64(l.Terms))})
	}
	p.choose(i18n.T("vocabulary.which"), choices, p.section, p.open)
}

// chooseTag asks for one of some tags, which are found by other names and pinyin too.
func (p *Page) chooseTag(prompt string, choices []widgets.Choice, then func(tag string)) {
	c := widgets.NewChooser(prompt, i18n.T("chooser.nothing"), choices)
	c.Covers, c.OnPick = session.Covers, then
	c.Find = func(text string) (out []string) {
		for _, h := range p.s.TagIndex().Find(text, 50) {
			out = append(out, h.Text)
		}
		return out
	}
	c.Show(p.on)
}

func (p *Page) choose(prompt string, choices []widgets.Choice, start string, then func(id string)) {
	c := widgets.NewChooser(prompt, i18n.T("chooser.nothing"), choices)
	c.Covers, c.Start, c.OnPick = session.Covers, start, then
	c.Show(p.on)
}

// show shows what is the case.
func (p *Page) show() {
	choices := []widgets.Choice{{ID: ofTags, Title: i18n.T("vocabulary.tags")}}
	there := p.section == ofTags
	for _, l := range p.s.Lists() {
		choices = append(choices, widgets.Choice{ID: string(l.ID), Title: session.OneLine(l.Name)})
		there = there || string(l.ID) == p.section
	}
	if _, ok := p.s.List(p.coming); ok && p.coming != "" {
		p.section, p.list, p.problem, p.coming, there = p.coming, nil, "", "", true
		p.terms.SetSelected(-1)
	}
	if !there { // it was removed
		p.section, p.list = ofTags, nil
	}
	p.bar.SetChoices(choices, p.section)
	if p.section != ofTags {
		p.readList()
	}
	p.fill()
}

// readList reads the list that is shown, on a worker.
func (p *Page) readList() {
	l, ok := p.s.List(p.section)
	if !ok || p.problem != "" {
		return
	}
	p.gen++
	gen := p.gen
	p.reading = true
	p.s.LookIn(l, func(x *session.ListIndex, err error) {
		if gen != p.gen {
			return
		}
		p.reading = false
		waits := p.visible() && p.asking == nil && p.filter.Text == "" && len(p.rows) == 0 && p.on.Focused() == fyne.Focusable(p.filter)
		if p.list = x; err != nil {
			p.list, p.problem = nil, session.Words(err)
		}
		p.fill()
		if waits { // the keyboard had nowhere else to go
			p.Focus()
		}
	})
}

// index is what is shown, nil while it is not known.
func (p *Page) index() *vocab.Index {
	switch {
	case !p.s.Open() || p.s.Self() == nil:
		return nil
	case p.section == ofTags:
		return p.s.TagIndex()
	case p.list != nil:
		return p.list.Index
	}
	return nil
}

// fill lists the terms that the filter finds, or all in their tree.
func (p *Page) fill() {
	chosen := ""
	if t := p.chosen(); t != nil {
		chosen = t.ID
	}
	p.rows = p.rows[:0]
	x := p.index()
	typed := strings.TrimSpace(p.filter.Text)
	switch {
	case x == nil:
	case typed != "":
		for _, h := range x.Find(typed, mostFound) {
			p.rows = append(p.rows, row{h.Term, 0, h.By})
		}
	default:
		order, depth := []int(nil), []int(nil)
		if p.section == ofTags {
			order, depth = vocab.Depths(x.Vocabulary.Terms)
		} else {
			order, depth = p.list.Order, p.list.Depth
		}
		for _, i := range order {
			p.rows = append(p.rows, row{&x.Vocabulary.Terms[i], depth[i], ""})
		}
	}
	at := -1
	for i := range p.rows {
		switch p.rows[i].term.ID {
		case p.wanted:
			at, p.wanted, chosen = i, "", p.wanted
		case chosen:
			at = i
		}
	}
	p.terms.SetCount(len(p.rows), p.row)
	if at < 0 && len(p.rows) > 0 {
		at = min(max(p.terms.Selected(), 0), len(p.rows)-1)
		if typed != "" {
			at = 0
		}
	}
	p.terms.SetSelected(at)
	if at >= 0 {
		p.terms.EnsureVisible(at)
	}
	p.says.SetText(p.words(x, typed), widgets.Plain)
	p.showNothing(typed)
	p.showTerm()
	widgets.Relay(p.content)
}

// words say what there is.
func (p *Page) words(x *vocab.Index, typed string) string {
	switch {
	case x == nil || x.Len() == 0:
		return ""
	case typed != "":
		return i18n.N("vocabulary.found", len(p.rows), "n", i18n.Number(int64(len(p.rows))), "all", i18n.Number(int64(x.Len())))
	case p.section == ofTags:
		return i18n.N("vocabulary.counts", x.Len(), "n", i18n.Number(int64(x.Len())), "described", i18n.Number(int64(len(p.s.Self().Concepts()))))
	}
	l := p.list.List
	words := []string{i18n.N("vocabulary.terms", x.Len(), "n", i18n.Number(int64(x.Len()))), i18n.T("vocabulary.kind." + l.Kind)}
	for _, s := range []string{l.File, l.URI, l.Licence} {
		if s != "" {
			words = append(words, session.OneLine(s))
		}
	}
	return strings.Join(words, " · ")
}

// row says a term in two lines: its name in the tree, and what is said of it.
func (p *Page) row(i int) widgets.Row {
	r := &p.rows[i]
	t := r.term
	out := widgets.Row{Known: true, Title: strings.Repeat("　", r.depth) + session.OneLine(t.Name(i18n.Current()))}
	sub := []string{}
	if p.section == ofTags {
		out.Title = strings.Repeat("　", r.depth) + session.OneLine(t.Names[0].Text)
		if p.filter.Text != "" {
			out.Title = session.OneLine(t.ID)
		}
		out.Badge = i18n.Number(int64(p.s.TagIndex().Vocabulary.Counts[t.ID]))
		if key := p.key(t.ID); key != "" {
			out.Badge = i18n.T("vocabulary.badge", "key", key, "n", out.Badge)
		}
	} else if t.Dates != "" {
		out.Badge = session.OneLine(t.Dates)
	}
	switch {
	case r.by != "":
		sub = append(sub, i18n.T("vocabulary.by", "name", session.OneLine(r.by)))
	case len(t.Also) > 0:
		var names []string
		for _, n := range t.Also[:min(len(t.Also), 6)] {
			names = append(names, n.Text)
		}
		sub = append(sub, i18n.T("vocabulary.for", "names", session.OneLine(i18n.List(names))))
	}
	if t.Scope != "" {
		sub = append(sub, session.OneLine(t.Scope))
	}
	if len(sub) > 0 {
		out.Sub = strings.Repeat("　", r.depth) + strings.Join(sub, " · ")
	}
	return out
}

// key is the digit of a tag, "" for none.
func (p *Page) key(tag string) string {
	hotkeys := p.s.Hotkeys()
	for n := 1; n <= 9; n++ {
		if k := strconv.Itoa(n); hotkeys[k] == tag && tag != "" {
			return k
		}
	}
	return ""
}

// chosen is the term of the chosen row, nil for none.
func (p *Page) chosen() *archive.Term {
	if at := p.terms.Selected(); at >= 0 && at < len(p.rows) {
		return p.rows[at].term
	}
	return nil
}

// showTerm shows what is said of the chosen term.
func (p *Page) showTerm() {
	if p.section == ofTags {
		p.form.show()
	} else {
		p.about.show()
	}
	p.showRight()
}

// showNothing says in the place of the terms why there is none.
func (p *Page) showNothing(typed string) {
	none := len(p.rows) == 0
	p.terms.Hidden, p.nothing.Hidden = none, !none
	switch {
	case !none:
	case p.problem != "":
		p.nothing.Set(i18n.T("vocabulary.unread"), p.problem, "", nil)
	case p.index() == nil:
		p.nothing.Set(i18n.T("vocabulary.reading"), "", "", nil)
	case typed != "":
		p.nothing.Set(i18n.T("vocabulary.nofind"), i18n.T("vocabulary.nofind.means"), "", nil)
	default:
		p.nothing.Set(i18n.T("vocabulary.none"), i18n.T("vocabulary.none.means"), i18n.T("vocabulary.do.new"), func() { p.s.Commands.Run("vocabulary.new") })
	}
}
