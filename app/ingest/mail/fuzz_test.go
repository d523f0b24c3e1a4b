package mail

import (
	"bytes"
	"context"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"fonds/app/ingest/content"
)

// sound fails when a content breaks what package content promises.
func sound(t *testing.T, c *content.Content) {
	t.Helper()
	one := func(what, s string, lines bool) {
		if !utf8.ValidString(s) {
			t.Errorf("%s is no UTF-8: %q", what, s)
		}
		if i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsControl(r) && !(lines && (r == '\n' || r == '\t')) }); i >= 0 {
			t.Errorf("%s has a control at %d: %q", what, i, s)
		}
	}
	one("the text", c.Text, true)
	one("the title", c.Title, false)
	for _, s := range c.Said {
		one(s.Field, s.Value, false)
		if s.Value == "" || s.Value != strings.TrimSpace(s.Value) {
			t.Errorf("%s is %q", s.Field, s.Value)
		}
	}
	for _, s := range c.Lost {
		one("lost", s, false)
	}
	for _, p := range c.Parts {
		one("a name", p.Name, false)
		one("a type", p.Type, false)
		for _, s := range p.Said {
			one(s.Field, s.Value, false)
		}
	}
}

func timed(t *testing.T, f func()) {
	begin := time.Now()
	f()
	if took := time.Since(begin); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
}

func FuzzEML(f *testing.F) {
	for _, s := range []string{top1 + "\r\nHello\r\n", nested(5), "From: a@b.c\n" + multi("mixed", "x", plainPart, htmlPart, pngPart, pdfPart, letterIn),
		"From: a@b.c\n" + multi("alternative", "y", stockPart, multi("related", "x", htmlPart, pngPart)),
		"From: a@b.c\nContent-Type: application/ms-tnef\n\n" + string(winmail()),
		"From: a@b.c\n\nbegin 644 a.txt\n%:&5L;&\\`\n`\nend\n", "Subject: =?gb2312?B?1tDOxA==?=\nContent-Type: text/plain; charset=utf-7\n\n+Ti1lhw-\n",
		"From: \xD6\xD0\nContent-Disposition: attachment; filename*1*=%41; filename*0*=gbk''%D6\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		timed(t, func() {
			IsEML(data)
			c, err := EML(context.Background(), data, Options{HTML: pageText})
			if err != nil {
				if refused(err) == "" {
					t.Errorf("error %v", err)
				}
				return
			}
			sound(t, c)
			if again, _ := EML(context.Background(), data, Options{HTML: pageText}); !reflect.DeepEqual(c, again) {
				t.Error("the same bytes gave another content")
			}
		})
	})
}

func FuzzMBOX(f *testing.F) {
	f.Add([]byte(fromLine + "Subject: a\nContent-Length: 4\n\none\n\n" + fromLine + "To: b\n\n>From x\n\n"))
	f.Add([]byte("before\n" + fromLine + "Subject: a\r\n\r\n>>From one"))
	f.Fuzz(func(t *testing.T, data []byte) {
		timed(t, func() {
			IsMBOX(data)
			c, err := MBOX(context.Background(), data)
			if err != nil {
				if refused(err) == "" {
					t.Errorf("error %v", err)
				}
				return
			}
			sound(t, c)
			rest := bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
			for _, p := range c.Parts { // each stands in the file, behind the one before, its line From and empty lines
				if p.Type == "message/rfc822" {
					before, after, _ := bytes.Cut(rest, []byte("From "))
					if len(bytes.TrimSpace(before)) > 0 {
						t.Errorf("%q is in no part", before)
					}
					_, next := line(after, 0)
					rest = after[next:]
				} else {
					p.Data = bytes.TrimPrefix(p.Data, []byte("\xEF\xBB\xBF"))
				}
				if !bytes.HasPrefix(rest, p.Data) {
					t.Fatalf("%q does not stand next in the file", p.Data)
				}
				rest = rest[len(p.Data):]
			}
			if len(bytes.TrimSpace(rest)) > 0 {
				t.Errorf("%q is in no part", rest)
			}
		})
	})
}

func FuzzMHTML(f *testing.F) {
	f.Add([]byte("From: <Saved by Blink>\nContent-Type: multipart/related; start=\"<a>\"; boundary=x\n\n--x\nContent-ID: <a>\nContent-Type: text/html\n\n<p>\n--x--\n"))
	f.Add([]byte("Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>=E4\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		timed(t, func() {
			IsMHTML(data)
			p, parts, err := MHTMLPage(data)
			if err != nil {
				if refused(err) == "" {
					t.Errorf("error %v", err)
				}
				return
			}
			sound(t, &content.Content{Title: p.Subject, Text: p.Location + p.Charset + p.Date, Parts: parts})
		})
	})
}
