package widgets

import (
	"fmt"
	"image/color"
	"math/rand"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/widgets/look"
	"fonds/widgets/textlayout"
	"fonds/widgets/textpaint"
)

// drawn are the decorations of a kind on a span.
func drawn(v *TextView, s Span, k textpaint.Kind) []textpaint.Decoration {
	var out []textpaint.Decoration
	for _, d := range v.decorations(look.Current(), 0, v.model.text.Len()) {
		if d.Span == s && d.Kind == k {
			out = append(out, d)
		}
	}
	return out
}

func TestTextViewHits(t *testing.T) {
	for _, mode := range []look.Mode{look.Light, look.Dark, look.HighContrast} {
		v, _, _ := newView(t, 900, 200)
		setLook(mode)
		hits := textlayout.Find(v.model.text, "司法厅", false, nil)
		if len(hits) < 4 {
			t.Fatalf("%d hits", len(hits))
		}
		v.SetHits(hits, 1)
		plain, now := drawn(v, hits[2], textpaint.Frame), drawn(v, hits[1], textpaint.Frame)
		if len(plain) != 1 || len(now) != 1 || now[0].Thick <= plain[0].Thick {
			t.Errorf("mode %d: frames %v and %v", mode, plain, now)
		}
		weak, strong := drawn(v, hits[2], textpaint.Band), drawn(v, hits[1], textpaint.Band)
		if a, b := weak[len(weak)-1].Color.A, strong[len(strong)-1].Color.A; mode != look.HighContrast && b <= a {
			t.Errorf("mode %d: bands of %d and, the current one, %d", mode, a, b)
		}
		v.SetHits(nil, -1)
		if got := drawn(v, hits[2], textpaint.Frame); len(got) != 0 {
			t.Errorf("mode %d: taken away, still %v", mode, got)
		}
	}
	setLook(look.Light)
}

// What a jump flashed goes out when something else is found, or another hit is the
// current one; finding the same again leaves it.
func TestTextViewFlashEndsWithTheHits(t *testing.T) {
	v, _, _ := newView(t, 900, 200)
	hits, other := textlayout.Find(v.model.text, "司法厅", false, nil), textlayout.Find(v.model.text, "司法", false, nil)
	for _, tt := range []struct {
		what    string
		hits    []Span
		current int
		want    Span
	}{
		{"the same again", hits, 1, hits[1]},
		{"the next", hits, 2, Span{}},
		{"other words", other, 1, Span{}},
		{"nothing any more", nil, -1, Span{}},
	} {
		v.SetHits(hits, 1)
		v.Jump(hits[1])
		v.SetHits(tt.hits, tt.current)
		if v.flash != tt.want {
			t.Errorf("%s: the flash is on %v, want %v", tt.what, v.flash, tt.want)
		}
	}
	v.Jump(hits[2])
	v.SetHits(hits, 2)
	if v.flash != hits[2] {
		t.Errorf("a jump before its hit is drawn: the flash is on %v", v.flash)
	}
}

func TestTextViewHitsFollowTheText(t *testing.T) {
	v, _, _ := newView(t, 900, 400)
	hits := textlayout.Find(v.model.text, "李振国", false, nil)
	v.SetHits([]Span{hits[1], hits[0]}, 0) // also when they are handed in out of order
	s := viewShown()
	s.Text = "前言" + s.Text
	s.Marks, s.Corrections = nil, nil
	v.SetShown(s)
	want := fmt.Sprint(textlayout.Find(v.model.text, "李振国", false, nil))
	if got := fmt.Sprint(v.hits.spans); got != want || v.hits.current != 1 {
		t.Errorf("hits %v, current %d; want %v and 1", got, v.hits.current, want)
	}
	s.Key = "other"
	v.SetShown(s)
	if len(v.hits.spans) != 0 {
		t.Error("the hits of one document stand in another")
	}
}

