package mail

import (
	"bytes"
	"context"
	"strings"
)

// undo undoes a transfer encoding. What decodes is kept; bad counts what did not. known is false where the encoding is
// none that there is: the bytes are then as they stand. The result may be a slice of b, and ends where ctx did.
func undo(ctx context.Context, b []byte, encoding string) (plain []byte, bad int, known bool) {
	encoding, _, _ = strings.Cut(strings.ToLower(encoding), ";")
	switch strings.Trim(encoding, " \t\"'") {
	case "base64", "base-64", "b":
		plain, bad = piecewise(ctx, make([]byte, 0, len(b)/4*3+8), b, appendBase64)
	case "quoted-printable", "quotedprintable", "quoted printable", "quoted_printable", "qp":
		plain, bad = piecewise(ctx, make([]byte, 0, len(b)), b, appendQuoted)
	case "x-uuencode", "x-uue", "uuencode", "uue":
		if files, _ := uuFiles(b); len(files) > 0 {
			return files[0].data, files[0].bad, true
		}
		return b, 1, true
	case "", "7bit", "8bit", "binary", "7-bit", "8-bit", "7bits", "8bits":
		return b, 0, true
	default:
		return b, 0, false
	}
	return plain, bad, true
}

// piecewise decodes b some MB at a time, cut where a line ends that ends a group of base64 too, so that ctx can end it.
func piecewise(ctx context.Context, plain, b []byte, decode func(plain, b []byte) ([]byte, int)) ([]byte, int) {
	const piece = 4 << 20
	bad := 0
	for len(b) > 0 && ctx.Err() == nil {
		cut := len(b)
		if len(b) > 2*piece {
			cut = whole(b, piece)
		}
		n := 0
		plain, n = decode(plain, b[:cut])
		bad, b = bad+n, b[cut:]
	}
	return plain, bad
}

// whole gives a place behind a line end, at or behind size, before which the characters of base64 make whole groups of
// four and no = ends a line; the end of b where there is none near.
func whole(b []byte, size int) int {
	n := 0
	for i, c := range b[:min(len(b), 2*size)] {
		if digits64[c] < 64 {
			n++
		}
		if c == '=' {
			n = 0
		}
		if i >= size && c == '\n' && n%4 == 0 {
			return i + 1
		}
	}
	return len(b)
}

// unbase64 decodes what there is of base64.
func unbase64(b []byte) []byte {
	plain, _ := appendBase64(nil, b)
	return plain
}

// appendBase64 decodes what there is of base64: what is no character of it is left out, padding may stand anywhere.
func appendBase64(plain, b []byte) (_ []byte, bad int) {
	var group uint32
	n := 0
	end := func() {
		switch n {
		case 1:
			bad++
		case 2:
			plain = append(plain, byte(group>>4))
		case 3:
			plain = append(plain, byte(group>>10), byte(group>>2))
		}
		group, n = 0, 0
	}
	for _, c := range b {
		v := digits64[c]
		switch {
		case v < 64:
			group = group<<6 | uint32(v)
			if n++; n == 4 {
				plain = append(plain, byte(group>>16), byte(group>>8), byte(group))
				group, n = 0, 0
			}
		case c == '=':
			end()
		case c > ' ':
			bad++
		}
	}
	end()
	return plain, bad
}

// digits64 are the values of the characters of base64, its form for addresses too; 255 for others.
var digits64 = func() (t [256]byte) {
	for i := range t {
		t[i] = 255
	}
	for i, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" {
		t[c] = byte(i)
	}
	t['-'], t['_'] = 62, 63
	return t
}()

// appendQuoted decodes quoted-printable. An = that begins nothing stands for itself; blanks at the end of a line stay.
func appendQuoted(plain, b []byte) (_ []byte, bad int) {
	for len(b) > 0 {
		var l []byte
		end := []byte{}
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			l, end, b = b[:i], b[i:i+1], b[i+1:]
		} else {
			l, b = b, nil
		}
		if t, ok := bytes.CutSuffix(l, []byte{'\r'}); ok && len(end) > 0 {
			l, end = t, []byte("\r\n")
		}
		if t, soft := bytes.CutSuffix(bytes.TrimRight(l, " \t"), []byte{'='}); soft {
			l, end = t, nil
		}
		for i := 0; i < len(l); i++ {
			if l[i] != '=' {
				plain = append(plain, l[i])
				continue
			}
			if i+2 < len(l) && unhex(l[i+1]) >= 0 && unhex(l[i+2]) >= 0 {
				plain = append(plain, byte(unhex(l[i+1])<<4|unhex(l[i+2])))
				i += 2
				continue
			}
			bad++
			plain = append(plain, '=')
		}
		plain = append(plain, end...)
	}
	return plain, bad
}

// A uuFile is a file that stood in a text by uuencode.
type uuFile struct {
	name string
	data []byte
	bad  int
}

// uuFiles takes the files out of a text that stand in it by uuencode (begin 644 name … end), and gives the rest.
func uuFiles(text []byte) (files []uuFile, rest []byte) {
	if !bytes.Contains(text, []byte("begin ")) {
		return nil, text
	}
	from := 0
	for pos := 0; pos < len(text); {
		l, next := line(text, pos)
		name, ok := uuBegin(l)
		if !ok {
			pos = next
			continue
		}
		f, end := uuRead(text, next)
		if end < 0 {
			pos = next
			continue
		}
		f.name = name
		files = append(files, f)
		rest = append(rest, text[from:pos]...)
		from, pos = end, end
	}
	if files == nil {
		return nil, text
	}
	return files, append(rest, text[from:]...)
}

// uuBegin reads the line before a file: begin, three or four octal digits, a name.
func uuBegin(l []byte) (name string, ok bool) {
	words := bytes.SplitN(l, []byte{' '}, 3)
	if len(words) != 3 || string(words[0]) != "begin" || len(words[1]) < 3 || len(words[1]) > 4 {
		return "", false
	}
	for _, c := range words[1] {
		if c < '0' || c > '7' {
			return "", false
		}
	}
	return strings.TrimSpace(string(words[2])), true
}

// uuRead reads lines of uuencode from pos to their end; end is -1 where the first is none.
func uuRead(text []byte, pos int) (f uuFile, end int) {
	for n := 0; pos < len(text); n++ {
		l, next := line(text, pos)
		l = bytes.TrimRight(l, "\r")
		if string(bytes.TrimSpace(l)) == "end" {
			if n == 0 {
				return f, -1
			}
			return f, next
		}
		if len(l) > 0 && (l[0] != '`' && l[0] != ' ' || len(bytes.TrimSpace(l)) > 1) {
			size := int(l[0]-' ') & 63
			if l[0] < ' ' || l[0] > '`' || len(l)-1 > (size+2)/3*4+4 || len(l)-1 < size {
				if n == 0 {
					return f, -1
				}
				f.bad++ // it has no end: this line is the text's again
				return f, pos
			}
			f.data = append(f.data, uuLine(l[1:], size)...)
		}
		pos = next
	}
	f.bad++
	return f, pos
}

// uuLine decodes one line of size bytes.
func uuLine(l []byte, size int) []byte {
	out := make([]byte, 0, size+3)
	at := func(i int) byte {
		if i < len(l) {
			return (l[i] - ' ') & 63
		}
		return 0
	}
	for i := 0; len(out) < size; i += 4 {
		a, b, c, d := at(i), at(i+1), at(i+2), at(i+3)
		out = append(out, a<<2|b>>4, b<<4|c>>2, c<<6|d)
	}
	return out[:size]
}
