package pdf

import (
	"context"
	"errors"
	"fmt"
	"image"
	"reflect"
	"sync"
	"testing"
	"time"
)

// TestAtOnce reads and draws from many goroutines, some of which hand in what breaks an instance.
func TestAtOnce(t *testing.T) {
	e := engine(t)
	d, err := e.Document(context.Background(), dense(3))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	bomb, _ := document("")
	blanks := packed(220<<20, 2)
	bomb.objects[8] = fmt.Sprintf("<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream", len(blanks), blanks)
	bad := bomb.bytes("")
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			switch i % 4 {
			case 0:
				if c, err := e.Read(context.Background(), bad); err != nil || len(c.Lost) == 0 {
					t.Errorf("a bomb: got %v, %v", c, err)
				}
			case 1:
				if img, err := d.Render(context.Background(), i%3, 300, 400); err != nil || img.Rect.Dy() != 400 {
					t.Errorf("a picture: got %v, %v", img, err)
				}
			case 2:
				say := fmt.Sprintf("number %d", i)
				if c, err := e.Read(context.Background(), pages(latin(50, 700, say))); err != nil || c.Text != say {
					t.Errorf("got %v, %v, want %q", c, err, say)
				}
			case 3:
				if s, err := d.Text(context.Background(), i%3); err != nil || len(s) < 3000 {
					t.Errorf("a text of a document that is open: %d, %v", len(s), err)
				}
			}
		})
	}
	all.Wait()
}

// TestSame gives the same for the same bytes, by whatever instance they are read.
func TestSame(t *testing.T) {
	e, err := Open(Options{CacheDir: compiledIn(), Font: font(), Instances: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = e.Close() }()
	for _, data := range [][]byte{dense(2), denseHan(2), withFiles([]string{"a"}, []string{"b"})} {
		first, err := e.Read(context.Background(), data)
		if err != nil {
			t.Fatal(err)
		}
		for _, by := range []*Engine{e, engine(t)} {
			if again, err := by.Read(context.Background(), data); err != nil || !reflect.DeepEqual(first, again) {
				t.Errorf("got %v, %v, want %v", again, err, first)
			}
		}
	}
}

// TestClose ends an engine that works, and what comes after is told so.
func TestClose(t *testing.T) {
	e, err := Open(Options{CacheDir: compiledIn(), Instances: 1})
	if err != nil {
		t.Fatal(err)
	}
	d, err := e.Document(context.Background(), dense(400))
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() {
		_, err := e.Read(context.Background(), dense(400))
		ended <- err
	}()
	if _, err := d.Text(context.Background(), 0); err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err == nil {
			t.Log("it was read before the engine was closed")
		}
	case <-time.After(patience):
		t.Fatal("the reading goes on")
	}
	if _, err := d.Render(context.Background(), 0, 10, 10); !errors.Is(err, errClosed) {
		t.Errorf("got %v, want %v", err, errClosed)
	}
	if _, err := e.Read(context.Background(), dense(1)); !errors.Is(err, errClosed) {
		t.Errorf("got %v, want %v", err, errClosed)
	}
	d.Close()
	if err := e.Close(); err != nil {
		t.Error(err)
	}
}

// TestOptions refuses what cannot be.
func TestOptions(t *testing.T) {
	for _, o := range []Options{{MemoryPages: 10}, {MemoryPages: 70_000}, {Instances: -1}, {Instances: 1000}} {
		if _, err := Open(o); err == nil {
			t.Errorf("%+v is not refused", o)
		}
	}
}

// ink counts the pixels of a part of a picture that are not white.
func ink(img *image.RGBA, part image.Rectangle) int {
	n := 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if c := img.RGBAAt(x, y); c.A != 255 {
				return -1
			} else if int(c.R)+int(c.G)+int(c.B) < 600 {
				n++
			}
		}
	}
	return n
}

// TestPicture draws a page whole and in part, turned as it says, with Chinese whose font the file does not hold.
func TestPicture(t *testing.T) {
	m, _ := document("0 0 595 842 re W n 0 800 100 42 re f " + han("F2", 100, 100, "档案"))
	d, err := engine(t).Document(context.Background(), m.bytes(""))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	img, err := d.Render(context.Background(), 0, 595, 842)
	if err != nil || img.Rect.Size() != image.Pt(595, 842) {
		t.Fatalf("got %v, %v", img, err)
	}
	corner, words := image.Rect(0, 0, 100, 42), image.Rect(100, 720, 150, 760)
	if n := ink(img, corner); n < 4000 {
		t.Errorf("%d black pixels above, want 4200", n)
	}
	if n := ink(img, words); n < 50 && len(font()) > 0 {
		t.Errorf("%d black pixels where Chinese stands", n)
	}
	part, err := d.RenderRegion(context.Background(), 0, Rect{X: 50, Y: 0, Width: 100, Height: 100}, 4)
	if err != nil || part.Rect.Size() != image.Pt(400, 400) {
		t.Fatalf("got %v, %v", part, err)
	}
	if in, out := ink(part, image.Rect(0, 0, 195, 160)), ink(part, image.Rect(205, 0, 400, 400)); in != 195*160 || out != 0 {
		t.Errorf("of the part %d and %d pixels are black, want %d and 0", in, out, 195*160)
	}
	m.objects[9] = "<< /Type /Page /Parent 2 0 R /Rotate 90 /Resources 8 0 R /Contents 9 0 R /MediaBox [0 0 595 842] >>"
	img, err = engine(t).Render(context.Background(), m.bytes(""), 0, 842, 5000)
	if err != nil || img.Rect.Size() != image.Pt(842, 595) || ink(img, image.Rect(800, 0, 842, 100)) < 4000 {
		t.Errorf("turned: got %v, %v", img.Rect, err)
	}
	for _, bad := range [][3]int{{1, 100, 100}, {-1, 100, 100}, {0, 0, 10}, {0, 1 << 30, 1 << 30}} {
		if _, err := d.Render(context.Background(), bad[0], bad[1], bad[2]); err == nil {
			t.Errorf("%v is not refused", bad)
		}
	}
	if _, err := d.RenderRegion(context.Background(), 0, Rect{Width: 1e9, Height: 1}, 1e9); err == nil {
		t.Error("a part of any size is not refused")
	}
}
