package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The index holds folded words. Each Han character, kana, hangul and mark of
// punctuation is a token of its own, and so is a run of letters, digits and combining
// marks of the scripts that put spaces between words; white space and controls are
// gone. Phrases of such tokens find text of any script from one character up.

// alone are the scripts whose characters are tokens of their own.
var alone = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Yi}

// Joins says whether r is part of a run.
func Joins(r rune) bool {
	switch {
	case r < 0x80:
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	case r >= 0x2E80 && r < 0xA4D0 || r >= 0xAC00 && r < 0xD7B0: // the bulk of the tables above
		return false
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) && !unicode.In(r, alone...)
}

// gap says whether r stands between tokens and is none.
func gap(r rune) bool {
	if r < 0x80 {
		return r <= ' ' || r == 0x7F
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.In(r, unicode.Z)
}

// plain says whether r is one of the characters that stand alone, have no case and
// are no space: most of a Chinese text.
func plain(r rune) bool { return r >= 0x4E00 && r < 0xA000 || r > 0x3002 && r < 0x3008 }

// Tokens is a text as the index has it: its tokens, a space between two.
func Tokens(s string) string {
	t := hans()
	b := make([]byte, 0, len(s)*4/3+16)
	in := false // inside a run
	put := func(r rune) {
		joined := Joins(r)
		if !in || !joined {
			b = append(b, ' ')
		}
		in = joined
		b = utf8.AppendRune(b, r)
	}
	for piece := range pieces(s) {
		for i, r := range piece {
			switch {
			case r >= 0x4E00 && r <= hanLast: // most of a Chinese text
				in = false
				if t.other(r) {
					b = utf8.AppendRune(append(b, ' '), t.near[r-hanFirst])
				} else {
					b = append(b, ' ', piece[i], piece[i+1], piece[i+2])
				}
			case gap(r):
				in = false
			default:
				folded(t, r, put)
			}
		}
	}
	if len(b) == 0 {
		return ""
	}
	return string(b[1:])
}

// Phrase is the FTS5 query for words as they were typed: a phrase, whose last word
// may go on where it is a run. Empty where nothing of s can be looked for.
func Phrase(s string) string {
	t := Tokens(s)
	if t == "" {
		return ""
	}
	q := `"` + strings.ReplaceAll(t, `"`, `""`) + `"`
	if last, _ := utf8.DecodeLastRuneInString(t); Joins(last) {
		q += " *"
	}
	return q
}

// AsFolded says whether whoever looks for s as it is finds no other words when it is
// folded: nothing else is folded to any of its characters.
func AsFolded(s string) bool {
	for _, r := range valid(s) {
		if !plain(r) || shared()[r] {
			return false
		}
	}
	return true
}
