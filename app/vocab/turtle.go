package vocab

import (
	"bytes"
	"net/url"
	"strings"
	"unicode/utf8"

	"fonds/storage/archive"
)

// This file reads Turtle (w3.org/TR/turtle), all of it, and strictly: what the grammar
// does not have is an error with its line and column (in code points, from 1) and what
// could have stood there.

// node is a subject, a predicate or an object.
type node struct {
	kind byte   // 'i' an IRI, 'b' a blank node, 'l' a literal
	text string // the IRI, the node's own name, the words
	lang string
	data string // the type of a literal that is no string of words
}

type triple struct{ s, p, o node }

const (
	rdfNS  = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	xsdNS  = "http://www.w3.org/2001/XMLSchema#"
	skosNS = "http://www.w3.org/2004/02/skos/core#"
	dctNS  = "http://purl.org/dc/terms/"
)

// deepest is how deep collections and lists of properties lie in one another.
const deepest = 200

type turtle struct {
	in       []byte
	at       int
	base     *url.URL
	prefixes map[string]string
	blanks   int
	depth    int
	put      func(triple)
}

// refused is how the reader leaves: by panic, within parseTurtle alone.
type refused struct{ err error }

// parseTurtle hands every triple to put.
func parseTurtle(in []byte, put func(triple)) (err error) {
	defer func() {
		if r := recover(); r != nil {
			x, ours := r.(refused)
			if !ours {
				panic(r)
			}
			err = x.err
		}
	}()
	if !utf8.Valid(in) {
		t := &turtle{in: in}
		for t.at < len(in) {
			r, n := utf8.DecodeRune(in[t.at:])
			if r == utf8.RuneError && n <= 1 {
				break
			}
			t.at += n
		}
		t.fail("UTF-8")
	}
	t := &turtle{in: bytes.TrimPrefix(in, []byte("\uFEFF")), prefixes: map[string]string{}, put: put}
	for t.space(); t.at < len(t.in); t.space() {
		t.statement()
	}
	return nil
}

// fail says what could have stood here.
func (t *turtle) fail(want string) {
	before := t.in[:min(t.at, len(t.in))]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	rest := t.in[len(before):]
	if i := bytes.IndexAny(rest, "\r\n"); i >= 0 {
		rest = rest[:i]
	}
	if len(rest) > 80 {
		rest = rest[:80]
	}
	r := []rune(strings.ToValidUTF8(string(rest), "�"))
	if len(r) > 20 {
		r = append(r[:20], '…')
	}
	panic(refused{archive.Refuse("vocab-turtle", "line", line, "column", column, "want", want, "got", `"`+string(r)+`"`)})
}

func (t *turtle) space() {
	for t.at < len(t.in) {
		switch t.in[t.at] {
		case ' ', '\t', '\r', '\n':
			t.at++
		case '#':
			if i := bytes.IndexByte(t.in[t.at:], '\n'); i >= 0 {
				t.at += i
			} else {
				t.at = len(t.in)
			}
		default:
			return
		}
	}
}

func (t *turtle) peek() byte {
	if t.at < len(t.in) {
		return t.in[t.at]
	}
	return 0
}

func (t *turtle) has(s string) bool { return bytes.HasPrefix(t.in[t.at:], []byte(s)) }

// take takes s, after space, or says that it is missing.
func (t *turtle) take(s string) {
	t.space()
	if !t.has(s) {
		t.fail(`"` + s + `"`)
	}
	t.at += len(s)
}

// word says whether a word of the language stands here that ends here too.
func (t *turtle) word(s string, anyCase bool) bool {
	end := t.at + len(s)
	if end > len(t.in) || !(string(t.in[t.at:end]) == s || anyCase && strings.EqualFold(string(t.in[t.at:end]), s)) {
		return false
	}
	r, n := utf8.DecodeRune(t.in[end:])
	if r == '.' && n > 0 { // a.b: is a name
		r, n = utf8.DecodeRune(t.in[end+1:])
	}
	if n > 0 && (nameChar(r) || r == ':') {
		return false
	}
	t.at = end
	return true
}

