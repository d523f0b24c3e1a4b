package textlayout

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// em is a fixed-width measure: 2 for wide characters, 1 for all others.
func em(r rune) float32 {
	if isWide(r) || strings.ContainsRune("，。、；：？！（）《》「」“”‘’…—　", r) {
		return 2
	}
	return 1
}

func rows(l *Layout) []string {
	var out []string
	for _, r := range l.Rows {
		out = append(out, l.Text.Slice(int(r.Start), int(r.End)))
	}
	return out
}

func TestWrap(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		width      float32
		want       []string
	}{
		{"empty", "", 10, []string{""}},
		{"one row", "司法厅", 10, []string{"司法厅"}},
		{"Han anywhere", "司法厅召开会议", 6, []string{"司法厅", "召开会", "议"}},
		{"no closing sign begins a row", "司法厅，召开", 6, []string{"司法", "厅，召", "开"}},
		{"no opening sign ends a row", "司法（厅召）开", 6, []string{"司法", "（厅", "召）开"}},
		{"ASCII comma after Han", "司法厅,召开", 6, []string{"司法", "厅,召", "开"}},
		{"Latin word whole", "在Fonds里", 7, []string{"在Fonds", "里"}},
		{"Latin word to the next row", "在这Fonds里", 8, []string{"在这", "Fonds里"}},
		{"spaces hang", "one two three", 7, []string{"one two ", "three"}},
		{"many spaces hang", "one      two", 5, []string{"one      ", "two"}},
		{"long word is cut", "abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"date whole", "于2015-11-22成", 12, []string{"于2015-11-22", "成"}},
		{"hyphen parts words", "well-known", 6, []string{"well-", "known"}},
		{"dashes stay together", "司法厅——召开", 8, []string{"司法厅", "——召开"}},
		{"ellipsis begins no row", "司法厅……", 6, []string{"司法", "厅……"}},
		{"line ends", "甲\n乙\r\n丙\r", 6, []string{"甲\n", "乙\r\n", "丙\r", ""}},
		{"tab", "a\tbc", 12, []string{"a\tbc"}},
		{"combining mark", "e\u0301e\u0301e\u0301", 2, []string{"e\u0301e\u0301", "e\u0301"}},
		{"no-break space", "a\u00a0b c", 3, []string{"a\u00a0b ", "c"}},
		{"quotation", "说“司法”吧", 6, []string{"说“司", "法”吧"}},
		{"two points pushed in", "一二三」。四", 6, []string{"一二", "三」。", "四"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := rows(Wrap(NewText(tc.text), Params{Width: tc.width, Advance: em}))
			if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", tc.want) {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}

// The simple bit promises that two such characters never join.
func TestSimpleAgreesWithTheGraphemeTables(t *testing.T) {
	tableOnce.Do(buildTables)
	for r := rune(0x20); r <= 0x3FFFF; r++ {
		if r >= 0xD800 && r <= 0xDFFF {
			continue
		}
		if _, easy := lookup(r); !easy {
			continue
		}
		s := "一" + string(r) + "a" + string(r) + "가" + string(r)
		n := 0
		for it := graphemes.FromString(s); it.Next(); {
			n++
		}
		if n != 6 {
			t.Fatalf("U+%04X is marked simple but joins with a neighbour", r)
		}
	}
}

// The quick ways through a text give what the grapheme tables give.
func TestNextAgreesWithTheGraphemeTables(t *testing.T) {
	tableOnce.Do(buildTables)
	rnd := rand.New(rand.NewSource(21))
	for range 3000 {
		s := randomText(rnd, 40)
		if rnd.Intn(3) == 0 { // bytes that begin a character and do not go on
			s = strings.NewReplacer("X", "\xe9", "Y", "\xe4\xb8", "，", "司\xe5").Replace(s)
		}
		s += "abcd" // the tables join what is cut off at the very end to what stands before it
		i := 0
		for it := graphemes.FromString(s); it.Next(); {
			c := next(s, i)
			r, _ := utf8.DecodeRuneInString(it.Value())
			if int(c.bytes) != len(it.Value()) || r != c.base && r != '\r' {
				t.Fatalf("%q at byte %d: got %d bytes and %U, want %q", s, i, c.bytes, c.base, it.Value())
			}
			if k, _ := lookup(r); k != c.class {
				t.Fatalf("%q at byte %d: class %d, want %d", s, i, c.class, k)
			}
			i += int(c.bytes)
		}
	}
}

const alphabet = "司法厅召开，。（）《》“”…—、 abcXYZ019.,:;-/()'\"%$\t\n\r　étte\u0301\u0300😀👨\u200d👩\u200d👧🇨🇳ไทยกำ한국\u200b\u00a0\u00ad\ue000\x00\U00020000"

func randomText(rnd *rand.Rand, n int) string {
	letters := []rune(alphabet)
	var b strings.Builder
	for b.Len() < n {
		switch rnd.Intn(12) {
		case 0:
			b.WriteString(strings.Repeat(string(letters[rnd.Intn(len(letters))]), rnd.Intn(9)))
		case 1:
			b.WriteByte(byte(rnd.Intn(256))) // also what is not UTF-8
		default:
			b.WriteRune(letters[rnd.Intn(len(letters))])
		}
	}
	return b.String()
}

// check holds everything that must be true of any layout.
func check(t *testing.T, s string, width float32) {
	t.Helper()
	tx := NewText(s)
	if tx.Len() != utf8.RuneCountInString(s) {
		t.Fatalf("length %d, want %d", tx.Len(), utf8.RuneCountInString(s))
	}
	l := Wrap(tx, Params{Width: width, Advance: em, Narrow: func(rune) float32 { return 0.5 }})
	borders := map[int]bool{0: true}
	for i, pos := 0, 0; i < len(s); {
		c := next(s, i)
		i += int(c.bytes)
		pos += int(c.runes)
		borders[pos] = true
	}
	end := 0
	for k, r := range l.Rows {
		if int(r.Start) != end || r.End < r.Start {
			t.Fatalf("row %d is %v, the one before ends at %d\n%q", k, r, end, s)
		}
		end = int(r.End)
		if !borders[end] {
			t.Fatalf("row %d splits a cluster at %d\n%q", k, end, s)
		}
		gl := l.Glyphs(k, 0, nil)
		if k+1 < len(l.Rows) && len(gl) == 0 {
			t.Fatalf("row %d is empty and not the last", k)
		}
		ink := float32(0)
		for _, g := range gl {
			if tc := next(s, g.From); !tc.class.space() && !g.LineEnd {
				ink = g.X + g.W
			}
		}
		if ink > width && len(gl) > 1 {
			first := gl[0].W
			if ink > first { // a single wide cluster may stand over
				t.Fatalf("row %d is %v wide, want at most %v: %q", k, ink, width, tx.Slice(int(r.Start), int(r.End)))
			}
		}
		if k+1 < len(l.Rows) && !gl[len(gl)-1].LineEnd {
			// Where two rows meet the rules hold, unless no place in the row keeps them.
			keeps := func(j int) bool {
				a, b := next(s, gl[j-1].From), cluster{}
				if j < len(gl) {
					b = next(s, gl[j].From)
				} else {
					b = next(s, tx.Byte(end))
				}
				return !b.class.startsNoRow() && !a.class.endsNoRow()
			}
			if !keeps(len(gl)) {
				for j := 1; j < len(gl); j++ {
					b, a := next(s, gl[j].From), next(s, gl[j-1].From)
					if keeps(j) && tolerable(a.class, b.class) {
						t.Fatalf("row %d breaks a rule that it could keep: %q", k, tx.Slice(int(r.Start), int(r.End)))
					}
				}
			}
		}
		for _, g := range gl {
			if l.RowAt(g.Start) != k {
				t.Fatalf("RowAt(%d) is %d, want %d", g.Start, l.RowAt(g.Start), k)
			}
			if x := l.X(k, g.Start); x != g.X {
				t.Fatalf("X(%d) is %v, want %v", g.Start, x, g.X)
			}
			if g.W > 0 {
				if p := l.Hit(k, g.X); p != g.Start && l.X(k, p) != g.X {
					t.Fatalf("Hit at the left of %d gives %d", g.Start, p)
				}
				if p := l.Hit(k, g.X+g.W-0.01); p != g.End && l.X(k, p) != g.X+g.W {
					t.Fatalf("Hit at the right of %d gives %d, want %d", g.Start, p, g.End)
				}
			}
			for p := g.Start; p < g.End; p++ {
				if l.Floor(p) != g.Start || l.Ceil(p) != g.Start && l.Ceil(p) != g.End {
					t.Fatalf("position %d snaps to %d and %d, want %d and %d", p, l.Floor(p), l.Ceil(p), g.Start, g.End)
				}
			}
			if n := l.Next(g.Start); n != g.End {
				t.Fatalf("Next(%d) is %d, want %d", g.Start, n, g.End)
			}
			if p := l.Prev(g.End); p != g.Start {
				t.Fatalf("Prev(%d) is %d, want %d", g.End, p, g.Start)
			}
			if tx.Pos(g.From) != g.Start || tx.Byte(g.Start) != g.From {
				t.Fatalf("byte %d and position %d disagree", g.From, g.Start)
			}
			w := l.WordAt(g.Start)
			if !g.LineEnd && (w.Start > g.Start || w.End < g.End) {
				t.Fatalf("WordAt(%d) is %v", g.Start, w)
			}
		}
	}
	if end != tx.Len() {
		t.Fatalf("rows end at %d, the text at %d", end, tx.Len())
	}
}

func TestLayoutHolds(t *testing.T) {
	rnd := rand.New(rand.NewSource(7))
	for i := 0; i < 3000; i++ {
		check(t, randomText(rnd, rnd.Intn(120)), float32(1+rnd.Intn(30)))
	}
	check(t, randomText(rnd, 4000), 40)
}

func FuzzLayout(f *testing.F) {
	f.Add("司法厅，召开(abc) e\u0301\r\n", uint8(6))
	f.Add(alphabet, uint8(3))
	f.Fuzz(func(t *testing.T, s string, w uint8) {
		if len(s) > 300 {
			t.Skip("long inputs only take long")
		}
		check(t, s, float32(w)+1)
	})
}

func TestPositionsNeverPanicOutside(t *testing.T) {
	l := Wrap(NewText("甲乙\n丙"), Params{Width: 4, Advance: em})
	for _, p := range []int{-5, 0, 2, 3, 4, 99} {
		l.RowAt(p)
		l.Floor(p)
		l.Ceil(p)
		l.Next(p)
		l.Prev(p)
		l.WordAt(p)
		l.LineSpan(p)
		l.Text.Slice(p, p+1)
		l.Snap(Span{p, p - 3})
	}
}

func TestWordAt(t *testing.T) {
	text := "自治区司法厅，don’t see 3.14元 e\u0301te\u0301。"
	l := Wrap(NewText(text), Params{Width: 10, Advance: em})
	for at, want := range map[int]string{
		0: "自治区司法厅", 4: "自治区司法厅", 6: "，", 8: "don’t", 13: "see", 12: " ", 17: "3.14", 21: "元", 23: "e\u0301te\u0301", 28: "。", 29: "",
	} {
		w := l.WordAt(at)
		if got := l.Text.Slice(w.Start, w.End); got != want {
			t.Errorf("WordAt(%d): got %q, want %q", at, got, want)
		}
	}
}

// A quotation mark is narrow among Latin letters, wide among ideographs.
func TestNarrowQuotes(t *testing.T) {
	p := Params{Width: 1000, Advance: em, Narrow: func(rune) float32 { return 0.5 }}
	for text, want := range map[string]float32{
		"(“‘Go’”)": 6, "the ’90s": 7.5, "“…and”": 6, "—“Go”—": 7, "“——”": 8, "a“…”": 4, "说“…Go”": 10, "说“Go”\n": 8, "a ‘“司’": 10,
		"don’t": 4.5, "a “b” c": 6, "“b”": 2, "说“司法”": 10, "说“Go”，": 10, "是’": 4, "“": 2, "x’": 1.5,
	} {
		if got := Wrap(NewText(text), p).Width(0); got != want {
			t.Errorf("%q is %v wide, want %v", text, got, want)
		}
	}
	rnd := rand.New(rand.NewSource(9))
	for range 300 {
		check(t, randomText(rnd, 80), 9)
	}
}

func TestLines(t *testing.T) {
	l := Wrap(NewText("一二三四五\n\n甲\r\n乙"), Params{Width: 4, Advance: em})
	var got []string
	for k := range l.Rows {
		n, first := l.Line(k)
		got = append(got, fmt.Sprint(n, first))
	}
	if want := "[1 true 1 false 1 false 2 true 3 true 4 true]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if s := l.LineSpan(2); s != (Span{0, 5}) {
		t.Errorf("line of 2: got %v", s)
	}
	if s := l.LineSpan(7); s != (Span{7, 8}) {
		t.Errorf("line of 7: got %v", s)
	}
	if l.Lines() != 4 {
		t.Errorf("lines: got %d", l.Lines())
	}
}

func TestRemap(t *testing.T) {
	from, to := NewText("甲乙鎶婁丙丁"), NewText("甲乙把丙丁")
	m := Remap(from, to)
	for p, want := range map[int]int{0: 0, 2: 2, 3: 2, 4: 3, 5: 4, 6: 5} {
		if got := m(p); got != want {
			t.Errorf("position %d: got %d, want %d", p, got, want)
		}
	}
	rnd := rand.New(rand.NewSource(3))
	for i := 0; i < 500; i++ {
		a, b := NewText(randomText(rnd, rnd.Intn(30))), NewText(randomText(rnd, rnd.Intn(30)))
		m := Remap(a, b)
		prev := 0
		for p := 0; p <= a.Len(); p++ {
			if q := m(p); q < prev || q > b.Len() {
				t.Fatalf("%q to %q: %d goes to %d after %d", a.s, b.s, p, q, prev)
			} else {
				prev = q
			}
		}
	}
}
