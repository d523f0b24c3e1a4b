package widgets

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/widgets/look"
)

func sampleChart() *Chart {
	c := NewChart()
	c.Set([]ChartPart{{"Approved", ChartGood}, {"Submitted", ChartAccent}, {"Returned", ChartBad}, {"Amended", ChartWarn}, {"To do", ChartQuiet}}, []ChartBar{
		{"王雪梅", []int{40, 10, 2, 5, 12}, "69"}, {"Li", []int{0, 0, 0, 0, 0}, "0"}, {"A name that is far too long for the room that there is", []int{3, 0, 1, 0, 90}, "94"}})
	return c
}

func sampleColumns() *Chart {
	c := NewChart()
	c.Columns = true
	var bars []ChartBar
	for i := range 30 {
		b := ChartBar{Values: []int{i % 7, (i * 3) % 5}}
		if i%7 == 0 {
			b.Label = "11-" + string(rune('0'+i/10)) + string(rune('0'+i%10))
		}
		bars = append(bars, b)
	}
	c.Set([]ChartPart{{"送审", ChartAccent}, {"通过", ChartGood}}, bars)
	return c
}

// Keys and pointer move from bar to bar, and each is told of once.
func TestChartKeys(t *testing.T) {
	setLook(look.Light)
	told := &heard{}
	c := sampleChart()
	c.OnBar = func(i int) { told.add("%d", i) }
	c.OnActivate = func(i int) { told.add("go %d", i) }
	win := window(t, c, 500, 300)
	win.Canvas().Focus(c)
	for _, s := range []struct {
		key  fyne.KeyName
		want string
	}{{"", "0"}, {fyne.KeyDown, "1"}, {fyne.KeyEnd, "2"}, {fyne.KeyDown, ""}, {fyne.KeyHome, "0"}, {fyne.KeyUp, ""}, {fyne.KeyPageDown, "2"}, {fyne.KeyReturn, "go 2"}} {
		if s.key != "" {
			c.TypedKey(&fyne.KeyEvent{Name: s.key})
		}
		if got := told.take(); got != s.want {
			t.Errorf("%s: %q, want %q", s.key, got, s.want)
		}
	}
	over := func(i int) *desktop.MouseEvent {
		b := c.geo.bars[i]
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(b.left+3, b.top+3)}}
	}
	c.MouseMoved(over(1))
	c.MouseMoved(over(1))
	if got := told.take(); got != "1" {
		t.Errorf("the pointer over the second: %q", got)
	}
	c.MouseOut()
	if got := told.take(); got != "2" {
		t.Errorf("the pointer gone, the keyboard's: %q", got)
	}
	c.Tapped(&over(1).PointEvent)
	if got := told.take(); got != "go 1" {
		t.Errorf("a press: %q", got)
	}
	win.Canvas().Unfocus()
	if got := told.take(); got != "-1" {
		t.Errorf("the focus gone: %q", got)
	}
	c.Set(nil, nil)
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnd} {
		c.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if got := told.take(); got != "" {
		t.Errorf("an empty chart: %q", got)
	}
}

// Bars are as long as what they stand for, whatever is there can be seen, and
// everything stays within the width.
func TestChartProportions(t *testing.T) {
	setLook(look.Light)
	for _, width := range []float32{260, 500, 1400} {
		c := NewChart()
		c.Set([]ChartPart{{"a", ChartAccent}, {"b", ChartGood}}, []ChartBar{{"x", []int{1000, 0}, "1,000"}, {"y", []int{250, 250}, "500"}, {"z", []int{1, 0}, "1"}})
		window(t, c, width, 300)
		var bars []chartFill
		for _, f := range c.geo.fills {
			if f.height == chartThick {
				bars = append(bars, f)
			}
		}
		if len(bars) != 4 {
			t.Fatalf("at %v: %d parts, want 4", width, len(bars))
		}
		if got := (bars[1].width + bars[2].width) / bars[0].width; got < 0.49 || got > 0.51 {
			t.Errorf("at %v: half as much is %.2f as long", width, got)
		}
		if bars[2].left != bars[1].left+bars[1].width || bars[3].width < chartMinPart {
			t.Errorf("at %v: parts %+v", width, bars)
		}
		for i, text := range c.texts[:c.used] {
			if right := text.Position().X + text.MinSize().Width; right > width+1 {
				t.Errorf("at %v: text %d, %q, ends at %v", width, i, text.Text, right)
			}
		}
	}
}

