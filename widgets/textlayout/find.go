package textlayout

import "unicode/utf8"

// findStep is how many code points pass between two calls of stop.
const findStep = 1 << 16

// Find is every place where words stand in a text, in order, none over
// another. With fold, upper and lower case, full and half width and the
// compatible forms of an ideograph are the same. It walks the text once, some
// 4 ns a code point, whatever the words are (Knuth, Morris and Pratt, 1977),
// and keeps nothing of it but the places. When stop, which may be nil, answers
// true, what has been found so far is returned. Words that are empty or no
// UTF-8 stand nowhere. It may run on any goroutine.
func Find(t *Text, words string, fold bool, stop func() bool) []Span {
	if words == "" || !utf8.ValidString(words) {
		return nil
	}
	var table *[0x10000]uint16
	if fold {
		table = folded()
	}
	want := []rune(words)
	if fold {
		for i, r := range want {
			want[i] = foldRune(table, r)
		}
	}
	// back[i]: how many of the first i characters still count when the next one
	// does not fit.
	back := make([]int, len(want)+1)
	back[0] = -1
	for i, k := 0, -1; i < len(want); i++ {
		for k >= 0 && want[i] != want[k] {
			k = back[k]
		}
		k++
		back[i+1] = k
	}
	var out []Span
	s, pos, have, left := t.s, 0, 0, findStep
	for i := 0; i < len(s); {
		r, w := rune(s[i]), 1
		if r >= 0xE1 && r <= 0xE9 && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
			r, w = r&0x0F<<12|rune(s[i+1]&0x3F)<<6|rune(s[i+2]&0x3F), 3 // for speed
		} else if r >= utf8.RuneSelf {
			r, w = utf8.DecodeRuneInString(s[i:])
			if w == 1 {
				r = -1 // no character: equal to nothing
			}
		}
		i += w
		if fold && r >= 0 {
			r = foldRune(table, r)
		}
		pos++
		for have >= 0 && want[have] != r {
			have = back[have]
		}
		if have++; have == len(want) {
			out = append(out, Span{pos - have, pos})
			have = 0
		}
		if left--; left == 0 {
			if left = findStep; stop != nil && stop() {
				return out
			}
		}
	}
	return out
}
