package cluster

import (
	"slices"
	"strings"
	"sync"

	"fonds/assets"
	"fonds/storage/words"
)

// This file knows which two Han characters stand beside each other: in common words and
// in the values. A slip makes a pair that stands nowhere else (自冶区); another word makes
// one that does (财政局, 民政局).

// couple is two Han characters beside each other.
type couple [2]rune

// common are the couples of the common words that the program brings.
var common = sync.OnceValue(func() map[couple]bool {
	out := map[couple]bool{}
	for line := range strings.Lines(assets.Words()) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, word := range strings.Fields(line) {
			f := form{words: strings.Fields(words.Tokens(word))}
			for _, c := range f.couples() {
				out[c] = true
			}
		}
	}
	return out
})

// couples are those of a value, each once.
func (f *form) couples() (out []couple) {
	for k := 1; k < len(f.words); k++ {
		if c := (couple{han(f.words[k-1]), han(f.words[k])}); c[0] != 0 && c[1] != 0 && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// hanPairs says in how many classes a couple stands.
type hanPairs map[couple]int

func (s *Set) hanPairs() hanPairs {
	out := hanPairs{}
	for i := range s.words {
		if len(s.words[i].words) <= mostSlots {
			for _, c := range s.words[i].couples() {
				out[c]++
			}
		}
	}
	return out
}

// known says whether a value has a couple at a place, with the character there or without
// one, that is of a common word or of another value than the two that are compared. A
// character that stands there twice is known from nowhere.
func (p hanPairs) known(f *form, at int, has bool, other *form) bool {
	w := f.words
	here := []couple{{han(w[at-1]), han(w[at])}}
	if has {
		if len(w) > len(other.words) && (w[at] == w[at-1] || w[at] == w[at+1]) {
			return false
		}
		here = append(here, couple{han(w[at]), han(w[at+1])})
	}
	for _, c := range here {
		if c[0] == 0 || c[1] == 0 {
			continue
		}
		n := p[c] - 1
		if slices.Contains(other.couples(), c) {
			n--
		}
		if n > 0 || common()[c] {
			return true
		}
	}
	return false
}
