package concordance

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fonds/app/concord"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// This file shows the lines, and says what there is to know about them.

// columns are those of the list: what stands before the words ends at them, what stands
// behind begins there. wide is the width of the longest words, in Fyne pixels.
func columns(wide float32) []widgets.Column {
	return []widgets.Column{{Title: i18n.T("concordance.column.before"), Share: 37, Right: true},
		{Title: i18n.T("concordance.column.words"), Width: wide},
		{Title: i18n.T("concordance.column.after"), Share: 37},
		{Title: i18n.T("concordance.column.document"), Share: 26, Quiet: true}}
}

// mostMeasured is of how many different words the width is looked at.
const mostMeasured = 64

// fitColumns makes the column of the words as wide as the longest of them. Let SetCount
// of the list follow.
func (p *Page) fitColumns() {
	seen := map[string]bool{}
	wide := fyne.MeasureText(i18n.T("concordance.column.words"), theme.CaptionTextSize(), fyne.TextStyle{}).Width
	for i := range p.lines {
		if w := p.lines[i].Words; !seen[w] {
			if seen[w] = true; len(seen) > mostMeasured {
				break
			}
			wide = max(wide, fyne.MeasureText(framed(w), theme.TextSize(), fyne.TextStyle{}).Width)
		}
	}
	wide += look.Near + 1
	if p.list.Columns[1].Width != wide {
		p.list.Columns = columns(wide)
		p.head.Refresh()
	}
}

// framed are the words of a place, in brackets: it is not their place alone that tells
// them from their neighbours.
func framed(words string) string { return "【" + session.OneLine(words) + "】" }

// row says a place in its cells.
func (p *Page) row(row int) widgets.Row {
	i := p.rows[row]
	l := &p.lines[i]
	title := session.OneLine(l.Title)
	if p.why[p.keyAt(i)] != nil {
		title = "⚠ " + title
	}
	return widgets.Row{Known: true, Cells: []string{strings.TrimRight(session.OneLine(l.Before), " "), framed(l.Words), strings.TrimLeft(session.OneLine(l.After), " "), title}}
}

// pickedLines are the lines that are picked, in the order of the documents.
func (p *Page) pickedLines() (out []int) {
	for _, r := range p.list.Picked() {
		for row := r.From; row < min(r.To, len(p.rows)); row++ {
			out = append(out, p.rows[row])
		}
	}
	slices.Sort(out)
	return out
}

// targets are the lines that an act is about: those that are picked, else that of the
// cursor.
func (p *Page) targets() []int {
	if out := p.pickedLines(); len(out) > 0 {
		return out
	}
	if row := p.list.Cursor(); row >= 0 && row < len(p.rows) {
		return []int{p.rows[row]}
	}
	return nil
}

// chosen is the line that is selected, or nil.
func (p *Page) chosen() *concord.Line {
	if row := p.list.Selected(); row >= 0 && row < len(p.rows) {
		return &p.lines[p.rows[row]]
	}
	return nil
}

// choose shows the paragraph of the line that the person has chosen.
func (p *Page) choose() {
	p.moved = true
	p.s.Say("")
	p.preview()
}

// move chooses another line.
func (p *Page) move(by int) {
	if to := p.list.Selected() + by; to >= 0 && to < len(p.rows) {
		p.list.SetSelected(to)
		p.list.EnsureVisible(to)
		p.choose()
	}
}

// places says of lines how many they are, and in how many documents.
func (p *Page) places(lines []int) string {
	docs := map[archive.ID]bool{}
	for _, i := range lines {
		docs[p.lines[i].Doc] = true
	}
	return placesIn(len(lines), len(docs))
}

func placesIn(places, docs int) string {
	return i18n.N("concordance.places", places, "n", i18n.Number(int64(places)), "docs", i18n.N("concordance.docs", docs, "n", i18n.Number(int64(docs))))
}

// show shows what is known.
func (p *Page) show() {
	labels := [optionCount]string{i18n.T("concordance.exact"), i18n.T("concordance.aside"), i18n.T("concordance.within")}
	for i, id := range []string{"concordance.exact", "concordance.aside", "concordance.within"} {
		p.options[i].SetOptions([]widgets.Option{{ID: id, Label: labels[i] + "  " + p.key(id), On: p.on[i]}})
	}
	widgets.Enable(p.options[within], p.on[within] || p.s.Query().Search != "")
	var all []widgets.Choice
	for i, words := range []string{i18n.T("concordance.place"), i18n.T("concordance.left"), i18n.T("concordance.right")} {
		all = append(all, widgets.Choice{ID: orderIDs[i], Title: words + "  " + p.key("concordance."+orderIDs[i])})
	}
	p.order.SetChoices(all, orderIDs[slices.Index(orders, p.by)])
	for _, b := range p.acts {
		widgets.Enable(b, len(p.rows) > 0 && !p.writing)
	}
	p.tell()
	p.showEmpty()
	widgets.Relay(p.content)
}

