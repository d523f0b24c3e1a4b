package ingest

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// lying is a file that a test puts into another.
type lying struct{ name, data string }

func zipOf(t testing.TB, files ...lying) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		m, err := w.Create(f.name)
		if err == nil {
			_, err = m.Write([]byte(f.data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipOf(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

// letterOf is a letter with attachments; those that end in .eml are letters, as they stand.
func letterOf(subject string, attached ...lying) string {
	var b strings.Builder
	fmt.Fprintf(&b, "From: Wang <w@example.org>\nTo: li@example.org\nSubject: %s\nDate: Tue, 8 Mar 2022 10:00:00 +0800\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"%s-b\"\n\n--%s-b\nContent-Type: text/plain\n\nThe letter %[1]s.\n", subject, subject, subject)
	for _, a := range attached {
		if strings.HasSuffix(a.name, ".eml") {
			fmt.Fprintf(&b, "--%s-b\nContent-Type: message/rfc822; name=%q\nContent-Disposition: attachment; filename=%q\n\n%s\n", subject, a.name, a.name, a.data)
			continue
		}
		fmt.Fprintf(&b, "--%s-b\nContent-Type: application/octet-stream; name=%q\nContent-Disposition: attachment; filename=%q\nContent-Transfer-Encoding: base64\n\n%s\n", subject, a.name, a.name, base64.StdEncoding.EncodeToString([]byte(a.data)))
	}
	fmt.Fprintf(&b, "--%s-b--\n", subject)
	return b.String()
}

// mboxOf is a mailbox.
func mboxOf(letters ...string) string {
	var b strings.Builder
	for _, l := range letters {
		b.WriteString("From w@example.org Tue Mar  8 10:00:00 2022\n" + l + "\n")
	}
	return b.String()
}

// everything is a letter with all that can lie in another: a text, a ZIP file with a mailbox and a text, a letter with an
// attachment that the first has too.
func everything(t testing.TB) string {
	box := mboxOf(letterOf("three"), letterOf("four", lying{"a.txt", "the attachment"}))
	return letterOf("one", lying{"a.txt", "the attachment"},
		lying{"z.zip", zipOf(t, lying{"mail/box.mbox", box}, lying{"b.txt", "a text in it"})},
		lying{"two.eml", letterOf("two", lying{"a.txt", "the attachment"}, lying{"c.gz", gzipOf("in gzip")})})
}

// seen is what Each says of a file, a line for each: its number, its path, and which it belongs to, by their numbers, with
// how and rank.
func seen(t testing.TB, data, path string) (out []string) {
	t.Helper()
	by := map[string]int{}
	err := Each(context.Background(), []byte(data), path, time.Time{}, Options{}, func(in Inner) error {
		if in.Skip != nil {
			out = append(out, fmt.Sprintf("%d %s: %s", in.Inside, in.Skip.Path, in.Skip.Reason))
			return nil
		}
		line := fmt.Sprint(in.Inside, " ", in.Doc.Path)
		if _, ok := by[in.Doc.SHA256]; !ok {
			by[in.Doc.SHA256] = in.Inside
		}
		for _, b := range in.Doc.Belongs {
			n, ok := by[b.SHA256]
			if !ok {
				t.Errorf("%s belongs to what did not come before it", in.Doc.Path)
			}
			line += fmt.Sprintf(" < %d %s %s", n, b.How, b.Rank)
		}
		out = append(out, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestEach: numbers, paths and belongings of all that lies in a letter, the same each time.
func TestEach(t *testing.T) {
	want := []string{
		"0 m.eml",
		"1 m.eml/a.txt < 0 attachment 000001",
		"4 m.eml/z.zip/mail/box.mbox/00001.eml < 0 attachment 000011000001000001",
		"5 m.eml/z.zip/mail/box.mbox/00002.eml < 0 attachment 000011000001000011",
		"6 m.eml/z.zip/mail/box.mbox/00002.eml/a.txt < 5 attachment 000001",
		"7 m.eml/z.zip/b.txt < 0 attachment 000011000011",
		"8 m.eml/two.eml < 0 attachment 000021",
		"9 m.eml/two.eml/a.txt < 8 attachment 000001",
		"11 m.eml/two.eml/c.gz/c < 8 attachment 000011000001",
	}
	for range 2 {
		if got := seen(t, everything(t), "m.eml"); !slices.Equal(got, want) {
			t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	for _, line := range want[1:] { // as the archive takes them
		rank := line[strings.LastIndexByte(line, ' ')+1:]
		if archive.Rank(rank, "") <= rank {
			t.Errorf("nothing can be put behind %q", rank)
		}
	}
}

// TestEachOdd: files with nothing in them, with one thing twice, with what cannot be read.
func TestEachOdd(t *testing.T) {
	for _, tt := range []struct{ name, data, want string }{
		{"empty.zip", zipOf(t), "0 empty.zip: empty"},
		{"folder.zip", zipOf(t, lying{"a/", ""}), "0 folder.zip: empty"},
		{"twice.zip", zipOf(t, lying{"a.txt", "1"}, lying{"a.txt", "2"}, lying{"A.txt", "3"}), "1 twice.zip/a.txt\n2 twice.zip/a (2).txt\n3 twice.zip/A.txt"},
		{"mixed.zip", zipOf(t, lying{"a.txt", "1"}, lying{"b.bin", "\x7fELF\x00\x01\x02"}, lying{"c.txt", ""}, lying{"d.txt", "2"}),
			"1 mixed.zip/a.txt\n2 mixed.zip/b.bin: no-reader\n3 mixed.zip/c.txt: empty\n4 mixed.zip/d.txt"},
		{"short.gz", gzipOf("a text that is cut off")[:30], "1 short.gz/short\n0 short.gz: in-part"},
		{"empty.eml", letterOf("x", lying{"e.txt", ""}), "0 empty.eml\n1 empty.eml/e.txt: empty"},
		{"names.eml", letterOf("x", lying{"../../x", "1"}, lying{"..", "2"}, lying{`C:\a\b.txt`, "3"}),
			"0 names.eml\n1 names.eml/x < 0 attachment 000001\n2 names.eml/part 2 < 0 attachment 000011\n3 names.eml/b.txt < 0 attachment 000021"},
	} {
		if got := strings.Join(seen(t, tt.data, tt.name), "\n"); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

// TestEachStops: what yield says ends it, and so does its context, wherever that is.
func TestEachStops(t *testing.T) {
	data := []byte(everything(t))
	whole := len(seen(t, string(data), "m.eml"))
	enough := errors.New("enough")
	for stop := range whole {
		ctx, cancel := context.WithCancel(context.Background())
		n := 0
		err := Each(ctx, data, "m.eml", time.Time{}, Options{}, func(Inner) error {
			if n++; n > stop {
				return enough
			}
			return nil
		})
		if !errors.Is(err, enough) || n != stop+1 {
			t.Errorf("stopped after %d: %d came, %v", stop, n, err)
		}
		n = 0
		err = Each(ctx, data, "m.eml", time.Time{}, Options{}, func(Inner) error {
			if n++; n == stop+1 {
				cancel()
			}
			return nil
		})
		if stop+1 < whole && !errors.Is(err, context.Canceled) || n != stop+1 {
			t.Errorf("cancelled after %d: %d came, %v", stop, n, err)
		}
		cancel()
	}
}
