package storage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The search index holds folded words: NFKC, lower case, controls and white
// space gone. Each Han character, kana, hangul and mark of punctuation is a
// token of its own, and so is a run of letters, digits and combining marks of
// the scripts that put spaces between words. Phrases of such tokens find text of
// any script from one character up, exactly (../shared/reference/floors.md
// measured this against pairs and trigrams).

// alone are the scripts whose characters are tokens of their own.
var alone = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Yi}

// joins says whether r is part of a run.
func joins(r rune) bool {
	switch {
	case r < 0x80:
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	case r >= 0x2E80 && r < 0xA4D0 || r >= 0xAC00 && r < 0xD7B0: // the bulk of the tables above
		return false
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) && !unicode.In(r, alone...)
}

// fold is the text as the index sees it, still with its spaces.
func fold(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if !norm.NFKC.IsNormalString(s) {
		s = norm.NFKC.String(s)
	}
	return s
}

// plain says whether r is one of the characters that stand alone, have no case
// and are no space: most of a Chinese text.
func plain(r rune) bool { return r >= 0x4E00 && r < 0xA000 || r > 0x3000 && r < 0x3040 }

// tokens puts a space between the tokens of s.
func tokens(s string) string {
	s = fold(s)
	b := make([]byte, 0, len(s)*3/2)
	in := false // inside a run
	for _, r := range s {
		joined := false
		switch {
		case plain(r):
		case unicode.IsSpace(r) || unicode.IsControl(r) || r >= 0x80 && unicode.In(r, unicode.Z):
			in = false
			continue
		default:
			r = unicode.ToLower(r)
			joined = joins(r)
		}
		if len(b) > 0 && !(in && joined) {
			b = append(b, ' ')
		}
		in = joined
		b = utf8.AppendRune(b, r)
	}
	return string(b)
}

// phrase is the FTS5 query for words as they were typed: a phrase, whose last
// word may go on where it is a run. Empty where nothing of s can be searched.
func phrase(s string) string {
	t := tokens(s)
	if t == "" {
		return ""
	}
	q := `"` + strings.ReplaceAll(t, `"`, `""`) + `"`
	if last, _ := utf8.DecodeLastRuneInString(t); joins(last) {
		q += " *"
	}
	return q
}

// terms splits what was typed into phrases: by white space, but not inside
// "double quotes".
func terms(q string) []string {
	var out []string
	for i, part := range strings.Split(q, `"`) {
		if i%2 == 1 {
			if p := phrase(part); p != "" {
				out = append(out, p)
			}
			continue
		}
		for _, w := range strings.Fields(part) {
			if p := phrase(w); p != "" {
				out = append(out, p)
			}
		}
	}
	return out
}
