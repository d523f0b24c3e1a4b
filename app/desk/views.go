package desk

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// mode is how a document is read.
type mode int

// The modes, in the order in which the key goes through them.
const (
	reading mode = iota // with the corrections in force
	beside              // and the source beside it
	source              // as it came
	modes
)

// newSource makes the view of the source text: to read, search, select and mark
// in; what changes the document is done with the same words of the reading text.
func newSource(d *Desk) *widgets.TextView {
	v := d.s.TextView()
	v.OnRune, v.OnKey, v.OnMark = d.text.OnRune, d.text.OnKey, d.text.OnMark
	v.OnMenu, v.OnLayout = d.contextMenu, d.text.OnLayout
	v.OnFocus = func(on bool) { d.inSource = d.inSource || on }
	v.OnScroll = func() { d.follow(d.source) }
	return v
}

// newTexts puts the two texts beside each other.
func newTexts(d *Desk, left fyne.CanvasObject) *fyne.Container {
	caption := func(words string) *widget.Label {
		l := widget.NewLabel(words)
		l.SizeName, l.Importance, l.Truncation = theme.SizeNameCaptionText, widget.LowImportance, fyne.TextTruncateEllipsis
		return l
	}
	c := container.New(&pairLayout{d}, left, d.source, caption(i18n.T("view.reading")), caption(i18n.T("view.source")), widget.NewSeparator())
	return c
}

// nextMode goes on to the next way of reading, at the same words.
func (d *Desk) nextMode() { d.setMode((d.mode + 1) % modes) }

func (d *Desk) setMode(m mode) {
	if m == d.mode {
		return
	}
	was := d.facing()
	top, share := was.Top()
	s, _ := was.Selection()
	had := d.TextFocused()
	d.leaveBox()
	if d.mode == source {
		top = d.toReading(top, top).Start
		s = d.toReading(s.Start, s.End)
	}
	_, sight := was.Around(widgets.Span{Start: was.Caret(), End: was.Caret()})
	d.mode, d.inSource, d.thenSource = m, m == source, nil
	if m != reading && was != d.source {
		d.thenSource = func() { // it is made on a worker
			d.source.Select(d.toSource(s))
			if m == beside {
				d.follow(d.text)
			} else {
				d.source.SetTop(d.toSource(widgets.Span{Start: top, End: top}).Start, share)
			}
		}
	}
	d.showText()
	d.relay()
	if was == d.text && m == beside && sight.Height > 0 {
		d.text.ScrollTo(d.text.Caret()) // narrower rows may have carried it away
	}
	if m != source && was != d.text {
		d.text.Select(s)
		d.text.SetTop(top, share)
	}
	if had {
		d.on.Focus(d.facing())
	}
	switch m {
	case reading:
		d.s.Say(i18n.T("view.reading.said"))
	case beside:
		d.s.Say(i18n.T("view.beside.said"))
	default:
		d.s.Say(i18n.T("view.source.said"))
	}
	d.finder.moved()
}

// facing is the view that the person works in.
func (d *Desk) facing() *widgets.TextView {
	if d.mode == source || d.mode == beside && d.inSource {
		return d.source
	}
	return d.text
}

// textOf is the text of a view as the document has it, which may be on its way.
func (d *Desk) textOf(v *widgets.TextView) string {
	doc := d.s.Document()
	switch {
	case doc == nil:
		return ""
	case v == d.source:
		return doc.Text.Source().String()
	}
	return doc.Text.Text().String()
}

// laid says whether a view shows the text that the document has: positions in it
// are of that. A big text is laid out for a while.
func (d *Desk) laid(v *widgets.TextView) bool { return v.Text() == d.textOf(v) }

