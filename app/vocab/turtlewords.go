package vocab

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// This file reads what statements of Turtle are made of: IRIs, names, words, numbers.

func itoa(n int) string { return strconv.Itoa(n) }

// nameStart, nameChar are PN_CHARS_U without _, and PN_CHARS, of the grammar.
func nameStart(r rune) bool {
	switch {
	case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r >= 0xC0 && r <= 0xD6, r >= 0xD8 && r <= 0xF6, r >= 0xF8 && r <= 0x2FF,
		r >= 0x370 && r <= 0x37D, r >= 0x37F && r <= 0x1FFF, r >= 0x200C && r <= 0x200D, r >= 0x2070 && r <= 0x218F,
		r >= 0x2C00 && r <= 0x2FEF, r >= 0x3001 && r <= 0xD7FF, r >= 0xF900 && r <= 0xFDCF, r >= 0xFDF0 && r <= 0xFFFC,
		r >= 0x10000 && r <= 0xEFFFF:
		return true
	}
	return false
}

func nameChar(r rune) bool {
	return nameStart(r) || r == '_' || r == '-' || r >= '0' && r <= '9' || r == 0xB7 || r >= 0x300 && r <= 0x36F || r >= 0x203F && r <= 0x2040
}

// rune is the code point here, and its bytes; 0, 0 at the end.
func (t *turtle) rune() (rune, int) {
	if t.at >= len(t.in) {
		return 0, 0
	}
	return utf8.DecodeRune(t.in[t.at:])
}

// prefixName reads what stands before the colon, which may be nothing.
func (t *turtle) prefixName() string {
	from := t.at
	if r, n := t.rune(); n > 0 && nameStart(r) {
		for t.at += n; ; t.at += n {
			if r, n = t.rune(); n == 0 || !nameChar(r) && r != '.' {
				break
			}
		}
		for t.at > from && t.in[t.at-1] == '.' {
			t.at--
		}
	}
	return string(t.in[from:t.at])
}

// iri reads an IRI, whole or by a prefix.
func (t *turtle) iri(want string) node {
	if t.peek() == '<' {
		return node{kind: 'i', text: t.iriRef()}
	}
	from := t.at
	prefix := t.prefixName()
	if t.peek() != ':' {
		t.at = from
		t.fail(want)
	}
	ns, known := t.prefixes[prefix]
	if !known {
		t.at = from
		t.fail("@prefix " + prefix + ":")
	}
	t.at++
	return node{kind: 'i', text: ns + t.local()}
}

// local reads what stands behind the colon, which may be nothing.
func (t *turtle) local() string {
	var out strings.Builder
	dots := 0 // read, and part of the name only where more follows
	for first := true; ; first = false {
		r, n := t.rune()
		switch {
		case n == 0:
		case r == '.' && !first:
			dots++
			t.at++
			continue
		case r == '%':
			if t.at+2 >= len(t.in) || !isHex(t.in[t.at+1]) || !isHex(t.in[t.at+2]) {
				t.fail("%XX")
			}
			dots = t.dots(&out, dots)
			out.Write(t.in[t.at : t.at+3])
			t.at += 3
			continue
		case r == '\\':
			if t.at+1 >= len(t.in) || !strings.ContainsRune("_~.-!$&'()*+,;=/?#@%", rune(t.in[t.at+1])) {
				t.fail(`\-`)
			}
			dots = t.dots(&out, dots)
			out.WriteByte(t.in[t.at+1])
			t.at += 2
			continue
		case nameStart(r) || r == '_' || r == ':' || r >= '0' && r <= '9' || !first && nameChar(r):
			dots = t.dots(&out, dots)
			out.WriteRune(r)
			t.at += n
			continue
		}
		t.at -= dots
		return out.String()
	}
}

func (t *turtle) dots(out *strings.Builder, n int) int {
	out.WriteString(strings.Repeat(".", n))
	return 0
}

func (t *turtle) blank() node {
	t.at += 2
	from := t.at
	r, n := t.rune()
	if n == 0 || !(nameStart(r) || r == '_' || r >= '0' && r <= '9') {
		t.fail("_:name")
	}
	for t.at += n; ; t.at += n {
		if r, n = t.rune(); n == 0 || !nameChar(r) && r != '.' {
			break
		}
	}
	for t.in[t.at-1] == '.' {
		t.at--
	}
	return node{kind: 'b', text: string(t.in[from:t.at])}
}

