package epub

import (
	"context"
	"errors"
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

// FuzzPage reads any bytes as a page of a publication, and as its package document.
func FuzzPage(f *testing.F) {
	f.Add([]byte(page(`<ol start="3"><li>a<a epub:type="noteref" href="#n">1</a></li></ol><aside id="n" epub:type="footnote">b</aside>`)))
	f.Add([]byte(page(`<table><tr><td>a<td>b<ruby>c<rt>d</rt></ruby></table><pre>x y</pre><![CDATA[<]]><math alttext="x"/>`)))
	f.Add([]byte(opf("<dc:title>T</dc:title>", "a", "!b").data))
	f.Add([]byte("<?xml version='1.0' encoding='gbk'?><svg><title>\xd6\xd0</title></svg><epub:switch><epub:default>x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		begun := time.Now()
		b := &builder{ctx: context.Background(), notes: map[string]*note{}}
		d := &chapter{path: "a", text: asHTML(decodeText(data))}
		b.findNotes(d)
		b.number()
		if err := errors.Join(b.write(d), b.addNotes()); err != nil {
			t.Fatal(err)
		}
		if wrong := check(b.body.String()); wrong != "" {
			t.Fatal(wrong, b.body.String())
		}
		if p, err := parsePackage(context.Background(), data, "a/b"); err == nil {
			for _, s := range p.said {
				if wrong := check(s.Value); wrong != "" || s.Field == "" {
					t.Fatal(wrong, s)
				}
			}
		}
		if d := time.Since(begun); d > 2*time.Second {
			t.Fatalf("took %v", d)
		}
	})
}
