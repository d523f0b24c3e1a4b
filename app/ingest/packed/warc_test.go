package packed

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"fonds/app/ingest/content"
)

func warcRecord(kind, uri, more, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, more, len(block), block)
}

func httpAnswer(head, body string) string { return "HTTP/1.1 200 OK\r\n" + head + "\r\n" + body }

func TestWarc(t *testing.T) {
	var deflate bytes.Buffer
	z := zlib.NewWriter(&deflate)
	z.Write([]byte("in zlib"))
	z.Close()
	gz := string(zipped("in gzip"))
	records := []string{
		warcRecord("warcinfo", "", "", "software: x"),
		warcRecord("response", "http://Example.org/a/page?id=1", "", httpAnswer("Content-Type: text/html; charset=GBK\r\n", "<p>1")),
		warcRecord("request", "http://example.org/a", "", "GET /a HTTP/1.1\r\n\r\n"),
		warcRecord("response", "<http://example.org/>", "", httpAnswer("Transfer-Encoding: chunked\r\n", "4\r\nchun\r\n3;x=y\r\nked\r\n0\r\n\r\n")),
		warcRecord("response", "http://example.org/g", "", httpAnswer("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(gz), gz))),
		warcRecord("response", "http://example.org/d", "", httpAnswer("Content-Encoding: deflate\r\n", deflate.String())),
		warcRecord("response", "http://example.org/f", "", httpAnswer("Content-Encoding: deflate\r\n", deflated("in deflate"))),
		warcRecord("response", "http://example.org/unpacked", "", httpAnswer("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "as it is")),
		warcRecord("response", "http://example.org/br", "", httpAnswer("Content-Encoding: br\r\n", "\x8B")),
		warcRecord("response", "http://example.org/gone", "", "HTTP/1.1 404 Not Found\r\n\r\nno"),
		warcRecord("response", "http://example.org/moved", "", "HTTP/1.1 301 Moved\r\n\r\n"),
		warcRecord("revisit", "http://example.org/a", "", "HTTP/1.1 200 OK\r\n\r\n"),
		warcRecord("resource", "ftp://u:p@example.org/%E9%A2%98/../x", "Content-Type: text/plain\r\n", "r"),
		warcRecord("conversion", "urn:x", "", "c"),
		warcRecord("resource", "dns:example.org", "", "1.2.3.4"),
		warcRecord("response", "http://example.org/cut", "WARC-Truncated: length\r\n", httpAnswer("", "half")),
	}
	want := "example.org/a/page_id=1=<p>1\nexample.org/index.html=chunked\nexample.org/g=in gzip\nexample.org/d=in zlib\nexample.org/f=in deflate\n" +
		"example.org/unpacked=as it is\nexample.org/题/__/x=r\nurn_x=c\nexample.org/cut=half\n" +
		"! http://example.org/br: it is packed as br, which is not read.\n" +
		"! 3 records say something of others (requests, metadata, what saved them) and are no documents.\n" +
		"! 1 records only say that a page was as before.\n! 2 answers are no pages, by their status (301: 1, 404: 1).\n" +
		"! Records of which not all was saved: 1: http://example.org/cut\n"
	var packed []byte
	for _, r := range records {
		packed = append(packed, zipped(r)...)
	}
	whole := strings.Join(records, "")
	for name, data := range map[string][]byte{"warc": []byte(whole), "warc.gz": packed} {
		if got := said(data, Options{}); got != want {
			t.Errorf("%s: got\n%swant\n%s", name, got, want)
		}
		for n := 10; n < len(data); n += 3 { // cut short: what is there, and a sentence
			got := said(data[:n], Options{})
			if first, _, _ := strings.Cut(got, "!"); !strings.Contains(got, "! ") && !strings.Contains(got, "error") && n < len(data)-4 || strings.Count(first, "\n") > 3 && !strings.HasPrefix(first, want[:40]) {
				t.Fatalf("%s cut at %d: %s", name, n, got)
			}
		}
	}
	n := 0
	if _, err := Walk(ctx, []byte(whole), "", Options{}, func(p content.Part) error {
		if n++; n > 1 {
			return nil
		}
		said := content.Said{Field: "dcterms:source", Value: "http://Example.org/a/page?id=1", Where: "WARC-Target-URI, WARC-Date 2020-01-02T03:04:05Z"}
		if p.Type != "text/html" || len(p.Said) != 1 || p.Said[0] != said || !p.Modified.Equal(time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)) {
			t.Errorf("%+v", p)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestArc(t *testing.T) {
	page := httpAnswer("Content-Type: text/html\r\n", "<p>old")
	one := "filedesc://x.arc 0.0.0.0 19961111000000 text/plain 7\n1 0 x\n\n\n"
	data := one + fmt.Sprintf("http://example.org/a b.html 1.2.3.4 19961111010203 text/html %d\n%s\n", len(page), page) +
		fmt.Sprintf("http://example.org/v2 1.2.3.4 19970101010203 text/html 200 - - 0 x.arc %d\n%s\n", len(page), page)
	want := "example.org/a b.html=<p>old\nexample.org/v2=<p>old\n! 1 records say something of others (requests, metadata, what saved them) and are no documents.\n"
	for _, in := range [][]byte{[]byte(data), zipped(data)} {
		if got := said(in, Options{}); got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
	}
}

// Files of pages that others saved.
func TestWarcOfOthers(t *testing.T) {
	for name, want := range map[string]struct {
		members int
		has     string
	}{"cc.warc.gz": {1, "Common Crawl on Twitter"}, "testWARC_multiple.warc.gz": {2, ""}, "gzip_extra_sl.warc.gz": {0, ""}, "example.arc.gz": {1, ""}} {
		data, err := os.ReadFile(corpora + "tika-docs/files/" + name)
		if err != nil {
			t.Skipf("%s is not on this machine", name)
		}
		n, has := 0, want.has == ""
		lost, err := Walk(ctx, data, "", Options{Name: name}, func(p content.Part) error {
			n++
			has = has || bytes.Contains(p.Data, []byte(want.has))
			return nil
		})
		t.Logf("%s: %s, %d members, %q", name, Kind(data), n, lost)
		if err != nil || n < want.members || !has {
			t.Errorf("%s: %d members, want %d with %q; %v", name, n, want.members, want.has, err)
		}
	}
}

func TestNameOf(t *testing.T) {
	for uri, want := range map[string]string{
		"http://a.org": "a.org/index.html", "http://a.org/": "a.org/index.html", "https://A.org:8080/x/?q=1#top": "a.org_8080/x/index.html_q=1",
		"http://a.org/../../etc/passwd": "a.org/__/__/etc/passwd", "http://a.org/%2e%2e/%2Fetc": "a.org/__/_etc", "": "_", "a:b": "a_b",
		"http://a.org/" + strings.Repeat("题", 100): "a.org/" + strings.Repeat("题", 65) + "…", "http://a.org/%FF": "a.org/%FF", "http://a.org/a\x00b": "a.org/a_b",
	} {
		if got := nameOf(uri); got != want {
			t.Errorf("%q is %q, want %q", uri, got, want)
		}
	}
}