// selection is what is selected, in the reading text, whichever of the two texts
// it was selected in.
func (d *Desk) selection() (start, end int, has bool) {
	v, doc := d.facing(), d.s.Document()
	sp, has := v.Selection()
	if doc == nil || !d.laid(v) {
		return 0, 0, false
	}
	if v == d.source {
		sp = d.toReading(sp.Start, sp.End)
	}
	return sp.Start, sp.End, has && sp.End > sp.Start
}

// toReading is where words of the source text stand in the reading text.
func (d *Desk) toReading(start, end int) widgets.Span {
	doc := d.s.Document()
	if doc == nil {
		return widgets.Span{}
	}
	if start == end {
		at := doc.Text.ToReading(start)
		return widgets.Span{Start: at, End: at}
	}
	n := doc.Text.Source().Len()
	p := doc.Text.Place(doc.Text.AnchorSource(doc.Info.Text, min(start, n), min(end, n)))
	return widgets.Span{Start: p.Start, End: p.End}
}

// toSource is where words of the reading text stand in the source text.
func (d *Desk) toSource(s widgets.Span) widgets.Span {
	doc := d.s.Document()
	if doc == nil {
		return widgets.Span{}
	}
	if s.Len() == 0 {
		at := doc.Text.ToSource(s.Start)
		return widgets.Span{Start: at, End: at}
	}
	n := doc.Text.Text().Len()
	return sourceSpan(doc, doc.Text.AnchorReading(doc.Info.Text, min(s.Start, n), min(s.End, n)))
}

// sourceSpan is where an anchor lies in the source text: over the whole of what a
// correction replaced, where it lies within the new words.
func sourceSpan(doc *session.Doc, a *archive.Anchor) widgets.Span {
	p := doc.Text.Place(a)
	at := func(b archive.Border, start bool) int {
		it := doc.Item(b.In)
		switch {
		case b.In == "" || it == nil || it.Anchor == nil:
			return b.At
		case start:
			return it.Anchor.Start.At
		}
		return it.Anchor.End.At
	}
	s := widgets.Span{Start: at(p.From, true), End: at(p.To, false)}
	s.End = max(s.Start, s.End)
	return s
}

// follow scrolls the other text to where one of them is.
func (d *Desk) follow(of *widgets.TextView) {
	doc := d.s.Document()
	if d.mode != beside || doc == nil || !d.laid(of) {
		return
	}
	at, share := of.Top()
	if of == d.text {
		d.source.SetTop(doc.Text.ToSource(at), share)
	} else {
		d.text.SetTop(doc.Text.ToReading(at), share)
	}
}

// showSource draws the source text, if it is read.
func (d *Desk) showSource(doc *session.Doc) {
	d.sourceGen++
	if doc == nil || d.mode == reading {
		d.source.SetShown(widgets.Shown{})
		return
	}
	mine, cfg := d.sourceGen, d.s.Config()
	style := d.s.LabelStyles()
	cfg.Go(func() {
		shown := shownSource(doc, style)
		cfg.Do(func() {
			if d.sourceGen == mine {
				d.source.SetShown(shown)
				if then := d.thenSource; then != nil {
					d.thenSource = nil
					then()
				}
			}
		})
	})
}

// shownSource is what the view draws of a document's source text: the marks at
// their words, and at the words that are corrected what they become. It may run
// on any goroutine.
func shownSource(doc *session.Doc, style func(label string) int) widgets.Shown {
	out := widgets.Shown{Key: string(doc.ID), Text: doc.Text.Source().String()}
	for _, it := range doc.Items {
		if it.Anchor == nil || !it.InForce() && !it.Open() {
			continue
		}
		switch it.What {
		case archive.AMark:
			if it.Key == archive.Furniture {
				out.Furniture = append(out.Furniture, sourceSpan(doc, it.Anchor))
				continue
			}
			out.Marks = append(out.Marks, widgets.MarkSpan{ID: string(it.ID), Span: sourceSpan(doc, it.Anchor), Label: session.LabelWords(it.Key),
				Style: style(it.Key), Proposed: it.Open(), LookAgain: doc.LookAgain(it), Note: session.Remark(it)})
		case archive.ACorrection:
			span := widgets.Span{Start: it.Anchor.Start.At, End: it.Anchor.End.At}
			m := widgets.MarkSpan{ID: string(it.ID), Span: span, Label: session.OneLine("→ " + it.Text), Proposed: it.Open(), Change: true}
			if it.Text == "" {
				m.Label = "→ " + i18n.T("text.deleted")
			}
			out.Marks = append(out.Marks, m)
			if it.InForce() && span.Len() > 0 {
				out.Gone = append(out.Gone, span)
			}
		}
	}
	session.Aside(doc, &out, func(start, end int) widgets.Span { return widgets.Span{Start: start, End: end} })
	return out
}

