package clustering

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"fonds/app/cluster"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/query"
	"fonds/widgets"
)

// This file shows the chosen group: what all of it becomes, its values, and the first
// documents of one of them.

// mostDocs is how many documents of a value are listed.
const mostDocs = 50

// showGroup shows the chosen group.
func (p *Page) showGroup() {
	g := p.group()
	p.right.Hidden = g == nil && p.asking == nil
	if g == nil {
		p.values.SetCount(0, p.value)
		p.docs.SetCount(0, p.doc)
		p.found = nil
		return
	}
	p.values.SetCount(len(g.Values), p.value)
	if p.values.Selected() < 0 {
		p.values.SetSelected(0)
		p.values.EnsureVisible(0)
	}
	p.showInto()
	p.readDocs()
	p.right.Refresh()
}

// showInto shows what the values become, and where that comes from.
func (p *Page) showInto() {
	g := p.group()
	d := p.decided(g)
	if key := g.key; key != p.intoOf {
		p.intoOf = key
		p.into.SetText(d.becomes(g))
	} else {
		p.into.SetCommitted(d.becomes(g)) // unless something is being typed
	}
	words := i18n.T("clustering.into.proposed")
	switch {
	case d.into == "" && g.Method == cluster.Contains:
		words = i18n.T("clustering.into.full")
	case d.into != "" && !has(g, d.into):
		words = i18n.T("clustering.into.typed")
	case d.into != "":
		words = i18n.T("clustering.into.chosen")
	}
	p.from.SetText(words, widgets.Plain)
}

func has(g *group, text string) bool {
	for _, v := range g.Values {
		if v.Text == text {
			return true
		}
	}
	return false
}

// value says a value of the chosen group.
func (p *Page) value(i int) widgets.Row {
	g := p.group()
	if g == nil || i >= len(g.Values) {
		return widgets.Row{}
	}
	v, d := g.Values[i], p.decided(g)
	row := widgets.Row{Title: inSight(v.Text), Known: true}
	words := []string{i18n.N("status.documents", v.N)}
	switch {
	case d.becomes(g) == v.Text && !d.out[v.Text]:
		row.Badge = "→"
		words = append(words, i18n.T("clustering.value.into"))
	case d.out[v.Text]:
		row.Faint = true
		words = append(words, i18n.T("clustering.value.out"))
	default:
		row.Badge = "✓"
	}
	row.Sub = strings.Join(words, " · ")
	return row
}

// changed shows a group of which something was decided.
func (p *Page) changed() {
	p.done.SetText("", widgets.Plain)
	p.list.RefreshRow(p.list.Selected())
	p.values.RefreshRows()
	p.showInto()
	p.showDo()
	widgets.Relay(p.content)
}

// chosenValue is the value of the group that the keyboard is on.
func (p *Page) chosenValue() (v cluster.Value, ok bool) {
	g, at := p.group(), p.values.Selected()
	if g == nil || at < 0 || at >= len(g.Values) {
		return v, false
	}
	return g.Values[at], true
}

// tick lets the value take part, or no longer.
func (p *Page) tick() {
	if v, ok := p.chosenValue(); ok && p.asking == nil && !p.writing {
		d := p.decided(p.group())
		if d.out[v.Text] {
			delete(d.out, v.Text)
		} else {
			d.out[v.Text] = true
			if d.into == v.Text {
				d.into = ""
			}
		}
		p.changed()
	}
}

// become lets all become the value.
func (p *Page) become() {
	if v, ok := p.chosenValue(); ok {
		d := p.decided(p.group())
		d.into = v.Text
		delete(d.out, v.Text)
		p.changed()
	}
}

// askInto gives the keyboard to what all become, which the next key replaces.
func (p *Page) askInto() {
	p.on.Focus(p.into)
	p.into.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// typed lets all become what was typed; nothing is what is proposed.
func (p *Page) typed(text string) {
	if g := p.group(); g != nil && g.key == p.intoOf && p.asking == nil && !p.writing {
		p.decided(g).into = strings.TrimSpace(strings.ReplaceAll(text, "\n", " "))
		p.changed()
	}
}

// readDocs reads the first documents that have the value, on a worker.
func (p *Page) readDocs() {
	v, ok := p.chosenValue()
	if !ok {
		return
	}
	p.docsOf.SetText(i18n.T("clustering.docs", "value", inSight(v.Text), "docs", i18n.N("status.documents", v.N)), widgets.Plain)
	condition := storage.FacetCount{Facet: storage.Facet{Key: query.Field, Name: p.counted.field}, Value: v.Text}.Condition()
	session.Read(p.s, &p.docsGen, func(ctx context.Context, a *storage.Archive) ([]storage.Summary, error) {
		return a.List(ctx, storage.Query{Search: condition, Limit: mostDocs})
	}, func(found []storage.Summary, err error) {
		if err != nil {
			found = nil
		}
		p.found = found
		at := p.docs.Selected()
		p.docs.SetCount(len(found), p.doc)
		if at < 0 || at >= len(found) {
			at = min(0, len(found)-1)
		}
		p.docs.SetSelected(at)
	})
}

// doc says a document of the value.
func (p *Page) doc(i int) widgets.Row {
	if i >= len(p.found) {
		return widgets.Row{}
	}
	d := &p.found[i]
	return widgets.Row{Title: session.OneLine(d.Title), Sub: session.OneLine(d.Path), Badge: session.Signed(d.Status), Known: true}
}

// open opens the document that is listed and chosen on the desk.
func (p *Page) open() {
	if at := p.docs.Selected(); at >= 0 && at < len(p.found) {
		p.OnDesk(p.found[at].ID)
	}
}
