package mojibake

import (
	"sync"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/transform"
)

// A wrongCode is an encoding that bytes were read in by mistake: what it made of them is turned back into bytes.
type wrongCode struct {
	name   string
	single bool
	bytes  [0x10000]uint16 // of a character: one byte, or two; 0 where it has none. ASCII is left out
	valid  [0x10000]bool   // two bytes that it reads as a character
	more   listed[uint16]
}

// A rightCode is an encoding that the bytes were written in.
type rightCode struct {
	name  string
	kind  kind
	pairs [0x10000]uint16 // of two bytes; 0 where they are none
	ones  [0x100]rune     // of one byte outside ASCII
	plane [0x10000]uint16 // EUC-JP behind 8F
}

type kind uint8

const (
	utf8Kind kind = iota
	pairKind
	singleKind
)

// decoderOf gives a function that decodes a few bytes, or gives U+FFFD.
func decoderOf(t transform.Transformer) func(dst, src []byte) []byte {
	return func(dst, src []byte) []byte {
		n, _, err := t.Transform(dst[:cap(dst)], src, true)
		if err != nil {
			return append(dst[:0], "\uFFFD"...)
		}
		return dst[:n]
	}
}

// eachPair calls each for every two bytes from..to that decode to one character of the basic plane.
func eachPair(decode func(dst, src []byte) []byte, from, to int, each func(code uint16, r rune)) {
	dst := make([]byte, 0, 32)
	for lead := from >> 8; lead <= to>>8; lead++ {
		for trail := 0x30; trail <= 0xFE; trail++ {
			code := lead<<8 | trail
			if code < from || code > to {
				continue
			}
			out := []rune(string(decode(dst, []byte{byte(lead), byte(trail)})))
			if len(out) == 1 && out[0] != 0xFFFD && out[0] < 0x10000 {
				each(uint16(code), out[0])
			}
		}
	}
}

func wrongPairs(name string, enc encoding.Encoding, more string) func() *wrongCode {
	return sync.OnceValue(func() *wrongCode {
		w := &wrongCode{name: name}
		d := decoderOf(enc.NewDecoder())
		eachPair(d, 0x8130, 0xFEFE, func(code uint16, r rune) {
			w.valid[code] = true
			w.put(r, code)
		})
		dst := make([]byte, 0, 32)
		for b := 0x80; b <= 0xFF; b++ {
			out := []rune(string(d(dst, []byte{byte(b)})))
			if len(out) == 1 && out[0] != 0xFFFD && out[0] < 0x10000 && out[0] > 0x7F {
				w.put(out[0], uint16(b))
			}
		}
		w.readMore(more)
		return w
	})
}

// wrongSingle gives a table of one byte. Bytes that it leaves open, and C1 controls, stand for themselves: programs
// write them so ("sloppy" in the words of ftfy).
func wrongSingle(name string, enc *charmap.Charmap) func() *wrongCode {
	return sync.OnceValue(func() *wrongCode {
		w := &wrongCode{name: name, single: true}
		for b := 0x80; b <= 0xFF; b++ {
			if b < 0xA0 {
				w.bytes[b] = uint16(b)
			}
			if r := enc.DecodeByte(byte(b)); r != 0xFFFD {
				w.bytes[r] = uint16(b)
			}
		}
		if name == latin {
			for b := 0xA0; b <= 0xFF; b++ {
				w.bytes[b] = uint16(b)
			}
		}
		return w
	})
}

func rightPairs(name string, enc encoding.Encoding) func() *rightCode {
	return sync.OnceValue(func() *rightCode {
		c := &rightCode{name: name, kind: pairKind}
		d := decoderOf(enc.NewDecoder())
		eachPair(d, 0x8130, 0xFEFE, func(code uint16, r rune) { c.pairs[code] = uint16(r) })
		dst := make([]byte, 0, 32)
		for b := 0x80; b <= 0xFF; b++ {
			out := []rune(string(d(dst, []byte{byte(b)})))
			if len(out) == 1 && out[0] != 0xFFFD && out[0] > 0x9F {
				c.ones[b] = out[0]
			}
		}
		if name == eucJP {
			for i := 0xA1A1; i <= 0xFEFE; i++ {
				out := []rune(string(d(dst, []byte{0x8F, byte(i >> 8), byte(i)})))
				if len(out) == 1 && out[0] != 0xFFFD {
					c.plane[i] = uint16(out[0])
				}
			}
		}
		return c
	})
}

func rightSingle(name string, enc *charmap.Charmap) func() *rightCode {
	return sync.OnceValue(func() *rightCode {
		c := &rightCode{name: name, kind: singleKind}
		for b := 0x80; b <= 0xFF; b++ {
			if r := enc.DecodeByte(byte(b)); r != 0xFFFD {
				c.ones[b] = r
			}
		}
		return c
	})
}

// The names of encodings, as a recipe has them: the WHATWG's where it has one.
const (
	utf8Name = "utf-8"
	gbk      = "gbk"
	big5     = "big5"
	shiftJIS = "shift_jis"
	eucKR    = "euc-kr"
	eucJP    = "euc-jp"
	latin    = "windows-1252"
	iso1     = "iso-8859-1"
)

var (
	wrongGBK   = wrongPairs(gbk, simplifiedchinese.GB18030, moreGBK)
	wrongBig5  = wrongPairs(big5, traditionalchinese.Big5, moreBig5)
	wrongSJIS  = wrongPairs(shiftJIS, japanese.ShiftJIS, moreSJIS)
	wrongEUCKR = wrongPairs(eucKR, korean.EUCKR, "")
	wrongLatin = wrongSingle(latin, charmap.Windows1252)
	wrong1250  = wrongSingle("windows-1250", charmap.Windows1250)
	wrong1251  = wrongSingle("windows-1251", charmap.Windows1251)
	wrong1253  = wrongSingle("windows-1253", charmap.Windows1253)
	wrong1254  = wrongSingle("windows-1254", charmap.Windows1254)
	wrong1257  = wrongSingle("windows-1257", charmap.Windows1257)
	wrong88592 = wrongSingle("iso-8859-2", charmap.ISO8859_2)
	wrongMac   = wrongSingle("macintosh", charmap.Macintosh)
	wrong437   = wrongSingle("ibm437", charmap.CodePage437)

	rightUTF8  = sync.OnceValue(func() *rightCode { return &rightCode{name: utf8Name, kind: utf8Kind} })
	rightGBK   = rightPairs(gbk, simplifiedchinese.GB18030)
	rightBig5  = rightPairs(big5, traditionalchinese.Big5)
	rightSJIS  = rightPairs(shiftJIS, japanese.ShiftJIS)
	rightEUCJP = rightPairs(eucJP, japanese.EUCJP)
	rightEUCKR = rightPairs(eucKR, korean.EUCKR)
	rightLatin = rightSingle(latin, charmap.Windows1252)
)
