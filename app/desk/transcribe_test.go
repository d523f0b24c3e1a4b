package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// untyped is a scan of so many pages without a text.
func untyped(pages int) scan {
	return scan{name: "leaves.tiff", format: "image/tiff", data: tiffPages(pages), pages: pages, recipe: archive.PageRecipe{Extractor: "none", Sizes: [][2]int{{40, 30}}}}
}

func (sc *screen) runs(id string) {
	sc.t.Helper()
	sc.s.Commands.Run(id)
	sc.m.Settle()
}

const pageDown, pageUp = string(fyne.KeyPageDown), string(fyne.KeyPageUp)

// TestTypedPages: what is typed of pages outlives that the document is left and that the program ends, page by page, and
// becomes one text when it is taken.
func TestTypedPages(t *testing.T) {
	sc := scanned(t, untyped(3), onePNG(t))
	sc.shows("leaves.tiff")
	sc.runs("picture.type")
	if sc.on.Focused() != fyne.Focusable(sc.pic.typed.entry) || !sc.texts.Hidden {
		t.Fatal("there is nothing to type into")
	}
	sc.types("first page")
	sc.keys(pageDown)
	if sc.pic.view.Page() != 1 || sc.pic.typed.entry.Text != "" {
		t.Fatalf("page %d: %q", sc.pic.view.Page()+1, sc.pic.typed.entry.Text)
	}
	sc.types("第二页")
	sc.shows("a.png")
	if sc.pic.typed.on {
		t.Error("another document is being typed")
	}
	if got := sc.s.Drafts(); got != 2 {
		t.Errorf("%d drafts", got)
	}
	sc.shows("leaves.tiff")
	sc.runs("picture.type")
	if got := sc.pic.typed.entry.Text; got != "first page" {
		t.Fatalf("come back, the page has %q", got)
	}
	sc.keys(pageDown)
	sc.types("!") // and the program ends before anybody takes it
	sc.m.Pass(draftDelay)
	sc.s.CloseArchive(nil)
	sc.m.Settle()

	sc.open()
	sc.shows("leaves.tiff")
	sc.runs("picture.type")
	sc.keys(pageDown)
	if got := sc.pic.typed.entry.Text; !strings.Contains(got, "第二页") || !strings.Contains(got, "!") {
		t.Fatalf("the next morning the page has %q", got)
	}
	sc.replace("第二页")
	sc.runs("picture.take")
	if got := sc.s.Document().Text.Source().String(); got != "first page\n第二页\n" {
		t.Errorf("the text is %q", got)
	}
	if sc.pic.typed.on || sc.texts.Hidden || sc.s.Drafts() != 0 || sc.on.Focused() != fyne.Focusable(sc.text) {
		t.Errorf("typing goes on: %v, %d drafts", sc.pic.typed.on, sc.s.Drafts())
	}
	if p := sc.pic.open.Recipe.Pages; len(p) != 3 || p[1] != 11 || p[2] != 15 {
		t.Errorf("the pages begin at %v", p)
	}
	sc.wellSaved()
}

// TestTypedAgain: a page that has a text is typed on, and Escape leaves it; what was typed stays.
func TestTypedAgain(t *testing.T) {
	sc := scanned(t, threePages(2))
	sc.runs("picture.focus")
	sc.keys("End")
	sc.runs("picture.type")
	if got := sc.pic.typed.entry.Text; got != "page 3 行 1\npage 3 行 2" {
		t.Fatalf("page 3 has %q", got)
	}
	sc.replace("page three")
	sc.keys("Escape")
	if sc.pic.typed.on || sc.texts.Hidden {
		t.Fatal("Escape does not go back to the text")
	}
	sc.runs("picture.type")
	if got := sc.pic.typed.entry.Text; got != "page three" {
		t.Errorf("what was typed is %q", got)
	}
	sc.keys(pageUp)
	if got := sc.pic.typed.entry.Text; got != "page 2 行 1\npage 2 行 2" {
		t.Errorf("page 2 has %q", got)
	}
	sc.runs("picture.take")
	if got := sc.s.Document().Text.Source().String(); !strings.HasSuffix(got, "\npage 2 行 2\npage three") || sc.pic.open.Recipe.Pages[2] < 10 {
		t.Errorf("the text is %q", got)
	}
}

// TestTypedNothing: what is refused is said above what was typed, which stays.
func TestTypedNothing(t *testing.T) {
	sc := scanned(t, untyped(2))
	sc.runs("picture.type")
	sc.types("  ")
	sc.runs("picture.take")
	if got := sc.pic.typed.head.Text(); !sc.pic.typed.on || got == "" || strings.HasPrefix(got, "Typing page") {
		t.Errorf("it says %q", got)
	}
	sc.replace("at last")
	sc.runs("picture.take")
	if got := sc.s.Document().Text.Source().String(); sc.pic.typed.on || !strings.HasPrefix(got, "at last") {
		t.Errorf("the text is %q: %s", got, sc.pic.typed.head.Text())
	}
}

