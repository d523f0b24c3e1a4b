package textlayout

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// cluster is a grapheme cluster of the text: what a person takes for one
// character, which no row, selection or mark ever splits.
type cluster struct {
	bytes, runes int32
	class        class
	base         rune
}

// ideograph reports whether one of U+4000 to U+9FFF stands at byte i.
func ideograph(s string, i int) bool {
	return i+2 < len(s) && s[i] >= 0xE4 && s[i] <= 0xE9 && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80
}

// next reads the cluster at byte i, which must be the beginning of one.
func next(s string, i int) cluster {
	if c := s[i]; c < utf8.RuneSelf {
		k, easy := lookup(rune(c))
		if easy && (i+1 >= len(s) || s[i+1] < utf8.RuneSelf || ideograph(s, i+1)) {
			return cluster{1, 1, k, rune(c)}
		}
	}
	if c := s[i]; c >= 0xE4 && c <= 0xE9 && i+3 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
		// U+4000 to U+9FFF before the same or ASCII: nearly all of a Chinese text.
		if d := s[i+3]; d >= ' ' && d < 0x7F || ideograph(s, i+3) {
			return cluster{3, 1, cIdeo, rune(c&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)}
		}
	}
	if c := s[i]; (c == 0xE3 || c == 0xEF || c == 0xE2) && i+3 < len(s) && s[i+1] >= 0x80 && s[i+1] <= 0xBF && s[i+2]&0xC0 == 0x80 {
		// The signs of Chinese, before an ideograph or a letter.
		r := rune(c&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
		if d := s[i+3]; d >= ' ' && d < 0x7F || ideograph(s, i+3) {
			if k, easy := lookup(r); easy {
				return cluster{3, 1, k, r}
			}
		}
	}
	r, w := utf8.DecodeRuneInString(s[i:])
	k, easy := lookup(r)
	if r == '\r' && i+1 < len(s) && s[i+1] == '\n' {
		return cluster{2, 2, cNewline, '\n'}
	}
	if k == cNewline || r == '\t' {
		return cluster{int32(w), 1, k, r}
	}
	if i+w >= len(s) {
		return cluster{int32(w), 1, k, r}
	}
	if easy {
		r2, _ := utf8.DecodeRuneInString(s[i+w:])
		if _, easy := lookup(r2); easy || r2 < ' ' {
			return cluster{int32(w), 1, k, r}
		}
	}
	it := graphemes.FromString(s[i:])
	if !it.Next() {
		return cluster{int32(w), 1, k, r}
	}
	v := it.Value()
	return cluster{int32(len(v)), int32(utf8.RuneCountInString(v)), k, r}
}

// Advance is the width of a cluster when it is set without shaping: that of
// its characters, but nothing for what is drawn over or beside the first one
// without taking room (marks, joiners, variation selectors).
func Advance(cluster string, advance func(rune) float32) float32 {
	var sum float32
	for i, r := range cluster {
		if i == 0 || !Mute(r) {
			if i == 0 && Invisible(r) {
				continue
			}
			sum += advance(r)
		}
	}
	return sum
}

// Mute reports whether a character that is not the first of its cluster takes
// no room of its own.
func Mute(r rune) bool {
	return Invisible(r) || unicode.In(r, unicode.Mn, unicode.Me) || r >= 0x1F3FB && r <= 0x1F3FF
}

// Hidden reports whether a character shows nothing of its own and yet changes how
// a text reads, breaks or is found: spaces of no width, marks that turn the
// direction of what follows (Unicode Technical Report 36, 2.5). They are drawn as
// boxes with their code.
func Hidden(r rune) bool {
	return r == 0x200B || r == 0xFEFF || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x206F
}

// Invisible reports whether a character is one of the signs of Unicode that
// only direct the letters they stand at: joiners, selectors, soft hyphens.
func Invisible(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x34F, r == 0x61C:
		return true
	case r >= 0x200C && r <= 0x200F:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000 && r <= 0xE0FFF:
		return true
	}
	return false
}
