package textlayout

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// naive looks at every place for itself.
func naive(s, words string, same func(a, b rune) bool) []Span {
	var text []rune
	for i, r := range s {
		if _, w := utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && w == 1 {
			r = -1
		}
		text = append(text, r)
	}
	want := []rune(words)
	var out []Span
	for i := 0; len(want) > 0 && i+len(want) <= len(text); i++ {
		fits := true
		for k, r := range want {
			fits = fits && text[i+k] >= 0 && same(text[i+k], r)
		}
		if fits {
			out = append(out, Span{i, i + len(want)})
			i += len(want) - 1
		}
	}
	return out
}

func TestFind(t *testing.T) {
	for _, tc := range []struct {
		text, words string
		fold        bool
		want        string
	}{
		{"司法厅召开，司法局", "司法", false, "[{0 2} {6 8}]"},
		{"哈哈哈哈哈", "哈哈", false, "[{0 2} {2 4}]"},
		{"ababac", "abac", false, "[{2 6}]"},
		{"Fonds ＦＯＮＤＳ fonds", "fonds", true, "[{0 5} {6 11} {12 17}]"},
		{"Fonds ＦＯＮＤＳ fonds", "fonds", false, "[{12 17}]"},
		{"第１２号　ｶﾅ カナ", "12号 カナ", true, "[{1 7}]"},
		{"金 \uf90a ⾦", "金", true, "[{0 1} {2 3} {4 5}]"},
		{"ΣσςK\u212A", "σσσkk", true, "[{0 5}]"},
		{"𐐀𐐨", "𐐨", true, "[{0 1} {1 2}]"},
		{"无", "", true, "[]"},
		{"a\xffb", "\xff", false, "[]"},
		{"a\ufffd\xffb", "\ufffd", false, "[{1 2}]"},
	} {
		if got := fmt.Sprint(Find(NewText(tc.text), tc.words, tc.fold, nil)); got != tc.want {
			t.Errorf("%q in %q: got %v, want %v", tc.words, tc.text, got, tc.want)
		}
	}
}

func checkFind(t *testing.T, s, words string) {
	t.Helper()
	if !utf8.ValidString(words) {
		return
	}
	exact := func(a, b rune) bool { return a == b }
	if got, want := fmt.Sprint(Find(NewText(s), words, false, nil)), fmt.Sprint(naive(s, words, exact)); got != want {
		t.Fatalf("%q in %q: got %v, want %v", words, s, got, want)
	}
	loose := func(a, b rune) bool { return foldSlowly(a) == foldSlowly(b) }
	if got, want := fmt.Sprint(Find(NewText(s), words, true, nil)), fmt.Sprint(naive(s, words, loose)); got != want {
		t.Fatalf("%q folded in %q: got %v, want %v", words, s, got, want)
	}
}

func TestFindAgreesWithANaiveScan(t *testing.T) {
	rnd := rand.New(rand.NewSource(31))
	for range 4000 {
		letters := []rune("abAＡａ司司司法，\u212aｶカ")
		var b strings.Builder
		for range rnd.Intn(60) {
			b.WriteRune(letters[rnd.Intn(len(letters))])
			if rnd.Intn(20) == 0 {
				b.WriteByte(0xE5)
			}
		}
		var w strings.Builder
		for range 1 + rnd.Intn(4) {
			w.WriteRune(letters[rnd.Intn(len(letters))])
		}
		checkFind(t, b.String(), w.String())
	}
}

func FuzzFind(f *testing.F) {
	f.Add("司法厅 ＡＢ ab", "Ab")
	f.Fuzz(func(t *testing.T, s, words string) {
		if len(s) > 500 {
			t.Skip("long inputs only take long")
		}
		checkFind(t, s, words)
	})
}

func TestFindStops(t *testing.T) {
	text, calls := NewText(strings.Repeat("司法", 4*findStep)), 0
	got := Find(text, "司法", false, func() bool { calls++; return calls == 2 })
	if calls != 2 || len(got) != findStep {
		t.Errorf("asked %d times and found %d, want 2 and %d", calls, len(got), findStep)
	}
}

// What folds together is a class: folding twice changes nothing.
func TestFoldIsStable(t *testing.T) {
	table := folded()
	for r := range rune(0x30000) {
		once := foldRune(table, r)
		if twice := foldRune(table, once); twice != once && !unicode.IsUpper(r) {
			// NFKC and case can take turns for a few signs; none of them is a letter of a text.
			if unicode.Is(unicode.Han, r) || r < 0x250 || r >= 0xFF00 && r <= 0xFFEF {
				t.Errorf("%U folds to %U and that to %U", r, once, twice)
			}
		}
	}
}

func BenchmarkFind10MB(b *testing.B) {
	t := NewText(strings.Repeat(sample, 10<<20/len(sample)))
	b.SetBytes(int64(len(t.s)))
	for b.Loop() {
		Find(t, "司法", true, nil)
	}
}