// tell says how many places there are, and what else is to be known of them.
func (p *Page) tell() {
	var words []string
	tone := widgets.Plain
	warn := func(say string) {
		words, tone = append(words, say), widgets.Warn
	}
	switch {
	case p.stop != nil && !p.quiet && !p.writing && len(p.rows) == 0:
		words = append(words, i18n.T("concordance.busy"))
	case p.stop != nil && !p.quiet && !p.writing:
		words = append(words, i18n.T("concordance.sofar", "places", placesIn(len(p.lines), p.docs)))
	case len(p.rows) > 0:
		words = append(words, i18n.T("concordance.found", "places", placesIn(len(p.lines), p.docs)))
	}
	if picked := p.pickedLines(); len(picked) > 0 {
		words = append(words, i18n.T("concordance.picked", "places", p.places(picked)))
	}
	if p.more {
		warn(i18n.T("concordance.more", "n", i18n.Number(int64(len(p.lines)))))
	}
	if p.fault != "" {
		warn(p.fault)
	}
	if p.old {
		warn(i18n.T("concordance.old", "keys", p.key("concordance.again")))
	}
	if n := len(p.why); n > 0 {
		warn(i18n.N("concordance.refused", n))
	}
	if len(words) == 1 && tone == widgets.Plain && len(p.rows) > 0 {
		words = append(words, i18n.T("concordance.how"))
	}
	p.says.SetText(strings.ReplaceAll(strings.Join(words, " "), "。 ", "。"), tone) // a Chinese full stop is as wide as its space
	widgets.Relay(p.content)
}

// showEmpty says in the place of the lines that there are none, or not yet.
func (p *Page) showEmpty() {
	none := len(p.rows) == 0 && p.stop == nil
	if none && p.shown() && p.body.Visible() && p.at.Focused() != fyne.Focusable(p.words) {
		p.focusWords()
	}
	p.body.Hidden, p.empty.Hidden = none, !none
	say := session.OneLine(short(p.sought))
	switch {
	case !none:
	case p.sought == "":
		p.empty.Set(i18n.T("concordance.empty"), i18n.T("concordance.empty.means"), "", nil)
	case !p.known:
		p.empty.Set(i18n.T("concordance.notyet"), p.fault, i18n.T("concordance.do"), p.ask)
	case p.on[exact]:
		p.empty.Set(i18n.T("concordance.none", "words", say), i18n.T("concordance.none.exact"), i18n.T("concordance.none.exact.do"), func() { p.turn(exact) })
	case p.on[within]:
		p.empty.Set(i18n.T("concordance.none", "words", say), i18n.T("concordance.none.within"), i18n.T("concordance.none.within.do"), func() { p.turn(within) })
	case p.on[aside]:
		p.empty.Set(i18n.T("concordance.none", "words", say), i18n.T("concordance.none.aside"), i18n.T("concordance.none.aside.do"), func() { p.turn(aside) })
	default:
		p.empty.Set(i18n.T("concordance.none", "words", say), i18n.T("concordance.none.means"), "", nil)
	}
}

// short cuts words that are only to be recognised.
func short(text string) string {
	if r := []rune(text); len(r) > 24 {
		text = string(r[:16]) + "…" + string(r[len(r)-6:])
	}
	return session.OneLine(text)
}

// Kept is what a person has on the page, for the next one that is made: in other colours,
// in another language.
type Kept struct {
	state
	typed   string
	row     int
	picked  widgets.RowSet
	looking bool // the search was still going on
}

// Lines is how many places are listed.
func (k Kept) Lines() int { return len(k.lines) }

// Kept gives it and ends what goes on, but a writing; Restore takes it over and begins
// the search anew.
func (p *Page) Kept() Kept {
	if p.box.IsOpen() {
		p.noteUnsent()
	}
	k := Kept{p.state, p.words.Text, p.list.Selected(), p.list.Picked(), p.stop != nil && !p.writing}
	p.halt()
	return k
}

// Restore is described at Kept.
func (p *Page) Restore(k Kept) {
	if k.of != p.s.Path() || k.of == "" {
		return
	}
	p.state = k.state
	p.words.SetText(k.typed)
	p.fitColumns()
	p.list.SetCount(len(p.rows), p.row)
	p.list.SetSelected(k.row)
	p.list.SetPicked(k.picked)
	p.list.EnsureVisible(k.row)
	p.moved = true
	p.preview()
	p.show()
	if k.looking {
		p.look(p.known, nil)
	}
}
