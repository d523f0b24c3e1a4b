package ingest

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// TEI (P5, and P4 where it is XML) is read element by element, without a tree, and nothing is fetched: a DTD is not
// followed, and an entity is read only if the file itself says that it is a few characters.
//
// The text is that of the text element: front, body and back, without lists of people and places. Blocks are lines; white
// space is one space, and none where the file breaks a line between two Chinese characters. xml:space="preserve" keeps
// it, save in p, whose lines every reader wraps anew. Of a choice the text has what stands in the source (sic, orig,
// abbr), of an apparatus the first reading; a deletion is left out, and a gap is U+25AF. A note is a mark without words,
// at its place, with the note as its comment.

// deepestTEI is how deep elements may lie.
const deepestTEI = 1000

// longestEntity is how many bytes an entity may stand for, so that no file grows by its entities.
const longestEntity = 32

// readTEI reads the texts of a TEI file.
func readTEI(data []byte) ([]Annotated, error) {
	source, err := xmlSource(data)
	if err != nil {
		return nil, err
	}
	d := xml.NewDecoder(strings.NewReader(source))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	d.Entity = maps.Clone(xml.HTMLEntity)
	r := &teiReader{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = r.token(token, d)
		}
		if err != nil {
			line, _ := d.InputPos()
			return nil, fmt.Errorf("line %d: %w", line, xmlError(err))
		}
	}
	if r.docs == nil {
		return nil, errNoTEI
	}
	return r.finish(), nil
}

var errNoTEI = errors.New("this is no TEI: its outermost element is neither TEI nor teiCorpus; read it as a text instead")

// xmlError says what can be done about what the decoder found.
func xmlError(err error) error {
	var syntax *xml.SyntaxError
	if !errors.As(err, &syntax) {
		return err
	}
	if strings.HasPrefix(syntax.Msg, "invalid character entity") && strings.HasSuffix(syntax.Msg, ";") {
		return fmt.Errorf("%s: it is said elsewhere, or too long, what it stands for; write it out (xmllint --noent) and read the file again", syntax.Msg)
	}
	return fmt.Errorf("the XML is broken here: %s; mend it and read the file again", syntax.Msg)
}

var declaredInXML = regexp.MustCompile(`^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']`)

// xmlSource is the file as UTF-8: by its byte order mark, else as it says, else as it is (XML 1.0, Appendix F).
func xmlSource(data []byte) (string, error) {
	label := "utf-8"
	switch {
	case len(data) >= 2 && data[0] == 0xFF && data[1] == 0xFE, len(data) >= 4 && string(data[:4]) == "<\x00?\x00":
		label = "utf-16le"
	case len(data) >= 2 && data[0] == 0xFE && data[1] == 0xFF, len(data) >= 4 && string(data[:4]) == "\x00<\x00?":
		label = "utf-16be"
	default:
		if m := declaredInXML.FindSubmatch(data[:min(len(data), 200)]); m != nil {
			label = string(m[1])
		}
	}
	if strings.EqualFold(label, "utf-8") || strings.EqualFold(label, "us-ascii") {
		return strings.TrimPrefix(string(data), "\uFEFF"), nil
	}
	c := codecNamed(label)
	if c == nil {
		return "", fmt.Errorf("the file says that its encoding is %q, which is not known; save it as UTF-8 and read it again", label)
	}
	text, _ := c.decode(data)
	return strings.TrimPrefix(text, "\uFEFF"), nil
}

var entityDeclared = regexp.MustCompile(`<!ENTITY\s+([\p{L}_][\p{L}\p{N}._-]*)\s+(?:"([^"<%]*)"|'([^'<%]*)')\s*>`)

// entities takes from a DOCTYPE the entities that are a few characters.
func entities(directive string, into map[string]string) {
	for _, m := range entityDeclared.FindAllStringSubmatch(directive, -1) {
		value := m[2] + m[3]
		if len(value) > longestEntity {
			continue
		}
		if strings.Contains(value, "&") {
			var plain string
			if xml.Unmarshal([]byte("<a>"+value+"</a>"), &plain) != nil || strings.ContainsAny(plain, "&<") {
				continue
			}
			value = plain
		}
		into[m[1]] = value
	}
}

// teiReader reads one file.
type teiReader struct {
	docs  []*teiDocument // in the order in which they begin
	in    []*teiDocument // those that are open
	stack []teiFrame
	skip  int // elements that are open within one that is not read, and itself
}

// teiFrame is an element that is open.
type teiFrame struct {
	name  string
	exact bool         // white space stays
	end   func()       // what is done at its end
	one   *teiOne      // it holds several readings
	doc   *teiDocument // of which the text is
}

// teiOne is a choice or an apparatus: of what stands in it one is text.
type teiOne struct {
	taken      bool
	start, end int
	corr       *teiLines
	within     []int // marks within the new words
	id         string
}

