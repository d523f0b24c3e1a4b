package storage

import (
	"iter"
	"slices"
	"strings"
	"sync"
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

// folded is the text as the index sees it, still with its spaces and its case, in
// pieces: its NFKC, of which most of a text is known without asking for it.
func folded(s string) iter.Seq[string] {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	return func(yield func(string) bool) {
		for s != "" {
			n := settled(s)
			if n == len(s) {
				yield(s)
				return
			}
			if c := halved(s[n:]); c != "" && (n+3 == len(s) || settledHere(s[n+3:])) {
				if !yield(s[:n]) || !yield(c) {
					return
				}
				s = s[n+3:]
				continue
			}
			// What is not settled may go together with the character before it, and ends where
			// the next one is.
			_, before := utf8.DecodeLastRuneInString(s[:n])
			if n -= before; n > 0 && !yield(s[:n]) {
				return
			}
			end := n + before
			for end < len(s) && !settledHere(s[end:]) {
				_, size := utf8.DecodeRuneInString(s[end:])
				end += size
			}
			if !yield(norm.NFKC.String(s[n:end])) {
				return
			}
			s = s[end:]
		}
	}
}

// settled is how many bytes at the beginning of s are characters that stay as they are
// in NFKC, and go together with nothing that stands before them.
func settled(s string) (n int) {
	for n < len(s) {
		if s[n] < utf8.RuneSelf {
			n++
		} else if settledHere(s[n:]) {
			n += 3
		} else {
			return n
		}
	}
	return n
}

// settledHere says whether s begins with such a character: ASCII, 4E00 to 9FFF, 、 to 】,
// ‘ ’ “ ” or —. s is UTF-8.
func settledHere(s string) bool {
	switch c := s[0]; {
	case c < utf8.RuneSelf, 0xE5 <= c && c <= 0xE9:
		return true
	case c == 0xE4:
		return s[1] >= 0xB8
	case c == 0xE3:
		return s[1] == 0x80 && 0x81 <= s[2] && s[2] <= 0x91
	case c == 0xE2:
		return s[1] == 0x80 && (s[2]&0xFA == 0x98 || s[2] == 0x94)
	}
	return false
}

// halved is the character of ASCII that NFKC makes of one of full width, ！ to ～, with
// which s begins; "" where it begins with another.
func halved(s string) string {
	const ascii = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
	if r, _ := utf8.DecodeRuneInString(s); 0xFF01 <= r && r <= 0xFF5E {
		return ascii[r-0xFF01 : r-0xFF00]
	}
	return ""
}

// plain says whether r is one of the characters that stand alone, have no case
// and are no space: most of a Chinese text.
func plain(r rune) bool { return r >= 0x4E00 && r < 0xA000 || r > 0x3000 && r < 0x3040 }

// tokenRoom is where tokens are put together.
var tokenRoom = sync.Pool{New: func() any { return new([]byte) }}

// tokens puts a space between the tokens of s.
func tokens(s string) string {
	room := tokenRoom.Get().(*[]byte)
	b := slices.Grow((*room)[:0], len(s)*4/3+16)
	defer func() {
		if *room = b; cap(b) <= chunkSize {
			tokenRoom.Put(room)
		}
	}()
	in := false // inside a run
	for piece := range folded(s) {
		for i, r := range piece {
			if plain(r) {
				b, in = append(b, ' ', piece[i], piece[i+1], piece[i+2]), false
				continue
			}
			if unicode.IsSpace(r) || unicode.IsControl(r) || r >= 0x80 && unicode.In(r, unicode.Z) {
				in = false
				continue
			}
			r = unicode.ToLower(r)
			joined := joins(r)
			if !in || !joined {
				b = append(b, ' ')
			}
			b, in = utf8.AppendRune(b, r), joined
		}
	}
	if len(b) == 0 {
		return ""
	}
	return string(b[1:])
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
