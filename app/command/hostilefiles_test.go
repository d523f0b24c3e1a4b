package command

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"strings"
	"unicode/utf16"
)

// This file makes files that do harm, and good ones of the same formats.

var little = binary.LittleEndian

// in is a member of a ZIP file.
type in struct{ name, data string }

// zipFile packs members. Names that are no UTF-8 are written as they are, without saying so.
func zipFile(members ...in) []byte { return zipMarked(0, members...) }

func zipMarked(flags uint16, members ...in) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, m := range members {
		h := &zip.FileHeader{Name: m.name, Method: zip.Deflate, NonUTF8: true, Flags: flags}
		if m.name == "mimetype" {
			h.Method = zip.Store
		}
		f, err := w.CreateHeader(h)
		if err == nil {
			_, err = f.Write([]byte(m.data))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	data := b.Bytes()
	for at := 0; flags != 0; at += 4 { // the writer does not take all that one wants
		i := bytes.Index(data[at:], []byte("PK\x01\x02"))
		if i < 0 {
			break
		}
		at += i
		data[at+8] |= byte(flags)
	}
	return data
}

func gzipFile(data []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, 9)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}

func tarFile(names ...string) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, n := range names {
		body := "the text of a member, " + fmt.Sprintf("%x", md5.Sum([]byte(n)))
		if err := w.WriteHeader(&tar.Header{Name: n, Mode: 0o644, Size: int64(len(body)), Format: tar.FormatGNU}); err != nil {
			panic(err)
		}
		_, _ = w.Write([]byte(body))
	}
	_ = w.Close()
	return b.Bytes()
}

// nestedZip is a text in a ZIP file in a ZIP file, so many deep; nestedGzip likewise.
func nestedZip(deep int) []byte {
	data := []byte("the text at the bottom of all of it")
	for i := range deep {
		name := "inner.zip"
		if i == 0 {
			name = "inner.txt"
		}
		data = zipFile(in{name, string(data)})
	}
	return data
}

func nestedGzip(deep int) []byte {
	data := []byte("the text at the bottom of all of it, and some more\n")
	for range deep {
		data = gzipFile(data)
	}
	return data
}

// overlapping is a ZIP file whose directory names one member a hundred times.
func overlapping() []byte {
	data := zipFile(in{"a.txt", strings.Repeat("ten bytes.", 1000)})
	at := bytes.Index(data, []byte("PK\x01\x02"))
	end := bytes.Index(data, []byte("PK\x05\x06"))
	record := data[at:end]
	out := bytes.Clone(data[:at])
	for range 100 {
		out = append(out, record...)
	}
	tail := bytes.Clone(data[end:])
	little.PutUint16(tail[8:], 100)
	little.PutUint16(tail[10:], 100)
	little.PutUint32(tail[12:], uint32(100*len(record)))
	return append(out, tail...)
}

const (
	wordTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	wordRels  = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	laughs    = `<!DOCTYPE x [<!ENTITY a "ha ha ha ha "><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">]>`
	odtType   = "application/vnd.oasis.opendocument.text"
	odfSpaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"`
)

