package rtf

import (
	"bytes"
	"strconv"
)

// A kind is what stands at a place of the file.
type kind byte

const (
	atEnd   kind = iota
	open         // {
	closing      // }
	word         // \par, \u-10240
	symbol       // \~, \*
	char         // a byte of text, as itself or as \'xx
)

// A token is one of them.
type token struct {
	kind    kind
	name    string // of a word; of a symbol its one character
	n       int    // the number behind a word
	has     bool   // whether it has one
	b       byte   // of a char
	escaped bool   // it was written \'xx or as a symbol
	data    []byte // behind \bin
}

// next reads one token. lead says that the byte before was the first of two and written as itself, so that a brace or a
// backslash here may be the second.
func (r *reader) next(lead bool) token {
	for r.pos < len(r.data) {
		b := r.data[r.pos]
		if lead && (b == '{' || b == '}' || b == '\\' && !r.escapes(r.pos+1)) {
			r.pos++
			return token{kind: char, b: b}
		}
		r.pos++
		switch b {
		case '{':
			return token{kind: open}
		case '}':
			return token{kind: closing}
		case '\\':
			return r.control()
		case '\r', '\n', 0:
			continue
		case '\t':
			return token{kind: word, name: "tab"}
		}
		return token{kind: char, b: b}
	}
	return token{}
}

// escapes says whether the bytes at pos, behind a backslash, make an escaped byte of it. \\'8f is a backslash and then an
// escaped byte: the backslash belongs to the character before.
func (r *reader) escapes(pos int) bool {
	rest := r.data[pos:]
	return bytes.HasPrefix(rest, []byte(`'`)) || bytes.HasPrefix(rest, []byte(`\`)) && !bytes.HasPrefix(rest, []byte(`\'`))
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
func isDigit(b byte) bool  { return '0' <= b && b <= '9' }

// control reads what follows a backslash.
func (r *reader) control() token {
	if r.pos >= len(r.data) {
		return token{}
	}
	b := r.data[r.pos]
	if isLetter(b) {
		return r.word()
	}
	r.pos++
	switch b {
	case '\'':
		return r.hex()
	case '\r', '\n':
		if b == '\r' && r.pos < len(r.data) && r.data[r.pos] == '\n' {
			r.pos++
		}
		return token{kind: word, name: "par"}
	case '\\', '{', '}':
		return token{kind: char, b: b, escaped: true}
	case '\t':
		return token{kind: word, name: "tab"}
	}
	return token{kind: symbol, name: string(rune(b))}
}

// word reads a control word, its number and the one space that ends it.
func (r *reader) word() token {
	start := r.pos
	for r.pos < len(r.data) && isLetter(r.data[r.pos]) && r.pos-start < 64 {
		r.pos++
	}
	t := token{kind: word, name: string(r.data[start:r.pos])}
	digits := r.pos
	if r.pos+1 < len(r.data) && r.data[r.pos] == '-' && isDigit(r.data[r.pos+1]) {
		r.pos++
	}
	for r.pos < len(r.data) && isDigit(r.data[r.pos]) {
		r.pos++
	}
	if n, err := strconv.ParseInt(string(r.data[digits:min(r.pos, digits+12)]), 10, 32); err == nil {
		t.n, t.has = int(n), true
	}
	if r.pos < len(r.data) && r.data[r.pos] == ' ' {
		r.pos++
	}
	if t.name == "bin" && t.n > 0 {
		n := min(t.n, len(r.data)-r.pos)
		t.data = r.data[r.pos : r.pos+n]
		r.pos += n
	}
	return t
}

// hex reads the two digits behind \'. What has none is read as if the two characters were not there.
func (r *reader) hex() token {
	if r.pos+2 <= len(r.data) {
		hi, lo := nibble(r.data[r.pos]), nibble(r.data[r.pos+1])
		if hi >= 0 && lo >= 0 {
			r.pos += 2
			return token{kind: char, b: byte(hi<<4 | lo), escaped: true}
		}
	}
	return token{kind: symbol, name: "'"}
}

// nibble gives the value of a hexadecimal digit, -1 where it is none.
func nibble(b byte) int {
	switch {
	case isDigit(b):
		return int(b - '0')
	case 'a' <= b|0x20 && b|0x20 <= 'f':
		return int(b|0x20-'a') + 10
	}
	return -1
}
