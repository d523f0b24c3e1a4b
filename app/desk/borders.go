package desk

import (
	"slices"
	"time"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// active is the mark that has handles in the text, and that the keys for borders
// go on with: until another place is selected.
type active struct {
	id archive.ID
	at widgets.Span // what was selected when it became so
}

// edging is a mark whose borders were moved, and are not in the file yet: the
// text shows them where they will be. The words are held by an anchor, so that
// they stay the same where the text before them changes meanwhile.
type edging struct {
	id     archive.ID
	anchor *archive.Anchor
	stop   func() // of the timer; nil once they were sent
	behind bool   // others of the same mark are on their way before them
}

// span is where they lie in the reading text.
func (e *edging) span(doc *session.Doc) widgets.Span {
	p := doc.Text.Place(e.anchor)
	return widgets.Span{Start: p.Start, End: p.End}
}

// borderDelay joins what follows each other quickly into one operation.
const borderDelay = 400 * time.Millisecond

// activate gives a mark handles.
func (d *Desk) activate(id archive.ID) {
	start, end, _ := d.s.Selection()
	d.active = active{id, widgets.Span{Start: start, End: end}}
	if d.fixed() == "" {
		d.text.SetActive(string(id))
	}
}

// deactivate takes them away when something else was selected.
func (d *Desk) deactivate(now widgets.Span) {
	if d.active.id != "" && now != d.active.at {
		d.active = active{}
		d.text.SetActive("")
	}
}

// activeMark is the mark that a key for borders is about: the one of the key
// before, else the smallest at the caret. What somebody has proposed for its
// place stands for it.
func (d *Desk) activeMark() *archive.Item {
	doc := d.s.Document()
	it := doc.Item(d.active.id)
	if !live(it) || it.What != archive.AMark {
		it = d.s.MarkAtCaret()
	}
	if it == nil {
		return nil
	}
	for _, o := range doc.Items {
		if o.What == archive.AMark && o.Open() && d.s.Rules().Same(o.By, d.s.Actor()) && slices.Contains(o.Replaces, it.ID) {
			return o
		}
	}
	return it
}

// moveBorder moves the start or the end of a mark by one grapheme cluster.
func (d *Desk) moveBorder(start bool, by int) {
	it := d.activeMark()
	if it == nil {
		d.s.Say(i18n.T("mark.none"))
		return
	}
	span, ok := session.SpanOf(d.s.Document(), it)
	if d.edge != nil && d.edge.id == it.ID {
		span = d.edge.span(d.s.Document())
	}
	if !ok || !d.laid(d.text) {
		return
	}
	was := span
	if start {
		span.Start = d.text.Step(span.Start, by)
	} else {
		span.End = d.text.Step(span.End, by)
	}
	switch {
	case span == was:
		return // the text ends there
	case span.Start >= span.End:
		d.s.Say(i18n.T("border.least"))
		return
	}
	if d.active.id != it.ID {
		d.activate(it.ID)
	}
	d.setBorders(it.ID, span, borderDelay)
	at := span.Start
	if !start {
		at = span.End
	}
	d.text.ScrollTo(at)
	d.s.Say(i18n.T("border.now", "words", short(d.s.Document().Text.Text().Slice(span.Start, span.End))))
}

// setBorders shows a mark where it will be, and makes it so after a while, or at
// once where wait is 0.
func (d *Desk) setBorders(id archive.ID, span widgets.Span, wait time.Duration) {
	doc := d.s.Document()
	if d.fixed() != "" || doc == nil || !d.laid(d.text) {
		return
	}
	if d.edge != nil && d.edge.id != id {
		d.sendBorders()
	}
	e := &edging{id: id, anchor: doc.Text.AnchorReading(doc.Info.Text, span.Start, span.End)}
	if was := d.edge; was != nil && was.id == id {
		e.behind = was.behind || was.stop == nil
		if was.stop != nil {
			was.stop()
		}
	}
	d.edge = e
	d.showEdge()
	e.stop = func() {}
	if wait == 0 {
		d.sendBorders()
		return
	}
	e.stop = d.s.After(wait, func() {
		if d.edge == e {
			d.sendBorders()
		}
	})
}

// sendBorders makes an edit of borders that wait.
func (d *Desk) sendBorders() {
	e, doc := d.edge, d.s.Document()
	if e == nil || e.stop == nil {
		return
	}
	e.stop()
	e.stop = nil
	it := doc.Item(e.id)
	if it == nil {
		d.dropEdge(e)
		return
	}
	span := e.span(doc)
	if now, ok := session.SpanOf(doc, it); ok && now == span && !e.behind {
		d.dropEdge(e)
		return
	}
	d.s.MoveMark(e.id, span.Start, span.End, func(error) { d.dropEdge(e) })
}

// dropEdge shows what is in the file: it was written, or refused.
func (d *Desk) dropEdge(e *edging) {
	if d.edge == e {
		d.edge = nil
		d.showEdge()
	}
}

// showEdge shows the document with the borders that are on their way.
func (d *Desk) showEdge() {
	s := d.shown
	if e, doc := d.edge, d.s.Document(); e != nil && doc != nil {
		s.Marks = slices.Clone(s.Marks)
		for i := range s.Marks {
			if s.Marks[i].ID == string(e.id) {
				s.Marks[i].Span = e.span(doc)
			}
		}
	}
	d.drawn = s
	d.text.SetShown(s)
}
