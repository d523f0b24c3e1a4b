package textlayout

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// longestWord bounds the words of a lexicon, in code points: what is longer is
// a clause and no word, and left out.
const longestWord = 40

// Lexicon is a set of words of scripts that are written without spaces.
// Immutable; 100,000 words take some 10 MB and 100 ms to build, and a look-up
// some microseconds. The nil Lexicon is empty.
type Lexicon struct {
	first map[rune][]string // by the first character, the longest word first
	n     int
	base  *Lexicon
}

// NewLexicon makes a lexicon; blanks around words, empty words and words that
// come twice do not count.
func NewLexicon(words []string) *Lexicon { return (*Lexicon)(nil).With(words) }

// With is a lexicon of these words and those of x, which is kept and shared.
func (x *Lexicon) With(words []string) *Lexicon {
	out := &Lexicon{first: make(map[rune][]string, min(len(words), 8192)), base: x}
	for _, w := range words {
		w = strings.TrimSpace(w)
		if w == "" || len(w) > longestWord*utf8.UTFMax || utf8.RuneCountInString(w) > longestWord {
			continue
		}
		r, _ := utf8.DecodeRuneInString(w)
		out.first[r] = append(out.first[r], w)
	}
	for r, all := range out.first {
		slices.SortFunc(all, func(a, b string) int {
			if len(a) != len(b) {
				return len(b) - len(a)
			}
			return strings.Compare(a, b)
		})
		out.first[r] = slices.Clip(slices.Compact(all))
		out.n += len(out.first[r])
	}
	return out
}

// Len is the number of words; one that stands in both lists of With counts twice.
func (x *Lexicon) Len() int {
	if x == nil {
		return 0
	}
	return x.n + x.base.Len()
}

// at calls f with the length in bytes of every word that stands at byte i of s,
// until f answers false.
func (x *Lexicon) at(s string, i int, f func(n int) bool) {
	r, _ := utf8.DecodeRuneInString(s[i:])
	for ; x != nil; x = x.base {
		for _, w := range x.first[r] {
			if strings.HasPrefix(s[i:], w) && !f(len(w)) {
				return
			}
		}
	}
}
