package ingest

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A candidate is an East Asian encoding that is tried on bytes which are not Unicode.
type candidate struct {
	name string
	enc  encoding.Encoding
	bits []uint8 // languages written in it: the best counts
}

var candidates = []candidate{
	{"GB18030", simplifiedchinese.GB18030, []uint8{isHans, isHant}},
	{"Big5", traditionalchinese.Big5, []uint8{isHant}},
	{"Shift_JIS", japanese.ShiftJIS, []uint8{isKanji}},
	{"EUC-JP", japanese.EUCJP, []uint8{isKanji}},
	{"EUC-KR", korean.EUCKR, []uint8{isHangul}},
}

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

// plausible says how much a reading looks like the language: about 0.6 to 1 where it is, under 0.3 where it is not. n is
// the number of its characters outside ASCII, bad how many of them stand for bytes that could not be read.
func plausible(text []byte, bits []uint8) (score float64, n, bad int) {
	var sums [2]float64
	for i := 0; i < len(text); {
		if text[i] < 0x80 {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		i += size
		n++
		b := common(r)
		switch {
		case r == '\uFFFD':
			bad++
			sums[0], sums[1] = sums[0]-4, sums[1]-4
		case b&isPunct != 0:
			sums[0], sums[1] = sums[0]+1, sums[1]+1
		case r < 0xA0 || 0xE000 <= r && r <= 0xF8FF || 0xFF61 <= r && r <= 0xFF9F:
			// Control, private use, half-width kana: what wrong readings are full of.
			sums[0], sums[1] = sums[0]-1, sums[1]-1
		default:
			for i, bit := range bits {
				switch {
				case b&bit != 0:
					sums[i]++
				case bit == isKanji && 0x3041 <= r && r <= 0x3093:
					sums[i]++
				case bit == isKanji && 0x30A1 <= r && r <= 0x30F6:
					sums[i] += 0.8
				}
			}
		}
	}
	if n == 0 {
		return 0, 0, 0
	}
	return max(sums[0], sums[1]) / float64(n), n, bad
}

// eastAsian scores the candidates on data. The best is believed where it is plausible in itself and clearly the best;
// else name is "".
func eastAsian(data []byte) (name string, conf float64) {
	part := sample(data)
	if len(part) > firstSample {
		if name, conf = bestOf(part[:firstSample]); conf >= 0.9 {
			return name, conf
		}
	}
	return bestOf(part)
}

func bestOf(part []byte) (name string, conf float64) {
	best, second, chars := 0.0, 0.0, 0
	for _, c := range candidates {
		if len(part) > 256 {
			// A wrong encoding shows soon.
			out, err := c.enc.NewDecoder().Bytes(part[:256])
			if _, n, bad := plausible(out, c.bits); err != nil || bad*10 > n {
				continue
			}
		}
		out, err := c.enc.NewDecoder().Bytes(part)
		if err != nil {
			continue
		}
		s, n, bad := plausible(out, c.bits)
		if bad*50 > n { // more than 2 in 100: this is not its encoding
			continue
		}
		if s > best {
			name, best, second, chars = c.name, s, best, n
		} else if s > second {
			second = s
		}
	}
	floor := 0.3
	if chars < 8 {
		floor = 0.5
	}
	if best < floor || best-second < 0.15 {
		return "", 0
	}
	conf = 0.5 + 0.5*min(1, (best-second)/0.4)*min(1, float64(chars)/24)
	return name, round2(min(conf, 0.99))
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
