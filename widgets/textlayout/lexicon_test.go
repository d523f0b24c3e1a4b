package textlayout

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"
)

func TestWordIn(t *testing.T) {
	x := NewLexicon([]string{"司法厅", "自治区司法厅", " 党委 ", "书记", "厅长", "出席", "会议", "并", "讲话", "", "的",
		"研究", "研究生", "生命", "和服", "服务", "A股市场", "副主任"})
	text := "自治区司法厅党委书记、厅长李振国出席会议并讲话。研究生命的和服务，买A股市场 Fonds，" + strings.Repeat("甲乙", 20) + "阿卜杜热西提副主任"
	l := Wrap(NewText(text), Params{Width: 12, Advance: em})
	for _, tc := range []struct{ in, want string }{
		{"自治", "自治区司法厅"}, {"司法", "自治区司法厅"}, {"党", "党委"}, {"记、", "书记"}, {"、", "、"},
		{"李", "李振国"}, {"国出", "李振国"}, {"席", "出席"}, {"并", "并"}, {"讲", "讲话"}, {"。", "。"},
		{"研", "研究生"}, {"生命", "研究生"}, {"命", "生命"}, {"的", "的"}, {"服务", "服务"}, {"和", "和服"},
		{"股", "A股市场"}, {"onds", "Fonds"}, {"乙甲", "乙"}, {"任", "副主任"}, {"买", "买"},
	} {
		pos := len([]rune(text[:strings.Index(text, tc.in)]))
		w := l.WordIn(pos, x)
		if got := l.Text.Slice(w.Start, w.End); got != tc.want {
			t.Errorf("at %q: got %q, want %q", tc.in, got, tc.want)
		}
	}
	if got := x.Len(); got != 17 {
		t.Errorf("%d words, want 17", got)
	}
	more := x.With([]string{"李振国出席会议"})
	w := l.WordIn(len([]rune(text[:strings.Index(text, "席")])), more)
	if got := l.Text.Slice(w.Start, w.End); got != "李振国出席会议" || x.Len() != 17 || more.Len() != 18 {
		t.Errorf("with a word more: got %q, %d and %d words", got, x.Len(), more.Len())
	}
}

// Without a lexicon words cover a text exactly once; with one, each holds its
// place, is made of whole clusters and stays in its line.
func TestWordsHold(t *testing.T) {
	rnd := rand.New(rand.NewSource(41))
	x := NewLexicon([]string{"司法", "司法厅", "厅召", "召开", "法", "厅，召", "開"})
	for range 500 {
		s := randomText(rnd, 80)
		if rnd.Intn(3) == 0 {
			s = strings.Repeat("司法厅召开", rnd.Intn(12)) + s
		}
		l := Wrap(NewText(s), Params{Width: 9, Advance: em})
		for pos := 0; pos < l.Text.Len(); pos++ {
			w := l.WordAt(pos)
			for p := w.Start; p < w.End; p++ {
				if got := l.WordAt(p); got != w {
					t.Fatalf("%q: position %d belongs to %v and %v", s, p, w, got)
				}
			}
			w = l.WordIn(pos, x)
			line := l.LineSpan(pos)
			if pos < line.End && (w.Start > pos || w.End <= pos) || w != l.Snap(w) || w.Start < line.Start || w.End > line.End {
				t.Fatalf("%q: the word at %d is %v in the line %v", s, pos, w, line)
			}
		}
	}
}

// In a line without end a word takes no longer than in a short one.
func TestWordInALongLine(t *testing.T) {
	l := Wrap(NewText(strings.Repeat("司法厅召开", 400_000)), Params{Width: 80, Advance: em10})
	var words []string
	for i := range 100_000 {
		words = append(words, fmt.Sprintf("司%c%c", 0x4E00+i%20000, 0x4E00+i/7))
	}
	began := time.Now()
	x := NewLexicon(append(words, "法厅"))
	built := time.Since(began)
	began = time.Now()
	for i := range 20 {
		if w := l.WordIn(1_900_000+5*i+1, x); w.Len() != 2 {
			t.Fatalf("got %v", w)
		}
	}
	if took := time.Since(began); took > 2*time.Second || built > 5*time.Second {
		t.Errorf("building took %v, 20 words %v", built, took)
	}
}
