package duplicates

import (
	"context"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/alike"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
	"fonds/widgets/textlayout"
)

// This file shows two documents of a group side by side, and where they differ.

// pair is two documents as they were read.
type pair struct {
	docs    [2]*archive.Document
	texts   [2]string
	status  [2]archive.Status
	changes []alike.Change
	whole   bool // nothing of them was left out of the comparison
	row     int  // group
}

// side is what is shown of one of them.
type side struct {
	p      *Page
	i      int
	title  *widgets.Note
	about  *widgets.Note
	desk   *widgets.Button
	copy   *widgets.Button
	remove *widgets.Button
	head   fyne.CanvasObject
	text   *widgets.TextView
}

func newSide(p *Page, i int) *side {
	d := &side{p: p, i: i, title: widgets.NewText(2, ""), about: widgets.NewNote(4)}
	d.title.Bold = true
	d.title.Covers, d.about.Covers = session.Covers, session.Covers
	d.desk = widgets.NewSmallButton("", func() { p.open(i) })
	d.copy = widgets.NewSmallButton("", func() { p.openCopy(i) })
	d.remove = widgets.NewSmallButton("", func() { p.remove(i) })
	for _, b := range []*widgets.Button{d.desk, d.copy, d.remove} {
		b.OnKey = p.escape
	}
	buttons := container.New(layout.NewRowWrapLayoutWithCustomPadding(look.Tight, look.Tight), d.desk, d.copy, d.remove)
	d.head = container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Apart, look.Near),
		container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), d.title, d.about, buttons))
	d.text = newText(p, i)
	return d
}

// newText makes the view of a text: to read, and to find one's way.
func newText(p *Page, i int) *widgets.TextView {
	v := p.s.TextView()
	v.OnRune = p.rune
	v.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
			p.open(i)
			return true
		}
		return p.escape(k)
	}
	v.OnScroll = func() { p.follow(i) }
	return v
}

// readPair reads the two documents that are to be shown, on a worker; one reading is on
// its way at a time, and what is wanted last is read next.
func (p *Page) readPair() {
	i := p.list.Selected()
	if i < 0 || !p.s.Open() {
		return
	}
	if p.reading {
		p.stale = true
		return
	}
	p.reading = true
	g, before := &p.groups[i], p.pair
	ids := [2]archive.ID{g.Documents[p.rows[i][0]].ID, g.Documents[p.rows[i][1]].ID}
	gen := p.gen
	session.Read(p.s, nil, func(ctx context.Context, a *storage.Archive) (*pair, error) {
		return read(ctx, a, ids, i, before)
	}, func(now *pair, err error) {
		p.reading = false
		if p.stale || gen != p.gen {
			p.stale = false
			p.readPair()
			return
		}
		if err != nil { // somebody may have destroyed it
			p.leaveCopy()
			p.pair = nil
			p.pairShown()
			p.says.SetText("⚠ "+session.Words(err), widgets.Bad)
			return
		}
		p.showPair(now)
	})
}

// read reads two documents and compares their texts, unless before has done so already.
func read(ctx context.Context, a *storage.Archive, ids [2]archive.ID, row int, before *pair) (*pair, error) {
	now := &pair{row: row}
	for i, id := range ids {
		d, err := a.Document(ctx, id)
		if err != nil {
			return nil, err
		}
		r, err := d.Reading()
		if err != nil {
			return nil, err
		}
		now.docs[i], now.texts[i], now.status[i] = d, r.Text().String(), d.Status()
	}
	if before != nil && before.texts == now.texts {
		now.changes, now.whole = before.changes, before.whole
	} else {
		now.changes, now.whole = alike.Compare(now.texts[0], now.texts[1])
	}
	return now, nil
}

