package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// pngPage is a page of paper with something dark on it.
func pngPage(t *testing.T, w, h int) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = 240
	}
	for x := w / 4; x < w/2; x++ {
		m.SetGray(x, h/2, color.Gray{Y: 20})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tiffPages is a TIFF of pages of 40 by 30 pixels, each of one grey.
func tiffPages(n int) []byte {
	const entries, w, h = 9, 40, 30
	out := []byte{'I', 'I', 42, 0, 8, 0, 0, 0}
	short := func(v uint32) { out = append(out, byte(v), byte(v>>8)) }
	long := func(v uint32) { short(v & 0xFFFF); short(v >> 16) }
	for i := range n {
		pixels := uint32(len(out) + 2 + entries*12 + 4)
		short(entries)
		for _, e := range [entries][3]uint32{{256, 4, w}, {257, 4, h}, {258, 3, 8}, {259, 3, 1}, {262, 3, 1}, {273, 4, pixels}, {277, 3, 1}, {278, 4, h}, {279, 4, w * h}} {
			short(e[0])
			short(e[1])
			long(1)
			long(e[2])
		}
		next := pixels + w*h
		if i == n-1 {
			next = 0
		}
		long(next)
		out = append(out, bytes.Repeat([]byte{byte(240 - 20*i)}, w*h)...)
	}
	return out
}

// A scan is a document with pages, as it comes in.
type scan struct {
	name, format, text string
	data               []byte
	pages              int
	recipe             any
}

func (c scan) incoming(order int) *archive.Incoming {
	sum := sha256.Sum256(c.data)
	in := &archive.Incoming{Path: c.name, Order: order, Original: c.data, SHA256: hex.EncodeToString(sum[:]), Format: c.format, Confidence: 1, Pages: c.pages, Text: c.text}
	if c.recipe != nil {
		in.Recipe, _ = json.Marshal(c.recipe)
	}
	return in
}

// scanned is a desk with documents that have pages.
func scanned(t *testing.T, scans ...scan) *screen {
	t.Helper()
	test.NewTempApp(t)
	sc := &screen{t: t, path: filepath.Join(t.TempDir(), "scans.fonds")}
	ctx := context.Background()
	a, err := storage.Create(ctx, sc.path, storage.NewArchive{Owner: "Zhang", Template: template.Default}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	in := make(chan *archive.Incoming, len(scans))
	for i, c := range scans {
		in <- c.incoming(i)
	}
	close(in)
	if err := a.Import(ctx, "Zhang", in, func(storage.Imported) {}); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	sc.open()
	return sc
}

func onePNG(t *testing.T) scan {
	return scan{name: "a.png", format: "image/png", data: pngPage(t, 200, 150), pages: 1, recipe: archive.PageRecipe{Extractor: "none", Sizes: [][2]int{{200, 150}}}}
}

// shift holds Shift over a key that the picture gets.
func (sc *screen) held(mod, key fyne.KeyName) {
	sc.t.Helper()
	v := sc.pic.view
	v.KeyDown(&fyne.KeyEvent{Name: mod})
	v.TypedKey(&fyne.KeyEvent{Name: key})
	v.KeyUp(&fyne.KeyEvent{Name: mod})
	sc.m.Settle()
}

// draws draws a rectangle by keys.
func (sc *screen) draws() {
	sc.t.Helper()
	sc.s.Commands.Run("picture.rectangle")
	sc.m.Settle()
	sc.keys("Return", "Right", "Down", "Return")
	if sc.pic.drawn == "" {
		sc.t.Fatal("nothing was drawn")
	}
}

func (sc *screen) marks() []*archive.Item { return sc.s.Document().Of(archive.AMark) }

func (sc *screen) shape(id string) *widgets.ImageShape {
	for _, s := range sc.pic.shapes {
		if s.ID == id {
			return &s
		}
	}
	return nil
}

// TestRegionByKeys: what was drawn is marked by the key of a label, is that mark from then on, and not drawn any more.
func TestRegionByKeys(t *testing.T) {
	sc := scanned(t, onePNG(t))
	sc.draws()
	region := sc.pic.drawn
	sc.keys("p")
	if len(sc.marks()) != 1 || sc.marks()[0].Anchor.Region != region || sc.marks()[0].Key != "person" {
		t.Fatalf("the marks are %+v", sc.marks())
	}
	id := string(sc.marks()[0].ID)
	if sc.pic.drawn != "" || sc.shape(drawnShape) != nil || sc.pic.view.Selected() != id {
		t.Errorf("drawn %q, selected %q", sc.pic.drawn, sc.pic.view.Selected())
	}
	sc.keys("o") // another label of the same
	if len(sc.marks()) != 1 || sc.marks()[0].Key != "organisation" || string(sc.marks()[0].ID) != id {
		t.Fatalf("the marks are %+v", sc.marks())
	}
	sc.keys("m")
	sc.types("as signed")
	sc.keys("Return")
	if got := sc.marks()[0].Text; got != "as signed" {
		t.Errorf("the comment is %q", got)
	}
	sc.wellSaved()
}
