package command

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"os"
	osexec "os/exec"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"fonds/assets"
	"fonds/storage/archive"
)

// TestPageVerb writes the picture of a page, at the size that is asked for, and never over a file.
func TestPageVerb(t *testing.T) {
	b := newBench(t)
	b.must("new", "@a.fonds", "--as", "Zhang")
	b.write("in/scan.png", picture(t, 300, 200))
	b.write("in/note.txt", "words\n")
	b.must("import", "@a.fonds", "@in", "--as", "Zhang")
	for _, tt := range []struct {
		args string
		w, h int
	}{{"--out -", 300, 200}, {"--out - --size 100", 100, 66}, {"--out - --page 1 --size 1000", 300, 200}} {
		out := b.must(append([]string{"page", "@a.fonds", "path:scan.png"}, strings.Fields(tt.args)...)...)
		m, err := png.DecodeConfig(strings.NewReader(out))
		if err != nil || m.Width != tt.w || m.Height != tt.h {
			t.Errorf("%s: %d x %d, %v", tt.args, m.Width, m.Height, err)
		}
	}
	to := b.file("page.png")
	b.must("page", "@a.fonds", "path:scan.png", "--out", to)
	if data, err := os.ReadFile(to); err != nil || !bytes.HasPrefix(data, []byte("\x89PNG")) {
		t.Errorf("%.8q, %v", data, err)
	}
	for _, args := range []string{"page @a.fonds path:scan.png --out " + to, "page @a.fonds path:scan.png --out - --page 2", "page @a.fonds path:note.txt --out -", "page @a.fonds path:scan.png"} {
		if code := b.run(strings.Fields(args)...); code == 0 || b.stdout != "" || b.stderr == "" {
			t.Errorf("%s: %d %q %q", args, code, b.stdout, b.stderr)
		}
	}
}

// TestOCRVerb has a page read, where tesseract is installed; that is the text of the document then, and undo takes it back.
func TestOCRVerb(t *testing.T) {
	if _, err := osexec.LookPath("tesseract"); err != nil {
		t.Skip("tesseract is not installed here")
	}
	b := newBench(t)
	b.must("new", "@a.fonds", "--as", "Zhang")
	b.write("in/scan.png", lettered(t, "Received 12 letters"))
	b.must("import", "@a.fonds", "@in", "--as", "Zhang")
	said := objects[ocred](t, b.must("ocr", "@a.fonds", "path:scan.png", "--language", "eng", "--as", "Zhang", "--json"))[0]
	if said.Words != 3 || said.Pages != 1 || !strings.HasPrefix(said.Program, "tesseract") || said.Language != "eng" || said.Chars != 19 {
		t.Errorf("%+v", said)
	}
	if got := b.must("text", "@a.fonds", "path:scan.png"); got != "Received 12 letters" {
		t.Errorf("it reads %q", got)
	}
	b.must("undo", "@a.fonds", "--as", "Zhang")
	if got := b.must("text", "@a.fonds", "path:scan.png"); got != "" {
		t.Errorf("undone it reads %q", got)
	}
	if code := b.run("ocr", "@a.fonds", "path:scan.png", "--language", "tlh", "--as", "Zhang"); code != 2 || !strings.Contains(b.stderr, "eng") {
		t.Errorf("%d %q", code, b.stderr)
	}
}

// TestTypedVerb: a page is typed by a line of apply.
func TestTypedVerb(t *testing.T) {
	b := newBench(t)
	b.must("new", "@a.fonds", "--as", "Zhang")
	b.write("in/scan.png", picture(t, 300, 200))
	b.must("import", "@a.fonds", "@in", "--as", "Zhang")
	b.apply(`{"do":"document.text","doc":"path:scan.png","pages":["关于召开会议的通知\n各县："]}`)
	if got := b.must("text", "@a.fonds", "path:scan.png"); got != "关于召开会议的通知\n各县：" {
		t.Errorf("it reads %q", got)
	}
	if got := b.must("list", "@a.fonds", "--query", "has:no-text", "--json"); got != "" {
		t.Errorf("without a text is %s", got)
	}
	b.apply(`{"do":"mark.add","doc":"path:scan.png","label":"person","region":"page=1&xywh=pixel:1,2,30,40"}`)
	if r := objects[struct{ Regions []struct{ Region string } }](t, b.must("show", "@a.fonds", "path:scan.png", "--json"))[0]; len(r.Regions) != 1 || r.Regions[0].Region != (archive.Region{Page: 1, Points: [][2]int{{1, 2}, {31, 42}}}).String() {
		t.Errorf("regions %+v", r)
	}
}

// lettered is a PNG of a page with words on it.
func lettered(t *testing.T, words string) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 800, 200))
	draw.Draw(m, m.Rect, image.White, image.Point{}, draw.Src)
	f, err := opentype.Parse(assets.Regular())
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 48, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	(&font.Drawer{Dst: m, Src: image.Black, Face: face, Dot: fixed.P(60, 110)}).DrawString(words)
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