// Every two tones differ in their pattern, without any colour.
func TestChartPatternsDiffer(t *testing.T) {
	of := func(tone ChartTone) (s string) {
		for y := range 12 {
			for x := range 12 {
				if s += "."; tone.inked(x, y) {
					s += "#"
				}
			}
		}
		return s
	}
	seen := map[string]ChartTone{}
	for tone := ChartAccent; tone <= ChartQuiet; tone++ {
		if other, there := seen[of(tone)]; there {
			t.Errorf("tones %d and %d look alike", tone, other)
		}
		seen[of(tone)] = tone
	}
}

// The picture has the colours of the mode, at any scale.
func TestChartPaints(t *testing.T) {
	for _, m := range []look.Mode{look.Light, look.Dark, look.HighContrast} {
		setLook(m)
		c := sampleChart()
		window(t, c, 500, 300)
		for _, scale := range []int{1, 2} {
			img := c.paint(500*scale, int(c.height)*scale).(*image.RGBA)
			f := c.geo.fills[5] // the first part of the first bar, behind the legend's five
			at := img.RGBAAt(int(f.left)*scale, int(f.top+2)*scale)
			p := look.Current().Good
			if want := (color.RGBA{p.R, p.G, p.B, 0xFF}); at != want {
				t.Errorf("mode %d at %d: %v, want %v", m, scale, at, want)
			}
		}
	}
}

func TestDataTable(t *testing.T) {
	setLook(look.Light)
	told := &heard{}
	d := NewDataTable()
	d.OnActivate = func(i int) { told.add("%d", i) }
	d.OnReveal = func(top, bottom float32) { told.add("%v-%v", top/rowHeight(), bottom/rowHeight()) }
	d.Set([]string{"Person", "Fields", "通过"}, [][]string{{"Li", "1,200", "3"}, {"王", "7"}, {"Zhang", "0", "0"}})
	win := window(t, d, 400, 300)
	win.Canvas().Focus(d)
	for _, s := range []struct {
		key  fyne.KeyName
		want string
	}{{"", "0-2"}, {fyne.KeyDown, "2-3"}, {fyne.KeyEnd, "3-4"}, {fyne.KeyReturn, "2"}} {
		if s.key != "" {
			d.TypedKey(&fyne.KeyEvent{Name: s.key})
		}
		if got := told.take(); got != s.want {
			t.Errorf("%s: %q, want %q", s.key, got, s.want)
		}
	}
	ends := map[float32]bool{}
	for _, x := range d.texts[:d.used] {
		if x.Text == "1,200" || x.Text == "7" || x.Text == "Fields" {
			ends[float32(int(x.Position().X+x.MinSize().Width+0.5))] = true
		}
	}
	if len(ends) != 1 {
		t.Errorf("numbers and their title end at %v", ends)
	}
}

func TestChartPicture(t *testing.T) {
	picture(t, "chart", 700, 620, func() (fyne.CanvasObject, func(fyne.Canvas)) {
		c, cols, d := sampleChart(), sampleColumns(), NewDataTable()
		d.Set([]string{"Person", "Fields", "Approved"}, [][]string{{"王雪梅", "1,200", "3"}, {"Li", "7", "0"}})
		return container.NewVBox(c, cols, d), func(on fyne.Canvas) { on.Focus(c) }
	})
}
