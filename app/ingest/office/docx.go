package office

import (
	"context"
	"encoding/xml"
	"strings"

	"fonds/app/ingest/content"
)

// A docx is an Office Open XML text while it is read.
type docx struct {
	*pack
	types  contentTypes
	lists  *numbering
	left   budget
	c      *cursor        // of the part that is being read
	part   string         // its name
	rels   map[string]rel // its relationships
	order  []string       // their ids as the file has them
	fields []field        // that have begun and not ended, in that part

	notes    []string // keys of footnotes (f12) and endnotes (e3) in the order of their marks
	comments []string // ids of comments, likewise
	marks    map[string]int
	edges    []edge // headers and footers in the order of the sections
	files    *embedded
}

// An edge is a header or a footer that a section names.
type edge struct {
	part string
	foot bool
}

// DOCX reads an Office Open XML text (Kind TypeDOCX, TypeDOCM, TypeDOTX, TypeDOTM). The error is a *content.Refusal or
// that of ctx.
func DOCX(ctx context.Context, data []byte) (*content.Content, error) {
	if IsEncryptedOOXML(data) {
		return nil, content.Refuse(content.Encrypted, "")
	}
	d, main, err := openOOXML(ctx, data)
	if err != nil {
		return nil, err
	}
	d.lists = &numbering{map[string]*abstract{}, map[string]*abstract{}, map[string]*num{}, map[string]style{}, ""}
	out := &content.Content{Format: TypeDOCX}
	switch k := byMain[strings.ToLower(d.types.of(main))]; k {
	case TypeDOCX, TypeDOTX, TypeDOCM, TypeDOTM:
		out.Format = k
	case "":
	default:
		return nil, content.Refuse(content.NotIt, "it is no text but %s", k)
	}
	if out.Text, err = d.text(main); err != nil {
		return nil, err
	}
	if err = d.properties(out); err != nil {
		return nil, err
	}
	if out.Parts, err = d.files.parts(d.types); err != nil {
		return nil, err
	}
	out.Lost = d.pack.lost
	return out, ctx.Err()
}

// openOOXML opens a package of Office Open XML: its reader, with the kinds of its parts, and the name of its main part.
func openOOXML(ctx context.Context, data []byte) (*docx, string, error) {
	p, err := openPack(ctx, data)
	if err != nil {
		return nil, "", err
	}
	d := &docx{pack: p, left: content.MaxText, marks: map[string]int{}, files: &embedded{pack: p, seen: map[string]bool{}}}
	main, err := p.mainPart()
	if err != nil {
		return nil, "", err
	}
	if d.types, err = p.contentTypes(); err != nil {
		err = p.minor(err, "what kinds its parts are")
	}
	return d, main, err
}

// text reads all parts that have text.
func (d *docx) text(main string) (string, error) {
	all, order, err := d.pack.rels(main)
	if err = d.minor(err, "how its parts belong together"); err != nil {
		return "", err
	}
	if part := firstOf(all, order, "styles"); d.has(part) {
		if err = d.minor(d.readStyles(part, d.lists), "its styles, from which numbers of headings may come"); err != nil {
			return "", err
		}
	}
	if part := firstOf(all, order, "numbering"); d.has(part) {
		if err = d.minor(d.readNumbering(part, d.lists), "the numbers of its lists"); err != nil {
			return "", err
		}
	}
	body := &block{long: true}
	err = d.within(main, func(s xml.StartElement) error {
		if d.c.el(s.Name) == "w:document" {
			return d.c.each(func(s xml.StartElement) error { return d.c.each(d.blocks(body)) })
		}
		return content.Refuse(content.NotIt, "its part %s is no text (%s)", main, s.Name.Local)
	})
	if err != nil {
		return "", err
	}
	body.close()
	if err = d.readNotes(body, firstOf(all, order, "footnotes"), firstOf(all, order, "endnotes"), firstOf(all, order, "comments")); err != nil {
		return "", err
	}
	head, foot, err := d.readEdges()
	if err != nil {
		return "", err
	}
	return whole(head, body, foot), nil
}

