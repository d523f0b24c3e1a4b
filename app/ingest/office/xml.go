package office

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf16"

	"archive/zip"

	"golang.org/x/text/encoding/htmlindex"

	"fonds/app/ingest/content"
)

// A cursor goes through the XML of one part, element by element. It never holds more than one token.
type cursor struct {
	src   *gauge
	dec   *xml.Decoder
	depth int
	names map[xml.Name]string
}

// xml opens a part as XML.
func (p *pack) xml(name string) (*cursor, error) {
	g, err := p.open(name)
	if err != nil {
		return nil, err
	}
	return newCursor(g), nil
}

func newCursor(g *gauge) *cursor {
	c := &cursor{src: g, dec: xml.NewDecoder(utf8Of(g)), names: map[xml.Name]string{}}
	c.dec.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		if l := strings.ToLower(label); strings.HasPrefix(l, "utf-16") || strings.HasPrefix(l, "ucs-2") {
			return r, nil // utf8Of has done it
		}
		e, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(r), nil
	}
	return c
}

// utf8Of is what a reader gives, as UTF-8 where it begins as UTF-16 does.
func utf8Of(r io.Reader) io.Reader {
	b := bufio.NewReaderSize(r, 4096)
	head, _ := b.Peek(4)
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		_, _ = b.Discard(3)
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{'<', 0}):
		return &wide{from: b, order: binary.LittleEndian}
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}), bytes.HasPrefix(head, []byte{0, '<'}):
		return &wide{from: b, order: binary.BigEndian}
	}
	return b
}

// wide reads UTF-16 as UTF-8.
type wide struct {
	from  io.Reader
	order binary.ByteOrder
	out   []byte
	high  rune // first half of a pair, or 0
}

func (w *wide) Read(b []byte) (int, error) {
	for len(w.out) == 0 {
		raw := make([]byte, 2048)
		n, err := io.ReadFull(w.from, raw)
		if n < 2 {
			if errors.Is(err, io.ErrUnexpectedEOF) {
				err = io.EOF
			}
			return 0, err
		}
		for i := 0; i+1 < n; i += 2 {
			r := rune(w.order.Uint16(raw[i:]))
			switch {
			case w.high != 0:
				r, w.high = utf16.DecodeRune(w.high, r), 0
			case utf16.IsSurrogate(r):
				w.high = r
				continue
			case r == 0xFEFF:
				continue
			}
			w.out = append(w.out, string(r)...)
		}
	}
	n := copy(b, w.out)
	w.out = w.out[n:]
	return n, nil
}

// token gives the next token. At the end of the part the error is io.EOF.
func (c *cursor) token() (xml.Token, error) {
	c.src.since = 0
	t, err := c.dec.Token()
	if err != nil {
		return nil, c.damage(err)
	}
	switch t.(type) {
	case xml.StartElement:
		if c.depth++; c.depth > content.MaxNesting {
			return nil, content.Refuse(content.TooMuch, "elements within elements of %s > %d", c.src.name, content.MaxNesting)
		}
	case xml.EndElement:
		c.depth--
	}
	return t, nil
}

// damage says of an error of the decoder where it is; limits, the context and the end pass.
func (c *cursor) damage(err error) error {
	var bad *xml.SyntaxError
	var r *content.Refusal
	switch {
	case err == io.EOF, errors.As(err, &r), errors.Is(err, zip.ErrChecksum):
		return err
	case errors.As(err, &bad):
		return content.Refuse(content.Damaged, "its part %s, line %d: %s", c.src.name, bad.Line, bad.Msg)
	case c.src.pack.ctx.Err() != nil:
		return c.src.pack.ctx.Err()
	}
	return content.Refuse(content.Damaged, "its part %s: %v", c.src.name, err)
}

// early is an error of token where the part should go on.
func (c *cursor) early(err error) error {
	if isChecksum(err) {
		return content.Refuse(content.Damaged, "its part %s ends early", c.src.name)
	}
	return err
}

// root enters the outermost element.
func (c *cursor) root() (xml.StartElement, error) {
	for {
		t, err := c.token()
		if err != nil {
			return xml.StartElement{}, c.early(err)
		}
		if s, ok := t.(xml.StartElement); ok {
			return s, nil
		}
	}
}

// rest reads a part to its end, where its checksum is compared.
func (c *cursor) rest() error {
	for {
		if _, err := c.token(); err == io.EOF {
			return nil
		} else if errors.Is(err, zip.ErrChecksum) {
			c.src.pack.lose("the checksum of its part " + c.src.name + " is wrong: it may have been changed by a fault of a disk")
			return nil
		} else if err != nil {
			return c.src.pack.minor(err, "what follows the end of "+c.src.name)
		}
	}
}

