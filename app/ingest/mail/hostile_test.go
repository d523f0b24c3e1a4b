package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fonds/app/ingest/content"
)

// within fails when f takes longer than a machine that others share may take for it. What is quadratic takes hours.
func within(t *testing.T, d time.Duration, f func()) {
	t.Helper()
	begin := time.Now()
	f()
	took := time.Since(begin)
	t.Logf("took %v", took.Round(time.Millisecond))
	if took > d {
		t.Errorf("took %v, more than %v", took, d)
	}
}

// refused says for which reason err refuses a file, "" where it does not.
func refused(err error) content.Reason {
	var r *content.Refusal
	if errors.As(err, &r) {
		return r.Reason
	}
	return ""
}

func eml(t *testing.T, s string) *content.Content {
	t.Helper()
	c, err := EML(context.Background(), []byte(s), Options{})
	if err != nil {
		t.Fatalf("EML: %v", err)
	}
	return c
}

// nested is a letter of parts in parts, each with a boundary of its own.
func nested(depth int) string {
	var b strings.Builder
	b.WriteString("From: a@b.c\nSubject: deep\nMIME-Version: 1.0\n")
	for i := range depth {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=x%d\n\n--x%d\n", i, i)
	}
	b.WriteString("Content-Type: text/plain\n\ninnermost\n")
	for i := depth - 1; i >= 0; i-- {
		fmt.Fprintf(&b, "--x%d--\n", i)
	}
	return b.String()
}

func TestNesting(t *testing.T) {
	within(t, time.Minute, func() {
		if c := eml(t, nested(content.MaxNesting)); !strings.HasSuffix(c.Text, "\ninnermost") {
			t.Errorf("at the limit the text is %q", c.Text)
		}
		for _, depth := range []int{content.MaxNesting + 1, 1000, 100_000} {
			if _, err := EML(context.Background(), []byte(nested(depth)), Options{}); refused(err) != content.TooMuch {
				t.Errorf("%d levels: %v, want too-much", depth, err)
			}
		}
	})
}

// The same boundary in a part as in the whole opens nothing: it belongs to the outer.
func TestBoundaryTwice(t *testing.T) {
	var b strings.Builder
	b.WriteString("From: a@b.c\nSubject: x\n")
	for range 50_000 {
		b.WriteString("Content-Type: multipart/mixed; boundary=x\n\n--x\n")
	}
	b.WriteString("\nend\n--x--\n")
	within(t, time.Minute, func() {
		if c := eml(t, b.String()); !strings.HasSuffix(c.Text, "\nend") {
			t.Errorf("the text ends with %q", c.Text[max(0, len(c.Text)-30):])
		}
	})
}

// Boundaries of which one begins another, and one that ends as an end does.
func TestBoundaryPrefixes(t *testing.T) {
	c := eml(t, "From: a@b.c\nSubject: x\nContent-Type: multipart/mixed; boundary=ab\n\n--ab\n"+
		"Content-Type: multipart/mixed; boundary=abc\n\n--abc\nContent-Type: multipart/mixed; boundary=\"abc--\"\n\n"+
		"--abc--\n\none\n--abc--\n\ntwo\n--abcd\n--abc----\n--abc \n\nthree\n--abc--\t\n--ab\n\nfour\n--ab--\n")
	_, body, _ := strings.Cut(c.Text, "\n\n")
	if want := "one\n\ntwo\n--abcd\n\nthree\n\nfour"; body != want {
		t.Errorf("body %q, want %q", body, want)
	}
	var b strings.Builder
	b.WriteString("From: a@b.c\nSubject: x\n")
	for i := 1; i <= content.MaxNesting; i++ {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=%s\n\n--%s\n", strings.Repeat("a", i), strings.Repeat("a", i))
	}
	b.WriteString("\nend\n")
	for range 300_000 {
		b.WriteString("--" + strings.Repeat("a", 120) + "\n")
	}
	within(t, time.Minute, func() { eml(t, b.String()) })
}

