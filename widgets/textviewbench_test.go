package widgets

import (
	"math/rand"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"fonds/widgets/look"
)

// seedText is the document that the first screen must show fast.
func seedText(b *testing.B) string {
	data, err := os.ReadFile("../../shared/seed/000_9213c3033239642a.txt")
	if err != nil {
		b.Skip("the seed document is not on this machine")
	}
	return string(data)
}

func BenchmarkTextViewSeedModel(b *testing.B) {
	setLook(look.Light)
	face, text := testFace(b), seedText(b)
	for b.Loop() {
		v := NewTextView(face)
		v.Resize(fyne.NewSize(1000, 800))
		v.SetShown(Shown{Key: "a", Text: text})
	}
}

func BenchmarkTextViewSeedFirstPaint(b *testing.B) {
	setLook(look.Light)
	face, text := testFace(b), seedText(b)
	for b.Loop() {
		v := NewTextView(face)
		v.Resize(fyne.NewSize(1000, 800))
		v.SetShown(Shown{Key: "a", Text: text})
		v.generate(1000, 800)
	}
}

// The next two are the same page, 38 rows of 40 Han, every row new: painted by
// the view, and as a pooled canvas.Text for each row, both through the canvas.
func BenchmarkTextViewPageFlip(b *testing.B) {
	setLook(look.Light)
	v := NewTextView(testFace(b))
	win := test.NewWindow(v)
	defer win.Close()
	win.SetPadded(false)
	win.Resize(fyne.NewSize(1000, 800))
	v.zoom = 13 // 38 rows of a page in 800 pixels
	v.SetShown(Shown{Key: "a", Text: pageText(400)})
	win.Canvas().Capture()
	for i := 0; b.Loop(); i++ {
		v.scroll.Row = i % 9 * 38
		win.Canvas().Capture()
	}
}

func BenchmarkTextViewPageFlipPaintOnly(b *testing.B) {
	setLook(look.Light)
	v := NewTextView(testFace(b))
	v.zoom = 13
	v.Resize(fyne.NewSize(1000, 800))
	v.SetShown(Shown{Key: "a", Text: pageText(400)})
	for i := 0; b.Loop(); i++ {
		v.scroll.Row = i % 9 * 38
		v.generate(1000, 800)
	}
}

func BenchmarkCanvasTextPageFlip(b *testing.B) {
	setLook(look.Light)
	rows := strings.Split(pageText(400), "\n")
	box := container.NewWithoutLayout()
	texts := make([]*canvas.Text, 38)
	for i := range texts {
		texts[i] = canvas.NewText("", look.For(look.Light).Ink)
		texts[i].TextSize = 13
		texts[i].Move(fyne.NewPos(60, float32(16+i*20)))
		box.Add(texts[i])
	}
	win := test.NewWindow(box)
	defer win.Close()
	win.Resize(fyne.NewSize(1000, 800))
	for i := 0; b.Loop(); i++ {
		for k, x := range texts {
			x.Text = rows[(i%9*38+k)%len(rows)]
			x.Refresh()
		}
		win.Canvas().Capture()
	}
}

// pageText is rows of 40 Han, no two alike.
func pageText(rows int) string {
	var b strings.Builder
	r := []rune("为认真贯彻落实自治区建党周年表彰会议和区直机关关于推进服务型党组织建设工作的部署要求进一步引导司法行政系统各级党组织紧密结合业务工作特点抓好服务型党组织建设促进星级管理")
	rnd := rand.New(rand.NewSource(1))
	for range rows {
		for range 40 {
			b.WriteRune(r[rnd.Intn(len(r))])
		}
		b.WriteByte('\n')
	}
	return b.String()
}
