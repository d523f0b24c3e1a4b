package epub

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fonds/app/ingest/content"
)

// A member is a file of a publication that a test makes.
type member struct{ name, data string }

const container = `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>` +
	`<rootfile full-path="OPS/p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`

// pack makes a ZIP file.
func pack(t testing.TB, members ...member) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i, m := range append([]member{{"mimetype", mediaType}, {"META-INF/container.xml", container}}, members...) {
		method := zip.Deflate
		if i == 0 {
			method = zip.Store
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: m.name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(m.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// opf makes a package document whose reading order is the given files; one behind a ! is beside it.
func opf(metadata string, spine ...string) member {
	var items, refs strings.Builder
	for i, s := range spine {
		linear := ""
		if strings.HasPrefix(s, "!") {
			s, linear = s[1:], ` linear="no"`
		}
		fmt.Fprintf(&items, `<item id="i%d" href="%s" media-type="application/xhtml+xml"/>`, i, s)
		fmt.Fprintf(&refs, `<itemref idref="i%d"%s/>`, i, linear)
	}
	return member{"OPS/p.opf", `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		`<metadata>` + metadata + `</metadata><manifest>` + items.String() + `</manifest><spine>` + refs.String() + `</spine></package>`}
}

func page(body string) string {
	return `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [<!ENTITY x "y">]><html xmlns="http://www.w3.org/1999/xhtml" ` +
		`xmlns:epub="http://www.idpf.org/2007/ops"><head><title/><script src="x"/><style>p {}</style></head><body>` + body + `</body></html>`
}

func TestText(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"blocks are lines", "<h1>A</h1><p>b\n  <i>c</i>d<br/>e</p><div>f<p>g</p>h</div><hr/><p/>i", "A\nb cd\ne\nf\ng\nh\ni"},
		{"nothing that closes itself swallows the rest", `a<a id="x"/><span/><i/>b<p>c<textarea/>d</p>`, "ab\nc\nd"},
		{"br with an end", `a<br></br>b<br/><br/>c`, "a\nb\n\nc"},
		{"CDATA and comments", `a<![CDATA[ <b>&amp; ]]><!-- <p>x</p> -->c<?pi x?>d`, "a <b>&amp; cd"},
		{"entities", `&#x4e2d;&amp;&nbsp;&eacute;&lt;`, "中&\u00a0é<"},
		{"preformatted", "<pre>a  b\n\tc</pre>d", "a  b\n\tc\nd"},
		{"lists", `<ol start="3"><li>a</li><li><p>b</p><p>c</p><ol type="i"><li>d</li><li value="9">e</li></ol></li></ol><ul><li>f</li></ul>`,
			"3. a\n4. b\nc\ni. d\nix. e\nf"},
		{"lists backwards and by letters", `<ol reversed=""><li>a</li><li>b</li></ol><ol type="A" start="27"><li>c</li></ol>`, "2. a\n1. b\nAA. c"},
		{"items without ends", `<ol><li>a<li>b</ol>c`, "1. a\n2. b\nc"},
		{"table", `<table><caption>t</caption><tr><th>a</th><th>b</th></tr><tr><td/><td><p>c</p><p>d</p></td></tr><tr><td>e<br/>f</td><td/></tr></table>g`,
			"t\na\tb\n\tc d\ne f\ng"},
		{"table in a table", `<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>`, "a b c\td"},
		{"readings", `<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>。`, "漢(かん)字(じ)。"},
		{"pictures", `a <img src="x" alt="a seal"/> b<img src="y"/>c`, "a [a seal] bc"},
		{"svg", `<svg xmlns="http://www.w3.org/2000/svg"><title>S</title><text>T</text></svg>`, "[S]T"},
		{"formula", `<math alttext="E"></math> <math><mi>x</mi><annotation>TeX</annotation></math>`, "E x"},
		{"ways to show the same", `<epub:switch><epub:case required-namespace="x">a</epub:case><epub:default>b</epub:default></epub:switch>`, "b"},
		{"footnotes", `<p>a<a epub:type="noteref" href="#n2">*</a>b<a epub:type="noteref" href="#n1">†</a>.</p>` +
			`<aside epub:type="footnote" id="n1"><p>first</p><p>more</p></aside><aside epub:type="footnote" id="n2">second<a epub:type="backlink" href="#r">^</a></aside><p>c</p>`,
			"a[1]b[2].\nc\n[1] second\n[2] first more"},
		{"a note nothing refers to stays", `a<aside epub:type="footnote" id="n">b</aside><a epub:type="noteref" href="#no">1</a>`, "a\nb\n1"},
		{"notes by role in another page", `<p>a<a role="doc-noteref" href="b.xhtml#n">1</a></p>`, "a[1]\nBeside\n[1] far"},
	} {
		data := pack(t, opf("", "a.xhtml", "b.xhtml"), member{"OPS/a.xhtml", page(tt.body)},
			member{"OPS/b.xhtml", page(map[bool]string{true: `<h1>Beside</h1><ol><li id="n" role="doc-endnote"><p>far</p></li></ol>`}[strings.Contains(tt.name, "another")])})
		c, err := EPUB(context.Background(), data)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		} else if c.Text != tt.want || len(c.Lost) > 0 {
			t.Errorf("%s: got %q, want %q; lost %q", tt.name, c.Text, tt.want, c.Lost)
		}
	}
}

func TestOrder(t *testing.T) {
	nav := page(`<nav epub:type="toc"><ol><li><a href="1.xhtml">One</a></li></ol></nav>`)
	c, err := EPUB(context.Background(), pack(t, opf("", "!c.xhtml", "b%20b.xhtml", "../a.xhtml", "a.xhtml", "nav.xhtml", "b%20b.xhtml", "gone.xhtml"),
		member{"OPS/a.xhtml", page("a")}, member{"a.xhtml", page("up")}, member{"OPS/B b.xhtml", page("b")}, member{"OPS/c.xhtml", page("c")},
		member{"OPS/nav.xhtml", nav}, member{"OPS/unlisted.xhtml", page("no")}))
	if err != nil {
		t.Fatal(err)
	}
	if want := "b\nup\na\nOne\nc"; c.Text != want {
		t.Errorf("got %q, want %q", c.Text, want)
	}
	if len(c.Lost) != 1 || !strings.Contains(c.Lost[0], "gone.xhtml") {
		t.Errorf("lost: got %q", c.Lost)
	}
}

func TestEncodings(t *testing.T) {
	for _, tt := range []struct{ name, raw string }{
		{"declared", "<?xml version='1.0' encoding='gb2312'?><html><body>\xd6\xd0\xb9\xfa</body></html>"},
		{"in the page", "<html><head><meta http-equiv='Content-Type' content='text/html; charset=gbk'/></head><body>\xd6\xd0\xb9\xfa</body></html>"},
		{"a declaration that lies", "<?xml version='1.0' encoding='gb2312'?><html><body>中国</body></html>"},
		{"a mark", "\xef\xbb\xbf<html><body>中国</body></html>"},
		{"UTF-16", "\xfe\xff\x00<\x00p\x00>\x4e\x2d\x56\xfd\x00<\x00/\x00p\x00>"},
		{"UTF-16 without a mark", "<\x00p\x00>\x00\x2d\x4e\xfd\x56<\x00/\x00p\x00>\x00"},
		{"that shifts", "<?xml version='1.0' encoding='iso-2022-jp'?><html><body>\x1b$BCf9q\x1b(B</body></html>"},
	} {
		c, err := EPUB(context.Background(), pack(t, opf("", "a"), member{"OPS/a", tt.raw}))
		if err != nil || c.Text != "中国" {
			t.Errorf("%s: got %v, %v", tt.name, c, err)
		}
	}
}

func TestSaid(t *testing.T) {
	c, err := EPUB(context.Background(), pack(t, opf(`<dc:title>T &amp;  t</dc:title><dc:creator>A</dc:creator><dc:creator>B</dc:creator>`+
		`<dc:date>2004</dc:date><dc:coverage>P</dc:coverage><dc:identifier/><meta property="dcterms:modified">2012-01-01T00:00:00Z</meta><meta name="x">y</meta>`, "a"),
		member{"OPS/a", page("x")}))
	if err != nil {
		t.Fatal(err)
	}
	want := []content.Said{
		{Field: "dcterms:title", Value: "T & t", Where: "OPF dc:title"}, {Field: "dcterms:creator", Value: "A", Where: "OPF dc:creator"},
		{Field: "dcterms:creator", Value: "B", Where: "OPF dc:creator"}, {Field: "dcterms:date", Value: "2004", Where: "OPF dc:date"},
		{Field: "dcterms:spatial", Value: "P", Where: "OPF dc:coverage"},
		{Field: "dcterms:date", Value: "2012-01-01T00:00:00Z", Where: "OPF dcterms:modified"},
	}
	if !slices.Equal(c.Said, want) || c.Title != "T & t" {
		t.Errorf("got %q %q\nwant %q", c.Title, c.Said, want)
	}
}

func TestRefusals(t *testing.T) {
	whole := pack(t, opf("", "a"), member{"OPS/a", page(strings.Repeat("x", 5000))})
	encryption := func(algorithm string) member {
		return member{"META-INF/encryption.xml", `<encryption xmlns="urn:x"><EncryptedData><EncryptionMethod Algorithm="` + algorithm + `"/></EncryptedData></encryption>`}
	}
	for _, tt := range []struct {
		name string
		data []byte
		want content.Reason // "" where it is read
	}{
		{"nothing", nil, content.NotIt},
		{"a picture", []byte("\xff\xd8\xff"), content.NotIt},
		{"a ZIP file of others", pack(t, member{"x", "y"}), content.NotIt},
		{"cut off", whole[:len(whole)-30], content.Damaged},
		{"no reading order", pack(t, opf(""), member{"OPS/a", "x"}), content.Damaged},
		{"no page", pack(t, opf("", "a")), content.Damaged},
		{"a bomb", pack(t, opf("", "a"), member{"OPS/a", strings.Repeat(" ", content.MaxText)}), content.TooMuch},
		{"elements in elements in the package", pack(t, member{"OPS/p.opf", strings.Repeat("<a>", 100_000)}), content.TooMuch},
		{"an entity bomb", pack(t, opf("", "a"), member{"OPS/a", "<!DOCTYPE x [<!ENTITY a 'x'>" + strings.Repeat("<!ENTITY b '&a;&a;'>", 1000) + "]><p>&b; x</p>"}), ""},
		{"elements in elements", pack(t, opf("", "a"), member{"OPS/a", strings.Repeat("<div>", 100_000) + "x"}), ""},
		{"formatting that is never closed", pack(t, opf("", "a"), member{"OPS/a", strings.Repeat("<b a='x'>", 400) + strings.Repeat("<p>x</p>", 100_000)}), ""},
		{"encrypted", pack(t, opf("", "a"), member{"OPS/a", "x"}, encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc")), content.Encrypted},
		{"fonts that are scrambled", pack(t, opf("", "a"), member{"OPS/a", "x"}, encryption("http://www.idpf.org/2008/embedding")), ""},
		{"paths that climb", pack(t, opf("", "../../../etc/passwd", "a"), member{"../../../etc/passwd", "no"}, member{"OPS/a", "x"}), ""},
	} {
		begun := time.Now()
		c, err := EPUB(context.Background(), tt.data)
		var refusal *content.Refusal
		switch {
		case tt.want == "" && err != nil, tt.want != "" && (!errors.As(err, &refusal) || refusal.Reason != tt.want):
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		case tt.want == "" && !strings.Contains(c.Text, "x"):
			t.Errorf("%s: got %.100q", tt.name, c.Text)
		}
		if d := time.Since(begun); d > 60*time.Second {
			t.Errorf("%s: took %v", tt.name, d)
		}
	}
	if !IsEPUB(whole) || !IsEPUB(whole[:100]) || IsEPUB([]byte("PK\x03\x04")) {
		t.Error("IsEPUB does not know a publication")
	}
}

// A member whose bytes are damaged is taken as far as it goes, and that is said.
func TestDamagedMember(t *testing.T) {
	data := pack(t, opf("", "a", "b"), member{"OPS/a", page("one")}, member{"OPS/b", page("two")})
	i := bytes.LastIndex(data[:bytes.Index(data, []byte("PK\x01\x02"))], []byte("PK\x07\x08"))
	data[i+4] ^= 0xff // its checksum, behind it
	i = bytes.LastIndex(data, []byte("PK\x01\x02"))
	data[i+16] ^= 0xff // and in the directory
	c, err := EPUB(context.Background(), data)
	if err != nil || c.Text != "one\ntwo" || len(c.Lost) != 1 {
		t.Errorf("got %+v, %v", c, err)
	}
}

func TestCancelled(t *testing.T) {
	data := pack(t, opf("", "a"), member{"OPS/a", strings.Repeat("<p>ab</p>", 300_000)})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := EPUB(ctx, data); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	ctx, cancel = context.WithCancel(context.Background())
	time.AfterFunc(30*time.Millisecond, cancel)
	begun := time.Now()
	_, err := EPUB(ctx, data)
	if d := time.Since(begun); d > 2*time.Second || err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("got %v after %v", err, d)
	}
}