func (r *teiReader) top() *teiFrame {
	if len(r.stack) == 0 {
		return &teiFrame{}
	}
	return &r.stack[len(r.stack)-1]
}

func (r *teiReader) doc() *teiDocument {
	if len(r.in) == 0 {
		return nil
	}
	return r.in[len(r.in)-1]
}

func (r *teiReader) token(token xml.Token, d *xml.Decoder) error {
	switch t := token.(type) {
	case xml.Directive:
		entities(string(t), d.Entity)
	case xml.StartElement:
		if r.skip > 0 {
			if r.skip++; r.skip > deepestTEI {
				return errDeep
			}
			return nil
		}
		if len(r.stack) >= deepestTEI {
			return errDeep
		}
		return r.begin(t)
	case xml.EndElement:
		if r.skip > 0 {
			if r.skip--; r.skip > 0 {
				return nil
			}
		}
		f := r.top()
		end := f.end
		r.stack = r.stack[:len(r.stack)-1]
		if end != nil {
			end()
		}
	case xml.CharData:
		if r.skip == 0 {
			r.chars(string(t))
		}
	}
	return nil
}

var errDeep = fmt.Errorf("more than %d elements lie within one another; this is no text that people wrote", deepestTEI)

// begin enters an element.
func (r *teiReader) begin(e xml.StartElement) error {
	up := r.top()
	f := teiFrame{name: e.Name.Local, exact: up.exact, doc: up.doc}
	if !teiNamespace(e.Name.Space) {
		f.name = ""
	}
	attr := attributesOf(e)
	if v := attr["xml:space"]; v != "" {
		f.exact = v == "preserve"
	}
	if f.name == "p" {
		f.exact = false
	}
	r.stack = append(r.stack, f)
	now := r.top()
	switch {
	case f.name == "TEI" || f.name == "TEI.2" || f.name == "teiCorpus" || f.name == "teiCorpus.2":
		r.beginDocument(now, attr)
	case len(r.in) == 0:
		return errNoTEI
	case up.doc != nil:
		r.element(now, up, attr)
	case f.name == "text":
		d := r.doc()
		d.hasText = true
		d.lang = cmpOr(attr["xml:lang"], d.lang)
		now.doc = d
		d.lines.block()
	default:
		r.header(now, up, attr)
	}
	return nil
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// teiNamespace says whether an element is TEI's; those of P4 have no namespace.
func teiNamespace(space string) bool { return space == "" || space == "http://www.tei-c.org/ns/1.0" }

// attributesOf are an element's attributes, those of xml: by their whole names.
func attributesOf(e xml.StartElement) map[string]string {
	out := map[string]string{}
	for _, a := range e.Attr {
		switch {
		case a.Name.Space == "http://www.w3.org/XML/1998/namespace" || a.Name.Space == "xml":
			out["xml:"+a.Name.Local] = a.Value
		case a.Name.Space == "":
			out[a.Name.Local] = a.Value
		}
	}
	return out
}

func (r *teiReader) beginDocument(f *teiFrame, attr map[string]string) {
	d := &teiDocument{lines: &teiLines{}, noteAt: -1, head: teiHead{fields: map[string][]string{}, own: map[string][]string{}}, lang: attr["xml:lang"],
		name: cmpOr(attr["xml:id"], cmpOr(attr["id"], attr["n"])), anchors: map[string]*teiAnchor{}, marked: map[string]int{}, fixed: map[string]int{}}
	r.docs, r.in = append(r.docs, d), append(r.in, d)
	f.end = func() { r.in = r.in[:len(r.in)-1] }
	f.doc = nil
}

// chars takes text.
func (r *teiReader) chars(s string) {
	f := r.top()
	switch {
	case f.doc == nil:
		if d := r.doc(); d != nil && d.capture != nil {
			d.capture.WriteString(s)
		}
	case f.one != nil:
	case f.exact:
		if !f.doc.head.ours {
			s = strings.ReplaceAll(s, "\r", "")
		}
		f.doc.lines.exact(s)
	default:
		f.doc.lines.text(s)
	}
}

// finish puts the documents together.
func (r *teiReader) finish() []Annotated {
	docs := slices.DeleteFunc(slices.Clone(r.docs), func(d *teiDocument) bool { return !d.hasText })
	if len(docs) == 0 {
		docs = r.docs[:1]
	}
	var out []Annotated
	for i, d := range docs {
		a := d.annotated()
		if len(docs) > 1 {
			a.Name = cmpOr(d.name, fmt.Sprint(i+1))
		}
		if !utf8.ValidString(a.Text) {
			a.Text = strings.ToValidUTF8(a.Text, "\uFFFD")
		}
		out = append(out, a)
	}
	return out
}
