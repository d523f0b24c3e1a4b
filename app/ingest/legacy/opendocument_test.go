package legacy

import (
	"archive/zip"
	"bytes"
	"context"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"fonds/app/ingest/content"
)

// odf makes a document whose body is the given elements.
func odf(t testing.TB, body string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	f, err := w.Create("content.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte(`<d xmlns:table="t" xmlns:text="x" xmlns:office="o"><office:body>` + body + `</office:body></d>`)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestOpenDocument(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"repeated", `<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"><text:p>a</text:p></table:table-cell>` +
			`<table:table-cell table:number-columns-repeated="16000"/></table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`,
			"a\ta\na\ta"},
		{"comments", `<table:table-row><table:table-cell><office:annotation><text:p>why</text:p><text:p>so</text:p></office:annotation><text:p>a</text:p><text:p>b<text:s text:c="2"/>c</text:p></table:table-cell>` +
			`<table:table-cell><text:p>d</text:p></table:table-cell></table:table-row>`, "a b c [c1]\td\n[c1] why so"},
		{"paragraphs", `<text:p>a<text:line-break/>b<text:tab/>c</text:p><text:p/><text:h>d</text:h>`, "a\nb c\n\nd"},
	} {
		c, err := openDocument(context.Background(), odf(t, tt.body))
		if err != nil || c.Text != tt.want {
			t.Errorf("%s: got %+v %v, want %q", tt.name, c, err, tt.want)
		}
	}
	begun := time.Now()
	if _, err := openDocument(context.Background(), odf(t, `<table:table-row table:number-rows-repeated="99999999"><table:table-cell table:number-columns-repeated="99999999"><text:p>aaaaaaaaaaaa</text:p></table:table-cell></table:table-row>`)); reason(err) != content.TooMuch {
		t.Errorf("cells without end: got %v", err)
	}
	if d := time.Since(begun); d > 30*time.Second {
		t.Errorf("cells without end: %v", d)
	}
}

// FuzzOpenDocument reads any elements as what LibreOffice made.
func FuzzOpenDocument(f *testing.F) {
	f.Add(`<table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>a<office:annotation><text:p>b</text:p></office:annotation></text:p></table:table-cell></table:table-row><text:h>c<text:s/></text:h><notes/>`)
	f.Fuzz(func(t *testing.T, body string) {
		begun := time.Now()
		c, err := openDocument(context.Background(), odf(t, body))
		if d := time.Since(begun); d > 2*time.Second {
			t.Fatalf("took %v", d)
		}
		if err != nil {
			return
		}
		for _, r := range c.Text {
			if !utf8.ValidString(c.Text) || unicode.IsControl(r) && r != '\n' && r != '\t' {
				t.Fatalf("%q", c.Text)
			}
		}
	})
}
