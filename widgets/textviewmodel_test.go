package widgets

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/widgets/textlayout"
)

func TestTextViewKeepsItsPlace(t *testing.T) {
	v, log, _ := newView(t, 700, 200)
	name := at(viewSample, "蔡旭东", 0)
	v.Select(name)
	if y := v.rowY(v.model.layout.RowAt(name.Start)); y < 0 || y > 180 {
		t.Errorf("the selected row stands at %v", y)
	}
	if len(log.spans) != 1 {
		t.Errorf("told of %v", log.spans)
	}
	top := v.model.layout.Rows[v.scroll.Row].Start
	// A correction before the selection makes the text three longer.
	s := viewShown()
	s.Text = "更正后" + s.Text
	s.Marks, s.Corrections, s.Evidence, s.Furniture = nil, nil, nil, nil
	v.SetShown(s)
	if got := v.SelectedText(); got != "蔡旭东" {
		t.Errorf("selected %q after a change before it", got)
	}
	if now := v.model.layout.Rows[v.scroll.Row]; int(now.Start) > int(top)+3 || int(now.End) <= int(top)+3 {
		t.Errorf("the top row is %v, want the one that holds %d", now, top+3)
	}
	v.Resize(fyne.NewSize(500, 200))
	if now := v.model.layout.Rows[v.scroll.Row]; int(now.Start) > int(top)+3 || int(now.End) <= int(top)+3 {
		t.Errorf("after a change of width the top row is %v, want the one that holds %d", now, top+3)
	}
	s.Key = "d2"
	v.SetShown(s)
	if _, any := v.Selection(); any || v.Caret() != 0 || v.scroll != (textlayout.Scroll{}) {
		t.Error("another document must begin at its top with nothing selected")
	}
	if got := log.spans[len(log.spans)-1]; got != "0 0 false" {
		t.Errorf("last told of %q", got)
	}
}

func TestTextViewBigTextsComeLater(t *testing.T) {
	v, _, _ := newView(t, 900, 500)
	var work, ui []func()
	v.Go = func(f func()) { work = append(work, f) }
	v.Do = func(f func()) { ui = append(ui, f) }
	run := func(q *[]func()) {
		todo := *q
		*q = nil
		for _, f := range todo {
			f()
		}
	}
	big := func(words string) string { return strings.Repeat(words, 2*inlineLimit/len(words)) }
	v.SetShown(Shown{Key: "a", Text: big("甲乙丙丁")})
	if !strings.HasPrefix(v.Text(), "甲乙丙丁") || len(v.Text()) > inlineLimit {
		t.Error("the old document stands under the new one's name")
	}
	v.Select(Span{Start: 1000, End: 1002})
	v.SetShown(Shown{Key: "b", Text: big("子丑寅卯")}) // before the first is done
	v.Select(Span{Start: 40000, End: 40004})
	if len(work) != 1 {
		t.Fatalf("%d layouts at once, want 1", len(work))
	}
	run(&work)
	run(&ui)
	if !strings.HasPrefix(v.Text(), "子丑寅卯") || len(v.Text()) > inlineLimit {
		t.Error("a late result was shown")
	}
	run(&work)
	run(&ui)
	if got := v.SelectedText(); got != "子丑寅卯" {
		t.Errorf("selected %q", got)
	}
	if v.scroll.Row == 0 {
		t.Error("has not scrolled to the selection")
	}
	if len(work)+len(ui) != 0 {
		t.Error("something is left to do")
	}
	// Drawing in between must not fail.
	v.generate(900, 500)
}

// Anything that is thrown at a view keeps the caret on borders and its
// promises to the caller.
func TestTextViewHoldsUnderAnyInput(t *testing.T) {
	v, _, _ := newView(t, 600, 200)
	rnd := rand.New(rand.NewSource(5))
	keys := []fyne.KeyName{
		fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd,
	}
	texts := []string{viewSample, "", "e\u0301\u0302e\u0301", "👨\u200d👩\u200d👧a\r\n\r\nb", "سلام עולם กำ", "\x00\x01\ufffe\u200b", strings.Repeat("词", 500)}
	var held fyne.KeyModifier
	v.guard.c = &composition{modifiers: func() fyne.KeyModifier { return held }}
	for i := range 4000 {
		switch rnd.Intn(9) {
		case 0:
			s := Shown{Key: fmt.Sprint(rnd.Intn(2)), Text: texts[rnd.Intn(len(texts))]}
			for range rnd.Intn(4) {
				a := rnd.Intn(60) - 5
				sp := Span{Start: a, End: a + rnd.Intn(30) - 3}
				s.Marks = append(s.Marks, MarkSpan{Span: sp, Label: "x", Style: rnd.Intn(30) - 10, Proposed: rnd.Intn(2) == 0})
				s.Corrections = append(s.Corrections, CorrectionSpan{Span: sp, Old: "旧"})
				s.Evidence, s.Furniture = append(s.Evidence, sp), append(s.Furniture, sp)
			}
			v.SetShown(s)
		case 1:
			v.Select(Span{Start: rnd.Intn(80) - 10, End: rnd.Intn(80) - 10})
		case 2:
			clickAt(v, fyne.NewPos(rnd.Float32()*700-50, rnd.Float32()*300-50), 0, desktop.MouseButtonPrimary)
		case 3:
			v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, rnd.Float32()*400-200)})
		case 4:
			e := &desktop.MouseEvent{}
			e.Position = fyne.NewPos(rnd.Float32()*700, rnd.Float32()*300)
			v.MouseMoved(e)
			v.Flash(Span{Start: rnd.Intn(50), End: rnd.Intn(50)})
		case 5:
			v.Resize(fyne.NewSize(rnd.Float32()*900, rnd.Float32()*400))
			v.SetZoom(float32(rnd.Intn(50)))
		default:
			held = fyne.KeyModifier(rnd.Intn(2)) * fyne.KeyModifierShift
			v.TypedKey(&fyne.KeyEvent{Name: keys[rnd.Intn(len(keys))]})
		}
		if i%7 == 0 {
			v.generate(int(v.Size().Width)+1, int(v.Size().Height)+1)
		}
		l := v.model.layout
		for _, p := range []int{v.anchor, v.head} {
			if p < 0 || p > l.Text.Len() || l.Floor(p) != p {
				t.Fatalf("step %d: an end of the selection is %d in a text of %d", i, p, l.Text.Len())
			}
		}
		if v.scroll != v.view().Clamp(v.scroll) {
			t.Fatalf("step %d: scrolled to %v, beyond %v", i, v.scroll, v.view().Last())
		}
		if at, size := v.Around(Span{Start: v.Caret(), End: v.Caret()}); at.Y < 0 || size.Height < 0 || at.Y+size.Height > v.Size().Height {
			t.Fatalf("step %d: around the caret is %v, %v", i, at, size)
		}
	}
}

