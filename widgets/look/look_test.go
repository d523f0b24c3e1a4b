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

func TestContrast(t *testing.T) {
	for _, m := range []Mode{Light, Dark, HighContrast} {
		p := For(m)
		check := func(what string, fg, bg color.NRGBA, want float64) {
			t.Helper()
			if got := contrast(fg, bg); got < want {
				t.Errorf("mode %d: %s stands at %.2f:1, want %.1f:1", m, what, got, want)
			}
		}
		for name, ground := range map[string]color.NRGBA{"paper": p.Paper, "panel": p.Panel} {
			check("ink on "+name, p.Ink, ground, 12)
			for n, c := range map[string]color.NRGBA{"quiet": p.Quiet, "accent": p.Accent, "good": p.Good, "warn": p.Warn, "bad": p.Bad} {
				check(n+" on "+name, c, ground, 5)
			}
		}
		check("text on accent", p.OnAccent, p.Accent, 5)
		if !p.InvertSelect {
			check("selected ink", p.Ink, Over(p.Accent, p.Paper, p.Selection), 5)
		}
		for _, mk := range p.Marks {
			check("label "+mk.Name, mk.Color, p.Paper, 5)
			check("ink on band "+mk.Name, p.Ink, Over(mk.Color, p.Paper, p.Band), 7)
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
