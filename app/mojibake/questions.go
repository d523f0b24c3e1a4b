package mojibake

import (
	"slices"
	"unicode"
)

// questions says how many question marks at i stand for bytes. In a text that was read in an encoding of two bytes it
// is those that are glued to a run, two or more inside or before a word ("hei??t", "??sterreich"), and three in the place
// of one.
func (f *finder) questions(i int) int {
	if f.text[i] != '?' || i > 0 && f.text[i-1] == '?' || !f.twoBytes() {
		return 0
	}
	n := 0
	for i+n < len(f.text) && f.text[i+n] == '?' && !f.covered(i+n, i+n+1) {
		n++
	}
	before := i > 0 && unicode.IsLetter(f.text[i-1])
	after := i+n < len(f.text) && unicode.IsLetter(f.text[i+n])
	glued := i > 0 && f.covered(i-1, i) || f.covered(i+n, i+n+1)
	alone := i > 0 && f.text[i-1] == ' '
	if n > 0 && (glued || n > 1 && (before || after) || n > 2 && alone) {
		return n
	}
	return 0
}

// twoBytes says whether a mistake with an encoding of two bytes was found.
func (f *finder) twoBytes() bool {
	return slices.ContainsFunc(f.taken, func(p piece) bool {
		return slices.ContainsFunc(p.steps, func(s *pair) bool { return !s.wrong().single || s.right().kind == pairKind })
	})
}
