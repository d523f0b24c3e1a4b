package ocr

import (
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"fonds/assets"
	"fonds/storage/archive"
)

const table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" +
	"1\t1\t0\t0\t0\t0\t0\t0\t600\t400\t-1\t\n" +
	"5\t1\t1\t1\t1\t1\t20\t40\t60\t20\t95.5\t司法\n" +
	"5\t1\t1\t1\t1\t2\t84\t40\t30\t20\t41.0\t厅\n" +
	"5\t1\t1\t1\t1\t3\t120\t40\t30\t20\t88\tNo.\n" +
	"5\t1\t1\t1\t2\t1\t20\t80\t30\t20\t-1\tx\ty\n" +
	"5\t1\t2\t1\t1\t1\t20\t200\t30\t20\t60\t \n" +
	"5\t1\t2\t1\t1\t2\t20\t200\t30\t20\t60\tend\r\n"

// TestParse: words become lines and blocks, with their places in the text and on the page.
func TestParse(t *testing.T) {
	p, err := parse(table, 3, 2)
	if err != nil {
		t.Fatal(err)
	}
	if want := "司法厅 No.\nxy\n\nend"; p.Text != want {
		t.Errorf("the text is %q, not %q", p.Text, want)
	}
	rs := []rune(p.Text)
	var got []string
	for _, w := range p.Words {
		got = append(got, string(rs[w.Start:w.End]))
	}
	if s := strings.Join(got, "|"); s != "司法|厅|No.|xy|end" || p.Words[1] != (archive.SeenWord{Start: 2, End: 3, Page: 3, X: 42, Y: 20, W: 15, H: 10, Sure: 41}) || p.Words[3].Sure != 0 {
		t.Errorf("words %s, %+v", s, p.Words)
	}
	if _, err := parse("some other program\n", 1, 1); err == nil {
		t.Error("what is no table is read")
	}
	e := (&Reader{Version: "tesseract 5"}).Edit("d", "eng", []Page{{}, p})
	if w := e.Seeing.Words[0]; w.Start != 1 || w.End != 3 || e.Seeing.Language != "eng" {
		t.Errorf("in the document: %+v", e.Seeing)
	}
}

// FuzzParse: whatever the answer, words are where the text has them.
func FuzzParse(f *testing.F) {
	f.Add(table)
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parse(s, 1, 1)
		if err != nil {
			return
		}
		if !utf8.ValidString(p.Text) {
			t.Fatalf("no UTF-8: %q", p.Text)
		}
		n, at := utf8.RuneCountInString(p.Text), 0
		for _, w := range p.Words {
			if w.Start < at || w.End <= w.Start || w.End > n {
				t.Fatalf("word %+v of %d code points", w, n)
			}
			at = w.End
		}
	})
}

// TestTesseract reads a page that was drawn, where tesseract is installed.
func TestTesseract(t *testing.T) {
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	r, err := Find(ctx)
	if errors.Is(err, ErrNone) {
		t.Skip("tesseract is not installed here")
	}
	if err != nil {
		t.Fatal(err)
	}
	page := image.NewRGBA(image.Rect(0, 0, 1000, 300))
	draw.Draw(page, page.Bounds(), image.White, image.Point{}, draw.Src)
	f, err := opentype.Parse(assets.Regular())
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 40, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	d := font.Drawer{Dst: page, Src: image.NewUniform(color.Black), Face: face, Dot: fixed.P(60, 120)}
	d.DrawString("The County Records Office")
	d.Dot = fixed.P(60, 172)
	d.DrawString("received 12 letters")
	got, err := r.Read(ctx, page, 1, r.Guess("en"), 1)
	if err != nil {
		t.Fatal(err)
	}
	if got.Text != "The County Records Office\nreceived 12 letters" {
		t.Errorf("it reads %q", got.Text)
	}
	if w := got.Words[0]; w.X < 50 || w.X > 80 || w.Y < 70 || w.Y > 120 || w.H < 15 || w.H > 50 {
		t.Errorf("the first word stands at %+v", w)
	}
	if _, err := r.Read(ctx, page, 1, "tlh", 1); err == nil || !strings.Contains(err.Error(), "eng") {
		t.Errorf("Klingon: %v", err)
	}
}

// TestNone: without the program there is a sentence that says what to install; a program of the same name that is none is
// told from it.
func TestNone(t *testing.T) {
	defer func(was string) { program = was }(program)
	program = filepath.Join(t.TempDir(), "tesseract")
	if _, err := Find(context.Background()); !errors.Is(err, ErrNone) {
		t.Errorf("%v", err)
	}
	if err := os.WriteFile(program, []byte("#!/bin/sh\ncat >/dev/null\nif [ \"$1\" = --list-langs ]; then echo list; echo eng; else echo hello; fi\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	r, err := Find(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Read(context.Background(), image.NewRGBA(image.Rect(0, 0, 2, 2)), 1, "eng", 1); err == nil || !strings.Contains(err.Error(), "no table") {
		t.Errorf("%v", err)
	}
}