// showPair shows what was read.
func (p *Page) showPair(now *pair) {
	same := p.pair != nil && p.pair.texts == now.texts && p.pair.docs[0].ID == now.docs[0].ID && p.pair.docs[1].ID == now.docs[1].ID
	p.pair = now
	if !same {
		p.at = -1
	}
	for k, d := range p.groups[now.row].Documents { // the row says what has become of them
		for i := range now.docs {
			if d.ID == now.docs[i].ID {
				p.groups[now.row].Documents[k].Status, p.groups[now.row].Documents[k].Title = now.status[i], now.docs[i].Title()
			}
		}
	}
	p.list.RefreshRow(now.row)
	for i, d := range p.sides {
		d.show(now)
		var spans []widgets.Span
		for _, c := range now.changes {
			if s := spanOf(c, i); s.Len() > 0 {
				spans = append(spans, s)
			}
		}
		d.text.SetShown(widgets.Shown{Key: string(now.docs[i].ID), Text: now.texts[i], New: spans})
	}
	if !same {
		p.showInside()
	}
	p.showBetween()
	if p.copying != nil {
		p.copying.follow(now)
	}
	p.pairShown()
	widgets.Relay(p.right)
}

// showInside scrolls a text to where the other one stands in it.
func (p *Page) showInside() {
	for i, d := range p.pair.docs {
		if d.ID == p.groups[p.pair.row].Within {
			middle := utf8.RuneCountInString(p.pair.texts[1-i]) / 2 // its beginning may agree with more than one place
			p.sides[i].text.SetTop(max(0, p.across(1-i)(middle)-middle), 0)
		}
	}
}

// pairShown hides the right side while there is nothing to show there.
func (p *Page) pairShown() {
	if on := p.pair != nil; p.right.Visible() != on {
		p.right.Hidden = !on
		p.right.Refresh()
	}
}

// spanOf is where a change lies in the text of a side.
func spanOf(c alike.Change, side int) widgets.Span {
	if side == 0 {
		return widgets.Span{Start: c.OldFrom, End: c.OldTo}
	}
	return widgets.Span{Start: c.NewFrom, End: c.NewTo}
}

// show says which document it is, and what can be done with it.
func (d *side) show(now *pair) {
	doc, g := now.docs[d.i], &d.p.groups[now.row]
	d.title.Bold = session.BoldHas(doc.Title())
	d.title.SetText(session.OneLine(doc.Title()), widgets.Plain)
	fields := map[string]bool{}
	tags := 0
	for _, it := range doc.Items {
		switch {
		case !it.InForce():
		case it.What == archive.AValue:
			fields[it.Key] = true
		case it.What == archive.ATag:
			tags++
		}
	}
	which, chars := []string{session.OneLine(doc.Info.Path)}, utf8.RuneCountInString(now.texts[d.i])
	if n := len(g.Documents); n > 2 {
		which = append([]string{i18n.T("duplicates.nth", "n", d.p.rows[now.row][d.i]+1, "all", n)}, which...)
	}
	has := []string{session.Signed(now.status[d.i]), i18n.N("duplicates.chars", chars, "n", i18n.Number(int64(chars))),
		i18n.N("duplicates.fields", len(fields)), i18n.N("duplicates.tags", tags)}
	tone := widgets.Plain
	if now.status[d.i] == archive.Removed {
		tone = widgets.Warn
	}
	d.about.SetText(strings.Join(which, " · ")+"\n"+strings.Join(has, " · "), tone)
	d.label(d.desk, i18n.T("duplicates.open"), "duplicates.left", "duplicates.right")
	d.label(d.copy, i18n.T("duplicates.copyfrom"), "duplicates.copy", "duplicates.copyback")
	act := i18n.T("cmd.docremove")
	if now.status[d.i] == archive.Removed {
		act = i18n.T("cmd.docrestore")
	}
	d.label(d.remove, act, "duplicates.removeleft", "duplicates.remove")
}

// label gives a button its words, with the key of the command of its side.
func (d *side) label(b *widgets.Button, words, left, right string) {
	b.SetLabels(words, d.p.s.Commands.Get([]string{left, right}[d.i]).Keys())
}

