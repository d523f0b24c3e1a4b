package ingest

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// The encodings with a byte a character. What is outside ASCII in them is letters of few languages, and which letters
// follow each other tells them apart. prior is what an encoding costs for being rare: the more, the more a text has to
// speak for it.
type singleSpec struct {
	name  string
	table byteTable
	langs string
	prior int
}

const (
	western  = "fr de es pt it nl da nb sv fi is ca ga sq et en"
	central  = "pl cs sk hu hr sl ro sq de"
	baltic   = "lt lv et"
	cyrillic = "ru uk bg sr mk be"
)

var singleSpecs = []singleSpec{
	{"windows-1252", charmap.Windows1252, western, 0},
	{"ISO-8859-15", charmap.ISO8859_15, western, 2 * nat},
	{"macintosh", charmap.Macintosh, western, 5 * nat},
	{"IBM850", charmap.CodePage850, western, 5 * nat},
	{"IBM437", charmap.CodePage437, western, 5 * nat},
	{"IBM860", charmap.CodePage860, "pt", 8 * nat},
	{"IBM863", charmap.CodePage863, "fr", 8 * nat},
	{"IBM865", charmap.CodePage865, "da nb", 6 * nat},
	{"windows-1250", charmap.Windows1250, central, 1 * nat},
	{"ISO-8859-2", charmap.ISO8859_2, central, 1 * nat},
	{"IBM852", charmap.CodePage852, central, 5 * nat},
	{"x-mac-ce", macCETable, "pl cs sk hu hr sl", 6 * nat},
	{"ISO-8859-16", charmap.ISO8859_16, "ro pl hu hr sl", 5 * nat},
	{"ISO-8859-3", charmap.ISO8859_3, "eo mt tr", 4 * nat},
	{"windows-1257", charmap.Windows1257, baltic, 2 * nat},
	{"ISO-8859-13", charmap.ISO8859_13, baltic + " pl", 3 * nat},
	{"ISO-8859-4", charmap.ISO8859_4, baltic, 4 * nat},
	{"ISO-8859-10", charmap.ISO8859_10, "lt lv et is", 6 * nat},
	{"ISO-8859-14", charmap.ISO8859_14, "cy ga", 5 * nat},
	{"windows-1254", charmap.Windows1254, "tr", 1 * nat},
	{"windows-1258", charmap.Windows1258, "vi", 3 * nat},
	{"windows-1251", charmap.Windows1251, cyrillic, 0},
	{"KOI8-R", charmap.KOI8R, "ru bg", 1 * nat},
	{"KOI8-U", charmap.KOI8U, "uk be", 2 * nat},
	{"ISO-8859-5", charmap.ISO8859_5, cyrillic, 2 * nat},
	{"IBM866", charmap.CodePage866, "ru uk be bg", 2 * nat},
	{"IBM855", charmap.CodePage855, cyrillic, 4 * nat},
	{"x-mac-cyrillic", charmap.MacintoshCyrillic, cyrillic, 3 * nat},
	{"windows-1253", charmap.Windows1253, "el", 1 * nat},
	{"ISO-8859-7", charmap.ISO8859_7, "el", 1 * nat},
	{"windows-1255", charmap.Windows1255, "he", 1 * nat},
	{"ISO-8859-8", charmap.ISO8859_8, "he", 3 * nat},
	{"IBM862", charmap.CodePage862, "he", 6 * nat},
	{"windows-1256", charmap.Windows1256, "ar fa", 1 * nat},
	{"ISO-8859-6", charmap.ISO8859_6, "ar", 2 * nat},
	{"windows-874", charmap.Windows874, "th", 1 * nat},
}

// A single is an encoding of these, ready to score.
type single struct {
	name  string
	prior int
	runes [256]rune
	sign  [256]uint8 // cost of what is no letter
	caps  [256]uint8 // 1 small, 2 capital, 0 neither
	langs []singleLang
}

type singleLang struct {
	*alphabet
	class [256]class
}

var singles = sync.OnceValue(func() []*single {
	var out []*single
	for _, spec := range singleSpecs {
		out = append(out, newSingle(spec))
	}
	return out
})

func newSingle(spec singleSpec) *single {
	s := &single{name: spec.name, prior: spec.prior}
	for b := range 256 {
		r := rune(b)
		if b >= 0x80 {
			r = spec.table.DecodeByte(byte(b))
		}
		s.runes[b] = r
		switch {
		case unicode.IsUpper(r):
			s.caps[b] = 2
		case unicode.IsLower(r):
			s.caps[b] = 1
		}
		if b >= 0x80 && !isLetter(r) {
			s.sign[b] = uint8(signCost(r))
		}
	}
	for _, lang := range strings.Fields(spec.langs) {
		l := singleLang{alphabet: alphabets()[lang]}
		for b := range 256 {
			l.class[b] = l.classOf(s.runes[b])
		}
		s.langs = append(s.langs, l)
	}
	return s
}

// capital costs: what kind of letter stands behind what kind.
var capCost = [3][3]uint8{{0, 2, 14}, {0, 0, 6 * nat}, {0, 3, 10}}

// A reading is what an encoding and a language make of some bytes: the lower the cost the better.
type reading struct {
	name  string
	lang  string
	cost  int // of the whole
	n     int // characters outside ASCII that it is of
	bad   int // bytes that are none
	plain int // cost without prior
}

// score is the reading of a marked sample in each language of the encoding.
func (s *single) score(part []byte, c *surroundings, yield func(reading)) {
	for i := range s.langs {
		r := s.scoreIn(&s.langs[i], part, c.mark)
		r.cost += c.against(s.langs[i].alphabet)
		yield(r)
	}
}

func (s *single) scoreIn(l *singleLang, part []byte, mark []bool) reading {
	r := reading{name: s.name, lang: l.lang}
	cost := 0
	prev, before := class(0), uint8(0)
	for i, b := range part {
		c := l.class[b]
		if !mark[i] {
			prev, before = c, s.caps[b]
			continue
		}
		step := l.follow(prev, c) + int(capCost[before][s.caps[b]])
		if b >= 0x80 {
			r.n++
			if c == 0 {
				step += int(s.sign[b])
				if s.runes[b] == '\uFFFD' {
					r.bad++
				}
				if prev > 0 && i+1 < len(part) && l.class[part[i+1]] > 0 && s.runes[b] != '’' {
					step += 6 * nat // a sign inside a word
				}
			}
		}
		cost += step
		prev, before = c, s.caps[b]
	}
	r.plain = cost
	r.cost = cost + s.prior
	return r
}
