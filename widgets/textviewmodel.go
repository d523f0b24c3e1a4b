package widgets

import (
	"strings"
	"sync/atomic"

	"fonds/widgets/textlayout"
)

const (
	// inlineLimit is the size in bytes from which a text is laid out on another
	// goroutine: below it takes less than a millisecond.
	inlineLimit = 128 << 10
	// firstPart is how much of a big text, in bytes, is laid out at once to be
	// shown until the rest is: some hundred rows more than any screen has.
	firstPart = 48 << 10
	// partBefore and partBehind are how many code points around the top of the
	// view are laid out at once when the column of a big text changes.
	partBefore, partBehind = 4 << 10, 12 << 10
	// progressStep is how many bytes are laid out from one word of progress to
	// the next.
	progressStep = 4 << 20
)

// wanted is what a view has been asked to show and how.
type wanted struct {
	shown  Shown
	serial uint64  // counts what was handed in: marks may differ where texts are equal
	lines  int     // source lines, for the room of their numbers
	ratio  float32 // row height to letter size
	width  float32 // of the column
	size   float32 // of the letters
}

// take puts another text into what is wanted. A text that is equal keeps its
// string, so that it is known again without being compared.
func (w *wanted) take(s Shown) {
	if s.Text == w.shown.Text {
		s.Text = w.shown.Text
	} else {
		w.lines, w.ratio = countLines(s.Text), 1.5
		if textlayout.Chinese(s.Text) {
			w.ratio = 1.65
		}
	}
	w.shown = s
	w.serial++
}

// countLines is the number of source lines, of a huge text a generous guess by
// its beginning: it is for the room of the numbers only.
func countLines(s string) int {
	const most = 16 << 20
	if len(s) <= most {
		return 1 + strings.Count(s, "\n")
	}
	return int(1.5 * float64(strings.Count(s[:most], "\n")) * float64(len(s)) / most)
}

// fits reports whether a layout for w is one for x.
func (w *wanted) fits(x *wanted) bool {
	return w.shown.Key == x.shown.Key && w.width == x.width && w.size == x.size && w.shown.Text == x.shown.Text
}

// textModel is a text laid out with all that is drawn on it. Immutable.
type textModel struct {
	wanted
	text        *textlayout.Text
	layout      *textlayout.Layout
	marks       *textlayout.Intervals
	corrections *textlayout.Intervals
	evidence    *textlayout.Intervals
	furniture   *textlayout.Intervals
	gone, fresh *textlayout.Intervals

	prefix  bool                // the text is only the beginning of the wanted one
	from    *textlayout.Text    // what the text was made from, by changes; or nil
	changes []textlayout.Change // see from
}

// whole reports whether all of the text is laid out.
func (m *textModel) whole() bool { return !m.prefix && !m.layout.Part() }

// cut keeps a span within the text.
func (m *textModel) cut(s Span) Span {
	n := m.text.Len()
	return Span{Start: min(max(s.Start, 0), n), End: min(max(s.End, 0), n)}
}

// params are how a text is laid out for w.
func (v *TextView) params(w *wanted) textlayout.Params {
	return textlayout.Params{Width: w.width, Tab: 4 * w.size, Advance: v.fonts.AdvanceAt(w.size), Narrow: v.fonts.NarrowAt(w.size)}
}

// build makes a model, from parts of an older one where they are the same. It
// runs on any goroutine; tick is that of textlayout.WrapAll, and a nil model
// means that it was given up.
func (v *TextView) build(w wanted, old *textModel, tick func(int) bool) *textModel {
	m := &textModel{wanted: w}
	kin := old != nil && !old.prefix && old.shown.Key == w.shown.Key
	switch {
	case kin && old.shown.Text == w.shown.Text:
		m.text = old.text
	case kin:
		m.from = old.text
		m.text, m.changes = old.text.Edited(w.shown.Text)
	default:
		m.text = textlayout.NewText(w.shown.Text)
	}
	switch alike := kin && old.width == w.width && old.size == w.size && old.whole(); {
	case alike && m.text == old.text:
		m.layout = old.layout
	case alike && m.from != nil:
		m.layout = old.layout.Rewrap(m.text, m.changes)
	default:
		m.layout = textlayout.WrapAll(m.text, v.params(&w), tick)
	}
	if m.layout == nil {
		return nil
	}
	m.index()
	return m
}

// index makes what is drawn findable by its place.
func (m *textModel) index() {
	marks := make([]Span, len(m.shown.Marks))
	for i, s := range m.shown.Marks {
		marks[i] = m.cut(s.Span)
	}
	corrections := make([]Span, len(m.shown.Corrections))
	for i, s := range m.shown.Corrections {
		corrections[i] = m.cut(s.Span)
	}
	m.marks = textlayout.NewIntervals(marks)
	m.corrections = textlayout.NewIntervals(corrections)
	m.evidence = textlayout.NewIntervals(m.shown.Evidence)
	m.furniture = textlayout.NewIntervals(m.shown.Furniture)
	m.gone, m.fresh = textlayout.NewIntervals(m.shown.Gone), textlayout.NewIntervals(m.shown.New)
}

// beginning is the first part of a big text, laid out as in the whole, with
// what is drawn there.
func (v *TextView) beginning(w wanted) *textModel {
	s := &w.shown
	cut := firstPart
	if i := strings.LastIndexByte(s.Text[:cut], '\n'); i > cut/4 {
		cut = i + 1
	}
	for cut > 0 && s.Text[cut]&0xC0 == 0x80 {
		cut--
	}
	s.Text = s.Text[:cut]
	m := &textModel{wanted: w, prefix: true, text: textlayout.NewText(s.Text)}
	n := m.text.Len()
	m.shown.Marks = begun(s.Marks, n, func(x MarkSpan) int { return x.Start })
	m.shown.Corrections = begun(s.Corrections, n, func(x CorrectionSpan) int { return x.Start })
	for _, list := range []*[]Span{&m.shown.Evidence, &m.shown.Furniture, &m.shown.Gone, &m.shown.New} {
		*list = begun(*list, n, func(x Span) int { return x.Start })
	}
	m.layout = textlayout.Wrap(m.text, v.params(&w))
	m.index()
	return m
}

// begun are those of a list that begin before a position.
func begun[T any](list []T, n int, start func(T) int) []T {
	var out []T
	for _, x := range list {
		if start(x) < n {
			out = append(out, x)
		}
	}
	return out
}

// around is the model in another column or size, laid out around the top of
// the view only.
func (v *TextView) around(w wanted, old *textModel) *textModel {
	m := *old
	m.wanted = w
	m.from, m.changes = nil, nil
	top := v.topPos()
	line, _ := old.layout.Line(old.layout.RowAt(top))
	m.layout = textlayout.WrapPart(m.text, v.params(&w), top, line, partBefore, partBehind)
	if old.serial != w.serial {
		m.index()
	}
	return &m
}

// layoutJob is the layout that is being made on another goroutine.
type layoutJob struct {
	wanted
	given atomic.Bool // given up
}
