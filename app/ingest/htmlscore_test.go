package ingest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
)

// How much of a page's article the main text is, on pages of others (../shared/corpora), beside what readability itself
// gives as text and beside the whole text of the page.

// A pageScore is the F1 of the words of three texts against those of the article, 0 to 1.
type pageScore struct {
	name              string
	ours, rival, full float64
}

// wordsOf counts words: those of letters and figures, and each Han character or kana by itself.
func wordsOf(text string) (words map[string]int, all int) {
	words = map[string]int{}
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words[string(word)]++
			all++
			word = word[:0]
		}
	}
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			flush()
			words[string(r)]++
			all++
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			word = append(word, r)
		default:
			flush()
		}
	}
	flush()
	return words, all
}

func wordF1(got, want string) float64 {
	g, ng := wordsOf(got)
	w, nw := wordsOf(want)
	if ng+nw == 0 {
		return 1
	}
	both := 0
	for word, n := range g {
		both += min(n, w[word])
	}
	return 2 * float64(both) / float64(ng+nw)
}

// textOf is all text of a piece of HTML, with a space at every tag.
func textOf(page string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		default:
			b.WriteByte(' ')
		}
	}
}

func pageScores(t testing.TB) (out []pageScore) {
	names, err := filepath.Glob(filepath.Join(shared(t, "corpora/html-readability/test/test-pages"), "*", "source.html"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no pages (%v)", err)
	}
	for _, name := range names {
		dir := filepath.Dir(name)
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		expected, err := os.ReadFile(filepath.Join(dir, "expected.html"))
		if err != nil {
			t.Fatal(err)
		}
		want := textOf(string(expected))
		doc, err := Make(data, name, "")
		if err != nil {
			t.Fatal(err)
		}
		s := pageScore{name: filepath.Base(dir), ours: wordF1(doc.Text, want)}
		s.full = s.ours
		if len(doc.Others) > 0 {
			s.full = wordF1(doc.Others[0].Text, want)
		}
		if s.rival, err = rivalF1(data, doc, want); err != nil {
			t.Errorf("%s: readability itself: %v", name, err)
		}
		out = append(out, s)
	}
	return out
}

// rivalF1 is what readability's own text of the page gets, decoded as the document was.
func rivalF1(data []byte, doc *Document, want string) (float64, error) {
	text, _, _, _, err := Decode(data, doc.Encoding)
	if err != nil {
		return 0, err
	}
	p := readability.NewParser()
	a, err := p.Parse(strings.NewReader(text), nil)
	if err != nil || a.Node == nil {
		return 0, err
	}
	var b strings.Builder
	if err := a.RenderText(&b); err != nil {
		return 0, err
	}
	return wordF1(b.String(), want), nil
}

// spread gives the median of figures, and that which a tenth of them do not reach.
func spread(figures []float64) (median, tenth float64) {
	slices.Sort(figures)
	n := len(figures)
	return (figures[(n-1)/2] + figures[n/2]) / 2, figures[n/10]
}

type pageFigure struct {
	what       string
	of         func(pageScore) float64
	floor, low float64
}

var pageFigures = []pageFigure{
	{"main text", func(s pageScore) float64 { return s.ours }, 0.95, 0.80},
	{"rival: readability's own text", func(s pageScore) float64 { return s.rival }, 0, 0},
	{"rival: all text of the page", func(s pageScore) float64 { return s.full }, 0, 0},
}

func (f pageFigure) spread(scores []pageScore) (median, tenth float64) {
	var all []float64
	for _, s := range scores {
		all = append(all, f.of(s))
	}
	return spread(all)
}

func TestMainText(t *testing.T) {
	scores := pageScores(t)
	for _, s := range scores {
		t.Logf("%-28s main %.3f  readability's text %.3f  all text %.3f", s.name, s.ours, s.rival, s.full)
	}
	for _, f := range pageFigures {
		if median, tenth := f.spread(scores); median < f.floor || tenth < f.low {
			t.Errorf("%s: median %.3f, want %.2f; worst tenth %.3f, want %.2f", f.what, median, f.floor, tenth, f.low)
		}
	}
}

// TestBenchMainText prints the same, each beside its floor.
func TestBenchMainText(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measures; run it by make bench")
	}
	scores := pageScores(t)
	for _, f := range pageFigures {
		median, tenth := f.spread(scores)
		t.Logf("BENCH %-46s %10.4g %-12s floor %10.4g   (%d pages)", f.what+", median", median, "F1", f.floor, len(scores))
		t.Logf("BENCH %-46s %10.4g %-12s floor %10.4g", f.what+", worst tenth", tenth, "F1", f.low)
		if median < f.floor || tenth < f.low {
			t.Errorf("%s: below the floor", f.what)
		}
	}
}