// within reads a part: f is called with its outermost element.
func (d *docx) within(part string, f func(xml.StartElement) error) error {
	was := *d
	defer func() { d.c, d.part, d.rels, d.order, d.fields = was.c, was.part, was.rels, was.order, was.fields }()
	var err error
	d.part, d.fields = part, nil
	d.rels, d.order, err = d.pack.rels(part)
	if err = d.minor(err, "what "+part+" refers to"); err != nil {
		return err
	}
	if d.c, err = d.pack.xml(part); err != nil {
		return err
	}
	s, err := d.c.root()
	if err != nil {
		return err
	}
	if err = f(s); err != nil {
		return err
	}
	return d.c.rest()
}

// readEdges reads headers and footers, each text once.
func (d *docx) readEdges() (head, foot *block, err error) {
	head, foot = &block{}, &block{}
	seen := map[string]bool{}
	for _, e := range d.edges {
		if seen[e.part] || !d.has(e.part) {
			continue
		}
		seen[e.part] = true
		b := &block{}
		err := d.within(e.part, func(xml.StartElement) error { return d.c.each(d.blocks(b)) })
		if err = d.minor(err, "a header or footer"); err != nil {
			return nil, nil, err
		}
		b.close()
		text := strings.Trim(string(b.text), "\n")
		if strings.TrimSpace(text) == "" || seen["text of "+text] {
			continue
		}
		seen["text of "+text] = true
		to := head
		if e.foot {
			to = foot
		}
		to.add(&block{text: []byte(text), lines: 1})
	}
	return head, foot, nil
}

// properties reads docProps/core.xml, or what the relationships of the file call its core properties.
func (d *docx) properties(out *content.Content) error {
	all, order, err := d.pack.rels("")
	part := firstOf(all, order, "core-properties")
	if err != nil || !d.has(part) {
		if part = "docProps/core.xml"; !d.has(part) {
			return d.minor(err, "its properties")
		}
	}
	c, err := d.xml(part)
	if err == nil {
		part = d.pack.files[key(part)].Name
		if _, err = c.root(); err == nil {
			err = c.each(func(s xml.StartElement) error {
				name := c.el(s.Name)
				v, err := c.words()
				core(out, name, v, part)
				return err
			})
		}
	}
	return d.minor(err, "its properties")
}

// core takes one of the core properties.
func core(out *content.Content, name, v, part string) {
	where := part + " " + name
	switch name {
	case "dc:title":
		out.Title = line(v)
		said(&out.Said, "title", v, where)
	case "dc:creator", "dc:subject", "dc:description", "dc:identifier", "dc:language":
		said(&out.Said, strings.TrimPrefix(name, "dc:"), v, where)
	case "cp:keywords", "cp:category":
		said(&out.Said, "subject", v, where)
	case "cp:lastModifiedBy":
		said(&out.Said, "contributor", v, where)
	case "dcterms:created":
		said(&out.Said, "date", day(v), where)
	}
}

// day is a day, or a day and a time, as EDTF has it; "" where it is none, or the day zero of a clock that was never set.
func day(v string) string {
	v = strings.TrimSpace(v)
	date, clock, timed := strings.Cut(v, "T")
	if len(date) != 10 || date < "1602" || !digitsLike(date, "0000-00-00") || date[5:7] == "00" || date[8:] == "00" {
		return ""
	}
	if !timed {
		return date
	}
	zone := ""
	if i := strings.IndexAny(clock, "Z+-"); i >= 0 {
		clock, zone = clock[:i], clock[i:]
	}
	clock, _, _ = strings.Cut(clock, ".")
	if !digitsLike(clock, "00:00:00") || zone != "" && zone != "Z" && !digitsLike(zone[1:], "00:00") {
		return date
	}
	return date + "T" + clock + zone
}

// digitsLike says whether s has figures where the pattern has 0, and is the pattern elsewhere.
func digitsLike(s, pattern string) bool {
	if len(s) != len(pattern) {
		return false
	}
	for i := range len(s) {
		if figure := s[i] >= '0' && s[i] <= '9'; figure != (pattern[i] == '0') || !figure && s[i] != pattern[i] {
			return false
		}
	}
	return true
}
