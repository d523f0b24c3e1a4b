package office

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"strings"

	"fonds/app/ingest/content"
)

// An odt is an OpenDocument text while it is read.
type odt struct {
	*pack
	left   budget
	c      *cursor
	out    *content.Content
	styles odfStyles
	types  map[string]string // media types by the names of the manifest
	files  *embedded
	subs   []subdocument

	head, body, foot block
	notes, comments  block
	nNotes, nComs    int
	edges            map[string]bool // texts of headers and footers that were read
	lists            listMemory
}

// manifestList is what META-INF/manifest.xml says.
type manifestList struct {
	types  map[string]string
	sealed bool // a part is encrypted
}

func (p *pack) manifest() (manifestList, error) {
	m := manifestList{types: map[string]string{}}
	c, err := p.xml("META-INF/manifest.xml")
	if err != nil {
		return m, err
	}
	if _, err = c.root(); err != nil {
		return m, err
	}
	return m, c.each(func(s xml.StartElement) error {
		if len(m.types) < content.MaxParts {
			m.types[c.attr(s, "manifest:full-path")] = c.attr(s, "manifest:media-type")
		}
		return c.each(func(s xml.StartElement) error {
			m.sealed = m.sealed || c.el(s.Name) == "manifest:encryption-data"
			return c.skip()
		})
	})
}

// ODT reads an OpenDocument text (Kind TypeODT, TypeOTT, TypeFODT, TypeSXW). The error is a *content.Refusal or that of
// ctx.
func ODT(ctx context.Context, data []byte) (*content.Content, error) {
	d := &odt{left: content.MaxText, out: &content.Content{Format: TypeODT}, edges: map[string]bool{}}
	d.body.long = true
	d.styles.init()
	d.lists.init()
	var err error
	if bytes.HasPrefix(data, []byte("PK")) {
		err = d.packed(ctx, data)
	} else {
		err = d.flat(ctx, data)
	}
	if err != nil {
		return nil, err
	}
	d.out.Text = whole(&d.head, &d.body, &d.notes, &d.comments, &d.foot)
	d.out.Lost = d.lost
	return d.out, ctx.Err()
}

// packed reads a ZIP file.
func (d *odt) packed(ctx context.Context, data []byte) error {
	var err error
	if d.pack, err = openPack(ctx, data); err != nil {
		return err
	}
	d.files = &embedded{pack: d.pack, seen: map[string]bool{}}
	if d.has("META-INF/manifest.xml") {
		m, err := d.manifest()
		if m.sealed {
			return content.Refuse(content.Encrypted, "")
		}
		if err = d.minor(err, "the list of its parts"); err != nil {
			return err
		}
		d.types = m.types
	}
	switch k := Kind(data); k {
	case TypeOTT, TypeSXW:
		d.out.Format = k
	case TypeODT:
	default:
		if strings.HasSuffix(k, "spreadsheet") || strings.HasSuffix(k, "presentation") || k == TypeEPUB {
			return content.Refuse(content.NotIt, "it is no text but %s", k)
		}
	}
	for _, part := range []struct{ name, what string }{{"meta.xml", "its properties"}, {"styles.xml", "its styles, headers and footers"}} {
		if d.has(part.name) {
			if err = d.minor(d.part(part.name), part.what); err != nil {
				return err
			}
		}
	}
	d.lists.init()
	if err = d.part("content.xml"); err != nil {
		return err
	}
	if d.out.Parts, err = d.files.parts(contentTypes{defaults: extensionTypes}); err != nil {
		return err
	}
	for _, s := range d.subs {
		if err = d.repack(s); err != nil {
			return err
		}
	}
	return nil
}

// flat reads an OpenDocument in one XML file; the bytes of pictures in it are passed over.
func (d *odt) flat(ctx context.Context, data []byte) error {
	d.out.Format = TypeFODT
	d.pack = &pack{ctx: ctx, size: int64(len(data))}
	d.files = &embedded{pack: d.pack, seen: map[string]bool{}}
	if len(data) > content.MaxUnpacked {
		return content.Refuse(content.TooMuch, "bytes %d > %d", len(data), int64(content.MaxUnpacked))
	}
	if k := flatKind(data); k == "" {
		return content.Refuse(content.NotIt, "it is neither a ZIP file nor XML of an OpenDocument text")
	} else if k != TypeFODT {
		return content.Refuse(content.NotIt, "it is no text but %s", k)
	}
	return d.read(newCursor(&gauge{pack: d.pack, from: withoutPictures(data), name: "the file"}))
}