// Each hit has a tick where the scroll bar would bring it, and no tick stands
// where nothing is.
func TestTextViewTicks(t *testing.T) {
	v, _, _ := newView(t, 900, 300)
	v.SetShown(Shown{Key: "ticks", Text: pageText(300)})
	rnd := rand.New(rand.NewSource(2))
	var hits []Span
	for p := 0; p < v.model.text.Len(); p += 400 + rnd.Intn(2500) {
		hits = append(hits, Span{Start: p, End: p + 2})
	}
	picture := func() map[int]bool {
		img := v.generate(900, 300)
		rows := map[int]bool{}
		for y := range 300 {
			if img.At(int(900-barZone)+2, y) != color.Color(color.RGBA(look.Current().Paper)) {
				rows[y] = true
			}
		}
		return rows
	}
	v.scroll = v.view().Last()
	without := picture()
	v.SetHits(hits, -1)
	with := picture()
	for _, h := range hits {
		if y := int(v.tickY(v.model.layout.RowAt(h.Start))); !with[y] && !with[y-1] && !with[y+1] && !with[y-2] && !with[y+2] && !with[y-3] && !with[y+3] {
			t.Errorf("no tick at %d for the hit at %d", y, h.Start)
		}
	}
	if len(with) <= len(without) || len(with) > len(without)+3*len(hits) {
		t.Errorf("%d rows with ticks, %d without, %d hits", len(with), len(without), len(hits))
	}
}

func TestTextViewJumps(t *testing.T) {
	v, _, _ := newView(t, 700, 160)
	scrolled := 0
	v.OnScroll = func() { scrolled++ }
	if v.Back() || v.Forward() {
		t.Error("has somewhere to go back to from the beginning")
	}
	v.Select(at(viewSample, "22.11.2015", 0))
	top, _ := v.Top()
	v.Jump(at(viewSample, "就是全部", 0))
	if v.flash != at(viewSample, "就是全部", 0) || v.Caret() != v.flash.Start || scrolled != 1 {
		t.Errorf("flashes %v, caret %d, scrolled %d times", v.flash, v.Caret(), scrolled)
	}
	second, _ := v.Top()
	v.Jump(at(viewSample, "蔡旭东", 0))
	for _, want := range []int{second, top} {
		if got, _ := v.Top(); !v.Back() {
			t.Errorf("cannot go back from %d", got)
		}
		if got, _ := v.Top(); got != want {
			t.Errorf("back at %d, want %d", got, want)
		}
	}
	if got := v.SelectedText(); got != "22.11.2015" {
		t.Errorf("back with %q selected", got)
	}
	// A change of the text before it takes the trail along.
	s := viewShown()
	s.Text = "更正" + s.Text
	s.Marks, s.Corrections = nil, nil
	v.SetShown(s)
	if !v.Forward() || v.Caret() != at(viewSample, "就是全部", 0).Start+2 {
		t.Errorf("forward to %d", v.Caret())
	}
	if v.Back(); v.SelectedText() != "22.11.2015" {
		t.Errorf("back again with %q selected", v.SelectedText())
	}
	v.Jump(Span{Start: 3, End: 3})
	if v.Forward() {
		t.Error("a jump must end the way forward")
	}
	s.Key = "d2"
	v.SetShown(s)
	if v.Back() {
		t.Error("went back into another document")
	}
}

// Two views scroll together without end.
func TestTextViewFollows(t *testing.T) {
	a, _, _ := newView(t, 700, 160)
	b, _, _ := newView(t, 500, 160)
	calls := 0
	a.OnScroll = func() { calls++; b.SetTop(a.Top()) }
	b.OnScroll = func() { calls++; a.SetTop(b.Top()) }
	a.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -61)})
	pos, share := a.Top()
	row := b.model.layout.Rows[b.scroll.Row]
	if calls != 1 || int(row.Start) > pos || int(row.End) <= pos {
		t.Errorf("%d calls; a stands at %d, b at %v", calls, pos, row)
	}
	if _, got := b.Top(); abs(got-share) > 0.01 {
		t.Errorf("b stands %v into its row, a %v", got, share)
	}
	a.SetTop(1<<30, 0)
	if a.scroll != a.view().Last() || calls != 1 {
		t.Errorf("beyond the end: %v, %d calls", a.scroll, calls)
	}
}

