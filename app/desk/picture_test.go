package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
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

// draws draws a rectangle by keys; more of them move its corner.
func (sc *screen) draws(more ...string) {
	sc.t.Helper()
	sc.s.Commands.Run("picture.rectangle")
	sc.m.Settle()
	sc.keys("Return", "Right", "Down")
	sc.keys(append(more, "Return")...)
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

// TestPictureModes: the key goes from both to the picture alone to the text alone and around; what has no text shows its
// picture in any case while it is typed.
func TestPictureModes(t *testing.T) {
	with := onePNG(t)
	with.name, with.text, with.data = "b.png", "words of the page", pngPage(t, 210, 150)
	sc := scanned(t, with, onePNG(t))
	p := sc.pic
	see := func() string {
		switch o := p.all.Objects[0]; {
		case o == p.split:
			return "both"
		case o == p.pane:
			return "picture"
		case o == p.beside && !sc.texts.Hidden:
			return "text"
		}
		return "?"
	}
	for _, want := range []string{"both", "picture", "text", "both", "picture", "text"} {
		if got := see(); got != want {
			t.Fatalf("shown is %s, not %s", got, want)
		}
		if want == "text" && sc.on.Focused() != fyne.Focusable(sc.text) {
			t.Error("the text has not the keyboard")
		}
		sc.s.Commands.Run("picture.view")
		sc.m.Settle()
	}
	sc.s.Commands.Run("picture.view")
	sc.s.Commands.Run("picture.view")
	sc.m.Settle()
	if see() != "text" {
		t.Fatalf("shown is %s", see())
	}
	sc.s.Commands.Run("picture.focus")
	sc.m.Settle()
	if see() != "both" || sc.on.Focused() != fyne.Focusable(p.view) {
		t.Error("the picture is not there when it is asked for")
	}
	sc.s.Commands.Run("picture.view")
	sc.s.Commands.Run("picture.view") // the text alone
	sc.shows("a.png")
	if see() != "both" || !sc.texts.Hidden || !p.typed.empty.Visible() {
		t.Errorf("of what has no text %s is shown", see())
	}
}

// shows shows a document of the list by the name of its file.
func (sc *screen) shows(name string) {
	sc.t.Helper()
	for i := range sc.s.Rows() {
		sc.s.OpenDocument(sc.s.Row(i).ID)
		sc.m.Settle()
		if d := sc.s.Document(); d != nil && d.Info.Path == name {
			return
		}
	}
	sc.t.Fatalf("there is no %s", name)
}

// threePages is a scan of three pages with a text on each, and lines enough to scroll.
func threePages(lines int) scan {
	c := scan{name: "leaves.tiff", format: "image/tiff", data: tiffPages(3), pages: 3}
	var starts []int
	for p := range 3 {
		starts = append(starts, len([]rune(c.text)))
		for i := range lines {
			c.text += fmt.Sprintf("page %d 行 %d\n", p+1, i+1)
		}
	}
	c.recipe = archive.PageRecipe{Extractor: "typed", Pages: starts, Sizes: [][2]int{{40, 30}}}
	return c
}

// TestPageAndTextTogether: the text goes to the page that is turned to, and the page to the text that is scrolled to.
func TestPageAndTextTogether(t *testing.T) {
	sc := scanned(t, threePages(80))
	sc.s.Commands.Run("picture.focus")
	sc.keys(string(fyne.KeyPageDown)) // fits in the view: on to the next page
	starts := sc.pic.open.Recipe.Pages
	if top, _ := sc.text.Top(); sc.pic.view.Page() != 1 || top != starts[1] {
		t.Fatalf("page %d, the text is at %d of %v", sc.pic.view.Page()+1, top, starts)
	}
	sc.keys("End")
	if top, _ := sc.text.Top(); sc.pic.view.Page() != 2 || top != starts[2] {
		t.Fatalf("page %d, the text is at %d of %v", sc.pic.view.Page()+1, top, starts)
	}
	sc.text.SetTop(0, 0)
	sc.pic.follow()
	if sc.pic.view.Page() != 0 {
		t.Errorf("page %d is beside the first line", sc.pic.view.Page()+1)
	}
	sc.text.SetTop(starts[1]+30, 0)
	sc.pic.follow()
	if top, _ := sc.text.Top(); sc.pic.view.Page() != 1 || top < starts[1]+1 {
		t.Errorf("page %d, the text is at %d: it was to stay where it is", sc.pic.view.Page()+1, top)
	}
}

// TestRegionKeys: with a region keys are those of marks; tags, the next document and back stay where they are.
func TestRegionKeys(t *testing.T) {
	other := onePNG(t)
	other.name, other.data = "b.png", pngPage(t, 210, 150)
	sc := scanned(t, onePNG(t), other)
	sc.draws()
	sc.keys("Escape")
	if sc.pic.drawn != "" || sc.shape(drawnShape) != nil {
		t.Error("Escape does not take back what was drawn")
	}
	sc.keys("p")
	if len(sc.marks()) != 0 {
		t.Error("a mark without a region")
	}
	sc.draws()
	sc.keys("l", "Delete")
	if len(sc.marks()) != 1 || sc.marks()[0].InForce() {
		t.Errorf("after Delete: %+v", sc.marks())
	}
	sc.s.Commands.Run("undo")
	sc.m.Settle()
	if !sc.marks()[0].InForce() || sc.shape(string(sc.marks()[0].ID)) == nil {
		t.Error("undone, the mark is not there")
	}
	sc.keys("j")
	if got := sc.s.Document().Info.Path; got != "b.png" {
		t.Fatalf("after J it is %s", got)
	}
	if sc.pic.shapes != nil || sc.pic.drawn != "" {
		t.Errorf("shapes of the document before: %+v", sc.pic.shapes)
	}
	sc.s.Commands.Run("picture.focus")
	sc.keys("k")
	if got := sc.s.Document().Info.Path; got != "a.png" {
		t.Errorf("after K it is %s", got)
	}
}

// TestRegionMoved: arrows move the selected region, and one operation tells it.
func TestRegionMoved(t *testing.T) {
	sc := scanned(t, onePNG(t))
	sc.draws()
	sc.keys("p")
	was := sc.marks()[0].Anchor.Region
	sc.keys("Right", "Right", "Down")
	sc.pic.flush()
	sc.m.Settle()
	if now := sc.marks()[0].Anchor.Region; now == was || sc.operations() != 1 {
		t.Errorf("it lay at %s and lies at %s: %d operations", was, now, sc.operations())
	}
	sc.s.Commands.Run("undo")
	sc.m.Settle()
	if now := sc.marks()[0].Anchor.Region; now != was {
		t.Errorf("undone it lies at %s, not at %s", now, was)
	}
}

// TestEvidenceOnAPicture: a field names the part of the picture that says it, and leads there, whatever else lies there.
func TestEvidenceOnAPicture(t *testing.T) {
	sc := scanned(t, onePNG(t))
	sc.draws()
	region := sc.pic.drawn
	sc.keys("f", "1")
	sc.types("A plan")
	sc.keys("Return")
	v := sc.s.Document().Values(archive.TitleField)
	if len(v) != 1 || v[0].Text != "A plan" || v[0].Anchor == nil || v[0].Anchor.Region != region {
		t.Fatalf("the title is %+v", v)
	}
	if s := sc.shape(string(v[0].ID)); s == nil || sc.pic.drawn != "" {
		t.Fatalf("its evidence is not on the picture: %+v", sc.pic.shapes)
	}
	sc.pic.view.Select("")
	sc.reveal(v[0].ID)
	if got := sc.pic.view.Selected(); got != string(v[0].ID) {
		t.Errorf("selected is %q", got)
	}
	sc.s.Commands.Run("picture.focus")
	sc.keys("o") // a mark just there, which is what is seen from now on
	sc.pic.view.Select("")
	sc.reveal(v[0].ID)
	if got := sc.pic.view.Selected(); len(sc.marks()) != 1 || got != string(sc.marks()[0].ID) {
		t.Errorf("selected is %q of %+v", got, sc.pic.shapes)
	}
}

// TestRevealOnTheWay: what is asked for while the picture is being opened is shown when it is there.
func TestRevealOnTheWay(t *testing.T) {
	other := threePages(1)
	other.name = "b.tiff"
	sc := scanned(t, onePNG(t), other)
	sc.shows("b.tiff")
	sc.s.Commands.Run("picture.focus")
	sc.keys("End")
	sc.draws()
	sc.keys("p")
	id := sc.marks()[0].ID
	doc := sc.s.Document().ID
	sc.shows("a.png")
	sc.s.OpenDocument(doc)
	sc.m.Settle()
	sc.Reveal(id)
	sc.m.Settle()
	if sc.pic.view.Page() != 2 || sc.pic.view.Selected() != string(id) || sc.on.Focused() != fyne.Focusable(sc.pic.view) {
		t.Errorf("page %d, selected %q", sc.pic.view.Page()+1, sc.pic.view.Selected())
	}
	sc.pic.close()
	sc.pic.show()
	sc.pic.reveal(id) // nothing is open yet
	sc.m.Settle()
	if sc.pic.view.Page() != 2 || sc.pic.view.Selected() != string(id) {
		t.Errorf("on the way: page %d, selected %q", sc.pic.view.Page()+1, sc.pic.view.Selected())
	}
}

// TestPagesStayOpen: another text of a document leaves its pages as they are: they are opened by what was there before.
func TestPagesStayOpen(t *testing.T) {
	sc := scanned(t, threePages(1))
	was := sc.pic.open
	sc.s.TypePages([]string{"one", "two", "three"}, nil, func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	sc.m.Settle()
	if sc.pic.open == was || len(sc.pic.open.Recipe.Pages) != 3 || sc.pic.open.Recipe.Pages[1] != 4 {
		t.Fatalf("the pages are those of the text before: %+v", sc.pic.open.Recipe)
	}
	if _, err := was.Page(t.Context(), 2); err != nil {
		t.Errorf("a page that is opened now: %v", err)
	}
	sc.shows("leaves.tiff")
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	if _, err := was.Page(t.Context(), 2); err == nil {
		t.Error("the original is not let go of")
	}
}
