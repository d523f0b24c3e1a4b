package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Cursor is called by Fyne.
func (v *TextView) Cursor() desktop.Cursor {
	switch {
	case v.mouse.overGrip != noSide || v.borders.side != noSide:
		return desktop.HResizeCursor
	case v.mouse.words != "" && !v.mouse.overText && !v.mouse.overBar:
		return desktop.PointerCursor
	case v.mouse.overText:
		return desktop.TextCursor
	}
	return desktop.DefaultCursor
}

// MouseIn is called by Fyne.
func (v *TextView) MouseIn(e *desktop.MouseEvent) { v.hover(e.Position, true) }

// MouseMoved is called by Fyne.
func (v *TextView) MouseMoved(e *desktop.MouseEvent) { v.hover(e.Position, true) }

// MouseOut is called by Fyne.
func (v *TextView) MouseOut() { v.hover(fyne.Position{}, false) }

// hover finds what lies under the pointer and says so.
func (v *TextView) hover(p fyne.Position, inside bool) {
	m := &v.mouse
	mark, fix, words := -1, -1, ""
	overBar := inside && v.onBar(p)
	overGrip := noSide
	if inside && !overBar {
		overGrip = v.gripAt(p)
	}
	g := v.geometry()
	overText := inside && !overBar && p.X >= g.x-8 && p.X < g.x+g.w+8
	row := -1
	if l := v.labelAt(p); l != nil && inside && !overBar {
		if l.more != nil || l.boxed {
			row = l.row
		}
		if mark = l.mark; mark >= 0 {
			words = v.markWords(mark)
		} else {
			words = v.allWords(l.more)
		}
	} else if at, ok := v.clusterAt(p); ok && overText {
		mark, fix, words = v.underPos(at)
	}
	changed := !m.seen && (mark >= 0 || fix >= 0) || m.seen && (mark != m.mark || fix != m.fix) || overBar != m.overBar || overGrip != m.overGrip || row != m.moreRow
	m.moreRow = row
	m.overGrip = overGrip
	m.mark, m.fix, m.overBar, m.overText, m.seen = mark, fix, overBar, overText, true
	if changed {
		v.repaint()
	}
	if words != m.words {
		m.words = words
		if v.OnHover != nil {
			v.OnHover(words)
		}
	}
}

// underPos is what stands at a cluster: the shortest mark, a correction, and
// all of it in words.
func (v *TextView) underPos(at int) (mark, fix int, words string) {
	mark, fix = -1, -1
	var said []string
	short := -1
	v.model.marks.Each(at, at+1, func(i int, s Span, _ int) {
		if s.Len() == 0 {
			return
		}
		said = append(said, v.markWords(i))
		if mark < 0 || s.Len() < short {
			mark, short = i, s.Len()
		}
	})
	v.model.corrections.Each(at, at+1, func(i int, s Span, _ int) {
		fix = i
		said = append(said, v.fixWords(i))
	})
	return mark, fix, strings.Join(said, " · ")
}

// markWords is a mark in words: its label, its state and what is said of it.
func (v *TextView) markWords(i int) string {
	m := v.model.shown.Marks[i]
	words := m.Label
	if state := v.state(m); state != "" {
		words += " (" + state + ")"
	}
	if m.Note != "" {
		words += ": " + m.Note
	}
	return words
}

func (v *TextView) state(m MarkSpan) string {
	switch {
	case m.LookAgain:
		return v.Words.LookAgain
	case m.Proposed && m.State != "":
		return m.State
	case m.Proposed:
		return v.Words.Proposed
	}
	return ""
}

// fixWords is a correction in words: what stood there and what stands there.
func (v *TextView) fixWords(i int) string {
	c := v.model.shown.Corrections[i]
	s := v.model.cut(c.Span)
	now := v.model.text.Slice(s.Start, s.End)
	if now == "" {
		now = "(" + v.Words.Deleted + ")"
	}
	return c.Old + " → " + now
}
