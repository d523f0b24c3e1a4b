package zones

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// lineStarts gives where lines begin and the end of each without its line end, in code points.
func lineStarts(text string) map[int]int {
	ends := map[int]int{}
	start, at := 0, 0
	rs := []rune(strings.ReplaceAll(text, "\r\n", "\r\r"))
	for ; at < len(rs); at++ {
		switch {
		case rs[at] == '\n' || rs[at] == '\r':
			ends[start] = at
			start = at + 1
		case rs[at] == '\f' && at > start:
			ends[start] = at
			start = at
		}
	}
	ends[start] = at
	return ends
}

// wrong says what no answer may be: marked ranges are whole lines, in order and apart; splits lie inside, at lines.
func wrong(text string, zones []Zone, splits []Split) string {
	ends := lineStarts(text)
	after := 0
	for _, z := range zones {
		if end, ok := ends[z.Start]; !ok || end != z.End {
			return fmt.Sprintf("%+v is not a line", z)
		}
		if z.Start < after || z.End <= z.Start || z.Kind == "" || z.Rule == "" {
			return fmt.Sprintf("%+v after %d", z, after)
		}
		after = z.End
	}
	at := 0
	for _, s := range splits {
		for _, a := range append(slices.Clone(s.Alternatives), s.At) {
			if _, ok := ends[a]; !ok || a <= 0 || a >= utf8.RuneCountInString(text) {
				return fmt.Sprintf("%+v: %d is not the beginning of a line inside", s, a)
			}
		}
		if s.At <= at || s.Confidence <= 0 || s.Confidence >= 1 || s.Kind == "" || s.Rule == "" ||
			!slices.IsSorted(s.Alternatives) || slices.Contains(s.Alternatives, s.At) {
			return fmt.Sprintf("%+v after %d", s, at)
		}
		at = s.At
	}
	return ""
}

// pieces are lines that texts are made of at random.
var pieces = func() (out []string) {
	for _, tt := range marked {
		for _, l := range strings.Split(tt.text, "\n") {
			if _, words, ok := strings.Cut(l, "¦"); ok {
				l = words
			}
			out = append(out, l)
		}
	}
	for _, tt := range severals {
		text, _, _ := unmark(tt.text)
		out = append(out, strings.Split(text, "\n")...)
	}
	return append(out, "", "", "\f", "\ffeed", "\xff\xfe", "a\rb", "\u3000", "日", "12", "：", ":", "[", "12:30 来源：", "2015-1-1 :::", "Page 1 of 1", "第1页 共1页")
}()

func atRandom(r *rand.Rand, lines int) string {
	var b strings.Builder
	for range lines {
		b.WriteString(pieces[r.IntN(len(pieces))])
		b.WriteString([]string{"\n", "\n", "\n", "\r\n", "\n\n"}[r.IntN(5)])
	}
	return b.String()
}

// rounds is how many texts at random a test makes: a few, or many under FONDS_LONG.
func rounds() uint64 {
	if os.Getenv("FONDS_LONG") != "" {
		return 60_000
	}
	return 1500
}

func TestAnswersAreWholeLines(t *testing.T) {
	for seed := range rounds() {
		r := rand.New(rand.NewPCG(seed, 7))
		text := atRandom(r, r.IntN(60))
		var damaged []Range
		for range r.IntN(4) {
			a := r.IntN(utf8.RuneCountInString(text)+9) - 4
			damaged = append(damaged, Range{a, a + r.IntN(30) - 3})
		}
		if w := wrong(text, Furniture(text), Splits(text, damaged)); w != "" {
			t.Fatalf("text %d: %s\n%q", seed, w, text)
		}
	}
}

// Sure furniture that is added behind a text changes nothing before it, but for lines that stand next to it.
func TestWhatIsAddedBehindChangesNothingBefore(t *testing.T) {
	more := []string{"打印本页 关闭窗口", "版权所有 某某市档案馆 某ICP备12345678号", "责任编辑：李芳", "Copyright © 2014 Wexley Record Office. All rights reserved."}
	for seed := range rounds() {
		r := rand.New(rand.NewPCG(seed, 11))
		text := atRandom(r, 5+r.IntN(60)) + "这是正文的最后一句话，它后面只有网页的残余部分，没有别的。"
		longer := text + "\n" + more[r.IntN(4)] + "\n" + more[r.IntN(4)]
		length := utf8.RuneCountInString(text)
		before, after := Furniture(text), Furniture(longer)
		after = slices.DeleteFunc(after, func(z Zone) bool { return z.Start > length })
		if !slices.Equal(before, after) {
			t.Fatalf("text %d: furniture\n%+v\nwith more\n%+v\n%q", seed, before, after, text)
		}
		splits, more := Splits(text, nil), Splits(longer, nil)
		more = slices.DeleteFunc(more, func(s Split) bool { return s.At > length })
		if fmt.Sprint(splits) != fmt.Sprint(more) {
			t.Fatalf("text %d: splits\n%+v\nwith more\n%+v\n%q", seed, splits, more, text)
		}
	}
}

// However a text is made, no line is looked at more often than so, and no more often in a longer one: the work grows as
// the text does.
func TestLinesAreLookedAtAFewTimes(t *testing.T) {
	const most = 40 // times a line, on the average
	looks := func(text string) float64 {
		p := read(text)
		p.furnish()
		p.damage([]Range{{0, 1 << 40}})
		p.splits()
		return float64(p.looked) / float64(max(len(p.lines), 1))
	}
	bad := map[string]string{"random": atRandom(rand.New(rand.NewPCG(1, 1)), 500)}
	for i, piece := range pieces {
		bad[fmt.Sprintf("piece %d %q", i, piece)] = strings.Repeat(piece+"\n", 100)
		bad[fmt.Sprintf("pieces from %d", i)] = strings.Repeat(strings.Join(pieces[i:min(i+5, len(pieces))], "\n")+"\n", 20)
	}
	worst, name := 0.0, ""
	for what, text := range bad {
		each, longer := looks(text), looks(strings.Repeat(text, 4))
		if longer > 1.2*each+1 {
			t.Errorf("%s: %.1f looks a line, and %.1f in a text four times as long", what, each, longer)
		}
		if each = max(each, longer); each > worst {
			worst, name = each, what
		}
	}
	t.Logf("at most %.1f looks a line (%s)", worst, name)
	if worst > most {
		t.Errorf("%.1f looks a line for %s, want %d at most", worst, name, most)
	}
}

func FuzzZones(f *testing.F) {
	for _, tt := range marked {
		f.Add(tt.text, 0, 0)
	}
	for _, tt := range singles() {
		f.Add(tt.text, 0, 9)
	}
	for _, tt := range severals {
		f.Add(tt.text, 10, 30)
	}
	f.Add("\f\f\r\r\n\u200b\xff:：", -5, 1<<62)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		damaged := []Range{{start, end}, {end, start}, {start, start}}
		if w := wrong(text, Furniture(text), Splits(text, damaged)); w != "" {
			t.Fatalf("%s\n%q", w, text)
		}
		var c Counter
		for range 9 {
			c.Add(Note(text))
		}
		if c.texts > 1 {
			t.Errorf("one text nine times counts %d times", c.texts)
		}
		c.texts += fewestTexts
		if w := wrong(text, c.Lines(0.25).Mark(text), nil); w != "" {
			t.Fatalf("marked: %s\n%q", w, text)
		}
	})
}
