package app

import (
	"image"
	"math"
	"os"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/widgets"
)

// Whatever takes the keyboard by Tab shows that it has it: enough pixels change by
// 3:1 or more when the focus comes. Typing carets do not count for more than they are.
func TestFocusIsSeen(t *testing.T) {
	if testing.Short() {
		t.Skip("draws the window some hundred times")
	}
	const least = 60              // pixels: half of the ring of a small button
	modes := []string{"contrast"} // where a ring has no colour of its own
	if os.Getenv("FONDS_LONG") != "" {
		modes = []string{"light", "dark", "contrast"}
	}
	for _, mode := range modes {
		b := newBench(t, zhang, Options{Sample: true})
		b.win.Resize(fyne.NewSize(900, 620))
		b.dress(mode)
		b.m.Settle()
		c := b.win.Canvas()
		seen := map[string]bool{}
		walk := func(page string) {
			for range 30 {
				c.FocusNext()
				f := c.Focused()
				if f == nil {
					continue
				}
				kind := page + typeName(f)
				if seen[kind] {
					continue
				}
				seen[kind] = true
				with := c.Capture()
				c.Unfocus()
				without := c.Capture()
				c.Focus(f)
				if got := differing(with, without); got < least {
					t.Errorf("%s, %s: %d pixels say that it has the keyboard, want %d", mode, kind, got, least)
				}
			}
		}
		walk("desk: ")
		b.run("tab.tags")
		walk("tags: ")
		b.run("settings")
		walk("settings: ")
		b.run("archive.people")
		walk("people: ")
		b.run("person")
		walk("who: ")
		if len(seen) < 12 {
			t.Errorf("%s: Tab came only to %v", mode, seen)
		}
		b.modal.close()
		b.s.CloseArchive(nil)
		b.m.Settle()
		widgets.FunctionKeys = nil
	}
}

// differing counts the pixels that stand at 3:1 or more against what they were.
func differing(a, b image.Image) int {
	n := 0
	light := func(m image.Image, x, y int) float64 {
		r, g, b, _ := m.At(x, y).RGBA()
		f := func(v uint32) float64 {
			c := float64(v) / 0xFFFF
			if c <= 0.04045 {
				return c / 12.92
			}
			return math.Pow((c+0.055)/1.055, 2.4)
		}
		return 0.2126*f(r) + 0.7152*f(g) + 0.0722*f(b)
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) == b.At(x, y) {
				continue
			}
			la, lb := light(a, x, y)+0.05, light(b, x, y)+0.05
			if max(la, lb)/min(la, lb) >= 3 {
				n++
			}
		}
	}
	return n
}
