package ingest

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The Unicode encodings, written here so that each byte that is no character is known by its place.

var unicodeCodecs = func() map[string]*codec {
	u8 := &codec{name: "UTF-8", bom: "\xEF\xBB\xBF", decode: decodeUTF8,
		encode: func(s string) ([]byte, error) { return []byte(s), nil }}
	le := utf16Codec("UTF-16LE", "\xFF\xFE", binary.LittleEndian)
	be := utf16Codec("UTF-16BE", "\xFE\xFF", binary.BigEndian)
	le32 := utf32Codec("UTF-32LE", "\xFF\xFE\x00\x00", binary.LittleEndian)
	be32 := utf32Codec("UTF-32BE", "\x00\x00\xFE\xFF", binary.BigEndian)
	return map[string]*codec{"utf-8": u8, "utf8": u8, "utf-16le": le, "utf-16": le, "utf-16be": be,
		"utf-32le": le32, "utf-32": le32, "utf-32be": be32}
}()

// byteOrder is what both byte orders of encoding/binary have.
type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// decodeUTF8 puts one U+FFFD for each maximal subpart of an ill-formed sequence (Unicode 15, section 3.9, U+FFFD
// Substitution of Maximal Subparts; the WHATWG standard does the same).
func decodeUTF8(data []byte) (string, []oddity) {
	if utf8.Valid(data) {
		return string(data), nil
	}
	var out strings.Builder
	out.Grow(len(data) + 16)
	var odd []oddity
	at := 0
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			n = subpart(data[i:])
			odd = append(odd, oddity{offset: i, n: n, at: at, chars: 1, bad: true})
			out.WriteString("\uFFFD")
		} else {
			out.Write(data[i : i+n])
		}
		i, at = i+n, at+1
	}
	return out.String(), odd
}

// subpart is the length of the maximal subpart of an ill-formed sequence at the beginning of b, which is not empty.
func subpart(b []byte) int {
	need, lo, hi := 0, byte(0x80), byte(0xBF)
	switch c := b[0]; {
	case 0xC2 <= c && c <= 0xDF:
		need = 1
	case c == 0xE0:
		need, lo = 2, 0xA0
	case c == 0xED:
		need, hi = 2, 0x9F
	case 0xE1 <= c && c <= 0xEF:
		need = 2
	case c == 0xF0:
		need, lo = 3, 0x90
	case c == 0xF4:
		need, hi = 3, 0x8F
	case 0xF1 <= c && c <= 0xF3:
		need = 3
	}
	n := 1
	for ; n <= need && n < len(b) && lo <= b[n] && b[n] <= hi; n++ {
		lo, hi = 0x80, 0xBF
	}
	return n
}

func utf16Codec(name, bom string, order byteOrder) *codec {
	decode := func(data []byte) (string, []oddity) {
		out := make([]byte, 0, len(data)+len(data)/2)
		var odd []oddity
		at := 0
		for i := 0; i < len(data); at++ {
			if i+1 == len(data) {
				odd = append(odd, oddity{offset: i, n: 1, at: at, chars: 1, bad: true})
				out = append(out, "\uFFFD"...)
				break
			}
			r, n := rune(order.Uint16(data[i:])), 2
			if utf16.IsSurrogate(r) {
				pair := rune(utf8.RuneError)
				if i+4 <= len(data) {
					pair = utf16.DecodeRune(r, rune(order.Uint16(data[i+2:])))
				}
				if pair == utf8.RuneError {
					odd = append(odd, oddity{offset: i, n: 2, at: at, chars: 1, bad: true})
				} else {
					n = 4
				}
				r = pair
			}
			out = utf8.AppendRune(out, r)
			i += n
		}
		return string(out), odd
	}
	encode := func(s string) ([]byte, error) {
		out := make([]byte, 0, 2*len(s))
		for _, r := range s {
			if r >= 0x10000 {
				hi, lo := utf16.EncodeRune(r)
				out = order.AppendUint16(order.AppendUint16(out, uint16(hi)), uint16(lo))
			} else {
				out = order.AppendUint16(out, uint16(r))
			}
		}
		return out, nil
	}
	return &codec{name: name, bom: bom, decode: decode, encode: encode}
}

func utf32Codec(name, bom string, order byteOrder) *codec {
	decode := func(data []byte) (string, []oddity) {
		out := make([]byte, 0, len(data))
		var odd []oddity
		for at, i := 0, 0; i < len(data); at, i = at+1, i+4 {
			n, r := min(4, len(data)-i), rune(utf8.RuneError)
			ok := false
			if n == 4 {
				if v := order.Uint32(data[i:]); v <= utf8.MaxRune && utf8.ValidRune(rune(v)) {
					r, ok = rune(v), true
				}
			}
			if !ok {
				odd = append(odd, oddity{offset: i, n: n, at: at, chars: 1, bad: true})
			}
			out = utf8.AppendRune(out, r)
		}
		return string(out), odd
	}
	encode := func(s string) ([]byte, error) {
		out := make([]byte, 0, 4*len(s))
		for _, r := range s {
			out = order.AppendUint32(out, uint32(r))
		}
		return out, nil
	}
	return &codec{name: name, bom: bom, decode: decode, encode: encode}
}
