package ingest

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

// What is likely in a language that is written with letters: which letter follows which. letters/count.go has counted
// it and says how. All costs here are negative natural logarithms, in eighths.

//go:embed letters/letters.txt
var letterCounts string

const nat = 8

// A class is the number of a letter in its alphabet; 0 is all that is no letter, and letters of others are strange
// (another language in the same script) or alien (another script).
type class = uint8

const (
	strange class = 254
	alien   class = 255
)

// An alphabet is the letters of a language and how they follow each other.
type alphabet struct {
	lang   string
	script *unicode.RangeTable
	class  map[rune]class
	ascii  [27]class // of no letter, a to z
	n      int
	pair   []byte // the cost of a letter behind another, n by n
}

func (a *alphabet) latin() bool { return a.script == unicode.Latin }

// classOf is the class of a character, capitals as small letters.
func (a *alphabet) classOf(r rune) class {
	if r == 'İ' {
		r = 'i'
	}
	if k, ok := a.class[unicode.ToLower(r)]; ok {
		return k
	}
	switch {
	case !isLetter(r):
		return 0
	case unicode.Is(a.script, r):
		return strange
	}
	return alien
}

// follow is the cost of c behind p.
func (a *alphabet) follow(p, c class) int {
	switch {
	case p|c == 0:
		return nat / 2
	case c == alien:
		return 13 * nat
	case c == strange:
		return 8 * nat
	case p == alien && c > 0: // another script in one word
		return int(a.pair[c]) + 6*nat
	case p >= strange: // nothing is known of it: as at the beginning of a word
		return int(a.pair[c]) + nat
	}
	return int(a.pair[int(p)*a.n+int(c)])
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) }

var alphabets = sync.OnceValue(func() map[string]*alphabet {
	out := map[string]*alphabet{}
	lines := strings.Split(strings.TrimSuffix(letterCounts, "\n"), "\n")
	for len(lines) > 0 {
		lang, letters, _ := strings.Cut(lines[0], " ")
		a := &alphabet{lang: lang, class: map[rune]class{}, n: 1}
		for _, r := range letters {
			a.class[r] = class(a.n)
			a.n++
			if a.script == nil || a.script == unicode.Inherited {
				a.script = scriptOf(r)
			}
		}
		for _, line := range lines[1 : a.n+1] {
			for i := range a.n {
				a.pair = append(a.pair, line[i]-'!')
			}
		}
		for i := range 26 {
			a.ascii[i+1] = a.classOf(rune('a' + i))
		}
		out[lang] = a
		lines = lines[a.n+1:]
	}
	return out
})

func scriptOf(r rune) *unicode.RangeTable {
	for _, t := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Hebrew, unicode.Arabic, unicode.Thai} {
		if unicode.Is(t, r) {
			return t
		}
	}
	return unicode.Inherited
}

// signCost is what a sign outside ASCII costs that is no letter.
func signCost(r rune) int {
	switch {
	case strings.ContainsRune("\u00A0«»“”’–—…„", r):
		return 3 * nat
	case strings.ContainsRune("‘°§©®№·•′́ª", r):
		return 5 * nat
	case strings.ContainsRune("´‚‹›€£¡¿™¶²³½¼¾±×º†¨\u00AD\u200E\u200F،؛؟", r):
		return 6 * nat
	case 0x2500 <= r && r <= 0x259F: // lines and blocks of DOS
		return 8 * nat
	case r == '\uFFFD':
		return 20 * nat
	case r < 0xA0 || 0xE000 <= r && r <= 0xF8FF: // controls, private use
		return 15 * nat
	}
	return 10 * nat
}
