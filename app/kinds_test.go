package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"fonds/assets"
)

// One file of every kind that the program reads, made here: small, and each with words of its own.

// kind is such a file, and words that its text has; "" of what has none.
type kind struct {
	name, words string
	make        func(t testing.TB) []byte
}

var kinds = []kind{
	{"01-word.docx", "Minutes in Word", docxFile},
	{"02-open.odt", "Minutes in OpenDocument", odtFile},
	{"03-rich.rtf", "会议 in rich text", text(`{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}\f0 \'bb\'e1\'d2\'e9 in rich text\par}`)},
	{"04-book.epub", "Chapter of a book", epubFile},
	{"05-pages.pdf", "First page of the register", pdfFile},
	{"06-scan.png", "", func(t testing.TB) []byte {
		return pngOf(t, written(t, 900, 640, "COUNTY RECORDS OFFICE", "Received 12 letters", "Signed: A. Marchetti"))
	}},
	{"07-leaves.tiff", "", tiffFile},
	{"08-photo.jpg", "", jpegFile},
	{"09-letter.eml", "The list is enclosed", letterFile},
	{"10-box.mbox", "The first of two", boxFile},
	{"11-bundle.zip", "", bundleFile},
	{"12-table.xlsx", "Registered letters", sheetFile},
	{"13-notes.md", "Notes on the register", text("# Notes on the register\n\n- one\n- two\n")},
	{"14-page.mht", "A saved page of the office", mhtFile},
}

