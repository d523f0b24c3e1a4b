package export

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a text as names are compared: without case, width, the difference of
// composed and decomposed letters, and what cannot be seen; between Han characters
// without space and line ends, elsewhere with one space for any run of them. from and
// to are the bytes of the text that each byte of it was made of.
type folded struct {
	text     string
	from, to []int32
}

func fold(s string) folded {
	f := folder{from: make([]int32, 0, len(s)), to: make([]int32, 0, len(s))}
	f.out.Grow(len(s))
	for i, r := range s {
		n := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, n = utf8.DecodeRuneInString(s[i:])
		}
		f.take(r, i, i+n)
	}
	return folded{f.out.String(), f.from, f.to}
}

// folder folds a text.
type folder struct {
	out      strings.Builder
	from, to []int32
	last     rune // that was put out
	gap      bool // space came since
	start    int  // where it begins
	end      int
}

func (f *folder) take(r rune, from, to int) {
	switch {
	case r < utf8.RuneSelf && r > ' ' && r != 0x7F:
		f.put(unicode.ToLower(r), from, to)
	case unicode.IsSpace(r), r == 0x2028, r == 0x2029:
		if !f.gap {
			f.gap, f.start = true, from
		}
		f.end = to
	case invisible(r):
	case han(r) && r < 0xF900:
		f.put(r, from, to)
	default:
		for _, q := range norm.NFKD.String(string(r)) {
			f.put(unicode.ToLower(q), from, to)
		}
	}
}

// invisible says whether a code point leaves no trace: controls, joiners, marks of
// direction, variation selectors.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector)
}

func han(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) }

func (f *folder) put(r rune, from, to int) {
	if f.gap && f.out.Len() > 0 && !(han(f.last) && han(r)) {
		f.write(' ', f.start, f.end)
	}
	f.gap = false
	f.write(r, from, to)
	f.last = r
}

func (f *folder) write(r rune, from, to int) {
	n := f.out.Len()
	f.out.WriteRune(r)
	for range f.out.Len() - n {
		f.from, f.to = append(f.from, int32(from)), append(f.to, int32(to))
	}
}

// finder finds many words in a text in one walk, however they are written (folded).
type finder struct {
	pairs [1 << 16]bool       // the first two bytes of a folded word of three or more
	by    map[string][]string // those words by their first three bytes, the longest first
	short [256][]string       // words of one and two bytes by their first, the longest first
	words map[string]string   // a word as it was given, by its folded form
}

func newFinder(words []string) *finder {
	f := &finder{by: map[string][]string{}, words: map[string]string{}}
	var all []string
	for _, w := range words {
		if k := fold(w).text; k != "" && f.words[k] == "" {
			f.words[k] = w
			all = append(all, k)
		}
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	for _, w := range all {
		if len(w) > 2 {
			f.pairs[int(w[0])<<8|int(w[1])] = true
			f.by[w[:3]] = append(f.by[w[:3]], w)
		} else {
			f.short[w[0]] = append(f.short[w[0]], w)
		}
	}
	return f
}

// each tells of every place where a word begins: [start,end) of s, bytes, and the
// longest word that does.
func (f *finder) each(s string, found func(start, end int, word string)) {
	if len(f.words) == 0 {
		return
	}
	t := fold(s)
	for i := 0; i < len(t.text); i++ {
		w := ""
		if i+2 < len(t.text) && f.pairs[int(t.text[i])<<8|int(t.text[i+1])] {
			w = longest(f.by[t.text[i:i+3]], t.text, i)
		}
		if list := f.short[t.text[i]]; w == "" && list != nil {
			w = longest(list, t.text, i)
		}
		if w != "" {
			found(int(t.from[i]), int(t.to[i+len(w)-1]), f.words[w])
		}
	}
}

func longest(list []string, s string, at int) string {
	for _, w := range list {
		if strings.HasPrefix(s[at:], w) && (!brief(w) || apart(s, at, at+len(w))) {
			return w
		}
	}
	return ""
}

// brief says whether a word is of so few letters of an alphabet that it stands in many
// others: Li in licence. Only by itself it is that word.
func brief(w string) bool {
	return utf8.RuneCountInString(w) < 5 && !strings.ContainsFunc(w, func(r rune) bool { return !alphabetic(r) })
}

func alphabetic(r rune) bool {
	return unicode.IsDigit(r) || unicode.IsLetter(r) && !han(r) || unicode.Is(unicode.Mn, r)
}

// apart says whether no letter or digit of an alphabet stands at either side.
func apart(s string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	after, _ := utf8.DecodeRuneInString(s[end:])
	return (start == 0 || !alphabetic(before)) && (end == len(s) || !alphabetic(after))
}

// all lists where the words stand, as intervals that are apart.
func (f *finder) all(s string) []interval {
	var out []interval
	f.each(s, func(start, end int, _ string) { out = append(out, interval{start, end}) })
	return merge(out)
}
