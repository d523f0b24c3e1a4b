package textpaint

import (
	"os"
	"slices"
	"testing"
	"time"

	"fonds/widgets/textlayout"
)

// uncovered are n characters that no font of the program has, from the i-th on:
// for private use, unassigned, controls.
func uncovered(i, n int) string {
	out := make([]rune, n)
	for k := range out {
		switch r := rune(i + k); k % 4 {
		case 0:
			out[k] = 0xE000 + r%0x1900
		case 1:
			out[k] = 0xF0000 + r
		case 2:
			out[k] = 0x40000 + r
		default:
			out[k] = 1 + r%8
		}
	}
	return string(out)
}

// Pages of characters without a glyph leave nothing behind that grows, as they
// would in a toolkit that adds a face for each (see Fonts.find).
func TestUncoveredCharactersLeaveNothingBehind(t *testing.T) {
	f := NewFonts(regular(t))
	s := sheet(f, 400, 400, 1)
	paint := func(i int) { s.Paint(sample(f, uncovered(200*i, 200), 340, 380)) }
	paint(0)
	first := testing.AllocsPerRun(3, func() { paint(0) })
	masks, faces := len(f.masks), len(f.faces)
	for i := range 50 {
		paint(i)
	}
	if len(f.masks) != masks || len(f.faces) != faces {
		t.Errorf("%d masks and %d faces after 50 pages, %d and %d before", len(f.masks), len(f.faces), masks, faces)
	}
	if last := testing.AllocsPerRun(3, func() { paint(49) }); last > first*1.2+10 {
		t.Errorf("the fiftieth page allocates %v times, the first %v", last, first)
	}
}

func TestBenchUncovered(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measures; run it by make bench")
	}
	f := NewFonts(regular(t))
	s := sheet(f, 400, 400, 1)
	var first, last []float64
	for round := range 5 {
		for i := range 50 {
			began := time.Now()
			s.Paint(sample(f, uncovered(10_000*round+200*i, 200), 340, 380))
			took := float64(time.Since(began).Microseconds()) / 1000
			if round == 0 && i < 5 { // of the very first also the faces are asked
				first = append(first, took)
			}
			if round == 4 && i >= 45 {
				last = append(last, took)
			}
		}
	}
	floor := slices.Min(first)
	t.Logf("BENCH %-46s %10.3f %-12s floor %10.3f   (to reach: no growth)", "200 uncovered characters, after 250 pages", slices.Min(last), "ms", floor)
	if slices.Min(last) > 2*floor+0.5 {
		t.Errorf("the last pages take %.3f ms, the first %.3f", slices.Min(last), floor)
	}
}

// What turns the direction of a text or breaks a word unseen is drawn; what only
// belongs to a letter is not.
func TestHiddenIsDrawn(t *testing.T) {
	f := NewFonts(regular(t))
	for _, r := range "\u200b\ufeff\u202a\u202e\u2060\u2066\u2069" {
		if !f.Boxed(r) || f.Advance(r) == 0 || textlayout.Invisible(r) {
			t.Errorf("U+%04X is not seen", r)
		}
	}
	for _, r := range "\u00ad\u200c\u200d\u200e\ufe0f" {
		if !textlayout.Invisible(r) {
			t.Errorf("U+%04X is seen", r)
		}
	}
}