// makeKinds writes them into a folder.
func makeKinds(t testing.TB, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, k := range kinds {
		if err := os.WriteFile(filepath.Join(dir, k.name), k.make(t), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func text(s string) func(testing.TB) []byte { return func(testing.TB) []byte { return []byte(s) } }

// zipped is a ZIP file of names and contents in turn; a mimetype is stored.
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		h := &zip.FileHeader{Name: parts[i], Method: zip.Deflate}
		if parts[i] == "mimetype" {
			h.Method = zip.Store
		}
		p, err := w.CreateHeader(h)
		if err == nil {
			_, err = p.Write([]byte(parts[i+1]))
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

func docxFile(t testing.TB) []byte {
	return zipped(t, "[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>`+
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"`+
			` Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Minutes in Word</w:t></w:r></w:p>`+
			`<w:p><w:r><w:t>of the county council</w:t></w:r></w:p></w:body></w:document>`)
}

func odtFile(t testing.TB) []byte {
	return zipped(t, "mimetype", "application/vnd.oasis.opendocument.text",
		"META-INF/manifest.xml", `<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/></m:manifest>`,
		"content.xml", `<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:text>`+
			`<t:p>Minutes in OpenDocument</t:p><t:p>of the county council</t:p></o:text></o:body></o:document-content>`)
}

func epubFile(t testing.TB) []byte {
	return zipped(t, "mimetype", "application/epub+zip",
		"META-INF/container.xml", `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
		"b.opf", `<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A book</dc:title></metadata>`+
			`<manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>`,
		"c.xhtml", `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>c</title></head><body><h1>Chapter of a book</h1><p>And a sentence.</p></body></html>`)
}

// pdfFile has two pages with a text each.
func pdfFile(t testing.TB) []byte {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 2 /Kids [5 0 R 7 0 R] >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"}
	for i, words := range []string{"First page of the register", "Second page of the register"} {
		said := fmt.Sprintf("BT /F1 24 Tf 72 700 Td (%s) Tj ET\n", words)
		objects = append(objects, fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(said), said),
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R /MediaBox [0 0 595 842] >>", 4+2*i))
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	begin := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, begin)
	return b.Bytes()
}

// written is a sheet of paper with lines of words on it.
func written(t testing.TB, w, h int, lines ...string) *image.Gray {
	t.Helper()
	page := image.NewGray(image.Rect(0, 0, w, h))
	draw.Draw(page, page.Bounds(), image.NewUniform(color.Gray{Y: 244}), image.Point{}, draw.Src)
	f, err := opentype.Parse(assets.Regular())
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: float64(w) / 20, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	d := font.Drawer{Dst: page, Src: image.NewUniform(color.Gray{Y: 30}), Face: face}
	for i, l := range lines {
		d.Dot = fixed.P(w/12, h/5+i*w/12)
		d.DrawString(l)
	}
	return page
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tiffFile has two pages, gray and as they are.
func tiffFile(t testing.TB) []byte {
	const entries = 9
	out := []byte{'I', 'I', 42, 0, 8, 0, 0, 0}
	le := binary.LittleEndian
	for i, words := range []string{"LEAF ONE", "LEAF TWO"} {
		m := written(t, 400, 280, words)
		pixels := len(out) + 2 + entries*12 + 4
		out = le.AppendUint16(out, entries)
		for _, e := range [entries][3]uint32{{256, 4, 400}, {257, 4, 280}, {258, 3, 8}, {259, 3, 1}, {262, 3, 1}, {273, 4, uint32(pixels)}, {277, 3, 1}, {278, 4, 280}, {279, 4, uint32(len(m.Pix))}} {
			out = le.AppendUint16(out, uint16(e[0]))
			out = le.AppendUint16(out, uint16(e[1]))
			out = le.AppendUint32(out, 1)
			out = le.AppendUint32(out, e[2])
		}
		next := uint32(pixels + len(m.Pix))
		if i == 1 {
			next = 0
		}
		out = append(le.AppendUint32(out, next), m.Pix...)
	}
	return out
}

// jpegFile says in its EXIF what it shows and when it was taken.
func jpegFile(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, written(t, 480, 320, "THE GATE"), nil); err != nil {
		t.Fatal(err)
	}
	le := binary.LittleEndian
	said, when := "The gate of the office\x00", "1988:05:14 09:30:00\x00"
	entry := func(to []byte, tag, kind uint16, n, value uint32) []byte {
		return le.AppendUint32(le.AppendUint32(le.AppendUint16(le.AppendUint16(to, tag), kind), n), value)
	}
	const inner = 8 + 2 + 2*12 + 4 // the second directory, of one entry
	const values = inner + 2 + 12 + 4
	exif := []byte{'I', 'I', 42, 0, 8, 0, 0, 0, 2, 0}
	exif = entry(exif, 0x010E, 2, uint32(len(said)), values)
	exif = entry(exif, 0x8769, 4, 1, inner)
	exif = append(le.AppendUint32(exif, 0), 1, 0)
	exif = entry(exif, 0x9003, 2, uint32(len(when)), values+uint32(len(said)))
	exif = append(le.AppendUint32(exif, 0), said+when...)
	body := "Exif\x00\x00" + string(exif)
	head := append([]byte{0xFF, 0xD8, 0xFF, 0xE1}, binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))...)
	return append(append(head, body...), b.Bytes()[2:]...)
}

func letterFile(t testing.TB) []byte {
	enclosed := base64.StdEncoding.EncodeToString([]byte("Enclosed: a list of twelve letters.\n"))
	return []byte(strings.ReplaceAll("From: Anna Marchetti <anna@example.org>\nTo: The county <office@example.org>\nSubject: A list for the register\nDate: Mon, 4 May 2015 10:00:00 +0200\n"+
		"Message-ID: <one@example.org>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nThe list is enclosed.\n"+
		"--b\nContent-Type: text/plain; name=list.txt\nContent-Disposition: attachment; filename=list.txt\nContent-Transfer-Encoding: base64\n\n"+enclosed+"\n--b--\n", "\n", "\r\n"))
}

func boxFile(t testing.TB) []byte {
	one := func(n, words string) string {
		return "From anna@example.org Mon May  4 10:00:00 2015\nFrom: anna@example.org\nSubject: Letter " + n + "\nDate: Mon, 4 May 2015 10:00:00 +0200\nMessage-ID: <" + n + "@example.org>\n\n" + words + "\n\n"
	}
	return []byte(one("1", "The first of two.") + one("2", "The second of two."))
}

func bundleFile(t testing.TB) []byte {
	return zipped(t, "inner/note.txt", "A note in the bundle\n", "inner/minutes.rtf", `{\rtf1 Minutes in the bundle\par}`)
}

func sheetFile(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{{"Registered letters", "From"}, {1, "Anna"}, {2, "Bruno"}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func mhtFile(t testing.TB) []byte {
	return []byte("From: <Saved by a browser>\r\nSubject: A saved page\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n" +
		"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: http://example.org/\r\n\r\n<html><head><title>A saved page</title></head><body><h1>A saved page of the office</h1><p>With a sentence that is long enough to be one.</p></body></html>\r\n--b--\r\n")
}