func TestTextViewBorders(t *testing.T) {
	v, log, _ := newView(t, 900, 700)
	var told []string
	v.OnBorders = func(id string, s Span) {
		told = append(told, fmt.Sprintf("%s %s", id, v.model.text.Slice(s.Start, s.End)))
	}
	name := at(viewSample, "李振国", 0)
	grip := func(s side) fyne.Position {
		sp, ok := v.activeSpan()
		if !ok {
			t.Fatal("no handles")
		}
		x, y, _ := v.grip(sp, s)
		return fyne.NewPos(x, y+v.geometry().row/2)
	}
	drag := func(from, to fyne.Position) {
		e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
		e.Position = from
		v.MouseDown(e)
		d := &fyne.DragEvent{}
		d.Position = to
		v.Dragged(d)
		v.generate(900, 700)
		e.Position = to
		v.MouseUp(e)
		v.DragEnd()
	}
	v.SetActive("nobody")
	if _, ok := v.activeSpan(); ok {
		t.Error("a mark that is not there has handles")
	}
	v.SetActive("m3")
	drag(grip(endSide), v.place(name.End+2))
	drag(grip(startSide), v.place(name.Start-2))
	if fmt.Sprint(told) != "[m3 李振国出席 m3 厅长李振国]" {
		t.Errorf("told %v", told)
	}
	// Dragged past the other border one character stays.
	drag(grip(endSide), v.place(name.Start-20))
	if got := told[len(told)-1]; got != "m3 李" {
		t.Errorf("dragged past the beginning: %s", got)
	}
	drag(grip(startSide), v.place(name.End+20))
	if got := told[len(told)-1]; got != "m3 国" {
		t.Errorf("dragged past the end: %s", got)
	}
	n := len(told)
	drag(grip(startSide), grip(startSide))
	if len(told) != n {
		t.Errorf("told of a drag to nowhere: %v", told)
	}
	if len(log.spans) != 0 {
		t.Errorf("dragging a border selected %v", log.spans)
	}
	// Escape leaves the mark as it is.
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = grip(startSide)
	v.MouseDown(e)
	d := &fyne.DragEvent{}
	d.Position = v.place(name.Start - 5)
	v.Dragged(d)
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	v.MouseUp(e)
	if len(told) != n {
		t.Errorf("Escape: %v", told[n:])
	}
	v.SetActive("")
	if got := v.gripAt(v.place(name.Start)); got != noSide {
		t.Error("handles without an active mark")
	}
}

// Whatever is dragged to wherever: never empty, on borders of clusters.
func TestTextViewBordersHold(t *testing.T) {
	v, _, _ := newView(t, 500, 260)
	text := "e\u0301a👨\u200d👩\u200d👧b司法\r\n厅 e\u0302\u0301" + viewSample
	v.SetShown(Shown{Key: "odd", Text: text, Marks: []MarkSpan{{ID: "m", Span: Span{Start: 3, End: 12}, Label: "x"}}})
	rnd := rand.New(rand.NewSource(8))
	v.OnBorders = func(_ string, s Span) {
		if s.Len() <= 0 || s != v.model.layout.Snap(s) {
			t.Fatalf("told of %v", s)
		}
		v.SetShown(Shown{Key: "odd", Text: text, Marks: []MarkSpan{{ID: "m", Span: s, Label: "x"}}})
	}
	v.SetActive("m")
	for range 400 {
		sp, _ := v.activeSpan()
		which := side(1 + rnd.Intn(2))
		x, y, _ := v.grip(sp, which)
		e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
		e.Position = fyne.NewPos(x, y+5)
		v.MouseDown(e)
		for range 3 {
			d := &fyne.DragEvent{}
			d.Position = fyne.NewPos(rnd.Float32()*500, rnd.Float32()*300-20)
			v.Dragged(d)
		}
		v.MouseUp(e)
		v.DragEnd()
	}
}

func TestTextViewDifferences(t *testing.T) {
	v, _, _ := newView(t, 900, 300)
	a, b := at(viewSample, "李振国", 0), at(viewSample, "蔡旭东", 0)
	v.SetShown(Shown{Key: "d1", Text: viewSample, Gone: []Span{a}, New: []Span{b}})
	if len(drawn(v, a, textpaint.Strike)) != 1 || len(drawn(v, b, textpaint.Frame)) != 1 || len(drawn(v, b, textpaint.Strike)) != 0 {
		t.Error("gone words are struck, new ones framed")
	}
	v.generate(900, 300)
}
