package pdf

import (
	"context"
	"errors"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"fonds/app/ingest/content"
)

// FuzzRead reads whatever it is given, and draws its first page.
func FuzzRead(f *testing.F) {
	f.Add(pages(latin(50, 700, "one page")))
	f.Add(pages(han("F3", 500, 780, columns[0]), han("F2", 50, 700, columns[1])))
	f.Add(withFiles([]string{"a", "b"}, []string{"c", "d"}))
	f.Add(encrypted(latin(50, 700, "secret"), "", "owner"))
	f.Add(onPage([]byte("\xFF\x4F\xFF\x51\x00\x2F"), 10, 10))
	f.Add([]byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Metadata 2 0 R >>\nendobj\n2 0 obj\n<< /Length 3 >>\nstream\n<x>\nendstream\nendobj\n"))
	e, err := Open(Options{CacheDir: compiledIn(), PageTime: time.Second, Instances: 1})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := e.Read(context.Background(), data)
		var r *content.Refusal
		if err != nil && !errors.As(err, &r) {
			t.Fatalf("got the error %v, want a refusal", err)
		}
		if err != nil {
			return
		}
		sound(t, "fuzz", c)
		if _, err := e.Render(context.Background(), data, 0, 40, 40); err != nil && !errors.As(err, &r) {
			t.Fatalf("got the error %v, want a refusal", err)
		}
	})
}

// FuzzJP2 decodes whatever it is given.
func FuzzJP2(f *testing.F) {
	f.Add([]byte("\xFF\x4F\xFF\x51\x00\x2F\x00\x00\x00\x00\x00\x04\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x04\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x07\x01\x01\xFF\xD9"))
	f.Add([]byte("\x00\x00\x00\x0CjP  \r\n\x87\n\x00\x00\x00\x14ftypjp2 \x00\x00\x00\x00jp2 \x00\x00\x00\x01jp2c\x00\x00\x00\x00\x00\x00\x00\x12\xFF\x4F\xFF\x51"))
	e, err := Open(Options{CacheDir: compiledIn(), PageTime: time.Second, Instances: 1})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var r *content.Refusal
		img, err := e.JP2(context.Background(), data, 50, 50)
		if err != nil && !errors.As(err, &r) {
			t.Fatalf("got the error %v, want a refusal", err)
		}
		if err == nil && (img.Rect.Dx() > 50 || img.Rect.Dy() > 50 || img.Rect.Empty()) {
			t.Fatalf("got a picture of %v", img.Rect)
		}
	})
}

// FuzzSaid reads XMP, dates and texts as PDFium might have them.
func FuzzSaid(f *testing.F) {
	f.Add([]byte("<rdf:RDF xmlns:rdf='" + nsRDF + "' xmlns:dc='http://purl.org/dc/elements/1.1/'><rdf:Description dc:source='a'><dc:title><rdf:Alt><rdf:li>b</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF>"))
	f.Add([]byte("D:20151122103000+08'00'"))
	f.Add([]byte("hel\x02lo \r\n\r\nWorld\uFFFE "))
	f.Add([]byte("%PDF-1.5\n1 0 obj\n<</Type/Catalog/Metadata 2 0 R>>\nendobj\n2 0 obj\n<</Filter/FlateDecode>>stream\nx\nendstream"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, said := range [][]content.Said{readXMP(data), xmpOf(context.Background(), data)} {
			sound(t, "fuzz", &content.Content{Said: said})
		}
		if d := pdfDate(string(data)); d != "" && isoDate(d) != d {
			t.Errorf("%q: the date %q is none", data, d)
		}
		for _, r := range clean(string([]rune(string(data)))) {
			if unicode.IsControl(r) && r != '\n' {
				t.Errorf("the control %U is left", r)
			}
		}
		if s := oneLine(string(data)); !utf8.ValidString(s) {
			t.Errorf("%q is no UTF-8", s)
		}
		_ = withTrailer(data)
	})
}
