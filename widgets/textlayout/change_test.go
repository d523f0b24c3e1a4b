package textlayout

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// edited makes a text from another by some random changes.
func edited(rnd *rand.Rand, s string) string {
	r := []rune(s)
	for range 1 + rnd.Intn(4) {
		a := rnd.Intn(len(r) + 1)
		b := min(a+rnd.Intn(1+rnd.Intn(30)), len(r))
		r = slices.Replace(r, a, b, []rune(randomText(rnd, rnd.Intn(1+rnd.Intn(40))))...)
	}
	return string(r)
}

func sameLayout(t *testing.T, got, want *Layout, about string) {
	t.Helper()
	if !slices.Equal(got.Rows, want.Rows) || !slices.Equal(got.lines, want.lines) {
		t.Fatalf("%s:\ngot  %v %v\nwant %v %v", about, got.Rows, got.lines, want.Rows, want.lines)
	}
}

func sameText(t *testing.T, got *Text, s string) {
	t.Helper()
	want := NewText(s)
	if got.n != want.n || got.s != s {
		t.Fatalf("%q: %d code points, want %d", s, got.n, want.n)
	}
	for p := 0; p <= want.n; p++ {
		if got.Byte(p) != want.Byte(p) {
			t.Fatalf("%q: position %d is byte %d, want %d", s, p, got.Byte(p), want.Byte(p))
		}
	}
	for b := 0; b <= len(s); b++ {
		if got.Pos(b) != want.Pos(b) {
			t.Fatalf("%q: byte %d is position %d, want %d", s, b, got.Pos(b), want.Pos(b))
		}
	}
}

// checkChange holds that what is made from changes is what is made anew.
func checkChange(t *testing.T, from *Layout, to string) *Layout {
	t.Helper()
	text, changes := from.Text.Edited(to)
	sameText(t, text, to)
	end := Span{}
	for _, c := range changes {
		if c.Old.Start < end.Start || c.New.Start < end.End || c.Old.Len() < 0 || c.New.Len() < 0 {
			t.Fatalf("changes %v", changes)
		}
		if c.Old.Start-end.Start != c.New.Start-end.End || from.Text.Slice(end.Start, c.Old.Start) != text.Slice(end.End, c.New.Start) {
			t.Fatalf("%q to %q: what lies before %v differs", from.Text.s, to, c)
		}
		end = Span{c.Old.End, c.New.End} // where both go on
	}
	if from.Text.Slice(end.Start, from.Text.n) != text.Slice(end.End, text.n) {
		t.Fatalf("%q to %q: what lies behind %v differs", from.Text.s, to, changes)
	}
	got := from
	if len(changes) > 0 {
		got = from.Rewrap(text, changes)
	}
	sameLayout(t, got, Wrap(NewText(to), from.Params), fmt.Sprintf("%q to %q by %v", from.Text.s, to, changes))
	m, n := Moved(changes, text.n), Remap(from.Text, NewText(to))
	last := 0
	for p := 0; p <= from.Text.n; p++ {
		if m(p) != n(p) || m(p) < last || m(p) > text.n {
			t.Fatalf("position %d goes to %d and %d, after %d", p, m(p), n(p), last)
		}
		last = m(p)
	}
	return got
}

func TestChangesGiveWhatIsMadeAnew(t *testing.T) {
	rnd := rand.New(rand.NewSource(51))
	p := Params{Width: 12, Advance: em, Narrow: func(rune) float32 { return 0.5 }}
	for range 200 {
		l := Wrap(NewText(randomText(rnd, rnd.Intn(900))), p)
		if rnd.Intn(2) == 0 {
			l = Wrap(NewText(strings.NewReplacer("1", "“", "2", "”", "3", "’", "a", "…").Replace(l.Text.s)), p)
		}
		for range 4 { // one change upon the other
			l = checkChange(t, l, edited(rnd, l.Text.s))
		}
	}
	l := Wrap(NewText(strings.Repeat("司法厅召开，", 300)+"\n"+randomText(rnd, 3000)), p)
	for range 30 {
		l = checkChange(t, l, edited(rnd, l.Text.s))
	}
}