func (t *turtle) statement() {
	switch {
	case t.word("@prefix", false):
		t.prefix()
		t.take(".")
	case t.word("@base", false):
		t.space()
		t.setBase()
		t.take(".")
	case t.word("PREFIX", true):
		t.prefix()
	case t.word("BASE", true):
		t.space()
		t.setBase()
	default:
		t.triples()
		t.take(".")
	}
}

func (t *turtle) prefix() {
	t.space()
	name := t.prefixName()
	t.take(":")
	t.space()
	t.prefixes[name] = t.iriRef()
}

func (t *turtle) setBase() {
	u, err := url.Parse(t.iriRef())
	if err != nil {
		t.fail("IRI")
	}
	t.base = u
}

func (t *turtle) triples() {
	if t.peek() == '[' {
		s, empty := t.properties()
		t.space()
		if empty || t.peek() != '.' {
			t.verbs(s)
		}
		return
	}
	t.verbs(t.subject())
}

func (t *turtle) subject() node {
	switch {
	case t.peek() == '(':
		return t.collection()
	case t.has("_:"):
		return t.blank()
	}
	return t.iri("IRI, prefix:name, _:name, [, (, @prefix")
}

// verbs reads the predicates and objects of a subject.
func (t *turtle) verbs(s node) {
	for {
		t.space()
		var p node
		if t.word("a", false) {
			p = node{kind: 'i', text: rdfNS + "type"}
		} else {
			p = t.iri("IRI, prefix:name, a")
		}
		for {
			t.space()
			t.put(triple{s, p, t.object()})
			t.space()
			if t.peek() != ',' {
				break
			}
			t.at++
		}
		more := false
		for t.peek() == ';' {
			more = true
			t.at++
			t.space()
		}
		if c := t.peek(); !more || c == '.' || c == ']' {
			if c != '.' && c != ']' {
				t.fail(`".", ";", ","`)
			}
			return
		}
	}
}

func (t *turtle) object() node {
	switch c := t.peek(); {
	case c == '[':
		n, _ := t.properties()
		return n
	case c == '(':
		return t.collection()
	case c == '"' || c == '\'':
		return t.literal()
	case t.has("_:"):
		return t.blank()
	case c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.':
		return t.number()
	case t.word("true", false):
		return node{kind: 'l', text: "true", data: xsdNS + "boolean"}
	case t.word("false", false):
		return node{kind: 'l', text: "false", data: xsdNS + "boolean"}
	}
	return t.iri(`IRI, prefix:name, "…", [, (`)
}

func (t *turtle) down() {
	if t.depth++; t.depth > deepest {
		t.fail("<= " + "200 [ (")
	}
}

func (t *turtle) fresh() node {
	t.blanks++
	return node{kind: 'b', text: "[" + itoa(t.blanks)} // no name that a file can give
}

func (t *turtle) properties() (n node, empty bool) {
	t.down()
	t.at++
	n = t.fresh()
	t.space()
	if empty = t.peek() == ']'; !empty {
		t.verbs(n)
	}
	t.take("]")
	t.depth--
	return n, empty
}

func (t *turtle) collection() node {
	t.down()
	t.at++
	end := node{kind: 'i', text: rdfNS + "nil"}
	var first, last node
	for {
		t.space()
		if t.peek() == ')' {
			t.at++
			break
		}
		if t.at >= len(t.in) {
			t.fail(`")"`)
		}
		item := t.object()
		cell := t.fresh()
		if last.kind == 0 {
			first = cell
		} else {
			t.put(triple{last, node{kind: 'i', text: rdfNS + "rest"}, cell})
		}
		t.put(triple{cell, node{kind: 'i', text: rdfNS + "first"}, item})
		last = cell
	}
	t.depth--
	if last.kind == 0 {
		return end
	}
	t.put(triple{last, node{kind: 'i', text: rdfNS + "rest"}, end})
	return first
}
