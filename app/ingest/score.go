package ingest

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"unicode"
)

// How much of a file the score looks at: first a little, and where that does not decide, more.
const (
	firstSample = 1 << 10
	sampleBytes = 128 << 10
)

// sample gives the lines of data that are not all ASCII, up to sampleBytes. In none of the encodings tried is a line
// feed part of another character.
func sample(data []byte) []byte {
	if len(data) <= sampleBytes {
		return data
	}
	out := make([]byte, 0, sampleBytes)
	for len(data) > 0 && len(out) < sampleBytes {
		end := bytes.IndexByte(data, '\n') + 1
		if end == 0 {
			end = len(data)
		}
		if line := data[:end]; bytes.ContainsFunc(line, func(r rune) bool { return r > 0x7F }) {
			out = append(out, line[:min(len(line), 2*sampleBytes)]...)
		}
		data = data[end:]
	}
	return out
}

// A guess is the best reading of bytes that nothing else speaks for.
type guess struct {
	reading
	margin int // how much worse the next other text is
	conf   float64
}

// poor is the cost of a character above which a reading is none of its language: right ones have 3 to 8 nats, wrong ones
// 10 and more.
const poor = 9.5 * nat

// guessOf scores all encodings on data; name is "" where none reads it.
func guessOf(data []byte) guess {
	part := sample(data)
	if len(part) > 16<<10 {
		part = part[:16<<10]
	}
	var all []reading
	bad, n := 0, 0
	add := func(r reading) {
		bad, n = r.bad, r.n
		if r.n > 0 && r.bad*50 <= r.n {
			all = append(all, r)
		}
	}
	for _, c := range candidates {
		c.score(part, add)
		if x := extended[c.name]; x != nil && bad > 0 && bad*20 < n {
			x.score(part, add)
		}
	}
	mark := marks(part)
	for _, s := range singles() {
		s.score(part, mark, add)
	}
	if len(all) == 0 {
		return guess{}
	}
	slices.SortStableFunc(all, func(a, b reading) int { return cmp.Compare(a.cost, b.cost) })
	g := guess{reading: all[0]}
	text, _ := mustCodec(g.name).decode(part)
	same := map[string]bool{g.name: true}
	g.margin = 1000
	for _, r := range all[1:] {
		if !same[r.name] {
			if other, _ := mustCodec(r.name).decode(part); other == text {
				same[r.name] = true
			} else {
				g.margin = r.cost - g.cost
				break
			}
		}
	}
	g.conf = round2(1 - 0.5*math.Exp(-float64(g.margin)/nat/3))
	return g
}

// LanguageOf names the language of a text where its script, in the first 2,000 characters, decides: zh, ja, ko; else "".
func LanguageOf(text string) string {
	han, kana, syllables, letters, seen := 0, 0, 0, 0, 0
	for _, r := range text {
		if seen++; seen > 2000 {
			break
		}
		switch {
		case r|0x20 >= 'a' && r|0x20 <= 'z':
			letters++
		case r < 0x2E80:
			if r >= 0xC0 && unicode.IsLetter(r) {
				letters += 2
			}
		case 0x4E00 <= r && r <= 0x9FFF, 0x3400 <= r && r <= 0x4DBF, 0x20000 <= r && r <= 0x323AF:
			han++
		case 0x3041 <= r && r <= 0x30FA:
			kana++
		case 0xAC00 <= r && r <= 0xD7A3:
			syllables++
		}
	}
	asian := han + kana + syllables
	switch {
	case asian == 0 || asian*4 < letters:
		return "" // a word of Latin script takes about four letters where Chinese takes one
	case syllables*2 > asian:
		return "ko"
	case kana*20 > asian:
		return "ja"
	default:
		return "zh"
	}
}

func round2(f float64) float64 { return float64(int(f*100+0.5)) / 100 }
