package textlayout

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// laws are real Chinese statutes, where they are at hand.
func laws(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	files, _ := filepath.Glob("../../../shared/corpora/zh-laws/docs/*/*/*.md")
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(data)
	}
	if b.Len() == 0 {
		t.Skip("the statutes are not here")
	}
	return b.String()
}

func BenchmarkWrapLaws10MB(b *testing.B) {
	s := laws(b)
	t := NewText(strings.Repeat(s, 10<<20/len(s)))
	b.SetBytes(int64(len(t.s)))
	for b.Loop() {
		Wrap(t, Params{Width: 80, Advance: em10})
	}
}

// In real statutes nothing of the closing signs begins a row and nothing of the
// opening ones ends one, words of Latin letters and numbers stay whole, and no
// row ends early without need.
func TestRulesInRealStatutes(t *testing.T) {
	s := laws(t)
	s = s[:min(len(s), 300_000)]
	text := NewText(s)
	for _, width := range []float32{34, 61, 84} {
		l := Wrap(text, Params{Width: width, Advance: em})
		latin := func(r rune) bool { return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
		for k := 1; k < len(l.Rows); k++ {
			if _, first := l.Line(k); first {
				continue
			}
			at := int(l.Rows[k].Start)
			begins, _ := utf8.DecodeRuneInString(text.Slice(at, at+1))
			ends, _ := utf8.DecodeRuneInString(text.Slice(at-1, at))
			if strings.ContainsRune("。，、；：？！）》」』”’…", begins) {
				t.Fatalf("width %v: row %d begins with %c", width, k, begins)
			}
			if strings.ContainsRune("（《「『“‘", ends) {
				t.Fatalf("width %v: row %d ends with %c", width, k-1, ends)
			}
			if latin(ends) && latin(begins) && l.Width(k-1) < width-1 {
				t.Fatalf("width %v: row %d parts %q", width, k-1, text.Slice(at-9, at+9))
			}
			if w := l.Width(k-1) + 2*4; w < width && begins >= 0x80 {
				// Four Han would have found room: only a run that may not part explains it.
				run := l.Glyphs(k, 0, nil)
				var fixed float32
				for j := 0; j+1 < len(run); j++ {
					fixed += run[j].W
					a, b := next(s, run[j].From), next(s, run[j+1].From)
					if mayBreak(a.class, a.class, b.class) {
						break
					}
				}
				if l.Width(k-1)+fixed <= width {
					t.Fatalf("width %v: row %d ends early: %q", width, k-1, text.Slice(at-12, at+8))
				}
			}
		}
	}
}
