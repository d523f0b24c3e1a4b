package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"fonds/app/ingest/content"
)

// patience is how long a hostile file may take here, where the machine is shared.
const patience = 90 * time.Second

// try reads a file that may be anything, and demands that it is read or refused with a reason, in time.
func try(t *testing.T, e *Engine, data []byte) (*content.Content, error) {
	t.Helper()
	begun := time.Now()
	c, err := e.Read(context.Background(), data)
	if took := time.Since(begun); took > patience {
		t.Errorf("it took %v", took)
	}
	var r *content.Refusal
	if err != nil && (!errors.As(err, &r) || r.Detail == "" && r.Reason != content.Encrypted) {
		t.Errorf("got the error %v, want a refusal with a reason", err)
	}
	if err == nil {
		sound(t, t.Name(), c)
	}
	return c, err
}

// wellAfter demands that the engine still reads.
func wellAfter(t *testing.T, e *Engine) {
	t.Helper()
	if c, err := try(t, e, pages(latin(50, 700, "still here"))); err != nil || c.Text != "still here" {
		t.Fatalf("afterwards the engine gives %v, %v", c, err)
	}
}

// packed is so many bytes of blanks, deflated as often.
func packed(n int64, times int) string {
	var b bytes.Buffer
	var w io.Writer = &b
	var all []*zlib.Writer
	for range times {
		z := zlib.NewWriter(w)
		all, w = append(all, z), z
	}
	blanks := bytes.Repeat([]byte(" "), 1<<20)
	for ; n > 0; n -= int64(len(blanks)) {
		_, _ = w.Write(blanks)
	}
	for i := len(all) - 1; i >= 0; i-- {
		_ = all[i].Close()
	}
	return b.String()
}

// TestNoPDF refuses what is none.
func TestNoPDF(t *testing.T) {
	for name, data := range map[string]string{
		"empty": "", "junk": strings.Repeat("no PDF at all ", 1000), "mark only": "%PDF-1.7", "letter": "From: a@b.c\nSubject: %PDF?\n\n",
		"zip": "PK\x03\x04 and so on", "mark and junk": "%PDF-1.7\n" + strings.Repeat("\x00\xff", 5000),
		"arrays": "%PDF-1.7\n1 0 obj\n" + strings.Repeat("[", 200_000) + "\nendobj\ntrailer\n<< /Root 1 0 R >>",
		"dicts":  "%PDF-1.7\n1 0 obj\n" + strings.Repeat("<</A", 200_000) + "\nendobj\ntrailer\n<< /Root 1 0 R >>",
	} {
		t.Run(name, func(t *testing.T) {
			if c, err := try(t, engine(t), []byte(data)); err == nil {
				t.Errorf("got %+v, want a refusal", c)
			}
		})
	}
	wellAfter(t, engine(t))
}

// TestTruncated reads what is there of a file that ends too early, or refuses it.
func TestTruncated(t *testing.T) {
	whole := dense(3)
	read := 0
	for i := range 25 {
		if c, err := try(t, engine(t), whole[:len(whole)*i/25]); err == nil && c.Text != "" {
			read++
		}
	}
	if read == 0 {
		t.Error("no file without its end was read")
	}
	wellAfter(t, engine(t))
}

// TestLoops reads files that refer to themselves.
func TestLoops(t *testing.T) {
	say := latin(50, 700, "one page")
	tree, _ := document(say)
	tree.objects[1] = "<< /Type /Pages /Count 3 /Kids [2 0 R 2 0 R 10 0 R] >>"
	up, _ := document(say)
	up.objects[9] = strings.Replace(up.objects[9], "/Type /Page ", "/Type /Pages /Kids [10 0 R] /Count 5 ", 1)
	form, _ := document("/X Do " + say)
	form.objects[7] = "<< /Font << /F1 3 0 R >> /XObject << /X 11 0 R >> >>"
	form.stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources 8 0 R", "/X Do /X Do")
	contents, _ := document(say)
	contents.objects[9] = strings.Replace(contents.objects[9], "/Contents 9 0 R", "/Contents 11 0 R", 1)
	contents.add("[11 0 R 9 0 R 11 0 R]")
	length, _ := document(say)
	length.objects[8] = "<< /Length 9 0 R >>\nstream\n" + say + "\nendstream"
	for name, data := range map[string][]byte{
		"tree": tree.bytes(""), "page is its parent": up.bytes(""), "form": form.bytes(""), "contents": contents.bytes(""),
		"length": length.bytes(""), "xref": tree.bytes("/Prev 30"), "info": tree.bytes("/Info 2 0 R"),
	} {
		t.Run(name, func(t *testing.T) {
			c, err := try(t, engine(t), data)
			if err == nil {
				t.Logf("%q, %d pages, lost %q", c.Text, len(c.Pages), c.Lost)
			}
		})
	}
	wellAfter(t, engine(t))
}

// TestClaims reads a file that says it has more pages than it has.
func TestClaims(t *testing.T) {
	for _, n := range []int{1000, 100_000, 1_000_000_000, -1} {
		m, _ := document(latin(50, 700, "the only page"))
		m.objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [10 0 R] >>", n)
		c, err := try(t, engine(t), m.bytes(""))
		if err != nil || c.Text != "the only page" || len(c.Pages) != 1 {
			t.Errorf("%d pages: got %v, %v", n, c, err)
		}
	}
}

