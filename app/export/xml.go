package export

import (
	"io"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// This file is what the formats in XML have in common: XML 1.0 (Fifth Edition) in
// UTF-8, element by element, and values that schemas ask a form of.

// xmlWriter writes elements. Its first error is kept, and nothing is written after.
type xmlWriter struct {
	w   io.Writer
	in  []string // the elements that are open
	err error
}

// startXML begins a file.
func startXML(w io.Writer) *xmlWriter {
	x := &xmlWriter{w: w}
	x.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	return x
}

func (x *xmlWriter) raw(s string) {
	if x.err == nil {
		_, x.err = io.WriteString(x.w, s)
	}
}

// tag writes a tag with what stands at its end: "" or "/". Attributes are names and
// values in turn; one without a value is left out.
func (x *xmlWriter) tag(name, end string, attributes ...string) {
	x.raw("<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] != "" {
			x.raw(" " + attributes[i] + "=\"" + attributeText(attributes[i+1]) + "\"")
		}
	}
	x.raw(end + ">")
}

// open opens an element that holds elements.
func (x *xmlWriter) open(name string, attributes ...string) {
	x.indent()
	x.tag(name, "", attributes...)
	x.raw("\n")
	x.in = append(x.in, name)
}

// close closes the last of the elements that are open.
func (x *xmlWriter) close() {
	name := x.in[len(x.in)-1]
	x.in = x.in[:len(x.in)-1]
	x.indent()
	x.raw("</" + name + ">\n")
}

// leaf writes an element that holds text.
func (x *xmlWriter) leaf(name, text string, attributes ...string) {
	x.indent()
	if text == "" {
		x.tag(name, "/", attributes...)
	} else {
		x.tag(name, "", attributes...)
		x.raw(elementText(text) + "</" + name + ">")
	}
	x.raw("\n")
}

// within writes leaves in an element: those of an element that needs another around
// its text.
func (x *xmlWriter) within(outer, inner, text string, attributes ...string) {
	x.open(outer, attributes...)
	x.leaf(inner, text)
	x.close()
}

func (x *xmlWriter) indent() { x.raw(strings.Repeat(" ", len(x.in))) }

// A reader makes line ends of carriage returns (2.11 End-of-Line Handling), and
// spaces of line ends and tabs in attributes (3.3.3), unless they are references.
var (
	inElement   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	inAttribute = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\"", "&quot;", "\r", "&#xD;", "\n", "&#xA;", "\t", "&#x9;")
)

func elementText(s string) string   { return inElement.Replace(legal(s)) }
func attributeText(s string) string { return inAttribute.Replace(legal(s)) }

// wordOf is s as one word, whatever it is: bytes that are no letter or digit of
// ASCII, no Chinese character and none of -_.: are written as %, with two digits each,
// as in an address. asWord of package ingest reads it back.
func wordOf(s string) string {
	var b strings.Builder
	for _, r := range legal(s) {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("-_.:", r), r >= 0x4E00 && r <= 0x9FA5:
			b.WriteRune(r)
		default:
			b.WriteString(strings.ReplaceAll(url.QueryEscape(string(r)), "+", "%20"))
		}
	}
	return b.String()
}

// pointerTo is an address as schemas take one (anyURI), or "" if s is none. Letters of
// all scripts may stand in it (RFC 3987); what may not is written as %.
func pointerTo(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Scheme == "" || s != legal(s) || strings.ContainsRune(s, 0xFFFD) {
		return ""
	}
	if strings.ContainsFunc(s, func(r rune) bool { return r == ' ' || strings.ContainsRune("<>\"{}|\\^`", r) || unicode.IsSpace(r) }) {
		return u.String()
	}
	return s
}

// languageTag is a language tag (BCP 47) in its usual form, or "" if s is none that is
// known.
func languageTag(s string) string {
	tag, err := language.Parse(strings.TrimSpace(s))
	if err != nil || !bcp47.MatchString(tag.String()) {
		return ""
	}
	return tag.String()
}

// bcp47 is the form of XML Schema's language.
var bcp47 = regexp.MustCompile(`^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$`)

// isoDay is a day, month or year as ISO 8601 writes it in full.
var isoDay = regexp.MustCompile(`^([0-9]{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$`)
