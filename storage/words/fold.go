package words

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed variants.txt
var variantsText string

// The folded forms of Han characters: of those in the two great blocks by their
// place, of others by a map.
const hanFirst, hanLast = 0x3400, 0x9FFF

type hanTable struct {
	has  [(hanLast-hanFirst)/64 + 1]uint64 // a bit for each that has another form: small enough to stay at hand
	near [hanLast - hanFirst + 1]rune      // 0: itself
	far  map[rune]rune
}

// other says whether a character from hanFirst to hanLast is folded to another.
func (t *hanTable) other(r rune) bool {
	i := uint(r - hanFirst)
	return t.has[i/64]>>(i%64)&1 != 0
}

// hans is the table of variants.txt.
var hans = sync.OnceValue(func() *hanTable {
	t := &hanTable{far: map[rune]rune{}}
	for line := range strings.Lines(variantsText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, group := range strings.Fields(line) {
			to, n := utf8.DecodeRuneInString(group)
			for _, r := range group[n:] {
				if r >= hanFirst && r <= hanLast {
					t.near[r-hanFirst] = to
					t.has[(r-hanFirst)/64] |= 1 << ((r - hanFirst) % 64)
				} else {
					t.far[r] = to
				}
			}
		}
	}
	return t
})

func (t *hanTable) of(r rune) rune {
	if r >= hanFirst && r <= hanLast {
		if to := t.near[r-hanFirst]; to != 0 {
			return to
		}
		return r
	}
	if r >= 0x20000 || r >= 0xE000 && r < 0xFB00 {
		if to, ok := t.far[r]; ok {
			return to
		}
	}
	return r
}

// letters are Latin letters that are no letter and a mark, as people type them who
// have no such key.
var letters = map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ħ': "h", 'ŧ': "t", 'ð': "d", 'þ': "th", 'ı': "i",
	'ё': "е"}

// brackets are those that stand for each other in Chinese documents: the year of a
// number (国发〔2015〕3号) is written in each of them.
func bracket(r rune) rune {
	switch r {
	case '〔', '［', '[', '【', '（', '(', '﹝', '〖':
		return '['
	case '〕', '］', ']', '】', '）', ')', '﹞', '〗':
		return ']'
	}
	return r
}

// folded calls put with what a rune of an NFKC text is folded to, rune by rune: lower
// case, without the marks of Latin and Greek letters, simplified, brackets as one.
func folded(t *hanTable, r rune, put func(rune)) {
	switch {
	case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
		put(r)
		return
	case r >= hanFirst && r <= hanLast || r >= 0x20000:
		put(t.of(r))
		return
	case r < 0x80:
		put(bracket(unicode.ToLower(r)))
		return
	case r >= 0x0300 && r < 0x0370: // a mark that no letter has composed with
		return
	case r >= 0x2000:
		put(t.of(bracket(unicode.ToLower(r))))
		return
	}
	for _, r := range bases()[r] {
		put(r)
	}
}

// bases are the letters below U+2000: lower case, Latin and Greek ones without their
// marks.
var bases = sync.OnceValue(func() *[0x2000]string {
	var t [0x2000]string
	for i := range t {
		r := unicode.ToLower(rune(i))
		t[i] = string(r)
		if s, ok := letters[r]; ok {
			t[i] = s
		} else if unicode.In(r, unicode.Latin, unicode.Greek) && !(r >= 0x0180 && r < 0x01CD) {
			b, _ := utf8.DecodeRuneInString(norm.NFD.String(t[i]))
			t[i] = string(b)
		}
	}
	return &t
})

// valid is s as UTF-8: bytes that are none become U+FFFD, each.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
