package ingest

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/transform"
)

// A codec turns the bytes of one encoding into text and back.
type codec struct {
	name   string // WHATWG
	bom    string
	decode func(data []byte) (text string, odd []oddity)
	encode func(text string) ([]byte, error)
}

// An oddity is a run of bytes that the codec would not write for the text it reads: undecodable, and then chars is 1
// and the text U+FFFD; or a second spelling of chars code points.
type oddity struct {
	offset, n int // bytes
	at, chars int // code points
	bad       bool
}

// whatwg writes the names of the WHATWG Encoding Standard as it does; golang.org/x/text has them in lower case.
// GBK and its labels (gb2312, gb_2312-80 and so on) are read as GB18030, which reads all that they read.
var whatwg = map[string]string{
	"utf-8": "UTF-8", "utf-16le": "UTF-16LE", "utf-16be": "UTF-16BE", "gbk": "GB18030", "gb18030": "GB18030",
	"big5": "Big5", "euc-jp": "EUC-JP", "iso-2022-jp": "ISO-2022-JP", "shift_jis": "Shift_JIS", "euc-kr": "EUC-KR",
	"ibm866": "IBM866", "iso-8859-2": "ISO-8859-2", "iso-8859-3": "ISO-8859-3", "iso-8859-4": "ISO-8859-4",
	"iso-8859-5": "ISO-8859-5", "iso-8859-6": "ISO-8859-6", "iso-8859-7": "ISO-8859-7", "iso-8859-8": "ISO-8859-8",
	"iso-8859-8-i": "ISO-8859-8-I", "iso-8859-10": "ISO-8859-10", "iso-8859-13": "ISO-8859-13",
	"iso-8859-14": "ISO-8859-14", "iso-8859-15": "ISO-8859-15", "iso-8859-16": "ISO-8859-16", "koi8-r": "KOI8-R",
	"koi8-u": "KOI8-U", "macintosh": "macintosh", "windows-874": "windows-874", "windows-1250": "windows-1250",
	"windows-1251": "windows-1251", "windows-1252": "windows-1252", "windows-1253": "windows-1253",
	"windows-1254": "windows-1254", "windows-1255": "windows-1255", "windows-1256": "windows-1256",
	"windows-1257": "windows-1257", "windows-1258": "windows-1258", "x-mac-cyrillic": "x-mac-cyrillic",
}

// codecNamed finds the codec of a WHATWG name or label (gb2312, latin1), and of UTF-32LE and UTF-32BE, which the
// standard leaves out. It gives nil for anything else.
func codecNamed(label string) *codec {
	label = strings.ToLower(strings.TrimSpace(label))
	if c := beyond(label); c != nil {
		return c // before the standard's "replacement", which hz-gb-2312 and iso-2022-kr are labels of
	}
	if c, ok := unicodeCodecs[label]; ok {
		return c
	}
	enc, err := htmlindex.Get(label)
	if err != nil {
		return nil
	}
	lower, err := htmlindex.Name(enc)
	if err != nil {
		return nil
	}
	name, ok := whatwg[lower]
	if !ok {
		return nil // the standard's "replacement" and x-user-defined are no text
	}
	if c, ok := unicodeCodecs[lower]; ok {
		return c
	}
	if name == "GB18030" {
		if enc, err = htmlindex.Get("gb18030"); err != nil {
			return nil
		}
	}
	if name == "EUC-KR" {
		return eucKRCodec(tableCodec(name, enc))
	}
	return tableCodec(name, enc)
}

// ownCodecs are those that are put together here; ownLabels other names of theirs.
var (
	ownCodecs = map[string]*codec{"Johab": johabCodec, "EUC-JISX0213": eucJISX0213, "Shift_JISX0213": shiftJISX0213,
		"HZ-GB-2312": hzCodec, "ISO-2022-KR": iso2022krCodec, "x-mac-ce": macCECodec}
	ownLabels = map[string][]string{"Johab": {"cp1361", "ms1361", "x-johab"}, "EUC-JISX0213": {"euc-jis-2004", "euc_jisx0213", "euc_jis_2004"},
		"Shift_JISX0213": {"shift_jis-2004", "shift_jis_2004"}, "HZ-GB-2312": {"hz", "hz-gb2312"}, "ISO-2022-KR": {"iso2022_kr", "csiso2022kr"},
		"x-mac-ce": {"mac-centraleurope", "mac_latin2", "maccentraleurope", "mac-ce"}}
)

// beyond finds the codec of an encoding that the standard does not have, by the names that are in use.
func beyond(label string) *codec {
	for name, c := range ownCodecs {
		if strings.EqualFold(label, name) || slices.Contains(ownLabels[name], label) {
			return c
		}
	}
	name, ok := strings.CutPrefix(strings.ReplaceAll(label, "-", ""), "ibm")
	if !ok {
		if name, ok = strings.CutPrefix(name, "cp"); !ok {
			return nil
		}
	}
	for _, s := range singleSpecs {
		if table, ok := s.table.(*charmap.Charmap); ok && s.name == "IBM"+name {
			return tableCodec(s.name, table)
		}
	}
	return nil
}

