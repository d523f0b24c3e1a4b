package look

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// contrast is the contrast ratio of WCAG 2.2.
func contrast(a, b color.NRGBA) float64 {
	lum := func(c color.NRGBA) float64 {
		f := func(v uint8) float64 {
			x := float64(v) / 255
			if x <= 0.04045 {
				return x / 12.92
			}
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
	}
	la, lb := lum(a), lum(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// Words under the marker pen can be read in every mode.
func TestHitsLeaveTheWordsLegible(t *testing.T) {
	for _, mode := range []Mode{Light, Dark, HighContrast} {
		p := For(mode)
		for _, share := range []float32{p.HitBand, p.CurrentHit()} {
			if got := contrast(p.Ink, Over(p.Hit, p.Paper, share)); got < 5 {
				t.Errorf("mode %d: ink on a hit of %v has a contrast of %.1f", mode, share, got)
			}
		}
	}
}

// Every pair of colours that stand on one another. Text wants 5:1, the ink of the
// page 12:1, a frame or ring that says something 3:1.
func TestContrast(t *testing.T) {
	for _, m := range []Mode{Light, Dark, HighContrast} {
		p := For(m)
		check := func(what string, fg, bg color.NRGBA, want float64) {
			t.Helper()
			if got := contrast(fg, bg); got < want {
				t.Errorf("mode %d: %s stands at %.2f:1, want %.1f:1", m, what, got, want)
			}
		}
		words := map[string]color.NRGBA{"ink": p.Ink, "quiet": p.Quiet, "faint": p.Faint, "accent": p.Accent, "good": p.Good, "warn": p.Warn, "bad": p.Bad}
		for name, ground := range map[string]color.NRGBA{"paper": p.Paper, "panel": p.Panel} {
			check("ink on "+name, p.Ink, ground, 12)
			check("the frame of a field on "+name, p.Edge, ground, 3)
			check("the ring on "+name, p.Accent, ground, 3)
			for n, c := range words {
				check(n+" on "+name, c, ground, 5)
			}
			// A chosen row, and what the pointer is over. High contrast inverts the
			// first: OnAccent on the accent, below.
			if !p.InvertSelect {
				row := Over(p.Accent, ground, p.SelectedRow)
				for n, c := range words {
					check(n+" on a chosen row of "+name, c, row, 5)
				}
				check("the bar of a chosen row on "+name, p.Accent, row, 3)
			}
			check("ink under the pointer on "+name, p.Ink, Over(p.Ink, ground, 0.07), 7)
		}
		for n, c := range map[string]color.NRGBA{"accent": p.Accent, "good": p.Good, "warn": p.Warn, "bad": p.Bad} {
			check("text on "+n, p.OnAccent, c, 5)
		}
		check("text on the accent under the pointer", p.OnAccent, Over(p.Ink, p.Accent, 0.15), 5)
		if !p.InvertSelect {
			check("selected ink", p.Ink, Over(p.Accent, p.Paper, p.Selection), 5)
		}
		for i, mk := range p.Marks {
			check("label "+mk.Name, mk.Color, p.Paper, 5)
			check("ink on band "+mk.Name, p.Ink, Over(mk.Color, p.Paper, p.Band), 7)
			check("underline on band "+mk.Name, mk.Color, Over(mk.Color, p.Paper, p.Band), 3)
			for _, other := range p.Marks[:i] {
				if m != HighContrast && other.Color == mk.Color {
					t.Errorf("mode %d: %s and %s have one colour", m, other.Name, mk.Name)
				}
			}
		}
	}
}

// The colours that Fyne's own widgets take, as they lay them on one another.
func TestContrastOfFyne(t *testing.T) {
	for _, m := range []Mode{Light, Dark, HighContrast} {
		th := NewTheme(m, Fonts{}, 1)
		get := func(n fyne.ThemeColorName) color.NRGBA { return th.Color(n, theme.VariantLight).(color.NRGBA) }
		on := func(top, ground fyne.ThemeColorName) color.NRGBA {
			c := get(top)
			return Over(color.NRGBA{c.R, c.G, c.B, 0xFF}, get(ground), float32(c.A)/255)
		}
		for _, pair := range []struct {
			what   string
			fg, bg color.NRGBA
			want   float64
		}{
			{"words of a menu", get(theme.ColorNameForeground), get(theme.ColorNameMenuBackground), 12},
			{"what a menu cannot do now", get(theme.ColorNameDisabled), get(theme.ColorNameMenuBackground), 5},
			{"the row of a menu", get(theme.ColorNameForeground), on(theme.ColorNameFocus, theme.ColorNameMenuBackground), 6},
			{"what it cannot do now, there", get(theme.ColorNameDisabled), on(theme.ColorNameFocus, theme.ColorNameMenuBackground), 3},
			{"the name of an open menu", get(theme.ColorNameForeground), on(theme.ColorNameFocus, theme.ColorNameBackground), 6},
			{"words in an entry", get(theme.ColorNameForeground), get(theme.ColorNameInputBackground), 12},
			{"words where a value could stand", get(theme.ColorNamePlaceHolder), get(theme.ColorNameInputBackground), 5},
			{"a value beside them", get(theme.ColorNameForeground), get(theme.ColorNamePlaceHolder), 1.8},
			{"selected words in an entry", get(theme.ColorNameForeground), get(theme.ColorNameSelection), 5},
			{"the caret", get(theme.ColorNamePrimary), get(theme.ColorNameInputBackground), 3},
			{"the frame of an entry", get(theme.ColorNameInputBorder), get(theme.ColorNameInputBackground), 3},
			{"the bar of a scroll", on(theme.ColorNameScrollBar, theme.ColorNameBackground), get(theme.ColorNameBackground), 3},
			{"an error", get(theme.ColorNameError), get(theme.ColorNameOverlayBackground), 5},
		} {
			if got := contrast(pair.fg, pair.bg); got < pair.want {
				t.Errorf("mode %d: %s stands at %.2f:1, want %.1f:1", m, pair.what, got, pair.want)
			}
		}
	}
}

func TestMarksAreTenAndWrap(t *testing.T) {
	for _, m := range []Mode{Light, Dark, HighContrast} {
		p := For(m)
		if len(p.Marks) != 10 {
			t.Fatalf("mode %d has %d marks, want 10", m, len(p.Marks))
		}
		for _, i := range []int{-1, 9, 19, -11} {
			if got := p.MarkStyle(i); got.Name != "free4" {
				t.Errorf("MarkStyle(%d): got %q, want free4", i, got.Name)
			}
		}
	}
}

func TestThemeFollowsTheMode(t *testing.T) {
	for _, tc := range []struct {
		mode    Mode
		variant fyne.ThemeVariant
		want    *Palette
	}{
		{System, theme.VariantDark, &dark}, {System, theme.VariantLight, &light},
		{Light, theme.VariantDark, &light}, {Dark, theme.VariantLight, &dark},
		{HighContrast, theme.VariantDark, &highContrast},
	} {
		th := NewTheme(tc.mode, Fonts{}, 1)
		if got := th.Palette(tc.variant); got != tc.want {
			t.Errorf("mode %d variant %d: wrong palette (mode %d)", tc.mode, tc.variant, got.Mode)
		}
		if got := th.Color(theme.ColorNameForeground, tc.variant); got != color.Color(tc.want.Ink) {
			t.Errorf("mode %d: foreground %v, want the ink", tc.mode, got)
		}
	}
}

func TestThemeAnswersEverything(t *testing.T) {
	app := test.NewTempApp(t)
	th := NewTheme(HighContrast, Fonts{Regular: []byte{1}, Bold: []byte{2}}, 9)
	app.Settings().SetTheme(th)
	if Current() != &highContrast {
		t.Error("Current is not the palette of the app's theme")
	}
	if got := th.Size(theme.SizeNameText); got != 26 {
		t.Errorf("text size at the largest scale: got %v, want 26", got)
	}
	if got := string(th.Font(fyne.TextStyle{Bold: true, Monospace: true}).Content()); got != "\x02" {
		t.Errorf("bold font: got %q", got)
	}
	if got := string(th.Font(fyne.TextStyle{Monospace: true}).Content()); got != "\x01" {
		t.Errorf("monospace font: got %q", got)
	}
	if th.Icon(theme.IconNameCancel) == nil || th.Font(fyne.TextStyle{Symbol: true}) == nil {
		t.Error("icons and symbols must come from Fyne's own theme")
	}
	for _, n := range []fyne.ThemeColorName{theme.ColorNameSelection, theme.ColorNameHover, theme.ColorNameShadow, "unknown"} {
		if th.Color(n, theme.VariantLight) == nil {
			t.Errorf("no colour for %q", n)
		}
	}
}