// iriRef reads <…>, against the base.
func (t *turtle) iriRef() string {
	if t.peek() != '<' {
		t.fail("<IRI>")
	}
	from := t.at
	t.at++
	var out strings.Builder
	for {
		r, n := t.rune()
		switch {
		case n == 0:
			t.fail(`">"`)
		case r == '>':
			t.at++
			return t.resolve(out.String(), from)
		case r == '\\':
			out.WriteRune(t.unicode())
		case r <= ' ' || strings.ContainsRune("<\"{}|^`", r):
			t.fail(`">"`)
		default:
			out.WriteRune(r)
			t.at += n
		}
	}
}

// resolve makes an IRI whole; one that is whole stays as it is written.
func (t *turtle) resolve(iri string, from int) string {
	i := strings.IndexAny(iri, ":/?#")
	if i > 0 && iri[i] == ':' || t.base == nil {
		return iri
	}
	ref, err := url.Parse(iri)
	if err != nil {
		t.at = from
		t.fail("IRI")
	}
	if iri == "" {
		whole := *t.base
		whole.Fragment = ""
		return whole.String()
	}
	whole := t.base.ResolveReference(ref).String()
	if plain, err := url.PathUnescape(whole); err == nil && utf8.ValidString(plain) && !strings.Contains(iri, "%") && !strings.ContainsAny(plain, " <>\"") {
		return plain // url.URL writes letters of other scripts with %
	}
	return whole
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

// unicode reads \uXXXX or \UXXXXXXXX.
func (t *turtle) unicode() rune {
	long := 4
	if t.at+1 < len(t.in) && t.in[t.at+1] == 'U' {
		long = 8
	} else if t.at+1 >= len(t.in) || t.in[t.at+1] != 'u' {
		t.fail(`\u0000`)
	}
	end := t.at + 2 + long
	if end > len(t.in) {
		t.fail(`\u0000`)
	}
	n, err := strconv.ParseUint(string(t.in[t.at+2:end]), 16, 32)
	if err != nil || n > utf8.MaxRune || n >= 0xD800 && n < 0xE000 {
		t.fail(`\u0000`)
	}
	t.at = end
	return rune(n)
}

var escapes = map[byte]byte{'t': '\t', 'b': '\b', 'n': '\n', 'r': '\r', 'f': '\f', '"': '"', '\'': '\'', '\\': '\\'}

// literal reads words in quotation marks, their language or type.
func (t *turtle) literal() node {
	quote := string(t.in[t.at])
	long := t.has(strings.Repeat(quote, 3))
	if long {
		quote = strings.Repeat(quote, 3)
	}
	from := t.at
	t.at += len(quote)
	var out strings.Builder
	for !t.has(quote) {
		r, n := t.rune()
		switch {
		case n == 0:
			t.at = from
			t.fail("closing " + quote)
		case !long && (r == '\n' || r == '\r'):
			t.fail("closing " + quote)
		case r == '\\' && t.at+1 < len(t.in) && escapes[t.in[t.at+1]] != 0:
			out.WriteByte(escapes[t.in[t.at+1]])
			t.at += 2
		case r == '\\':
			out.WriteRune(t.unicode())
		default:
			out.WriteRune(r)
			t.at += n
		}
	}
	t.at += len(quote)
	lit := node{kind: 'l', text: out.String()}
	switch {
	case t.peek() == '@':
		t.at++
		from := t.at
		for t.at < len(t.in) && (isLetter(t.in[t.at]) || t.at > from && (t.in[t.at] == '-' || t.in[t.at] >= '0' && t.in[t.at] <= '9')) {
			t.at++
		}
		lit.lang = string(t.in[from:t.at])
		if lit.lang == "" || strings.HasSuffix(lit.lang, "-") {
			t.fail("@en")
		}
	case t.has("^^"):
		t.at += 2
		lit.data = t.iri("IRI, prefix:name").text
	}
	return lit
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// number reads a number: whole, with a fraction, or with an exponent.
func (t *turtle) number() node {
	from := t.at
	digits := func() (n int) {
		for t.peek() >= '0' && t.peek() <= '9' {
			t.at++
			n++
		}
		return n
	}
	if c := t.peek(); c == '+' || c == '-' {
		t.at++
	}
	whole, data := digits(), "integer"
	fraction := 0
	if t.peek() == '.' && t.at+1 < len(t.in) && (t.in[t.at+1] >= '0' && t.in[t.at+1] <= '9' || whole > 0 && t.in[t.at+1]|0x20 == 'e') {
		t.at++
		fraction, data = digits(), "decimal"
	}
	if whole+fraction == 0 {
		t.at = from
		t.fail("number")
	}
	if t.peek()|0x20 == 'e' {
		t.at++
		if c := t.peek(); c == '+' || c == '-' {
			t.at++
		}
		if digits() == 0 {
			t.fail("0-9")
		}
		data = "double"
	}
	return node{kind: 'l', text: string(bytes.Clone(t.in[from:t.at])), data: xsdNS + data}
}