// mustCodec is for names written in this package.
func mustCodec(name string) *codec {
	c := codecNamed(name)
	if c == nil {
		panic("ingest: no codec named " + name)
	}
	return c
}

func tableCodec(name string, enc encoding.Encoding) *codec {
	c := &codec{name: name}
	if name == "GB18030" {
		c.bom = "\x84\x31\x95\x33"
	}
	c.encode = func(text string) ([]byte, error) { return enc.NewEncoder().Bytes([]byte(text)) }
	c.decode = func(data []byte) (string, []oddity) {
		out, err := enc.NewDecoder().Bytes(data)
		if err == nil {
			if back, err := c.encode(string(out)); err == nil && bytes.Equal(back, data) {
				return string(out), nil
			}
		}
		return decodeUnits(enc, data, false)
	}
	if name == "ISO-2022-JP" { // its escape sequences are state, which a text does not keep
		c.encode = nil
		c.decode = func(data []byte) (string, []oddity) { return decodeUnits(enc, data, true) }
	}
	return c
}

// decodeUnits decodes one character after another and compares each with what the encoder writes for it.
func decodeUnits(enc encoding.Encoding, data []byte, stateful bool) (string, []oddity) {
	var out strings.Builder
	out.Grow(len(data) + len(data)/2)
	var odd []oddity
	dec, back := enc.NewDecoder().Transformer, enc.NewEncoder().Transformer
	at := 0
	var buf, again [16]byte
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf && data[i] != 0x1B && !stateful {
			out.WriteByte(data[i])
			i, at = i+1, at+1
			continue
		}
		text, n := oneUnit(dec, buf[:], data[i:])
		bad := string(text) == "\uFFFD"
		same := false
		if !stateful {
			wrote, _, err := back.Transform(again[:], text, true)
			same = err == nil && bytes.Equal(again[:wrote], data[i:i+n])
		}
		if bad && same {
			bad = false // GB18030 can write U+FFFD itself
		}
		if bad && n > 1 {
			// As the WHATWG standard has it: an ASCII byte behind a lead byte is not swallowed with it.
			if k := slices.IndexFunc(data[i+1:i+n], func(c byte) bool { return c < utf8.RuneSelf }); k >= 0 && !stateful {
				n = k + 1
			}
		}
		chars := utf8.RuneCount(text)
		if bad || !same && !stateful {
			odd = append(odd, oddity{offset: i, n: n, at: at, chars: chars, bad: bad})
		}
		out.Write(text)
		i, at = i+n, at+chars
	}
	return out.String(), odd
}

// oneUnit decodes the shortest beginning of data that the decoder takes, at most 8 bytes, and says how long it is.
func oneUnit(dec transform.Transformer, dst, data []byte) (text []byte, n int) {
	for n = 1; n <= len(data) && n <= 8; n++ {
		nDst, nSrc, err := dec.Transform(dst, data[:n], n == len(data))
		if nDst > 3 && string(dst[:3]) == "\uFFFD" {
			// A lead byte without its second, and a character of its own behind it.
			nDst, nSrc, _ = dec.Transform(dst[:3], data[:n], n == len(data))
			return dst[:nDst], nSrc
		}
		if nSrc > 0 && (err == nil || errors.Is(err, transform.ErrShortSrc)) {
			return dst[:nDst], nSrc
		}
	}
	return []byte("\uFFFD"), 1
}

// apply decodes data, which may begin with the codec's byte order mark, and gives text and recipe with line ends made
// one. bad is how many runs of bytes could not be decoded.
func (c *codec) apply(data []byte) (text string, r Recipe, bad int) {
	r = Recipe{Decoder: c.name, Extractor: "plain", Version: Version}
	body := data
	if c.bom != "" && bytes.HasPrefix(data, []byte(c.bom)) {
		r.BOM = true
		body = data[len(c.bom):]
	}
	raw, odd := c.decode(body)
	text, runs, dropped := unifyLineEnds(raw, len(odd) > 0)
	r.LineEnds = runs
	for _, o := range odd {
		from := len(data) - len(body) + o.offset
		hex := hexOf(data[from : from+o.n])
		at := moveBack(o.at, dropped)
		if o.bad {
			r.Undecoded = append(r.Undecoded, Undecoded{Offset: from, At: at, Bytes: hex})
		} else {
			r.Spellings = append(r.Spellings, Spelling{Offset: from, At: at, Chars: o.chars, Bytes: hex})
		}
	}
	return text, r, len(r.Undecoded)
}

func hexOf(b []byte) string {
	out := make([]byte, 0, 2*len(b))
	for _, c := range b {
		out = append(out, hexDigits[c>>4], hexDigits[c&15])
	}
	return string(out)
}
