package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"path"
	"strings"

	"fonds/app/ingest/content"
)

// extensionTypes are the media types of what OpenDocument keeps of other programs, by the ends of names.
var extensionTypes = map[string]string{
	"doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint", "pdf": "application/pdf",
}

// A subdocument is an OpenDocument in a folder of this one.
type subdocument struct{ folder, kind string }

// object reads draw:object: a formula or a chart gives its words, another document is a part.
func (d *odt) object(p *odfText, s xml.StartElement) error {
	folder := key(d.c.attr(s, "xlink:href"))
	if err := d.c.each(func(s xml.StartElement) error {
		switch d.c.el(s.Name) {
		case "math:math":
			return d.formula(p)
		case "office:document":
			d.lose("a document that lies within this one as flat XML was not taken out")
		}
		return d.c.skip()
	}); err != nil || d.pack.files == nil || folder == "" {
		return err
	}
	switch {
	case d.has(folder + "/content.xml"):
		return d.minor(d.subdocument(p, folder), "the object "+folder)
	case d.has(folder):
		d.ole(folder)
	default:
		d.lose("an object is named and does not lie in the file: " + line(folder))
	}
	return nil
}

// ole notes an object of another program.
func (d *odt) ole(name string) {
	if d.pack.files != nil && d.has(name) {
		d.files.add(key(name))
	}
}

// subdocument looks what a folder is: words of a formula or a chart are read, other documents noted as parts.
func (d *odt) subdocument(p *odfText, folder string) error {
	was := d.c
	if was.src.name != "content.xml" {
		return nil // an object of an object goes with its document
	}
	defer func() { d.c = was }()
	var err error
	if d.c, err = d.pack.xml(folder + "/content.xml"); err != nil {
		return err
	}
	s, err := d.c.root()
	if err != nil {
		return err
	}
	if d.c.el(s.Name) == "math:math" {
		return d.formula(p)
	}
	var in func(xml.StartElement) error
	in = func(s xml.StartElement) error {
		switch d.c.el(s.Name) {
		case "office:body":
			return d.c.each(in)
		case "office:chart":
			return d.c.each(d.blocks(&p.boxes, nil))
		case "office:text", "office:spreadsheet", "office:presentation", "office:drawing":
			k := strings.TrimPrefix(d.c.el(s.Name), "office:")
			if k = "application/vnd.oasis.opendocument." + k; strings.HasSuffix(k, "drawing") {
				k = "application/vnd.oasis.opendocument.graphics"
			}
			if len(d.subs) < content.MaxParts {
				d.subs = append(d.subs, subdocument{folder, k})
			}
		}
		return d.c.skip()
	}
	return d.c.each(in)
}

// repack makes a file of its own of an OpenDocument in a folder. The same folder gives the same bytes.
func (d *odt) repack(s subdocument) error {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name string, method uint16, data []byte) error {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = f.Write(data)
		}
		return err
	}
	if err := put("mimetype", zip.Store, []byte(s.kind)); err != nil {
		return err
	}
	manifest := `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">` +
		`<manifest:file-entry manifest:full-path="/" manifest:media-type="` + s.kind + `"/>`
	for _, k := range d.names {
		name, ok := strings.CutPrefix(k, s.folder+"/")
		if !ok || name == "mimetype" || strings.HasPrefix(name, "meta-inf/") {
			continue
		}
		name = d.pack.files[k].Name
		name = name[max(len(name)-len(k)+len(s.folder)+1, 0):]
		data, err := d.whole(k, maxEmbedded-d.files.room-int64(out.Len()))
		if err != nil && !isChecksum(err) {
			return d.minor(err, "the document "+s.folder+" in it")
		}
		if err = put(name, zip.Deflate, data); err != nil {
			return err
		}
		var escaped bytes.Buffer
		if err = xml.EscapeText(&escaped, []byte(name)); err != nil {
			return err
		}
		kind := "text/xml"
		if path.Ext(name) != ".xml" {
			kind = ""
		}
		manifest += `<manifest:file-entry manifest:full-path="` + escaped.String() + `" manifest:media-type="` + kind + `"/>`
	}
	if err := put("META-INF/manifest.xml", zip.Deflate, []byte(manifest+"</manifest:manifest>\n")); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	d.files.room += int64(out.Len())
	d.out.Parts = append(d.out.Parts, content.Part{Name: path.Base(s.folder) + extensionOf(s.kind), Type: s.kind, As: content.AnAttachment, Data: out.Bytes()})
	return nil
}
