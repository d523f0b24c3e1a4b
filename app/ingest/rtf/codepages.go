package rtf

import (
	"context"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Code pages that are none of Windows' own numbers.
const (
	symbolPage  = -1 // the letters of the font Symbol
	privatePage = -2 // a font of pictures: byte b is U+F000+b
	mixedPage   = -3 // Western by its charset in a file of two-byte characters: see mixed
	utf8Page    = 65001
)

// pages has the encoding of each code page that is known here.
var pages = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855,
	858: charmap.CodePage858, 860: charmap.CodePage860, 862: charmap.CodePage862, 863: charmap.CodePage863,
	865: charmap.CodePage865, 866: charmap.CodePage866, 874: charmap.Windows874, 708: charmap.ISO8859_6,
	819: charmap.ISO8859_1, 1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252,
	1253: charmap.Windows1253, 1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256,
	1257: charmap.Windows1257, 1258: charmap.Windows1258, 20866: charmap.KOI8R, 21866: charmap.KOI8U,
	28591: charmap.ISO8859_1, 28592: charmap.ISO8859_2, 28595: charmap.ISO8859_5, 28605: charmap.ISO8859_15,
	10000: charmap.Macintosh, 10007: charmap.MacintoshCyrillic, 10017: charmap.MacintoshCyrillic,
	932: japanese.ShiftJIS, 10001: japanese.ShiftJIS,
	936: simplifiedchinese.GB18030, 10008: simplifiedchinese.GB18030, 54936: simplifiedchinese.GB18030,
	949: korean.EUCKR, 10003: korean.EUCKR,
	950: traditionalchinese.Big5, 10002: traditionalchinese.Big5,
}

// charsets has the code page of each \fcharset. 0 and 1 are the file's own (0: see fontPage).
var charsets = map[int]int{
	77: 10000, 78: 10001, 79: 10003, 80: 10008, 81: 10002, 82: 1361, 83: 10005, 84: 10004, 85: 10006, 86: 10081, 87: 10021,
	88: 10029, 89: 10007, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255,
	178: 1256, 179: 1256, 180: 1256, 181: 1255, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}

// A font is what the table of fonts says of one.
type font struct {
	charset int // -1: not stated
	page    int // of \cpg, 0: not stated
	name    string
}

// twoBytes says whether a code page has characters of two bytes.
func twoBytes(page int) bool {
	switch page {
	case 932, 936, 949, 950, 10001, 10002, 10003, 10008, 54936:
		return true
	}
	return false
}

// isLead says whether b is the first of two bytes in a code page.
func isLead(page int, b byte) bool {
	switch page {
	case 932, 10001:
		return 0x81 <= b && b <= 0x9f || 0xe0 <= b && b <= 0xfc
	}
	return twoBytes(page) && 0x81 <= b && b <= 0xfe
}

// fontPage gives the code page of what is written in font f.
func (r *reader) fontPage(f int) int {
	font, ok := r.fonts[f]
	if !ok {
		return r.ansi
	}
	if known, ok := charsets[font.charset]; ok {
		return known
	}
	switch name := strings.ToLower(strings.TrimSpace(font.name)); {
	case name == "symbol":
		return symbolPage
	case strings.HasPrefix(name, "wingdings"), name == "webdings", name == "zapfdingbats", name == "monotype sorts":
		return privatePage
	case font.page != 0:
		return font.page
	case font.charset == 0 && twoBytes(r.ansi):
		return mixedPage
	case font.charset == 0 && r.ansi != utf8Page:
		return 1252
	}
	return r.ansi
}

// decode turns bytes of a code page into text. What it cannot is U+FFFD.
func (r *reader) decode(b []byte, page int) string {
	switch page {
	case symbolPage:
		return fromSymbol(b)
	case privatePage:
		var s strings.Builder
		for _, c := range b {
			if c == ' ' {
				s.WriteByte(c)
			} else {
				s.WriteRune(0xf000 + rune(c))
			}
		}
		return s.String()
	case mixedPage:
		return mixed(b, pages[r.ansi])
	case utf8Page:
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	enc := pages[page]
	if enc == nil {
		return r.ascii(b, page)
	}
	return decoded(b, enc)
}

// Decode turns bytes of a code page of Windows into text. It says whether the code page is known here; of one that is not
// the characters above 127 are U+FFFD.
func Decode(b []byte, codePage int) (text string, known bool) {
	r := newReader(context.Background(), nil)
	if codePage < 0 {
		codePage = 0
	}
	text = r.decode(b, codePage)
	return text, len(r.unknown) == 0
}

func decoded(b []byte, enc encoding.Encoding) string {
	s, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(s)
}

// ascii keeps what is the same in every code page, and remembers that this one is not known.
func (r *reader) ascii(b []byte, page int) string {
	var s strings.Builder
	lost := false
	for _, c := range b {
		if c < utf8.RuneSelf {
			s.WriteByte(c)
			continue
		}
		s.WriteRune(utf8.RuneError)
		lost = true
	}
	if lost && !r.isUnknown[page] && len(r.unknown) < 100 {
		r.isUnknown[page] = true
		r.unknown = append(r.unknown, page)
	}
	return s.String()
}

// mixed decodes what is in a Western font in a file whose own code page has characters of two bytes: writers of their
// own give Chinese text no font of its charset. A run of high bytes that is wholly pairs of the code page is read as
// such, any other as Western.
func mixed(b []byte, two encoding.Encoding) string {
	var s strings.Builder
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			s.WriteByte(b[i])
			i++
			continue
		}
		end := i
		for end < len(b) && b[end] >= utf8.RuneSelf {
			end++
		}
		run := b[i:end]
		if text := decoded(run, two); len(run)%2 == 0 && !strings.ContainsRune(text, utf8.RuneError) &&
			utf8.RuneCountInString(text) == len(run)/2 {
			s.WriteString(text)
		} else {
			s.WriteString(decoded(run, charmap.Windows1252))
		}
		i = end
	}
	return s.String()
}

// Adobe's encoding of the font Symbol, from 0x20 and from 0xA0. A space where it has nothing.
var (
	symbolLow  = []rune(` !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼`)
	symbolHigh = []rune(`€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭`)
)

func fromSymbol(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		s.WriteRune(symbolRune(c))
	}
	return s.String()
}

// symbolRune gives the character of one byte of the font Symbol.
func symbolRune(c byte) rune {
	switch {
	case c >= 0xa0 && int(c-0xa0) < len(symbolHigh):
		return symbolHigh[c-0xa0]
	case c >= 0x20 && int(c-0x20) < len(symbolLow):
		return symbolLow[c-0x20]
	}
	return utf8.RuneError
}
