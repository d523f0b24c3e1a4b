package alike

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded says what becomes of the code points of the BMP that stand for themselves: the one that is kept, 0 where it is
// dropped, or several where NFKC has more to say.
var folded = sync.OnceValue(func() *[1 << 16]uint16 {
	var t [1 << 16]uint16
	var buf [8]byte
	for r := range rune(1 << 16) {
		t[r] = several
		if r >= 0xD800 && r < 0xE000 || r == several {
			continue
		}
		src := utf8.AppendRune(buf[:0], r)
		if p := norm.NFKC.Properties(src); !p.BoundaryBefore() {
			continue
		}
		out := []rune(string(norm.NFKC.Bytes(src)))
		if len(out) != 1 || out[0] >= several {
			continue
		}
		t[r] = 0
		if kept := keep(out[0]); kept >= 0 && kept < several {
			t[r] = uint16(kept)
		}
	}
	return &t
})

// several marks code points that are looked at with their neighbours; it is a noncharacter.
const several = 0xFFFF

// keep is what a code point of a normalised text counts as, -1 for nothing.
func keep(r rune) rune {
	if unicode.IsSpace(r) || unicode.In(r, unicode.P, unicode.Z, unicode.Cc, unicode.Cf) {
		return -1
	}
	return unicode.ToLower(r)
}

// fold appends what counts of a text to out, as code points. Bytes that are no UTF-8 count as U+FFFD.
func fold(out []rune, text string) []rune {
	if !utf8.ValidString(text) {
		text = string([]rune(text)) // NFKC passes over what stands behind half a code point
	}
	table := folded()
	last, mark := -1, len(out) // the code point before in the text, and how long out was before it
	for i := 0; i < len(text); {
		c := rune(text[i])
		n := 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(text[i:])
		}
		if c < 1<<16 && table[c] != several {
			last, mark = i, len(out)
			if k := table[c]; k != 0 {
				out = append(out, rune(k))
			}
			i += n
			continue
		}
		from := i
		if last >= 0 { // it may join what stands before it
			from, out = last, out[:mark]
		}
		for i += n; i < len(text); i += n {
			c, n = utf8.DecodeRuneInString(text[i:])
			if c < 1<<16 && table[c] != several {
				break
			}
		}
		for _, r := range string(norm.NFKC.Bytes([]byte(text[from:i]))) {
			if r = keep(r); r >= 0 {
				out = append(out, r)
			}
		}
		last = -1 // what follows begins by itself
	}
	return out
}
