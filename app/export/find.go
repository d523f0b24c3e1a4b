package export

import (
	"slices"
	"strings"
)

// finder finds many words in a text in one walk.
type finder struct {
	pairs [1 << 16]bool       // the first two bytes of a word of three or more
	by    map[string][]string // those words by their first three bytes, the longest first
	short [256][]string       // words of one and two bytes by their first, the longest first
}

func newFinder(words []string) *finder {
	f := &finder{by: map[string][]string{}}
	words = slices.Clone(words)
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	for _, w := range words {
		switch {
		case len(w) > 2:
			f.pairs[int(w[0])<<8|int(w[1])] = true
			f.by[w[:3]] = append(f.by[w[:3]], w)
		case len(w) > 0:
			f.short[w[0]] = append(f.short[w[0]], w)
		}
	}
	return f
}

// each tells of every place where a word begins, and of the longest that does.
func (f *finder) each(s string, found func(at int, word string)) {
	for i := 0; i < len(s); i++ {
		if i+2 < len(s) && f.pairs[int(s[i])<<8|int(s[i+1])] {
			if w := longest(f.by[s[i:i+3]], s[i:]); w != "" {
				found(i, w)
				continue
			}
		}
		if list := f.short[s[i]]; list != nil {
			if w := longest(list, s[i:]); w != "" {
				found(i, w)
			}
		}
	}
}

func longest(list []string, s string) string {
	for _, w := range list {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	return ""
}

// all lists where the words stand, as intervals that are apart.
func (f *finder) all(s string) []interval {
	var out []interval
	f.each(s, func(at int, w string) { out = append(out, interval{at, at + len(w)}) })
	return merge(out)
}
