package desk

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"fonds/storage"
	"fonds/storage/archive"
)

// broken is the desk on a document of whose last lines two were read in a wrong
// encoding and begin another document: the end of the sample, as import sees it.
func broken(t *testing.T) *screen {
	t.Helper()
	test.NewTempApp(t)
	sc := &screen{t: t, path: filledWith(t)}
	a, err := storage.Open(context.Background(), sc.path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	text := "推进会通知\n来源: 某网\n正文在此。\n鎶婁娇鍛芥斁鍦ㄥ績涓\n另一题\n另文甲乙"
	at := func(words string) int { return archive.NewText(text).Index(words, 0) }
	in := make(chan *archive.Incoming, 1)
	in <- &archive.Incoming{Path: "b.txt", Original: []byte(text), SHA256: "b", Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text,
		Repairs: []archive.Repair{{Start: at("鎶"), End: at("鎶") + 10, Text: "把使命放在心▯", Reason: "mojibake", Recipe: "utf-8 read as gbk",
			Detail: "6 e4b8?? 上 中 为", Rule: "mojibake", Confidence: 0.99}},
		Furniture: []archive.Zone{{Start: at("来源"), End: at("\n正文"), Kind: "label", Rule: "label"}},
		Borders:   []archive.Beginning{{At: at("鎶"), Or: []int{at("另一题")}, Rule: "tail", Confidence: 0.8}}}
	close(in)
	if err := a.Import(context.Background(), "Zhang", in, func(r storage.Imported) {
		if r.Err != nil {
			t.Error(r.Err)
		}
	}); err != nil {
		t.Fatal(err)
	}
	sc.open()
	return sc
}

// choose lists the marks and chooses the one of a kind.
func (sc *screen) choose(w archive.What) *archive.Item {
	sc.t.Helper()
	sc.s.Commands.Run("tab.marks")
	sc.m.Settle()
	pane := sc.inspector.marks
	i := slices.IndexFunc(pane.items, func(it *archive.Item) bool { return it.What == w })
	if i < 0 {
		sc.t.Fatalf("the list has no %s", w)
	}
	pane.list.SetSelected(i)
	pane.showButtons()
	return pane.items[i]
}

// TestFillIn: a repair with a character that lost bytes asks which it is, and is
// taken with it.
func TestFillIn(t *testing.T) {
	for _, tt := range []struct {
		name string
		keys []string
		want string
	}{
		{"the first", []string{"Return"}, "把使命放在心上"},
		{"by its number", []string{"2"}, "把使命放在心中"},
		{"left as a gap", []string{"0"}, "把使命放在心▯"},
		{"not at all", []string{"Escape"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sc := broken(t)
			it := sc.choose(archive.ACorrection)
			sc.keys("Alt+A")
			sc.keys(tt.keys...)
			got := sc.s.Document().Item(it.ID)
			switch {
			case tt.want == "" && !got.Open():
				t.Errorf("it was taken: %+v", got)
			case tt.want != "" && (got.Text != tt.want || !got.InForce() || got.By != "Zhang"):
				t.Errorf("it is %+v", got)
			case tt.want != "" && sc.s.Document().Text.Text().Index(tt.want, 0) < 0:
				t.Errorf("the text reads %q", sc.s.Document().Text.Text())
			}
			sc.wellSaved()
		})
	}
}

// TestSplitByKeys: a proposed border asks where it is; the part opens with one key,
// and from there the whole.
func TestSplitByKeys(t *testing.T) {
	sc := broken(t)
	whole := sc.s.Document().ID
	it := sc.choose(archive.ASplit)
	sc.keys("Alt+A", "2")
	sc.wellSaved()
	parts := sc.s.Document().Parts()
	if len(parts) != 1 || sc.s.Document().LineAt(parts[0].Anchor.Start.At) != "另一题" || parts[0].ID != it.ID {
		t.Fatalf("the parts are %+v", parts)
	}
	sc.s.Commands.Run("doc.kin")
	sc.m.Settle()
	if d := sc.s.Document(); d.ID == whole || d.Text.Text().String() != "另一题\n另文甲乙" {
		t.Fatalf("the part is %q", d.Text.Text())
	}
	sc.s.Commands.Run("doc.kin")
	sc.m.Settle()
	if sc.s.Document().ID != whole {
		t.Fatal("the whole does not open")
	}
	sc.choose(archive.ASplit)
	sc.inspector.marks.removeChosen()
	sc.m.Settle()
	if n := len(sc.s.Document().Parts()); n != 0 {
		t.Errorf("joined again it has %d parts", n)
	}
	sc.s.Commands.Run("undo")
	sc.m.Settle()
	if n := len(sc.s.Document().Parts()); n != 1 {
		t.Errorf("after the undo it has %d parts", n)
	}
}

// TestSplitAtCaret: from the line of the caret on, or the words selected.
func TestSplitAtCaret(t *testing.T) {
	sc := broken(t)
	sc.selects("正文在此。")
	sc.s.Commands.Run("doc.split")
	sc.m.Settle()
	sc.wellSaved()
	parts := sc.s.Document().Parts()
	if len(parts) != 1 || parts[0].Anchor.Quote != "正文在此。" {
		t.Fatalf("the parts are %+v", parts)
	}
}

// TestFurnitureIsQuiet: furniture and parts are drawn in quiet ink, and furniture
// is listed when asked for only.
func TestFurnitureIsQuiet(t *testing.T) {
	sc := broken(t)
	if n := len(sc.madeOf(sc.s.Document()).shown.Furniture); n != 1 {
		t.Errorf("%d ranges are quiet", n)
	}
	sc.s.Commands.Run("tab.marks")
	sc.m.Settle()
	pane := sc.inspector.marks
	if slices.ContainsFunc(pane.items, func(it *archive.Item) bool { return it.What == archive.AFurniture }) {
		t.Error("furniture is listed unasked")
	}
	pane.sieve.kind = onlyFurniture
	pane.narrow()
	if len(pane.items) != 1 {
		t.Fatalf("furniture asked for: %d", len(pane.items))
	}
	sc.s.Commands.Run("furniture.none")
	sc.m.Settle()
	if n := len(sc.madeOf(sc.s.Document()).shown.Furniture); n != 0 {
		t.Errorf("after all was taken away %d ranges are quiet", n)
	}
}
