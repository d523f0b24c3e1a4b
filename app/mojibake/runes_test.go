package mojibake

import (
	"slices"
	"testing"
)

func TestRunesOf(t *testing.T) {
	for _, s := range []string{"", "a文\n书é😀\U0002A6D6▯", "\xe6\x96", "\xe6\x96文\xff\xe9a\x80\x80", "\xed\xa0\x80\xe0\x80\x80", "\u3000\u9fff\ua000\ufffd"} {
		if got := runesOf(s, nil); !slices.Equal(got, []rune(s)) {
			t.Errorf("%q has %q, not %q", s, got, []rune(s))
		}
	}
}