// TestBombs reads files that want more memory than there is, and what is good in them.
func TestBombs(t *testing.T) {
	blanks := packed(400<<20, 1)
	page, _ := document(latin(50, 700, "before"), "", latin(50, 700, "after"))
	page.objects[10] = fmt.Sprintf("<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", len(blanks), blanks)
	twice, _ := document("", latin(50, 700, "after"))
	again := packed(400<<20, 2)
	twice.objects[8] = fmt.Sprintf("<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream", len(again), again)
	for name, data := range map[string][]byte{"page": page.bytes(""), "twice": twice.bytes("")} {
		t.Run(name, func(t *testing.T) {
			c, err := try(t, engine(t), data)
			if err != nil || !strings.Contains(c.Text, "after") {
				t.Fatalf("got %v, %v, want the other pages", c, err)
			}
			if len(c.Lost) == 0 {
				t.Error("it does not say that a page is lost")
			}
			t.Logf("lost %q", c.Lost)
		})
	}
	wellAfter(t, engine(t))
}

// TestPictureBombs draws pages with pictures that say they are huge.
func TestPictureBombs(t *testing.T) {
	jp2 := "\xFF\x4F\xFF\x51\x00\x2F\x00\x00\x00\x00\xEA\x60\x00\x00\xEA\x60\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xEA\x60\x00\x00\xEA\x60\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x07\x01\x01\x07\x01\x01\x07\x01\x01\xFF\xD9"
	jbig2 := "\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13\x00\x00\xFD\xE8\x00\x00\xFD\xE8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	for name, image := range map[string]struct{ filter, data string }{
		"jpx": {"/JPXDecode", jp2}, "jbig2": {"/JBIG2Decode", jbig2}, "flate": {"/FlateDecode", packed(8<<20, 1)},
		"fax": {"/CCITTFaxDecode", strings.Repeat("\x00\x10\x01", 1000)}, "runs": {"/RunLengthDecode", strings.Repeat("\x81\x00", 5000)},
	} {
		t.Run(name, func(t *testing.T) {
			m, _ := document("q 500 0 0 700 0 0 cm /I Do Q " + latin(50, 750, "under it"))
			m.objects[7] = "<< /Font << /F1 3 0 R >> /XObject << /I 11 0 R >> >>"
			m.stream("/Type /XObject /Subtype /Image /Width 65000 /Height 65000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter "+image.filter, image.data)
			begun := time.Now()
			if _, err := engine(t).Render(context.Background(), m.bytes(""), 0, 1200, 1600); err != nil {
				t.Log(err)
			}
			if took := time.Since(begun); took > patience {
				t.Errorf("it took %v", took)
			}
			if c, err := try(t, engine(t), m.bytes("")); err != nil || c.Text != "under it" {
				t.Errorf("got %v, %v", c, err)
			}
		})
	}
	if _, _, err := JP2Size([]byte(jp2)); err == nil {
		t.Error("a JPEG 2000 picture of 60,000 by 60,000 pixels is not refused")
	}
	for _, d := range []string{"", "\xFF\x4F\xFF\x51", jp2[:20], "\x00\x00\x00\x0CjP  \r\n\x87\n\x00\x00\x00\x00jp2h", "\x00\x00\x00\x0CjP  \r\n\x87\n\x00\x00\x00\x01jp2c\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"} {
		if _, err := engine(t).JP2(context.Background(), []byte(d), 0, 0); err == nil {
			t.Errorf("%q is not refused", d)
		}
	}
	wellAfter(t, engine(t))
}

// endless is a page that takes PDFium long: as many texts as a stream of 40 MB has.
func endless() string {
	return packOne(strings.Repeat("BT /F1 9 Tf (many many many) Tj ET ", 1_200_000))
}

func packOne(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = io.WriteString(z, s)
	_ = z.Close()
	return b.String()
}

// TestSlow stops a page that takes too long, and reads the others with another instance.
func TestSlow(t *testing.T) {
	e, err := Open(Options{CacheDir: compiledIn(), PageTime: 1500 * time.Millisecond, Instances: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = e.Close() }()
	slow := endless()
	m, _ := document(latin(50, 700, "before"), "", latin(50, 700, "after"))
	m.objects[10] = fmt.Sprintf("<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", len(slow), slow)
	c, err := try(t, e, m.bytes(""))
	if err != nil || c.Text != "before\nafter" || len(c.Pages) != 3 || len(c.Lost) != 1 {
		t.Fatalf("got %+v, %v, want the pages before and after it", c, err)
	}
	t.Logf("lost %q", c.Lost)
	if _, err := e.Render(context.Background(), m.bytes(""), 1, 100, 100); err == nil {
		t.Error("the picture of that page is not refused")
	}
}

// TestStopped ends at once when its context does.
func TestStopped(t *testing.T) {
	slow := endless()
	m, _ := document("")
	m.objects[8] = fmt.Sprintf("<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", len(slow), slow)
	data := m.bytes("")
	wellAfter(t, engine(t))
	ctx, cancel := context.WithCancel(context.Background())
	var ended time.Time
	time.AfterFunc(300*time.Millisecond, func() { ended = time.Now(); cancel() })
	_, err := engine(t).Read(ctx, data)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want that it was cancelled", err)
	}
	if took := time.Since(ended); took > 2*time.Second {
		t.Errorf("it went on for %v", took)
	} else {
		t.Logf("stopped after %v", took)
	}
	wellAfter(t, engine(t))
}