func FuzzChange(f *testing.F) {
	f.Add("司法厅，召开(abc) e\u0301\r\n", "司法局，召开 e\u0301\n", uint8(6))
	f.Fuzz(func(t *testing.T, a, b string, w uint8) {
		if len(a) > 400 || len(b) > 400 {
			t.Skip("long inputs only take long")
		}
		checkChange(t, Wrap(NewText(a), Params{Width: float32(w) + 1, Advance: em}), b)
	})
}

// Small changes far from each other are found one by one, so that what lies
// between them keeps its place.
func TestChangesAreFoundOneByOne(t *testing.T) {
	rnd := rand.New(rand.NewSource(3))
	words := []rune("为认真贯彻落实自治区建党周年表彰会议和区直机关关于推进服务型党组织建设工作的部署要求")
	var b strings.Builder
	for range 200_000 {
		b.WriteRune(words[rnd.Intn(len(words))])
	}
	from := []rune(b.String())
	to := slices.Clone(from)
	for i := range 500 {
		to[i*390+100] = '錯'
	}
	_, changes := NewText(string(from)).Edited(string(to))
	if len(changes) != 500 {
		t.Fatalf("%d changes, want 500", len(changes))
	}
	if m := Moved(changes, len(to)); m(1000) != 1000 || m(490) != 490 {
		t.Error("what was not changed has moved")
	}
}

// A text cut into pieces and laid out by several goroutines is laid out as by one.
func TestPiecesGiveTheWhole(t *testing.T) {
	defer func(n int) { pieceLength = n }(pieceLength)
	rnd := rand.New(rand.NewSource(61))
	p := Params{Width: 14, Advance: em, Narrow: func(rune) float32 { return 0.5 }}
	for range 300 {
		s := randomText(rnd, 100+rnd.Intn(1500))
		pieceLength = 1 << 30
		want := Wrap(NewText(s), p)
		pieceLength = 40 + rnd.Intn(200)
		got := Wrap(NewText(s), p)
		sameText(t, got.Text, s)
		sameLayout(t, got, want, fmt.Sprintf("%q in pieces of %d", s, pieceLength))
	}
	pieceLength = 64
	var calls atomic.Int64
	if l := WrapAll(NewText(strings.Repeat("司法\n", 4000)), p, func(int) bool { calls.Add(1); return false }); l != nil || calls.Load() == 0 {
		t.Errorf("given up after %d calls, still a layout", calls.Load())
	}
}

// A part has the rows and the line numbers of the whole.
func TestPartsAgreeWithTheWhole(t *testing.T) {
	rnd := rand.New(rand.NewSource(71))
	p := Params{Width: 14, Advance: em}
	for range 500 {
		s := strings.ReplaceAll(randomText(rnd, 1500), "\r", "\n")
		whole := Wrap(NewText(s), p)
		pos := rnd.Intn(whole.Text.n + 1)
		n, _ := whole.Line(whole.RowAt(pos))
		part := WrapPart(whole.Text, p, pos, n, 200, 300)
		if !part.Part() || !part.Holds(pos) {
			t.Fatalf("the part from %v holds not %d", part.Rows[0], pos)
		}
		if part.mid {
			continue
		}
		first := whole.RowAt(int(part.Rows[0].Start))
		for k, r := range part.Rows {
			a, af := part.Line(k)
			b, bf := whole.Line(first + k)
			if k == len(part.Rows)-1 && r.End != whole.Rows[first+k].End {
				r.End = whole.Rows[first+k].End // cut
			}
			if r != whole.Rows[first+k] || (af != bf || a != b) && !strings.ContainsAny(s, "\v\f\u0085\u2028") {
				t.Fatalf("row %d is %v in line %d, want %v in %d", k, r, a, whole.Rows[first+k], b)
			}
		}
	}
}
