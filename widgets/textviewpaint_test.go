package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
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