// Zooming and changing the width again and again leaves the words at the top
// where they are: nothing creeps.
func TestTextViewZoomKeepsThePlace(t *testing.T) {
	v, _, _ := newView(t, 900, 400)
	v.SetShown(Shown{Key: "long", Text: lawText(60_000)})
	v.SetTop(5000, 0)
	top, _ := v.Top()
	rnd := rand.New(rand.NewSource(4))
	for range 25 {
		v.SetZoom(float32(11 + rnd.Intn(30)))
		v.Resize(fyne.NewSize(300+rnd.Float32()*900, 400))
		if row := v.model.layout.Rows[v.scroll.Row]; int(row.Start) > top || int(row.End) <= top {
			t.Fatalf("the row at the top is %v, want the one that holds %d", row, top)
		}
	}
	v.SetZoom(16)
	v.Resize(fyne.NewSize(900, 400))
	if got, _ := v.Top(); got != top {
		t.Errorf("back at the old size the top is %d, want %d", got, top)
	}
}

// Whatever comes while a big text is laid out elsewhere, the view ends with what
// was asked for last, laid out as if at once.
func TestTextViewBigTextsEndExact(t *testing.T) {
	rnd := rand.New(rand.NewSource(14))
	texts := []string{lawText(2 * inlineLimit), lawText(3*inlineLimit) + "甲", "短", ""}
	for round := range 15 {
		v, _, _ := newView(t, 700, 300)
		v.Resize(fyne.NewSize(700, 300))
		var work, ui []func()
		v.Go = func(f func()) { work = append(work, f) }
		v.Do = func(f func()) { ui = append(ui, f) }
		step := func(q *[]func()) bool {
			if len(*q) == 0 {
				return false
			}
			f := (*q)[0]
			*q = (*q)[1:]
			f()
			return true
		}
		last, width, marks, selected := texts[0], float32(700), 0, Span{}
		key := "a"
		for range 25 {
			switch rnd.Intn(9) {
			case 0:
				key, last, selected = fmt.Sprint(rnd.Intn(3)), texts[rnd.Intn(len(texts))], Span{}
				marks = rnd.Intn(5)
			case 1: // a change in one place
				if at := rnd.Intn(len(last) + 1); key != "" {
					for at > 0 && at < len(last) && last[at]&0xC0 == 0x80 {
						at--
					}
					last = last[:at] + "改" + last[at:]
				}
			case 2:
				width = 400 + rnd.Float32()*500
			case 3:
				v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, rnd.Float32()*2000-1500)})
			case 4, 5:
				step(&work)
			case 6, 7:
				step(&ui)
			case 8:
				v.generate(700, 300)
				v.moveTo(v.model.layout.Next(v.head), rnd.Intn(2) == 0)
				v.hover(fyne.NewPos(rnd.Float32()*700, rnd.Float32()*300), true)
			}
			v.Resize(fyne.NewSize(width, 300))
			s := Shown{Key: key, Text: last}
			for i := range marks {
				s.Marks = append(s.Marks, MarkSpan{ID: fmt.Sprint(i), Span: Span{Start: 100 * i, End: 100*i + 5}, Label: "x"})
			}
			v.SetShown(s)
			if selected != (Span{}) {
				v.Select(selected)
			}
		}
		for step(&work) || step(&ui) {
		}
		want := textlayout.Wrap(textlayout.NewText(last), v.params(&v.want))
		if v.stale() || v.Text() != last || len(v.model.shown.Marks) != marks || !slices.Equal(v.model.layout.Rows, want.Rows) {
			t.Fatalf("round %d: %d bytes in %d rows with %d marks, want %d in %d with %d", round,
				len(v.Text()), len(v.model.layout.Rows), len(v.model.shown.Marks), len(last), len(want.Rows), marks)
		}
		if p := v.model.layout.Floor(v.head); p != v.head {
			t.Fatalf("round %d: the caret stands at %d, within a cluster", round, v.head)
		}
	}
}
