package ingest

import (
	"math"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A candidate is an encoding of East Asia, with more than a byte a character. Which characters are frequent in a
// language tells these apart, from each other and from encodings with a byte a character.
type candidate struct {
	name   string
	decode func([]byte) ([]byte, error)
	langs  []*hanTable
	prior  int
}

// candidates are those that are always tried.
var candidates = []*candidate{
	{"GB18030", decoderOf(simplifiedchinese.GB18030), []*hanTable{hansTable, hantTable}, 0},
	{"Big5", decoderOf(traditionalchinese.Big5), []*hanTable{hantTable}, 0},
	{"Shift_JIS", decoderOf(japanese.ShiftJIS), []*hanTable{kanjiTable}, 0},
	{"EUC-JP", decoderOf(japanese.EUCJP), []*hanTable{kanjiTable}, 0},
	{"EUC-KR", decoderOf(korean.EUCKR), []*hanTable{hangulTable}, 0},
}

var johabCandidate = &candidate{"Johab", decoderOfCodec(johabCodec), []*hanTable{hangulTable}, 6 * nat}

// extended are tried where their base nearly reads the bytes.
var extended = map[string]*candidate{
	"EUC-JP":    {"EUC-JISX0213", decoderOfCodec(eucJISX0213), []*hanTable{kanjiTable}, 8 * nat},
	"Shift_JIS": {"Shift_JISX0213", decoderOfCodec(shiftJISX0213), []*hanTable{kanjiTable}, 8 * nat},
}

func decoderOf(enc encoding.Encoding) func([]byte) ([]byte, error) {
	return func(data []byte) ([]byte, error) { return enc.NewDecoder().Bytes(data) }
}

func decoderOfCodec(c *codec) func([]byte) ([]byte, error) {
	return func(data []byte) ([]byte, error) {
		text, _ := c.decode(data)
		return []byte(text), nil
	}
}

// A hanTable is what a character costs in a language of East Asia.
type hanTable struct {
	lang string
	cost func() *[0x10000]uint8
}

// rest is the cost of a code that no table of the language has.
const rest = 17 * nat

var (
	hansTable   = &hanTable{"zh", sync.OnceValue(func() *[0x10000]uint8 { return hanCosts(hans, 0.23, gbLevels) })}
	hantTable   = &hanTable{"zh", sync.OnceValue(func() *[0x10000]uint8 { return hanCosts(hant, 0.23, big5Levels) })}
	kanjiTable  = &hanTable{"ja", sync.OnceValue(func() *[0x10000]uint8 { return kanaCosts(hanCosts(kanji, 0.1, jisLevels)) })}
	hangulTable = &hanTable{"ko", sync.OnceValue(func() *[0x10000]uint8 { return hanCosts(hangul, 0.34, ksLevels) })}
)

// ranked is the cost of the rank-th of things that are distributed as Zipf says: share is of all text that would fall
// to the first of a list that begins steeply.
func ranked(rank int, offset, share float64) uint8 {
	return uint8(math.Round(nat * math.Log((float64(rank)+offset)/share)))
}

// A level is a rectangle of a table of codes, and the cost of its characters.
type level struct {
	enc                      encoding.Encoding
	lead0, lead1, low0, low1 byte
	cost                     float64 // in nats
}

// hanCosts begins with the levels of a standard, the frequent before the rare, and then has the frequent characters.
func hanCosts(list string, share float64, levels func() []level) *[0x10000]uint8 {
	t := new([0x10000]uint8)
	for i := range t {
		t[i] = rest
	}
	for _, l := range levels() {
		for hi := int(l.lead0); hi <= int(l.lead1); hi++ {
			for lo := int(l.low0); lo <= int(l.low1); lo++ {
				out, err := l.enc.NewDecoder().Bytes([]byte{byte(hi), byte(lo)})
				if r, n := utf8.DecodeRune(out); err == nil && n == len(out) && r < 0x10000 {
					t[r] = min(t[r], uint8(l.cost*nat))
				}
			}
		}
	}
	for r := 0xFF01; r <= 0xFF5E; r++ { // full-width ASCII
		t[r] = min(t[r], 8*nat)
	}
	for r := 0xFF66; r <= 0xFF9F; r++ { // half-width kana
		t[r] = 11 * nat
	}
	for r := 0xE000; r <= 0xF8FF; r++ { // private use
		t[r] = 18 * nat
	}
	t['\uFFFD'] = 20 * nat
	rank := 0
	seen := map[rune]bool{}
	for _, r := range list {
		if r > 0x7F && !seen[r] {
			seen[r] = true
			t[r] = min(t[r], ranked(rank, 25, share))
			rank++
		}
	}
	for rank, r := range []rune("，。、的」「：（）；！？…”“　·《》—～・") {
		if r != '的' {
			t[r] = min(t[r], ranked(rank, 2, 0.08))
		}
	}
	return t
}

func kanaCosts(t *[0x10000]uint8) *[0x10000]uint8 {
	for r := rune(0x3041); r <= 0x30F6; r++ {
		t[r] = min(t[r], 8*nat)
	}
	for rank, r := range []rune("のいにるたとはしをでがなてっかれんらもさすりこだまくあきょけせそえろちどわめうおじつゅばやべみよゃほびげずごひぶざむ") {
		t[r] = ranked(rank, 4, 1./6)
	}
	for rank, r := range []rune("ーンスルトイアラリクドシテプコフレジサマッタニロバオメビカグィブセウキパデノチミナムエソダハツャェガョ") {
		t[r] = ranked(rank, 10, 1./9)
	}
	return t
}

// score is the reading of part in each language of the encoding.
func (c *candidate) score(part []byte, around *surroundings, yield func(reading)) {
	out, err := c.decode(part)
	if err != nil {
		return
	}
	for _, l := range c.langs {
		r := l.score(out)
		r.name, r.cost = c.name, r.plain+c.prior+around.switches*switchCost
		yield(r)
	}
}

// score: the last character may be cut off and does not count where it is bad.
func (l *hanTable) score(text []byte) reading {
	r := reading{lang: l.lang}
	t := l.cost()
	before := rune(' ')
	for i := 0; i < len(text); {
		ch, size := rune(text[i]), 1
		if ch < utf8.RuneSelf {
			if before >= utf8.RuneSelf {
				r.plain += asciiBehind(ch)
			}
		} else {
			ch, size = utf8.DecodeRune(text[i:])
			r.n++
			switch {
			case ch == '\uFFFD' && i+size == len(text):
				r.plain += 6 * nat
			case ch >= 0x10000:
				r.plain += rest
			default:
				r.plain += int(t[ch])
			}
			if ch == '\uFFFD' && i+size < len(text) {
				r.bad++
			}
			if before < utf8.RuneSelf && isASCIILetter(before) {
				r.plain += nat
			}
		}
		before = ch
		i += size
	}
	return r
}

// asciiBehind is the cost of ASCII behind a character of these scripts.
func asciiBehind(ch rune) int {
	if isASCIILetter(ch) {
		return 5 * nat
	}
	return 2 * nat
}

func isASCIILetter(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' }
