package epub

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode"

	"fonds/app/ingest/content"
)

// A publication is what the package document says.
type publication struct {
	spine []item // in the order in which it is read: what is beside the line of reading comes last
	said  []content.Said
}

// An item is a file of the publication.
type item struct {
	path      string
	mediaType string
}

// isText says whether an item is a page of text.
func (i item) isText() bool {
	t := strings.ToLower(i.mediaType)
	return t == "" || strings.Contains(t, "html") || strings.Contains(t, "xml") && !strings.Contains(t, "ncx")
}

// title is the first that the package states.
func (p *publication) title() string {
	for _, s := range p.said {
		if s.Field == "dcterms:title" {
			return s.Value
		}
	}
	return ""
}

// fields says which field takes which element of Dublin Core.
var fields = map[string]string{
	"title": "dcterms:title", "creator": "dcterms:creator", "contributor": "dcterms:contributor",
	"publisher": "dcterms:publisher", "date": "dcterms:date", "subject": "dcterms:subject",
	"description": "dcterms:description", "language": "dcterms:language", "identifier": "dcterms:identifier",
	"rights": "dcterms:rights", "source": "dcterms:source", "coverage": "dcterms:spatial",
}

// maxSaid bounds the values of one publication.
const maxSaid = 1000

// parsePackage reads the package document.
func parsePackage(ctx context.Context, raw []byte, name string) (*publication, error) {
	items := map[string]item{}
	var main, beside []string
	p := &publication{}
	err := walkXML(ctx, raw, func(e xml.StartElement, _ []string) {
		switch e.Name.Local {
		case "item":
			if id := attr(e, "id"); id != "" && len(items) < content.MaxParts {
				items[id] = item{resolve(name, attr(e, "href")), attr(e, "media-type")}
			}
		case "itemref":
			if attr(e, "linear") == "no" {
				beside = append(beside, attr(e, "idref"))
			} else {
				main = append(main, attr(e, "idref"))
			}
		}
	}, p.says)
	if _, refused := errors.AsType[*content.Refusal](err); refused || ctx.Err() != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, id := range append(main, beside...) {
		if i, ok := items[id]; ok && !seen[i.path] {
			seen[i.path] = true
			p.spine = append(p.spine, i)
		}
	}
	if len(p.spine) == 0 {
		return nil, content.Refuse(content.Damaged, "its package document has no reading order")
	}
	return p, nil
}

// says takes the text of an element of the metadata.
func (p *publication) says(e xml.StartElement, above []string, text string) {
	if len(above) == 0 || len(p.said) >= maxSaid {
		return
	}
	inMetadata := false
	for _, a := range above {
		inMetadata = inMetadata || a == "metadata"
	}
	field, where := fields[e.Name.Local], "dc:"+e.Name.Local
	if e.Name.Local == "meta" && attr(e, "property") == "dcterms:modified" {
		field, where = "dcterms:date", "dcterms:modified"
	}
	dc := strings.Contains(e.Name.Space, "purl.org/dc/") || e.Name.Space == "dc" || where == "dcterms:modified"
	if value := clean(text); inMetadata && dc && field != "" && value != "" {
		if event := attr(e, "event"); event != "" && field == "dcterms:date" {
			where += " (" + clean(event) + ")"
		}
		p.said = append(p.said, content.Said{Field: field, Value: value, Where: "OPF " + where})
	}
}

// clean gives words with single spaces between them, without controls.
func clean(s string) string {
	s = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && !unicode.IsSpace(c) {
			return -1
		}
		return c
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// walkXML calls start at each element with the local names of those around it, and end with the text directly in it. An
// error is a *content.Refusal where the file goes too deep, that of ctx, and otherwise says where it is no XML.
func walkXML(ctx context.Context, raw []byte, start func(xml.StartElement, []string), end func(xml.StartElement, []string, string)) error {
	text := decodeText(raw)
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict, d.Entity = false, xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is decoded already
	type open struct {
		e    xml.StartElement
		text bytes.Buffer
	}
	var stack []*open
	var names []string
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t, err := d.Token()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if len(stack) >= content.MaxNesting {
				return content.Refuse(content.TooMuch, "elements in elements %d > %d", len(stack)+1, content.MaxNesting)
			}
			start(t, names)
			stack = append(stack, &open{e: t.Copy()})
			names = append(names, t.Name.Local)
		case xml.CharData:
			if n := len(stack); n > 0 && stack[n-1].text.Len() < 1<<20 {
				stack[n-1].text.Write(t)
			}
		case xml.EndElement:
			if n := len(stack); n > 0 {
				stack, names = stack[:n-1], names[:n-1]
				if o := (stack[:n])[n-1]; end != nil {
					end(o.e, names, o.text.String())
				}
			}
		}
	}
}

// attr gives the value of an attribute, by its local name.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
