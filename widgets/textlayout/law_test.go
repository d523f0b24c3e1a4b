package textlayout

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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
