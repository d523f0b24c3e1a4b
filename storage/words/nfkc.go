package words

import (
	"iter"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// pieces is a text in NFKC (Unicode Standard Annex 15), still with its spaces and its
// case, piece by piece: of which most of a text is known without asking for it.
func pieces(s string) iter.Seq[string] {
	s = valid(s)
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
