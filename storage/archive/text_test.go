package archive

import (
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestTextAgainstRunes: whatever the bytes, a text is cut where Go's runes end.
func TestTextAgainstRunes(t *testing.T) {
	pieces := append([]string{"\xe4", "\xb8\xad", "\xf0\x9f", "\xff", "\x00", "\u007f", "\u0080", "\uffff", "abcdefgh"}, alphabet...)
	rng := rand.New(rand.NewSource(1))
	for round := range 400 {
		var b strings.Builder
		from := len(pieces) - len(alphabet)*(round%2) // every other text is UTF-8 throughout
		for range rng.Intn(3 * every) {
			k := rng.Intn(len(pieces))
			if round%2 == 1 {
				k = from + rng.Intn(len(alphabet))
			}
			if round%5 == 4 {
				k = 8
			}
			b.WriteString(pieces[k])
		}
		s := b.String()
		var starts []int
		for i := range s {
			starts = append(starts, i)
		}
		starts = append(starts, len(s))
		text := NewText(s)
		if got, want := text.Len(), len(starts)-1; got != want {
			t.Fatalf("round %d: %d code points, want %d", round, got, want)
		}
		for p, want := range starts {
			if got := text.Byte(p); got != want {
				t.Fatalf("round %d: code point %d begins at byte %d, want %d", round, p, got, want)
			}
		}
		if text.valid != utf8.ValidString(s) {
			t.Fatalf("round %d: UTF-8 throughout: got %v", round, text.valid)
		}
		if text.valid && !reflect.DeepEqual(utf8Text(s), text) {
			t.Fatalf("round %d: counted otherwise where it is known to be UTF-8", round)
		}
		p, q := rng.Intn(len(starts)), rng.Intn(len(starts))
		if p > q {
			p, q = q, p
		}
		if got, want := text.Slice(p, q), s[starts[p]:starts[q]]; got != want {
			t.Fatalf("round %d: [%d,%d) is %q, want %q", round, p, q, got, want)
		}
	}
}
