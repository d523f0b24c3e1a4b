package office

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"fonds/app/ingest/content"
)

// A file is a part of a ZIP file that a test makes.
type file struct{ name, text string }

func zipped(t testing.TB, files ...file) []byte {
	t.Helper()
	return zippedBy(t, zip.Deflate, files...)
}

func zippedBy(t testing.TB, method uint16, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: method}
		if i == 0 && f.name == "mimetype" {
			h.Method = zip.Store
		}
		p, err := w.CreateHeader(h)
		if err == nil {
			_, err = p.Write([]byte(f.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	spaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml"` +
		` xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"`
	typesOf = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	rootRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"` +
		` Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
)

// docxFiles are the parts of a document with this body. The other parts are named as document.xml.rels names them: their
// names begin with the kinds of their relationships, whose ids are their names without directory and ending.
func docxFiles(body string, parts ...file) []file {
	rels := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	for _, p := range parts {
		id, _, _ := strings.Cut(p.name[strings.LastIndexByte(p.name, '/')+1:], ".")
		rels += `<Relationship Id="` + id + `" Type="http://x/relationships/` + strings.TrimRight(id, "0123456789") + `" Target="` + strings.TrimPrefix(p.name, "word/") + `"/>`
	}
	return append([]file{{"[Content_Types].xml", typesOf}, {"_rels/.rels", rootRels},
		{"word/document.xml", `<w:document` + spaces + `><w:body>` + body + `</w:body></w:document>`},
		{"word/_rels/document.xml.rels", rels + `</Relationships>`}}, parts...)
}

// reads fails where a document is not read as it should be.
func reads(t *testing.T, data []byte, want string) *content.Content {
	t.Helper()
	c, err := read(context.Background(), data)
	if err != nil {
		t.Errorf("%v; want %q", err, want)
		return nil
	}
	sound(t, c)
	if c.Text != want {
		t.Errorf("text\n%q\nwant\n%q", c.Text, want)
	}
	return c
}

func p(s string) string { return `<w:p>` + r(s) + `</w:p>` }
func r(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }

const odfSpaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"` +
	` xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"` +
	` xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"` +
	` xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"` +
	` xmlns:math="http://www.w3.org/1998/Math/MathML" xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"`

func odfContent(styles, body string) string {
	return `<?xml version="1.0"?><office:document-content` + odfSpaces + `><office:automatic-styles>` + styles + `</office:automatic-styles><office:body><office:text>` +
		body + `</office:text></office:body></office:document-content>`
}

func odtFiles(styles, body string, parts ...file) []file {
	return append([]file{{"mimetype", TypeODT}, {"content.xml", odfContent(styles, body)}}, parts...)
}

// A stream is one of a compound file that a test makes.
type stream struct {
	name string
	data []byte
}

// compoundOf makes a compound file whose streams all lie in large sectors.
func compoundOf(streams ...stream) []byte {
	const none, end, fatSector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
	fat := []uint32{fatSector}
	var body bytes.Buffer
	put := func(b []byte) uint32 {
		first := uint32(len(fat))
		for at := 0; at == 0 || at < len(b); at += 512 {
			sector := make([]byte, 512)
			copy(sector, b[min(at, len(b)):])
			body.Write(sector)
			fat = append(fat, uint32(len(fat))+1)
		}
		fat[len(fat)-1] = end
		return first
	}
	entryOf := func(name string, kind byte, start uint32, size int) []byte {
		e := make([]byte, 128)
		u := utf16.Encode([]rune(name))
		for i, c := range u {
			binary.LittleEndian.PutUint16(e[2*i:], c)
		}
		binary.LittleEndian.PutUint16(e[64:], uint16(2*len(u)+2))
		e[66] = kind
		binary.LittleEndian.PutUint32(e[116:], start)
		binary.LittleEndian.PutUint64(e[120:], uint64(size))
		return e
	}
	dir := entryOf("Root Entry", 5, end, 0)
	for _, s := range streams {
		dir = append(dir, entryOf(s.name, 2, put(s.data), len(s.data))...)
	}
	dirAt := put(dir)
	head := make([]byte, 512)
	copy(head, magicCFB)
	binary.LittleEndian.PutUint16(head[30:], 9)
	binary.LittleEndian.PutUint16(head[32:], 6)
	binary.LittleEndian.PutUint32(head[48:], dirAt)
	binary.LittleEndian.PutUint32(head[60:], end)
	binary.LittleEndian.PutUint32(head[68:], end)
	for at := 76; at < 512; at += 4 {
		binary.LittleEndian.PutUint32(head[at:], none)
	}
	binary.LittleEndian.PutUint32(head[76:], 0)
	table := make([]byte, 512)
	for i := range 128 {
		v := uint32(none)
		if i < len(fat) {
			v = fat[i]
		}
		binary.LittleEndian.PutUint32(table[4*i:], v)
	}
	return append(append(head, table...), body.Bytes()...)
}

// packageOf makes an Ole10Native stream.
func packageOf(label string, data []byte) []byte {
	b := []byte{0, 0, 0, 0, 2, 0}
	b = append(append(b, label...), 0)
	b = append(append(b, `C:\old\`+label...), 0)
	b = append(b, 0, 0, 3, 0, 4, 0, 0, 0, 'C', ':', 'x', 0)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
	return append(b, data...)
}
