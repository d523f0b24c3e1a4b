package mojibake

import (
	"sync"
	"unicode"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A class is what a character is for those beside it.
type class uint8

const (
	other class = iota
	space
	digit
	mark   // ASCII punctuation
	typo   // punctuation of printed text: dashes, quotation marks
	symbol // what a sentence has no use for
	cjkMark
	control
	lower // Latin
	upper
	combining
	greek
	cyrillic
	hebrew
	arabic
	thai
	indic
	han
	hira
	kata
	hangul
	halfKana
	bopomofo
	wide  // full-width letters and digits
	drawn // box drawing
	classes
)

// An info is a class and what a character costs in bits, in eighths.
type info struct {
	class class
	bits  uint8
}

// infos covers the basic plane. It is made once, of ranges, of the standards that order characters by how common they
// are, and of the counts in table.bin.
var infos = sync.OnceValue(func() *[0x10000]info {
	t := new([0x10000]info)
	for _, s := range spans {
		for r := s.from; r <= s.to; r++ {
			t[r] = byRange(r, s)
		}
	}
	byStandards(t)
	byCounts(t)
	return t
})

func infoOf(t *[0x10000]info, r rune) info {
	switch {
	case r < 0:
		return info{other, 24 * 8}
	case r < 0x10000:
		return t[r]
	case r >= 0x1F300 && r < 0x1FAF0:
		return info{symbol, 11 * 8}
	case r >= 0x20000 && r < 0x32400:
		return info{han, 21 * 8}
	case unicode.IsGraphic(r):
		return info{other, 17 * 8}
	}
	return info{control, 25 * 8}
}

// A span is a range of characters of one class. Where two overlap, the later holds.
type span struct {
	from, to rune
	class    class
	bits     float32
}

// The bits are estimates: of a long text in its own script a letter costs 4 to 8, a sign that few texts have 12 to 16,
// what no text should have over 20.
var spans = []span{
	{0x0000, 0xFFFF, other, 16},
	{0x0000, 0x001F, control, 17}, {'\t', '\n', space, 4}, {'\r', '\r', space, 4}, {0x7F, 0x7F, control, 18},
	{' ', ' ', space, 2.7}, {'!', '/', mark, 7}, {':', '@', mark, 8}, {'[', '`', mark, 9}, {'{', '~', mark, 9},
	{'0', '9', digit, 5.5}, {'A', 'Z', upper, 6.5}, {'a', 'z', lower, 4.5}, {',', '.', mark, 5.5},
	{0x80, 0x9F, control, 22}, {0xA0, 0xA0, space, 9.5}, {0xA1, 0xBF, symbol, 13}, {0xA4, 0xA4, symbol, 16},
	{0xA6, 0xA6, symbol, 16}, {0xA8, 0xA8, symbol, 16}, {0xAC, 0xAC, symbol, 16}, {0xAD, 0xAD, control, 15},
	{0xAF, 0xAF, symbol, 16}, {0xB6, 0xB6, symbol, 15}, {0xB8, 0xB8, symbol, 17}, {0xB7, 0xB7, symbol, 11},
	{0xB0, 0xB0, symbol, 11}, {0xAB, 0xAB, typo, 10}, {0xBB, 0xBB, typo, 10}, {0xA3, 0xA3, symbol, 9},
	{0xC0, 0xDE, upper, 11}, {0xDF, 0xFF, lower, 9.3}, {0xC2, 0xC3, upper, 13.5}, {0xC5, 0xC5, upper, 10}, {0xD8, 0xD8, upper, 9.5}, {0xE5, 0xE5, lower, 10.3}, {0xD7, 0xD7, symbol, 12},
	{0xF7, 0xF7, symbol, 13}, {0xD0, 0xD0, upper, 13}, {0xDE, 0xDE, upper, 13}, {0xF0, 0xF0, lower, 12},
	{0xFE, 0xFF, lower, 13},
	{0x100, 0x17F, lower, 11}, {0x108, 0x10B, lower, 13.5}, {0x11C, 0x11D, lower, 13.5}, {0x120, 0x121, lower, 13.5}, {0x122, 0x123, lower, 12}, {0x124, 0x129, lower, 13.5},
	{0x12C, 0x12D, lower, 13.5}, {0x132, 0x135, lower, 14}, {0x138, 0x13A, lower, 14}, {0x13F, 0x140, lower, 14}, {0x149, 0x14B, lower, 14},
	{0x14E, 0x14F, lower, 14}, {0x154, 0x157, lower, 14}, {0x15C, 0x15D, lower, 13.5}, {0x166, 0x169, lower, 13.5}, {0x16C, 0x16D, lower, 13.5},
	{0x174, 0x178, lower, 13.5}, {0x17F, 0x17F, lower, 18},
	{0x105, 0x105, lower, 9.5}, {0x107, 0x107, lower, 9.5}, {0x10D, 0x10D, lower, 9.5}, {0x10F, 0x10F, lower, 9.5}, {0x111, 0x111, lower, 9.5}, {0x119, 0x119, lower, 9.5}, {0x11B, 0x11B, lower, 9.5}, {0x11F, 0x11F, lower, 9.5}, {0x131, 0x131, lower, 9.5}, {0x142, 0x142, lower, 9.5}, {0x144, 0x144, lower, 9.5}, {0x148, 0x148, lower, 9.5}, {0x151, 0x151, lower, 9.5}, {0x159, 0x159, lower, 9.5}, {0x15B, 0x15B, lower, 9.5}, {0x15F, 0x15F, lower, 9.5}, {0x161, 0x161, lower, 9.5}, {0x165, 0x165, lower, 9.5}, {0x16F, 0x16F, lower, 9.5}, {0x171, 0x171, lower, 9.5}, {0x17A, 0x17A, lower, 9.5}, {0x17C, 0x17C, lower, 9.5}, {0x17E, 0x17E, lower, 9.5},
	{0x180, 0x24F, lower, 16}, {0x250, 0x2AF, lower, 18}, {0x2B0, 0x2FF, symbol, 16},
	{0x300, 0x36F, combining, 13}, {0x370, 0x3FF, greek, 13}, {0x386, 0x3CE, greek, 7.5},
	{0x400, 0x52F, cyrillic, 16}, {0x401, 0x45F, cyrillic, 11.5}, {0x410, 0x44F, cyrillic, 7},
	{0x530, 0x58F, other, 13}, {0x590, 0x5CF, hebrew, 13}, {0x5D0, 0x5EA, hebrew, 7}, {0x600, 0x6FF, arabic, 13},
	{0x620, 0x64A, arabic, 7}, {0x660, 0x669, arabic, 9}, {0x900, 0xDFF, indic, 9}, {0xE01, 0xE5B, thai, 7.5},
	{0x1E00, 0x1EFF, lower, 18}, {0x1EA0, 0x1EF9, lower, 10.5}, {0x1F00, 0x1FFF, greek, 12},
	{0x2000, 0x200F, control, 13}, {0x2010, 0x206F, typo, 14}, {0x2013, 0x2014, typo, 8.5}, {0x2018, 0x201D, typo, 8},
	{0x201A, 0x201B, typo, 13}, {0x201E, 0x201E, typo, 11.5}, {0x2020, 0x2021, symbol, 14}, {0x2022, 0x2022, typo, 11},
	{0x2026, 0x2026, typo, 9.5}, {0x2030, 0x2030, symbol, 15}, {0x2039, 0x203A, typo, 12.5},
	{0x20A0, 0x20CF, symbol, 16}, {0x20AC, 0x20AC, symbol, 12}, {0x2100, 0x214F, symbol, 14}, {0x2122, 0x2122, symbol, 12},
	{0x2150, 0x218F, symbol, 14}, {0x2190, 0x21FF, symbol, 12.5}, {0x2200, 0x22FF, symbol, 14}, {0x2300, 0x245F, symbol, 16},
	{0x2460, 0x2473, symbol, 11.5}, {0x2474, 0x24FF, symbol, 14}, {0x2500, 0x259F, drawn, 14.5}, {0x25A0, 0x26FF, symbol, 12.5},
	{0x2700, 0x27BF, symbol, 13}, {0x2800, 0x28FF, symbol, 16}, {0x2E80, 0x2FDF, han, 19}, {0x3000, 0x303F, cjkMark, 13},
	{0x3000, 0x3002, cjkMark, 6}, {0x3005, 0x3005, kata, 10}, {0x3008, 0x3011, cjkMark, 9}, {0x300A, 0x300D, cjkMark, 7.5},
	{0x3014, 0x3015, cjkMark, 11}, {0x3041, 0x3096, hira, 6.2}, {0x3097, 0x309F, hira, 15}, {0x30A1, 0x30FF, kata, 7.2},
	{0x30F0, 0x30F1, kata, 14}, {0x30FD, 0x30FF, kata, 15}, {0x3090, 0x3091, hira, 14}, {0x3094, 0x3096, hira, 14},
	{0x3041, 0x3041, hira, 11}, {0x3043, 0x3043, hira, 11}, {0x3045, 0x3045, hira, 12}, {0x3047, 0x3047, hira, 11}, {0x3049, 0x3049, hira, 12},
	{0x30F4, 0x30F6, kata, 12}, {0x30FB, 0x30FB, cjkMark, 7.5}, {0x30FC, 0x30FC, kata, 7.5}, {0x3100, 0x312F, bopomofo, 15}, {0x3130, 0x318F, hangul, 13}, {0x3190, 0x33FF, symbol, 18},
	{0x3400, 0x4DBF, han, 20}, {0x4E00, 0x9FFF, han, 19}, {0xA000, 0xABFF, other, 18}, {0xAC00, 0xD7A3, hangul, 16.5},
	{0xD7A4, 0xF8FF, control, 23}, {0xF900, 0xFAFF, han, 19}, {0xFB00, 0xFB06, lower, 13}, {0xFB1D, 0xFB4F, hebrew, 16},
	{0xFB50, 0xFDFF, arabic, 18}, {0xFDD0, 0xFDEF, control, 26}, {0xFE00, 0xFE0F, combining, 12}, {0xFE10, 0xFE6F, cjkMark, 15},
	{0xFE70, 0xFEFE, arabic, 17}, {0xFEFF, 0xFEFF, control, 13}, {0xFF01, 0xFF0F, cjkMark, 10}, {0xFF08, 0xFF09, cjkMark, 7}, {0xFF0C, 0xFF0C, cjkMark, 5},
	{0xFF10, 0xFF19, wide, 10}, {0xFF1A, 0xFF1F, cjkMark, 7.5}, {0xFF21, 0xFF5A, wide, 11}, {0xFF5B, 0xFF65, cjkMark, 13}, {0xFF3B, 0xFF40, cjkMark, 12},
	{0xFF66, 0xFF9F, halfKana, 16}, {0xFFA0, 0xFFEF, symbol, 17}, {0xFFFD, 0xFFFD, symbol, 17}, {0xFFFE, 0xFFFF, control, 26},
}

func byRange(r rune, s span) info {
	in := info{s.class, uint8(s.bits * 8)}
	if in.class == lower && unicode.IsUpper(r) {
		in.class = upper
		in.bits += 8
	}
	if in.class != control && in.class != space && r > 0x7F && !unicode.IsGraphic(r) {
		in = info{control, 24 * 8}
	}
	return in
}

// byStandards makes those characters cheaper that the standards put among the common ones: 一级汉字 of GB 2312 (rows 16
// to 55), 常用字 of Big5 (A440 to C67E), 第一水準 of JIS X 0208 (rows 16 to 47), the 2,350 syllables of KS X 1001.
func byStandards(t *[0x10000]info) {
	for _, s := range []struct {
		decode   func(dst, src []byte) []byte
		from, to int
		bits     float32
	}{
		{decoderOf(traditionalchinese.Big5.NewDecoder()), 0xC940, 0xF9D5, 17.5},
		{decoderOf(japanese.EUCJP.NewDecoder()), 0xB0A1, 0xCFD3, 14.5},
		{decoderOf(simplifiedchinese.GBK.NewDecoder()), 0xD8A1, 0xF7FE, 17},
		{decoderOf(traditionalchinese.Big5.NewDecoder()), 0xA440, 0xC67E, 13.3},
		{decoderOf(simplifiedchinese.GBK.NewDecoder()), 0xB0A1, 0xD7F9, 14.5},
		{decoderOf(korean.EUCKR.NewDecoder()), 0xB0A1, 0xC8FE, 11},
	} {
		eachPair(s.decode, s.from, s.to, func(_ uint16, r rune) {
			if in := &t[r]; (in.class == han || in.class == hangul) && uint8(s.bits*8) < in.bits {
				in.bits = uint8(s.bits * 8)
			}
		})
	}
}

func byCounts(t *[0x10000]info) {
	s := shipped()
	for _, l := range []struct {
		list []rune
		bits float32
	}{{s.hant, 9.7}, {s.kanji, 10}, {s.hangul, 7.2}} {
		for _, r := range l.list {
			if in := &t[r]; uint8(l.bits*8) < in.bits && r > 0x7F {
				in.bits = uint8(l.bits * 8)
			}
		}
	}
	for r, n := range s.single {
		bits := uint8(min(bitsOf(float32(n)/float32(s.total)), 30) * 8)
		if in := &t[r]; bits < in.bits {
			in.bits = bits
		}
	}
}