// withoutPictures reads data without what stands between office:binary-data and its end.
func withoutPictures(data []byte) io.Reader {
	var rs []io.Reader
	for {
		from := bytes.Index(data, []byte("<office:binary-data>"))
		if from < 0 {
			break
		}
		n := bytes.Index(data[from:], []byte("</office:binary-data>"))
		if n < 0 {
			break
		}
		rs = append(rs, bytes.NewReader(data[:from+len("<office:binary-data>")]))
		data = data[from+n:]
	}
	return io.MultiReader(append(rs, bytes.NewReader(data))...)
}

func (d *odt) part(name string) error {
	c, err := d.pack.xml(name)
	if err != nil {
		return err
	}
	return d.read(c)
}

// read reads one XML file of a document: properties, styles, headers and body, as far as they stand in it.
func (d *odt) read(c *cursor) error {
	was := d.c
	d.c = c
	defer func() { d.c = was }()
	s, err := c.root()
	if err != nil {
		return err
	}
	if !strings.HasPrefix(c.el(s.Name), "office:document") {
		return content.Refuse(content.NotIt, "%s is no OpenDocument (%s)", c.src.name, s.Name.Local)
	}
	err = c.each(func(s xml.StartElement) error {
		switch c.el(s.Name) {
		case "office:meta":
			return d.meta()
		case "office:styles", "office:automatic-styles":
			return c.each(d.style)
		case "office:master-styles":
			return c.each(d.masterPage)
		case "office:body":
			return c.each(func(s xml.StartElement) error {
				switch c.el(s.Name) {
				case "office:spreadsheet", "office:presentation", "office:drawing":
					return content.Refuse(content.NotIt, "it is no text but %s", c.el(s.Name))
				case "office:text":
					return c.each(d.blocks(&d.body, nil))
				}
				return d.blocks(&d.body, nil)(s) // of before OpenDocument, where office:body is the text
			})
		}
		return c.skip()
	})
	if err != nil {
		return err
	}
	return c.rest()
}

// meta reads what the document says of itself.
func (d *odt) meta() error {
	where := "meta.xml "
	if d.out.Format == TypeFODT {
		where = "office:meta "
	}
	var creator, last string
	var in func(xml.StartElement) error
	in = func(s xml.StartElement) error {
		name := d.c.el(s.Name)
		if name == "office:meta" || name == "meta:keywords" {
			return d.c.each(in)
		}
		v, err := d.c.words()
		switch name {
		case "dc:title":
			d.out.Title = line(v)
			said(&d.out.Said, "title", v, where+name)
		case "dc:subject", "dc:description", "dc:language":
			said(&d.out.Said, strings.TrimPrefix(name, "dc:"), v, where+name)
		case "meta:keyword":
			said(&d.out.Said, "subject", v, where+name)
		case "meta:creation-date":
			said(&d.out.Said, "date", day(v), where+name)
		case "meta:initial-creator":
			creator = line(v)
		case "dc:creator":
			last = line(v)
		}
		return err
	}
	err := d.c.each(in)
	if creator == "" {
		said(&d.out.Said, "creator", last, where+"dc:creator")
		return err
	}
	said(&d.out.Said, "creator", creator, where+"meta:initial-creator")
	if last != creator {
		said(&d.out.Said, "contributor", last, where+"dc:creator")
	}
	return err
}

// masterPage reads the headers and footers of a kind of page, each text once.
func (d *odt) masterPage(s xml.StartElement) error {
	if d.c.el(s.Name) != "style:master-page" {
		return d.c.skip()
	}
	return d.c.each(func(s xml.StartElement) error {
		name := strings.TrimPrefix(d.c.el(s.Name), "style:")
		to := &d.head
		switch {
		case strings.HasPrefix(name, "footer"):
			to = &d.foot
		case !strings.HasPrefix(name, "header"):
			return d.c.skip()
		}
		if d.c.attr(s, "style:display") == "false" {
			return d.c.skip()
		}
		var b block
		err := d.c.each(d.blocks(&b, nil))
		if text := strings.Trim(string(b.text), "\n"); strings.TrimSpace(text) != "" && !d.edges[text] {
			d.edges[text] = true
			to.add(&block{text: []byte(text), lines: 1})
		}
		return err
	})
}