func TestManyParts(t *testing.T) {
	letter := func(n int) string {
		return "From: a@b.c\nSubject: x\nContent-Type: multipart/mixed; boundary=x\n\n" +
			strings.Repeat("--x\nContent-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n", n) + "--x--\n"
	}
	within(t, time.Minute, func() {
		c := eml(t, letter(content.MaxParts))
		if len(c.Parts) != content.MaxParts || string(c.Parts[content.MaxParts-1].Data) != "hello" {
			t.Errorf("%d parts, want %d", len(c.Parts), content.MaxParts)
		}
		if _, err := EML(context.Background(), []byte(letter(content.MaxParts+1)), Options{}); refused(err) != content.TooMuch {
			t.Errorf("one more part: %v, want too-much", err)
		}
	})
}

func TestManyHeaders(t *testing.T) {
	within(t, time.Minute, func() {
		c := eml(t, strings.Repeat("Received: from a by b; Mon, 1 Jan 2001 00:00:00 +0000\n", 10_000)+"From: a@b.c\nSubject: x\n\nbody\n")
		if c.Title != "x" || !strings.HasSuffix(c.Text, "\n\nbody\n") {
			t.Errorf("title %q, text %q", c.Title, c.Text)
		}
		long := strings.Repeat("=?utf-8?B?5Lit5paH?= ", 10<<20/21)
		if c = eml(t, "From: a@b.c\nSubject: "+long+"\n\nbody\n"); !strings.HasPrefix(c.Title, "中文中文") {
			t.Errorf("a subject of 10 MB begins %q", c.Title[:min(len(c.Title), 20)])
		}
		to := strings.Repeat("\"Somebody, Else\" <a@b.c>,\n ", 10<<20/27)
		c = eml(t, "From: a@b.c\nTo: "+to+"\nSubject: x\n\nbody\n")
		if len(c.Said) != people+3-1 || len(c.Lost) != 1 {
			t.Errorf("%d values, lost %q", len(c.Said), c.Lost)
		}
		eml(t, "From: a@b.c\nSubject: "+strings.Repeat("=?", 5<<20)+"\n\nbody\n")
		eml(t, "From: a@b.c\nSubject: "+strings.Repeat("=?x?b?aaaa ", 1<<20)+"\n\nbody\n")
		eml(t, "From: a@b.c\nSubject: "+strings.Repeat("=?x?q?aa?=41", 1<<20)+"\n\nbody\n")
		if _, err := EML(context.Background(), []byte("From: a@b.c\n"+strings.Repeat("X: y\n", maxFields)+"\n"), Options{}); refused(err) != content.TooMuch {
			t.Errorf("too many fields: %v, want too-much", err)
		}
		if _, err := EML(context.Background(), []byte("From: a@b.c\nX: y\n"+strings.Repeat(" z\n", maxHead/3+1)+"\n"), Options{}); refused(err) != content.TooMuch {
			t.Errorf("a head without end: %v, want too-much", err)
		}
		eml(t, "From: a@b.c\nTo: "+strings.Repeat("(", 5<<20)+strings.Repeat("<", 5<<20)+"\n\nbody\n")
		eml(t, "From: a@b.c\nContent-Type: text/plain; "+strings.Repeat("a*1*=%41;", 1<<20)+"\n\nbody\n")
		eml(t, "From: a@b.c\n"+strings.Repeat("no field at all\n ", 600_000)+"\n\nbody\n")
	})
}