func docx(doctype, text string) []byte {
	return zipFile(in{"[Content_Types].xml", wordTypes}, in{"_rels/.rels", wordRels}, in{"word/document.xml",
		`<?xml version="1.0"?>` + doctype + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` + text + `</w:t></w:r></w:p></w:body></w:document>`})
}

func odt(doctype, text string, more ...in) []byte {
	return zipFile(append([]in{{"mimetype", odtType}, {"content.xml",
		`<?xml version="1.0"?>` + doctype + `<office:document-content` + odfSpaces + `><office:body><office:text><text:p>` + text + `</text:p></office:text></office:body></office:document-content>`}}, more...)...)
}

func epubFile(doctype, text string) []byte {
	return zipFile(in{"mimetype", "application/epub+zip"},
		in{"META-INF/container.xml", `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>`},
		in{"c.opf", `<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`},
		in{"a.xhtml", doctype + `<html xmlns="http://www.w3.org/1999/xhtml"><body><p>` + text + `</p></body></html>`})
}

// pdfFile is a PDF of these objects, the first of which is its catalogue.
func pdfFile(trailer string, objects ...string) []byte {
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
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, trailer, begin)
	return b.Bytes()
}

func onePage(say string) []string {
	say = "BT /F1 12 Tf 50 700 Td (" + say + ") Tj ET"
	return []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R /MediaBox [0 0 595 842] >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(say), say)}
}

// loopingPDF has pages whose pages are themselves, a form that draws itself, and a file before it that it is itself.
func loopingPDF() []byte {
	o := onePage("round and round")
	o[1] = "<< /Type /Pages /Count 1000000 /Kids [2 0 R 3 0 R 2 0 R] /Parent 2 0 R >>"
	o[2] = "<< /Type /Page /Parent 2 0 R /Resources << /XObject << /X 6 0 R >> /Font << /F1 4 0 R >> >> /Contents [7 0 R 5 0 R 7 0 R] /MediaBox [0 0 595 842] >>"
	o = append(o, "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 10 >>\nstream\n/X Do /X Do\nendstream",
		"<< /Length 5 >>\nstream\n/X Do\nendstream")
	return pdfFile("/Prev 20", o...)
}

// encryptedPDF needs a password to be opened (40 bits, PDF 1.3).
func encryptedPDF() []byte {
	const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"
	sealed := func(key []byte, s string) string {
		c, _ := rc4.NewCipher(key)
		out := make([]byte, len(s))
		c.XORKeyStream(out, []byte(s))
		return string(out)
	}
	const id = "0123456789abcdef"
	owner := md5.Sum([]byte(("owner" + padding)[:32]))
	o := sealed(owner[:5], ("secret" + padding)[:32])
	key := md5.Sum([]byte(("secret" + padding)[:32] + o + "\xC0\xFF\xFF\xFF" + id))
	u := sealed(key[:5], padding)
	return pdfFile(fmt.Sprintf("/Encrypt 6 0 R /ID [(%s) (%s)]", id, id), append(onePage("xxxxxxxx"),
		fmt.Sprintf("<< /Filter /Standard /V 1 /R 2 /P -64 /O <%s> /U <%s> >>", hex.EncodeToString([]byte(o)), hex.EncodeToString([]byte(u))))...)
}

// compound is a compound file with empty streams of these names: what Word writes when it encrypts.
func compound(names ...string) []byte {
	const end, none = 0xFFFFFFFE, 0xFFFFFFFF
	entry := func(name string, kind byte, child, next uint32) []byte {
		e := make([]byte, 128)
		units := utf16.Encode([]rune(name))
		for i, u := range units {
			little.PutUint16(e[2*i:], u)
		}
		little.PutUint16(e[64:], uint16(2*len(units)+2))
		e[66] = kind
		little.PutUint32(e[68:], none)
		little.PutUint32(e[72:], next)
		little.PutUint32(e[76:], child)
		little.PutUint32(e[116:], end)
		return e
	}
	dir := entry("Root Entry", 5, 1, none)
	for i, n := range names {
		next := uint32(i + 2)
		if i+1 == len(names) {
			next = none
		}
		dir = append(dir, entry(n, 2, none, next)...)
	}
	dir = append(dir, make([]byte, 512-len(dir))...)
	head := make([]byte, 512)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	for at, v := range map[int]uint16{24: 0x3e, 26: 3, 28: 0xfffe, 30: 9, 32: 6} {
		little.PutUint16(head[at:], v)
	}
	for at, v := range map[int]uint32{44: 1, 48: 1, 56: 4096, 60: end, 68: end, 76: 0} {
		little.PutUint32(head[at:], v)
	}
	for i := 1; i < 109; i++ {
		little.PutUint32(head[76+4*i:], none)
	}
	fat := make([]byte, 512)
	for i := range 128 {
		little.PutUint32(fat[4*i:], none)
	}
	little.PutUint32(fat, 0xFFFFFFFD)
	little.PutUint32(fat[4:], end)
	return append(append(head, fat...), dir...)
}

func goodPNG() []byte {
	m := image.NewGray(image.Rect(0, 0, 60, 40))
	for i := range m.Pix {
		m.Pix[i] = color.Gray{uint8(i)}.Y
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// Pictures of 65,000 x 65,000 pixels, all of whose bytes are their heads.
const side = 65000

func hugePNG() []byte {
	data := goodPNG()
	binary.BigEndian.PutUint32(data[16:], side)
	binary.BigEndian.PutUint32(data[20:], side)
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

func hugeJPEG() []byte {
	be := binary.BigEndian
	out := []byte("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xFF\xC0\x00\x11\x08")
	out = be.AppendUint16(be.AppendUint16(out, side), side)
	out = append(out, "\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00\xFF\xDA\x00\x0C\x03\x01\x00\x02\x00\x03\x00\x00\x3F\x00"...)
	return append(out, "some bytes of a scan\xFF\xD9"...)
}

// tiffOf is a TIFF file of one strip with these bytes.
func tiffOf(w, h uint32, strip []byte) []byte {
	tags := [][2]uint32{{256, w}, {257, h}, {258, 8}, {259, 1}, {262, 1}, {273, 8 + 2 + 8*12 + 4}, {278, h}, {279, w * h}}
	out := little.AppendUint16([]byte("II*\x00\x08\x00\x00\x00"), uint16(len(tags)))
	for _, t := range tags {
		out = little.AppendUint16(little.AppendUint16(out, uint16(t[0])), 4)
		out = little.AppendUint32(little.AppendUint32(out, 1), t[1])
	}
	return append(append(out, 0, 0, 0, 0), strip...)
}

func hugeGIF() []byte {
	out := little.AppendUint16(little.AppendUint16([]byte("GIF89a"), side), side)
	out = append(out, "\x80\x00\x00\x00\x00\x00\xFF\xFF\xFF,\x00\x00\x00\x00"...)
	out = little.AppendUint16(little.AppendUint16(out, side), side)
	return append(out, "\x00\x02\x02\x44\x01\x00;"...)
}

func hugeWebP() []byte {
	body := append([]byte("VP8X\x0A\x00\x00\x00\x00\x00\x00\x00"), byte((side-1)&0xFF), byte((side-1)>>8&0xFF), 0, byte((side-1)&0xFF), byte((side-1)>>8&0xFF), 0)
	body = append(body, "VP8L\x08\x00\x00\x00\x2F\x00\x00\x00\x00\x00\x00\x00"...)
	return append(little.AppendUint32([]byte("RIFF"), uint32(4+len(body))), append([]byte("WEBP"), body...)...)
}

// letter is a message with an attachment of this name.
func letter(name string) []byte {
	return []byte("From: Wang <w@example.org>\r\nTo: Li <l@example.org>\r\nSubject: With a file\r\nDate: Tue, 8 Mar 2022 10:00:00 +0800\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHere it is.\r\n--b\r\nContent-Type: text/plain; name=\"" + name +
		"\"\r\nContent-Disposition: attachment; filename=\"" + name + "\"\r\n\r\nThe text that is attached.\r\n--b--\r\n")
}

// deepMIME is a message with parts in parts.
func deepMIME(deep int) []byte {
	var b strings.Builder
	b.WriteString("From: a@example.org\r\nSubject: deep\r\nMIME-Version: 1.0\r\n")
	for i := range deep {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	b.WriteString("Content-Type: text/plain\r\n\r\nat the bottom\r\n")
	for i := deep - 1; i >= 0; i-- {
		fmt.Fprintf(&b, "--b%d--\r\n", i)
	}
	return []byte(b.String())
}
