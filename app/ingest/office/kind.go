package office

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"fonds/app/ingest/content"
)

// byMain is the kind of an OPC package by the content type of its main part, without what is common to all of them.
var byMain = map[string]string{
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml":   TypeDOCX,
	"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml":   TypeDOTX,
	"application/vnd.ms-word.document.macroenabled.main+xml":                             TypeDOCM,
	"application/vnd.ms-word.template.macroenabledtemplate.main+xml":                     TypeDOTM,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml":         TypeXLSX,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml":      "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
	"application/vnd.ms-excel.sheet.macroenabled.main+xml":                               "application/vnd.ms-excel.sheet.macroEnabled.12",
	"application/vnd.ms-excel.sheet.binary.macroenabled.main":                            "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": TypePPTX,
	"application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml":    "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
	"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml":     "application/vnd.openxmlformats-officedocument.presentationml.template",
	"application/vnd.ms-powerpoint.presentation.macroenabled.main+xml":                   "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
	"application/vnd.ms-powerpoint.slideshow.macroenabled.main+xml":                      "application/vnd.ms-powerpoint.slideshow.macroEnabled.12",
	"application/vnd.ms-visio.drawing.main+xml":                                          "application/vnd.ms-visio.drawing",
	"application/vnd.ms-package.xps-fixeddocumentsequence+xml":                           "application/vnd.ms-xpsdocument",
	"application/oxps-fixeddocumentsequence+xml":                                         "application/oxps",
}

// byPart is the kind of a ZIP file by a part that only this kind has, where it says nothing of itself.
var byPart = []struct{ part, kind string }{
	{"word/document.xml", TypeDOCX}, {"xl/workbook.xml", TypeXLSX}, {"ppt/presentation.xml", TypePPTX},
	{"meta-inf/container.xml", TypeEPUB},
}

// Kind gives the media type of a document of an office program or of an EPUB by its content, of which it wants all
// bytes: a ZIP file says what it is in its parts. "" is another kind of file, a ZIP file of files for example.
func Kind(data []byte) string {
	if !bytes.HasPrefix(data, []byte("PK")) {
		return flatKind(data)
	}
	p, err := openPack(context.Background(), data)
	if err != nil {
		return kindOfTorn(data)
	}
	if b, err := p.whole("mimetype", 256); err == nil {
		if t := strings.TrimSpace(string(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")))); officeType(t) {
			return t
		}
	}
	if k := p.opcKind(); k != "" {
		return k
	}
	if p.has("content.xml") && p.has("META-INF/manifest.xml") {
		if m, _ := p.manifest(); officeType(m.types["/"]) {
			return m.types["/"]
		}
		return TypeODT
	}
	for _, b := range byPart {
		if p.has(b.part) {
			return b.kind
		}
	}
	return ""
}

func officeType(t string) bool {
	return strings.HasPrefix(t, "application/vnd.oasis.opendocument.") || strings.HasPrefix(t, "application/vnd.sun.xml.") || t == TypeEPUB
}

// kindOfTorn looks at the first parts of a ZIP file without its end, which a reader will refuse by its name.
func kindOfTorn(data []byte) string {
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) || len(data) < 64 {
		return ""
	}
	head := data[:min(len(data), 256)]
	if _, after, ok := bytes.Cut(head, []byte("mimetypeapplication/")); ok {
		end := bytes.IndexFunc(after, func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz.-+", r) })
		if t := "application/" + string(after[:max(end, 0)]); officeType(t) {
			return t
		}
	}
	if bytes.HasPrefix(data[30:], []byte("[Content_Types].xml")) {
		if k := kindByTypes(data); k != "" {
			return k
		}
	}
	if bytes.Contains(head, []byte("[Content_Types].xml")) || bytes.Contains(head, []byte("_rels/.rels")) {
		for _, b := range byPart {
			if i := strings.IndexByte(b.part, '/'); bytes.Contains(data, []byte(b.part[:i+1])) {
				return b.kind
			}
		}
	}
	return ""
}

// kindByTypes is the kind of an OPC package by the part that stands first in it, [Content_Types].xml, as far as it goes.
func kindByTypes(data []byte) string {
	from := 30 + int(little.Uint16(data[26:])) + int(little.Uint16(data[28:]))
	if from >= len(data) {
		return ""
	}
	r := io.Reader(bytes.NewReader(data[from:]))
	if little.Uint16(data[8:]) == zip.Deflate {
		r = flate.NewReader(r)
	}
	text, _ := io.ReadAll(io.LimitReader(r, 64<<10))
	text = bytes.ToLower(text)
	for _, k := range slices.Sorted(maps.Keys(byMain)) {
		if bytes.Contains(text, []byte(k)) {
			return byMain[k]
		}
	}
	return ""
}

// opcKind is the kind of an OPC package by the content type of the part that its relationships call the document.
func (p *pack) opcKind() string {
	types, err := p.contentTypes()
	if err != nil {
		return ""
	}
	main, err := p.mainPart()
	if err == nil {
		if k := byMain[strings.ToLower(types.of(main))]; k != "" {
			return k
		}
	}
	for _, part := range p.names {
		if k := byMain[strings.ToLower(types.overrides[part])]; k != "" {
			return k
		}
	}
	return ""
}

// contentTypes is what [Content_Types].xml says.
type contentTypes struct{ defaults, overrides map[string]string }

func (t contentTypes) of(part string) string {
	if o := t.overrides[key(part)]; o != "" {
		return o
	}
	return t.defaults[extension(part)]
}

func extension(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return strings.ToLower(name[i+1:])
	}
	return ""
}

func (p *pack) contentTypes() (contentTypes, error) {
	t := contentTypes{map[string]string{}, map[string]string{}}
	c, err := p.xml("[Content_Types].xml")
	if err != nil {
		return t, err
	}
	if _, err = c.root(); err != nil {
		return t, err
	}
	return t, c.each(func(s xml.StartElement) error {
		switch {
		case len(t.defaults)+len(t.overrides) > 2*content.MaxParts:
		case s.Name.Local == "Default":
			t.defaults[strings.ToLower(c.attr(s, "Extension"))] = c.attr(s, "ContentType")
		case s.Name.Local == "Override":
			t.overrides[key(c.attr(s, "PartName"))] = c.attr(s, "ContentType")
		}
		return c.skip()
	})
}

// flatKind recognises OpenDocument in one XML file.
func flatKind(data []byte) string {
	if !bytes.HasPrefix(bytes.TrimLeft(data[:min(len(data), 64)], "\xEF\xBB\xBF \t\r\n"), []byte("<")) {
		return ""
	}
	c := newCursor(&gauge{pack: &pack{ctx: context.Background(), size: int64(len(data))}, from: bytes.NewReader(data)})
	s, err := c.root()
	if err != nil || c.el(s.Name) != "office:document" {
		return ""
	}
	switch c.attr(s, "office:mimetype") {
	case TypeODT, TypeOTT, "":
		return TypeFODT
	case TypeODS, TypeODP:
		return c.attr(s, "office:mimetype") + "-flat-xml"
	}
	return ""
}

// IsEncryptedOOXML says of a whole file whether it is an Office Open XML document under a password: such a document is
// no ZIP file but a compound file with the ZIP file in it, encrypted.
func IsEncryptedOOXML(data []byte) bool {
	f, err := openCompound(data)
	if err != nil {
		return false
	}
	_, ok := f.find("EncryptedPackage")
	return ok
}

// isChecksum says whether an error is only that of a checksum at the end of a part.
func isChecksum(err error) bool { return errors.Is(err, zip.ErrChecksum) || err == io.EOF }
