package desk

import (
	"strconv"
	"strings"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file says how one document becomes several, and how what lost bytes is
// filled in.

// split makes a document of its own of the selected words or, where nothing is
// selected, of what begins at the line of the caret.
func (d *Desk) split() {
	doc := d.s.Document()
	start, end, has := d.s.Selection()
	from, to := doc.Text.ToSource(start), -1
	if has {
		to = doc.Text.ToSource(end)
	} else {
		before := doc.Text.Source().Slice(0, from)
		from -= len([]rune(before[strings.LastIndexByte(before, '\n')+1:]))
	}
	d.s.SplitRange(from, to, d.wasSplit(doc, from))
}

// wasSplit says what became of a split.
func (d *Desk) wasSplit(doc *session.Doc, at int) func(archive.ID, error) {
	return func(part archive.ID, err error) {
		if err != nil {
			d.s.Say(session.Words(err))
			return
		}
		key := ""
		if c := d.s.Commands.Get("doc.kin"); c != nil {
			key = c.FirstKeys()
		}
		d.s.Say(i18n.T("split.done", "words", short(doc.LineAt(at)), "key", key))
	}
}

// askPlace asks at which of its places a proposed border is, where it has several.
func (d *Desk) askPlace(it *archive.Item) {
	doc, at := d.s.Document(), it.Places()
	do := func(at int) {
		d.s.SplitAt(it, at, func(part archive.ID, err error) {
			d.refuse(it, err)
			if err == nil {
				d.wasSplit(doc, at)(part, nil)
			}
		})
	}
	if len(at) == 1 {
		do(at[0])
		return
	}
	var choices []widgets.Choice
	for i, p := range at {
		choices = append(choices, widgets.Choice{ID: strconv.Itoa(p), Title: doc.LineAt(p), Sub: i18n.T("split.at", "at", p), Badge: strconv.Itoa(i + 1)})
	}
	ch := widgets.NewChooser(i18n.T("split.where"), i18n.T("chooser.nothing"), choices)
	ch.Covers, ch.Quick = session.Covers, true
	ch.OnPick = func(id string) {
		if p, err := strconv.Atoi(id); err == nil {
			do(p)
		}
	}
	ch.Show(d.on)
}

// kin opens the whole of a part, or the part that is chosen in the list of marks or
// that the caret stands in.
func (d *Desk) kin() {
	doc := d.s.Document()
	if it := d.partAtHand(); it != nil && doc.Info.Part == nil {
		d.s.OpenDocument(archive.ID(it.Text))
		return
	}
	if doc.Kin(0) == "" {
		d.openTogether()
		return
	}
	start, _, _ := d.s.Selection()
	d.s.OpenDocument(doc.Kin(doc.Text.ToSource(start)))
}

// fill asks for each character of a proposed correction that lost bytes what it
// is, and takes the correction with them. A gap can stay one.
func (d *Desk) fill(it *archive.Item, text string, gaps []archive.Lacuna) {
	if len(gaps) == 0 {
		said := text
		if said == it.Text {
			said = ""
		}
		d.decide(it, archive.ActTake, said)
		return
	}
	g, rs := gaps[0], []rune(text)
	around := func(c string) string {
		from, to := max(0, g.At-8), min(len(rs), g.At+9)
		return session.OneLine(string(rs[from:g.At]) + "【" + c + "】" + string(rs[g.At+1:to]))
	}
	var choices []widgets.Choice
	for i, c := range g.Candidates {
		ch := widgets.Choice{ID: c, Title: c, Sub: around(c)}
		if i < 9 {
			ch.Badge = strconv.Itoa(i + 1)
		}
		choices = append(choices, ch)
	}
	choices = append(choices, widgets.Choice{ID: string(archive.Gap), Title: string(archive.Gap), Sub: i18n.T("lacuna.leave"), Badge: "0"})
	ch := widgets.NewChooser(i18n.T("lacuna.which", "bytes", g.Bytes), i18n.T("chooser.nothing"), choices)
	ch.Covers, ch.Quick = session.Covers, true
	ch.OnPick = func(c string) {
		now := string(rs[:g.At]) + c + string(rs[g.At+1:])
		d.fill(it, now, gaps[1:])
	}
	ch.Show(d.on)
}

// partAtHand is the part that is chosen in the list of marks, or that the caret of the
// text stands in; nil for none.
func (d *Desk) partAtHand() *archive.Item {
	doc := d.s.Document()
	if !d.TextFocused() {
		if it := d.inspector.marks.chosen(); it != nil && it.What == archive.ASplit && it.InForce() {
			return it
		}
		return nil
	}
	start, _, _ := d.s.Selection()
	at := doc.Text.ToSource(start)
	for _, it := range doc.Parts() {
		if it.Anchor.Start.At <= at && at < it.Anchor.End.At {
			return it
		}
	}
	return nil
}

// movePart moves the part at hand in the order of the parts, and lists them in it.
func (d *Desk) movePart(by int) {
	it := d.partAtHand()
	if it == nil {
		d.s.Say(i18n.T("part.choose", "key", d.s.Commands.Get("tab.marks").FirstKeys()))
		return
	}
	d.showParts(it.ID)
	all := len(d.s.PartOrder())
	moved := d.s.MovePart(archive.ID(it.Text), by, func(at int, err error) {
		if err == nil {
			list := d.inspector.marks.list
			list.EnsureVisible(list.Selected())
			d.s.Say(i18n.T("part.moved", "words", short(session.PartBegins(it)), "n", at, "all", all))
		}
	})
	switch {
	case moved:
	case by < 0:
		d.s.Say(i18n.T("part.first"))
	default:
		d.s.Say(i18n.T("part.last"))
	}
}

// partsByPlace gives the parts the order of their places again.
func (d *Desk) partsByPlace() {
	d.s.PartsByPlace(func(err error) {
		if err == nil {
			d.s.Say(i18n.T("part.places.done"))
		}
	})
}

// showParts lists the parts alone, where their order is seen, with one of them chosen.
func (d *Desk) showParts(id archive.ID) {
	m := d.inspector.marks
	d.inspector.open(marksTab)
	if m.sieve == (sieve{kind: onlySplits}) {
		m.choose(id)
	} else {
		m.filter.SetText("")
		m.sieve, m.choosing = sieve{kind: onlySplits}, id
		m.narrow()
	}
	m.focus()
}
