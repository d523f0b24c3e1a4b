package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// A maker makes a PDF for a test: objects in the order in which they are added, numbered from 1, which is the catalogue.
type maker struct{ objects []string }

// add adds an object and gives its number.
func (m *maker) add(format string, args ...any) int {
	m.objects = append(m.objects, fmt.Sprintf(format, args...))
	return len(m.objects)
}

// stream adds a stream, with what its dictionary says beside its length.
func (m *maker) stream(dict, content string) int {
	return m.add("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(content), content)
}

// bytes is the file, with a cross-reference table and a trailer that says this too.
func (m *maker) bytes(trailer string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	at := make([]int, len(m.objects))
	for i, o := range m.objects {
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

// pages is a file with a page for each content, on which F1 is Helvetica, F2 and F3 are Chinese, along and down the page.
func pages(contents ...string) []byte {
	m, _ := document(contents...)
	return m.bytes("")
}

// document is such a file that more is added to; its catalogue, object 1, and its pages, which follow object 8, can be changed.
func document(contents ...string) (*maker, []int) {
	m := &maker{}
	m.add("<< /Type /Catalog /Pages 2 0 R >>")
	m.add("")
	m.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	m.add("<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>")
	m.add("<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-V /DescendantFonts [6 0 R] >>")
	m.add("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /FontDescriptor 7 0 R >>")
	m.add("<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>")
	m.add("<< /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >>")
	var kids []string
	var numbers []int
	for _, c := range contents {
		s := m.stream("", c)
		n := m.add("<< /Type /Page /Parent 2 0 R /Resources 8 0 R /Contents %d 0 R /MediaBox [0 0 595 842] >>", s)
		kids, numbers = append(kids, fmt.Sprintf("%d 0 R", n)), append(numbers, n)
	}
	m.objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " "))
	return m, numbers
}

// latin is a content that shows a text in Helvetica at a place.
func latin(x, y int, text string) string {
	return fmt.Sprintf("BT /F1 12 Tf %d %d Td (%s) Tj ET\n", x, y, text)
}

// han is a content that shows a text in the font F2 or F3 at a place.
func han(font string, x, y int, text string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return fmt.Sprintf("BT /%s 20 Tf %d %d Td <%s> Tj ET\n", font, x, y, b.String())
}