// each calls f with every element in the one that was begun last; f reads that to its end (each, mixed, skip or words).
func (c *cursor) each(f func(xml.StartElement) error) error { return c.mixed(nil, f) }

// mixed is each with the characters between the elements.
func (c *cursor) mixed(chars func([]byte) error, f func(xml.StartElement) error) error {
	for {
		t, err := c.token()
		if err != nil {
			return c.early(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err = f(t); err != nil {
				return err
			}
		case xml.CharData:
			if chars != nil {
				if err = chars(t); err != nil {
					return err
				}
			}
		case xml.EndElement:
			return nil
		}
	}
}

// skip reads the element that was begun last to its end.
func (c *cursor) skip() error {
	for open := 1; open > 0; {
		t, err := c.token()
		if err != nil {
			return c.early(err)
		}
		switch t.(type) {
		case xml.StartElement:
			open++
		case xml.EndElement:
			open--
		}
	}
	return nil
}

// words reads the element that was begun last to its end and gives the characters in it, of its elements too.
func (c *cursor) words() (string, error) {
	var b strings.Builder
	var in func(xml.StartElement) error
	chars := func(s []byte) error {
		if b.Len()+len(s) > maxToken {
			return content.Refuse(content.TooMuch, "bytes of one value of %s > %d", c.src.name, maxToken)
		}
		b.Write(s)
		return nil
	}
	in = func(xml.StartElement) error { return c.mixed(chars, in) }
	err := c.mixed(chars, in)
	return b.String(), err
}

// el is the name of an element or an attribute with the prefix that its namespace has in the standards, whatever the
// file calls it.
func (c *cursor) el(n xml.Name) string {
	s, ok := c.names[n]
	if !ok {
		s = prefix(n.Space) + ":" + n.Local
		if n.Space == "" {
			s = n.Local
		}
		if len(c.names) < 4096 {
			c.names[n] = s
		}
	}
	return s
}

// attr is the value of an attribute, named as el names it; "" where there is none.
func (c *cursor) attr(s xml.StartElement, name string) string {
	for _, a := range s.Attr {
		if c.el(a.Name) == name {
			return a.Value
		}
	}
	return ""
}

// prefixes of namespaces; those of the strict form of Office Open XML have other names.
var prefixes = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":              "w",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                          "w",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":                "m",
	"http://purl.oclc.org/ooxml/officeDocument/math":                            "m",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":       "r",
	"http://purl.oclc.org/ooxml/officeDocument/relationships":                   "r",
	"http://schemas.openxmlformats.org/drawingml/2006/main":                     "a",
	"http://purl.oclc.org/ooxml/drawingml/main":                                 "a",
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing":    "wp",
	"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":                "wp",
	"http://schemas.openxmlformats.org/drawingml/2006/chart":                    "c",
	"http://purl.oclc.org/ooxml/drawingml/chart":                                "c",
	"http://schemas.openxmlformats.org/drawingml/2006/diagram":                  "dgm",
	"http://purl.oclc.org/ooxml/drawingml/diagram":                              "dgm",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":               "mc",
	"http://schemas.openxmlformats.org/package/2006/relationships":              "rel",
	"http://schemas.openxmlformats.org/package/2006/content-types":              "ct",
	"http://schemas.openxmlformats.org/package/2006/metadata/core-properties":   "cp",
	"urn:schemas-microsoft-com:vml":                                             "v",
	"urn:schemas-microsoft-com:office:office":                                   "o",
	"http://schemas.microsoft.com/office/word/2010/wordml":                      "w14",
	"http://purl.org/dc/elements/1.1/":                                          "dc",
	"http://purl.org/dc/terms/":                                                 "dcterms",
	"http://www.w3.org/1999/xlink":                                              "xlink",
	"http://www.w3.org/1998/Math/MathML":                                        "math",
	"http://www.w3.org/XML/1998/namespace":                                      "xml",
	"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0":                         "draw",
	"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0":                  "svg",
	"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0":               "fo",
	"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0":      "loext",
	"http://openoffice.org/2000/drawing":                                        "draw",
	"http://openoffice.org/2001/manifest":                                       "manifest",
	"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes":      "vt",
	"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties":   "custom",
	"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "ep",
}

func prefix(space string) string {
	if p, ok := prefixes[space]; ok {
		return p
	}
	if s, ok := strings.CutPrefix(space, "urn:oasis:names:tc:opendocument:xmlns:"); ok {
		s, _, _ = strings.Cut(s, ":")
		return s
	}
	if s, ok := strings.CutPrefix(space, "http://openoffice.org/2000/"); ok {
		return s
	}
	if strings.ContainsAny(space, ":/") {
		return "?"
	}
	return space // a prefix that the file does not declare
}