// fresh are the words of the reading text that the source does not have.
func fresh(doc *session.Doc) []widgets.Span {
	var out []widgets.Span
	for _, f := range doc.Text.Spans() {
		if f.End > f.Start {
			out = append(out, widgets.Span{Start: f.Start, End: f.End})
		}
	}
	return out
}

// jump shows words of the reading text in the view that is read, so that Alt+Left
// comes back from there.
func (d *Desk) jump(s widgets.Span) {
	d.finder.gone = true
	if d.mode == source {
		d.source.Jump(d.toSource(s))
		return
	}
	d.text.Jump(s)
}

// relay lays the text's part of the screen out anew.
func (d *Desk) relay() {
	d.texts.Refresh()
	widgets.Relay(d.reader)
}

// pairLayout lays out the reading text, the source text, their captions and the
// line between them: beside each other, or under each other where there is no
// room.
type pairLayout struct{ d *Desk }

// MinSize is called by Fyne.
func (l *pairLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout is called by Fyne.
func (l *pairLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	m := l.d.mode
	show := func(x fyne.CanvasObject, on bool) {
		if x.Visible() != on {
			if on {
				x.Show()
			} else {
				x.Hide()
			}
		}
	}
	show(o[0], m != source)
	show(o[1], m != reading)
	show(o[2], m == beside)
	show(o[3], m != reading)
	show(o[4], m == beside)
	put := func(x fyne.CanvasObject, at fyne.Position, size fyne.Size) {
		x.Move(at)
		x.Resize(fyne.NewSize(max(0, size.Width), max(0, size.Height)))
	}
	whole := func(v float32) float32 { return float32(math.Floor(float64(v))) } // of half a pixel a picture is drawn blurred
	head := whole(o[3].MinSize().Height - 2*look.Tight)
	with := func(text, caption fyne.CanvasObject, at fyne.Position, size fyne.Size) {
		put(caption, at.SubtractXY(0, look.Tight), fyne.NewSize(size.Width, head+2*look.Tight))
		put(text, at.AddXY(0, head), fyne.NewSize(size.Width, size.Height-head))
	}
	switch {
	case m == reading:
		put(o[0], fyne.NewPos(0, 0), size)
	case m == source:
		with(o[1], o[3], fyne.NewPos(0, 0), size)
	case size.Width < 2*o[1].MinSize().Width:
		half := whole((size.Height - 1) / 2)
		with(o[0], o[2], fyne.NewPos(0, 0), fyne.NewSize(size.Width, half))
		put(o[4], fyne.NewPos(0, half), fyne.NewSize(size.Width, 1))
		with(o[1], o[3], fyne.NewPos(0, half+1), fyne.NewSize(size.Width, size.Height-half-1))
	default:
		half := whole((size.Width - 1) / 2)
		with(o[0], o[2], fyne.NewPos(0, 0), fyne.NewSize(half, size.Height))
		put(o[4], fyne.NewPos(half, 0), fyne.NewSize(1, size.Height))
		with(o[1], o[3], fyne.NewPos(half+1, 0), fyne.NewSize(size.Width-half-1, size.Height))
	}
}
