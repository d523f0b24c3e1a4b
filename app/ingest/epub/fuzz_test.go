package epub

import (
	"context"
	"reflect"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// check says what is wrong with a text that a reader gave.
func check(s string) string {
	if !utf8.ValidString(s) {
		return "it is not UTF-8"
	}
	for _, c := range s {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return "it has controls"
		}
	}
	return ""
}

func read(t *testing.T, data []byte) {
	begun := time.Now()
	c, err := EPUB(context.Background(), data)
	if d := time.Since(begun); d > 2*time.Second {
		t.Fatalf("took %v", d)
	}
	if err != nil {
		return
	}
	if wrong := check(c.Text); wrong != "" {
		t.Fatal(wrong, c.Text)
	}
	for _, s := range c.Said {
		if wrong := check(s.Value); wrong != "" || s.Field == "" {
			t.Fatal(wrong, s)
		}
	}
	if again, _ := EPUB(context.Background(), data); !reflect.DeepEqual(c, again) {
		t.Fatal("read again it is another")
	}
}

// FuzzEPUB reads any bytes as a publication.
func FuzzEPUB(f *testing.F) {
	f.Add(pack(f, opf("<dc:title>T</dc:title>", "a", "!b"), member{"OPS/a", page("<p>x</p>")}, member{"OPS/b", "y"}))
	f.Fuzz(read)
}

// FuzzPage reads any text as a page of one, and as its package document.
func FuzzPage(f *testing.F) {
	f.Add(page(`<ol start="3"><li>a<a epub:type="noteref" href="#n">1</a></li></ol><aside id="n" epub:type="footnote">b</aside>`), "<dc:title>x</dc:title>")
	f.Add(page(`<table><tr><td>a<td>b<ruby>c<rt>d</rt></ruby></table><pre>x y</pre><![CDATA[<]]><math alttext="x"/>`), "")
	f.Fuzz(func(t *testing.T, body, metadata string) {
		read(t, pack(t, opf(metadata, "a"), member{"OPS/a", body}))
		read(t, pack(t, member{"OPS/p.opf", body}))
	})
}