// tesseract puts a program of that name before all others; it answers so for every page.
func tesseract(t *testing.T, answer string) {
	t.Helper()
	dir := t.TempDir()
	script := "#!/bin/sh\ncase $1 in\n--version) echo tesseract 9.9 ;;\n--list-langs) printf 'List\\neng\\nchi_sim\\n' ;;\n*) cat >/dev/null; " + answer + " ;;\nesac\n"
	if err := os.WriteFile(filepath.Join(dir, "tesseract"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

const seenTable = `printf 'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n` +
	`5\t1\t1\t1\t1\t1\t2\t4\t6\t5\t95.5\tCounty\n5\t1\t1\t1\t1\t2\t12\t4\t6\t5\t41\t0ffice\n'`

// TestReadByTesseract: what a program reads is offered, taken when it is asked for, and its doubtful words are framed in the
// text and on the picture.
func TestReadByTesseract(t *testing.T) {
	tesseract(t, seenTable)
	sc := scanned(t, untyped(2))
	sc.runs("picture.read")
	sc.keys("Return") // in the language that is guessed
	if sc.s.Document().Info.Chars != 0 {
		t.Fatal("it was taken before anybody was asked")
	}
	sc.keys(" ")
	if sc.s.Document().Info.Chars == 0 {
		sc.keys("Return")
	}
	if got := sc.s.Document().Text.Source().String(); got != "County 0ffice\nCounty 0ffice" {
		t.Fatalf("the text is %q", got)
	}
	framed := sc.pic.doubtful(sc.s.Document())
	if len(framed) != 2 || framed[0].Start != 7 || framed[0].End != 13 || framed[1].Start != 21 {
		t.Errorf("framed are %v", framed)
	}
	sc.selects("0ffice")
	s := sc.shape(seenShape)
	if s == nil || s.Page != 0 || s.Points[0].X != 12 || s.Points[1].Y != 9 || !strings.Contains(s.Note, "41") {
		t.Errorf("on the picture: %+v", s)
	}
	sc.keys("e")
	sc.replace("Office")
	sc.keys("Return")
	if framed := sc.pic.doubtful(sc.s.Document()); len(framed) != 1 || framed[0].Start != 21 {
		t.Errorf("corrected, framed are %v", framed)
	}
	sc.wellSaved()
}

// TestTesseractFails: what it says is said, and nothing is changed.
func TestTesseractFails(t *testing.T) {
	tesseract(t, "echo out of memory >&2; exit 1")
	sc := scanned(t, untyped(2))
	sc.runs("picture.read")
	sc.keys("Return")
	if got := sc.s.Status().Notice; !strings.Contains(got, "out of memory") || sc.s.Document().Info.Chars != 0 {
		t.Errorf("it says %q", got)
	}
	t.Setenv("PATH", t.TempDir())
	sc.runs("picture.read")
	if got := sc.s.Status().Notice; !strings.Contains(got, "not installed") {
		t.Errorf("without it: %q", got)
	}
}

// TestPicturesReadOnly: an archive that only can be read shows pages and regions, and why it changes nothing.
func TestPicturesReadOnly(t *testing.T) {
	sc := scanned(t, onePNG(t))
	sc.draws()
	sc.keys("p")
	was := sc.marks()[0]
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	sc.sql("PRAGMA user_version=999")
	sc.open()
	if sc.shape(string(was.ID)) == nil {
		t.Fatalf("the region is not shown: %+v", sc.pic.shapes)
	}
	for _, id := range []string{"picture.rectangle", "picture.polygon", "picture.type", "picture.read"} {
		sc.s.Say("")
		sc.runs(id)
		if got := sc.s.Status().Notice; !strings.Contains(got, "newer") || sc.pic.typed.on {
			t.Errorf("%s says %q", id, got)
		}
	}
	sc.runs("picture.focus")
	sc.pic.view.Select(string(was.ID))
	for _, k := range []string{"o", "m", "f", "Delete", "Right"} {
		sc.keys(k)
	}
	sc.pic.flush()
	sc.m.Settle()
	if now := sc.marks()[0]; now.Key != "person" || !now.InForce() || now.Anchor.Region != was.Anchor.Region || sc.small.IsOpen() || sc.s.Unsaved() != 0 {
		t.Errorf("it has become %+v", now)
	}
	if s := sc.shape(string(was.ID)); s.Points[0] != shapePoints(was.Anchor.Region) {
		t.Errorf("it is shown at %v", s.Points)
	}
}

func shapePoints(region string) (first struct{ X, Y float64 }) {
	s, _ := session.ShapeOf("", region)
	return s.Points[0]
}

// TestRegionsUnderAPolicy: what an archivist draws waits, and is shown as what waits.
func TestRegionsUnderAPolicy(t *testing.T) {
	sc := scanned(t, onePNG(t))
	for _, e := range []*archive.Edit{{Do: "person.set", Name: "Li", Role: "reviewer"}, {Do: "person.set", Name: "Wang", Role: "archivist"}, {Do: "policy.set", Review: "everything"}} {
		sc.s.Apply(nil, e)
		sc.m.Settle()
	}
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	sc.actor = "Wang"
	sc.open()
	sc.draws()
	sc.keys("p")
	it := sc.marks()[0]
	if s := sc.shape(string(it.ID)); !it.Open() || s == nil || !s.Proposed || s.Label != "person" {
		t.Fatalf("%+v is shown as %+v", it, s)
	}
	sc.draws("Right", "Right", "Right")
	sc.keys("f", "1")
	sc.types("A plan")
	sc.keys("Return")
	v := sc.s.Document().Of(archive.AValue)
	if len(v) != 1 || !v[0].Open() {
		t.Fatalf("the values are %+v", v)
	}
	if s := sc.shape(string(v[0].ID)); s == nil || !s.Proposed || sc.pic.drawn != "" {
		t.Errorf("its evidence is shown as %+v", s)
	}
	sc.s.CloseArchive(nil)
	sc.m.Settle()
	sc.actor = "Li"
	sc.open()
	sc.Reveal(it.ID)
	sc.keys("Alt+A")
	if now := sc.marks()[0]; !now.InForce() || sc.shape(string(it.ID)).Proposed {
		t.Errorf("approved, it is %s", now.State)
	}
}

// TestWithoutTextOrPages: what has no text is invited to be typed, what needs a program says which, and what has neither
// says that.
func TestWithoutTextOrPages(t *testing.T) {
	sc := scanned(t, untyped(1),
		scan{name: "old.doc", format: "application/msword", data: []byte("an old file"), recipe: map[string]any{"extractor": "none", "needs": "LibreOffice"}},
		scan{name: "x.bin", format: "application/octet-stream", data: []byte("bytes"), recipe: map[string]any{"extractor": "none"}})
	for name, want := range map[string]string{"leaves.tiff": "This scan has no text", "old.doc": "LibreOffice is needed", "x.bin": "There is no text in this document"} {
		sc.shows(name)
		if got, _ := sc.pic.typed.empty.Words(); !sc.pic.typed.empty.Visible() || !strings.Contains(got, want) || !sc.texts.Hidden {
			t.Errorf("%s: %q", name, got)
		}
		has := sc.pic.all.Objects[0] == sc.pic.split
		if has != (name == "leaves.tiff") {
			t.Errorf("%s: a picture is shown: %v", name, has)
		}
		sc.runs("picture.type")
		if sc.pic.typed.on != (name == "leaves.tiff") {
			t.Errorf("%s is typed: %v", name, sc.pic.typed.on)
		}
	}
}

// TestDamagedPicture: where a page cannot be shown there is a sentence in its place, and the rest of the desk works.
func TestDamagedPicture(t *testing.T) {
	broken := onePNG(t)
	broken.data = broken.data[:40]
	lost := untyped(2)
	lost.name, lost.data = "lost.pdf", []byte("%PDF-1.7 and nothing else")
	lost.format = "application/pdf"
	sc := scanned(t, broken, lost)
	said, words := "", sc.pic.view.Words.Failed
	sc.pic.view.Words.Failed = func(page widgets.ImagePage, err error) string {
		said = words(page, err)
		return said
	}
	sc.shows("a.png")
	sc.on.Capture()
	if !strings.Contains(said, "Page 1 cannot be shown") || strings.Contains(said, "png:") {
		t.Errorf("in its place: %q", said)
	}
	sc.runs("picture.rectangle")
	sc.keys("Return")
	if sc.pic.view.Drawing() {
		t.Error("a region is drawn on nothing")
	}
	sc.runs("picture.type")
	sc.types("what I can still read")
	sc.runs("picture.take")
	if got := sc.s.Document().Text.Source().String(); got != "what I can still read" {
		t.Errorf("the text is %q", got)
	}
	sc.shows("lost.pdf")
	if got := sc.pic.view.Words.None; got == "" || strings.Contains(got, "No pages") || strings.Contains(got, "Opening") {
		t.Errorf("in place of a PDF: %q", got)
	}
	sc.FocusInspector()
	sc.types("A title")
	sc.keys("Return")
	if sc.title() != "A title" {
		t.Errorf("the title is %q", sc.title())
	}
}

// TestHistoryOfATypedText: the history says what a scan was read as, in words.
func TestHistoryOfATypedText(t *testing.T) {
	sc := scanned(t, untyped(1))
	sc.runs("picture.type")
	sc.types("a line")
	sc.runs("picture.take")
	sc.runs("tab.history")
	got := sc.listed()
	if !strings.Contains(got, "no text") || !strings.Contains(got, "its pictures") || !strings.Contains(got, "image/tiff") || strings.Contains(got, ", ,") {
		t.Errorf("the history: %s", got)
	}
}
