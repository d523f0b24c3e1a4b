package textlayout

import (
	"fmt"
	"math"
	"math/rand"
	"slices"
	"testing"
)

func TestIntervalsAgreeWithAWalk(t *testing.T) {
	rnd := rand.New(rand.NewSource(11))
	for n := 0; n < 400; n++ {
		spans := make([]Span, rnd.Intn(40))
		for i := range spans {
			a := rnd.Intn(60)
			spans[i] = Span{a, a + rnd.Intn(12)}
		}
		v := NewIntervals(spans)
		lanes := map[int]int{}
		for q := 0; q < 20; q++ {
			a := rnd.Intn(70)
			b := a + rnd.Intn(20)
			var got, want []int
			v.Each(a, b, func(i int, s Span, lane int) {
				if s != spans[i] {
					t.Fatalf("span %d handed out as %v, want %v", i, s, spans[i])
				}
				lanes[i] = lane
				got = append(got, i)
			})
			for i, s := range spans {
				if s.Start < b && s.End > a || s.Start == s.End && s.Start >= a && s.Start <= b {
					want = append(want, i)
				}
			}
			slices.Sort(got)
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("[%d,%d) of %v: got %v, want %v", a, b, spans, got, want)
			}
		}
		for i, x := range lanes {
			for j, y := range lanes {
				if i < j && x == y && x < MaxLanes-1 && spans[i].Start < spans[j].End && spans[j].Start < spans[i].End {
					t.Fatalf("%v and %v overlap in lane %d", spans[i], spans[j], x)
				}
			}
		}
	}
}

func TestScroll(t *testing.T) {
	v := View{Rows: 100, Row: 26, Height: 260}
	if got := v.Last(); got != (Scroll{90, 0}) {
		t.Errorf("last: got %v", got)
	}
	s := v.By(Scroll{}, 100)
	if s != (Scroll{3, 22}) {
		t.Errorf("100 down: got %v, want {3 22}", s)
	}
	if got := v.By(s, -100); got != (Scroll{}) {
		t.Errorf("and back: got %v", got)
	}
	if got := v.By(s, -1e6); got != (Scroll{}) {
		t.Errorf("above the beginning: got %v", got)
	}
	if got := v.By(s, 1e6); got != v.Last() {
		t.Errorf("below the end: got %v", got)
	}
	if got := v.At(s, 0); got != 3 {
		t.Errorf("row at the top: got %d", got)
	}
	if got := v.At(s, 5); got != 4 {
		t.Errorf("row at 5: got %d", got)
	}
	if got := v.Reveal(Scroll{}, 50, 0); v.Y(got, 50) < 0 || v.Y(got, 50) > 234 {
		t.Errorf("revealed row stands at %v", v.Y(got, 50))
	}
	if got := v.Reveal(Scroll{}, 10, 0); got != (Scroll{1, 0}) {
		t.Errorf("next row: got %v, want {1 0}", got)
	}
	for row := range v.Rows {
		for _, from := range []Scroll{{}, {0, 13}, {45, 1}, v.Last()} {
			if y := v.Y(v.Reveal(from, row, 26), row); y < 0 || y > v.Height-v.Row {
				t.Fatalf("row %d revealed from %v stands at %v", row, from, y)
			}
		}
	}
	// Half a pixel counts at any depth.
	deep := View{Rows: 100_000_000, Row: 26, Height: 260}
	a := Scroll{90_000_000, 3}
	if got := deep.By(a, 0.5); got != (Scroll{90_000_000, 3.5}) {
		t.Errorf("deep half pixel: got %v", got)
	}
	for _, f := range []float32{0, 0.25, 0.5, 1} {
		if got := v.Share(v.AtShare(f)); math.Abs(float64(got-f)) > 1e-3 {
			t.Errorf("share %v comes back as %v", f, got)
		}
	}
	if got := (View{Rows: 3, Row: 26, Height: 260}).By(Scroll{}, 50); got != (Scroll{}) {
		t.Errorf("a short text scrolled to %v", got)
	}
}