// showBetween says in how many places the two differ.
func (p *Page) showBetween() {
	now, g := p.pair, &p.groups[p.pair.row]
	var words []string
	switch n := len(now.changes); {
	case n == 0 && now.whole:
		words = append(words, i18n.T("duplicates.equal"))
	case p.at >= 0:
		words = append(words, i18n.T("duplicates.difference.of", "n", p.at+1, "all", n))
	default:
		words = append(words, i18n.N("duplicates.differences", n, "keys", p.s.Commands.Get("duplicates.difference").Keys()))
	}
	if g.Within != "" {
		for i, d := range now.docs {
			if d.ID == g.Within {
				words = append(words, i18n.T([]string{i18n.K("duplicates.inleft"), i18n.K("duplicates.inright")}[i]))
			}
		}
	}
	if len(g.Documents) > 2 {
		words = append(words, i18n.T("duplicates.more", "keys", p.s.Commands.Get("duplicates.other").Keys()))
	}
	if !now.whole {
		words = append(words, i18n.T("duplicates.capped", "n", i18n.Number(alike.MostCompared)))
	}
	p.between.SetText(strings.ReplaceAll(strings.Join(words, " "), "。 ", "。"), widgets.Plain) // a Chinese full stop is as wide as its space
}

// jump shows the next place in which the two differ, or the one before.
func (p *Page) jump(by int) {
	n := len(p.pair.changes)
	if n == 0 {
		p.s.Say(i18n.T("duplicates.equal"))
		return
	}
	if p.at < 0 && by < 0 {
		p.at = 0
	}
	p.at = (p.at + by + n) % n
	for i, d := range p.sides {
		s := spanOf(p.pair.changes[p.at], i)
		d.text.ScrollTo(s.End) // all of it, or else its beginning
		d.text.ScrollTo(s.Start)
		d.text.Flash(s)
	}
	p.showBetween()
}

// follow scrolls the other text to where one of them is.
func (p *Page) follow(i int) {
	if p.pair == nil || p.sides[0].text.Text() != p.pair.texts[0] || p.sides[1].text.Text() != p.pair.texts[1] {
		return // one of them is being laid out
	}
	at, share := p.sides[i].text.Top()
	p.sides[1-i].text.SetTop(p.across(i)(at), share)
}

// across says where a place in the text of a side is in the other one.
func (p *Page) across(i int) func(pos int) int {
	var changes []textlayout.Change
	for _, c := range p.pair.changes {
		changes = append(changes, textlayout.Change{Old: spanOf(c, i), New: spanOf(c, 1-i)})
	}
	return textlayout.Moved(changes, utf8.RuneCountInString(p.pair.texts[1-i]))
}

// remove takes one of the two out of view, or brings it back.
func (p *Page) remove(i int) {
	d, act, do, said := p.pair.docs[i], archive.ActRemove, "document.remove", i18n.K("remove.done")
	if p.pair.status[i] == archive.Removed {
		act, do, said = archive.ActRestore, "document.restore", i18n.K("restore.done")
	}
	if err := p.may(d, act); err != nil {
		p.s.Fail(err)
		return
	}
	p.s.Flush()
	p.s.Apply(func(_ []storage.Result, err error) {
		if err == nil {
			p.s.Say(i18n.T(said, "title", session.OneLine(d.Title())))
			p.readPair()
		}
	}, &archive.Edit{Do: do, Doc: string(d.ID)})
}

// may says why the person may not do something with a document, nil where they may.
func (p *Page) may(d *archive.Document, act string) error {
	switch ro, _ := p.s.ReadOnly(); {
	case ro:
		return storage.ErrReadOnly
	case p.s.Rules() == nil:
		return nil // the archive itself refuses
	}
	return d.May(p.s.Rules(), act, p.s.Actor())
}
