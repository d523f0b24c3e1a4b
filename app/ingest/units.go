package ingest

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// unitCodec is the codec of an encoding that is written in this package: read decodes the first character of b, where it
// is one, and says how many bytes it takes; write is what the encoding has for a piece of text, of one character or of
// two, or nil.
func unitCodec(name string, read func(b []byte) (text string, n int), write func(text string) []byte) *codec {
	c := &codec{name: name}
	c.encode = func(text string) ([]byte, error) {
		var out []byte
		for i := 0; i < len(text); {
			piece, n := longest(text[i:], write)
			if piece == nil {
				return nil, errNotIn(name, text[i:i+n])
			}
			out = append(out, piece...)
			i += n
		}
		return out, nil
	}
	c.decode = func(data []byte) (string, []oddity) {
		text, odd := readUnits(data, read, write)
		if len(odd) == 0 {
			// Two characters may have a code together besides one each.
			if back, err := c.encode(text); err != nil || !bytes.Equal(back, data) {
				text, odd = readUnits(data, read, func(string) []byte { return nil })
			}
		}
		return text, odd
	}
	return c
}

type notIn struct{ encoding, text string }

func (e notIn) Error() string { return e.encoding + " has no " + e.text }

func errNotIn(encoding, text string) error { return notIn{encoding, text} }

// longest is what is written for the first two characters of text together, else for the first.
func longest(text string, write func(string) []byte) (piece []byte, n int) {
	_, n = utf8.DecodeRuneInString(text)
	if text[0] < utf8.RuneSelf {
		return []byte{text[0]}, 1
	}
	if _, more := utf8.DecodeRuneInString(text[n:]); more > 1 {
		if piece = write(text[:n+more]); piece != nil {
			return piece, n + more
		}
	}
	return write(text[:n]), n
}

func readUnits(data []byte, read func([]byte) (string, int), write func(string) []byte) (string, []oddity) {
	var out strings.Builder
	var odd []oddity
	at := 0
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			out.WriteByte(data[i])
			i, at = i+1, at+1
			continue
		}
		text, n := read(data[i:])
		bad := text == ""
		if bad {
			text, n = "\uFFFD", 1
		}
		chars := utf8.RuneCountInString(text)
		if bad || !bytes.Equal(write(text), data[i:i+n]) {
			odd = append(odd, oddity{offset: i, n: n, at: at, chars: chars, bad: bad})
		}
		out.WriteString(text)
		i, at = i+n, at+chars
	}
	return out.String(), odd
}
