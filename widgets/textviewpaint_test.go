package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/widgets/look"
	"fonds/widgets/textpaint"
)

func TestTextViewPictures(t *testing.T) {
	picture(t, "textview", 900, 640, func() (fyne.CanvasObject, func(fyne.Canvas)) {
		v := NewTextView(testFace(t))
		v.SetShown(viewShown())
		return v, func(c fyne.Canvas) {
			c.Focus(v)
			v.Select(at(viewSample, "部署要求,进一步引导", 0))
			v.Flash(at(viewSample, "1,234.56", 0))
			e := &desktop.MouseEvent{}
			e.Position = v.place(at(viewSample, "把使命", 0).Start)
			v.MouseMoved(e)
		}
	})
}

func TestTextViewPicturesOfOddTexts(t *testing.T) {
	picture(t, "textview-odd", 480, 420, func() (fyne.CanvasObject, func(fyne.Canvas)) {
		v := NewTextView(testFace(t))
		v.SetZoom(20)
		text := "Plain “English” with ‘quotes’, isn’t it? We met on 16 November.\nThe e\u0301tude, nai\u0308ve; e\u0323\u0302 x\u0302; \ue123 \x01 \U000323AF 👍🏽 سلام עולם ไทยกำ 한국어.\n\n\t甲\t乙\n　　首行缩进，然后换行：（括号里的文字）不在行尾。"
		s := Shown{Key: "odd", Text: text}
		for i := range 6 {
			s.Marks = append(s.Marks, MarkSpan{ID: fmt.Sprint(i), Span: Span{Start: 4 * i, End: 4*i + 18}, Label: "label " + fmt.Sprint(i), Style: i})
		}
		v.SetShown(s)
		return v, func(c fyne.Canvas) { c.Focus(v) }
	})
}

func TestTextViewPicturesOfDenseRows(t *testing.T) {
	picture(t, "textview-dense", 900, 420, func() (fyne.CanvasObject, func(fyne.Canvas)) {
		v := NewTextView(testFace(t))
		s := Shown{Key: "dense", Text: viewSample}
		labels := []string{"组织", "职务", "人物", "日期", "地点", "事件"}
		n := at(viewSample, "为认真", 0).Start
		for i := range 26 {
			s.Marks = append(s.Marks, MarkSpan{ID: fmt.Sprint("m", i), Span: Span{Start: n + 7*i, End: n + 7*i + 3 + i%9}, Label: labels[i%6], Style: i % 10, Proposed: i%5 == 0, LookAgain: i%7 == 3})
		}
		s.Gone = []Span{at(viewSample, "本文来源", 0)}
		s.New = []Span{at(viewSample, "www.nxsft", 0)}
		v.OnBorders = func(string, Span) {}
		v.SetShown(s)
		return v, func(c fyne.Canvas) {
			c.Focus(v)
			v.SetHits([]Span{at(viewSample, "司法厅", 0), at(viewSample, "司法厅", 1), at(viewSample, "司法厅", 2), at(viewSample, "司法厅", 3)}, 2)
			v.SetActive("m4")
			v.Select(at(viewSample, "业务工作特点", 0))
			c.Capture()
			for _, l := range v.labels {
				if l.more != nil {
					e := &desktop.MouseEvent{}
					e.Position = fyne.NewPos(l.x+5, l.y+5)
					v.MouseMoved(e)
					break
				}
			}
		}
	})
}

// What is furniture of a page is never taken for the document's words, in no colours.
func TestFurnitureHasAnInkOfItsOwn(t *testing.T) {
	v := NewTextView(testFace(t))
	v.SetShown(viewShown())
	for _, mode := range []look.Mode{look.Light, look.Dark, look.HighContrast} {
		p, said := look.For(mode), false
		for _, d := range v.decorations(p, 0, len([]rune(viewSample))) {
			said = said || d.Kind == textpaint.Ink && d.Color != p.Ink
		}
		if !said {
			t.Errorf("mode %d: nothing tells it from the text", mode)
		}
	}
}

// The lines of a piece of a text have the numbers that they have in the whole.
func TestLineNumbersOfAPiece(t *testing.T) {
	v := NewTextView()
	v.Resize(fyne.NewSize(600, 300))
	v.SetShown(Shown{Key: "a", Text: "一\n二\n三"})
	left := v.geometry().number
	if n, first := v.number(2); n != 3 || !first {
		t.Errorf("the third row is of line %d", n)
	}
	v.SetShown(Shown{Key: "b", Text: "一\n二\n三", Line: 99_998})
	if n, first := v.number(2); n != 100_000 || !first {
		t.Errorf("the third row of the piece is of line %d", n)
	}
	if now := v.geometry().number; now <= left {
		t.Errorf("for six figures there is room up to %v, for one up to %v", now, left)
	}
}
