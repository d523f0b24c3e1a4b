package ingest

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// slowest is how long a file of 64 KB may take, whatever it holds, where several are read at once on a shared machine.
const slowest = 20 * time.Second

// FuzzEach: whatever the bytes and whatever reader takes them, there are documents and reasons and nothing else: numbers go
// up, paths lie below the file's, texts are valid, what belongs to another belongs to one that came before.
func FuzzEach(f *testing.F) {
	f.Setenv("PATH", "") // LibreOffice takes seconds a file; what it is given has a fuzz test of its own
	add := func(data string, name string) { f.Add([]byte(data), name) }
	add(everything(f), "m.eml")
	add(everything(f)[:900], "m.eml")
	add(zipOf(f, lying{"../a.txt", "1"}, lying{"b.html", "<p>1"}, lying{"c.zip", zipOf(f, lying{"d.txt", "2"})}), "a.zip")
	add(mboxOf(letterOf("a"), letterOf("b")), "a.mbox")
	add(gzipOf("a text"), "a.gz")
	add(`{\rtf1\ansi\ansicpg936 \'cb\'be\par}`, "a.rtf")
	add("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF", "a.pdf")
	add("II*\x00\x08\x00\x00\x00\x02\x00\x00\x01\x04\x00\x01\x00\x00\x00\x09\x00\x00\x00\x01\x01\x04\x00\x01\x00\x00\x00\x09\x00\x00\x00\x00\x00\x00\x00", "a.tif")
	add("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x00\x00\x00\x00\x57\xdd\x52\xf8", "a.png")
	add("WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.b/c\r\nContent-Length: 4\r\n\r\ntext\r\n\r\n", "a.warc")
	add("From: a@b.c\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x; type=\"text/html\"\nSnapshot-Content-Location: http://a.b\n\n--x\nContent-Type: text/html\n\n<p>a\n--x--\n", "a.mhtml")
	add(compoundFile+strings.Repeat("\x00", 504), "a.doc")
	add("a,b\n1,2\n", "a.csv")
	add("# a\n\ntext", "a.md")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		if len(data) > 64<<10 || !utf8.ValidString(name) || !fs.ValidPath(name) || len(name) > 100 || strings.ContainsAny(name, "\x00\\") {
			return
		}
		begun := time.Now()
		last, known := -1, map[string]bool{}
		err := Each(context.Background(), data, name, time.Time{}, Options{}, func(in Inner) error {
			var where string
			switch {
			case in.Doc == nil && in.Skip == nil || in.Doc != nil && in.Skip != nil:
				t.Errorf("number %d is a document and a reason, or neither", in.Inside)
				return nil
			case in.Skip != nil:
				where = in.Skip.Path
				if in.Skip.Reason == "" || in.Skip.String() == string(in.Skip.Reason)+" "+in.Skip.Detail || !utf8.ValidString(in.Skip.Detail) {
					t.Errorf("%s: %q is no sentence", where, in.Skip.String())
				}
			default:
				where = in.Doc.Path
				if in.Inside <= last {
					t.Errorf("%s is number %d behind %d", where, in.Inside, last)
				}
				last = in.Inside
				checkEach(t, in.Doc)
				for _, b := range in.Doc.Belongs {
					if !known[b.SHA256] {
						t.Errorf("%s belongs to what did not come before it", where)
					}
				}
				known[in.Doc.SHA256] = true
			}
			if where != name && !strings.HasPrefix(where, name+"/") || !fs.ValidPath(where) || strings.ContainsAny(strings.TrimPrefix(where, name), "\\\x00\n") {
				t.Errorf("the path %q does not lie below %q", where, name)
			}
			return nil
		})
		if err != nil {
			t.Errorf("Each ends with %v", err)
		}
		if took := time.Since(begun); took > slowest {
			t.Errorf("it took %v", took)
		}
	})
}

// checkEach looks at what every document holds, whatever its reader.
func checkEach(t *testing.T, d *Document) {
	t.Helper()
	if f := ownFormats()[d.Recipe.Extractor]; f == nil {
		checkDocument(t, d)
		return
	}
	chars := utf8.RuneCountInString(d.Text)
	if !utf8.ValidString(d.Text) || strings.ContainsAny(d.Text, "\x00\r") || d.Format == "" || d.SHA256 == "" || !utf8.ValidString(d.Title) {
		t.Errorf("%s: text %.60q, title %q, format %q", d.Path, d.Text, d.Title, d.Format)
	}
	at := 0
	for _, p := range d.Pages {
		if p.Start < at || p.Start > chars || p.Width <= 0 || p.Height <= 0 {
			t.Errorf("%s: page %+v in a text of %d", d.Path, p, chars)
		}
		at = p.Start
	}
	for _, p := range d.Proposals {
		if p.Start > p.End || p.End > chars || p.Value == "" || !utf8.ValidString(p.Value) || strings.ContainsAny(p.Value, "\x00\n") {
			t.Errorf("%s: it proposes %+v of a text of %d", d.Path, p, chars)
		}
	}
	if d.Recipe.Needs != "" || d.Recipe.Extractor == "office" {
		return // its text is LibreOffice's
	}
	if text, err := Remake(d.Original, d.Recipe); err != nil || text != d.Text {
		t.Errorf("%s: made again it is %.60q, %v; not %.60q", d.Path, text, err, d.Text)
	}
}
