package assets

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestWords holds that the list is words of ideographs, each once, and enough
// of them for the texts that archives keep.
func TestWords(t *testing.T) {
	seen := map[string]bool{}
	for n, line := range strings.Split(Words(), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(line) {
			for _, r := range w {
				if !unicode.Is(unicode.Han, r) {
					t.Errorf("line %d: %q has a %q", n+1, w, r)
				}
			}
			if utf8.RuneCountInString(w) > 12 {
				t.Errorf("line %d: %q is no word", n+1, w)
			}
			seen[w] = true
		}
	}
	if len(seen) < 1500 || len(seen) > 3000 {
		t.Errorf("%d words, want 1,500 to 3,000", len(seen))
	}
	for _, w := range []string{"档案馆", "全宗", "司法厅", "厅长", "出席", "的"} {
		if !seen[w] {
			t.Errorf("%q is not there", w)
		}
	}
	for _, w := range []string{"张", "中", "文", "国", "来"} { // of names of people
		if seen[w] {
			t.Errorf("%q is there alone", w)
		}
	}
}
