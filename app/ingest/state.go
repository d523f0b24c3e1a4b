package ingest

import (
	"bytes"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Encodings that are all ASCII, with marks at which the bytes begin to mean something else. What a mark turned on is
// state, which a text does not keep: they have no encode.

var hzCodec = &codec{name: "HZ-GB-2312", decode: func(data []byte) (string, []oddity) {
	return decodeUnits(simplifiedchinese.HZGB2312, data, true)
}}

// looksHZ: pairs of ~{ and ~} with bytes of GB 2312 in between (RFC 1843), at least one, and nothing else behind a tilde
// but what the RFC has.
func looksHZ(data []byte) bool {
	found := false
	for rest := data; ; {
		i := bytes.IndexByte(rest, '~')
		if i < 0 {
			return found
		}
		if i+1 == len(rest) {
			return false
		}
		switch rest[i+1] {
		case '~', '\n', '\r':
			rest = rest[i+2:]
		case '{':
			end := bytes.Index(rest[i+2:], []byte("~}"))
			if end < 2 || end%2 != 0 || !gb7(rest[i+2:i+2+end]) {
				return false
			}
			found = true
			rest = rest[i+2+end+2:]
		default:
			return false
		}
	}
}

func gb7(b []byte) bool {
	for i := 0; i < len(b); i += 2 {
		if b[i] < 0x21 || b[i] > 0x77 || b[i+1] < 0x21 || b[i+1] > 0x7E {
			return false
		}
	}
	return true
}

// iso2022kr is the escape sequence at the beginning of a text in ISO-2022-KR (RFC 1557).
const iso2022kr = "\x1B$)C"

var iso2022krCodec = &codec{name: "ISO-2022-KR", decode: decode2022KR}

// decode2022KR: behind SO two bytes are a character of KS X 1001, behind SI each is ASCII.
func decode2022KR(data []byte) (string, []oddity) {
	var out strings.Builder
	var odd []oddity
	at, shifted := 0, false
	for i := 0; i < len(data); {
		b := data[i]
		switch {
		case bytes.HasPrefix(data[i:], []byte(iso2022kr)):
			i += len(iso2022kr)
		case b == 0x0E || b == 0x0F:
			shifted = b == 0x0E
			i++
		case shifted && b > 0x20 && b < 0x7F:
			text, n := "", min(2, len(data)-i)
			if n == 2 {
				text = ksPair(b|0x80, data[i+1]|0x80)
			}
			if text == "" {
				text = "\uFFFD"
				odd = append(odd, oddity{offset: i, n: n, at: at, chars: 1, bad: true})
			}
			out.WriteString(text)
			i, at = i+n, at+1
		case b >= 0x80:
			odd = append(odd, oddity{offset: i, n: 1, at: at, chars: 1, bad: true})
			out.WriteString("\uFFFD")
			i, at = i+1, at+1
		default:
			if b == '\n' {
				shifted = false
			}
			out.WriteByte(b)
			i, at = i+1, at+1
		}
	}
	return out.String(), odd
}