// Attachments named as paths keep the name that the file has: whoever writes them makes it safe. Letters that end
// anywhere are read as far as they go.
func TestClimbingAndTruncated(t *testing.T) {
	whole := "From: a@b.c\nSubject: x\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n--x\n" +
		"Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"../../x\"\nContent-Transfer-Encoding: base64\n\naGVs\nbG8=\n--x--\n"
	c := eml(t, whole)
	if len(c.Parts) != 1 || c.Parts[0].Name != "../../x" || string(c.Parts[0].Data) != "hello" {
		t.Errorf("parts %+v", c.Parts)
	}
	for i := 12; i < len(whole); i++ {
		c := eml(t, whole[:i])
		if i > 120 && !strings.Contains(c.Text, "h") {
			t.Errorf("cut at %d the text is %q", i, c.Text)
		}
	}
	if c := eml(t, whole[:len(whole)-9]); string(c.Parts[0].Data) != "hell" || len(c.Lost) == 0 {
		t.Errorf("cut in the attachment: %q, lost %q", c.Parts[0].Data, c.Lost)
	}
}

func TestTooMuchText(t *testing.T) {
	if testing.Short() {
		t.Skip("130 MB")
	}
	data := append([]byte("From: a@b.c\nSubject: x\n\n"), bytes.Repeat([]byte("All work and no play.\n"), content.MaxText/22+1)...)
	if _, err := EML(context.Background(), data, Options{}); refused(err) != content.TooMuch {
		t.Errorf("a text above the limit: %v, want too-much", err)
	}
}

// A letter stops within 100 ms of the end of its context, wherever it is.
func TestStops(t *testing.T) {
	big := []byte("From: a@b.c\nSubject: x\nContent-Type: multipart/mixed; boundary=x\n\n" +
		strings.Repeat("--x\nContent-Type: image/png; name=a.png\n\nno line of a boundary\n", 90_000))
	attached := []byte("From: a@b.c\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + strings.Repeat("aGVsbG9oZWxsb2hlbGxv\n", 4<<20))
	box := []byte(strings.Repeat("From a@b.c Mon Jan  1 00:00:00 2001\nSubject: x\n\nbody\n\n", 90_000))
	for name, f := range map[string]func(context.Context) error{
		"EML":             func(ctx context.Context) error { _, err := EML(ctx, big, Options{}); return err },
		"a file attached": func(ctx context.Context) error { _, err := EML(ctx, attached, Options{}); return err },
		"MBOX":            func(ctx context.Context) error { _, err := MBOX(ctx, box); return err },
	} {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
		begin := time.Now()
		err := f(ctx)
		if took := time.Since(begin); !errors.Is(err, context.DeadlineExceeded) || took > time.Second {
			t.Errorf("%s: %v after %v", name, err, took)
		}
		cancel()
	}
}

// A mailbox of lines that could each begin a message, none of which counts its bytes right.
func TestManyMessages(t *testing.T) {
	within(t, time.Minute, func() {
		c, err := MBOX(context.Background(), []byte(strings.Repeat("From a@b.c Mon Jan  1 00:00:00 2001\nTo: x\nContent-Length: 9999999\n", 90_000)))
		if err != nil || len(c.Parts) != 90_000 {
			t.Errorf("%v, %d parts", err, len(c.Parts))
		}
		if _, err = MBOX(context.Background(), []byte(strings.Repeat("From a@b.c Mon Jan  1 00:00:00 2001\nTo: x\n\n", content.MaxParts+1))); refused(err) != content.TooMuch {
			t.Errorf("too many messages: %v", err)
		}
	})
}

// Decoding in pieces gives what decoding at once gives, wherever padding and dirt stand.
func TestPieces(t *testing.T) {
	for _, unit := range []string{"aGVsbG8=\n", "aGVsbG9oZW\r\n", "aGVs*bG9\n", "a=\n", "=E4=B8=AD soft =\nline\r\n"} {
		b := []byte(strings.Repeat(unit, (9<<20)/len(unit)))
		for name, decode := range map[string]func(plain, b []byte) ([]byte, int){"base64": appendBase64, "quoted-printable": appendQuoted} {
			want, bad := decode(nil, b)
			got, n := piecewise(context.Background(), nil, b, decode)
			if !bytes.Equal(got, want) || n != bad {
				t.Errorf("%s of %q: %d bytes, %d bad; want %d, %d", name, unit, len(got), n, len(want), bad)
			}
		}
	}
}
