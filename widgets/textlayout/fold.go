package textlayout

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded holds what each character of the BMP is compared as: its compatible
// form (full width to ASCII, half-width kana to kana, radicals and compatible
// ideographs to the usual ones) without case. A character that would become
// several stays what it is, so that positions need no second count.
var folded = sync.OnceValue(func() *[0x10000]uint16 {
	t := new([0x10000]uint16)
	for r := range rune(0x10000) {
		t[r] = uint16(foldSlowly(r))
	}
	return t
})

// foldRune folds a character; t is folded(), fetched once a search.
func foldRune(t *[0x10000]uint16, r rune) rune {
	if r < 0x10000 {
		return rune(t[r])
	}
	if r < 0x20000 || r >= 0x2F800 && r <= 0x2FA1F { // letters of old scripts; compatible ideographs
		return foldSlowly(r)
	}
	return r
}

func foldSlowly(r rune) rune {
	if r >= 0xD800 && r <= 0xDFFF {
		return r
	}
	if s := norm.NFKC.String(string(r)); s != string(r) {
		if x, n := utf8.DecodeRuneInString(s); n == len(s) && x <= 0xFFFF == (r <= 0xFFFF) {
			r = x
		}
	}
	least := r
	for x := unicode.SimpleFold(r); x != r; x = unicode.SimpleFold(x) {
		if x <= 0xFFFF == (r <= 0xFFFF) {
			least = min(least, x)
		}
	}
	return least
}
